use std::fmt::Write as _;

use crate::{Entry, Record};

const HEAD: &str = "\
# Faults: what must be survived, and what a run has shown

Written by `cargo xtask test` from the records of its tests: each names the fault when it injects it, and what it then observed, after
its last assertion. A row without a record says *not shown yet*. The rows marked ● must have a record, or the run has failed.
The catalogue is `crates/fault-log/catalogue.csv`; a fault's id is this page's own.
";

const PARTS: [(char, &str); 4] = [
    ('C', "The phone and its browser"),
    ('N', "The network"),
    ('S', "The endpoint and its storage"),
    ('A', "Adversaries, and mistakes of people"),
];

/// `docs/faults.md`, from the catalogue and the records of a run. The same records in another
/// order give the same page, and moments are left out, so that the page changes only when what was
/// shown has changed.
pub fn page(catalogue: &[Entry], records: &[Record]) -> String {
    let mut page = HEAD.to_owned();
    let shown = catalogue.iter().filter(|entry| !shown(entry, records).is_empty()).count();
    let _ = writeln!(page, "\n{shown} of {} shown.", catalogue.len());
    for (letter, title) in PARTS {
        let _ = write!(page, "\n## {title}\n\n| | fault | must | shown |\n|---|---|---|---|\n");
        for entry in catalogue.iter().filter(|entry| entry.id.starts_with(letter)) {
            let _ = writeln!(page, "{}", row(entry, records));
        }
    }
    page
}

/// Faults that a run must show and that this one did not.
pub fn missing<'a>(catalogue: &'a [Entry], records: &[Record]) -> Vec<&'a Entry> {
    let held = catalogue.iter().filter(|entry| entry.held);
    held.filter(|entry| shown(entry, records).is_empty()).collect()
}

fn row(entry: &Entry, records: &[Record]) -> String {
    let mark = if entry.held { " ●" } else { "" };
    let mut shown = shown(entry, records).join("<br>");
    if shown.is_empty() {
        "*not shown yet*".clone_into(&mut shown);
    }
    if !entry.limit.is_empty() {
        let _ = write!(shown, "<br>Not here: {}", entry.limit);
    }
    format!("| {}{mark} | {} | {} | {shown} |", entry.id, entry.fault, entry.expected)
}

/// What each test showed of a fault, in the order of the tests' names, each once.
fn shown(entry: &Entry, records: &[Record]) -> Vec<String> {
    let of_this = records.iter().filter(|record| record.fault == entry.id);
    let mut shown: Vec<_> = of_this
        .map(|record| {
            let (injected, observed) = (cell(&record.injected), cell(&record.observed));
            format!("`{}`: {injected} → {observed}", cell(&record.test))
        })
        .collect();
    shown.sort();
    shown.dedup();
    shown
}

/// A text that stays within its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, held: bool) -> Entry {
        Entry {
            id: id.to_owned(),
            fault: "an answer is lost".to_owned(),
            expected: "once".to_owned(),
            held,
            limit: String::new(),
        }
    }

    fn record(fault: &str, test: &str, at_ms: u64) -> Record {
        Record {
            fault: fault.to_owned(),
            test: test.to_owned(),
            injected: "cut | here".to_owned(),
            at_ms,
            observed: "one row".to_owned(),
        }
    }

    #[test]
    fn a_row_shows_its_records_and_one_without_says_so() {
        let catalogue = [entry("N1", true), entry("N2", false)];
        let page = page(&catalogue, &[record("N1", "once", 7)]);
        assert!(
            page.contains("| N1 ● | an answer is lost | once | `once`: cut \\| here → one row |")
        );
        assert!(page.contains("| N2 | an answer is lost | once | *not shown yet* |"));
        assert!(page.contains("1 of 2 shown."));
    }

    #[test]
    fn the_order_and_the_moments_of_a_run_do_not_change_the_page() {
        let catalogue = [entry("N1", true)];
        let one = [record("N1", "a", 1), record("N1", "b", 2)];
        let other = [record("N1", "b", 30), record("N1", "a", 40), record("N1", "a", 50)];
        assert_eq!(page(&catalogue, &one), page(&catalogue, &other));
    }

    #[test]
    fn a_held_fault_without_a_record_is_missing() {
        let catalogue = [entry("N1", true), entry("N2", false)];
        let missing: Vec<_> = missing(&catalogue, &[]).iter().map(|entry| &entry.id).collect();
        assert_eq!(missing, ["N1"]);
    }
}
