//! What has been received, a JSON line for each item: for an operator at a shell, until there is a
//! screen for the desk. Telephone numbers stand in a list of their own.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Context as _, Result};
use model::{JURISDICTION, contact::KEPT_MS};
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
    /// The sealed text, as the phone sealed it; null for a telephone number.
    sealed: Option<String>,
}

/// One telephone number that may be called.
#[derive(Debug, Serialize)]
struct Number {
    seq: u64,
    id: String,
    rev: u32,
    /// Why it waits for a look before anybody calls it, if it does.
    held: Option<String>,
    /// Did a phone send it that has sent the report too? If not, ask before you believe it: an id is no
    /// secret.
    same_phone: bool,
    /// The report it was given for, and the number of its case.
    of: String,
    case_no: Option<String>,
    /// Milliseconds since 1970 of the endpoint's clock: when it came, and when it will be erased.
    at: i64,
    until: i64,
    phone: String,
    /// The sealed text, as the phone sealed it.
    sealed: String,
}

/// Of a number that was corrected, the last revision that the same phone has sent. Whether that phone has
/// sent the report too is looked at by who carried both.
const NUMBERS: &str = "
    SELECT i.seq, i.id, a.item,
           (SELECT case_no FROM case_number c WHERE c.jurisdiction = i.jurisdiction AND c.item = a.item),
           i.at, json_extract(i.sealed, '$.body.phone'), i.sealed, i.rev, i.held,
           EXISTS (SELECT 1 FROM item r JOIN carried c ON c.jurisdiction = r.jurisdiction AND c.seq = r.seq
                     JOIN carried d ON d.jurisdiction = c.jurisdiction AND d.device = c.device
                    WHERE r.jurisdiction = i.jurisdiction AND r.id = a.item AND d.seq = i.seq)
      FROM item i JOIN about a USING (jurisdiction, seq)
     WHERE i.jurisdiction = ?1 AND i.kind = 'contact' AND i.sealed <> ''
       AND NOT EXISTS (SELECT 1 FROM item n JOIN carried c ON c.jurisdiction = n.jurisdiction AND c.seq = n.seq
                         JOIN carried d ON d.jurisdiction = c.jurisdiction AND d.device = c.device
                        WHERE n.jurisdiction = i.jurisdiction AND n.id = i.id AND n.rev > i.rev
                          AND n.kind = 'contact' AND n.sealed <> '' AND d.seq = i.seq)
     ORDER BY i.seq";

const ITEMS: &str = "
    SELECT seq, id, rev, sha256, device, dseq, kind,
           (SELECT case_no FROM case_number c WHERE c.jurisdiction = i.jurisdiction AND c.item = i.id),
           at, held, note, issue, issue_unknown,
           (SELECT count(*) FROM manifest m WHERE m.jurisdiction = i.jurisdiction AND m.seq = i.seq),
           (SELECT count(*) FROM manifest m JOIN blob USING (jurisdiction, sha256)
             WHERE m.jurisdiction = i.jurisdiction AND m.seq = i.seq),
           CASE WHEN kind <> 'contact' THEN sealed END
      FROM item i WHERE jurisdiction = ?1 ORDER BY seq";

/// Writes every item of a data folder, in the order of the feed. It only reads, and may run beside
/// the endpoint.
pub fn items(data: &Path, out: &mut impl Write) -> Result<()> {
    lines(data, ITEMS, read, out)
}

/// Writes every telephone number that stands, as [`items`] does: what was taken back or has been here
/// long enough is not among them.
pub fn contacts(data: &Path, out: &mut impl Write) -> Result<()> {
    lines(data, NUMBERS, number, out)
}

fn lines<Line: Serialize>(
    data: &Path,
    asked: &str,
    read: fn(&Row<'_>) -> rusqlite::Result<Line>,
    out: &mut impl Write,
) -> Result<()> {
    folder::exists(data)?;
    let file = folder::database_in(data);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(&file, flags)
        .with_context(|| format!("{} cannot be opened", file.display()))?;
    let mut rows = conn.prepare(asked)?;
    for line in rows.query_map([JURISDICTION], read)? {
        serde_json::to_writer(&mut *out, &line?).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn number(row: &Row<'_>) -> rusqlite::Result<Number> {
    let at = row.get(4)?;
    Ok(Number {
        seq: row.get(0)?,
        id: row.get(1)?,
        of: row.get(2)?,
        case_no: row.get(3)?,
        at,
        until: at + KEPT_MS,
        phone: row.get(5)?,
        sealed: row.get(6)?,
        rev: row.get(7)?,
        held: row.get(8)?,
        same_phone: row.get(9)?,
    })
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
