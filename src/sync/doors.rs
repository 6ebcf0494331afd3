use std::rc::Rc;

use leptos::prelude::window;
use outbox::{Effect, Input, Now, Why, clock, doors, drive::Doors};

use super::{background::ask_for_worker, showing::Showing, wake};
use crate::outbox::{Inside, let_go};

/// The longest appointment a browser's timer keeps well.
const LONGEST_TIMER_MS: i64 = 3_600_000;

/// The page's storage and network, as the engine asks for them.
pub(super) struct PageDoors {
    inside: Rc<Inside>,
    showing: Showing,
}

impl Doors for PageDoors {
    fn now(&self) -> Now {
        clock::now()
    }

    async fn perform(&self, effect: Effect) -> Option<Input> {
        let db = &self.inside.db;
        let done = match effect {
            Effect::Load => doors::load(db).await,
            Effect::Commit(changes) => {
                let committed = doors::commit(db, &changes).await;
                if matches!(committed, Ok(Input::Committed)) {
                    let_go(&changes);
                    // What was undone and is there after all has gained an item that takes it back.
                    if changes.rows.iter().any(|(_, change)| change.is_clash()) {
                        wake(&self.inside, Why::Sealed);
                    }
                }
                self.showing.soon(&self.inside).await;
                committed
            }
            Effect::Ask(request) => Ok(doors::ask(db, &request).await),
            Effect::Rest(until) => {
                self.showing.now(&self.inside).await;
                self.rest(until);
                return None;
            }
        };
        Some(done.unwrap_or_else(|error| {
            self.inside.say_storage(error);
            Input::StorageFailed
        }))
    }
}

impl PageDoors {
    pub(super) fn new(inside: Rc<Inside>) -> Self {
        Self { inside, showing: Showing::default() }
    }

    fn rest(&self, until: Option<i64>) {
        let Some(until) = until else { return self.inside.line.no_timer() };
        if !window().navigator().on_line() {
            ask_for_worker();
        }
        let ms = until.saturating_sub(clock::now().ms).clamp(0, LONGEST_TIMER_MS);
        let inside = Rc::clone(&self.inside);
        let ms = u32::try_from(ms).unwrap_or(u32::MAX);
        self.inside.line.look_in(ms, move || wake(&inside, Why::Timer));
    }
}
