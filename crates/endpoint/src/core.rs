//! The writer's own state: the database and the signing key.
//!
//! No threads, no sockets, no clock: jobs and the time come in, answers go out. The simulator
//! drives this very code.

use std::path::Path;

use model::{
    JURISDICTION,
    base64::Token,
    changes::Changes,
    have::{Have, Missing},
    hex::{Digest, Epoch},
    ids::DeviceId,
    stamp::Stamp,
    wire::{Fault, ItemResults},
};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, config::DbConfig, params};

use crate::{
    accept::Desk,
    feed,
    have::missing,
    high_water::{HighWater, Mark},
    identity::Identity,
    schema::{Synchronous, Unfit, check_sound, make_durable, migrate},
    taxonomy::Leaves,
};

/// Rules that the promises hang on. They exist so that the mutation table can switch each off in
/// the code that runs, and show that something breaks: a rule nobody can break is a rule nobody
/// tests. Nothing but tests gives other values than the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// One row for each (jurisdiction, id, rev).
    pub unique_key: bool,
    /// An answer leaves only after the commit it speaks of.
    pub commit_before_answer: bool,
    /// A telephone number that was taken back is erased.
    pub erase_withdrawn: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { unique_key: true, commit_before_answer: true, erase_withdrawn: true }
    }
}

/// Something to be written.
#[derive(Clone, Debug)]
pub enum Job {
    /// A device makes itself known.
    Device {
        /// Which.
        device: DeviceId,
        /// Digest of its token.
        token_sha256: Digest,
    },
    /// The body of a `POST /sync/v1/items`.
    Items {
        /// The device whose token came with it.
        caller: DeviceId,
        /// The text of the request.
        body: String,
    },
    /// The same of a device that has sent enough: what is here is answered, and nothing new is stored.
    Known {
        /// The device whose token came with it.
        caller: DeviceId,
        /// The text of the request.
        body: String,
        /// Seconds until something new of it is stored again.
        retry_after: u32,
    },
    /// A file is whole, verified and on the disk.
    Blob {
        /// Digest of its bytes.
        sha256: Digest,
        /// How many.
        len: u64,
    },
    /// `/readyz` asks whether a commit reaches the disk.
    Beat,
    /// Telephone numbers that have been here long enough are erased.
    EraseOld,
}

/// What became of a job.
#[derive(Clone, Debug, PartialEq)]
pub enum JobAnswer {
    /// Of a device.
    Device(Enrolment),
    /// Of a batch: a result for each item, or the fault of the request.
    Items(Result<ItemResults, Fault>),
    /// Of a file: was it new?
    Blob {
        /// It was not held before.
        new: bool,
    },
    /// Of a heartbeat.
    Beat,
    /// So many numbers were erased.
    Erased(usize),
    /// The job panicked. It left nothing behind, and its neighbours were done.
    Broken,
}

/// What became of a device that makes itself known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolment {
    /// It is new.
    New,
    /// It is known with this very token.
    Same,
    /// The id is bound to another token, or the token to another id.
    Taken,
}

/// The transaction did not reach the disk. Nothing of the group is stored, and only a new start may
/// try again: after a failed sync, a second one may lie.
#[derive(Debug, thiserror::Error)]
#[error("the database could not be written: {0}")]
pub struct CommitFailed(#[from] rusqlite::Error);

impl CommitFailed {
    /// The disk is full. SQLite has rolled back cleanly, and later is worth a try.
    pub fn is_disk_full(&self) -> bool {
        self.0.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
    }
}

/// The database and who signs for it.
pub struct Core {
    conn: Connection,
    identity: Identity,
    rules: Rules,
    leaves: Leaves,
    high_water: Option<HighWater>,
}

impl Core {
    /// A database that is gone with this value, for tests and the simulator.
    pub fn in_memory(identity: Identity, rules: Rules) -> Result<Self, Unfit> {
        Self::with(Connection::open_in_memory()?, identity, rules)
    }

    /// The database in a file, durable and sound or refused.
    pub fn open(
        file: &Path,
        identity: Identity,
        rules: Rules,
        synchronous: Synchronous,
    ) -> Result<Self, Unfit> {
        let open = || {
            let conn = Connection::open(file)?;
            make_durable(&conn, synchronous)?;
            check_sound(&conn)?;
            Self::with(conn, identity, rules)
        };
        open().map_err(Unfit::in_words)
    }

    fn with(mut conn: Connection, mut identity: Identity, rules: Rules) -> Result<Self, Unfit> {
        conn.set_prepared_statement_cache_capacity(64);
        // Plans do not depend on the values that are bound, so none is made anew.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        migrate(&mut conn, rules)?;
        identity.epoch = epoch_of(&conn, identity.epoch)?;
        Ok(Self { conn, identity, rules, leaves: Leaves::default(), high_water: None })
    }

    /// Marks reports whose leaf of the taxonomy is not among these.
    pub fn know_leaves(&mut self, leaves: Leaves) {
        self.leaves = leaves;
    }

    /// Notes each commit in the file beside the database, before anybody is answered.
    pub(crate) fn note_in(&mut self, file: HighWater) {
        self.high_water = Some(file);
    }

    /// The epoch of this database and its last `seq`.
    pub fn mark(&self) -> rusqlite::Result<Mark> {
        mark(&self.conn)
    }

    /// Begins another life of the database: it is not certain any more that it holds all that it
    /// has confirmed. Every row gets its receipt of the new epoch.
    pub fn mint_epoch(&mut self, epoch: Epoch) -> Result<(), CommitFailed> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute("UPDATE life SET epoch = ?1", [epoch.to_string()])?;
        let identity = Identity { epoch, ..self.identity.clone() };
        let (now, rules) = (Stamp::utc(0), self.rules);
        Desk { tx: &tx, identity: &identity, leaves: None, now, rules }.sign_all()?;
        tx.commit()?;
        self.identity = identity;
        Ok(())
    }

    /// Keys, and the epoch of this database.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The database, for whoever checks what became of it.
    pub fn connection(&self) -> &Connection {
        &self.conn
    }

    /// The database, for tests that hang a hook on it.
    pub fn connection_mut(&mut self) -> &mut Connection {
        &mut self.conn
    }

    /// Which device a token belongs to.
    pub fn caller(&self, token: &Token) -> rusqlite::Result<Option<DeviceId>> {
        owner(&self.conn, token.digest())
    }

    /// How long a blob must be that this device may bring.
    pub fn awaited(&self, caller: DeviceId, sha256: Digest) -> rusqlite::Result<Option<u64>> {
        awaited(&self.conn, caller, sha256)
    }

    /// What of all this is missing for a device?
    pub fn missing(&self, caller: DeviceId, have: &Have) -> rusqlite::Result<Missing> {
        missing(&self.conn, caller, have)
    }

    /// The page of a device's feed that begins after `seq`.
    pub fn changes(&self, caller: DeviceId, after: u64) -> rusqlite::Result<Changes> {
        feed::page(&self.conn, self.identity.epoch, caller, after)
    }

    /// One device, alone in its transaction.
    pub fn enrol(
        &mut self,
        now: Stamp,
        device: DeviceId,
        token_sha256: Digest,
    ) -> Result<Enrolment, CommitFailed> {
        let mut became = Enrolment::Taken;
        let job = Job::Device { device, token_sha256 };
        self.commit_group(now, vec![job], &mut |_, answer| {
            if let JobAnswer::Device(enrolment) = answer {
                became = enrolment;
            }
        })?;
        Ok(became)
    }

    /// Does a group of jobs in one transaction. `answer` is called with the index of each job once
    /// the transaction is on the disk, and not at all if it does not get there.
    pub fn commit_group(
        &mut self,
        now: Stamp,
        jobs: Vec<Job>,
        answer: &mut dyn FnMut(usize, JobAnswer),
    ) -> Result<(), CommitFailed> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (leaves, rules) = (self.leaves.now(), self.rules);
        let desk = Desk { tx: &tx, identity: &self.identity, leaves, now, rules };
        let answers: Vec<_> =
            jobs.into_iter().map(|job| desk.perform(job)).collect::<rusqlite::Result<_>>()?;
        if self.rules.commit_before_answer {
            tx.commit()?;
            self.raise_high_water()?;
            hand_out(answers, answer);
        } else {
            hand_out(answers, answer);
            tx.commit()?;
        }
        Ok(())
    }

    fn raise_high_water(&mut self) -> Result<(), CommitFailed> {
        let Some(file) = &mut self.high_water else { return Ok(()) };
        if let Err(error) = file.raise(last_seq(&self.conn)?) {
            // What was committed is kept all the same.
            tracing::warn!("the high-water file could not be written: {error}");
        }
        Ok(())
    }
}

/// The epoch of a database and its last `seq`.
pub(crate) fn mark(conn: &Connection) -> rusqlite::Result<Mark> {
    let epoch = conn.query_row("SELECT epoch FROM life", [], |row| parsed(row, 0))?;
    Ok(Mark { epoch, seq: last_seq(conn)? })
}

/// Asked after every commit.
fn last_seq(conn: &Connection) -> rusqlite::Result<u64> {
    let last = "SELECT ifnull(max(seq), 0) FROM item WHERE jurisdiction = ?1";
    conn.prepare_cached(last)?.query_row([JURISDICTION], |row| row.get(0))
}

fn hand_out(answers: Vec<JobAnswer>, answer: &mut dyn FnMut(usize, JobAnswer)) {
    for (at, became) in answers.into_iter().enumerate() {
        answer(at, became);
    }
}

/// Which device a token belongs to, by the token's digest.
pub(crate) fn owner(conn: &Connection, token_sha256: Digest) -> rusqlite::Result<Option<DeviceId>> {
    let known = "SELECT device FROM device WHERE jurisdiction = ?1 AND token_sha256 = ?2";
    conn.prepare_cached(known)?
        .query_row(params![JURISDICTION, token_sha256.to_string()], |row| parsed(row, 0))
        .optional()
}

/// How long a blob must be, if an item that this device has sent names it. Of two that differ the later
/// one counts: it may mend the other.
pub(crate) fn awaited(
    conn: &Connection,
    caller: DeviceId,
    sha256: Digest,
) -> rusqlite::Result<Option<u64>> {
    let named = "SELECT len FROM manifest JOIN carried USING (jurisdiction, seq)
                 WHERE jurisdiction = ?1 AND sha256 = ?2 AND device = ?3
                 ORDER BY seq DESC LIMIT 1";
    conn.prepare_cached(named)?
        .query_row(params![JURISDICTION, sha256.to_string(), caller.to_string()], |row| row.get(0))
        .optional()
}

/// The epoch of a database; a new one gets `fresh`.
fn epoch_of(conn: &Connection, fresh: Epoch) -> rusqlite::Result<Epoch> {
    let new = "INSERT INTO life (one, epoch, beat) VALUES (1, ?1, 0) ON CONFLICT DO NOTHING";
    conn.execute(new, [fresh.to_string()])?;
    conn.query_row("SELECT epoch FROM life", [], |row| parsed(row, 0))
}

/// A column that holds a value in its text form.
pub(crate) fn parsed<T>(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    row.get::<_, String>(column)?.parse().map_err(|error| {
        let text = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(column, text, Box::new(error))
    })
}
