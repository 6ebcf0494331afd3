use leptos::prelude::*;
use outbox::idb::Tally;

use crate::{
    outbox::Outbox,
    paths,
    ui::{Strip, StripTone, words},
};

/// What of the outbox 首页 and the tab bar speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Sealed, saved, not delivered.
    pub unsent: u32,
    /// Ask the person for something.
    pub needs_you: u32,
}

impl From<Tally> for Waiting {
    fn from(tally: Tally) -> Self {
        Self { unsent: tally.to_send, needs_you: tally.needs_you }
    }
}

/// A strip that is there only when something waits; what asks the person comes first.
#[component]
pub(super) fn WaitingStrip(waiting: Signal<Waiting>) -> impl IntoView {
    let outbox = Outbox::expect();
    let page_only = outbox.is_on_this_page_only();
    let stranger = outbox.has_met_a_stranger();
    move || {
        let Waiting { unsent, needs_you } = waiting.get();
        let (tone, icon, title, more) = if needs_you > 0 {
            let w = words().home;
            (StripTone::Needs, "needs", (w.needs_you)(needs_you), w.needs_you_more)
        } else if unsent > 0 && page_only.get() {
            let w = words().holding;
            (StripTone::Needs, "needs", (w.waiting)(unsent), w.waiting_more)
        } else if unsent > 0 && stranger.get() {
            let w = words().home;
            (StripTone::Needs, "needs", (w.waiting)(unsent), w.waiting_stranger)
        } else if unsent > 0 {
            let w = words().home;
            (StripTone::Wait, "saved", (w.waiting)(unsent), w.waiting_more)
        } else {
            return None;
        };
        Some(view! { <Strip tone icon title more=more href=paths::OUTBOX /> })
    }
}
