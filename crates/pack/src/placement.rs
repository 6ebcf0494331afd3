use std::ops::RangeInclusive;

use model::pack::{District, Placement};

use crate::{
    facts::Speakers,
    position::{Columns, locate},
    row::Row,
};

const POINT: [&str; 4] = ["lat", "lon", "point_within_m", "point_basis"];

const NEAR: [&str; 6] =
    ["near_kind", "near_name", "near_lat", "near_lon", "near_within_m", "near_basis"];

const COORDINATES: [&str; 6] =
    ["datum", "orig_lat", "orig_lon", "orig_datum", "coord_source", "coord_licence"];

const AT_POINT: Columns =
    Columns { lat: "lat", lon: "lon", source: "coord_source", licence: "coord_licence" };

const AT_NEAR: Columns = Columns { lat: "near_lat", lon: "near_lon", ..AT_POINT };

/// Within how many metres something can be said to lie.
const METRES: RangeInclusive<u32> = 1..=50_000;

/// Where the place is. Cells that belong to another placement must be empty.
pub(crate) fn read(row: &Row, speakers: &Speakers, district: &District) -> Option<Placement> {
    match row.one_of("placement", &["point", "near", "none"]) {
        "point" => {
            fits(row, &[&POINT, &COORDINATES], &[&NEAR], "placement is point").then_some(())?;
            point(row, district)
        }
        "near" => {
            fits(row, &[&NEAR, &COORDINATES], &[&POINT], "placement is near").then_some(())?;
            near(row, speakers)
        }
        "none" => fits(row, &[], &[&POINT, &NEAR, &COORDINATES], "placement is none")
            .then_some(Placement::Unplaced),
        _ => None,
    }
}

/// Are these cells filled, and those empty?
fn fits(row: &Row, filled: &[&[&str]], empty: &[&[&str]], because: &str) -> bool {
    let filled = row.all_filled(&filled.concat(), because);
    row.all_empty(&empty.concat(), because) && filled
}

fn point(row: &Row, district: &District) -> Option<Placement> {
    let within_m = row.whole("point_within_m", METRES);
    let located = locate(row, &AT_POINT)?;
    if !district.contains(located.at) {
        row.fault(AT_POINT.lat, "lies outside the district line");
    }
    Some(Placement::Point {
        at: located.at,
        within_m: within_m?,
        source: located.source,
        as_of: None,
        licence: located.licence,
    })
}

/// Another thing, which may lie outside the district: a station just over the line.
fn near(row: &Row, speakers: &Speakers) -> Option<Placement> {
    row.whole("near_within_m", METRES);
    let kind = row.word("near_kind");
    let sourced = row.flag("near_basis", ["source", "inferred"]);
    let located = locate(row, &AT_NEAR)?;
    Some(Placement::Near {
        kind: kind?,
        name: row.text("near_name").to_owned(),
        at: located.at,
        sourced,
        sources: speakers.of("near"),
        source: located.source,
        licence: located.licence,
    })
}
