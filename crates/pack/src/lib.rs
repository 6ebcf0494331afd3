//! Builds the district pack from tables of facts.
//!
//! A district is a folder: six tables and a district line. [`build`] reads them by the names of
//! their columns, judges every cell, and answers either with a whole pack or with every fault it
//! found, each by file, row and column. Nothing is filled in by guess: what a table leaves empty,
//! the pack leaves out.

/// What is wrong with the facts, and where.
mod fault;

/// 1. A file becomes a table, or the faults of its form.
mod form;
mod table;

/// 2. A cell becomes a word, a number, a date or an id.
mod row;

/// 3. A position is held against the point that was published.
mod position;

/// 4. The district and its line.
mod boundary;
mod district;
mod divisions;

/// 5. Places, what is known of them, and who says so.
mod facts;
mod parks;
mod placement;
mod sources;

/// 6. Kinds of trouble.
mod taxonomy;

/// 7. Whose all this is.
mod notice;

use std::{fs, io, path::Path};

use model::pack::{DistrictPack, ParkCount};

use self::{
    boundary::Line,
    fault::Faults,
    sources::{Citations, Sources},
    table::Tables,
};
pub use self::{
    fault::{BadFacts, Fault},
    notice::notice_lines,
};

/// Builds the pack of the district whose facts lie in `dir`.
///
/// A file that is no table (missing, a ragged row, a missing column) is reported before the
/// contents of any table are judged, because every reference into it would look broken too.
pub fn build(dir: &Path) -> Result<DistrictPack, BadFacts> {
    let faults = Faults::default();
    let (tables, line) = (Tables::read(dir, &faults), Line::read(dir, &faults));
    let pack = match (tables, line) {
        (Some(tables), Some(line)) => assemble(&tables, line, &faults),
        _ => None,
    };
    faults.refuse_or(pack)
}

/// The pack as the page reads it: compact, and the same bytes for the same facts.
#[expect(clippy::missing_panics_doc, reason = "a built pack always has a JSON text")]
pub fn to_json(pack: &DistrictPack) -> String {
    serde_json::to_string(pack).expect("a pack is made of text, flags, lists and finite numbers")
}

/// Builds the pack and writes it to `out_dir/pack.json`; with bad facts nothing is written.
pub fn write(dir: &Path, out_dir: &Path) -> Result<DistrictPack, WriteError> {
    let pack = build(dir)?;
    fs::create_dir_all(out_dir)?;
    fs::write(out_dir.join("pack.json"), to_json(&pack))?;
    Ok(pack)
}

/// Why no pack was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The facts are refused.
    #[error(transparent)]
    BadFacts(#[from] BadFacts),
    /// The file could not be written.
    #[error("pack.json could not be written: {0}")]
    Io(#[from] io::Error),
}

fn assemble(tables: &Tables, line: Line, faults: &Faults) -> Option<DistrictPack> {
    let notices = notice::collect(tables, &line, faults);
    let sources = Sources::read(tables, faults);
    let citations = Citations::read(tables, faults);
    let district = district::read(&tables.district, line, &sources, faults)?;
    let sub_districts = divisions::read(&tables.divisions, &district, faults);
    let known = parks::Known {
        sources: &sources,
        citations: &citations,
        parks: tables.parks.words("id"),
        sub_districts: divisions::sub_district_names(&tables.divisions, faults),
    };
    let parks = parks::read(&tables.parks, &known, &district, faults);
    let groups = taxonomy::read(&tables.taxonomy, faults);
    Some(DistrictPack {
        form: DistrictPack::FORM,
        district,
        sub_districts,
        count: ParkCount::of(&parks),
        parks,
        groups,
        sources: sources.into_list(),
        notices,
    })
}
