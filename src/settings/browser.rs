//! Where settings are kept: local storage, under the keys that `theme.js` reads before the first
//! paint, and as attributes of the document, which the style sheet reads.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;

use super::{Edition, Theme};
use crate::ui::words::Lang;

/// A setting that is kept as one word; the first one of all is kept as none.
pub(super) trait Setting: Copy + Default + PartialEq + 'static {
    /// Key in local storage.
    const KEY: &'static str;
    /// Every choice with its word.
    const WORDS: &'static [(Self, &'static str)];
    /// Dresses the document.
    fn wear(self);

    fn word(self) -> Option<&'static str> {
        Self::WORDS.iter().find(|(it, _)| *it == self).map(|(_, word)| *word)
    }
}

impl Setting for Lang {
    const KEY: &'static str = "poshang.lang";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::En, "en")];

    fn wear(self) {
        put_on("lang", Some(self.tag()));
    }
}

impl Setting for Theme {
    const KEY: &'static str = "poshang.theme";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Light, "light"), (Self::Dark, "dark")];

    fn wear(self) {
        put_on("data-theme", self.word());
        colour_the_frame(self);
    }
}

impl Setting for Edition {
    const KEY: &'static str = "poshang.edition";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Elder, "elder")];

    fn wear(self) {
        put_on("data-edition", self.word());
    }
}

/// What this browser remembers; the default where it forbids storage.
pub(super) fn remembered<S: Setting>() -> S {
    let kept = storage().and_then(|it| it.get_item(S::KEY).ok().flatten());
    let known = S::WORDS.iter().find(|(_, word)| Some(*word) == kept.as_deref());
    known.map_or_else(S::default, |(setting, _)| *setting)
}

/// Keeps a setting and shows it. Where storage is forbidden it holds until the page closes.
pub(super) fn remember<S: Setting>(setting: S) {
    setting.wear();
    let Some(storage) = storage() else { return };
    // A full or forbidden storage: the setting still holds for this run.
    drop(match setting.word() {
        Some(word) => storage.set_item(S::KEY, word),
        None => storage.remove_item(S::KEY),
    });
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn put_on(attribute: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    // Fails only for a name that is none.
    drop(match value {
        Some(value) => root.set_attribute(attribute, value),
        None => root.remove_attribute(attribute),
    });
}

/// The phone's own bars take their colour from two `meta` tags, light first: a chosen theme makes
/// one of them hold always.
fn colour_the_frame(theme: Theme) {
    let media = match theme {
        Theme::Phone => ["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"],
        Theme::Light => ["all", "not all"],
        Theme::Dark => ["not all", "all"],
    };
    for (index, value) in (0..).zip(media) {
        let metas = document().query_selector_all("meta[name=theme-color]");
        let meta = metas.ok().and_then(|it| it.item(index));
        let Some(meta) = meta.and_then(|it| it.dyn_into::<web_sys::Element>().ok()) else { return };
        drop(meta.set_attribute("media", value));
    }
}
