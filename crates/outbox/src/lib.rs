//! The delivery engine: a report leaves this phone's care only with a receipt that names it.
//!
//! All judgement is in [`Engine::step`], which knows no clock, no network and no storage: what
//! happened goes in, what to do next comes out. The simulator in `tests/` drives the very same
//! function with doors that lose, repeat, reorder and crash.

/// 1. A person seals what they wrote: the bytes are fixed.
pub mod seal;

/// The phone number beside a report.
pub mod contact;

/// 2. It is a row of the outbox, in one of seven states.
pub mod row;

/// What the phone remembers beside its rows: its device, the endpoint's keys.
pub mod phone;

/// 3. The engine carries it.
pub mod engine;

/// What leaves this phone by itself, and when.
pub mod tidy;

/// How long to wait after a failure.
pub mod backoff;

/// What goes over the wire, and what counts as an answer.
pub mod exchange;

/// 4. The loop that lets the engine act.
pub mod drive;

/// The one door to IndexedDB.
pub mod idb;

/// What stands outside the database, and what it is good for.
pub mod canary;

/// The one door to Cache Storage.
pub mod cache;

/// A second copy of unsent texts.
pub mod mirror;

/// A rescue file, read in.
pub mod import;

/// A rescue file, written.
pub mod export;

/// The one door to the network.
pub mod fetch;

/// How long they are waited for.
mod timer;

/// Clock and chance.
pub mod clock;

/// All of them, as the engine asks for them.
pub mod doors;

pub use self::{
    engine::{Checks, Effect, Engine, Input, Why},
    phone::{Device, Phone},
    row::{Delivery, Row, RowKey},
};

use model::{hex::Boot, stamp::Stamp, wire::Sent};

/// Clock and chance, handed in so that a seed replays a run.
#[derive(Clone, Debug)]
pub struct Now {
    /// The phone's clock, milliseconds since 1970. Nothing is refused or lost because of it.
    pub ms: i64,
    /// Its zone, minutes east of UTC.
    pub zone: i16,
    /// `performance.now()`, whole milliseconds since the page started.
    pub mono_ms: u64,
    /// Which start of the page that is.
    pub boot: Boot,
    /// Fresh random bytes.
    pub random: [u8; 64],
}

impl Now {
    /// The clock as it is written into sealed texts.
    pub fn stamp(&self) -> Stamp {
        Stamp::local(self.ms, self.zone)
    }

    /// The clocks as they are sent beside a batch.
    pub fn sent(&self) -> Sent {
        Sent { at: self.stamp(), mono_ms: self.mono_ms, boot: self.boot }
    }

    /// `N` of the random bytes, from `at` on. Each use takes its own.
    fn bytes<const N: usize>(&self, at: usize) -> [u8; N] {
        self.random.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([0; N])
    }
}

/// Rules of the protocol that a test may switch off, one at a time, to see that the simulator
/// notices. A rule nobody can break is a rule nobody tests. The page uses the default: all hold.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own")]
pub struct Rules {
    /// An edit makes a new revision; sealed bytes never change.
    pub seal: bool,
    /// What may have left this phone is withdrawn by an item of its own, never sealed anew.
    pub undo_before_tried: bool,
    /// A row stays until a receipt has come.
    pub keep_until_receipt: bool,
    /// 已送达 is said only when nothing is missing.
    pub whole_before_delivered: bool,
    /// That bytes may have left is on the disk before they leave.
    pub tried_first: bool,
    /// A receipt counts only if it names what was sealed and its signature holds.
    pub prove: bool,
    /// Only a device that is stored here is made known.
    pub stored_device: bool,
    /// A device id that somebody else has is given up for a new one.
    pub renew_device: bool,
    /// Words and photos stay until the endpoint has them off its machine.
    pub safe_before_remainder: bool,
    /// An endpoint in another life is asked what it misses.
    pub hear_epoch: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            seal: true,
            undo_before_tried: true,
            keep_until_receipt: true,
            whole_before_delivered: true,
            tried_first: true,
            prove: true,
            stored_device: true,
            renew_device: true,
            safe_before_remainder: true,
            hear_epoch: true,
        }
    }
}
