use std::{cell::RefCell, fmt};

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, by its name in the folder of the district.
    pub file: &'static str,
    /// The line in the file, the heading being line 1; absent if the whole file is meant.
    pub row: Option<u64>,
    /// The name of the column, or the path inside a `GeoJSON` file.
    pub column: Option<String>,
    /// What is wrong, in words.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Every fault that was found, in the order of the tables; printed one a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFacts(pub Vec<Fault>);

impl fmt::Display for BadFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for BadFacts {}

/// Collects faults while reading goes on, so that one run shows them all.
#[derive(Default)]
pub(crate) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    pub fn add(&self, fault: Fault) {
        self.0.borrow_mut().push(fault);
    }

    /// A fault of a whole file.
    pub fn add_file(&self, file: &'static str, reason: impl Into<String>) {
        self.add(Fault { file, row: None, column: None, reason: reason.into() });
    }

    /// The value, unless anything at all was wrong. A value is missing only where a fault says why.
    pub fn refuse_or<T>(self, value: Option<T>) -> Result<T, BadFacts> {
        let faults = self.0.into_inner();
        value.filter(|_| faults.is_empty()).ok_or(BadFacts(faults))
    }
}
