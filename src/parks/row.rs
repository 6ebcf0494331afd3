use leptos::{either::EitherOf3, prelude::*};
use model::pack::{FactKind, Park, Placement};

use super::{
    mine::{Stars, star},
    nearest::Away,
};
use crate::{
    paths,
    settings::Settings,
    ui::{Chevron, Tone, far, inside_row, words, words::Lang},
};

/// One place in a list: what it is and where, as honestly as the sources allow. The grey box is for
/// those that have no point of their own.
#[component]
pub fn ParkRow(
    /// The place.
    park: Park,
    /// How far it is; nothing where nobody counts.
    #[prop(optional_no_strip)]
    away: Option<Away>,
) -> impl IntoView {
    // One effect for the whole row: see [`inside_row`].
    view! { <li>{move || park_link(&park, away)}</li> }
}

/// What stands in a place's row. Shown again for another place it changes only what differs: to make
/// the rows of a list anew, and to style and lay them out, costs most of what a keystroke does.
pub(super) fn park_link(park: &Park, away: Option<Away>) -> impl IntoView + use<> {
    let tone = match park.placement {
        Placement::Point { .. } | Placement::Outline { .. } => Tone::Leaf,
        Placement::Near { .. } | Placement::Unplaced => Tone::Mute,
    };
    let more = line(park).join(words().parks.dot);
    let starred = use_context::<Stars>().is_some_and(|it| it.has(&park.id));
    let end = view! {
        <span class="e">{starred.then(star)} {end(away, &park.placement)}</span>
    };
    view! {
        <a href=paths::park(&park.id) class="row">
            {inside_row(icon(&park.kind), tone, title(park), Some(more), end)}
        </a>
    }
}

/// How far, and whether the distance leads to the place itself or only to what it is near to; an arrow
/// where nobody counts.
fn end(away: Option<Away>, placement: &Placement) -> impl IntoView + use<> {
    let w = words().explore;
    let (metres, leads_to) = match (away, placement) {
        (None, _) => return EitherOf3::A(view! { <Chevron /> }),
        (Some(Away::Place(metres)), _) => (metres, w.straight),
        (Some(Away::Near(metres)), Placement::Near { kind, .. }) => (metres, (w.to_near)(*kind)),
        (Some(Away::Near(_) | Away::Unknown), _) => {
            return EitherOf3::B(view! { <span class="tag">{w.not_placed}</span> });
        }
    };
    EitherOf3::C(view! {
        <b class="n">{far(metres)}</b>
        <span>{leads_to}</span>
    })
}

/// The name in the language of the screen.
pub(super) fn title(park: &Park) -> String {
    match Settings::expect().lang() {
        Lang::Zh => park.name.clone(),
        Lang::En if park.name_en.is_empty() => park.name.clone(),
        Lang::En => park.name_en.clone(),
    }
}

/// Kind and whereabouts.
pub(super) fn line(park: &Park) -> Vec<String> {
    let w = words().parks;
    let own_name = match Settings::expect().lang() {
        Lang::Zh => None,
        Lang::En => Some(park.name.clone()).filter(|_| !park.name_en.is_empty()),
    };
    let kind = (w.kind)(&park.kind).to_owned();
    own_name.into_iter().chain([kind]).chain(whereabouts(park)).collect()
}

/// Near another thing, or in a sub-district; nothing if no source says.
fn whereabouts(park: &Park) -> Option<String> {
    let w = words().parks;
    if let Placement::Near { kind, name, .. } = &park.placement {
        return Some((w.near)(*kind, name));
    }
    let fact = park.fact(FactKind::SubDistrict)?;
    let names = fact.value.replace(';', w.comma);
    Some(if fact.inferred { (w.about_in)(&names) } else { names })
}

/// The drawing of a kind of place.
pub(super) fn icon(kind: &str) -> &'static str {
    match kind {
        "wetland_park" | "riverside_park" => "lake",
        "sports_park" | "playground" | "recreation_ground" => "ball",
        "garden" | "pocket_park" | "flower_garden" | "village_park" => "green",
        "greenway" | "hill_trail" => "trail",
        "heritage_park" | "plaza" | "scenic_area" => "view",
        "mine_park" | "forest_park" | "nature_site" => "slope",
        "quarter" => "map",
        _ => "park",
    }
}
