use std::collections::{BTreeMap, BTreeSet};

use ed25519_dalek::SigningKey;
use model::{
    JURISDICTION,
    base64::Cursor,
    changes::{Change, ChangedItem, Changes as Page},
    have::{Missing, received_have},
    hex::{Boot, Digest, Epoch},
    ids::DeviceId,
    receipt::{Claim, OfReceipt, Receipt, SignedKey, sign_receipt},
    report::Report,
    sealed::{BlobEntry, BlobType, Kind, Role, Sealed},
    stamp::Stamp,
    wire::{
        BlobKept, Enrolled, Hello, ItemOutcome, ItemResult, ItemResults, Limits, Mode, Problem,
        Proof, headers::PROTOCOL_1, received_enrol, received_item, received_items,
    },
};
use outbox::{
    Checks, Delivery, Effect, Engine, Input, Now, Phone as Record, Row, RowKey, Rules, Why,
    engine::Changes,
    exchange::{Answer, Body, Reply, Request},
    row::{Label, WaitReason},
    seal::{ToSeal, seal},
};
use serde::Serialize;

/// A Monday morning.
pub const MORNING_MS: i64 = 1_795_392_000_000;

/// A phone with one page: an engine, a storage, and a list of what it did.
pub struct Phone {
    pub engine: Engine,
    pub record: Record,
    pub rows: BTreeMap<RowKey, Row>,
    pub now_ms: i64,
    pub did: Vec<Did>,
    /// Photos whose bytes have changed on the disk.
    pub damaged: BTreeSet<Digest>,
    /// How many loads and commits still work; then the storage fails.
    pub storage_lasts: usize,
    /// A small generator: no two calls give the same bytes.
    chance: u64,
}

/// What an engine had done.
#[derive(Clone, Debug, PartialEq)]
pub enum Did {
    Commit(Changes),
    Ask(Request),
    Rest(Option<i64>),
}

impl Phone {
    pub fn new() -> Self {
        Self {
            engine: Engine::new(Rules::default(), Checks::ALL),
            record: Record::default(),
            rows: BTreeMap::new(),
            now_ms: MORNING_MS,
            did: Vec::new(),
            damaged: BTreeSet::new(),
            storage_lasts: usize::MAX,
            chance: 0,
        }
    }

    /// The page is closed, and the worker's engine wakes in its place.
    pub fn closes(&mut self) {
        self.engine = Engine::new(Rules::default(), Checks::BUT_SIGNATURES);
    }

    /// A page starts anew on what is stored.
    pub fn opens(&mut self) {
        self.engine = Engine::new(Rules::default(), Checks::ALL);
    }

    pub fn clocks(&mut self) -> Now {
        let mut random = [0; 64];
        for byte in &mut random {
            self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = self.chance.to_be_bytes()[0];
        }
        let mono_ms = u64::try_from(self.now_ms - MORNING_MS).unwrap_or(0);
        Now { ms: self.now_ms, zone: 480, mono_ms, boot: Boot([5; 16]), random }
    }

    /// Something happens in another tab of the same phone.
    pub fn in_another_tab<T>(&mut self, happens: impl FnOnce(&mut Self) -> T) -> T {
        let (mut other, did) = (Engine::new(Rules::default(), Checks::ALL), self.did.clone());
        core::mem::swap(&mut self.engine, &mut other);
        let happened = happens(self);
        (self.engine, self.did) = (other, did);
        happened
    }

    /// Seals a report with these words and this many photos.
    pub fn seal_words(&mut self, words: &str, photos: u8) -> RowKey {
        let what = self.written(words, photos);
        let now = self.clocks();
        let row = seal(&mut self.record, &now, what);
        let key = row.key;
        self.rows.insert(key, row);
        key
    }

    /// What a person wrote, ready to be sealed.
    pub fn written(&mut self, words: &str, photos: u8) -> ToSeal<Report> {
        let now = self.clocks();
        let id = self.record.new_id(&now);
        let blobs = (0..photos).map(|nth| photo(format!("{id} {nth}").as_bytes())).collect();
        ToSeal {
            id,
            kind: Kind::Report,
            schema: 1,
            blobs,
            body: Report { words: Some(words.to_owned()), ..Report::default() },
            label: Label::default(),
        }
    }

    pub fn seal(&mut self, photos: u8) -> RowKey {
        self.seal_words("楼道灯不亮", photos)
    }

    /// Seals a report with one photo of this many bytes.
    pub fn seal_large(&mut self, len: u64) -> RowKey {
        let mut what = self.written("楼道灯不亮", 1);
        what.blobs[0].len = len;
        let now = self.clocks();
        let row = seal(&mut self.record, &now, what);
        let key = row.key;
        self.rows.insert(key, row);
        key
    }

    /// A whole pass: wakes the engine and does what it asks for until it rests. Returns until when.
    pub fn pass(&mut self, why: Why, mut answer: impl FnMut(&Request) -> Answer) -> Option<i64> {
        self.pass_with(why, &mut |_, request| answer(request))
    }

    /// As [`Phone::pass`], with a hand on the phone while a request is under way.
    pub fn pass_with(
        &mut self,
        why: Why,
        answer: &mut dyn FnMut(&mut Self, &Request) -> Answer,
    ) -> Option<i64> {
        self.did.clear();
        let mut happened = Input::Wake(why);
        for _ in 0..10_000 {
            let now = self.clocks();
            let mut effects = self.engine.step(&now, happened);
            let effect = effects.pop().expect("a busy engine always waits for something");
            assert!(effects.is_empty(), "one thing at a time");
            happened = match effect {
                Effect::Load => self.load(),
                Effect::Commit(changes) => self.commit(changes),
                Effect::Ask(request) => {
                    self.did.push(Did::Ask(request.clone()));
                    match request.body {
                        Body::Blob { sha256 } | Body::Piece { sha256, .. }
                            if self.damaged.contains(&sha256) =>
                        {
                            Input::BlobDamaged(sha256)
                        }
                        _ => Input::Answered(answer(self, &request)),
                    }
                }
                Effect::Rest(until) => {
                    self.did.push(Did::Rest(until));
                    return until;
                }
            };
        }
        panic!("the engine never rests: {:?}", self.asked());
    }

    fn storage_works(&mut self) -> bool {
        let works = self.storage_lasts > 0;
        self.storage_lasts = self.storage_lasts.saturating_sub(1);
        works
    }

    fn load(&mut self) -> Input {
        if !self.storage_works() {
            return Input::StorageFailed;
        }
        let rows = self.rows.values().filter(|row| self.record.loads(row)).cloned().collect();
        Input::Loaded(Box::new(self.record.clone()), rows)
    }

    fn commit(&mut self, changes: Changes) -> Input {
        if !self.storage_works() {
            return Input::StorageFailed;
        }
        let fits = changes
            .rows
            .iter()
            .all(|(key, change)| self.rows.get(key).is_none_or(|row| change.fits(row)));
        if !fits || !changes.fits(&self.record) {
            return Input::Overtaken;
        }
        for (key, change) in &changes.rows {
            if let Some(row) = self.rows.get_mut(key) {
                row.apply(change);
            }
        }
        changes.phone.iter().for_each(|change| self.record.apply(change));
        self.did.push(Did::Commit(changes));
        Input::Committed
    }

    pub fn delivery(&self, key: RowKey) -> &Delivery {
        &self.rows[&key].delivery
    }

    pub fn is_delivered(&self, key: RowKey) -> bool {
        *self.delivery(key) == Delivery::Delivered
    }

    pub fn waits_for(&self, key: RowKey) -> Option<WaitReason> {
        self.rows[&key].waits.as_ref().map(|waits| waits.reason)
    }

    /// The calls of the last pass, by their first word.
    pub fn asked(&self) -> Vec<&str> {
        let asks = self.did.iter().filter_map(|did| match did {
            Did::Ask(request) => Some(call(request)),
            _ => None,
        });
        asks.collect()
    }

    pub fn device(&self) -> DeviceId {
        self.record.device.as_ref().unwrap().id
    }
}

fn photo(bytes: &[u8]) -> BlobEntry {
    BlobEntry {
        sha256: Digest::of(bytes),
        len: bytes.len() as u64,
        media: BlobType::Jpeg,
        role: Role::Photo,
        taken_at: None,
        mono_ms: None,
        boot: None,
        fix: None,
        width: None,
        height: None,
        covered: None,
        seconds: None,
    }
}

/// `hello`, `devices`, `have`, `items`, `blobs` or `changes`.
pub fn call(request: &Request) -> &str {
    request.path.split(['/', '?']).nth(3).unwrap()
}

/// An endpoint that does as the protocol says. What is to go wrong, a test puts in its place.
pub struct Endpoint {
    pub key: SigningKey,
    pub epoch: Epoch,
    pub devices: BTreeMap<String, Digest>,
    /// Sealed texts by id and revision.
    pub items: BTreeMap<String, String>,
    pub blobs: BTreeSet<Digest>,
    /// The place of each item in the order of commits.
    pub seqs: BTreeMap<String, u64>,
    /// Bytes of photos that are not whole.
    pub parts: BTreeMap<Digest, u64>,
}

impl Endpoint {
    pub fn new(key: u8) -> Self {
        Self {
            key: SigningKey::from_bytes(&[key; 32]),
            epoch: Epoch([key; 16]),
            devices: BTreeMap::new(),
            items: BTreeMap::new(),
            blobs: BTreeSet::new(),
            seqs: BTreeMap::new(),
            parts: BTreeMap::new(),
        }
    }

    pub fn answer(&mut self, request: &Request) -> Answer {
        let last = request.path.rsplit('/').next().unwrap();
        match (call(request), &request.body) {
            ("hello", _) => self.done(200, &self.hello()),
            ("devices", Body::Json(body)) => {
                self.devices.insert(last.to_owned(), received_enrol(body).unwrap().token_sha256);
                self.done(201, &Enrolled { device: last.parse().unwrap() })
            }
            _ if !self.knows(request) => self.refused(401, "token-unknown"),
            ("have", Body::Json(body)) => self.done(200, &self.missing(body)),
            ("changes", Body::None) => self.feed(request),
            ("items", Body::Json(body)) => {
                let results = self.results(body);
                self.done(200, &results)
            }
            ("blobs", Body::None | Body::Piece { .. }) => self.pieces(request),
            ("blobs", Body::Blob { sha256 }) => {
                self.blobs.insert(*sha256);
                self.done(201, &BlobKept { sha256: *sha256, len: 1 })
            }
            _ => panic!("no such request: {request:?}"),
        }
    }

    /// Two rows a page.
    fn feed(&mut self, request: &Request) -> Answer {
        let after = request.path.split_once("?after=").map(|(_, cursor)| cursor.parse().unwrap());
        let (epoch, after) = after.map_or((self.epoch, 0), Cursor::parts);
        if epoch != self.epoch {
            return self.refused(410, "epoch-changed");
        }
        let mut rows: Vec<_> = self.seqs.iter().filter(|(_, seq)| **seq > after).collect();
        rows.sort_by_key(|(_, seq)| **seq);
        let names: Vec<String> = rows.iter().map(|(name, _)| (*name).clone()).collect();
        let last = names.iter().take(2).next_back().map_or(after, |name| self.seqs[name]);
        let rows = names.iter().take(2).map(|name| Change::Item(self.changed(name))).collect();
        let (next, more) = (Cursor::new(self.epoch, last), names.len() > 2);
        self.done(200, &Page { epoch: self.epoch, safe_upto: Some(last), rows, next, more })
    }

    fn changed(&mut self, name: &str) -> ChangedItem {
        let text = self.items[name].clone();
        let sha256 = Digest::of(text.as_bytes());
        let raw = serde_json::json!({ "sha256": sha256, "sealed": text }).to_string();
        let result = self.item(&raw);
        let ItemOutcome::Duplicate(proof) = result.outcome else { panic!() };
        let (id, rev) = (result.id.unwrap(), result.rev.unwrap());
        ChangedItem { seq: self.seqs[name], id, rev, held: None, proof }
    }

    /// `HEAD` and `PATCH` of a photo.
    fn pieces(&mut self, request: &Request) -> Answer {
        let sha256: Digest = request.path.rsplit('/').next().unwrap().parse().unwrap();
        let manifests = self.items.values().flat_map(|text| Sealed::parse(text).unwrap().blobs);
        let whole = manifests.into_iter().find(|blob| blob.sha256 == sha256).unwrap().len;
        let held = if self.blobs.contains(&sha256) { whole } else { self.part(sha256) };
        match request.body {
            Body::Piece { from, len, .. } if from == held && held < whole => {
                self.parts.insert(sha256, from + len);
                if from + len == whole {
                    self.blobs.insert(sha256);
                }
                self.told(204, from + len)
            }
            Body::Piece { .. } => {
                let mut wrong = problem(409, "offset");
                wrong.offset = Some(held);
                self.done(409, &wrong)
            }
            _ => self.told(200, held),
        }
    }

    /// How many bytes of a photo are here that is not whole.
    pub fn part(&self, sha256: Digest) -> u64 {
        self.parts.get(&sha256).copied().unwrap_or(0)
    }

    pub fn told(&self, status: u16, offset: u64) -> Answer {
        let Answer::Reply(reply) = self.done(status, &()) else { panic!() };
        Answer::Reply(Reply { offset: Some(offset), body: String::new(), ..reply })
    }

    fn missing(&self, body: &str) -> Missing {
        let have = received_have(body).unwrap();
        let held = |claim: &Claim| {
            let text = self.items.get(&format!("{}.{}", claim.id, claim.rev));
            text.is_some_and(|text| Digest::of(text.as_bytes()) == claim.sha256)
        };
        let items = have.items.into_iter().filter(|it| !held(it)).map(Into::into).collect();
        let blobs = have.blobs.into_iter().filter(|it| !self.blobs.contains(it)).collect();
        Missing { items, blobs }
    }

    fn knows(&self, request: &Request) -> bool {
        let token = request.token.unwrap().digest();
        self.devices.values().any(|it| *it == token)
    }

    /// Stores and answers as the protocol says.
    pub fn results(&mut self, body: &str) -> ItemResults {
        let items = received_items(body).unwrap().items;
        ItemResults { results: items.into_iter().map(|raw| self.item(raw)).collect() }
    }

    fn item(&mut self, raw: &str) -> ItemResult {
        let (sha256, text) = received_item(raw).unwrap();
        let sealed = Sealed::parse(&text).unwrap();
        let name = format!("{}.{}", sealed.id, sealed.rev);
        let next = self.seqs.len() as u64 + 1;
        let seq = *self.seqs.entry(name.clone()).or_insert(next);
        let new = self.items.insert(name, text).is_none();
        let receipt = Receipt {
            of: OfReceipt::Receipt,
            v: 1,
            kid: self.hello().keys[0].by,
            epoch: self.epoch,
            seq,
            id: sealed.id,
            rev: sealed.rev,
            sha256,
            at: Stamp::utc(MORNING_MS),
            case_no: None,
        };
        let (receipt, signature) = sign_receipt(&self.key, &receipt);
        let need = sealed.wanted().into_iter().filter(|it| !self.blobs.contains(it)).collect();
        let proof = Proof { receipt, signature, need, note: None };
        let outcome = if new { ItemOutcome::Stored(proof) } else { ItemOutcome::Duplicate(proof) };
        ItemResult { id: Some(sealed.id), rev: Some(sealed.rev), outcome }
    }

    pub fn hello(&self) -> Hello {
        Hello {
            epoch: self.epoch,
            now: Stamp::utc(MORNING_MS),
            jurisdiction: JURISDICTION.to_owned(),
            mode: Mode::Demo,
            operator: None,
            min_client: "0.1.0".to_owned(),
            limits: Limits::default(),
            safe_upto: None,
            contributions: false,
            base_map: None,
            keys: vec![SignedKey::first(&self.key, Stamp::utc(MORNING_MS))],
        }
    }

    pub fn done<T: Serialize>(&self, status: u16, body: &T) -> Answer {
        Answer::Reply(Reply {
            status,
            protocol: Some(PROTOCOL_1.to_owned()),
            epoch: Some(self.epoch.to_string()),
            retry_after: None,
            offset: None,
            body: serde_json::to_string(body).unwrap(),
        })
    }

    pub fn refused(&self, status: u16, slug: &str) -> Answer {
        self.done(status, &problem(status, slug))
    }
}

pub fn problem(status: u16, slug: &str) -> Problem {
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

/// What a hotel answers to everything.
pub fn login_page() -> Answer {
    let body = "<html>Please accept our terms</html>".to_owned();
    Answer::Reply(Reply { status: 200, body, ..Reply::default() })
}

/// The text of a request.
pub fn json(request: &Request) -> &str {
    let Body::Json(text) = &request.body else { panic!("{request:?}") };
    text
}
