//! What was stored, in the order of commits: a device reads what it has sent itself.
//!
//! `seq` is given inside the one writer's transaction, so whoever has read up to one `seq` will
//! never find a smaller one later.

use model::{
    JURISDICTION,
    base64::Cursor,
    changes::{BYTES, Change, ChangedItem, Changes, ROWS},
    hex::{Digest, Epoch},
    ids::DeviceId,
    sealed::Sealed,
    wire::{HeldReason, Note, Proof},
};
use rusqlite::{Connection, params};

use crate::core::parsed;

/// The page of the feed that begins after `seq`.
pub(crate) fn page(
    conn: &Connection,
    epoch: Epoch,
    caller: DeviceId,
    after: u64,
) -> rusqlite::Result<Changes> {
    let rows = "SELECT seq, item.id, item.rev, item.held, item.note, item.sealed, text, signature
                FROM carried JOIN item USING (jurisdiction, seq)
                             JOIN receipt USING (jurisdiction, seq)
                WHERE jurisdiction = ?1 AND carried.device = ?2 AND seq > ?3 AND epoch = ?4
                ORDER BY seq LIMIT ?5";
    let mut rows = conn.prepare_cached(rows)?;
    let one_more = ROWS as u64 + 1;
    let key = params![JURISDICTION, caller.to_string(), after, epoch.to_string(), one_more];
    let mut rows = rows.query(key)?;
    let next = Cursor::new(epoch, after);
    let mut page = Changes { epoch, safe_upto: None, rows: Vec::new(), next, more: false };
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let item = item(conn, row)?;
        bytes += weight(&item);
        if page.rows.len() == ROWS || bytes > BYTES {
            page.more = true;
            break;
        }
        page.next = Cursor::new(epoch, item.seq);
        page.rows.push(Change::Item(item));
    }
    Ok(page)
}

fn item(conn: &Connection, row: &rusqlite::Row<'_>) -> rusqlite::Result<ChangedItem> {
    let held: Option<String> = row.get(3)?;
    let note: Option<String> = row.get(4)?;
    let sealed: String = row.get(5)?;
    Ok(ChangedItem {
        seq: row.get(0)?,
        id: parsed(row, 1)?,
        rev: row.get(2)?,
        held: held.as_deref().and_then(reason),
        proof: Proof {
            receipt: row.get(6)?,
            signature: parsed(row, 7)?,
            need: match Sealed::parse(&sealed) {
                Ok(sealed) => need(conn, &sealed)?,
                // It was read as strictly when it was stored.
                Err(_) => Vec::new(),
            },
            note: note.map(|_| Note::DseqTaken),
        },
    })
}

/// The word of the database.
fn reason(word: &str) -> Option<HeldReason> {
    match word {
        "unknown_kind" => Some(HeldReason::UnknownKind),
        "other_device" => Some(HeldReason::OtherDevice),
        "earlier_missing" => Some(HeldReason::EarlierMissing),
        _ => None,
    }
}

/// Bytes of a row, not less than it will have.
fn weight(item: &ChangedItem) -> usize {
    let quotes = item.proof.receipt.matches('"').count();
    400 + item.proof.receipt.len() + quotes + item.proof.need.len() * 67
}

/// The digests of a manifest that are not held now, in its order.
pub(crate) fn need(conn: &Connection, sealed: &Sealed) -> rusqlite::Result<Vec<Digest>> {
    let mut need = Vec::new();
    for digest in sealed.wanted() {
        if !held(conn, digest)? {
            need.push(digest);
        }
    }
    Ok(need)
}

/// Is a photo or voice note here?
pub(crate) fn held(conn: &Connection, sha256: Digest) -> rusqlite::Result<bool> {
    let held = "SELECT 1 FROM blob WHERE jurisdiction = ?1 AND sha256 = ?2";
    conn.prepare_cached(held)?.exists(params![JURISDICTION, sha256.to_string()])
}
