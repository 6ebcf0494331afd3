//! What has been received, a JSON line for each item: for an operator at a shell, until there is a
//! screen for the desk.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Context as _, Result};
use model::JURISDICTION;
use rusqlite::{Connection, OpenFlags, Row};
use serde::Serialize;

use crate::folder;

/// One received item, as stored.
#[derive(Debug, Serialize)]
struct Line {
    seq: u64,
    id: String,
    rev: u32,
    sha256: String,
    device: String,
    dseq: u64,
    kind: String,
    case_no: Option<String>,
    /// Milliseconds since 1970 of the endpoint's clock.
    at: i64,
    held: Option<String>,
    note: Option<String>,
    issue: Option<String>,
    issue_unknown: bool,
    /// Files its manifest names, and how many of them are here.
    blobs: u32,
    blobs_here: u32,
    /// The sealed text, as the phone sealed it.
    sealed: String,
}

const ITEMS: &str = "
    SELECT seq, id, rev, sha256, device, dseq, kind,
           (SELECT case_no FROM case_number c WHERE c.jurisdiction = i.jurisdiction AND c.item = i.id),
           at, held, note, issue, issue_unknown,
           (SELECT count(*) FROM manifest m WHERE m.jurisdiction = i.jurisdiction AND m.seq = i.seq),
           (SELECT count(*) FROM manifest m JOIN blob USING (jurisdiction, sha256)
             WHERE m.jurisdiction = i.jurisdiction AND m.seq = i.seq),
           sealed
      FROM item i WHERE jurisdiction = ?1 ORDER BY seq";

/// Writes every item of a data folder, in the order of the feed. It only reads, and may run beside
/// the endpoint.
pub fn items(data: &Path, out: &mut impl Write) -> Result<()> {
    let file = folder::database_in(data);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(&file, flags)
        .with_context(|| format!("there is no database at {}", file.display()))?;
    let mut items = conn.prepare(ITEMS)?;
    for line in items.query_map([JURISDICTION], read)? {
        serde_json::to_writer(&mut *out, &line?).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        seq: row.get(0)?,
        id: row.get(1)?,
        rev: row.get(2)?,
        sha256: row.get(3)?,
        device: row.get(4)?,
        dseq: row.get(5)?,
        kind: row.get(6)?,
        case_no: row.get(7)?,
        at: row.get(8)?,
        held: row.get(9)?,
        note: row.get(10)?,
        issue: row.get(11)?,
        issue_unknown: row.get(12)?,
        blobs: row.get(13)?,
        blobs_here: row.get(14)?,
        sealed: row.get(15)?,
    })
}
