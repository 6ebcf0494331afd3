use leptos::prelude::*;

use super::browser;
use crate::ui::words::Lang;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the phone has it.
    #[default]
    Phone,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// 标准 or 长辈版.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// Five tabs, text of the phone's size.
    #[default]
    Standard,
    /// Larger text and targets, three tabs.
    Elder,
}

/// The person's settings: Chinese, standard, in the phone's theme, until [`Settings::restore`] brings
/// what this browser remembers. `theme.js` has by then dressed the document, so nothing jumps.
#[derive(Clone, Copy)]
pub struct Settings {
    lang: RwSignal<Lang>,
    theme: RwSignal<Theme>,
    edition: RwSignal<Edition>,
}

impl Settings {
    /// Makes the handle and gives it to everything below.
    pub fn provide() -> Self {
        let settings = Self {
            lang: RwSignal::default(),
            theme: RwSignal::default(),
            edition: RwSignal::default(),
        };
        provide_context(settings);
        settings
    }

    /// The handle that the shell provided.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Takes over what this browser remembers. Browser only: call it before the first render.
    pub fn restore(self) {
        self.lang.set(browser::remembered());
        self.theme.set(browser::remembered());
        self.edition.set(browser::remembered());
    }

    /// The language of the screens. Nobody follows it, see [`crate::ui::words()`].
    pub fn lang(self) -> Lang {
        self.lang.get_untracked()
    }

    /// The same, for what makes every screen anew when another is chosen.
    pub fn chosen_lang(self) -> Signal<Lang> {
        self.lang.into()
    }

    /// Light, dark, or as the phone has it.
    pub fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// Standard or elder.
    pub fn edition(self) -> Signal<Edition> {
        self.edition.into()
    }

    /// A person chose a language.
    pub fn set_lang(self, lang: Lang) {
        self.lang.set(lang);
        browser::remember(lang);
    }

    /// A person chose a theme.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        browser::remember(theme);
    }

    /// A person chose an edition.
    pub fn set_edition(self, edition: Edition) {
        self.edition.set(edition);
        browser::remember(edition);
    }
}
