use std::borrow::Cow;

use leptos::prelude::*;

use super::{Icon, IconSize, Text};

/// A small thing to press that is on or off. Stands in a `div class="chips"`.
#[component]
pub fn Chip(
    /// Its drawing; a tick takes its place while it is on.
    #[prop(optional, into)]
    icon: Option<Cow<'static, str>>,
    /// Its word.
    #[prop(into)]
    label: Text,
    /// Is it on.
    #[prop(into)]
    on: Signal<bool>,
    /// Nothing stands behind it.
    #[prop(optional)]
    off_limits: bool,
    /// A person pressed it.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let drawing = move || {
        let name = if on.get() { Some("check".into()) } else { icon.clone() };
        name.map(|name| view! { <Icon name size=IconSize::Small /> })
    };
    view! {
        <button
            type="button"
            class="chip"
            disabled=off_limits
            aria-pressed=move || on.get().to_string()
            on:click=move |_| on_press.run(())
        >
            {drawing}
            {label}
        </button>
    }
}
