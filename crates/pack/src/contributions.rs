//! What residents added and the operator of an endpoint has confirmed: the table that
//! `endpoint contributions export` prints, as `contributions.csv` in a district's folder.
//!
//! A confirmed position gives a place a point, in a layer of its own; a confirmed missing place becomes
//! a row of its own; a fact that still holds gains the day. What somebody says is wrong is printed for
//! an editor: no row of ours is changed by it.

use std::{collections::BTreeMap, path::Path};

use model::{
    contribution::{ACCURACY_MAX_M, COLUMNS},
    datum::Wgs84,
    layer::{ConfirmedLayer, ConfirmedPosition, OsmLayer},
    pack::{
        CoordLicence, District, DistrictPack, Fact, FactKind, Layer, Listed, Notice, Park,
        Placement, Source, Sure,
    },
};

use crate::{
    fault::Faults,
    form::Form,
    likeness::{ALIKE, best},
    position::rounded,
    readings::spoken,
    report::Report,
    row::Row,
    table::Table,
};

const FILE: &str = "contributions.csv";

/// Filled where there is a position, empty where there is none.
const POSITION: [&str; 5] = ["lat", "lon", "accuracy_m", "datum", "licence"];

/// Whoever stood there was within about this many metres at least, whatever the phone said.
const LEAST_M: u32 = 20;
/// Two people who stood in one place and are farther apart than this are doubted, metres.
const APART_M: f64 = 500.0;

/// Where somebody stood.
struct Stood {
    at: Wgs84,
    accuracy_m: u32,
    licence: CoordLicence,
}

impl Stood {
    fn point(&self, row: &Row) -> Placement {
        Placement::Point {
            at: self.at,
            within_m: self.accuracy_m.max(LEAST_M),
            source: row.get("source").to_owned(),
            as_of: row.optional("made_on"),
            licence: self.licence,
        }
    }
}

/// The table, if the folder holds one.
pub(crate) fn table(dir: &Path, faults: &Faults) -> Option<Table> {
    dir.join(FILE).exists().then(|| Form { file: FILE, faults }.read(dir, &COLUMNS)).flatten()
}

/// What a table of contributions has made.
pub(crate) struct Joined {
    /// Whose the positions are.
    pub notices: Vec<Notice>,
    /// What the places were that stand where residents stood, by their ids.
    before: BTreeMap<String, Placement>,
}

impl Joined {
    /// Takes the positions out of the places again, for they are published under terms of their own.
    pub(crate) fn take_apart(mut self, parks: &mut [Park]) -> Option<ConfirmedLayer> {
        let mut positions = Vec::new();
        for park in parks {
            let Some(before) = self.before.remove(&park.id) else { continue };
            let placement = std::mem::replace(&mut park.placement, before);
            if let Placement::Point { at, within_m, source, as_of, licence } = placement {
                let park = park.id.clone();
                positions.push(ConfirmedPosition { park, at, within_m, source, as_of, licence });
            }
        }
        let form = DistrictPack::FORM;
        (!positions.is_empty()).then_some(ConfirmedLayer { form, positions })
    }
}

/// A place that a cell names.
#[derive(Clone, Copy)]
enum Named {
    /// Of ours, by its position.
    Ours(usize),
    /// Of the extract, by its position. Its facts are what is mapped: nothing is added to them here.
    Osm(usize),
}

/// Adds what is confirmed to the places.
pub(crate) fn join(
    table: &Table,
    parks: &mut Vec<Park>,
    osm: Option<&mut OsmLayer>,
    sources: &mut Vec<Source>,
    district: &District,
    report: &mut Report,
    faults: &Faults,
) -> Joined {
    table.refuse_twins(&["id"], faults);
    report.read.push(format!("{FILE}: {} rows", table.rows.len()));
    let (stood, before) = (BTreeMap::new(), BTreeMap::new());
    let mut desk = Desk { parks, osm, sources, district, report, stood, before };
    let notices = table.rows(faults).filter_map(|row| desk.add(&row)).collect();
    Joined { notices, before: desk.before }
}

struct Desk<'a> {
    parks: &'a mut Vec<Park>,
    osm: Option<&'a mut OsmLayer>,
    sources: &'a mut Vec<Source>,
    district: &'a District,
    report: &'a mut Report,
    /// The most exact position so far of each place that has been stood in.
    stood: BTreeMap<String, (Wgs84, u32)>,
    /// Where they stood before, or did not.
    before: BTreeMap<String, Placement>,
}

impl Desk<'_> {
    fn add(&mut self, row: &Row) -> Option<Notice> {
        row.required("id");
        let what = row.one_of("what", &["here", "right", "missing", "same"]);
        let source = self.source(row)?;
        match what {
            "here" => {
                let park = self.park(row, "park")?;
                let stood = stood(row, self.district)?;
                match park {
                    Named::Ours(park) => self.place(park, &stood, source, row),
                    Named::Osm(_) => self.has_a_position(row.get("park"), row),
                }
                Some(notice(row))
            }
            "missing" => {
                let name = row.required("name").to_owned();
                let has_position = !row.get("lat").is_empty();
                let stood = has_position.then(|| stood(row, self.district)).flatten();
                if has_position && stood.is_none() {
                    return None;
                }
                self.new_place(row, name, stood.as_ref(), source);
                has_position.then(|| notice(row))
            }
            "right" => {
                match self.park(row, "park")? {
                    Named::Ours(park) => self.judge_fact(park, row, source),
                    Named::Osm(_) => self.judge_mapped_fact(row),
                }
                None
            }
            "same" => {
                let (one, two) = (self.park(row, "park")?, self.park(row, "other")?);
                let (a, b) = (row.get("park"), row.get("other"));
                self.maybe_same(one, two, [a, b]);
                self.report.doubted.push(format!(
                    "{FILE}: {a} and {b} are one place, say residents: make them one row"
                ));
                None
            }
            _ => None,
        }
    }

    fn park(&mut self, row: &Row, column: &str) -> Option<Named> {
        let id = row.required(column);
        let ours = self.parks.iter().position(|park| park.id == id).map(Named::Ours);
        let mut mapped = self.osm.iter().flat_map(|it| &it.places);
        let found = ours.or_else(|| mapped.position(|it| it.park_id() == id).map(Named::Osm));
        // The map goes on: what was mapped when somebody said it may be gone from a later extract.
        if found.is_none() && id.starts_with("osm-") {
            let words = format!(
                "{FILE}: {} is about `{id}`, which this extract has no more: reject it at the endpoint if \
                 the place is gone",
                row.get("id")
            );
            self.report.dropped.push(words);
        } else if found.is_none() && !id.is_empty() {
            row.fault(column, format!("`{id}` is no place of this folder"));
        }
        found
    }

    /// Marks the first of two of ours, or whichever is mapped: the map names ours, never ours the map.
    fn maybe_same(&mut self, one: Named, two: Named, [a, b]: [&str; 2]) {
        let (marks, id) = match (one, two) {
            (Named::Ours(one), Named::Ours(_)) => (Some(&mut self.parks[one].maybe_same_as), b),
            (Named::Ours(_), Named::Osm(at)) => (self.marks_of_mapped(at), a),
            (Named::Osm(at), Named::Ours(_)) => (self.marks_of_mapped(at), b),
            (Named::Osm(_), Named::Osm(_)) => return,
        };
        if let Some(marks) = marks.filter(|it| !it.iter().any(|known| known == id)) {
            marks.push(id.to_owned());
        }
    }

    fn marks_of_mapped(&mut self, at: usize) -> Option<&mut Vec<String>> {
        self.osm.as_mut().map(|it| &mut it.places[at].maybe_same_as)
    }

    fn has_a_position(&mut self, id: &str, row: &Row) {
        let words = format!("{FILE}: {id} has a position already, {} adds none", row.get("id"));
        self.report.dropped.push(words);
    }

    /// What is mapped is mended in `OpenStreetMap`, by whoever reads this.
    fn judge_mapped_fact(&mut self, row: &Row) {
        let (id, fact) = (row.required("park"), row.required("fact"));
        if row.flag("holds", ["yes", "no"]) {
            let words =
                format!("{FILE}: {id} `{fact}` still holds: what is mapped gains no day here");
            self.report.dropped.push(words);
        } else {
            let words = row.get("words");
            let words = format!("{FILE}: {id} `{fact}` does not hold, say residents: {words}");
            self.report.doubted.push(words);
        }
    }

    /// A source of its own for each contribution: who, and when.
    fn source(&mut self, row: &Row) -> Option<u16> {
        let publisher = row.required("source").to_owned();
        let date = row.date("made_on");
        if date.is_none() {
            row.fault("made_on", "is empty");
        }
        row.required("confirmed_on");
        row.date("confirmed_on");
        let at = u16::try_from(self.sources.len()).ok()?;
        self.sources.push(Source {
            id: row.get("id").to_owned(),
            title: None,
            publisher: Some(publisher),
            date,
            link: None,
            reprint: false,
        });
        Some(at)
    }

    /// Somebody stood in the place. A point of ours, or an outline, is not touched.
    fn place(&mut self, park: usize, stood: &Stood, source: u16, row: &Row) {
        let id = self.parks[park].id.clone();
        if let Some((at, accuracy)) = self.stood.get(&id) {
            let apart = at.metres_to(stood.at);
            if apart > APART_M {
                let words =
                    format!("{FILE}: who stood in {id} stood {apart:.0} m apart: look at it");
                self.report.doubted.push(words);
            }
            if stood.accuracy_m >= *accuracy {
                return;
            }
        } else if self.parks[park].placement.point().is_some() {
            return self.has_a_position(&id, row);
        }
        let park = &mut self.parks[park];
        park.speak_for_themselves();
        park.sources.push(source);
        let before = std::mem::replace(&mut park.placement, stood.point(row));
        self.before.entry(id.clone()).or_insert(before);
        self.stood.insert(id.clone(), (stood.at, stood.accuracy_m));
        self.report.joined.push(format!("{FILE}: {id} {} has a position now", park.name));
    }

    fn new_place(&mut self, row: &Row, name: String, stood: Option<&Stood>, source: u16) {
        let digits: String = row.get("id").chars().filter(char::is_ascii_alphanumeric).collect();
        let words = row.optional("words");
        let place = words.map(|words| Fact::plain(FactKind::Place, words, vec![source]));
        let id = format!("res-{digits}");
        let placement = stood.map_or(Placement::Unplaced, |stood| stood.point(row));
        self.before.insert(id.clone(), Placement::Unplaced);
        // Two people miss one park, or look for it under another name than the list has.
        let called_so = |park: &&Park| park.name == name || park.aliases.contains(&name);
        let maybe_same_as: Vec<String> =
            self.parks.iter().filter(called_so).map(|park| park.id.clone()).collect();
        for id in &maybe_same_as {
            let words = format!("{FILE}: {name} may be {id}, which has that name");
            self.report.doubted.push(words);
        }
        // Where one is listed already that has nearly that name, an editor looks.
        let near = |park: &&Park| {
            let names = [&park.name].into_iter().chain(&park.aliases).map(String::as_str);
            let like = best(names, &[name.as_str()].into(), &self.district.name) >= ALIKE;
            let spots = park.placement.point().zip(stood.map(|it| it.at));
            like && spots.is_none_or(|(one, two)| one.metres_to(two) < APART_M)
        };
        for park in self.parks.iter().filter(near).filter(|it| !maybe_same_as.contains(&it.id)) {
            let words =
                format!("{FILE}: {name} may be {} {}: the names are alike", park.id, park.name);
            self.report.doubted.push(words);
        }
        self.report.joined.push(format!("{FILE}: {name} is a place of its own now"));
        self.parks.push(Park {
            id,
            spoken: vec![spoken(&name)],
            name,
            described: false,
            name_en: String::new(),
            name_en_ours: false,
            name_sure: Some(Sure::Medium),
            name_sources: vec![source],
            aliases: Vec::new(),
            alias_sources: Vec::new(),
            maybe_aliases: Vec::new(),
            kind: "park".to_owned(),
            listed: Listed::Park,
            maybe_same_as,
            placement,
            facts: place.into_iter().collect(),
            note: None,
            sources: vec![source],
            sub_districts: Vec::new(),
        });
    }

    /// A fact that holds gains a source with its day; one that does not is an editor's to change.
    fn judge_fact(&mut self, park: usize, row: &Row, source: u16) {
        let fact = row.required("fact");
        let holds = row.flag("holds", ["yes", "no"]);
        let park = &mut self.parks[park];
        if !holds {
            let words = format!(
                "{FILE}: {} `{fact}` does not hold, say residents: {}",
                park.id,
                row.get("words")
            );
            self.report.doubted.push(words);
            return;
        }
        park.speak_for_themselves();
        let what = park.facts.iter().map(|it| it.what).find(|it| it.as_str() == fact);
        if let Some(known) = what.and_then(|what| park.fact_mut(what)) {
            known.sources.push(source);
            self.report.joined.push(format!("{FILE}: {} `{fact}` still holds", park.id));
        } else {
            self.report.dropped.push(format!("{FILE}: {} has no fact `{fact}`", park.id));
        }
    }
}

fn stood(row: &Row, district: &District) -> Option<Stood> {
    row.all_filled(&POSITION, "somebody stood there").then_some(())?;
    row.one_of("datum", &["WGS84"]);
    let (lat, lon) = (row.number("lat", -90.0..=90.0), row.number("lon", -180.0..=180.0));
    let accuracy_m = row.whole("accuracy_m", 0..=ACCURACY_MAX_M);
    let licence = row.word("licence");
    let at = rounded(lat?, lon?);
    if !district.contains(at) {
        row.fault("lat", "lies outside the district line");
        return None;
    }
    Some(Stood { at, accuracy_m: accuracy_m?, licence: licence? })
}

fn notice(row: &Row) -> Notice {
    Notice {
        layer: Layer::Confirmed,
        source: row.get("source").to_owned(),
        licence: row.get("licence").to_owned(),
    }
}
