use std::{borrow::Cow, collections::BTreeMap, fs, path::Path};

use csv::{ByteRecord, ReaderBuilder};

use crate::{
    fault::{Fault, Faults},
    foreign,
    table::Table,
};

/// The line in the file, and the cells.
type Record = (u64, Vec<String>);

/// No table of a district is as large.
const LARGEST: u64 = 16 << 20;

/// Judges whether a file is a table at all.
#[derive(Clone, Copy)]
pub(crate) struct Form<'a> {
    pub file: &'static str,
    pub faults: &'a Faults,
}

impl Form<'_> {
    /// A table that says something.
    pub fn filled(self, dir: &Path, wanted: &[&str]) -> Option<Table> {
        let table = self.read(dir, wanted)?;
        if table.rows.is_empty() {
            self.faults.add_file(self.file, "holds no row below its heading");
            return None;
        }
        Some(table)
    }

    /// The table, if every row has a cell of text for every column and no wanted column is missing.
    pub fn read(self, dir: &Path, wanted: &[&str]) -> Option<Table> {
        let path = dir.join(self.file);
        let length = fs::metadata(&path).map_or(0, |it| it.len());
        if length > LARGEST {
            let reason = format!("is {} MB large, more than {} MB", length >> 20, LARGEST >> 20);
            self.faults.add_file(self.file, reason);
            return None;
        }
        let bytes = fs::read(path)
            .map_err(|error| self.faults.add_file(self.file, format!("cannot be read: {error}")))
            .ok()?;
        if let Some(reason) = foreign::bytes(&bytes) {
            self.faults.add_file(self.file, reason);
            return None;
        }
        if let Some(reason) = foreign::heading(&first_row(&bytes), wanted) {
            return self.refuse(1, None, reason);
        }
        let mut records = self.records(&bytes)?;
        if records.is_empty() {
            self.faults.add_file(self.file, "holds no row, not even a heading");
            return None;
        }
        let (_, mut heading) = records.remove(0);
        // Excel leaves columns without a name behind the last one.
        let named = heading.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        heading.truncate(named);
        for (_, cells) in &mut records {
            let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            cells.truncate(cells.len().min(named.max(filled)));
        }
        // Excel writes a row of commas where cells were emptied.
        let blank = |(_, cells): &Record| cells.iter().all(String::is_empty);
        let records = records.into_iter().filter(|record| !blank(record));
        let rows = all(records.map(|record| self.whole(record, &heading)));
        Some(Table { file: self.file, columns: self.columns(&heading, wanted)?, rows: rows? })
    }

    fn refuse<T>(self, row: u64, column: Option<String>, reason: impl Into<String>) -> Option<T> {
        self.faults.add(Fault { file: self.file, row: Some(row), column, reason: reason.into() });
        None
    }

    fn records(self, bytes: &[u8]) -> Option<Vec<Record>> {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let records: Result<Vec<ByteRecord>, _> = reader.byte_records().collect();
        let records =
            records.map_err(|error| self.faults.add_file(self.file, error.to_string())).ok()?;
        let heading = records.first().cloned().unwrap_or_default();
        all(records.iter().map(|record| self.texts(record, &heading)))
    }

    fn texts(self, record: &ByteRecord, heading: &ByteRecord) -> Option<Record> {
        let line = record.position().map_or(0, csv::Position::line);
        let name = |at| heading.get(at).map(String::from_utf8_lossy).map(Cow::into_owned);
        let cells = record.iter().enumerate().map(|(at, bytes)| match text(bytes) {
            Ok(text) => Some(text.to_owned()),
            Err(reason) => self.refuse(line, name(at), reason),
        });
        Some((line, all(cells)?))
    }

    /// The row, if it has as many cells as the heading.
    fn whole(self, (line, cells): Record, heading: &[String]) -> Option<Record> {
        if cells.len() == heading.len() {
            return Some((line, cells));
        }
        let column = heading[cells.len().min(heading.len() - 1)].clone();
        let reason = format!("the row has {} cells, the heading {}", cells.len(), heading.len());
        self.refuse(line, Some(column), reason)
    }

    /// Where each column stands; nothing if one is missing or named twice.
    fn columns(self, heading: &[String], wanted: &[&str]) -> Option<BTreeMap<String, usize>> {
        let places: BTreeMap<String, usize> = heading.iter().cloned().zip(0..).collect();
        let twice = heading.iter().enumerate().filter(|(at, name)| places[*name] != *at);
        let twice = twice.map(|(_, name)| (name.as_str(), "is named twice"));
        let missing = wanted.iter().filter(|name| !places.contains_key(**name));
        let faults: Vec<_> = twice.chain(missing.map(|name| (*name, "is missing"))).collect();
        for (name, reason) in &faults {
            self.refuse::<()>(1, Some((*name).to_owned()), *reason);
        }
        faults.is_empty().then_some(places)
    }
}

/// The cells of the first row as far as they are text; none in an empty file.
fn first_row(bytes: &[u8]) -> Vec<String> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let first = reader.byte_records().next().and_then(Result::ok).unwrap_or_default();
    first.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
}

/// A cell as text. A line break is refused: no fact has one, and a quotation mark that is never
/// closed swallows the rows below it.
fn text(bytes: &[u8]) -> Result<&str, &'static str> {
    let text = str::from_utf8(bytes).map_err(|_| "is not UTF-8 text")?;
    if text.contains(char::is_control) {
        return Err("holds a line break or another control character");
    }
    Ok(text)
}

/// All values or none, having looked at every one so that every fault is found.
fn all<T>(values: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let looked: Vec<Option<T>> = values.collect();
    looked.into_iter().collect()
}
