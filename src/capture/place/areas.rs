use leptos::prelude::*;
use model::pack::SubDistrict;

use super::choices::Choices;
use crate::{capture::names::Choice, parks::Parks, ui::t};

/// Every sub-district with its communities, folded up.
#[component]
pub(super) fn Areas() -> impl IntoView {
    let parks = Parks::expect();
    let subs = parks.pack().map(|pack| pack.sub_districts.clone()).unwrap_or_default();
    (!subs.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary>{t(|w| w.place.all_areas)}</summary>
                {subs.into_iter().map(|sub| view! { <Area sub /> }).collect_view()}
            </details>
        }
    })
}

/// One sub-district; its rows are made when it is unfolded.
#[component]
fn Area(sub: SubDistrict) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = sub.name.clone();
    let choices = Signal::derive(move || {
        let communities = sub.communities.iter().map(|it| Choice::community(&sub, it));
        let all = std::iter::once(Choice::sub_district(&sub)).chain(communities);
        all.map(|choice| (choice, None)).collect::<Vec<_>>()
    });
    view! {
        <details class="fold inner" on:toggle=move |_| open.set(true)>
            <summary>{name}</summary>
            <Show when=move || open.get()>
                <Choices choices />
            </Show>
        </details>
    }
}
