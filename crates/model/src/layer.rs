//! What stands beside the tables of the district pack under a licence of its own: places and shapes
//! of `OpenStreetMap` (ODbL 1.0), the table of pairs that says which of them are places of ours, and
//! positions that residents gave (ODbL 1.0 too).
//!
//! The layers are files of their own and are joined on the phone only, by [`DistrictPack::join`].
//! Every position is WGS84, to 1e-5 degree (about a metre).

use serde::{Deserialize, Serialize};

use crate::{
    datum::Wgs84,
    pack::{
        CoordLicence, DistrictPack, Fact, FactKind, Listed, Park, ParkCount, Placement, Source,
    },
    reading::Spoken,
};

/// A line of positions. Written as one list of whole numbers of 1e-5 degree: latitude and longitude
/// of the first point, then the steps from each point to the next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<i32>", into = "Vec<i32>")]
pub struct Trace(pub Vec<Wgs84>);

/// Numbers that are no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTrace {
    /// A latitude without its longitude.
    #[error("a line of positions holds an odd number of numbers")]
    Odd,
    /// A position off the earth.
    #[error("a line of positions leaves the earth")]
    OffTheEarth,
}

/// So many units make a degree.
const UNITS: f64 = 1e5;

impl From<Trace> for Vec<i32> {
    #[expect(clippy::cast_possible_truncation, reason = "180 degrees are 18,000,000 units")]
    fn from(Trace(points): Trace) -> Self {
        let units = |degrees: f64| (degrees * UNITS).round() as i32;
        let (mut lat, mut lon) = (0, 0);
        let mut numbers = Self::with_capacity(points.len() * 2);
        for at in points {
            let (north, east) = (units(at.lat), units(at.lon));
            numbers.extend([north - lat, east - lon]);
            (lat, lon) = (north, east);
        }
        numbers
    }
}

impl TryFrom<Vec<i32>> for Trace {
    type Error = BadTrace;

    fn try_from(numbers: Vec<i32>) -> Result<Self, BadTrace> {
        if !numbers.len().is_multiple_of(2) {
            return Err(BadTrace::Odd);
        }
        let (mut lat, mut lon) = (0_i64, 0_i64);
        let step = |pair: &[i32]| {
            lat += i64::from(pair[0]);
            lon += i64::from(pair[1]);
            let on_earth = lat.abs() <= 9_000_000 && lon.abs() <= 18_000_000;
            on_earth.then(|| Wgs84 { lat: degrees(lat), lon: degrees(lon) })
        };
        let points: Option<Vec<_>> = numbers.chunks_exact(2).map(step).collect();
        points.map(Self).ok_or(BadTrace::OffTheEarth)
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most 18,000,000")]
fn degrees(units: i64) -> f64 {
    units as f64 / UNITS
}

/// Rings without their closing point; what lies inside an odd number of them is inside.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline(pub Vec<Trace>);

impl Outline {
    /// Does a position lie inside?
    pub fn contains(&self, at: Wgs84) -> bool {
        self.0.iter().filter(|ring| at.inside(&ring.0)).count() % 2 == 1
    }

    /// Metres from a position to the nearest edge, 0 inside; none where there is no edge.
    pub fn metres_to(&self, at: Wgs84) -> Option<f64> {
        if self.contains(at) {
            return Some(0.0);
        }
        let edges = self.0.iter().flat_map(|ring| ring.0.iter().zip(ring.0.iter().cycle().skip(1)));
        edges.map(|(a, b)| at.metres_to_line(*a, *b)).min_by(f64::total_cmp)
    }
}

/// Places and shapes of one extract of `OpenStreetMap`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OsmLayer {
    /// The form of this file: [`DistrictPack::FORM`].
    pub form: u32,
    /// As of when the extract is, where it says so: a day or a moment, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Named places for people.
    pub places: Vec<OsmPlace>,
    /// Surfaces of water.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub water: Vec<OsmArea>,
    /// Rivers, streams and ridges.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<OsmLine>,
}

impl OsmLayer {
    /// Reads the file. Here, and not where it is asked for, because this crate is compiled for speed: a
    /// layer has thousands of outlines.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// A named place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OsmPlace {
    /// The element: `node/1`, `way/2` or `relation/3`.
    pub id: String,
    /// Its version, where the extract says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// When that version was made, where the extract says it (a day).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its name in Chinese, as mapped.
    pub name: String,
    /// Its name in English, as mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Other names, as mapped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its names and how they are read: for the search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spoken: Vec<Spoken>,
    /// Our sorting by tags and name, one of [`Park::KINDS`].
    pub kind: String,
    /// A park, or something that counts as none.
    pub listed: Listed,
    /// A point of the place.
    pub at: Wgs84,
    /// Its outline, where it is mapped as an area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outline: Option<Outline>,
    /// Some of [`Fact::FACILITIES`], as mapped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facilities: Vec<String>,
    /// One of [`Fact::ENTRIES`], as mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// Ids of our places that may be this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maybe_same_as: Vec<String>,
}

/// A surface of water.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OsmArea {
    /// The element, as in [`OsmPlace::id`].
    pub id: String,
    /// Its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// Its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its name, as mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its outline.
    pub outline: Outline,
}

/// A river, a stream or a ridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OsmLine {
    /// The element, as in [`OsmPlace::id`].
    pub id: String,
    /// Its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// Its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What it is.
    pub kind: LineKind,
    /// Its name, as mapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its parts inside the district.
    pub parts: Vec<Trace>,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// `waterway=river`.
    River,
    /// `waterway=stream`.
    Stream,
    /// `natural=ridge`.
    Ridge,
}

/// What is mapped besides places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nature {
    /// Surfaces of water.
    pub water: Vec<OsmArea>,
    /// Rivers, streams and ridges.
    pub lines: Vec<OsmLine>,
}

/// Two rows that are one place: ours, and one of `OpenStreetMap`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Id of our place.
    pub park: String,
    /// `way/2`.
    pub osm: String,
}

/// Positions that residents gave standing in a place, and that an operator has confirmed: a
/// contribution is published under the ODbL, so they stand apart from the tables.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConfirmedLayer {
    /// The form of this file: [`DistrictPack::FORM`].
    pub form: u32,
    /// One for each place.
    pub positions: Vec<ConfirmedPosition>,
}

/// A confirmed position. What a [`Placement::Point`] says, and of which place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConfirmedPosition {
    /// Id of our place.
    pub park: String,
    /// Where somebody stood.
    pub at: Wgs84,
    /// The place lies within about this many metres of it.
    pub within_m: u32,
    /// Who confirmed it.
    pub source: String,
    /// On which day somebody stood there.
    pub as_of: Option<String>,
    /// Under which terms.
    pub licence: CoordLicence,
}

impl From<ConfirmedPosition> for Placement {
    fn from(it: ConfirmedPosition) -> Self {
        let ConfirmedPosition { park: _, at, within_m, source, as_of, licence } = it;
        Self::Point { at, within_m, source, as_of, licence }
    }
}

/// The layers of a pack, by the names of their files beside it. A name holds the digest of what is
/// in the file, so the digest of the pack stands for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerFiles {
    /// An [`OsmLayer`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub osm: Option<String>,
    /// A list of [`Link`], where there is an [`OsmLayer`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<String>,
    /// A [`ConfirmedLayer`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<String>,
}

impl LayerFiles {
    /// The names of all files.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        [&self.osm, &self.links, &self.confirmed].into_iter().flatten()
    }
}

/// The layers of a pack, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layers {
    /// What was read from `OpenStreetMap`, and which of it is ours.
    pub osm: Option<(OsmLayer, Vec<Link>)>,
    /// What residents gave.
    pub confirmed: Option<ConfirmedLayer>,
}

impl DistrictPack {
    /// Joins the layers to the places of the tables. A confirmed position gives a place its point. A
    /// linked place of `OpenStreetMap` gives outline, point and what is mapped about it, each with its
    /// own source; what is not linked becomes a place of its own, `osm-way-2`; water and lines stand
    /// in [`Self::nature`].
    pub fn join(&mut self, layers: Layers) {
        for position in layers.confirmed.into_iter().flat_map(|it| it.positions) {
            if let Some(park) = self.parks.iter_mut().find(|park| park.id == position.park) {
                park.placement = position.into();
            }
        }
        if let Some((layer, links)) = layers.osm {
            self.join_osm(layer, &links);
        }
        self.count = ParkCount::of(&self.parks);
    }

    fn join_osm(&mut self, layer: OsmLayer, links: &[Link]) {
        for place in layer.places {
            let Ok(source) = u16::try_from(self.sources.len()) else { break };
            self.sources.push(place.as_source(layer.as_of.as_deref()));
            let link = links.iter().find(|link| link.osm == place.id);
            let ours = link.and_then(|it| self.parks.iter_mut().find(|park| park.id == it.park));
            match ours {
                Some(park) => park.gain(place, source),
                None => self.parks.push(place.into_park(source)),
            }
        }
        self.nature = Nature { water: layer.water, lines: layer.lines };
    }
}

/// Under which terms a position of `OpenStreetMap` stands, and whose it is.
const CREDIT: &str = "© OpenStreetMap contributors";

impl OsmPlace {
    /// Id of the place that it becomes by itself.
    pub fn park_id(&self) -> String {
        format!("osm-{}", self.id.replace('/', "-"))
    }

    fn as_source(&self, as_of: Option<&str>) -> Source {
        let version = self.version.map(|it| format!(" v{it}")).unwrap_or_default();
        let day = self.date.as_deref().or(as_of).map(|it| it.get(..10).unwrap_or(it).to_owned());
        Source {
            id: self.id.clone(),
            title: Some(format!("OpenStreetMap {}{version}", self.id)),
            publisher: Some(CREDIT.to_owned()),
            date: day,
            link: Some(format!("https://www.openstreetmap.org/{}", self.id)),
            reprint: false,
        }
    }

    fn placement(&self) -> Placement {
        let (at, source, licence) = (self.at, CREDIT.to_owned(), CoordLicence::Odbl);
        let as_of = self.date.clone();
        match &self.outline {
            Some(outline) => {
                Placement::Outline { outline: outline.clone(), at, source, as_of, licence }
            }
            None => Placement::Point { at, within_m: NODE_WITHIN_M, source, as_of, licence },
        }
    }

    fn facts(&self, source: u16) -> Vec<Fact> {
        let fact = |what, value: String| Fact::plain(what, value, vec![source]);
        let entry = self.entry.clone().map(|value| fact(FactKind::Entry, value));
        let known = !self.facilities.is_empty();
        let facilities = known.then(|| fact(FactKind::Facilities, self.facilities.join(";")));
        entry.into_iter().chain(facilities).collect()
    }

    fn into_park(self, source: u16) -> Park {
        Park {
            id: self.park_id(),
            described: false,
            name_en: self.name_en.clone().unwrap_or_default(),
            name_en_ours: false,
            name_sure: None,
            name_sources: Vec::new(),
            alias_sources: Vec::new(),
            maybe_aliases: Vec::new(),
            placement: self.placement(),
            facts: self.facts(source),
            note: None,
            sources: vec![source],
            sub_districts: Vec::new(),
            name: self.name,
            spoken: self.spoken,
            aliases: self.aliases,
            kind: self.kind,
            listed: self.listed,
            maybe_same_as: self.maybe_same_as,
        }
    }
}

/// A place mapped as a node lies within about this many metres of it: a node stands for its middle.
const NODE_WITHIN_M: u32 = 300;

impl Park {
    /// What `OpenStreetMap` adds to a place of ours. Nothing of ours is taken away; an outline and
    /// a point stand in for what was less.
    fn gain(&mut self, place: OsmPlace, source: u16) {
        let finer = place.outline.is_some() || !matches!(self.placement, Placement::Point { .. });
        if finer {
            self.placement = place.placement();
        }
        self.speak_for_themselves();
        self.facts.extend(place.facts(source));
        self.facts.sort_by_key(|fact| fact.what);
        self.spoken.extend(place.spoken);
        for name in [place.name].into_iter().chain(place.aliases) {
            if name != self.name && !self.aliases.contains(&name) {
                self.aliases.push(name);
                if !self.alias_sources.contains(&source) {
                    self.alias_sources.push(source);
                }
            }
        }
        self.sources.push(source);
    }

    /// Writes the sources of the row to each fact that names none, before the row gains sources
    /// that did not say it.
    pub fn speak_for_themselves(&mut self) {
        let row = self.sources.clone();
        let of_facts = self.facts.iter_mut().map(|fact| &mut fact.sources);
        let own = [&mut self.name_sources, &mut self.alias_sources];
        for sources in of_facts.chain(own).filter(|sources| sources.is_empty()) {
            sources.clone_from(&row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(points: &[[f64; 2]]) -> Trace {
        Trace(points.iter().copied().map(Wgs84::from).collect())
    }

    #[test]
    fn a_line_is_written_as_steps_and_read_back_to_a_metre() {
        let line = trace(&[[29.5, 106.5], [29.500_01, 106.499_99], [29.49, 106.51]]);
        let json = serde_json::to_string(&line).unwrap();
        assert_eq!(json, "[2950000,10650000,1,-1,-1001,1001]");
        let back: Trace = serde_json::from_str(&json).unwrap();
        assert_eq!(Vec::<i32>::from(back), Vec::<i32>::from(line));
    }

    #[test]
    fn numbers_that_are_no_line_are_refused() {
        assert_eq!(Trace::try_from(vec![1, 2, 3]), Err(BadTrace::Odd));
        assert_eq!(Trace::try_from(vec![9_000_001, 0]), Err(BadTrace::OffTheEarth));
        assert_eq!(Trace::try_from(vec![i32::MAX, 0, i32::MAX, 0]), Err(BadTrace::OffTheEarth));
    }

    #[test]
    fn what_lies_in_a_hole_is_not_inside() {
        let outer = trace(&[[0.0, 0.0], [0.0, 9.0], [9.0, 9.0], [9.0, 0.0]]);
        let hole = trace(&[[3.0, 3.0], [3.0, 6.0], [6.0, 6.0], [6.0, 3.0]]);
        let outline = Outline(vec![outer, hole]);
        assert!(outline.contains(Wgs84 { lat: 1.0, lon: 1.0 }));
        assert!(!outline.contains(Wgs84 { lat: 4.0, lon: 4.0 }));
    }

    #[test]
    fn it_is_no_way_at_all_to_where_one_stands_and_else_the_way_to_the_nearest_edge() {
        let outer = trace(&[[0.0, 0.0], [0.0, 0.009], [0.009, 0.009], [0.009, 0.0]]);
        let hole = trace(&[[0.003, 0.003], [0.003, 0.006], [0.006, 0.006], [0.006, 0.003]]);
        let outline = Outline(vec![outer, hole]);
        let metres = |lat, lon| outline.metres_to(Wgs84 { lat, lon }).map(f64::round);
        assert_eq!(metres(0.001, 0.001), Some(0.0));
        assert_eq!(metres(0.004, 0.004), Some(111.0), "in the hole");
        // Past the last corner of the ring, whose closing point is not written.
        assert_eq!(metres(0.002, -0.001), Some(111.0));
        assert_eq!(metres(0.010, 0.010), Some(157.0));
        assert_eq!(Outline::default().metres_to(Wgs84 { lat: 0.0, lon: 0.0 }), None);
    }
}
