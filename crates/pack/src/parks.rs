use std::collections::BTreeSet;

use model::{
    pack::{District, Park, Sure},
    reading::Spoken,
};

use crate::{
    facts::{self, Speakers},
    fault::Faults,
    placement,
    readings::spoken,
    row::Row,
    sources::{Citations, Sources},
    table::Table,
};

pub(crate) const COLUMNS: [&str; 47] = [
    "id",
    "name",
    "name_reading",
    "name_is_description",
    "name_en",
    "name_en_basis",
    "alt_names",
    "alt_names_unsure",
    "name_sure",
    "kind",
    "listed",
    "maybe_same_as",
    "status",
    "status_as_of",
    "opened",
    "area_m2",
    "area_text",
    "area_scope",
    "area_sure",
    "area_source",
    "length_km",
    "sub_district",
    "sub_district_basis",
    "sub_district_note",
    "place_text",
    "facilities",
    "facilities_text",
    "entry",
    "placement",
    "lat",
    "lon",
    "datum",
    "point_within_m",
    "point_basis",
    "near_kind",
    "near_name",
    "near_lat",
    "near_lon",
    "near_within_m",
    "near_basis",
    "orig_lat",
    "orig_lon",
    "orig_datum",
    "coord_source",
    "coord_licence",
    "sources",
    "note_zh",
];

/// What every description says, and no name does.
const NO_NAME: &str = "来源未给名称";

/// What the rows of places point at.
pub(crate) struct Known<'a> {
    pub sources: &'a Sources<'a>,
    pub citations: &'a Citations<'a>,
    pub parks: BTreeSet<&'a str>,
    pub sub_districts: BTreeSet<&'a str>,
}

/// Places, in the order of the table.
pub(crate) fn read(
    table: &Table,
    known: &Known,
    district: &District,
    faults: &Faults,
) -> Vec<Park> {
    table.refuse_twins(&["id"], faults);
    table.rows(faults).filter_map(|row| park(&row, known, district)).collect()
}

/// The place. What can fail stands last, so that every other cell has been judged by then.
fn park(row: &Row, known: &Known, district: &District) -> Option<Park> {
    let speakers = Speakers { row, sources: known.sources, citations: known.citations };
    let described = row.flag("name_is_description", ["yes", "no"]);
    let (placement, listed) = (placement::read(row, &speakers, district), row.word("listed"));
    judge_plans(row);
    Some(Park {
        id: row.required("id").to_owned(),
        name: name(row, described),
        described,
        name_en: row.required("name_en").to_owned(),
        name_en_ours: row.flag("name_en_basis", ["ours", "sourced"]),
        name_sure: name_sure(row, described),
        name_sources: speakers.of("name"),
        aliases: row.list("alt_names").map(str::to_owned).collect(),
        alias_sources: speakers.of("alt_name"),
        maybe_aliases: row.list("alt_names_unsure").map(str::to_owned).collect(),
        spoken: names_spoken(row, described),
        kind: row.one_of("kind", &Park::KINDS).to_owned(),
        maybe_same_as: maybe_same_as(row, known),
        sub_districts: row.known("sub_district", &known.sub_districts, "divisions.csv"),
        facts: facts::read(row, &speakers),
        note: row.optional("note_zh"),
        sources: row_sources(row, known),
        placement: placement?,
        listed: listed?,
    })
}

fn name(row: &Row, described: bool) -> String {
    let name = row.required("name");
    if described != name.contains(NO_NAME) {
        row.fault("name", format!("a description says {NO_NAME}, and a name does not"));
    }
    name.to_owned()
}

/// How its names are read. A description is no name that anybody types, but its words are looked
/// for all the same; `name_reading` stands in for a reading that the tables of pinyin get wrong.
fn names_spoken(row: &Row, described: bool) -> Vec<Spoken> {
    let name = row.get("name");
    let words = if described { name.split('（').next().unwrap_or_default() } else { name };
    let mut own = spoken(words);
    if let Some(reading) = row.optional("name_reading") {
        let parts = |reading: &str| reading.split(' ').count();
        let letters =
            |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || " /".contains(it);
        if parts(&reading) != parts(&own.reading) || !reading.chars().all(letters) {
            row.fault("name_reading", format!("is no reading of the name as `{}`", own.reading));
        }
        own.reading = reading;
    }
    let others = row.list("alt_names").chain(row.list("alt_names_unsure")).map(spoken);
    [own].into_iter().chain(others).collect()
}

fn name_sure(row: &Row, described: bool) -> Option<Sure> {
    if described {
        row.all_empty(&["name_sure"], "a description is no name");
        return None;
    }
    row.word("name_sure")
}

fn maybe_same_as(row: &Row, known: &Known) -> Vec<String> {
    let others = row.known("maybe_same_as", &known.parks, "parks.csv");
    if others.iter().any(|other| other == row.get("id")) {
        row.fault("maybe_same_as", "names the place itself");
    }
    others
}

fn row_sources(row: &Row, known: &Known) -> Vec<u16> {
    row.required("sources");
    known.sources.cited(row, "sources")
}

/// What is only planned is listed so, and has nothing to use yet.
fn judge_plans(row: &Row) {
    let planned = row.get("listed") == "planned";
    if planned != ["planned", "under_construction"].contains(&row.get("status")) {
        row.fault(
            "status",
            "planned and under_construction go with listed = planned, and only they",
        );
    }
    if planned {
        row.all_empty(&["facilities"], "a planned place has none yet");
    }
}
