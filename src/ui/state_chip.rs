use leptos::prelude::*;

use super::{Icon, IconSize, words::words};

/// How a report stands, as three signals each: word, drawing, form. The words of the first three
/// reached states are never shortened or swapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChipState {
    /// Written, not sealed.
    Draft,
    /// In this phone's storage, committed.
    Saved,
    /// Sealed, and in the memory of this page only.
    OnlyHere,
    /// On its way at this moment.
    Sending,
    /// Photos under way.
    Photos {
        /// How many the endpoint has.
        there: u32,
        /// Of how many.
        all: u32,
    },
    /// The words are there, photos or the voice note are missing.
    TextDelivered {
        /// How many photos are missing.
        photos: u32,
        /// The voice note is missing.
        voice: bool,
    },
    /// A verified receipt is here, and nothing is missing.
    Delivered {
        /// By a service that nobody reads.
        demo: bool,
    },
    /// A person has accepted the case.
    Accepted,
    /// A person is asked for something.
    NeedsYou,
    /// Taken back.
    Withdrawn,
}

impl ChipState {
    /// Class of the form and name of the drawing.
    fn form(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("state quiet", "draft"),
            Self::Saved => ("state saved", "saved"),
            Self::Sending => ("state sending", "sending"),
            Self::Photos { .. } | Self::TextDelivered { .. } => ("state sending", "partial"),
            Self::Delivered { .. } => ("state done", "delivered"),
            Self::Accepted => ("state acc", "accepted"),
            Self::OnlyHere | Self::NeedsYou => ("state needs", "needs"),
            Self::Withdrawn => ("state quiet", "undo"),
        }
    }

    /// Its words.
    pub fn words(self) -> String {
        let w = words().common;
        match self {
            Self::Draft => w.draft.into(),
            Self::Saved => w.saved.into(),
            Self::OnlyHere => words().holding.only_here.into(),
            Self::Sending => w.sending.into(),
            Self::Photos { there, all } => (w.photos)(there, all),
            Self::TextDelivered { photos, voice } => (w.text_delivered)(photos, voice),
            Self::Delivered { demo: false } => w.delivered.into(),
            Self::Delivered { demo: true } => w.delivered_demo.into(),
            Self::Accepted => w.accepted.into(),
            Self::NeedsYou => w.needs_you.into(),
            Self::Withdrawn => w.withdrawn.into(),
        }
    }
}

/// The chip on a row of 上报箱.
#[component]
pub fn StateChip(
    /// How the report stands.
    #[prop(into)]
    state: Signal<ChipState>,
) -> impl IntoView {
    move || {
        let (class, icon) = state.get().form();
        view! {
            <span class=class>
                <Icon name=icon size=IconSize::Small />
                {state.get().words()}
            </span>
        }
    }
}
