//! Rows for the tests of this room.

use model::ids::ReportId;
use outbox::{Row, RowKey};

/// A sealed report, changed as a test needs it.
pub(super) fn row(change: impl FnOnce(&mut Row)) -> Row {
    let id: ReportId = "01a205bf-c051-75e1-aa3b-4c5d6e7f8091".parse().expect("an id");
    let key = RowKey { id, rev: 1 };
    let mut row = Row::sealed(key, 1, "report".into(), String::new(), Vec::new(), 0);
    change(&mut row);
    row
}
