use leptos::prelude::*;

use super::PackError;
use crate::{
    paths,
    ui::{Failure, Icon, t},
};

/// There is no pack. A report can still be written, in a person's own words.
#[component]
pub fn PackFailure(
    /// Why there is none.
    error: PackError,
) -> impl IntoView {
    let (title, text) = match error {
        PackError::Unreachable | PackError::Status(_) => {
            (t(|w| w.failure.no_pack), t(|w| w.failure.no_pack_text))
        }
        PackError::Damaged(_) | PackError::OtherForm(_) => {
            (t(|w| w.failure.bad_pack), t(|w| w.failure.bad_pack_text))
        }
    };
    // Refused only for a document that is no longer shown.
    let reload = move |_| drop(window().location().reload());
    view! {
        <Failure
            title
            text
            safe=(t(|w| w.failure.report_works), t(|w| w.failure.report_works_more))
            code=error.code()
        >
            <button type="button" class="btn full" on:click=reload>
                <Icon name="redo" />
                {t(|w| w.failure.try_again)}
            </button>
            <a href=paths::REPORT class="btn plain full">
                <Icon name="report" />
                {t(|w| w.failure.report_first)}
            </a>
        </Failure>
    }
}
