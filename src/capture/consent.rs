use leptos::prelude::*;
use model::hex::Digest;

use super::{
    draft::Agreed,
    writing::{Writing, moment},
};
use crate::ui::{Icon, IconSize, words};

/// Version of the text below, of every language at once. A changed text gets a new one.
const VERSION: &str = "1";

/// May the report be passed on? Asked for by itself, and never ticked beforehand.
#[component]
pub(super) fn PassOn() -> impl IntoView {
    let writing = Writing::expect();
    let agreed = move || writing.draft().read().pass_on.is_some();
    let text = Signal::derive(move || words().capture.pass_on);
    let change = move |_| {
        let text = text.get_untracked();
        writing.chose(|draft| {
            draft.pass_on = match draft.pass_on {
                Some(_) => None,
                None => Some(agree(text)),
            };
        });
    };
    view! {
        <button
            type="button"
            class="opt"
            role="checkbox"
            aria-checked=move || agreed().to_string()
            on:click=change
        >
            <span class="bx">
                <Icon name="check" size=IconSize::Small />
            </span>
            <span>
                {text} <br /> <span class="qq">{move || words().capture.pass_on_more}</span>
            </span>
        </button>
    }
}

/// Agreed to this very text, now.
fn agree(text: &str) -> Agreed {
    let text_sha256 = Digest::of(text.as_bytes());
    Agreed { version: VERSION.to_owned(), text_sha256, at: moment().at }
}
