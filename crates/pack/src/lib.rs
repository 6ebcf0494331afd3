//! Builds the district pack from tables of facts.
//!
//! A district is a folder: eight tables and a district line, and where there are a metro and a river
//! along the line, a file of each. [`build`] reads them by the names of
//! their columns, judges every cell, and answers either with a whole pack or with every fault it
//! found, each by file, row and column. Nothing is filled in by guess: what a table leaves empty,
//! the pack leaves out.

/// What is wrong with the facts, and where.
mod fault;

/// 1. A file becomes a table, or the faults of its form.
mod foreign;
mod form;
mod table;

/// 2. A cell becomes a word, a number, a date or an id.
mod row;

/// 3. A position is held against the point that was published.
mod position;

/// 4. The district and its line, and what else a map of it shows.
mod boundary;
mod city;
mod district;
mod divisions;

/// 5. Places, what is known of them, and who says so.
mod facts;
mod measure;
mod parks;
mod placement;
mod sources;

/// 6. Kinds of trouble, what they ask, and how they are found.
mod questions;
mod readings;
mod taxonomy;
mod text;
mod variants;

/// The projects of renewal.
mod projects;

/// 7. Lists and maps of others: read, held against the places, joined or kept apart.
mod contributions;
mod gain;
mod likeness;
mod links;
mod merge;
mod official;
mod osm;
mod report;

/// 8. Whose all this is.
mod notice;

/// 9. May phones get it?
mod edition;

use std::{fs, io, path::Path};

use model::{
    hex::PackId,
    layer::{LayerFiles, Layers, Nature},
    pack::{DistrictPack, FactKind, Listed, Park, ParkCount},
};
use serde::Serialize;

use self::{
    boundary::Line,
    city::City,
    fault::Faults,
    links::Verdicts,
    sources::{Citations, Sources},
    table::{Table, Tables},
};
pub use self::{
    edition::{OutOfTurn, loses_layer, not_ahead, not_another, not_behind},
    fault::{BadFacts, Fault},
    notice::notice_lines,
    report::Report,
};

/// The name of the pack's first file; it names the others.
pub const PACK: &str = "pack.json";

/// A district, built.
#[derive(Debug)]
pub struct Built {
    /// Our tables.
    pub pack: DistrictPack,
    /// What stands under terms of its own: of `OpenStreetMap`, if the folder holds an extract; of
    /// residents, if they gave positions.
    pub layers: Layers,
    /// What was joined, what is in doubt, what was dropped.
    pub report: Report,
}

impl Built {
    /// The files of the pack, layers first, each with its name: what is read last names the rest.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        let mut beside = |name: &str, json: String| {
            let name = format!("{name}-{}.json", PackId::of(json.as_bytes()));
            files.push((name.clone(), json));
            Some(name)
        };
        let mut named = LayerFiles::default();
        if let Some((osm, links)) = &self.layers.osm {
            named.osm = beside("osm", to_json(osm));
            named.links = beside("links", to_json(links));
        }
        if let Some(confirmed) = &self.layers.confirmed {
            named.confirmed = beside("confirmed", to_json(confirmed));
        }
        let layers = (named != LayerFiles::default()).then_some(named);
        files.push((PACK.to_owned(), to_json(&DistrictPack { layers, ..self.pack.clone() })));
        files
    }

    /// The pack as a phone sees it: with its layers joined.
    pub fn joined(self) -> DistrictPack {
        let mut pack = self.pack;
        pack.join(self.layers);
        pack
    }
}

/// Builds the pack of the district whose facts lie in `dir`.
///
/// A file that is no table (missing, a ragged row, a missing column) is reported before the
/// contents of any table are judged, because every reference into it would look broken too.
pub fn build(dir: &Path) -> Result<Built, BadFacts> {
    let faults = Faults::default();
    let (tables, line) = (Tables::read(dir, &faults), Line::read(dir, &faults));
    let official = official::table(dir, &faults);
    let city = City::read(dir, &faults);
    let confirmed = contributions::table(dir, &faults);
    let built = match (tables, line) {
        (Some(tables), Some(line)) => {
            let beside = Beside { official, city, confirmed };
            assemble(dir, &tables, &beside, line, &faults)
        }
        _ => None,
    };
    faults.refuse_or(built)
}

/// What was planned is a park once the latest source of its status says that it is open.
fn opened_since(park: &mut Park) {
    let status = park.fact(FactKind::Status).map(|it| it.value.as_str());
    if park.listed == Listed::Planned && matches!(status, Some("open" | "part_open")) {
        park.listed = Listed::Park;
    }
}

/// Compact, and the same bytes for the same facts.
#[expect(clippy::missing_panics_doc, reason = "what is built always has a JSON text")]
pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a pack is made of text, flags, lists and finite numbers")
}

/// Builds the pack and writes its files to `out_dir`; with bad facts nothing is written. The file
/// that names the others is written last.
pub fn write(dir: &Path, out_dir: &Path) -> Result<Built, WriteError> {
    let built = build(dir)?;
    fs::create_dir_all(out_dir)?;
    for (name, json) in built.files() {
        fs::write(out_dir.join(name), json)?;
    }
    Ok(built)
}

/// Why no pack was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The facts are refused.
    #[error(transparent)]
    BadFacts(#[from] BadFacts),
    /// A file could not be written.
    #[error("the pack could not be written: {0}")]
    Io(#[from] io::Error),
}

/// What a folder may hold besides its tables.
struct Beside {
    official: Option<Table>,
    city: City,
    confirmed: Option<Table>,
}

fn assemble(
    dir: &Path,
    tables: &Tables,
    Beside { official, city, confirmed }: &Beside,
    line: Line,
    faults: &Faults,
) -> Option<Built> {
    let official = official.as_ref();
    let sources = Sources::read(tables, official, faults);
    let citations = Citations::read(tables, official, faults);
    let mut notices = notice::collect(tables, official, &line, city, faults);
    let district = district::read(&tables.district, line, &sources, faults)?;
    let sub_districts = divisions::read(&tables.divisions, &district, faults);
    let mut ids = tables.parks.words("id");
    ids.extend(official.map(|table| table.words("id")).unwrap_or_default());
    let known = parks::Known {
        sources: &sources,
        citations: &citations,
        parks: ids,
        sub_districts: divisions::sub_district_names(&tables.divisions, faults),
    };
    let listed_ids = official.map(|table| table.words("id")).unwrap_or_default();
    let verdicts = Verdicts::read(dir, &tables.parks, &listed_ids, faults);
    for id in &listed_ids {
        verdicts.meet(id);
    }
    let mut report = Report::default();
    let mut parks = parks::read(&tables.parks, &known, &district, faults);
    if let Some(table) = official {
        let theirs = parks::read(table, &known, &district, faults);
        official::join(&mut parks, theirs, &verdicts, &district.name, &mut report, faults);
    }
    let mut listed = sources.to_list();
    let mut layer = osm::read(dir, &district, &verdicts, &mut report, faults);
    let given = confirmed.as_ref().map(|table| {
        let (parks, osm) = (&mut parks, layer.as_mut().map(|it| &mut it.1));
        contributions::join(table, parks, osm, &mut listed, &district, &mut report, faults)
    });
    let osm =
        layer.map(|layer| osm::link(layer, &parks, &verdicts, &district.name, &mut report, faults));
    verdicts.report_unmet(&mut report);
    if osm.is_some() {
        notices.extend(notice::of_osm());
    }
    // The extract was held against these positions too.
    let confirmed = given.and_then(|given| {
        notice::add(&mut notices, given.notices.iter().cloned());
        given.take_apart(&mut parks)
    });
    parks.iter_mut().for_each(opened_since);
    let groups = taxonomy::read(&tables.taxonomy, faults);
    let questions = questions::read(&tables.questions, &tables.taxonomy.words("id"), faults);
    let places = projects::Known {
        sources: &sources,
        sub_districts: &known.sub_districts,
        divisions: tables.divisions.words("code"),
    };
    let projects = projects::read(&tables.projects, &places, faults);
    let mut pack = DistrictPack {
        traditional: String::new(),
        form: DistrictPack::FORM,
        version: district::version(&tables.district, faults),
        sub_districts,
        count: ParkCount::of(&parks),
        parks,
        groups,
        questions,
        projects,
        stations: city.stations(&district, faults),
        river_sides: city.river_sides(),
        sources: listed,
        notices,
        layers: None,
        nature: Nature::default(),
        district,
    };
    let names: Vec<_> = pack.parks.iter().map(|it| &it.spoken).collect();
    let words = (names, &pack.groups, &pack.projects, &pack.sub_districts, &pack.stations);
    pack.traditional = variants::of(&[to_json(&words), to_json(&osm)]);
    Some(Built { pack, layers: Layers { osm, confirmed }, report })
}
