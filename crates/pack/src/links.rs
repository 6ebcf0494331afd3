use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{fault::Faults, form::Form, report::Report, table::Table};

const FILE: &str = "links.csv";
const COLUMNS: [&str; 3] = ["park_id", "other", "verdict"];

/// What a person decided about rows that the importer may not decide: `links.csv`, if there is one.
/// `other` is an element of `OpenStreetMap` (`way/2`) or the id of a row of `official.csv`;
/// `verdict` is `same`, `different`, or `leave_out` with an empty `park_id`.
#[derive(Default)]
pub(crate) struct Verdicts {
    of_pairs: BTreeMap<(String, String), bool>,
    left_out: Vec<String>,
    /// Rows of others that something was decided about and that no import has brought, each with the
    /// line of the table.
    unmet: RefCell<BTreeMap<String, u64>>,
}

impl Verdicts {
    /// Reads the table; without one nothing is decided. `official`: the ids of that list.
    pub fn read(dir: &Path, parks: &Table, official: &BTreeSet<&str>, faults: &Faults) -> Self {
        let mut verdicts = Self::default();
        if !dir.join(FILE).exists() {
            return verdicts;
        }
        let Some(table) = (Form { file: FILE, faults }).read(dir, &COLUMNS) else {
            return verdicts;
        };
        table.refuse_twins(&["park_id", "other"], faults);
        let parks = parks.words("id");
        let mut same: BTreeMap<String, (String, u64)> = BTreeMap::new();
        for row in table.rows(faults) {
            let other = row.required("other").to_owned();
            if !other.is_empty() && !is_element(&other) && !official.contains(other.as_str()) {
                row.fault(
                    "other",
                    format!("`{other}` is no element such as way/5, and no id of official.csv"),
                );
            }
            verdicts.unmet.borrow_mut().insert(other.clone(), row.line);
            match row.one_of("verdict", &["same", "different", "leave_out"]) {
                "leave_out" => {
                    row.all_empty(&["park_id"], "verdict is leave_out");
                    verdicts.left_out.push(other);
                }
                verdict => {
                    row.required("park_id");
                    row.known("park_id", &parks, "parks.csv");
                    let park = row.get("park_id").to_owned();
                    if verdict == "same"
                        && let Some((first, line)) =
                            same.insert(other.clone(), (park.clone(), row.line))
                    {
                        let reason =
                            format!("`{other}` is the same as {first} in row {line} already");
                        row.fault("park_id", reason);
                    }
                    verdicts.of_pairs.insert((park, other), verdict == "same");
                }
            }
        }
        for other in verdicts.left_out.iter().filter(|it| same.contains_key(*it)) {
            faults.add_file(
                FILE,
                format!("says of `{other}` that it is same, and that it is left out"),
            );
        }
        verdicts
    }

    /// An import has brought it.
    pub fn meet(&self, other: &str) {
        self.unmet.borrow_mut().remove(other);
    }

    /// What was decided about something that no import has brought: a slip of the pen, or it is gone.
    pub fn report_unmet(&self, report: &mut Report) {
        for (other, line) in self.unmet.borrow().iter() {
            report
                .doubted
                .push(format!("{FILE}, row {line}: `{other}` is in no file of this folder"));
        }
    }

    /// Are they one place? `None`: nobody decided.
    pub fn same(&self, park: &str, other: &str) -> Option<bool> {
        self.of_pairs.get(&(park.to_owned(), other.to_owned())).copied()
    }

    pub fn leaves_out(&self, other: &str) -> bool {
        self.left_out.iter().any(|it| it == other)
    }
}

/// `node/1`, `way/2`, `relation/3`.
fn is_element(text: &str) -> bool {
    text.split_once('/').is_some_and(|(kind, number)| {
        ["node", "way", "relation"].contains(&kind) && number.parse::<u64>().is_ok()
    })
}
