use leptos::prelude::*;
use model::pack::{DistrictPack, Park};

use super::link::meant;
use crate::{
    parks::ParkRow,
    paths,
    ui::{Failure, Section, t},
};

/// A link to a place that is not in the data: says so, and offers what may be meant.
#[component]
fn Gone(near: Vec<Park>, name: Option<String>) -> impl IntoView {
    let rows = near.into_iter().map(|park| view! { <ParkRow park /> }).collect_view();
    let text = t(|w| match &name {
        Some(name) => (w.visit.gone_named)(name),
        None => w.failure.no_park_text.to_owned(),
    });
    view! {
        <Failure title=t(|w| w.failure.no_park) text whole_screen=true>
            <a href=paths::PARKS class="btn full">
                {t(|w| w.failure.all_parks)}
            </a>
        </Failure>
        <Section title=t(|w| w.visit.perhaps)>
            <ul class="list">{rows}</ul>
        </Section>
    }
}

/// What a link to a place that is gone may mean: its name as far as it is one, and places.
pub(in crate::parks) fn gone(
    pack: &DistrictPack,
    id: &str,
    name: Option<String>,
) -> impl IntoView + use<> {
    /// No name of a place is longer.
    const LONGEST: usize = 40;
    let name = name.filter(|name| {
        !name.trim().is_empty()
            && name.chars().count() <= LONGEST
            && !name.chars().any(char::is_control)
    });
    let near = meant(pack, id, name.as_deref()).into_iter().cloned().collect();
    view! { <Gone near name /> }
}
