use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::runs::Mutation;
use ed25519_dalek::SigningKey;
use endpoint::{
    core::{Core, Enrolment, Job, JobAnswer},
    identity::Identity,
};
use model::{
    JURISDICTION,
    base64::{Cursor, Token},
    changes::Changes,
    have::received_have,
    hex::{Digest, Epoch},
    ids::DeviceId,
    stamp::Stamp,
    wire::{BlobKept, Enrolled, Hello, Limits, Mode, Problem, headers::PROTOCOL_1, received_enrol},
};
use outbox::{
    RowKey,
    exchange::{Body, Reply, Request},
};
use rusqlite::{Connection, Error as Trouble, Row as Line, backup::Backup, config::DbConfig};
use serde::Serialize;

/// The real endpoint. Its database and its files survive a crash; what was under way does not.
pub struct Server {
    core: Core,
    files: BTreeMap<Digest, Vec<u8>>,
    /// Photos of which some bytes are here, each of the device that brings it.
    parts: BTreeMap<(DeviceId, Digest), Vec<u8>>,
    /// Read by the database at each commit: true makes the disk fail there.
    dies: Arc<AtomicBool>,
    /// A copy of the database and of its files, made one night.
    backup: Option<(Connection, BTreeMap<Digest, Vec<u8>>)>,
    digests: bool,
    /// Up to here nothing is missing in the copy.
    safe: u64,
    pub is_up: bool,
}

/// A request as it arrives, with the bytes of its blob.
pub struct Arrived {
    pub no: u64,
    pub request: Request,
    pub bytes: Option<Vec<u8>>,
}

/// An item as the database holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub seq: u64,
    pub sha256: String,
    pub sealed: String,
    /// Of a telephone number that was taken back only the digest is left.
    erased: bool,
}

impl Held {
    /// Is it this text?
    pub fn is(&self, text: &str) -> bool {
        let digest = Digest::of(text.as_bytes()).to_string();
        self.sha256 == digest && (self.erased || self.sealed == text)
    }
}

impl Server {
    pub fn new(mutation: Mutation, now_ms: i64) -> Self {
        let secret = SigningKey::from_bytes(&[7; 32]);
        let identity = Identity::first(secret, Stamp::utc(now_ms), Epoch([9; 16]));
        let mut core = Core::in_memory(identity, mutation.server).unwrap();
        // Plans that do not depend on the bound values are not made anew for each of them.
        let stable = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
        core.connection().set_db_config(stable, true).unwrap();
        let dies = Arc::new(AtomicBool::new(false));
        let hook = Arc::clone(&dies);
        core.connection_mut().commit_hook(Some(move || hook.load(Ordering::Relaxed))).unwrap();
        Self {
            core,
            files: BTreeMap::new(),
            parts: BTreeMap::new(),
            dies,
            backup: None,
            digests: mutation.digest,
            safe: 0,
            is_up: true,
        }
    }

    /// Copies everything, in the place of an older copy.
    pub fn back_up(&mut self) {
        let mut copy = Connection::open_in_memory().unwrap();
        Backup::new(self.core.connection(), &mut copy).unwrap().step(-1).unwrap();
        self.backup = Some((copy, self.files.clone()));
        self.safe = self.complete_upto();
    }

    /// The last `seq` before the first item that still waits for a photo.
    fn complete_upto(&self) -> u64 {
        let complete = "SELECT ifnull(
                (SELECT min(seq) - 1 FROM manifest WHERE sha256 NOT IN (SELECT sha256 FROM blob)),
                (SELECT ifnull(max(seq), 0) FROM item))";
        self.core.connection().query_row(complete, [], |row| row.get(0)).unwrap()
    }

    /// The disk is lost, and the copy takes its place under a new epoch. False: there is no copy.
    pub fn restore(&mut self, epoch: Epoch) -> bool {
        let Some((copy, files)) = &self.backup else { return false };
        self.files.clone_from(files);
        self.parts.clear();
        Backup::new(copy, self.core.connection_mut()).unwrap().step(-1).unwrap();
        self.core.mint_epoch(epoch).unwrap();
        true
    }

    /// Which life of the database this is.
    pub fn epoch(&self) -> Epoch {
        self.core.identity().epoch
    }

    /// Answers a group of requests out of one transaction. If the server `dies` at its commit it
    /// is down, and what has not been answered by then never is.
    pub fn serve(&mut self, now_ms: i64, group: Vec<Arrived>, dies: bool) -> Vec<(u64, Reply)> {
        let mut answers = Vec::new();
        let (mut asked, mut jobs) = (Vec::new(), Vec::new());
        for arrived in group {
            match self.open(now_ms, &arrived) {
                Ok(job) => {
                    asked.push(arrived);
                    jobs.push(job);
                }
                Err(reply) => answers.push((arrived.no, reply)),
            }
        }
        self.dies.store(dies, Ordering::Relaxed);
        let mut written = Vec::new();
        let done = self.core.commit_group(Stamp::utc(now_ms), jobs, &mut |at, answer| {
            written.push((at, answer));
        });
        self.dies.store(false, Ordering::Relaxed);
        self.is_up = done.is_ok();
        let epoch = self.core.identity().epoch;
        answers.extend(written.into_iter().map(|(at, answer)| {
            let asked: &Arrived = &asked[at];
            (asked.no, answered(epoch, &asked.request, answer))
        }));
        answers
    }

    /// What is to be written for a request, or the answer that needs no writing.
    fn open(&mut self, now_ms: i64, arrived: &Arrived) -> Result<Job, Reply> {
        let path = arrived.request.path.strip_prefix("/sync/v1/").unwrap();
        match (path.split_once('/').unwrap_or((path, "")), &arrived.request.body) {
            (("hello", _), _) => Err(self.reply(200, &self.hello(now_ms))),
            (("devices", id), Body::Json(body)) => {
                let token_sha256 = received_enrol(body).unwrap().token_sha256;
                Ok(Job::Device { device: id.parse().unwrap(), token_sha256 })
            }
            (("items", _), Body::Json(body)) => {
                Ok(Job::Items { caller: self.caller(&arrived.request)?, body: body.clone() })
            }
            ((feed, _), Body::None) if feed.starts_with("changes") => {
                let caller = self.caller(&arrived.request)?;
                Err(self.changes(caller, feed.strip_prefix("changes?after=")))
            }
            (("have", _), Body::Json(body)) => {
                let caller = self.caller(&arrived.request)?;
                let missing = self.core.missing(caller, &received_have(body).unwrap()).unwrap();
                Err(self.reply(200, &missing))
            }
            (("blobs", _), Body::Blob { sha256 }) => {
                let caller = self.caller(&arrived.request)?;
                self.receive(caller, *sha256, arrived.bytes.clone().unwrap())
            }
            (("blobs", sha256), body) => {
                let caller = self.caller(&arrived.request)?;
                let bytes = arrived.bytes.as_deref().unwrap_or_default();
                self.piece(caller, sha256.parse().unwrap(), body, bytes)
            }
            what => panic!("no such request: {what:?}"),
        }
    }

    /// `HEAD` and `PATCH`: how much is here, and a piece more. The last one makes the photo whole.
    fn piece(
        &mut self,
        caller: DeviceId,
        sha256: Digest,
        body: &Body,
        bytes: &[u8],
    ) -> Result<Job, Reply> {
        let Some(whole) = self.core.awaited(caller, sha256).unwrap() else {
            return Err(self.refusal(404, "no-such"));
        };
        if self.holds_blob(sha256) {
            return Err(self.told(whole));
        }
        let part = self.parts.entry((caller, sha256)).or_default();
        let held = part.len() as u64;
        match *body {
            Body::Piece { from, .. } if from == held => part.extend(bytes),
            Body::Piece { .. } => {
                let mut wrong = self.refusal(409, "offset");
                wrong.offset = Some(held);
                return Err(wrong);
            }
            _ => {}
        }
        if (part.len() as u64) < whole {
            let held = part.len() as u64;
            return Err(self.told(held));
        }
        let bytes = self.parts.remove(&(caller, sha256)).unwrap();
        self.receive(caller, sha256, bytes)
    }

    fn told(&self, held: u64) -> Reply {
        Reply { offset: Some(held), ..self.reply(200, &()) }
    }

    /// First the file, then its row: as the endpoint does, with a map for a folder.
    fn receive(&mut self, caller: DeviceId, sha256: Digest, bytes: Vec<u8>) -> Result<Job, Reply> {
        let len = bytes.len() as u64;
        match self.core.awaited(caller, sha256).unwrap() {
            None => Err(self.refusal(404, "no-such")),
            Some(awaited) if awaited != len => Err(self.refusal(422, "digest")),
            Some(_) if self.digests && Digest::of(&bytes) != sha256 => {
                Err(self.refusal(422, "digest"))
            }
            Some(_) => {
                self.files.insert(sha256, bytes);
                Ok(Job::Blob { sha256, len })
            }
        }
    }

    fn caller(&self, request: &Request) -> Result<DeviceId, Reply> {
        let known = request.token.and_then(|token: Token| self.core.caller(&token).unwrap());
        known.ok_or_else(|| self.refusal(401, "token-unknown"))
    }

    fn changes(&self, caller: DeviceId, after: Option<&str>) -> Reply {
        let after: Option<Cursor> = after.map(|cursor| cursor.parse().unwrap());
        let (epoch, after) = after.map_or((self.epoch(), 0), Cursor::parts);
        if epoch != self.epoch() {
            return self.refusal(410, "epoch-changed");
        }
        let page = self.core.changes(caller, after).unwrap();
        self.reply(200, &Changes { safe_upto: Some(self.safe), ..page })
    }

    fn hello(&self, now_ms: i64) -> Hello {
        Hello {
            epoch: self.core.identity().epoch,
            now: Stamp::utc(now_ms),
            jurisdiction: JURISDICTION.to_owned(),
            mode: Mode::Demo,
            operator: None,
            min_client: "0.1.0".to_owned(),
            limits: Limits::default(),
            safe_upto: Some(self.safe),
            contributions: false,
            base_map: None,
            keys: self.core.identity().keys.clone(),
        }
    }

    /// A refusal of the endpoint itself.
    pub fn refusal(&self, status: u16, slug: &str) -> Reply {
        self.reply(status, &problem(status, slug))
    }

    fn reply<T: Serialize>(&self, status: u16, body: &T) -> Reply {
        reply(self.core.identity().epoch, status, body)
    }

    /// Forgets every device: what a restored backup does that is older than their enrolment.
    pub fn forget_devices(&self) {
        self.core.connection().execute("DELETE FROM device", []).unwrap();
    }

    /// Somebody else has this device id.
    pub fn take_device(&mut self, now_ms: i64, device: DeviceId) {
        let token = Digest::of(b"somebody else's token");
        self.core.enrol(Stamp::utc(now_ms), device, token).unwrap();
    }

    /// Every row with this key, in the order of the feed.
    pub fn held(&self, key: RowKey) -> Vec<Held> {
        let rows = "SELECT seq, sha256, sealed, sealed = '' AND kind = 'contact' FROM item
                    WHERE jurisdiction = ?1 AND id = ?2 AND rev = ?3 ORDER BY seq";
        let mut rows = self.core.connection().prepare_cached(rows).unwrap();
        let key = (JURISDICTION, key.id.to_string(), key.rev);
        let held = rows.query_map(key, |row| {
            let (seq, sha256, sealed) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Held { seq, sha256, sealed, erased: row.get(3)? })
        });
        held.unwrap().map(Result::unwrap).collect()
    }

    /// Telephone numbers that can be read although the device that has sent them has sent a
    /// withdrawal of them, or of their report.
    pub fn taken_back_and_still_here(&self) -> Vec<String> {
        let left = "SELECT c.id FROM item c JOIN carried cc USING (jurisdiction, seq)
                    WHERE c.kind = 'contact' AND c.sealed <> '' AND EXISTS (
                        SELECT 1 FROM item w JOIN carried wc USING (jurisdiction, seq)
                        WHERE w.kind = 'withdraw' AND wc.device = cc.device
                          AND json_extract(w.sealed, '$.body.of')
                              IN (c.id, json_extract(c.sealed, '$.body.of')))";
        self.table(left, |row| row.get(0))
    }

    /// Is this blob there, row and bytes?
    pub fn holds_blob(&self, sha256: Digest) -> bool {
        let row = "SELECT len FROM blob WHERE jurisdiction = ?1 AND sha256 = ?2";
        let mut row = self.core.connection().prepare_cached(row).unwrap();
        let len = row.query_row((JURISDICTION, sha256.to_string()), |row| row.get::<_, usize>(0));
        let file = self.files.get(&sha256);
        file.is_some_and(|file| {
            len.is_ok_and(|len| len == file.len()) && Digest::of(file) == sha256
        })
    }

    /// Every row: where in the feed, key and digest.
    pub fn feed(&self) -> Vec<(u64, String, u32, String)> {
        self.table("SELECT seq, id, rev, sha256 FROM item ORDER BY seq", |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
    }

    /// Which device has used which number, smallest first.
    pub fn numbers(&self) -> Vec<(String, u64)> {
        self.table("SELECT device, dseq FROM item ORDER BY device, dseq", |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Every receipt that was made in this life and is not lost.
    pub fn receipts(&self) -> BTreeSet<String> {
        self.table("SELECT text FROM receipt", |row| row.get(0)).into_iter().collect()
    }

    /// Every device, with the digest of its token.
    pub fn devices(&self) -> Vec<(String, String)> {
        let all = "SELECT device, token_sha256 FROM device ORDER BY device";
        self.table(all, |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn table<T>(&self, sql: &str, read: fn(&Line<'_>) -> Result<T, Trouble>) -> Vec<T> {
        let mut rows = self.core.connection().prepare_cached(sql).unwrap();
        let rows = rows.query_map([], read).unwrap();
        rows.map(Result::unwrap).collect()
    }
}

fn answered(epoch: Epoch, request: &Request, answer: JobAnswer) -> Reply {
    match answer {
        JobAnswer::Device(Enrolment::Taken) => reply(epoch, 409, &problem(409, "device-taken")),
        JobAnswer::Device(_) => {
            let device = request.path.rsplit('/').next().unwrap().parse().unwrap();
            reply(epoch, 201, &Enrolled { device })
        }
        JobAnswer::Items(Ok(results)) => reply(epoch, 200, &results),
        JobAnswer::Blob { new } => {
            let sha256: Digest = request.path.rsplit('/').next().unwrap().parse().unwrap();
            let held = match request.body {
                Body::Piece { from, len, .. } => Some(from + len),
                _ => Some(u64::MAX),
            };
            let status = if new { 201 } else { 200 };
            Reply { offset: held, ..reply(epoch, status, &BlobKept { sha256, len: 0 }) }
        }
        strange => panic!("the endpoint answered {strange:?} to {request:?}"),
    }
}

fn reply<T: Serialize>(epoch: Epoch, status: u16, body: &T) -> Reply {
    Reply {
        status,
        protocol: Some(PROTOCOL_1.to_owned()),
        epoch: Some(epoch.to_string()),
        retry_after: None,
        offset: None,
        body: serde_json::to_string(body).unwrap(),
    }
}

fn problem(status: u16, slug: &str) -> Problem {
    Problem {
        kind: format!("/problems/{slug}"),
        title: slug.to_owned(),
        status,
        detail: None,
        instance: None,
        field: None,
        limit: None,
        retry_after: None,
        offset: None,
    }
}
