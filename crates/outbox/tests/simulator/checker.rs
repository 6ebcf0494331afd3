use core::fmt;
use std::collections::{BTreeMap, BTreeSet};

use model::{
    hex::{Digest, Epoch},
    ids::DeviceId,
};
use outbox::{Delivery, Phone as Record, Row, RowKey, row::KeptReceipt};

use crate::{phone::Storage, server::Server};

/// What can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Something sealed is neither on the server nor on its way.
    Lost,
    /// Something is there twice.
    Doubled,
    /// Other bytes stand where something was sealed.
    Overwritten,
    /// A screen said 已送达, and it was not so.
    Untrue,
    /// A row counts as arrived without a receipt that proves it.
    Unproven,
    /// Bytes left before the phone had noted that they may have.
    Untried,
    /// A row's state went back.
    WentBack,
    /// A device was made known that no phone has stored.
    Ghost,
    /// The numbers of a device have a gap.
    Gap,
    /// A telephone number that was taken back can still be read on the server.
    Kept,
    /// When all was well again a row still waited, or asked for a person.
    Stuck,
}

/// Something that must not happen, and did.
#[derive(Clone, Debug)]
pub struct Violation {
    pub class: Class,
    what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.class, self.what)
    }
}

/// Remembers what people sealed and what phones said, and holds the server against it.
#[derive(Default)]
pub struct Checker {
    sealed: Vec<Sealed>,
    /// How far a row had come, in which life of the endpoint.
    reached: BTreeMap<(usize, RowKey), (Option<Epoch>, u8)>,
    proven: BTreeSet<String>,
    /// Every receipt that the server has made, in whatever life.
    made: BTreeSet<String>,
    devices: BTreeMap<String, String>,
    /// Devices whose id somebody else has taken before the phone could.
    foreign: BTreeSet<String>,
    feed: Vec<(u64, String, u32, String)>,
    /// Two phones began as one: their numbers double.
    pub cloned: bool,
    pub violations: Vec<Violation>,
}

/// What a person sealed, at the moment when it was.
struct Sealed {
    phone: usize,
    key: RowKey,
    text: String,
    blobs: Vec<Digest>,
}

impl Checker {
    fn report(&mut self, class: Class, what: String) {
        self.violations.push(Violation { class, what });
    }

    /// A person has sealed this.
    pub fn sealed(&mut self, phone: usize, row: &Row) {
        let blobs = row.blobs.iter().map(|blob| blob.sha256).collect();
        self.sealed.push(Sealed { phone, key: row.key, text: row.sealed.clone(), blobs });
    }

    /// A person has undone this: what counts is what is sealed in its place.
    pub fn undone(&mut self, phone: usize, key: RowKey) {
        self.sealed.retain(|it| (it.phone, it.key) != (phone, key));
    }

    /// How much was sealed.
    pub fn count(&self) -> usize {
        self.sealed.len()
    }

    /// A phone has stored this record.
    pub fn stored(&mut self, record: &Record) {
        if let Some(device) = &record.device {
            let token = device.token.digest().to_string();
            self.devices.insert(device.id.to_string(), token);
        }
    }

    /// Somebody else may have this device id.
    pub fn not_ours(&mut self, device: DeviceId) {
        self.foreign.insert(device.to_string());
    }

    /// These rows are about to leave a phone.
    pub fn leaves(&mut self, storage: &Storage, keys: &[RowKey]) {
        for key in keys {
            if storage.rows.get(key).is_some_and(|row| !row.tried) {
                self.report(Class::Untried, format!("{key} left before that was noted"));
            }
        }
    }

    /// A phone has committed a change to these rows.
    pub fn committed(&mut self, phone: usize, storage: &Storage, server: &Server, keys: &[RowKey]) {
        for row in keys.iter().filter_map(|key| storage.rows.get(key)) {
            self.never_back(phone, storage, row);
            self.proven(storage, row);
            self.true_words(row, server);
        }
    }

    /// What was reached is never taken back, but by another life of the endpoint.
    fn never_back(&mut self, phone: usize, storage: &Storage, row: &Row) {
        let now = match row.delivery {
            // Nobody is told what the worker has brought before the page has checked it.
            Delivery::Sealed | Delivery::Arrived => 0,
            Delivery::Partial { .. } => 1,
            Delivery::NeedsYou(_) | Delivery::Delivered | Delivery::Remainder => 2,
        };
        let life = storage.record.met.as_ref().map(|met| met.epoch);
        let confirmed = life.is_some_and(|life| row.has_receipt_of(life));
        if !confirmed && !matches!(row.delivery, Delivery::NeedsYou(_)) {
            return;
        }
        let before = self.reached.insert((phone, row.key), (life, now));
        if before.is_some_and(|(lived, before)| lived == life && now < before) {
            self.report(Class::WentBack, format!("{} fell back to {:?}", row.key, row.delivery));
        }
    }

    /// What has arrived holds a receipt that names it; and of one life of the database only one.
    fn proven(&mut self, storage: &Storage, row: &Row) {
        let arrived = matches!(row.delivery, Delivery::Partial { .. } | Delivery::Delivered);
        if arrived && !row.receipts.iter().any(|it| self.proves(storage, row, it)) {
            self.report(Class::Unproven, format!("{} is {:?} unproven", row.key, row.delivery));
        }
        let lives: BTreeSet<_> = row.receipts.iter().map(|it| it.epoch).collect();
        if lives.len() < row.receipts.len() {
            self.report(Class::Doubled, format!("{} has two receipts of one epoch", row.key));
        }
    }

    fn proves(&mut self, storage: &Storage, row: &Row, kept: &KeptReceipt) -> bool {
        let seen = format!("{} {} {}", kept.receipt, kept.signature, row.sha256);
        if self.proven.contains(&seen) {
            return true;
        }
        let receipt = storage.record.keys.verify(&kept.receipt, &kept.signature);
        let good = receipt.is_ok_and(|it| {
            (it.id, it.rev, it.sha256, it.epoch)
                == (row.key.id, row.key.rev, row.sha256, kept.epoch)
        });
        if good {
            self.proven.insert(seen);
        }
        good
    }

    /// 已送达 means: the text is in the database, and every photo too. What was said in a life of
    /// the endpoint that is over was true then.
    fn true_words(&mut self, row: &Row, server: &Server) {
        if row.delivery != Delivery::Delivered || !row.has_receipt_of(server.epoch()) {
            return;
        }
        if !server.held(row.key).iter().any(|held| held.is(&row.sealed)) {
            self.report(Class::Untrue, format!("{} is called delivered, its text is not", row.key));
        }
        for blob in row.blobs.iter().filter(|blob| !server.holds_blob(blob.sha256)) {
            let photo = blob.sha256;
            self.report(Class::Untrue, format!("{} is called delivered without {photo}", row.key));
        }
    }

    /// The server has lost its disk: what it holds now is a copy. These receipts were made before.
    pub fn restored(&mut self, made: BTreeSet<String>) {
        self.feed.clear();
        self.made.extend(made);
    }

    /// The server is looked at: what it held before it holds still.
    pub fn looks_at(&mut self, server: &Server) {
        let feed = server.feed();
        if !feed.starts_with(&self.feed) {
            self.report(Class::Overwritten, "the feed holds other rows than before".to_owned());
        }
        self.feed = feed;
        for (device, token) in server.devices() {
            let ours = self.devices.get(&device) == Some(&token);
            if !ours && !self.foreign.contains(&device) {
                self.report(Class::Ghost, format!("no phone has stored device {device}"));
            }
        }
    }

    /// All is well again, and time enough has passed.
    pub fn in_the_end(&mut self, storages: &[&Storage], server: &Server) {
        self.looks_at(server);
        self.made.extend(server.receipts());
        for at in 0..self.sealed.len() {
            self.arrived_once(at, server);
            self.shown(at, storages);
        }
        self.no_gaps(&server.numbers());
        for number in server.taken_back_and_still_here() {
            self.report(Class::Kept, format!("{number} was taken back and can be read"));
        }
    }

    fn arrived_once(&mut self, at: usize, server: &Server) {
        let Sealed { key, text, blobs, .. } = &self.sealed[at];
        let held = server.held(*key);
        let class = match &held[..] {
            [] => Some(Class::Lost),
            [one] if !one.is(text) => Some(Class::Overwritten),
            [_] if !blobs.iter().all(|blob| server.holds_blob(*blob)) => Some(Class::Lost),
            [_] => None,
            _ => Some(Class::Doubled),
        };
        if let Some(class) = class {
            self.report(class, format!("{key}: {held:?}, sealed was {text}, blobs {blobs:?}"));
        }
    }

    fn shown(&mut self, at: usize, storages: &[&Storage]) {
        let Sealed { phone, key, .. } = self.sealed[at];
        let Some(row) = storages[phone].rows.get(&key) else {
            return self.report(Class::Lost, format!("{key} is gone from its phone"));
        };
        if !matches!(row.delivery, Delivery::Delivered | Delivery::Remainder) {
            self.report(Class::Stuck, format!("{key}: {:?} {:?}", row.delivery, row.waits));
        } else if !row.receipts.iter().any(|it| self.made.contains(&it.receipt)) {
            self.report(Class::Unproven, format!("{key} holds a receipt that was never made"));
        }
    }

    fn no_gaps(&mut self, numbers: &[(String, u64)]) {
        let mut last = ("", 0);
        for (device, dseq) in numbers {
            let before = if last.0 == device { last.1 } else { 0 };
            let doubled = self.cloned && *dseq == before;
            if *dseq != before + 1 && !doubled {
                let class = if *dseq == before { Class::Doubled } else { Class::Gap };
                self.report(class, format!("device {device} went from {before} to {dseq}"));
            }
            last = (device, *dseq);
        }
    }
}
