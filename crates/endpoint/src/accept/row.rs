//! The row of an item: what is written when a revision is new.

use model::{
    JURISDICTION,
    ids::DeviceId,
    sealed::{Kind, Sealed},
    stamp::Stamp,
    wire::{HeldReason, Note, Sent},
};
use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;

use super::{Desk, Read};

/// The row of an item, new or found.
pub(super) struct Row {
    pub(super) seq: u64,
    pub(super) at: Stamp,
}

impl Desk<'_> {
    /// Adds the row, unless one with this key is there.
    pub(super) fn add(
        &self,
        item: &Read,
        sent: Option<Sent>,
        held: Option<HeldReason>,
        note: Option<Note>,
    ) -> rusqlite::Result<Option<Row>> {
        // No conflict target: the statement stays the same when a test takes the key away.
        let new =
            "INSERT INTO item (jurisdiction, seq, id, rev, sha256, sealed, device, dseq, kind,
                       schema, at, sealed_at, corrected_at, sent_at, sent_mono_ms, sent_boot, held,
                       note, issue, issue_unknown)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                       ?17, ?18, ?19, ?20)
                   ON CONFLICT DO NOTHING";
        let row = self.next_row()?;
        let sealed = &item.sealed;
        let issue = issue(sealed);
        let added = self.write(
            new,
            params![
                JURISDICTION,
                row.seq,
                sealed.id.to_string(),
                sealed.rev,
                item.sha256.to_string(),
                item.text,
                sealed.device.to_string(),
                sealed.dseq,
                sealed.kind.as_str(),
                sealed.schema,
                row.at.unix_ms,
                sealed.sealed_at.unix_ms,
                sent.and_then(|sent| corrected(self.now, sent, sealed)),
                sent.map(|sent| sent.at.unix_ms),
                sent.map(|sent| sent.mono_ms),
                sent.map(|sent| sent.boot.to_string()),
                held.map(word),
                note.map(|Note::DseqTaken| "dseq_taken"),
                issue,
                self.is_unknown(issue.as_deref()),
            ],
        )?;
        Ok(added.then_some(row))
    }

    /// The next place in the feed; its time never goes back.
    fn next_row(&self) -> rusqlite::Result<Row> {
        let last = "SELECT seq, at FROM item WHERE jurisdiction = ?1 ORDER BY seq DESC LIMIT 1";
        let last: Option<(u64, i64)> = self
            .tx
            .prepare_cached(last)?
            .query_row([JURISDICTION], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (seq, at) = last.unwrap_or((0, i64::MIN));
        Ok(Row { seq: seq + 1, at: Stamp::utc(at.max(self.now.unix_ms)) })
    }

    pub(super) fn add_manifest(&self, seq: u64, sealed: &Sealed) -> rusqlite::Result<()> {
        let line = "INSERT INTO manifest (jurisdiction, sha256, seq, len) VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT DO NOTHING";
        for blob in &sealed.blobs {
            self.write(line, params![JURISDICTION, blob.sha256.to_string(), seq, blob.len])?;
        }
        Ok(())
    }

    /// Another item has the number that this device gave to this one: two storages with one id.
    pub(super) fn note(&self, caller: DeviceId, sealed: &Sealed) -> rusqlite::Result<Option<Note>> {
        if caller != sealed.device {
            return Ok(None);
        }
        let taken = "SELECT 1 FROM item JOIN carried USING (jurisdiction, seq, device)
                     WHERE jurisdiction = ?1 AND device = ?2 AND dseq = ?3
                       AND (id, rev) <> (?4, ?5)";
        let (device, id) = (sealed.device.to_string(), sealed.id.to_string());
        let row = params![JURISDICTION, device, sealed.dseq, id, sealed.rev];
        let taken = self.tx.prepare_cached(taken)?.exists(row)?;
        Ok(taken.then_some(Note::DseqTaken))
    }

    fn is_unknown(&self, issue: Option<&str>) -> bool {
        let known = |issue| self.leaves.is_none_or(|leaves| leaves.contains(issue));
        !issue.is_none_or(known)
    }
}

fn word(held: HeldReason) -> &'static str {
    match held {
        HeldReason::UnknownKind => "unknown_kind",
        HeldReason::OtherDevice => "other_device",
        HeldReason::EarlierMissing => "earlier_missing",
    }
}

/// When it was sealed by the endpoint's clock: the phone's monotonic clock says how long ago.
fn corrected(now: Stamp, sent: Sent, sealed: &Sealed) -> Option<i64> {
    let same_start = sealed.boot == Some(sent.boot);
    let ago = sent.mono_ms.checked_sub(sealed.mono_ms.filter(|_| same_start)?)?;
    now.unix_ms.checked_sub(i64::try_from(ago).ok()?)
}

/// The leaf of the taxonomy that a report names.
fn issue(sealed: &Sealed) -> Option<String> {
    #[derive(Deserialize)]
    struct Body {
        #[serde(default)]
        issue: Option<String>,
    }
    if sealed.kind != Kind::Report || sealed.schema != 1 {
        return None;
    }
    serde_json::from_str::<Body>(sealed.body.get()).ok()?.issue
}
