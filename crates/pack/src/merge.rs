//! Which rows of an import are places of ours.

use std::collections::BTreeSet;

use model::{
    datum::Wgs84,
    layer::{OsmPlace, Outline},
    pack::{Park, Placement},
};

use crate::{
    likeness::{ALIKE, best, other_kind},
    links::Verdicts,
    report::Report,
};

/// A row, as far as it tells which place it is.
pub(crate) struct Row<'a> {
    pub id: &'a str,
    pub name: &'a str,
    names: BTreeSet<&'a str>,
    /// Names that it may have: they raise a doubt and join nothing.
    unsure: BTreeSet<&'a str>,
    at: At<'a>,
}

enum At<'a> {
    Spot {
        at: Wgs84,
        within_m: f64,
        outline: Option<&'a Outline>,
    },
    /// Near another thing there.
    Near(Wgs84),
    Nowhere,
}

impl<'a> From<&'a Park> for Row<'a> {
    fn from(park: &'a Park) -> Self {
        let names = [&park.name].into_iter().filter(|_| !park.described).chain(&park.aliases);
        let at = match &park.placement {
            Placement::Point { at, within_m, .. } => {
                At::Spot { at: *at, within_m: f64::from(*within_m), outline: None }
            }
            Placement::Outline { at, outline, .. } => {
                At::Spot { at: *at, within_m: 0.0, outline: Some(outline) }
            }
            Placement::Near { at, .. } => At::Near(*at),
            Placement::Unplaced => At::Nowhere,
        };
        Self {
            id: &park.id,
            name: &park.name,
            names: names.map(String::as_str).collect(),
            unsure: park.maybe_aliases.iter().map(String::as_str).collect(),
            at,
        }
    }
}

impl<'a> From<&'a OsmPlace> for Row<'a> {
    fn from(place: &'a OsmPlace) -> Self {
        let names = [&place.name].into_iter().chain(&place.aliases).map(String::as_str);
        let outline = place.outline.as_ref();
        let at = At::Spot { at: place.at, within_m: 0.0, outline };
        let unsure = BTreeSet::new();
        Self { id: &place.id, name: &place.name, names: names.collect(), unsure, at }
    }
}

impl Row<'_> {
    /// One name in one spot: one list has it twice.
    pub fn is_twin_of(&self, other: &Row, district: &str) -> bool {
        let spots = self.spot().zip(other.spot());
        spots.is_some_and(|(one, two)| one.metres_to(two) < ONE_SPOT_M)
            && best(self.names.iter().copied(), &other.names, district) >= 1.0
    }

    /// A point of the place itself.
    pub fn spot(&self) -> Option<Wgs84> {
        match self.at {
            At::Spot { at, .. } => Some(at),
            At::Near(_) | At::Nowhere => None,
        }
    }
}

/// What is thought of two rows.
#[derive(Clone, Debug, PartialEq)]
enum Thought {
    Same(String),
    Maybe(String),
    Other,
}

/// Two points that may lie as far apart, in metres, and still be of one park: its gate and its
/// middle.
const ONE_SPOT_M: f64 = 300.0;
/// Two points of one name are one place up to here.
const ONE_NAME_M: f64 = 1_000.0;
/// What is near a station is looked for up to here.
const NEAR_M: f64 = 3_000.0;

/// By the names that both have for sure; where that says nothing, by those that one may have, and then
/// a person decides.
fn think(ours: &Row, theirs: &Row, district: &str) -> Thought {
    let like = best(ours.names.iter().copied(), &theirs.names, district);
    let by_names = match think_of(ours, theirs, like) {
        // Their names may say another kind of place each: a square that is called after its park.
        Thought::Same(why) if like < 1.0 && other_kind(ours.name, theirs.name) => {
            Thought::Maybe(format!("another kind of place, {why}"))
        }
        thought => thought,
    };
    if by_names != Thought::Other {
        return by_names;
    }
    let of_ours = best(ours.unsure.iter().copied(), &theirs.names, district);
    let of_theirs = best(ours.names.iter().copied(), &theirs.unsure, district);
    match think_of(ours, theirs, of_ours.max(of_theirs)) {
        Thought::Same(why) | Thought::Maybe(why) => {
            Thought::Maybe(format!("by a name that is not sure, {why}"))
        }
        Thought::Other => Thought::Other,
    }
}

/// What follows of names that are so alike.
fn think_of(ours: &Row, theirs: &Row, like: f64) -> Thought {
    let one_name = like >= 1.0;
    let alike = like >= ALIKE;
    let apart = |metres: f64| format!("{metres:.0} m apart");
    match (&ours.at, theirs.spot()) {
        (At::Spot { at, within_m, outline }, Some(other)) => {
            let theirs_around =
                matches!(&theirs.at, At::Spot { outline: Some(it), .. } if it.contains(*at));
            let within = theirs_around || outline.is_some_and(|it| it.contains(other));
            let metres = if within { 0.0 } else { (at.metres_to(other) - within_m).max(0.0) };
            match metres {
                ..=ONE_SPOT_M if alike => Thought::Same(apart(metres)),
                ..=ONE_NAME_M if one_name => Thought::Same(apart(metres)),
                ..=ONE_NAME_M if alike => Thought::Maybe(format!("alike, {}", apart(metres))),
                _ if one_name => Thought::Maybe(format!("one name, {}", apart(metres))),
                _ if within => Thought::Maybe("one spot, another name".to_owned()),
                _ => Thought::Other,
            }
        }
        (At::Near(anchor), Some(other)) => {
            let metres = anchor.metres_to(other);
            let from = format!("{metres:.0} m from what ours is near to");
            match metres {
                ..=NEAR_M if one_name => Thought::Same(from),
                ..=NEAR_M if alike => Thought::Maybe(format!("alike, {from}")),
                _ if one_name => Thought::Maybe(format!("one name, {from}")),
                _ => Thought::Other,
            }
        }
        _ if one_name => Thought::Same("by the name alone".to_owned()),
        _ if alike => Thought::Maybe("alike, and one of them is not placed".to_owned()),
        _ => Thought::Other,
    }
}

/// Pairs by position: (ours, theirs).
#[derive(Default)]
pub(crate) struct Pairs {
    pub same: Vec<(usize, usize)>,
    pub maybe: Vec<(usize, usize)>,
}

/// Which of their rows are ours. No row is joined to two others: then all of them are in doubt, and
/// a person decides in `links.csv`.
pub(crate) fn pairs(
    ours: &[Row],
    theirs: &[Row],
    verdicts: &Verdicts,
    district: &str,
    report: &mut Report,
) -> Pairs {
    let mut thoughts: Vec<(usize, usize, Thought)> = Vec::new();
    for (t, their) in theirs.iter().enumerate() {
        for (o, our) in ours.iter().enumerate() {
            let thought = match verdicts.same(our.id, their.id) {
                Some(true) => Thought::Same("links.csv says so".to_owned()),
                Some(false) => Thought::Other,
                None => think(our, their, district),
            };
            if thought != Thought::Other {
                thoughts.push((o, t, thought));
            }
        }
    }
    let decided = |o: usize, t: usize| verdicts.same(ours[o].id, theirs[t].id) == Some(true);
    let same = |it: &&(usize, usize, Thought)| matches!(it.2, Thought::Same(_));
    let mut pairs = Pairs::default();
    for (o, t, thought) in &thoughts {
        let (our, their) = (&ours[*o], &theirs[*t]);
        let both = format!("{} {} = {} {}", our.id, our.name, their.id, their.name);
        let rivals = thoughts.iter().filter(same).filter(|it| (it.0 == *o) != (it.1 == *t));
        let rivals: Vec<bool> = rivals.map(|it| decided(it.0, it.1)).collect();
        // What a person joined elsewhere is in no doubt any more.
        if rivals.contains(&true) && !decided(*o, *t) {
            continue;
        }
        match thought {
            Thought::Same(why) if rivals.is_empty() || decided(*o, *t) => {
                report.joined.push(format!("{both} ({why})"));
                pairs.same.push((*o, *t));
            }
            Thought::Same(why) => {
                report.doubted.push(format!("{both} ({why}, and so is another row)"));
                pairs.maybe.push((*o, *t));
            }
            Thought::Maybe(why) if rivals.is_empty() => {
                report.doubted.push(format!("{both} ({why})"));
                pairs.maybe.push((*o, *t));
            }
            Thought::Maybe(_) | Thought::Other => {}
        }
    }
    pairs
}

/// What the positions of an import say about its datum.
#[derive(Debug, PartialEq)]
pub(crate) enum DatumJudged {
    /// So many places that we have as points lie where ours lie, of so many.
    Checked(usize, usize),
    /// So few that nothing follows.
    Unchecked(usize),
    /// Most of them lie where GCJ-02 would put them.
    Shifted(usize),
    /// Most of them lie elsewhere, all in one direction.
    Off {
        /// How many.
        places: usize,
        /// How far, in metres: the one in the middle.
        metres: f64,
    },
}

/// From how many places something follows.
const ENOUGH: usize = 3;

/// How far from where GCJ-02 would put it a shifted point may lie, in metres: half the shift, which
/// is about 480 m in this part of the country.
const SHIFT_TOLERANCE_M: f64 = 240.0;

/// Two offsets that differ by less are one, in metres: a gate and a middle are no further apart.
const ONE_OFFSET_M: f64 = 150.0;

/// Holds positions that say they are WGS84 against ours of the same names.
pub(crate) fn judge_datum(ours: &[Row], theirs: &[Row], district: &str) -> DatumJudged {
    let mut offsets = Vec::new();
    let mut shifted = 0;
    for their in theirs {
        let Some(other) = their.spot() else { continue };
        let one_name = |our: &&Row| {
            our.spot().is_some_and(|at| at.metres_to(other) < 2.0 * ONE_NAME_M)
                && best(our.names.iter().copied(), &their.names, district) >= 1.0
        };
        let Some(at) = ours.iter().find(one_name).and_then(Row::spot) else { continue };
        let gcj = model::datum::Gcj02::from(at);
        let there = Wgs84 { lat: gcj.lat, lon: gcj.lon };
        shifted += usize::from(there.metres_to(other) < SHIFT_TOLERANCE_M);
        offsets.push(offset(at, other));
    }
    let known = offsets.len();
    if known < ENOUGH {
        return DatumJudged::Unchecked(known);
    }
    let near = offsets.iter().filter(|it| length(**it) < SHIFT_TOLERANCE_M).count();
    let together = |middle: &[f64; 2]| {
        let apart = |it: &[f64; 2]| length([it[0] - middle[0], it[1] - middle[1]]);
        offsets.iter().filter(|it| apart(it) < ONE_OFFSET_M).count()
    };
    // One place that was measured elsewhere hides no shift of all the others.
    let most = |count: usize| count >= ENOUGH && count * 3 >= known * 2;
    let far = offsets.iter().filter(|it| length(**it) >= SHIFT_TOLERANCE_M);
    match far.max_by_key(|it| together(it)) {
        _ if most(shifted) => DatumJudged::Shifted(shifted),
        Some(middle) if most(together(middle)) => {
            DatumJudged::Off { places: together(middle), metres: length(*middle) }
        }
        _ => DatumJudged::Checked(near, known),
    }
}

/// Metres to the north and to the east.
fn offset(from: Wgs84, to: Wgs84) -> [f64; 2] {
    let north = Wgs84 { lat: to.lat, lon: from.lon };
    let east = Wgs84 { lat: from.lat, lon: to.lon };
    let signed = |metres: f64, plus: bool| if plus { metres } else { -metres };
    [
        signed(from.metres_to(north), to.lat >= from.lat),
        signed(from.metres_to(east), to.lon >= from.lon),
    ]
}

fn length([north, east]: [f64; 2]) -> f64 {
    north.hypot(east)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &'static str, at: Wgs84) -> Row<'static> {
        let at = At::Spot { at, within_m: 0.0, outline: None };
        Row { id: name, name, names: [name].into(), unsure: BTreeSet::new(), at }
    }

    /// Five places, and where an import puts them.
    fn judged(moved: impl Fn(usize, Wgs84) -> Wgs84) -> DatumJudged {
        let names = ["桃花公园", "李子公园", "杏林公园", "梅岭公园", "竹海公园"];
        let at = |nth: usize| Wgs84 { lat: [29.4, 29.42, 29.44, 29.46, 29.48][nth], lon: 106.4 };
        let ours: Vec<Row> = names.iter().enumerate().map(|(nth, it)| row(it, at(nth))).collect();
        let theirs: Vec<Row> =
            names.iter().enumerate().map(|(nth, it)| row(it, moved(nth, at(nth)))).collect();
        judge_datum(&ours, &theirs, "九龙坡区")
    }

    // Files in other datums passed as "the datum fits", for it was asked only whether all lay exactly
    // where GCJ-02 would put them.
    #[test]
    fn what_lies_beside_in_one_direction_does_not_fit_whatever_moved_it() {
        let gcj = |at: Wgs84| {
            let gcj = model::datum::Gcj02::from(at);
            Wgs84 { lat: gcj.lat, lon: gcj.lon }
        };
        assert_eq!(judged(|_, at| at), DatumJudged::Checked(5, 5));
        assert_eq!(judged(|_, at| gcj(at)), DatumJudged::Shifted(5));
        let but_one = |nth, at| if nth == 2 { at } else { gcj(at) };
        assert_eq!(judged(but_one), DatumJudged::Shifted(4));
        for (north, east) in [(0.005, 0.006), (-0.003, -0.004)] {
            let moved = |_, at: Wgs84| Wgs84 { lat: at.lat + north, lon: at.lon + east };
            assert!(matches!(judged(moved), DatumJudged::Off { places: 5, .. }), "{north}");
        }
        let each_its_own_way = |nth: usize, at: Wgs84| {
            let (north, east) =
                [(0.0, 0.0), (0.006, 0.0), (0.0, 0.006), (-0.006, 0.0), (0.0, 0.0)][nth];
            Wgs84 { lat: at.lat + north, lon: at.lon + east }
        };
        assert_eq!(judged(each_its_own_way), DatumJudged::Checked(2, 5));
    }
}
