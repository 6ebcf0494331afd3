use leptos::prelude::*;

use crate::{
    capture::{names::Choice, writing::Writing},
    ui::{Icon, IconBox, IconSize, Tone, straight, words},
};

/// Places to choose from. A second tap takes the choice back.
#[component]
pub(super) fn Choices(
    /// The places, each with its distance in metres where one is known.
    choices: Signal<Vec<(Choice, Option<f64>)>>,
) -> impl IntoView {
    let rows = move || {
        let rows = choices.get().into_iter();
        rows.map(|(choice, metres)| view! { <ChoiceRow choice metres /> }).collect_view()
    };
    view! { <ul class="list">{rows}</ul> }
}

#[component]
fn ChoiceRow(choice: Choice, metres: Option<f64>) -> impl IntoView {
    let writing = Writing::expect();
    let icon = match &choice {
        Choice::Park { .. } => "park",
        Choice::Project { .. } => "building",
        Choice::Area { .. } => "home",
    };
    let name = choice.name().to_owned();
    let around = choice.around().map(str::to_owned);
    let more = move || {
        let w = words();
        let far = metres.map(straight);
        let parts = [around.clone(), far].into_iter().flatten();
        parts.collect::<Vec<_>>().join(w.parks.dot)
    };
    let choice = StoredValue::new(choice);
    let taken = Signal::derive(move || {
        choice.with_value(|choice| choice.is_taken(&writing.draft().read().place))
    });
    let take = move |_| {
        let taken = taken.get_untracked();
        writing.chose(|draft| {
            if taken {
                draft.place.clear_choice();
            } else {
                choice.with_value(|choice| choice.take(&mut draft.place));
            }
        });
    };
    view! {
        <li>
            <button
                type="button"
                class="row"
                aria-pressed=move || taken.get().to_string()
                on:click=take
            >
                <IconBox icon tone=Tone::Mute />
                <span class="m">
                    <b>{name}</b>
                    <span>{more}</span>
                </span>
                <Show when=move || taken.get()>
                    <Icon name="check" size=IconSize::Small />
                </Show>
            </button>
        </li>
    }
}
