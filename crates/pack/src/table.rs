use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{
    district, divisions, fault::Faults, form::Form, parks, projects, questions, row::Row, sources,
    taxonomy,
};

/// The tables of a district.
pub(crate) struct Tables {
    pub district: Table,
    pub divisions: Table,
    pub sources: Table,
    pub parks: Table,
    pub park_sources: Table,
    pub taxonomy: Table,
    pub questions: Table,
    pub projects: Table,
}

impl Tables {
    /// Reads all of them, so that the faults of all of them are found.
    pub fn read(dir: &Path, faults: &Faults) -> Option<Self> {
        let read = |file, columns: &[&str]| Form { file, faults }.filled(dir, columns);
        // Not every district asks more than the kind, or has projects.
        let may_be_empty = |file, columns: &[&str]| Form { file, faults }.read(dir, columns);
        let district = read("district.csv", &district::COLUMNS);
        let divisions = read("divisions.csv", &divisions::COLUMNS);
        let sources = read("sources.csv", &sources::COLUMNS);
        let parks = read("parks.csv", &parks::COLUMNS);
        let park_sources = read("park_sources.csv", &sources::CITATION_COLUMNS);
        let taxonomy = read("taxonomy.csv", &taxonomy::COLUMNS);
        let questions = may_be_empty("questions.csv", &questions::COLUMNS);
        let projects = may_be_empty("projects.csv", &projects::COLUMNS);
        Some(Self {
            district: district?,
            divisions: divisions?,
            sources: sources?,
            parks: parks?,
            park_sources: park_sources?,
            taxonomy: taxonomy?,
            questions: questions?,
            projects: projects?,
        })
    }
}

/// A table whose every row has a cell for every column.
pub(crate) struct Table {
    /// The name of the file.
    pub file: &'static str,
    /// Where each column stands in a row.
    pub columns: BTreeMap<String, usize>,
    /// The line in the file and the cells of each row below the heading.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// The rows below the heading.
    pub fn rows<'a>(&'a self, faults: &'a Faults) -> impl Iterator<Item = Row<'a>> {
        let (file, columns) = (self.file, &self.columns);
        self.rows.iter().map(move |(line, cells)| Row { file, line: *line, columns, cells, faults })
    }

    /// Every word of a column; a cell may hold several.
    pub fn words(&self, column: &str) -> BTreeSet<&str> {
        let at = self.columns[column];
        let cells = self.rows.iter().map(|(_, cells)| cells[at].as_str());
        cells.flat_map(|cell| cell.split(';')).filter(|word| !word.is_empty()).collect()
    }

    /// Refuses a second row with the same cells in these columns; the last column is named.
    pub fn refuse_twins(&self, columns: &[&str], faults: &Faults) {
        let mut seen = BTreeMap::new();
        for row in self.rows(faults) {
            let key: Vec<&str> = columns.iter().map(|column| row.get(column)).collect();
            if let Some(first) = seen.get(&key) {
                let column = columns[columns.len() - 1];
                row.fault(column, format!("`{}` stands in row {first} already", key.join(", ")));
            } else {
                seen.insert(key, row.line);
            }
        }
    }
}
