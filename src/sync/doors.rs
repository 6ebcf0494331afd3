use std::rc::Rc;

use leptos::prelude::window;
use outbox::{Effect, Input, Now, Why, clock, doors, drive::Doors};

use super::{background::ask_for_worker, wake};
use crate::outbox::{Inside, let_go};

/// The longest appointment a browser's timer keeps well.
const LONGEST_TIMER_MS: i64 = 3_600_000;

/// The page's storage and network, as the engine asks for them.
pub(super) struct PageDoors(pub(super) Rc<Inside>);

impl Doors for PageDoors {
    fn now(&self) -> Now {
        clock::now()
    }

    async fn perform(&self, effect: Effect) -> Option<Input> {
        let db = &self.0.db;
        let done = match effect {
            Effect::Load => doors::load(db).await,
            Effect::Commit(changes) => {
                let committed = doors::commit(db, &changes).await;
                if matches!(committed, Ok(Input::Committed)) {
                    let_go(&changes);
                }
                self.0.look_again().await;
                committed
            }
            Effect::Ask(request) => Ok(doors::ask(db, &request).await),
            Effect::Rest(until) => {
                self.rest(until);
                return None;
            }
        };
        Some(done.unwrap_or_else(|error| {
            self.0.say_storage(error);
            Input::StorageFailed
        }))
    }
}

impl PageDoors {
    fn rest(&self, until: Option<i64>) {
        let Some(until) = until else { return self.0.line.no_timer() };
        if !window().navigator().on_line() {
            ask_for_worker();
        }
        let ms = until.saturating_sub(clock::now().ms).clamp(0, LONGEST_TIMER_MS);
        let inside = Rc::clone(&self.0);
        let ms = u32::try_from(ms).unwrap_or(u32::MAX);
        self.0.line.look_in(ms, move || wake(&inside, Why::Timer));
    }
}
