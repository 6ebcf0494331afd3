use std::collections::BTreeSet;

use model::pack::Project;

use crate::{fault::Faults, readings::spoken, row::Row, sources::Sources, table::Table};

pub(crate) const COLUMNS: [&str; 6] =
    ["id", "name", "name_in_article", "sub_district", "community_codes", "sources"];

/// What a project is held against.
pub(crate) struct Known<'a> {
    pub sources: &'a Sources<'a>,
    pub sub_districts: &'a BTreeSet<&'a str>,
    pub divisions: BTreeSet<&'a str>,
}

/// Projects in the order of the table. Their anchors are other things near by, and stay behind.
pub(crate) fn read(table: &Table, known: &Known, faults: &Faults) -> Vec<Project> {
    table.refuse_twins(&["id"], faults);
    table.rows(faults).map(|row| project(&row, known)).collect()
}

fn project(row: &Row, known: &Known) -> Project {
    let name = row.required("name").to_owned();
    let printed = row.optional("name_in_article").filter(|printed| *printed != name);
    row.required("sources");
    Project {
        id: row.required("id").to_owned(),
        spoken: [Some(&name), printed.as_ref()]
            .into_iter()
            .flatten()
            .map(|it| spoken(it))
            .collect(),
        name,
        sub_districts: row.known("sub_district", known.sub_districts, "divisions.csv"),
        communities: row.known("community_codes", &known.divisions, "divisions.csv"),
        sources: known.sources.cited(row, "sources"),
    }
}
