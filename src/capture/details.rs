use leptos::prelude::*;
use model::report::WORDS_MAX;

use super::{
    draft::Draft,
    field::{Field, Line},
    flow::{Onward, Question},
    step::Step,
};
use crate::ui::t;

/// Anything to add. All of it may stay empty.
#[component]
pub(super) fn DetailsQuestion() -> impl IntoView {
    let foot = view! { <Onward /> }.into_any();
    view! {
        <Question
            ask=t(|w| (w.capture.ask)(Step::Details))
            help=t(|w| w.capture.details_help)
            foot
        >
            <Field
                id="words"
                label=t(|w| w.capture.words)
                hint=t(|w| w.capture.words_hint)
                max=WORDS_MAX
                line=Line::Many
                read=|draft: &Draft| &draft.words
                write=|draft: &mut Draft, text| draft.words = text
            />
        </Question>
    }
}
