use model::pack::{District, ParksReported};

use crate::{boundary::Line, fault::Faults, row::Row, sources::Sources, table::Table};

pub(crate) const COLUMNS: [&str; 11] = [
    "code",
    "version",
    "name",
    "name_en",
    "city",
    "parks_reported_zh",
    "parks_reported_en",
    "parks_reported_year",
    "parks_reported_sources",
    "tables_by",
    "tables_licence",
];

/// The district, from the one row of its own table and its line.
pub(crate) fn read(
    table: &Table,
    line: Line,
    sources: &Sources,
    faults: &Faults,
) -> Option<District> {
    let mut rows = table.rows(faults);
    let row = rows.next()?;
    rows.for_each(|extra| extra.fault("code", "is a second district; a folder holds one"));
    let agree = |column, of_line: &str| {
        if row.required(column) != of_line {
            row.fault(column, format!("boundary.geojson says `{of_line}`"));
        }
    };
    agree("code", &line.about.adcode);
    agree("name", &line.about.name);
    Some(District {
        code: row.get("code").to_owned(),
        name: row.get("name").to_owned(),
        name_en: row.required("name_en").to_owned(),
        city: row.required("city").to_owned(),
        boundary: line.rings,
        boundary_source: line.about.source,
        parks_reported: parks_reported(&row, sources),
    })
}

fn parks_reported(row: &Row, sources: &Sources) -> Option<ParksReported> {
    let zh = row.optional("parks_reported_zh")?;
    row.date("parks_reported_year");
    row.required("parks_reported_sources");
    Some(ParksReported {
        zh,
        en: row.required("parks_reported_en").to_owned(),
        year: row.required("parks_reported_year").to_owned(),
        sources: sources.cited(row, "parks_reported_sources"),
    })
}

/// Which edition of the facts a folder is: a day, and on a day with several the number of each.
pub(crate) fn version(table: &Table, faults: &Faults) -> String {
    let Some(row) = table.rows(faults).next() else { return String::new() };
    let cell = row.required("version");
    let (day, nth) = cell.split_once('.').unwrap_or((cell, "2"));
    let counts = nth.len() == 1 && ("2"..="9").contains(&nth);
    if !(day.len() == 10 && crate::row::is_date(day) && counts) {
        row.fault("version", format!("`{cell}` is no edition as 2026-11-25 or 2026-11-25.2"));
    }
    cell.to_owned()
}
