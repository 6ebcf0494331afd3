use std::collections::{BTreeMap, BTreeSet};

use model::{
    datum::Wgs84,
    pack::{Community, District, SubDistrict},
};
use serde::Deserialize;

use crate::{
    fault::Faults,
    position::{self, locate},
    readings::spoken,
    row::Row,
    table::Table,
};

pub(crate) const COLUMNS: [&str; 19] = [
    "level",
    "code",
    "code12",
    "name",
    "short_name",
    "parent_code",
    "parent_name",
    "has_point",
    "lat",
    "lon",
    "datum",
    "orig_lat",
    "orig_lon",
    "orig_datum",
    "point_source",
    "point_licence",
    "source",
    "licence",
    "run_by",
];

/// Filled where there is a point, empty where there is none.
const POINT: [&str; 8] =
    ["lat", "lon", "datum", "orig_lat", "orig_lon", "orig_datum", "point_source", "point_licence"];

const POSITION: position::Columns =
    position::Columns { lat: "lat", lon: "lon", source: "point_source", licence: "point_licence" };

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Level {
    District,
    SubDistrict,
    Town,
    Community,
    Village,
}

impl Level {
    /// Digits of a code of this level.
    fn digits(self) -> usize {
        match self {
            Self::District => 6,
            Self::SubDistrict | Self::Town => 9,
            Self::Community | Self::Village => 12,
        }
    }
}

/// Sub-districts and towns with their communities and villages, in the order of the table.
pub(crate) fn read(table: &Table, district: &District, faults: &Faults) -> Vec<SubDistrict> {
    table.refuse_twins(&["code"], faults);
    let names = names_by_code(table, faults);
    let mut subs = Vec::new();
    let mut communities: BTreeMap<&str, Vec<Community>> = BTreeMap::new();
    for row in table.rows(faults) {
        let Some(level) = row.word::<Level>("level") else { continue };
        judge_code(&row, level, district);
        judge_parent(&row, level, &names);
        let at = point(&row, district);
        match level {
            Level::District => {}
            Level::SubDistrict | Level::Town => subs.push(sub_district(&row, at)),
            Level::Community | Level::Village => {
                communities.entry(row.get("parent_code")).or_default().push(community(&row, at));
            }
        }
    }
    for sub in &mut subs {
        sub.communities = communities.remove(sub.code.as_str()).unwrap_or_default();
    }
    subs
}

/// Exact names of sub-districts and towns.
pub(crate) fn sub_district_names<'a>(table: &'a Table, faults: &'a Faults) -> BTreeSet<&'a str> {
    let rows =
        table.rows(faults).filter(|row| ["sub-district", "town"].contains(&row.get("level")));
    rows.map(|row| row.get("name")).collect()
}

fn names_by_code<'a>(table: &'a Table, faults: &'a Faults) -> BTreeMap<&'a str, &'a str> {
    table.rows(faults).map(|row| (row.get("code"), row.get("name"))).collect()
}

fn judge_code(row: &Row, level: Level, district: &District) {
    let (code, digits) = (row.get("code"), level.digits());
    if code.len() != digits || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        row.fault("code", format!("`{code}` is not {digits} digits"));
    } else if !code.starts_with(&district.code) {
        row.fault("code", format!("does not begin with {}", district.code));
    } else if row.get("code12") != format!("{code:0<12}") {
        row.fault("code12", format!("is not {code} filled up with zeros to twelve digits"));
    }
}

/// A code begins with its parent's, and the parent is the row of that code and name.
fn judge_parent(row: &Row, level: Level, names: &BTreeMap<&str, &str>) {
    if level == Level::District {
        row.all_empty(&["parent_code", "parent_name"], "the district has no parent here");
        return;
    }
    let parent = row.get("parent_code");
    match names.get(parent) {
        None => row.fault("parent_code", format!("`{parent}` is not in divisions.csv")),
        Some(_) if !row.get("code").starts_with(parent) => {
            row.fault("parent_code", "is not what the code begins with");
        }
        Some(name) if *name != row.get("parent_name") => {
            row.fault("parent_name", format!("the row of {parent} is named `{name}`"));
        }
        Some(_) => {}
    }
}

fn point(row: &Row, district: &District) -> Option<Wgs84> {
    if !row.flag("has_point", ["yes", "no"]) {
        row.all_empty(&POINT, "has_point is not yes");
        return None;
    }
    if !row.all_filled(&POINT, "has_point is yes") {
        return None;
    }
    let at = locate(row, &POSITION)?.at;
    if !district.contains(at) {
        row.fault(POSITION.lat, "lies outside the district line");
    }
    Some(at)
}

/// What a name carries that nobody has confirmed yet.
const TO_VERIFY: &str = " (to verify)";

fn sub_district(row: &Row, at: Option<Wgs84>) -> SubDistrict {
    let (name, run_by) = (row.required("name"), row.optional("run_by"));
    SubDistrict {
        code: row.get("code").to_owned(),
        spoken: vec![spoken(name)],
        name: name.to_owned(),
        run_by_unsure: run_by.as_ref().is_some_and(|name| name.ends_with(TO_VERIFY)),
        run_by: run_by.map(|name| name.trim_end_matches(TO_VERIFY).to_owned()),
        at,
        communities: Vec::new(),
    }
}

fn community(row: &Row, at: Option<Wgs84>) -> Community {
    row.required("name");
    let name = row.required("short_name");
    let (code, spoken) = (row.get("code").to_owned(), vec![spoken(name)]);
    Community { code, name: name.to_owned(), spoken, at }
}
