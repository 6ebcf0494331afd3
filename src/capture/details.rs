use leptos::prelude::*;
use model::report::WORDS_MAX;

use super::{
    draft::Draft,
    field::{Field, Line},
    flow::{Onward, Question},
    step::Step,
    writing::Writing,
};
use crate::ui::{Switch, t};

/// Anything to add. All of it may stay empty.
#[component]
pub(super) fn DetailsQuestion() -> impl IntoView {
    let writing = Writing::expect();
    let private = Signal::derive(move || writing.draft().read().private);
    let keep_private = move |on| writing.chose(|draft| draft.private = on);
    let foot = view! { <Onward /> }.into_any();
    view! {
        <Question
            ask=t(|w| (w.capture.ask)(Step::Details).to_owned())
            help=t(|w| w.capture.details_help.to_owned())
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
            <Switch
                label=t(|w| w.capture.private.to_owned())
                hint=t(|w| w.capture.private_more.to_owned())
                on=private
                on_toggle=keep_private
            />
        </Question>
    }
}
