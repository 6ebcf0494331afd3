use leptos::prelude::*;
use model::report::AreaKind;

use super::writing::Writing;
use crate::ui::{t, words};

/// The four old kinds, in the order of the taxonomy's columns.
const ALL: [AreaKind; 4] =
    [AreaKind::Residential, AreaKind::Industrial, AreaKind::Commercial, AreaKind::Street];

/// Which of the four old kinds of area this is. Whoever says so sees what is usual there first; a
/// second tap takes it back.
#[component]
pub(super) fn AreaChips() -> impl IntoView {
    let writing = Writing::expect();
    let said = Memo::new(move |_| writing.draft().read().area);
    let chip = move |area: AreaKind| {
        let pick = move |_| {
            let now = (said.get_untracked() != Some(area)).then_some(area);
            writing.chose(|draft| draft.area = now);
        };
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (said.get() == Some(area)).to_string()
                on:click=pick
            >
                {t(|w| (w.kind.area)(area))}
            </button>
        }
    };
    view! {
        <div class="areas" role="group" aria-label=t(|w| w.kind.area_ask)>
            <span class="qq" aria-hidden="true">
                {t(|w| w.kind.area_ask)}
            </span>
            {ALL.map(chip).collect_view()}
        </div>
        <p class="vh" role="status">
            {move || said.get().map(|_| words().kind.area_sorts)}
        </p>
    }
}
