use leptos::{either::EitherOf3, prelude::*};
use model::pack::{FactKind, NearKind, Park, Placement};

use super::{
    Exploring, Parks,
    mine::{Stars, star},
    nearest::Away,
    order::Counted,
};
use crate::{
    paths,
    settings::Settings,
    ui::{Chevron, Tone, about, far, inside_row, sprite, words, words::Lang},
};

/// One place in a list: what it is and where, as honestly as the sources allow.
#[component]
pub fn ParkRow(
    /// The place.
    park: Park,
    /// How far it is; nothing where nobody counts.
    #[prop(optional_no_strip)]
    away: Option<Away>,
) -> impl IntoView {
    let href = paths::park(&park.id);
    let stars = use_context::<Stars>();
    // One effect for the whole row: see [`inside_row`].
    let inside = move || {
        let more = line(&park).join(words().parks.dot);
        let starred = stars.is_some_and(|it| it.has(&park.id));
        let end = view! {
            <span class="e">{starred.then(star)} {end(away, near_to(&park.placement), None)}</span>
        };
        inside_row(icon(&park.kind), tone(&park), title(&park), Some(more), end)
    };
    view! {
        <li>
            <a href=href class="row">
                {inside}
            </a>
        </li>
    }
}

/// The same row for whatever place stands there, as its position in [`DistrictPack::parks`]. It is made
/// once and changes only what differs: while somebody types, styles and layout of new rows would cost
/// more than the search.
///
/// [`DistrictPack::parks`]: model::pack::DistrictPack::parks
pub(super) fn row_of(parks: StoredValue<Parks>, place: Memo<Counted>) -> AnyView {
    fn of<T: Default>(parks: StoredValue<Parks>, at: usize, read: impl Fn(&Park) -> T) -> T {
        let park = |parks: &Parks| parks.pack().ok()?.parks.get(at).map(&read);
        parks.with_value(park).unwrap_or_default()
    }
    let at = move || place.get().0;
    let href = move || of(parks, at(), |park| paths::park(&park.id));
    let tone = move || of(parks, at(), tone).icon_box();
    let drawing = move || sprite(of(parks, at(), |park| icon(&park.kind)));
    let title = move || of(parks, at(), title);
    let more = move || of(parks, at(), |park| line(park).join(words().parks.dot));
    let stars = use_context::<Stars>();
    let exploring = use_context::<Exploring>();
    let ending = Memo::new(move |_| {
        let starred = |park: &Park| stars.is_some_and(|it| it.has(&park.id));
        let read = |park: &Park| (starred(park), near_to(&park.placement));
        (of(parks, at(), read), place.get().1, exploring.and_then(Exploring::off_by))
    });
    let ending = move || {
        let ((starred, near_to), away, off) = ending.get();
        view! {
            {starred.then(star)}
            {end(away, near_to, off)}
        }
    };
    view! {
        <li>
            <a href=href class="row">
                <span class=tone>
                    <svg class="i" aria-hidden="true">
                        <use_ href=drawing></use_>
                    </svg>
                </span>
                <span class="m">
                    <b>{title}</b>
                    <span>{more}</span>
                </span>
                <span class="e">{ending}</span>
            </a>
        </li>
    }
    .into_any()
}

/// The grey box is for those that have no point of their own.
fn tone(park: &Park) -> Tone {
    if park.placement.point().is_some() { Tone::Leaf } else { Tone::Mute }
}

/// What a place is near to, if a source knows no more.
fn near_to(placement: &Placement) -> Option<NearKind> {
    if let Placement::Near { kind, .. } = placement { Some(*kind) } else { None }
}

/// How far (no finer than the position is, if that may be off by so many metres), and whether the distance leads to the place itself or only to what it is near to; an arrow
/// where nobody counts.
fn end(away: Option<Away>, near_to: Option<NearKind>, off: Option<u32>) -> impl IntoView {
    let w = words().explore;
    let (metres, leads_to) = match (away, near_to) {
        (None, _) => return EitherOf3::A(view! { <Chevron /> }),
        (Some(Away::Place(metres)), _) => (metres, w.straight),
        (Some(Away::Near(metres)), Some(kind)) => (metres, (w.to_near)(kind)),
        (Some(Away::Near(_) | Away::Unknown), _) => {
            return EitherOf3::B(view! { <span class="tag">{w.not_placed}</span> });
        }
    };
    EitherOf3::C(view! {
        <b class="n">{off.map_or_else(|| far(metres), |off| about(metres, off))}</b>
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
