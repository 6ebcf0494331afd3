use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    ops::RangeInclusive,
};

use serde::{
    Deserialize,
    de::{IntoDeserializer, value::Error},
};

use crate::fault::{Fault, Faults};

/// One row, read by the names of its columns. Whatever it refuses it also reports.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub file: &'static str,
    pub line: u64,
    pub columns: &'a BTreeMap<String, usize>,
    pub cells: &'a [String],
    pub faults: &'a Faults,
}

impl<'a> Row<'a> {
    /// The cell as it stands. The column is one that was asked for when the table was read.
    pub fn get(&self, column: &str) -> &'a str {
        &self.cells[self.columns[column]]
    }

    pub fn fault(&self, column: &str, reason: impl Into<String>) {
        let (column, reason) = (Some(column.to_owned()), reason.into());
        self.faults.add(Fault { file: self.file, row: Some(self.line), column, reason });
    }

    /// Text without space around it, perhaps none.
    pub fn text(&self, column: &str) -> &'a str {
        let cell = self.get(column);
        if cell.trim() != cell {
            self.fault(column, "has a space at its start or end");
        }
        cell
    }

    /// Text that must be there.
    pub fn required(&self, column: &str) -> &'a str {
        let cell = self.text(column);
        if cell.is_empty() {
            self.fault(column, "is empty");
        }
        cell
    }

    /// Text, where there is some.
    pub fn optional(&self, column: &str) -> Option<String> {
        Some(self.text(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// The words of a cell that may hold several.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text(column).split(';').filter(|word| !word.is_empty())
    }

    /// A word that names a value of a type, as that type is written in the pack.
    pub fn word<T: Deserialize<'a>>(&self, column: &str) -> Option<T> {
        self.parse(column, self.get(column))
    }

    /// Such a word that is a part of the cell.
    pub fn parse<T: Deserialize<'a>>(&self, column: &str, word: &'a str) -> Option<T> {
        let word: Result<T, Error> = T::deserialize(word.into_deserializer());
        let refuse = |e: Error| self.fault(column, e.to_string().replace("variant", "word"));
        word.map_err(refuse).ok()
    }

    /// One of these words.
    pub fn one_of(&self, column: &str, words: &[&str]) -> &'a str {
        let cell = self.get(column);
        self.refuse_unlisted(column, cell, words);
        cell
    }

    /// Any of these words, or none.
    pub fn some_of(&self, column: &str, words: &[&str]) -> Vec<String> {
        let cells = self.list(column).inspect(|word| self.refuse_unlisted(column, word, words));
        cells.map(str::to_owned).collect()
    }

    fn refuse_unlisted(&self, column: &str, word: &str, words: &[&str]) {
        if !words.contains(&word) {
            self.fault(column, format!("`{word}` is not one of {}", words.join(", ")));
        }
    }

    /// Ids that must stand in another column.
    pub fn known(&self, column: &str, ids: &BTreeSet<&str>, table: &str) -> Vec<String> {
        let unknown = |id: &&str| {
            if !ids.contains(id) {
                self.fault(column, format!("`{id}` is not in {table}"));
            }
        };
        self.list(column).inspect(unknown).map(str::to_owned).collect()
    }

    /// The first of these words for yes, the second for no.
    pub fn flag(&self, column: &str, [yes, no]: [&str; 2]) -> bool {
        self.one_of(column, &[yes, no]) == yes
    }

    /// A plain decimal number within a range.
    pub fn number(&self, column: &str, range: RangeInclusive<f64>) -> Option<f64> {
        let cell = self.get(column);
        let plain = cell.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        match cell.parse() {
            Ok(number) if plain && range.contains(&number) => Some(number),
            Ok(_) if plain => self.refuse_number(column, &range),
            _ => {
                self.fault(column, format!("`{cell}` is not a plain number"));
                None
            }
        }
    }

    /// A whole number within a range.
    pub fn whole(&self, column: &str, range: RangeInclusive<u32>) -> Option<u32> {
        let cell = self.get(column);
        match cell.parse() {
            Ok(number) if range.contains(&number) => Some(number),
            Ok(_) => self.refuse_number(column, &range),
            Err(_) => {
                self.fault(column, format!("`{cell}` is not a whole number"));
                None
            }
        }
    }

    fn refuse_number<T>(&self, column: &str, range: &RangeInclusive<impl Display>) -> Option<T> {
        let (cell, from, to) = (self.get(column), range.start(), range.end());
        self.fault(column, format!("`{cell}` is not between {from} and {to}"));
        None
    }

    /// A year, month or day, or an empty cell where the source gives none.
    pub fn date(&self, column: &str) -> Option<String> {
        let cell = self.optional(column)?;
        if !is_date(&cell) {
            let reason =
                format!("`{cell}` is not a year, month or day as 2026, 2026-11, 2026-11-23");
            self.fault(column, reason);
        }
        Some(cell)
    }

    /// Reports every empty cell of these; true if there is none.
    pub fn all_filled(&self, columns: &[&str], because: &str) -> bool {
        let empty = columns.iter().filter(|column| self.get(column).is_empty());
        let faults = empty.inspect(|column| self.fault(column, format!("is empty, but {because}")));
        faults.count() == 0
    }

    /// Reports every filled cell of these; true if there is none.
    pub fn all_empty(&self, columns: &[&str], because: &str) -> bool {
        let filled = columns.iter().filter(|column| !self.get(column).is_empty());
        let refuse = |column: &&&str| self.fault(column, format!("must be empty, for {because}"));
        filled.inspect(refuse).count() == 0
    }
}

/// Is it a year, a month or a day that the calendar has?
pub(crate) fn is_date(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if !["0000", "0000-00", "0000-00-00"].contains(&shape.as_str()) {
        return false;
    }
    let part = |range| text.get(range).map_or(Some(1), |part: &str| part.parse::<u32>().ok());
    match (part(0..4), part(5..7), part(8..10)) {
        (Some(year), Some(month), Some(day)) => (1..=days(year, month)).contains(&day),
        _ => false,
    }
}

/// Days of a month; none for a month that does not exist.
fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}
