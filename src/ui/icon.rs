use std::borrow::Cow;

use leptos::prelude::*;

/// How large a drawing stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// Beside a word of small text.
    Small,
    /// On a row, a button, a tile.
    #[default]
    Normal,
    /// Alone.
    Large,
}

impl IconSize {
    fn class(self) -> &'static str {
        match self {
            Self::Small => "i s",
            Self::Normal => "i",
            Self::Large => "i l",
        }
    }
}

/// A drawing of the sprite. Always beside a word, or inside a control that has a name: a screen
/// reader never hears it.
#[component]
pub fn Icon(
    /// Name in the sprite without its `i-`, such as `park`.
    #[prop(into)]
    name: Cow<'static, str>,
    /// How large it stands.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    view! {
        <svg class=size.class() aria-hidden="true">
            <use_ href=sprite(&name)></use_>
        </svg>
    }
}

/// Where a drawing stands in the sprite.
pub fn sprite(name: &str) -> String {
    format!("#i-{name}")
}
