//! The district pack: parks, places, kinds of trouble and their sources, as the phone reads them.
//!
//! Built once from tables of facts by the `pack` crate and read whole by the page. Nothing in it is
//! guessed: what no source says is absent, and every fact names its sources by position in
//! [`DistrictPack::sources`]. Every position is WGS84, to six decimals (a decimetre).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    ask::Question,
    datum::Wgs84,
    layer::{LayerFiles, Nature, Outline, Trace},
    reading::Spoken,
};

/// Everything the page knows about one district. The form is versioned by [`DistrictPack::FORM`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DistrictPack {
    /// The form of this file. A page refuses a pack of another form.
    pub form: u32,
    /// Traditional characters, each followed by the simplified one that the words of this pack are
    /// written in: 動动園园.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub traditional: String,
    /// Which edition of the facts: a day, or the second of that day as `2026-11-25.2`. Of two
    /// editions the later one reads later as text.
    pub version: String,
    /// Which district, in words and by code.
    pub district: District,
    /// Sub-districts and towns, in the order of the official list.
    pub sub_districts: Vec<SubDistrict>,
    /// Places, in the order of the table.
    pub parks: Vec<Park>,
    /// What the opening sentence of the park list counts.
    pub count: ParkCount,
    /// Groups of issue kinds, each with its leaves.
    pub groups: Vec<IssueGroup>,
    /// What some kinds ask besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// The ten key projects of renewal and their like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<Project>,
    /// Stations of the metro, in and close to the district.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stations: Vec<Station>,
    /// Along which parts of the district line a river runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub river_sides: Vec<RiverSide>,
    /// Sources that facts point at by position.
    pub sources: Vec<Source>,
    /// For each layer whose it is and under which licence; several lines where it has several.
    pub notices: Vec<Notice>,
    /// Layers of other licences that stand beside this file; joined to it by [`Self::join`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layers: Option<LayerFiles>,
    /// Water and lines of the layer that was joined: in no file of this pack.
    #[serde(skip)]
    pub nature: Nature,
}

/// Letters of pinyin with the marks of tones. An ü is typed as v.
const TONES: [(char, &str); 6] = [
    ('a', "āáǎàĀÁǍÀ"),
    ('e', "ēéěèĒÉĚÈ"),
    ('i', "īíǐìĪÍǏÌ"),
    ('o', "ōóǒòŌÓǑÒ"),
    ('u', "ūúǔùŪÚǓÙ"),
    ('v', "üǖǘǚǜÜǕǗǙǛ"),
];

impl DistrictPack {
    /// The form this code writes and reads.
    pub const FORM: u32 = 1;

    /// Reads a pack. Here, and not where it is asked for, because this crate is compiled for speed, and
    /// every start of the page waits for it.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// What somebody typed, in the characters that the words of this pack are written in: simplified,
    /// letters and digits of half width, and pinyin without the marks of its tones.
    pub fn as_written(&self, typed: &str) -> String {
        let half = |it: char| match it {
            '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
                char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it)
            }
            _ => TONES.iter().find(|(_, toned)| toned.contains(it)).map_or(it, |(bare, _)| *bare),
        };
        let simplified = |it: char| {
            if it.is_ascii() {
                return it;
            }
            let mut pairs = self.traditional.chars();
            let pair = std::iter::from_fn(|| Some((pairs.next()?, pairs.next()?)));
            pair.into_iter().find(|pair| pair.0 == it).map_or(it, |pair| pair.1)
        };
        typed.chars().map(half).map(simplified).collect()
    }

    /// What cannot be true of any pack that was built whole: a phone that fetches one apart from its
    /// build looks before it lets go of the one it has.
    pub fn check(&self) -> Result<(), BadPack> {
        let mut ids = BTreeSet::new();
        let line = || self.district.boundary.iter().flatten();
        if line().count() < 3 {
            return Err(BadPack::NoLine);
        }
        let [north, south, east, west] = [
            line().map(|at| at.lat).fold(f64::MIN, f64::max) + BESIDE,
            line().map(|at| at.lat).fold(f64::MAX, f64::min) - BESIDE,
            line().map(|at| at.lon).fold(f64::MIN, f64::max) + BESIDE,
            line().map(|at| at.lon).fold(f64::MAX, f64::min) - BESIDE,
        ];
        for park in &self.parks {
            let of = |what| BadPack::Park(park.id.clone(), what);
            if !ids.insert(&park.id) {
                return Err(of("stands twice"));
            }
            let cited = park.facts.iter().flat_map(|fact| &fact.sources).chain(&park.sources);
            if park.sources.is_empty()
                || cited.into_iter().any(|at| usize::from(*at) >= self.sources.len())
            {
                return Err(of("has no source"));
            }
            if let Some(at) = park.placement.point()
                && !((south..=north).contains(&at.lat) && (west..=east).contains(&at.lon))
            {
                return Err(of("lies outside the district"));
            }
        }
        if self.groups.iter().all(|group| group.kinds.is_empty()) {
            return Err(BadPack::NoKinds);
        }
        Ok(())
    }

    /// A park by its id.
    pub fn park(&self, id: &str) -> Option<&Park> {
        self.parks.iter().find(|park| park.id == id)
    }

    /// An issue kind by its id, such as `road.steps_rail`.
    pub fn kind(&self, id: &str) -> Option<&IssueKind> {
        self.groups.iter().flat_map(|group| &group.kinds).find(|kind| kind.id == id)
    }

    /// What a kind asks, in the order of the table.
    pub fn questions_of(&self, kind_id: &str) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |it| it.kinds.iter().any(|kind| kind == kind_id))
    }

    /// A project by its id, such as `R-01`.
    pub fn project(&self, id: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.id == id)
    }

    /// The group that holds an issue kind.
    pub fn group_of(&self, kind_id: &str) -> Option<&IssueGroup> {
        self.groups.iter().find(|group| group.kinds.iter().any(|kind| kind.id == kind_id))
    }

    /// A community and the sub-district it belongs to, by its 12-digit code.
    pub fn community(&self, code: &str) -> Option<(&SubDistrict, &Community)> {
        self.sub_districts
            .iter()
            .find_map(|sub| sub.communities.iter().find(|it| it.code == code).map(|it| (sub, it)))
    }
}

/// How far a place may lie beside the box around the district line, in degrees: the line is a
/// sketch, to some hundred metres.
const BESIDE: f64 = 0.01;

/// Why a pack is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPack {
    /// There is no district line.
    #[error("the pack has no district line")]
    NoLine,
    /// There is no kind of trouble to report.
    #[error("the pack has no kinds of trouble")]
    NoKinds,
    /// A place, by its id, and what is wrong with it.
    #[error("place {0} {1}")]
    Park(String, &'static str),
}

/// The district itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct District {
    /// Six digits, as in GB/T 2260: `500107`.
    pub code: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// The city it is a district of, as map apps know it: a search by name is made there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// The district line as closed rings, WGS84. A sketch, never a survey.
    pub boundary: Vec<Vec<Wgs84>>,
    /// Where the line was read.
    pub boundary_source: String,
    /// How many parks a report says there are; no list stands behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parks_reported: Option<ParksReported>,
}

impl District {
    /// Does a position lie in the district? A ring inside another ring is a hole.
    pub fn contains(&self, at: Wgs84) -> bool {
        self.boundary.iter().filter(|ring| at.inside(ring)).count() % 2 == 1
    }
}

/// A number of parks as a report gives it, in its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParksReported {
    /// Words: `150多个公园游园`.
    pub zh: String,
    /// Words.
    pub en: String,
    /// The year the figure is of.
    pub year: String,
    /// Positions in [`DistrictPack::sources`].
    pub sources: Vec<u16>,
}

/// A sub-district (街道) or town (镇).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubDistrict {
    /// Nine digits, text.
    pub code: String,
    /// Exact name.
    pub name: String,
    /// How the name is read; none in a pack of an older build.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spoken: Vec<Spoken>,
    /// Who runs it day to day, where that is not the district: reports from there are flagged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_by: Option<String>,
    /// [`Self::run_by`] is still to be verified.
    #[serde(default, skip_serializing_if = "is_false")]
    pub run_by_unsure: bool,
    /// A point that stands for it, where the list has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Wgs84>,
    /// Communities (居委会) and villages (村委会).
    pub communities: Vec<Community>,
}

/// A community or village.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Community {
    /// Twelve digits, text.
    pub code: String,
    /// Name for lists.
    pub name: String,
    /// How the name is read; none in a pack of an older build.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spoken: Vec<Spoken>,
    /// A point that stands for it, where the list has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Wgs84>,
}

/// A station of the metro.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Station {
    /// Name.
    pub name: String,
    /// The lines that stop there, as their source prints them.
    pub lines: Vec<String>,
    /// Where it is.
    pub at: Wgs84,
}

/// A part of the district line along which a river runs: it carries the river's name and says on
/// which side the water is. It is no bank and no surface.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RiverSide {
    /// Name of the river.
    pub name: String,
    /// The part of the line.
    pub line: Trace,
}

/// A project of renewal: a place where a report can start. Its anchor is never its site, so none
/// is here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Stable id, `R-01`.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// Its name, and another one that an article prints: for the search.
    pub spoken: Vec<Spoken>,
    /// Exact names of its sub-districts, where a source says them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_districts: Vec<String>,
    /// Twelve-digit codes of the communities it lies in, as far as known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub communities: Vec<String>,
    /// Positions in [`DistrictPack::sources`].
    pub sources: Vec<u16>,
}

/// A place of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Park {
    /// Stable id, `JLP-001`.
    pub id: String,
    /// Name, or a description if no source names it.
    pub name: String,
    /// The source gives no name: show as a description, never hand it to a map search.
    #[serde(default, skip_serializing_if = "is_false")]
    pub described: bool,
    /// Name in English.
    pub name_en: String,
    /// The English name is our translation, not a sourced one.
    #[serde(default, skip_serializing_if = "is_false")]
    pub name_en_ours: bool,
    /// How sure the name is; absent for a description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_sure: Option<Sure>,
    /// Sources of the name; empty means the sources of the row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name_sources: Vec<u16>,
    /// Other names a source gives; shown and searched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Sources of the aliases; empty means the sources of the row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alias_sources: Vec<u16>,
    /// Names that probably mean this place; searched, never shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maybe_aliases: Vec<String>,
    /// Its names and how they are read, its own first: for the search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spoken: Vec<Spoken>,
    /// Our sorting by name and source, one of [`Park::KINDS`].
    pub kind: String,
    /// Managed park, path, quarter, planned, or doubtful.
    pub listed: Listed,
    /// Ids of places that may be the same one or contain it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maybe_same_as: Vec<String>,
    /// Where it is, as honestly as the sources allow.
    pub placement: Placement,
    /// Facts in the order they are shown, each with its sources.
    pub facts: Vec<Fact>,
    /// A remark for whoever reads the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Sources of the whole row, best first (positions in [`DistrictPack::sources`]).
    pub sources: Vec<u16>,
    /// Sub-districts it lies in; several mean "one or more of these, not decided".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sub_districts: Vec<String>,
}

impl Park {
    /// What is known of this, if anything is; of several answers the [latest](Self::latest).
    pub fn fact(&self, what: FactKind) -> Option<&Fact> {
        self.latest(what, |_| true)
    }

    /// The same, to add to it.
    pub fn fact_mut(&mut self, what: FactKind) -> Option<&mut Fact> {
        let latest = self.fact(what)?.as_of.clone();
        self.facts.iter_mut().find(|it| it.what == what && it.as_of == latest)
    }

    /// Of the facts that answer this question and fit, the one whose source is of the latest date. One
    /// without a date gives way to any with one; of equals the first stands.
    pub fn latest(&self, what: FactKind, fits: impl Fn(&Fact) -> bool) -> Option<&Fact> {
        let fitting = self.facts.iter().filter(|fact| fact.what == what && fits(fact));
        fitting.reduce(|best, fact| if fact.as_of > best.as_of { fact } else { best })
    }

    /// Every kind a place can have.
    pub const KINDS: [&str; 23] = [
        "wetland_park",
        "zoo",
        "theme_park",
        "riverside_park",
        "plaza",
        "forest_park",
        "flower_garden",
        "scenic_area",
        "sports_park",
        "community_park",
        "garden",
        "pocket_park",
        "comprehensive_park",
        "heritage_park",
        "mine_park",
        "village_park",
        "nature_site",
        "greenway",
        "hill_trail",
        "quarter",
        "playground",
        "recreation_ground",
        "park",
    ];
}

/// How a place is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// A park or garden.
    Park,
    /// A path or greenway.
    Trail,
    /// A quarter or hill, not a managed park.
    Area,
    /// A ground to play or rest on, no park.
    Ground,
    /// Announced or being built; not confirmed open.
    Planned,
    /// May not exist, not be a park, or be another row.
    Doubtful,
}

/// Where a place is, as far as a source says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "how", try_from = "Placed")]
pub enum Placement {
    /// The place itself.
    Point {
        /// A point of the place.
        at: Wgs84,
        /// The place lies within about this many metres of the point.
        within_m: u32,
        /// Where the point was published.
        source: String,
        /// As of when, if the source says (year, month or day).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_of: Option<String>,
        /// Under which terms.
        licence: CoordLicence,
    },
    /// The place itself, by its outline.
    Outline {
        /// Its rings.
        outline: Outline,
        /// A point inside.
        at: Wgs84,
        /// Where the outline was published.
        source: String,
        /// As of when, if the source says (year, month or day).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_of: Option<String>,
        /// Under which terms.
        licence: CoordLicence,
    },
    /// Another thing that is near; never a pin on the place, never its direction.
    Near {
        /// What that other thing is.
        kind: NearKind,
        /// Name of that other thing.
        name: String,
        /// The position of that other thing.
        at: Wgs84,
        /// A source names it as the way there (else we chose it from words).
        sourced: bool,
        /// Who names it so; empty means the sources of the row.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sources: Vec<u16>,
        /// Where the position was published.
        source: String,
        /// Under which terms.
        licence: CoordLicence,
    },
    /// Known by name only.
    Unplaced,
}

/// A [`Placement`] as it is read: the members of every one beside each other. By the word alone serde
/// would first copy all of them, each outline too.
#[derive(Deserialize)]
struct Placed {
    how: PlacedHow,
    at: Option<Wgs84>,
    within_m: Option<u32>,
    source: Option<String>,
    as_of: Option<String>,
    licence: Option<CoordLicence>,
    outline: Option<Outline>,
    kind: Option<NearKind>,
    name: Option<String>,
    sourced: Option<bool>,
    #[serde(default)]
    sources: Vec<u16>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum PlacedHow {
    Point,
    Outline,
    Near,
    Unplaced,
}

impl TryFrom<Placed> for Placement {
    type Error = &'static str;

    fn try_from(it: Placed) -> Result<Self, Self::Error> {
        if let PlacedHow::Unplaced = it.how {
            return Ok(Self::Unplaced);
        }
        let (at, as_of) = (it.at.ok_or("a placement without `at`")?, it.as_of);
        let source = it.source.ok_or("a placement without `source`")?;
        let licence = it.licence.ok_or("a placement without `licence`")?;
        Ok(match it.how {
            PlacedHow::Point => {
                let within_m = it.within_m.ok_or("a point without `within_m`")?;
                Self::Point { at, within_m, source, as_of, licence }
            }
            PlacedHow::Outline => {
                let outline = it.outline.ok_or("an outline without `outline`")?;
                Self::Outline { outline, at, source, as_of, licence }
            }
            PlacedHow::Near => {
                let kind = it.kind.ok_or("near without `kind`")?;
                let name = it.name.ok_or("near without `name`")?;
                let sourced = it.sourced.ok_or("near without `sourced`")?;
                Self::Near { kind, name, at, sourced, sources: it.sources, source, licence }
            }
            PlacedHow::Unplaced => Self::Unplaced,
        })
    }
}

impl Placement {
    /// A point of the place itself, where it has one.
    pub fn point(&self) -> Option<Wgs84> {
        match self {
            Self::Point { at, .. } | Self::Outline { at, .. } => Some(*at),
            Self::Near { .. } | Self::Unplaced => None,
        }
    }

    /// Where it is drawn and counted from, and whether that is the place itself: else it is only what
    /// the place is near to.
    pub fn drawn(&self) -> Option<(Wgs84, bool)> {
        match self {
            Self::Point { at, .. } | Self::Outline { at, .. } => Some((*at, true)),
            Self::Near { at, .. } => Some((*at, false)),
            Self::Unplaced => None,
        }
    }
}

/// What a place is near to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NearKind {
    /// A station of the metro.
    #[serde(rename = "metro station")]
    MetroStation,
    /// A bus stop.
    #[serde(rename = "bus stop")]
    BusStop,
    /// An office, as of a sub-district or village.
    #[serde(rename = "office")]
    Office,
    /// Another thing with a name.
    #[serde(rename = "other")]
    Other,
}

/// Under which terms a position may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoordLicence {
    /// Open Database Licence 1.0 (OpenStreetMap).
    #[serde(rename = "ODbL")]
    Odbl,
    /// Creative Commons Attribution 4.0.
    #[serde(rename = "CC BY 4.0")]
    CcBy,
    /// Published without a licence; used as a single fact.
    #[serde(rename = "none stated")]
    NoneStated,
    /// Given to us as a fact, for instance by the district.
    #[serde(rename = "fact")]
    Fact,
}

/// One thing known about a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Which question it answers.
    pub what: FactKind,
    /// The answer: words as a source prints them, or ids (`;` between several) for
    /// [`FactKind::Status`], [`FactKind::Facilities`] and [`FactKind::Entry`]. Empty where a source
    /// has words on facilities and none of them exists yet.
    pub value: String,
    /// Words of the source that belong to the answer, or how it was read from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What an area covers; only a whole park or place gives the size of the park.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<AreaScope>,
    /// The number behind a printed area, square metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub square_metres: Option<u32>,
    /// How sure we are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sure: Option<Sure>,
    /// As of when, if the source says (year, month or day).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// No source says it in these words: we read it from words of the place.
    #[serde(default, skip_serializing_if = "is_false")]
    pub inferred: bool,
    /// Positions in [`DistrictPack::sources`]; empty means the sources of the row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<u16>,
}

impl Fact {
    /// Does its number cover the whole place? A part of it, or what was planned, says nothing about
    /// that.
    pub fn is_of_the_whole(&self) -> bool {
        matches!(self.scope, Some(AreaScope::WholePark | AreaScope::WholePlace))
    }

    /// A fact that is its value and its sources.
    pub fn plain(what: FactKind, value: String, sources: Vec<u16>) -> Self {
        Self {
            what,
            value,
            words: None,
            scope: None,
            square_metres: None,
            sure: None,
            as_of: None,
            inferred: false,
            sources,
        }
    }

    /// Every status a source can report.
    pub const STATUSES: [&str; 7] = [
        "open",
        "part_open",
        "built",
        "under_construction",
        "under_development",
        "planned",
        "unknown",
    ];
    /// Every answer to "does it cost".
    pub const ENTRIES: [&str; 2] = ["free", "paid"];
    /// Every facility a source can report.
    pub const FACILITIES: [&str; 20] = [
        "toilet",
        "playground",
        "court",
        "fitness",
        "trail",
        "cycle_path",
        "water",
        "lawn",
        "viewpoint",
        "pavilion",
        "plaza",
        "parking",
        "culture",
        "flowers",
        "camping",
        "fishing",
        "drinking_water",
        "climbing",
        "animals",
        "step_free",
    ];
}

/// What a printed area covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AreaScope {
    /// The park.
    #[serde(rename = "whole park")]
    WholePark,
    /// The place, where it is no park.
    #[serde(rename = "whole place")]
    WholePlace,
    /// Its first phase.
    #[serde(rename = "phase 1")]
    Phase1,
    /// Something larger that holds it; [`Fact::words`] names it.
    #[serde(rename = "wider area")]
    WiderArea,
    /// What was planned.
    #[serde(rename = "planned")]
    Planned,
    /// The land that was won back.
    #[serde(rename = "reclaimed land")]
    ReclaimedLand,
    /// The part that was rebuilt.
    #[serde(rename = "rebuilt part")]
    RebuiltPart,
    /// The works, which may reach further than the park.
    #[serde(rename = "works")]
    Works,
}

/// The questions a place's page answers, in the order they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Is it open, as last reported: one of [`Fact::STATUSES`].
    Status,
    /// Does it cost: one of [`Fact::ENTRIES`].
    Entry,
    /// What is there: some of [`Fact::FACILITIES`].
    Facilities,
    /// Where it lies, in words.
    Place,
    /// Exact names of sub-districts.
    SubDistrict,
    /// Size as printed.
    Area,
    /// Length in kilometres.
    Length,
    /// When it was opened or finished.
    Opened,
}

impl FactKind {
    /// Its word in the pack, and wherever else somebody names a fact.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Entry => "entry",
            Self::Facilities => "facilities",
            Self::Place => "place",
            Self::SubDistrict => "sub_district",
            Self::Area => "area",
            Self::Length => "length",
            Self::Opened => "opened",
        }
    }
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    /// Several sources, or an official one.
    High,
    /// One plain source.
    Medium,
    /// Contradicted or thin.
    Low,
}

/// A source of facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Id in the table, `S01`.
    pub id: String,
    /// Title as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Publisher as printed; of the original, for a reprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// ISO day, month or year; absent is shown as 来源日期不详.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// An address that may be a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// A copy of somebody else's text.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reprint: bool,
}

/// What the sentence over the park list counts; computed, never typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParkCount {
    /// Listed as a park and not possibly another row.
    pub recorded: u32,
    /// Of those, with a point.
    pub placed: u32,
    /// Doubtful, or a park that may be another row.
    pub unconfirmed: u32,
}

impl ParkCount {
    /// Counts places. Paths, quarters and planned places count nowhere.
    pub fn of(parks: &[Park]) -> Self {
        let mut count = Self { recorded: 0, placed: 0, unconfirmed: 0 };
        for park in parks {
            match park.listed {
                Listed::Park if park.maybe_same_as.is_empty() => {
                    count.recorded += 1;
                    count.placed += u32::from(park.placement.point().is_some());
                }
                Listed::Park | Listed::Doubtful => count.unconfirmed += 1,
                Listed::Trail | Listed::Area | Listed::Ground | Listed::Planned => {}
            }
        }
        count
    }
}

/// A tile of the first question "what is broken".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IssueGroup {
    /// Stable id, `fire`.
    pub id: String,
    /// Words.
    pub zh: String,
    /// Words.
    pub en: String,
    /// Name of the drawing.
    pub icon: String,
    /// Kinds of this group.
    pub kinds: Vec<IssueKind>,
}

/// A leaf of the taxonomy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IssueKind {
    /// Stable id, never renamed: `fire.lane_blocked`.
    pub id: String,
    /// Words.
    pub zh: String,
    /// Words.
    pub en: String,
    /// Examples.
    pub zh_hint: String,
    /// Examples.
    pub en_hint: String,
    /// What people call it, its name first: for the search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spoken: Vec<Spoken>,
    /// Name of the drawing.
    pub icon: String,
    /// In which of residential, industrial, commercial, street it is usual (sorts, never forbids).
    pub areas: [bool; 4],
    /// The call panel comes before anything else.
    #[serde(default, skip_serializing_if = "is_false")]
    pub call_first: bool,
    /// Of `110`, `119`, `120`, in the order they are offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub call_numbers: Vec<String>,
    /// Names of numbers that the operator may supply: some of [`IssueKind::CALL_CONFIG`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub call_config: Vec<String>,
    /// The one yes/no question that is asked, and what yes does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalation>,
    /// One line of advice on the panel or after yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice_zh: Option<String>,
    /// One line of advice on the panel or after yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice_en: Option<String>,
}

impl IssueKind {
    /// The emergency numbers a kind can offer.
    pub const CALL_NUMBERS: [&str; 3] = ["110", "119", "120"];
    /// Names of the numbers that only the operator can supply.
    pub const CALL_CONFIG: [&str; 4] =
        ["lift_rescue", "gas_repair", "power_repair", "water_repair"];
}

/// The yes/no question of a kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Escalation {
    /// Words.
    pub question_zh: String,
    /// Words.
    pub question_en: String,
    /// What yes does.
    pub yes: EscalationAction,
}

/// What answering yes does. The report can be filed either way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalationAction {
    /// The full-width panel with the numbers.
    Call,
    /// The answer travels with the report and sorts it first.
    Raise,
    /// That other kind is offered instead.
    Switch(String),
}

/// A layer of the pack, its source and licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which layer.
    pub layer: Layer,
    /// Whose it is and where it was read.
    pub source: String,
    /// Under which terms.
    pub licence: String,
}

/// What the pack is put together from; layers keep their own licences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Places, their facts and sources, and the kinds of trouble.
    Tables,
    /// Positions of places and of what they are near to.
    Positions,
    /// Codes and names of sub-districts and communities.
    Divisions,
    /// Points that stand for sub-districts and communities.
    DivisionPoints,
    /// The district line.
    Boundary,
    /// Stations of the metro.
    Stations,
    /// Along which side of the line a river runs.
    RiverSide,
    /// Places and shapes of `OpenStreetMap`.
    Osm,
    /// Which of them are places of the tables.
    Links,
    /// Positions that residents gave.
    Confirmed,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
fn is_false(value: &bool) -> bool {
    !*value
}
