use std::{
    env,
    fs::OpenOptions,
    io::Write as _,
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::catalogue;

/// The environment variable that names the file to which records are appended. Without it, a test
/// run by hand records nothing.
pub const RECORDS: &str = "POSHANG_FAULT_RECORDS";

/// One line of the file: a fault that was injected, and what was then observed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Id in the catalogue, such as `N1`.
    pub fault: String,
    /// The test, as its runner names it.
    pub test: String,
    /// What was done to the system.
    pub injected: String,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// What the system did then, as the test asserted it.
    pub observed: String,
}

/// A fault that has been injected and whose outcome is not known yet. Dropped without
/// [`Fault::observed`], as by a failed assertion, it leaves no record.
#[must_use = "say what was observed, or nothing is recorded"]
pub struct Fault {
    id: &'static str,
    how: &'static str,
    at_ms: u64,
}

/// Says, at this very moment, that a fault of the catalogue is injected.
///
/// # Panics
/// When the catalogue has no such fault: a misspelt id would be a claim about nothing.
pub fn injected(id: &'static str, how: &'static str) -> Fault {
    assert!(catalogue().iter().any(|entry| entry.id == id), "no fault {id} in the catalogue");
    Fault { id, how, at_ms: now_ms() }
}

impl Fault {
    /// Says what the system did, after the last assertion of the test.
    ///
    /// # Panics
    /// When the record cannot be written although it was asked for.
    pub fn observed(self, what: &str) {
        let Some(path) = env::var_os(RECORDS) else { return };
        let record = Record {
            fault: self.id.to_owned(),
            test: thread::current().name().unwrap_or("a test").to_owned(),
            injected: self.how.to_owned(),
            at_ms: self.at_ms,
            observed: what.to_owned(),
        };
        let mut line = serde_json::to_string(&record).expect("a record is plain text");
        line.push('\n');
        // One write of one line: test programs that run side by side do not tear each other's.
        let file = OpenOptions::new().create(true).append(true).open(path);
        file.and_then(|mut file| file.write_all(line.as_bytes())).expect("the record is written");
    }
}

/// Reads a file of records.
///
/// # Errors
/// The number of the line that is none, from 1.
pub fn read(lines: &str) -> Result<Vec<Record>, String> {
    let numbered = lines.lines().zip(1..);
    numbered
        .map(|(line, number)| {
            serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))
        })
        .collect()
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
