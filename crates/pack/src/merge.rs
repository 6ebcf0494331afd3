//! Which rows of an import are places of ours.

use std::collections::BTreeSet;

use model::{
    datum::Wgs84,
    layer::{OsmPlace, Outline},
    pack::{Park, Placement},
};

use crate::{
    likeness::{ALIKE, best},
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
    let by_names = think_of(ours, theirs, like);
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
    /// So many places that we have as points lie where ours lie.
    Checked(usize),
    /// So few that nothing follows.
    Unchecked(usize),
    /// All of them lie where GCJ-02 would put them.
    Shifted(usize),
}

/// From how many places something follows.
const ENOUGH: usize = 3;

/// How far from where GCJ-02 would put it a shifted point may lie, in metres: half the shift, which
/// is about 480 m in this part of the country.
const SHIFT_TOLERANCE_M: f64 = 240.0;

/// Holds positions that say they are WGS84 against ours of the same names.
pub(crate) fn judge_datum(ours: &[Row], theirs: &[Row], district: &str) -> DatumJudged {
    let mut known = 0;
    let mut shifted = 0;
    for their in theirs {
        let Some(other) = their.spot() else { continue };
        let one_name = |our: &&Row| {
            our.spot().is_some_and(|at| at.metres_to(other) < 2.0 * ONE_NAME_M)
                && best(our.names.iter().copied(), &their.names, district) >= 1.0
        };
        let Some(at) = ours.iter().find(one_name).and_then(Row::spot) else { continue };
        known += 1;
        let gcj = model::datum::Gcj02::from(at);
        let there = Wgs84 { lat: gcj.lat, lon: gcj.lon };
        shifted += usize::from(there.metres_to(other) < SHIFT_TOLERANCE_M);
    }
    match (known, shifted) {
        (ENOUGH.., all) if all == known => DatumJudged::Shifted(known),
        (ENOUGH.., _) => DatumJudged::Checked(known),
        _ => DatumJudged::Unchecked(known),
    }
}
