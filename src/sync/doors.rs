use std::rc::Rc;

use model::hex::Digest;
use outbox::{
    Effect, Input, Now, Why,
    drive::Doors,
    exchange::{Answer, Request},
    fetch,
    idb::{Committed, StoreError},
};

use super::{clock, wake};
use crate::outbox::Inside;

/// The longest appointment a browser's timer keeps well.
const LONGEST_TIMER_MS: i64 = 3_600_000;

/// The page's storage and network, as the engine asks for them.
pub(super) struct PageDoors(pub(super) Rc<Inside>);

impl Doors for PageDoors {
    fn now(&self) -> Now {
        clock::now()
    }

    async fn perform(&self, effect: Effect) -> Option<Input> {
        let inside = &self.0;
        match effect {
            Effect::Load => Some(match inside.db.load().await {
                Ok((phone, rows)) => Input::Loaded(Box::new(phone), rows),
                Err(error) => self.storage_failed(error),
            }),
            Effect::Commit(changes) => {
                let committed = inside.db.commit(&changes).await;
                inside.look_again().await;
                Some(match committed {
                    Ok(Committed::All) => Input::Committed,
                    Ok(Committed::Overtaken) => Input::Overtaken,
                    Err(error) => self.storage_failed(error),
                })
            }
            Effect::Ask(request) => Some(self.ask(&request).await),
            Effect::Rest(until) => {
                self.rest(until);
                None
            }
        }
    }
}

impl PageDoors {
    fn storage_failed(&self, error: StoreError) -> Input {
        self.0.say_storage(error);
        Input::StorageFailed
    }

    /// A photo is digested anew before it leaves: damaged bytes are never sent as if they were whole.
    async fn ask(&self, request: &Request) -> Input {
        let Some(sha256) = request.body.blob() else {
            return Input::Answered(fetch::send(request, None).await);
        };
        match self.0.db.blob(sha256).await {
            Ok(Some(bytes)) if Digest::of(&bytes) == sha256 => {
                Input::Answered(fetch::send(request, Some(&bytes)).await)
            }
            Ok(_) => Input::BlobDamaged(sha256),
            // The storage did not answer: the next pass asks it again.
            Err(_) => Input::Answered(Answer::Unreachable),
        }
    }

    fn rest(&self, until: Option<i64>) {
        let Some(until) = until else { return self.0.line.no_timer() };
        let ms = until.saturating_sub(clock::now().ms).clamp(0, LONGEST_TIMER_MS);
        let inside = Rc::clone(&self.0);
        let ms = u32::try_from(ms).unwrap_or(u32::MAX);
        self.0.line.look_in(ms, move || wake(&inside, Why::Timer));
    }
}
