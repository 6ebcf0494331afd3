use std::collections::{BTreeMap, BTreeSet};

use model::pack::Source;

use crate::{
    fault::Faults,
    row::Row,
    table::{Table, Tables},
};

pub(crate) const COLUMNS: [&str; 7] =
    ["source_id", "title", "publisher", "date", "url", "link", "reprint"];

pub(crate) const CITATION_COLUMNS: [&str; 3] = ["park_id", "fact", "source_id"];

/// For which facts of a place a source can speak; `row` says that it was not recorded.
const FACTS: [&str; 12] = [
    "name",
    "alt_name",
    "exists",
    "status",
    "opened",
    "area",
    "facilities",
    "place",
    "sub_district",
    "entry",
    "near",
    "row",
];

/// The sources that something in the pack points at, in the order of their table.
pub(crate) struct Sources<'a> {
    list: Vec<Source>,
    positions: BTreeMap<&'a str, u16>,
    known: BTreeSet<&'a str>,
}

impl<'a> Sources<'a> {
    /// Judges every source and keeps those that are cited.
    pub fn read(tables: &'a Tables, official: Option<&'a Table>, faults: &'a Faults) -> Self {
        tables.sources.refuse_twins(&["source_id"], faults);
        let cited = cited_ids(tables, official);
        let (mut list, mut positions) = (Vec::new(), BTreeMap::new());
        for row in tables.sources.rows(faults) {
            let source = source(&row);
            if let Some(id) = cited.get(source.id.as_str()) {
                positions.insert(*id, u16::try_from(list.len()).unwrap_or(u16::MAX));
                list.push(source);
            }
        }
        if list.len() > usize::from(u16::MAX) {
            faults.add_file(tables.sources.file, "holds more than 65535 cited sources");
        }
        Self { list, positions, known: tables.sources.words("source_id") }
    }

    /// Positions of the ids in a cell, in its order.
    pub fn cited(&self, row: &Row, column: &str) -> Vec<u16> {
        let ids = row.known(column, &self.known, "sources.csv");
        ids.iter().filter_map(|id| self.position(id)).collect()
    }

    /// Where a cited source stands in the pack.
    pub fn position(&self, id: &str) -> Option<u16> {
        self.positions.get(id).copied()
    }

    /// Is it in the table?
    pub fn is_known(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    /// The sources themselves.
    pub fn to_list(&self) -> Vec<Source> {
        self.list.clone()
    }
}

fn cited_ids<'a>(tables: &'a Tables, official: Option<&'a Table>) -> BTreeSet<&'a str> {
    let reported = tables.district.words("parks_reported_sources");
    let of_parks = tables.parks.words("sources");
    let of_list = official.map(|table| table.words("sources")).unwrap_or_default();
    let of_projects = tables.projects.words("sources");
    let said = tables.park_sources.words("source_id");
    let ids = [reported, of_parks, of_list, of_projects, said];
    ids.into_iter().flatten().collect()
}

fn source(row: &Row) -> Source {
    let reprint = row.flag("reprint", ["yes", "no"]);
    Source {
        id: row.required("source_id").to_owned(),
        title: row.optional("title"),
        publisher: row.optional("publisher"),
        date: row.date("date"),
        link: link(row, reprint),
        reprint,
    }
}

/// The address, if it may be a link: several of the others are spam or worse.
fn link(row: &Row, reprint: bool) -> Option<String> {
    let url = row.text("url");
    if !(url.is_empty() || url.starts_with("https://") || url.starts_with("http://")) {
        row.fault("url", "is no address that begins with https:// or http://");
    }
    if !row.flag("link", ["yes", "no"]) {
        return None;
    }
    if url.is_empty() {
        row.fault("link", "is yes, but there is no url");
    }
    if reprint {
        row.fault("link", "is yes, but a reprint is never linked");
    }
    Some(url.to_owned())
}

/// Which source speaks for which fact of which place.
pub(crate) struct Citations<'a>(BTreeSet<[&'a str; 3]>);

impl<'a> Citations<'a> {
    /// Reads them and holds them against the places and sources. A list from outside cites by row
    /// alone, and its area by the source that it names beside it.
    pub fn read(tables: &'a Tables, official: Option<&'a Table>, faults: &'a Faults) -> Self {
        let table = &tables.park_sources;
        table.refuse_twins(&["park_id", "fact", "source_id"], faults);
        let (parks, sources) = (tables.parks.words("id"), tables.sources.words("source_id"));
        let of_rows: BTreeMap<&str, BTreeSet<&str>> = tables
            .parks
            .rows(faults)
            .map(|row| (row.get("id"), row.list("sources").collect()))
            .collect();
        let mut citations = BTreeSet::new();
        for row in table.rows(faults) {
            row.known("park_id", &parks, "parks.csv");
            row.one_of("fact", &FACTS);
            row.known("source_id", &sources, "sources.csv");
            let (park, source) = (row.get("park_id"), row.get("source_id"));
            if of_rows.get(park).is_some_and(|ids| !ids.contains(source)) {
                row.fault("source_id", format!("`{source}` is not among the sources of {park}"));
            }
            citations.insert([park, row.get("fact"), source]);
        }
        for row in official.into_iter().flat_map(|table| table.rows(faults)) {
            citations.insert([row.get("id"), "area", row.get("area_source")]);
        }
        Self(citations)
    }

    /// Does this source speak for this fact of this place?
    pub fn say(&self, park: &str, fact: &str, source: &str) -> bool {
        self.0.contains(&[park, fact, source])
    }
}
