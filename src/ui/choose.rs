//! Ways to choose: one of a few, on or off, a tile.

use std::borrow::Cow;

use leptos::prelude::*;

use super::{Icon, Text};

/// Two to four equal answers to one question. Native radio buttons: the arrow keys work by
/// themselves.
#[component]
pub fn Segment<T>(
    /// The question; shown above the answers.
    #[prop(into)]
    legend: Text,
    /// Name of the group in the document, unique on the screen.
    name: &'static str,
    /// The answers with their words, in order.
    options: Vec<(T, &'static str)>,
    /// Which one holds.
    #[prop(into)]
    value: Signal<T>,
    /// A person chose.
    #[prop(into)]
    on_pick: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let answers = options
        .into_iter()
        .map(|(option, words)| {
            view! {
                <label>
                    <input
                        type="radio"
                        class="vh"
                        name=name
                        prop:checked=move || value.get() == option
                        on:change=move |_| on_pick.run(option)
                    />
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{legend}</legend>
            <div class="seg">{answers}</div>
        </fieldset>
    }
}

/// On or off. The row is the target; its words never change.
#[component]
pub fn Switch(
    /// What is on or off.
    #[prop(into)]
    label: Text,
    /// A line that explains it.
    #[prop(optional, into)]
    hint: Option<Text>,
    /// Is it on.
    #[prop(into)]
    on: Signal<bool>,
    /// A person pressed it; carries what it should become.
    #[prop(into)]
    on_toggle: Callback<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="sw"
            role="switch"
            aria-checked=move || on.get().to_string()
            on:click=move |_| on_toggle.run(!on.get_untracked())
        >
            <span>
                {label} {hint.map(|hint| view! { <span class="qq">{hint}</span> })}
            </span>
            <span class="k"></span>
        </button>
    }
}

/// A tile: a drawing over a word, three in a row (two in the elder edition). Stands in a
/// `div class="tiles"`.
#[component]
pub fn Tile(
    /// Name in the sprite.
    #[prop(into)]
    icon: Cow<'static, str>,
    /// Its word.
    #[prop(into)]
    label: Text,
    /// It is the one chosen.
    #[prop(optional, into)]
    pressed: Signal<bool>,
    /// A person pressed it.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="tile"
            aria-pressed=move || pressed.get().to_string()
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon size=super::IconSize::Large />
            <span>{label}</span>
        </button>
    }
}
