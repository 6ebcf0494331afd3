use std::{collections::BTreeMap, path::Path};

use crate::{fault::Faults, form::Form, table::Table};

const FILE: &str = "links.csv";
const COLUMNS: [&str; 3] = ["park_id", "other", "verdict"];

/// What a person decided about rows that the importer may not decide: `links.csv`, if there is one.
/// `other` is an element of `OpenStreetMap` (`way/2`) or the id of a row of `official.csv`;
/// `verdict` is `same`, `different`, or `leave_out` with an empty `park_id`.
#[derive(Default)]
pub(crate) struct Verdicts {
    of_pairs: BTreeMap<(String, String), bool>,
    left_out: Vec<String>,
}

impl Verdicts {
    /// Reads the table; without one nothing is decided.
    pub fn read(dir: &Path, parks: &Table, faults: &Faults) -> Self {
        let mut verdicts = Self::default();
        if !dir.join(FILE).exists() {
            return verdicts;
        }
        let Some(table) = (Form { file: FILE, faults }).read(dir, &COLUMNS) else {
            return verdicts;
        };
        table.refuse_twins(&["park_id", "other"], faults);
        let parks = parks.words("id");
        for row in table.rows(faults) {
            let other = row.required("other").to_owned();
            match row.one_of("verdict", &["same", "different", "leave_out"]) {
                "leave_out" => {
                    row.all_empty(&["park_id"], "verdict is leave_out");
                    verdicts.left_out.push(other);
                }
                verdict => {
                    row.required("park_id");
                    row.known("park_id", &parks, "parks.csv");
                    let pair = (row.get("park_id").to_owned(), other);
                    verdicts.of_pairs.insert(pair, verdict == "same");
                }
            }
        }
        verdicts
    }

    /// Are they one place? `None`: nobody decided.
    pub fn same(&self, park: &str, other: &str) -> Option<bool> {
        self.of_pairs.get(&(park.to_owned(), other.to_owned())).copied()
    }

    pub fn leaves_out(&self, other: &str) -> bool {
        self.left_out.iter().any(|it| it == other)
    }
}
