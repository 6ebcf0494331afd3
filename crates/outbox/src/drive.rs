//! The loop that lets the engine act.

use std::collections::VecDeque;

use crate::{
    Now,
    engine::{Effect, Input},
};

/// What the engine can ask of the world.
#[expect(async_fn_in_trait, reason = "a page has one thread")]
pub trait Doors {
    /// Clock and chance.
    fn now(&self) -> Now;

    /// One transaction, or one request. `None`: there is nothing to come back from it.
    async fn perform(&self, effect: Effect) -> Option<Input>;
}

/// Tells the rules what happened and does what they ask, until they ask for nothing. Whatever
/// wakes the engine meanwhile is taken in by [`crate::Engine::step`] and done in the same pass.
pub async fn drive(step: impl Fn(&Now, Input) -> Vec<Effect>, doors: &impl Doors, first: Input) {
    let mut asked = VecDeque::from(step(&doors.now(), first));
    while let Some(effect) = asked.pop_front() {
        if let Some(happened) = doors.perform(effect).await {
            asked.extend(step(&doors.now(), happened));
        }
    }
}
