use std::fmt::Write as _;

use model::pack::{Layer, Notice};

use crate::{
    boundary::Line,
    city::City,
    fault::Faults,
    table::{Table, Tables},
};

/// Who and under which terms, for each layer, from the very cells the layer is made of.
pub(crate) fn collect(
    tables: &Tables,
    official: Option<&Table>,
    line: &Line,
    city: &City,
    faults: &Faults,
) -> Vec<Notice> {
    let (districts, parks, divisions) = (&tables.district, &tables.parks, &tables.divisions);
    let of = |table: &Table, layer, source, licence| {
        let rows = table.rows(faults).map(|row| (row.get(source), row.get(licence)));
        let said = rows.filter(|(source, _)| !source.is_empty());
        said.map(|(source, licence)| notice(layer, source, licence)).collect::<Vec<_>>()
    };
    let all = [
        of(districts, Layer::Tables, "tables_by", "tables_licence"),
        of(parks, Layer::Positions, "coord_source", "coord_licence"),
        official
            .map(|table| of(table, Layer::Positions, "coord_source", "coord_licence"))
            .unwrap_or_default(),
        of(divisions, Layer::Divisions, "source", "licence"),
        of(divisions, Layer::DivisionPoints, "point_source", "point_licence"),
        vec![notice(Layer::Boundary, &line.about.source, &line.about.licence)],
        city.stations
            .as_ref()
            .map(|table| of(table, Layer::Stations, "coord_source", "coord_licence"))
            .unwrap_or_default(),
        city.river
            .iter()
            .map(|side| notice(Layer::RiverSide, &side.source, &side.licence))
            .collect(),
    ];
    let mut notices = Vec::new();
    add(&mut notices, all.into_iter().flatten());
    notices
}

/// Adds those that are not there.
pub(crate) fn add(notices: &mut Vec<Notice>, more: impl Iterator<Item = Notice>) {
    for notice in more {
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
}

/// Whose the layer of `OpenStreetMap` is. The table of pairs is made from both sides, so it stands
/// under the terms of that layer too.
pub(crate) fn of_osm() -> [Notice; 2] {
    [Layer::Osm, Layer::Links]
        .map(|layer| notice(layer, "© OpenStreetMap contributors", "ODbL 1.0"))
}

fn notice(layer: Layer, source: &str, licence: &str) -> Notice {
    Notice { layer, source: source.to_owned(), licence: licence.to_owned() }
}

/// The notices as text: a heading for each layer, a line for each of its sources.
pub fn notice_lines(notices: &[Notice]) -> String {
    let mut text = String::new();
    for part in notices.chunk_by(|a, b| a.layer == b.layer) {
        let _ = writeln!(text, "{}", heading(part[0].layer));
        for notice in part {
            let _ = writeln!(text, "- {}\n  Licence: {}", notice.source, notice.licence);
        }
    }
    text
}

fn heading(layer: Layer) -> &'static str {
    match layer {
        Layer::Tables => "Places, their facts and sources, and the kinds of trouble",
        Layer::Positions => "Positions of places and of what they are near to",
        Layer::Divisions => "Codes and names of sub-districts and communities",
        Layer::DivisionPoints => "Points that stand for sub-districts and communities",
        Layer::Boundary => "The district line",
        Layer::Stations => "Stations of the metro",
        Layer::RiverSide => "The side of the district line along a river",
        Layer::Osm => "Places, outlines, water and lines of OpenStreetMap, a file of their own",
        Layer::Links => "Which of them are places of the tables, a file of its own",
        Layer::Confirmed => {
            "Positions that residents gave and an operator confirmed, a file of their own"
        }
    }
}
