use gloo::events::EventListener;
use leptos::prelude::*;

/// Calls when the page is hidden or left, while the calling component lives: what is not written by
/// then may never be. It calls as well when the page is shown again.
pub fn when_left(call: impl Fn() + Clone + 'static) {
    let again = call.clone();
    let hidden = EventListener::new(&document(), "visibilitychange", move |_| call());
    let gone = EventListener::new(&window(), "pagehide", move |_| again());
    StoredValue::new_local((hidden, gone));
}
