//! The engine: what happened goes in, what to do next comes out.
//!
//! A pass is: load what is unfinished; greet the endpoint; make this device known; mark rows as
//! tried; send texts; send photos; ask again until nothing is missing; rest. Every step is durable
//! before the next begins, so that a crash anywhere costs a repetition and nothing else.

/// How much of an endpoint's word an engine can check.
mod checks;

/// 1. Who is there, and who this phone is to them.
mod known;

/// What an endpoint has forgotten.
mod lives;

/// What an endpoint has stored.
mod feed;

/// 2. Texts first.
mod texts;

/// 3. Then photos, and their texts again.
mod photos;

/// How fast, and in what form.
mod way;

mod judge;
mod pass;

/// What waits, why, and until when.
mod waits;

use model::hex::{Digest, Epoch};

pub use self::checks::Checks;
use self::{pass::Pass, photos::Upload, way::Way};
use crate::{
    Now, Rules,
    exchange::{Answer, Request},
    phone::{Phone, PhoneChange},
    row::{RefusalWhy, Row, RowChange, RowKey},
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
    /// A row holds other bytes than those that were loaded, because a person has undone it
    /// meanwhile; or the endpoint has begun another life. Nothing of the commit took place.
    Overtaken,
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
    /// The life of the endpoint in which this was decided. If the phone has met another meanwhile,
    /// in another tab, nothing of it may take place.
    pub life: Option<Epoch>,
}

impl Changes {
    /// Is it still about the endpoint that the phone knows?
    pub fn fits(&self, phone: &Phone) -> bool {
        self.life.is_none_or(|life| phone.is_in(life))
    }
}

/// The delivery engine of one page, or of the worker.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "notes that hold beside each other")]
pub struct Engine {
    rules: Rules,
    checks: Checks,
    stage: Stage,
    phone: Phone,
    rows: Vec<Row>,
    pass: Pass,
    way: Way,
    /// When the last upload began, by the page's monotonic clock.
    asked_ms: u64,
    /// The endpoint has greeted since this page started, and nothing has failed since.
    greeted: bool,
    /// Failures in a row of a greeting that no row waits for.
    failures: u32,
    /// The last device was refused, and the one in its place is not known yet.
    renewed: bool,
    /// Another life has answered than the one that greeted, and was heard because of it.
    heard_again: bool,
    /// After this pass the feed is to be read.
    reads: bool,
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
    Asking(Vec<RowKey>),
    Posting(Vec<RowKey>),
    Uploading(Upload),
    Reading,
}

impl Engine {
    /// An engine; `rules` is the default except in the table of mutations.
    pub fn new(rules: Rules, checks: Checks) -> Self {
        Self {
            rules,
            checks,
            stage: Stage::default(),
            phone: Phone::default(),
            rows: Vec::new(),
            pass: Pass::default(),
            way: Way::default(),
            asked_ms: 0,
            greeted: false,
            failures: 0,
            renewed: false,
            heard_again: false,
            reads: false,
            again_ms: None,
            woken: None,
        }
    }

    /// Which rows are on their way at this moment. True of this page, stored nowhere.
    pub fn sending(&self) -> Vec<RowKey> {
        match &self.stage {
            Stage::Posting(keys) => keys.clone(),
            Stage::Uploading(upload) => vec![upload.key],
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
        if let Input::Answered(answer) = &input
            && self.is_of_another_life(answer)
        {
            self.greeted = false;
        }
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
            (Stage::Renewing, Input::Committed)
            | (Stage::Committing | Stage::Renewing, Input::Overtaken) => self.load(Why::Sealed),
            (_, Input::StorageFailed) => self.give_up(now),
            (Stage::Greeting, Input::Answered(answer)) => self.greeted_with(now, &answer),
            (Stage::Enrolling, Input::Answered(answer)) => self.enrolled_with(now, &answer),
            (Stage::Asking(keys), Input::Answered(answer)) => {
                self.told_missing(now, &keys, &answer)
            }
            (Stage::Posting(keys), Input::Answered(answer)) => self.posted(now, &keys, &answer),
            (Stage::Reading, Input::Answered(answer)) => (self.checks.feed)(self, now, &answer),
            (Stage::Uploading(upload), Input::Answered(answer)) => {
                self.uploaded(now, upload, &answer)
            }
            (Stage::Uploading(upload), Input::BlobDamaged(sha256)) => {
                self.refuse_blob(upload.key, sha256, RefusalWhy::DamagedHere)
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
        self.reads |= why == Why::Start && self.checks.prove;
        if !matches!(why, Why::Timer | Why::Sealed) {
            self.begin_anew(&mut rows);
        }
        self.phone = phone;
        self.rows = rows;
        self.again_ms = None;
        let checked = self.check_arrived(now);
        let commit = (!checked.rows.is_empty()).then(|| self.commit(checked));
        let due = |row: &&Row| match why {
            Why::Start | Why::Tap => true,
            Why::Sealed | Why::Online | Why::Visible => !row.is_parked() || row.is_due(now.ms),
            Why::Timer => row.is_due(now.ms),
        };
        let to_send = |row: &&Row| row.is_unfinished() && !row.awaits_check();
        self.pass = Pass::of(self.rows.iter().filter(to_send).filter(due));
        self.pass.ask_about(self.to_ask_about());
        commit.unwrap_or_else(|| self.advance(now))
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
        let asks = self.phone.asks && !self.pass.is_over();
        let is_known = self.phone.device.as_ref().is_some_and(|device| device.enrolled);
        let reads = self.reads && is_known && !self.pass.is_over();
        let to_do = asks || reads || self.pass.has_work();
        let Some(device) = self.phone.device.clone().filter(|_| to_do) else {
            return self.rest();
        };
        if !device.enrolled {
            return self.ask(Stage::Enrolling, Request::enrol(device.id, &device.token));
        }
        if asks {
            return self.ask_missing(device.token);
        }
        let batch = self.pass.next_batch(&self.rows);
        if !batch.is_empty() {
            return self.post(now, device.token, batch);
        }
        if let Some((key, sha256)) = self.pass.next_blob() {
            return self.upload(now, key, sha256);
        }
        match self.pass.next_alone() {
            Some(key) => self.post(now, device.token, vec![key]),
            None if reads => self.read_on(device.token),
            None => self.rest(),
        }
    }

    fn change_row(&mut self, key: RowKey, change: RowChange) -> Vec<Effect> {
        self.commit(Changes { rows: vec![(key, change)], ..Changes::default() })
    }

    fn change_phone(&mut self, change: PhoneChange) -> Vec<Effect> {
        self.commit(Changes { phone: vec![change], ..Changes::default() })
    }

    /// Takes changes in here and asks for them to be made durable. If that fails the pass is given
    /// up, and the next one loads what really is on the disk.
    fn commit(&mut self, mut changes: Changes) -> Vec<Effect> {
        let met = self.phone.met.as_ref().map(|met| met.epoch);
        if !changes.rows.is_empty() {
            changes.life = met;
        }
        for change in &changes.phone {
            self.phone.apply(change);
        }
        for (key, change) in &changes.rows {
            if let Some(row) = self.rows.iter_mut().find(|row| row.key == *key) {
                row.apply(change);
            }
        }
        // After another device or another life the phone's record is read anew.
        let renews = |change: &PhoneChange| match change {
            PhoneChange::Renewed { .. } => self.rules.stored_device,
            PhoneChange::Met(..) => met.is_some() && self.phone.asks,
            _ => false,
        };
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
        self.heard_again = false;
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
