use leptos::prelude::*;
use model::hex::Digest;

use super::{
    draft::Agreed,
    writing::{Writing, moment},
};
use crate::ui::{Icon, IconSize, t};

/// Versions of the texts, each of every language at once; see docs/consents.md.
const PASS_ON_VERSION: &str = "1";
const PHOTO_PEOPLE_VERSION: &str = "1";
pub(super) const NUMBER_VERSION: &str = "1";

/// May the report be passed on? Asked for by itself, and never ticked beforehand.
#[component]
pub(super) fn PassOn() -> impl IntoView {
    let writing = Writing::expect();
    view! {
        <ConsentBox
            id="pass-on"
            version=PASS_ON_VERSION
            text=t(|w| w.capture.pass_on)
            more=t(|w| w.capture.pass_on_more)
            agreed=Signal::derive(move || writing.draft().read().pass_on.is_some())
            on_change=move |agreed| writing.chose(|draft| draft.pass_on = agreed)
        />
    }
}

/// Can somebody be recognised on a photo? Asked only where there is one.
#[component]
pub(super) fn PhotoPeople() -> impl IntoView {
    let writing = Writing::expect();
    let draft = writing.draft();
    let has_photo = Memo::new(move |_| !draft.read().photos.is_empty());
    view! {
        <Show when=move || has_photo.get()>
            <ConsentBox
                id="photo-people"
                version=PHOTO_PEOPLE_VERSION
                text=t(|w| w.capture.photo_people)
                more=t(|w| w.capture.photo_people_more)
                agreed=Signal::derive(move || draft.read().photo_people.is_some())
                on_change=move |agreed| writing.chose(|draft| draft.photo_people = agreed)
            />
        </Show>
    }
}

/// A consent of its own. What is kept of it is the digest of `text`: exactly the words that are on the
/// screen when somebody ticks it, in that language.
#[component]
pub(super) fn ConsentBox(
    /// Its id in the document.
    id: &'static str,
    /// Version of the text. A changed text gets a new one.
    version: &'static str,
    /// What is agreed to.
    text: &'static str,
    /// What it means not to.
    more: &'static str,
    /// Is it given?
    agreed: Signal<bool>,
    /// A person gave it, or took it back.
    #[prop(into)]
    on_change: Callback<Option<Agreed>>,
) -> impl IntoView {
    let change = move |_| {
        let given = (!agreed.get_untracked()).then(|| agree(version, text));
        on_change.run(given);
    };
    view! {
        <button
            id=id
            type="button"
            class="opt"
            role="checkbox"
            aria-checked=move || agreed.get().to_string()
            on:click=change
        >
            <span class="bx">
                <Icon name="check" size=IconSize::Small />
            </span>
            <span>
                {text} <br /> <span class="qq">{more}</span>
            </span>
        </button>
    }
}

/// Agreed to this very text, now.
fn agree(version: &str, text: &str) -> Agreed {
    let text_sha256 = Digest::of(text.as_bytes());
    Agreed { version: version.to_owned(), text_sha256, at: moment().at }
}

#[cfg(test)]
mod tests {
    use model::contact::KEPT_DAYS;

    use super::*;
    use crate::ui::words::Lang;

    /// Somebody who reads a sealed consent years later must find the words that it was given to. A text
    /// was changed under its old version, and its digest then stood for nothing that anybody had kept.
    #[test]
    fn every_consent_stands_in_the_list_with_its_version_and_digest() {
        let list = include_str!("../../docs/consents.md");
        for lang in [Lang::Zh, Lang::En] {
            let w = lang.words();
            for (what, version, text) in [
                ("pass_on", PASS_ON_VERSION, w.capture.pass_on),
                ("photo_people", PHOTO_PEOPLE_VERSION, w.capture.photo_people),
                ("contact", NUMBER_VERSION, w.contact.consent),
            ] {
                let (tag, digest) = (lang.tag(), Digest::of(text.as_bytes()));
                let row = format!("| `{what}` | {version} | {tag} | {text} | `{digest}` |");
                assert!(list.lines().any(|line| line == row), "docs/consents.md lacks\n{row}");
            }
        }
    }

    #[test]
    fn the_screen_names_the_days_after_which_a_number_is_erased() {
        for lang in [Lang::Zh, Lang::En] {
            let w = lang.words().contact;
            for text in [w.consent, w.purpose] {
                assert!(text.contains(&format!(" {KEPT_DAYS} ")), "{text}");
            }
        }
    }
}
