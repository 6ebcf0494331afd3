//! What a job becomes inside the writer's transaction.
//!
//! The rule of the room: write first, look afterwards. The unique key of the database decides
//! whether a revision is new; asking before writing is how the same report comes to be stored
//! twice.

mod contact;
mod owner;
mod proof;
mod row;

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use model::{
    JURISDICTION,
    hex::Digest,
    ids::{DeviceId, ReportId},
    sealed::Sealed,
    stamp::Stamp,
    wire::{
        Fault, HeldReason, ItemOutcome, ItemResult, ItemResults, Note, Sent, named_item,
        received_item, received_items,
    },
};
use rusqlite::{Connection, params};

use self::row::Row;
use crate::{
    core::{Enrolment, Job, JobAnswer, Rules, parsed},
    identity::Identity,
};

/// Seconds until a phone tries again what made the endpoint stumble.
const STUMBLED_RETRY_S: u32 = 60;

/// One transaction of the writer and what it needs to judge.
pub(crate) struct Desk<'a> {
    /// Writes go through it.
    pub tx: &'a Connection,
    /// Signs.
    pub identity: &'a Identity,
    /// The leaves of the taxonomy, if they are known.
    pub leaves: Option<&'a HashSet<String>>,
    /// The endpoint's clock.
    pub now: Stamp,
    /// What may be switched off.
    pub rules: Rules,
}

/// An item that could be read.
struct Read {
    sha256: Digest,
    text: String,
    sealed: Sealed,
}

impl Desk<'_> {
    /// Does one job. An error is the database's and ends the whole group.
    pub fn perform(&self, job: Job) -> rusqlite::Result<JobAnswer> {
        let done = guarded(self.tx, || match job {
            Job::Device { device, token_sha256 } => {
                self.enrol(device, token_sha256).map(JobAnswer::Device)
            }
            Job::Items { caller, body } => self.items(caller, &body, None).map(JobAnswer::Items),
            Job::Known { caller, body, retry_after } => {
                self.items(caller, &body, Some(retry_after)).map(JobAnswer::Items)
            }
            Job::Blob { sha256, len } => {
                self.keep_blob(sha256, len).map(|new| JobAnswer::Blob { new })
            }
            Job::Beat => self.beat().map(|()| JobAnswer::Beat),
            Job::EraseOld => self.erase_old().map(JobAnswer::Erased),
        });
        Ok(done?.unwrap_or(JobAnswer::Broken))
    }

    fn enrol(&self, device: DeviceId, token: Digest) -> rusqlite::Result<Enrolment> {
        let new = "INSERT INTO device (jurisdiction, device, token_sha256, enrolled_at)
                   VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        let (id, token) = (device.to_string(), token.to_string());
        if self.write(new, params![JURISDICTION, id, token, self.now.unix_ms])? {
            return Ok(Enrolment::New);
        }
        let same = "SELECT 1 FROM device
                    WHERE jurisdiction = ?1 AND device = ?2 AND token_sha256 = ?3";
        let same = self.tx.prepare_cached(same)?.exists(params![JURISDICTION, id, token])?;
        Ok(if same { Enrolment::Same } else { Enrolment::Taken })
    }

    fn keep_blob(&self, sha256: Digest, len: u64) -> rusqlite::Result<bool> {
        let new = "INSERT INTO blob (jurisdiction, sha256, len, stored_at)
                   VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        self.write(new, params![JURISDICTION, sha256.to_string(), len, self.now.unix_ms])
    }

    fn beat(&self) -> rusqlite::Result<()> {
        self.write("UPDATE life SET beat = ?1", [self.now.unix_ms]).map(drop)
    }

    /// A result for each item of a request, in its order. A fault is the request's, and then no
    /// item was touched. `full`: nothing new is stored for so many seconds.
    fn items(
        &self,
        caller: DeviceId,
        body: &str,
        full: Option<u32>,
    ) -> rusqlite::Result<Result<ItemResults, Fault>> {
        let request = match received_items(body) {
            Ok(request) => request,
            Err(fault) => return Ok(Err(fault)),
        };
        let each = request.items.iter().map(|raw| self.item(caller, request.sent, raw, full));
        let results = each.collect::<rusqlite::Result<_>>()?;
        Ok(Ok(ItemResults { results }))
    }

    /// One item, on its own: what is wrong with it never reaches its neighbours.
    fn item(
        &self,
        caller: DeviceId,
        sent: Option<Sent>,
        raw: &str,
        full: Option<u32>,
    ) -> rusqlite::Result<ItemResult> {
        let done = guarded(self.tx, || match read(raw) {
            Ok(item) => {
                let outcome = match full {
                    Some(retry_after) if !self.has(&item)? => ItemOutcome::Later { retry_after },
                    _ => self.settle(caller, sent, &item)?,
                };
                let (id, rev) = (Some(item.sealed.id), Some(item.sealed.rev));
                Ok(ItemResult { id, rev, outcome })
            }
            Err(((id, rev), fault)) => {
                Ok(ItemResult { id, rev, outcome: ItemOutcome::Rejected(fault) })
            }
        });
        let later = ItemOutcome::Later { retry_after: STUMBLED_RETRY_S };
        Ok(done?.unwrap_or(ItemResult { id: None, rev: None, outcome: later }))
    }

    fn settle(
        &self,
        caller: DeviceId,
        sent: Option<Sent>,
        item: &Read,
    ) -> rusqlite::Result<ItemOutcome> {
        if let Some(outcome) = self.of_a_stranger(caller, item)? {
            return Ok(outcome);
        }
        let held = held(caller, &item.sealed);
        let note = self.note(caller, &item.sealed)?;
        match self.add(item, sent, held, note)? {
            Some(row) => {
                self.add_manifest(row.seq, &item.sealed)?;
                self.note_about(row.seq, item)?;
                let proof = self.prove(caller, item, &row, note)?;
                self.erase_withdrawn(caller, item)?;
                Ok(match held {
                    Some(reason) => ItemOutcome::Held { reason, proof },
                    None => ItemOutcome::Stored(proof),
                })
            }
            None => self.again(caller, item),
        }
    }

    /// Is this revision here?
    fn has(&self, item: &Read) -> rusqlite::Result<bool> {
        let found = "SELECT 1 FROM item WHERE jurisdiction = ?1 AND id = ?2 AND rev = ?3";
        let key = params![JURISDICTION, item.sealed.id.to_string(), item.sealed.rev];
        self.tx.prepare_cached(found)?.exists(key)
    }

    /// The same key was there before: the same bytes get the same receipt, others clash.
    fn again(&self, caller: DeviceId, item: &Read) -> rusqlite::Result<ItemOutcome> {
        let found = "SELECT seq, at, sha256, note FROM item
                     WHERE jurisdiction = ?1 AND id = ?2 AND rev = ?3";
        let key = params![JURISDICTION, item.sealed.id.to_string(), item.sealed.rev];
        let (row, sha256, note) = self.tx.prepare_cached(found)?.query_row(key, |row| {
            let found = Row { seq: row.get(0)?, at: Stamp::utc(row.get(1)?) };
            let note = row.get::<_, Option<String>>(3)?.map(|_| Note::DseqTaken);
            Ok((found, parsed::<Digest>(row, 2)?, note))
        })?;
        if sha256 != item.sha256 {
            return Ok(ItemOutcome::Clash);
        }
        self.no_longer_held(caller, item)?;
        let proof = self.prove(caller, item, &row, note)?;
        self.erase_withdrawn(caller, item)?;
        Ok(ItemOutcome::Duplicate(proof))
    }

    /// Another device brought it, and now the one that sealed it says the same.
    fn no_longer_held(&self, caller: DeviceId, item: &Read) -> rusqlite::Result<()> {
        if caller == item.sealed.device {
            let held = "UPDATE item SET held = NULL
                        WHERE jurisdiction = ?1 AND id = ?2 AND rev = ?3 AND held = 'other_device'";
            let key = params![JURISDICTION, item.sealed.id.to_string(), item.sealed.rev];
            self.write(held, key)?;
        }
        Ok(())
    }

    /// Runs a statement that touches one row at most: did it?
    fn write(&self, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<bool> {
        self.tx.prepare_cached(sql)?.execute(values).map(|rows| rows > 0)
    }
}

/// An item that could not be read: which one, as far as that can be told, and why.
type Unread = ((Option<ReportId>, Option<u32>), Fault);

fn read(raw: &str) -> Result<Read, Unread> {
    let (sha256, text) = received_item(raw).map_err(|fault| ((None, None), fault))?;
    match Sealed::parse(&text) {
        Ok(sealed) => Ok(Read { sha256, text, sealed }),
        Err(fault) => Err((named_item(&text), fault)),
    }
}

fn held(caller: DeviceId, sealed: &Sealed) -> Option<HeldReason> {
    if !sealed.kind.is_known(sealed.schema) {
        Some(HeldReason::UnknownKind)
    } else if caller != sealed.device {
        Some(HeldReason::OtherDevice)
    } else {
        None
    }
}

/// Does work that, should it panic, leaves nothing behind: then the answer is none.
fn guarded<T>(
    tx: &Connection,
    work: impl FnOnce() -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    let run = |sql| tx.prepare_cached(sql)?.execute([]);
    run("SAVEPOINT work")?;
    let done = catch_unwind(AssertUnwindSafe(work)).ok().transpose()?;
    if done.is_none() {
        run("ROLLBACK TO work")?;
    }
    run("RELEASE work")?;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_panics_leaves_nothing_and_the_next_is_done() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE t (n); BEGIN").unwrap();
        let add = |n: i32| conn.execute("INSERT INTO t VALUES (?1)", [n]).unwrap();
        let poison = guarded(&conn, || -> rusqlite::Result<()> {
            add(1);
            panic!("a poison item");
        });
        assert_eq!(poison.unwrap(), None);
        assert_eq!(guarded(&conn, || Ok(add(2))).unwrap(), Some(1));
        conn.execute_batch("COMMIT").unwrap();
        let kept: i32 = conn.query_row("SELECT sum(n) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, 2);
    }
}
