//! What stands on the map in one view: the ground, the marks, the names, and the small squares of
//! the stations. Pure: the same pack, places and view give the same picture.

use model::{
    datum::Wgs84,
    pack::{DistrictPack, Park},
};

use super::{
    gather::{Mark, REACH, Spot, gather},
    labels::{Frame, Label, Voice, Wanted, place},
    land::Land,
    view::{Flat, Px, View},
};

/// Everything that is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Picture {
    pub land: Land,
    pub marks: Vec<Mark>,
    /// Middles of the squares of stations, pixels.
    pub stations: Vec<Px>,
    pub labels: Vec<Label>,
}

/// How a picture is to be made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish<'a> {
    /// Places, as positions in the pack: those that were found.
    pub found: &'a [usize],
    /// The one that was chosen; its name comes before all others.
    pub chosen: Option<usize>,
    /// From where places are counted: the nearest mark comes first. Else the district's north.
    pub from: Option<Wgs84>,
    /// Size of the text, pixels.
    pub font: f64,
    /// Does each place want its name beside its mark?
    pub names: fn(&Park) -> String,
}

/// Pixels for a metre from which on something is worth naming: the whole district on a phone has
/// about 0.01.
const STATIONS_FROM: f64 = 0.028;
const STATION_NAMES_FROM: f64 = 0.045;
const COMMUNITIES_FROM: f64 = 0.16;
const SUB_DISTRICTS_TO: f64 = 0.3;
const PARKS_FROM: f64 = 0.02;
/// So many names of places are tried, at most.
const MOST_NAMES: usize = 120;
/// Half of a station's square with its rim.
const SQUARE: f64 = 10.0;

impl Picture {
    /// Draws what was wished of a pack in a view.
    pub fn of(pack: &DistrictPack, wish: &Wish, view: &View) -> Self {
        let fine = view.pixels_for_metre();
        let marks = marks(pack, wish, view.scale);
        let stations: Vec<Px> = pack
            .stations
            .iter()
            .filter(|_| fine >= STATIONS_FROM)
            .map(|it| view.px(it.at.into()))
            .filter(|at| is_on(*at, view))
            .collect();
        let taken = marks.iter().map(|it| Frame::around(view.px(it.at), REACH, REACH));
        let squares = stations.iter().map(|at| Frame::around(*at, SQUARE, SQUARE));
        let taken = taken.chain(squares).collect();
        let names = names(pack, wish, view, &marks);
        let labels = place(names, taken, wish.font, view.size);
        Self { land: Land::draw(pack, wish.found, view), marks, stations, labels }
    }
}

fn is_on(at: Px, view: &View) -> bool {
    (0.0..=view.size.0).contains(&at.0) && (0.0..=view.size.1).contains(&at.1)
}

/// The marks of the places, nearest first. A place with a position of its own gives its place to no
/// other: it comes before what is only near something.
fn marks(pack: &DistrictPack, wish: &Wish, scale: f64) -> Vec<Mark> {
    let (mut placed, near): (Vec<Spot>, Vec<Spot>) =
        wish.found.iter().filter_map(|at| spot(pack, *at)).partition(|it| it.placed);
    placed.extend(near);
    let mut marks = gather(placed, scale);
    let from = wish.from.map(Flat::from);
    let order =
        |mark: &Mark| from.map_or(mark.at.y, |from| (mark.at.x - from.x).hypot(mark.at.y - from.y));
    marks.sort_by(|a, b| order(a).total_cmp(&order(b)));
    marks
}

/// Where a place is drawn, if anything says where it is.
/// `nth`: its position in the pack.
pub(super) fn spot(pack: &DistrictPack, nth: usize) -> Option<Spot> {
    let (at, placed) = pack.parks.get(nth)?.placement.drawn()?;
    Some(Spot { park: nth, at: at.into(), placed })
}

/// Every name that would like to stand there, the most wanted first.
fn names<'a>(
    pack: &'a DistrictPack,
    wish: &'a Wish,
    view: &'a View,
    marks: &'a [Mark],
) -> impl Iterator<Item = Wanted> + 'a {
    let fine = view.pixels_for_metre();
    let wanted = |text: &str, voice, at: Wgs84, beside| Wanted {
        text: text.to_owned(),
        voice,
        at: view.px(at.into()),
        beside,
    };
    let alone = marks.iter().filter(|mark| mark.spots.len() == 1).take(MOST_NAMES);
    let parks = alone
        .map(|mark| mark.spots[0])
        .filter(move |spot| fine >= PARKS_FROM || Some(spot.park) == wish.chosen);
    let mut parks: Vec<Spot> = parks.collect();
    parks.sort_by_key(|spot| (Some(spot.park) != wish.chosen, !spot.placed));
    let parks = parks.into_iter().map(move |spot| Wanted {
        text: (wish.names)(&pack.parks[spot.park]),
        voice: Voice::Park,
        at: view.px(spot.at),
        beside: REACH / 2.0,
    });
    let rivers = pack.river_sides.iter().filter_map(move |side| {
        let middle = side.line.0.get(side.line.0.len() / 2)?;
        Some(wanted(&side.name, Voice::Nature, *middle, 12.0))
    });
    let water = pack.nature.water.iter().filter_map(move |area| {
        let inside = area.outline.0.first()?.0.first()?;
        Some(wanted(area.name.as_deref()?, Voice::Nature, *inside, 4.0))
    });
    let lines = pack.nature.lines.iter().filter_map(move |line| {
        let part = &line.parts.first()?.0;
        Some(wanted(line.name.as_deref()?, Voice::Nature, *part.get(part.len() / 2)?, 4.0))
    });
    let subs = pack.sub_districts.iter().filter(move |_| fine <= SUB_DISTRICTS_TO);
    let subs =
        subs.filter_map(move |sub| Some(wanted(&sub.name, Voice::SubDistrict, sub.at?, 0.0)));
    let stations = pack.stations.iter().filter(move |_| fine >= STATION_NAMES_FROM);
    let stations =
        stations.map(move |it| wanted(&it.name, Voice::Station, it.at, SQUARE / 2.0 + 2.0));
    let communities = pack.sub_districts.iter().flat_map(|sub| &sub.communities);
    let communities =
        communities.filter(move |_| fine >= COMMUNITIES_FROM).filter_map(move |community| {
            Some(wanted(&community.name, Voice::Community, community.at?, 0.0))
        });
    parks.chain(rivers).chain(water).chain(lines).chain(subs).chain(stations).chain(communities)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::parks::map::{land::extent, view::Limits};

    fn facts() -> DistrictPack {
        pack::build(std::path::Path::new("data")).expect("the facts build").pack
    }

    fn wish(found: &[usize]) -> Wish<'_> {
        Wish { found, chosen: None, from: None, font: 12.0, names: |park| park.name.clone() }
    }

    /// The whole district, the town, and a few streets of it.
    fn three_views(pack: &DistrictPack) -> [View; 3] {
        let extent = extent(pack).expect("a line");
        let size = (360.0, 450.0);
        let town = Wgs84 { lat: 29.515, lon: 106.505 };
        let limits = Limits::of(extent, size);
        [
            View::whole(&extent, size),
            limits.hold(View::around(town, 4_000.0, size)),
            limits.hold(View::around(town, 900.0, size)),
        ]
    }

    #[test]
    fn at_three_scales_no_two_names_meet_nor_a_name_a_mark() {
        let pack = facts();
        let all: Vec<_> = (0..pack.parks.len()).collect();
        for view in three_views(&pack) {
            let picture = Picture::of(&pack, &wish(&all), &view);
            assert!(!picture.labels.is_empty());
            for (nth, label) in picture.labels.iter().enumerate() {
                let others = picture.labels[..nth].iter().map(|it| it.frame);
                let marks = picture.marks.iter();
                let marks = marks.map(|it| Frame::around(view.px(it.at), REACH, REACH));
                let meets = others.chain(marks).any(|it| it.meets(&label.frame));
                assert!(!meets, "{label:?}");
            }
        }
    }

    #[test]
    fn the_marks_and_the_places_without_any_together_are_the_list() {
        let pack = facts();
        let some: Vec<_> = (0..pack.parks.len()).filter(|at| at % 3 != 1).collect();
        for view in three_views(&pack) {
            let picture = Picture::of(&pack, &wish(&some), &view);
            let drawn: usize = picture.marks.iter().map(|it| it.spots.len()).sum();
            let nowhere = some.iter().filter(|at| spot(&pack, **at).is_none()).count();
            assert_eq!(drawn + nowhere, some.len());
            assert!(nowhere > 0 && drawn > 0);
        }
    }

    #[test]
    fn a_place_is_never_hidden_under_one_that_is_only_near_something() {
        let pack = facts();
        let all: Vec<_> = (0..pack.parks.len()).collect();
        let view = three_views(&pack)[0];
        for mark in Picture::of(&pack, &wish(&all), &view).marks {
            let placed = mark.spots.iter().any(|it| it.placed);
            assert_eq!(mark.spots[0].placed, placed, "{mark:?}");
        }
    }

    #[test]
    fn the_nearest_mark_comes_first_where_places_are_counted_from_somewhere() {
        let pack = facts();
        let all: Vec<_> = (0..pack.parks.len()).collect();
        let zoo = pack.parks.iter().position(|it| it.name == "重庆动物园").expect("the zoo");
        let from = pack.parks[zoo].placement.point();
        let view = three_views(&pack)[1];
        let picture = Picture::of(&pack, &Wish { from, ..wish(&all) }, &view);
        assert!(picture.marks[0].spots.iter().any(|it| it.park == zoo));
    }

    #[test]
    fn the_chosen_place_is_named_even_in_the_whole_district() {
        let pack = facts();
        let zoo = pack.parks.iter().position(|it| it.name == "重庆动物园").expect("the zoo");
        let view = three_views(&pack)[0];
        let named = |chosen| {
            let picture = Picture::of(&pack, &Wish { chosen, ..wish(&[zoo]) }, &view);
            picture.labels.iter().any(|it| it.text == "重庆动物园")
        };
        assert!(named(Some(zoo)) && !named(None));
    }
}
