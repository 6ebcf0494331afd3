use leptos::{either::Either, prelude::*};

use super::{draft::Draft, writing::Writing};
use crate::ui::{Icon, IconSize, t, words};

/// From how many characters left on the screen says how many there are.
const FEW_LEFT: usize = 500;

/// How tall a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// One line.
    One,
    /// Several.
    Many,
}

/// A text that a person types. Nothing is ever put into it while they type, and nothing is cut: a
/// text that is too long stays, and a sentence says by how much.
#[component]
pub(super) fn Field(
    /// Its id in the document.
    id: &'static str,
    /// Label over it.
    label: &'static str,
    /// Hint under the label.
    hint: &'static str,
    /// The most characters, counted as people see them.
    max: usize,
    /// How tall it is.
    line: Line,
    /// Where the draft holds it.
    read: fn(&Draft) -> &String,
    /// Puts it into the draft.
    write: fn(&mut Draft, String),
) -> impl IntoView {
    let writing = Writing::expect();
    let count = Memo::new(move |_| read(&writing.draft().read()).chars().count());
    let over = move || count.get().checked_sub(max).filter(|it| *it > 0);
    let left = move || max.checked_sub(count.get()).filter(|it| *it < FEW_LEFT.min(max / 4));
    let first = writing.draft().with_untracked(|draft| read(draft).clone());
    let typed = move |text: String| writing.typed(|draft| write(draft, text));
    let described = format!("{id}-hint {id}-more");
    let invalid = move || over().is_some().then_some("true");
    let input = match line {
        Line::One => Either::Left(view! {
            <div class="in">
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    value=first
                    aria-describedby=described
                    aria-invalid=invalid
                    on:input=move |event| typed(event_target_value(&event))
                />
            </div>
        }),
        Line::Many => Either::Right(view! {
            <textarea
                id=id
                class="in"
                rows="5"
                prop:value=first
                aria-describedby=described
                aria-invalid=invalid
                on:input=move |event| typed(event_target_value(&event))
            ></textarea>
        }),
    };
    let more = move || match over() {
        Some(over) => Some(Either::Left(view! {
            <span class="err">
                <Icon name="needs" size=IconSize::Small />
                {(words().capture.too_long)(over)}
            </span>
        })),
        None => left().map(|left| {
            Either::Right(view! { <span class="hint">{t(|w| (w.capture.left)(left))}</span> })
        }),
    };
    view! {
        <div class="field" class:bad=move || over().is_some()>
            <label for=id>{label}</label>
            <span class="hint" id=format!("{id}-hint")>
                {hint}
            </span>
            {input}
            <span id=format!("{id}-more") aria-live="polite">
                {more}
            </span>
        </div>
    }
}
