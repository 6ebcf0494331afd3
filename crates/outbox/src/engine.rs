//! The engine: what happened goes in, what to do next comes out.
//!
//! A pass is: load what is unfinished; greet the endpoint; make this device known; mark rows as
//! tried; send texts; send photos; ask again until nothing is missing; rest. Every step is durable
//! before the next begins, so that a crash anywhere costs a repetition and nothing else.

mod judge;
mod pass;

use model::{
    base64::Token,
    hex::{Digest, Epoch},
    receipt::Trust,
    wire::{BlobKept, Enrolled, Hello, ItemResults, Problem, Reason},
};

use self::pass::Pass;
use crate::{
    Now, Rules,
    backoff::{asked_for, full_jitter},
    exchange::{Answer, Request, Verdict},
    phone::{Device, Met, Phone, PhoneChange, Stranger},
    row::{Refusal, RefusalWhy, Row, RowChange, RowKey, WaitReason, Waits},
};

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// There may be something to do.
    Wake(Why),
    /// The phone's record and its unfinished rows, oldest first.
    Loaded(Box<Phone>, Vec<Row>),
    /// The asked commit is on the disk.
    Committed,
    /// The storage failed; nothing of the commit or the load took place.
    StorageFailed,
    /// The asked request came back, one way or another.
    Answered(Answer),
    /// The phone no longer holds bytes with this digest: nothing was sent.
    BlobDamaged(Digest),
}

/// Why the engine wakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The page started.
    Start,
    /// A report was sealed.
    Sealed,
    /// The browser says that there is a network. It lies at times: hello first.
    Online,
    /// The page came into view.
    Visible,
    /// A wait is over.
    Timer,
    /// A person asked.
    Tap,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read the phone's record and its unfinished rows.
    Load,
    /// Change all of these in one durable transaction: each is read, changed and written back.
    Commit(Changes),
    /// Send one request.
    Ask(Request),
    /// Nothing more now. Wake at this moment of the phone's clock, if one is given.
    Rest(Option<i64>),
}

/// Changes that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// To rows.
    pub rows: Vec<(RowKey, RowChange)>,
    /// To the phone's record.
    pub phone: Vec<PhoneChange>,
}

/// The delivery engine of one page.
#[derive(Debug, Default)]
pub struct Engine {
    rules: Rules,
    stage: Stage,
    phone: Phone,
    rows: Vec<Row>,
    pass: Pass,
    /// The endpoint has greeted since this page started, and nothing has failed since.
    greeted: bool,
    /// Failures in a row of a greeting that no row waits for.
    failures: u32,
    /// The last device was refused, and the one in its place is not known yet.
    renewed: bool,
    again_ms: Option<i64>,
    woken: Option<Why>,
}

/// What the engine waits for.
#[derive(Debug, Default, PartialEq)]
enum Stage {
    #[default]
    Idle,
    Loading(Why),
    Committing,
    /// A commit after which the phone's record is read anew: another tab may have been quicker with
    /// a new device, and only one that is stored may be made known.
    Renewing,
    Greeting,
    Enrolling,
    Posting(Vec<RowKey>),
    Putting(RowKey, Digest),
}

impl Engine {
    /// An engine; `rules` is the default except in the table of mutations.
    pub fn new(rules: Rules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Which rows are on their way at this moment. True of this page, stored nowhere.
    pub fn sending(&self) -> Vec<RowKey> {
        match &self.stage {
            Stage::Posting(keys) => keys.clone(),
            Stage::Putting(key, _) => vec![*key],
            _ => Vec::new(),
        }
    }

    /// Is a pass under way?
    pub fn is_busy(&self) -> bool {
        self.stage != Stage::Idle
    }

    /// Takes in what happened, says what to do next.
    pub fn step(&mut self, now: &Now, input: Input) -> Vec<Effect> {
        let stage = core::mem::take(&mut self.stage);
        match (stage, input) {
            (Stage::Idle, Input::Wake(why)) => self.load(why),
            (busy, Input::Wake(why)) => {
                self.stage = busy;
                if why != Why::Timer || self.woken.is_none() {
                    self.woken = Some(why);
                }
                Vec::new()
            }
            (Stage::Loading(why), Input::Loaded(phone, rows)) => self.begin(now, why, *phone, rows),
            (Stage::Committing, Input::Committed) => self.advance(now),
            (Stage::Renewing, Input::Committed) => self.load(Why::Sealed),
            (_, Input::StorageFailed) => self.give_up(now),
            (Stage::Greeting, Input::Answered(answer)) => self.greeted_with(now, &answer),
            (Stage::Enrolling, Input::Answered(answer)) => self.enrolled_with(now, &answer),
            (Stage::Posting(keys), Input::Answered(answer)) => self.posted(now, &keys, &answer),
            (Stage::Putting(key, sha256), Input::Answered(answer)) => {
                self.put(now, key, sha256, &answer)
            }
            (Stage::Putting(key, _), Input::BlobDamaged(sha256)) => {
                self.refuse_blob(key, sha256, RefusalWhy::DamagedHere)
            }
            // An answer nobody waits for: the pass it belonged to is over.
            (stage, _) => {
                self.stage = stage;
                Vec::new()
            }
        }
    }

    fn load(&mut self, why: Why) -> Vec<Effect> {
        self.stage = Stage::Loading(why);
        vec![Effect::Load]
    }

    fn begin(&mut self, now: &Now, why: Why, phone: Phone, mut rows: Vec<Row>) -> Vec<Effect> {
        if matches!(why, Why::Start | Why::Online) {
            self.greeted = false;
        }
        if !matches!(why, Why::Timer | Why::Sealed) {
            self.begin_anew(&mut rows);
        }
        let due = |row: &&Row| why != Why::Timer || row.is_due(now.ms);
        self.pass = Pass::of(rows.iter().filter(due).map(|row| row.key).collect());
        self.phone = phone;
        self.rows = rows;
        self.again_ms = None;
        self.advance(now)
    }

    /// Something has changed around the phone: waits are counted from the start again.
    fn begin_anew(&mut self, rows: &mut [Row]) {
        self.failures = 0;
        for waits in rows.iter_mut().filter_map(|row| row.waits.as_mut()) {
            waits.failures = 0;
        }
    }

    /// What is left to do in this pass, in its order.
    fn advance(&mut self, now: &Now) -> Vec<Effect> {
        if !self.greeted && !self.pass.is_over() {
            return self.ask(Stage::Greeting, Request::hello());
        }
        let Some(device) = self.phone.device.clone().filter(|_| self.pass.has_work()) else {
            return self.rest();
        };
        if !device.enrolled {
            return self.ask(Stage::Enrolling, Request::enrol(device.id, &device.token));
        }
        let batch = self.pass.next_batch(&self.rows);
        if !batch.is_empty() {
            return self.post(now, device.token, batch);
        }
        match self.pass.next_blob() {
            Some((key, sha256)) => {
                self.ask(Stage::Putting(key, sha256), Request::blob(device.token, sha256))
            }
            None => self.rest(),
        }
    }

    /// Sends a batch, once the rows in it are marked as tried.
    fn post(&mut self, now: &Now, token: Token, batch: Vec<RowKey>) -> Vec<Effect> {
        let rows: Vec<&Row> = batch.iter().filter_map(|key| self.row(*key)).collect();
        let untried: Vec<RowKey> =
            rows.iter().filter(|row| !row.tried).map(|row| row.key).collect();
        if untried.is_empty() {
            let request = Request::items(now, token, &rows);
            return self.ask(Stage::Posting(batch), request);
        }
        self.pass.put_back(&batch);
        let marks = untried.into_iter().map(|key| (key, RowChange::Tried)).collect();
        self.commit(Changes { rows: marks, phone: Vec::new() })
    }

    fn greeted_with(&mut self, now: &Now, answer: &Answer) -> Vec<Effect> {
        let (hello, epoch) = match answer.read::<Hello>() {
            Verdict::Done(hello, epoch) => (hello, epoch),
            other => return self.failed(now, other),
        };
        if hello.epoch != epoch {
            return self.wait_all(now, WaitReason::NotAnAnswer, None);
        }
        let met = Met::from(&hello);
        match self.phone.keys.judge(&hello.keys) {
            Trust::Known(keys) => {
                self.greeted = true;
                self.failures = 0;
                self.change_phone(PhoneChange::Met(met, keys))
            }
            Trust::Stranger => {
                let stranger = PhoneChange::Stranger(Stranger { met, keys: hello.keys });
                let mut changes = self.waits(now, WaitReason::OtherKeys, None);
                changes.phone.push(stranger);
                self.commit(changes)
            }
            Trust::Broken => self.wait_all(now, WaitReason::NotAnAnswer, None),
        }
    }

    fn enrolled_with(&mut self, now: &Now, answer: &Answer) -> Vec<Effect> {
        let Some(device) = self.phone.device.clone() else { return self.give_up(now) };
        match answer.read::<Enrolled>() {
            Verdict::Done(enrolled, _) if enrolled.device == device.id => {
                self.renewed = false;
                self.change_phone(PhoneChange::Enrolled(device.id))
            }
            Verdict::Done(..) => self.wait_all(now, WaitReason::NotAnAnswer, None),
            Verdict::Refused(problem) if problem.status == 409 => self.renew_device(now, &device),
            other => self.failed(now, other),
        }
    }

    fn posted(&mut self, now: &Now, keys: &[RowKey], answer: &Answer) -> Vec<Effect> {
        let verdict = answer.read::<ItemResults>();
        if !self.rules.keep_until_receipt && !matches!(verdict, Verdict::Done(..)) {
            return self.let_go(keys);
        }
        match verdict {
            Verdict::Done(results, epoch) if results.results.len() == keys.len() => {
                self.settle(now, keys, &results, epoch)
            }
            Verdict::Done(..) => {
                self.pass.put_back(keys);
                self.wait_all(now, WaitReason::NotAnAnswer, None)
            }
            Verdict::Refused(problem) if matches!(problem.status, 400 | 413) => {
                self.smaller_batch(keys, &problem)
            }
            Verdict::Refused(problem) if problem.status == 401 => {
                self.pass.put_back(keys);
                self.token_refused(now)
            }
            other => {
                self.pass.put_back(keys);
                self.failed(now, other)
            }
        }
    }

    fn settle(
        &mut self,
        now: &Now,
        keys: &[RowKey],
        results: &ItemResults,
        epoch: Epoch,
    ) -> Vec<Effect> {
        self.pass.widen();
        // Another life of the database answers than the one that greeted: hear it first.
        self.greeted &= self.phone.met.as_ref().is_some_and(|met| met.epoch == epoch);
        let mut changes = Changes::default();
        for (key, result) in keys.iter().zip(&results.results) {
            let Some(row) = self.row(*key) else { continue };
            let ruling = judge::item(&self.phone.keys, self.rules, row, result, epoch);
            let taken = ruling.number_taken && self.is_of_this_device(row);
            self.greeted &= !ruling.is_other_keys();
            if taken && changes.phone.is_empty() {
                changes.phone.extend(self.renewal(now));
            }
            self.take_ruling(now, *key, ruling.change, &mut changes);
        }
        self.commit(changes)
    }

    fn take_ruling(&mut self, now: &Now, key: RowKey, ruled: judge::Change, into: &mut Changes) {
        let change = match ruled {
            judge::Change::Row(change) => change,
            judge::Change::Wait(reason, after) => self.wait(now, key, reason, after),
        };
        let asked_twice = matches!(&change, RowChange::Settle(settled)
            if !self.pass.wants(key, &settled.delivery));
        into.rows.push((key, change));
        if asked_twice {
            into.rows.push((key, self.wait(now, key, WaitReason::DamagedOnTheWay, None)));
        }
    }

    fn put(&mut self, now: &Now, key: RowKey, sha256: Digest, answer: &Answer) -> Vec<Effect> {
        match answer.read::<BlobKept>() {
            Verdict::Done(kept, _) if kept.sha256 == sha256 => {
                self.pass.blob_sent(key, sha256);
                self.advance(now)
            }
            Verdict::Refused(problem) => self.put_refused(now, key, sha256, problem),
            other => {
                self.pass.blob_back(key, sha256);
                self.failed(now, other)
            }
        }
    }

    fn put_refused(&mut self, now: &Now, key: RowKey, sha256: Digest, why: Problem) -> Vec<Effect> {
        match why.status {
            401 => {
                self.pass.blob_back(key, sha256);
                self.token_refused(now)
            }
            413 => self.refuse_blob(key, sha256, RefusalWhy::Rejected(Reason::TooLarge)),
            415 => self.refuse_blob(key, sha256, RefusalWhy::Rejected(Reason::Malformed)),
            // The door has just digested these bytes: it was the way that changed them.
            422 => self.wait_one(now, key, WaitReason::DamagedOnTheWay),
            // The endpoint does not know the text any more: send it again before its photo.
            404 if self.pass.text_again(key) => self.advance(now),
            404 => self.wait_one(now, key, WaitReason::NotProven),
            _ => {
                self.pass.blob_back(key, sha256);
                self.failed::<BlobKept>(now, Verdict::Refused(why))
            }
        }
    }

    fn refuse_blob(&mut self, key: RowKey, sha256: Digest, why: RefusalWhy) -> Vec<Effect> {
        let at = self.row(key).and_then(|row| row.blobs.iter().position(|it| it.sha256 == sha256));
        let field = at.map_or_else(|| "/sealed/blobs".into(), |i| format!("/sealed/blobs/{i}"));
        self.pass.drop_row(key);
        self.change_row(key, RowChange::Refuse(Refusal { why, field, limit: None }))
    }

    fn smaller_batch(&mut self, keys: &[RowKey], problem: &Problem) -> Vec<Effect> {
        if keys.len() > 1 {
            self.pass.put_back(keys);
            self.pass.halve(keys.len());
            return self.again();
        }
        let Some(&key) = keys.first() else { return self.again() };
        let reason = if problem.status == 413 { Reason::TooLarge } else { Reason::Malformed };
        let field = problem.field.clone().unwrap_or_default();
        let why = RefusalWhy::Rejected(reason);
        self.change_row(key, RowChange::Refuse(Refusal { why, field, limit: problem.limit }))
    }

    /// An empty commit: the next step is decided anew.
    fn again(&mut self) -> Vec<Effect> {
        self.commit(Changes::default())
    }

    /// The endpoint does not know this token: it was restored, or is another one. So hear who it is
    /// before making the device known again, and do so once a pass.
    fn token_refused(&mut self, now: &Now) -> Vec<Effect> {
        self.greeted = false;
        match self.phone.device.as_ref().map(|device| device.id) {
            Some(id) if self.pass.may_enrol_again() => {
                self.change_phone(PhoneChange::Forgotten(id))
            }
            _ => self.wait_all(now, WaitReason::TokenRefused, None),
        }
    }

    fn renew_device(&mut self, now: &Now, device: &Device) -> Vec<Effect> {
        if core::mem::replace(&mut self.renewed, true) {
            self.renewed = false;
            return self.wait_all(now, WaitReason::TokenRefused, None);
        }
        let new = Device::new(now, self.phone.id_ms(now.ms));
        self.change_phone(PhoneChange::Renewed { old: device.id, new })
    }

    /// Rows of a device that was given up long ago say nothing about the one in its place.
    fn is_of_this_device(&self, row: &Row) -> bool {
        self.phone.device.as_ref().is_some_and(|device| row.sealed_by() == Some(device.id))
    }

    fn renewal(&mut self, now: &Now) -> Option<PhoneChange> {
        let old = self.phone.device.as_ref()?.id;
        let new = Device::new(now, self.phone.id_ms(now.ms));
        Some(PhoneChange::Renewed { old, new })
    }

    /// A request that was not done: everything of this pass waits, each with the reason.
    fn failed<T>(&mut self, now: &Now, verdict: Verdict<T>) -> Vec<Effect> {
        let (reason, after) = match verdict {
            Verdict::Unreachable => (WaitReason::Unreachable, None),
            Verdict::Refused(problem) => judge::refused(&problem),
            Verdict::NotAnAnswer | Verdict::Done(..) => (WaitReason::NotAnAnswer, None),
        };
        self.wait_all(now, reason, after)
    }

    fn wait_all(&mut self, now: &Now, reason: WaitReason, after: Option<u32>) -> Vec<Effect> {
        let changes = self.waits(now, reason, after);
        self.commit(changes)
    }

    fn waits(&mut self, now: &Now, reason: WaitReason, after: Option<u32>) -> Changes {
        self.greeted = false;
        self.failures = self.failures.saturating_add(1);
        self.again_ms = Some(now.ms.saturating_add(self.pause(now, self.failures, after)));
        let keys = self.pass.end();
        let rows = keys.into_iter().map(|key| (key, self.wait(now, key, reason, after))).collect();
        Changes { rows, phone: Vec::new() }
    }

    fn wait_one(&mut self, now: &Now, key: RowKey, reason: WaitReason) -> Vec<Effect> {
        self.pass.drop_row(key);
        let change = self.wait(now, key, reason, None);
        self.change_row(key, change)
    }

    fn wait(&self, now: &Now, key: RowKey, reason: WaitReason, after: Option<u32>) -> RowChange {
        let before = self.row(key).and_then(|row| row.waits.as_ref()).map_or(0, |it| it.failures);
        let failures = before.saturating_add(1);
        let until_ms = now.ms.saturating_add(self.pause(now, failures, after));
        RowChange::Wait(Waits { reason, until_ms, failures, tried_ms: now.ms })
    }

    #[expect(clippy::unused_self, reason = "reads as a sentence beside its neighbours")]
    fn pause(&self, now: &Now, failures: u32, after: Option<u32>) -> i64 {
        after.map_or_else(|| full_jitter(failures, u64::from_le_bytes(now.bytes(56))), asked_for)
    }

    /// What the table of mutations does with the rule "keep until a receipt has come" off.
    fn let_go(&mut self, keys: &[RowKey]) -> Vec<Effect> {
        let epoch = self.phone.met.as_ref().map_or(Epoch([0; 16]), |met| met.epoch);
        let gone = |key: &RowKey| (*key, judge::unproven(epoch));
        self.commit(Changes { rows: keys.iter().map(gone).collect(), phone: Vec::new() })
    }

    fn change_phone(&mut self, change: PhoneChange) -> Vec<Effect> {
        self.commit(Changes { rows: Vec::new(), phone: vec![change] })
    }

    fn change_row(&mut self, key: RowKey, change: RowChange) -> Vec<Effect> {
        self.commit(Changes { rows: vec![(key, change)], phone: Vec::new() })
    }

    /// Takes changes in here and asks for them to be made durable. If that fails the pass is given
    /// up, and the next one loads what really is on the disk.
    fn commit(&mut self, changes: Changes) -> Vec<Effect> {
        for change in &changes.phone {
            self.phone.apply(change);
        }
        for (key, change) in &changes.rows {
            if let Some(row) = self.rows.iter_mut().find(|row| row.key == *key) {
                row.apply(change);
            }
        }
        let renews = |change: &PhoneChange| matches!(change, PhoneChange::Renewed { .. });
        self.stage =
            if changes.phone.iter().any(renews) { Stage::Renewing } else { Stage::Committing };
        vec![Effect::Commit(changes)]
    }

    /// The storage failed. What it was to keep may be lost, the endpoint's greeting among it.
    fn give_up(&mut self, now: &Now) -> Vec<Effect> {
        self.greeted = false;
        self.pass.end();
        self.rows.clear();
        self.failures = self.failures.saturating_add(1);
        self.again_ms = Some(now.ms.saturating_add(self.pause(now, self.failures, None)));
        self.rest()
    }

    fn ask(&mut self, stage: Stage, request: Request) -> Vec<Effect> {
        self.stage = stage;
        vec![Effect::Ask(request)]
    }

    /// The pass is over. If somebody woke the engine meanwhile there is another at once.
    fn rest(&mut self) -> Vec<Effect> {
        if let Some(why) = self.woken.take() {
            return self.load(why);
        }
        let waits = self.rows.iter().filter(|row| row.is_unfinished());
        let next = waits.filter_map(|row| row.waits.as_ref()).map(|it| it.until_ms);
        let until = next.chain(self.again_ms).min();
        self.rows.clear();
        vec![Effect::Rest(until)]
    }

    fn row(&self, key: RowKey) -> Option<&Row> {
        self.rows.iter().find(|row| row.key == key)
    }
}
