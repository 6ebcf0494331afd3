use leptos::prelude::*;

use crate::{
    capture::{names::Choice, writing::Writing},
    ui::{Icon, IconBox, IconSize, Tone, words},
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
        Choice::Area { .. } => "home",
    };
    let name = choice.name().to_owned();
    let around = choice.around().map(str::to_owned);
    let more = move || {
        let w = words();
        let far = metres.map(|metres| (w.capture.metres)(rounded(metres)));
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

/// Metres as people say them: to ten below a kilometre, to a hundred above.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than the Earth")]
fn rounded(metres: f64) -> u32 {
    let step = if metres < 1_000.0 { 10.0 } else { 100.0 };
    ((metres / step).round() * step) as u32
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn a_distance_claims_no_more_than_a_straight_line_can() {
        assert_eq!([3.0, 86.0, 996.0, 1_249.0].map(rounded), [0, 90, 1_000, 1_200]);
    }
}
