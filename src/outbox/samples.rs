//! Rows for the tests of this room.

use model::{hex::Digest, ids::ReportId};
use outbox::{Delivery, Row, RowKey, row::Label};

/// A sealed report, changed as a test needs it.
pub(super) fn row(change: impl FnOnce(&mut Row)) -> Row {
    let id: ReportId = "01a205bf-c051-75e1-aa3b-4c5d6e7f8091".parse().expect("an id");
    let mut row = Row {
        key: RowKey { id, rev: 1 },
        dseq: 1,
        kind: "report".into(),
        sealed: String::new(),
        sha256: Digest::of(b""),
        blobs: Vec::new(),
        secret: None,
        label: Label::default(),
        sealed_ms: 0,
        delivery: Delivery::Sealed,
        tried: false,
        waits: None,
        receipts: Vec::new(),
        unchecked: None,
        case_no: None,
        held: false,
        of: None,
        withdrawn: false,
        replaced: false,
    };
    change(&mut row);
    row
}
