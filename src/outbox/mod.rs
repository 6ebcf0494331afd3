//! Reports kept on this phone until the endpoint has them.
//!
//! Pages ask [`Outbox`] and watch it; [`sync`](crate::sync) empties it. This room never talks to
//! the network, and "sending" is never stored: it is true of a page, not of a report.

mod handle;

/// What a person does to a report: seal, change, take back.
mod sealing;

/// Local storage, beside the database.
mod beside;

/// Whether the browser keeps anything at all.
mod holding;

/// What is said, and offered, where it does not.
mod not_kept;

/// The second copy outside the database, and the room on the phone.
mod keeping;

mod repair;

/// Something of no meaning, sealed and sent like a report, to see whether that works.
mod probe;

/// Reading no more often than a poor phone can bear.
mod calm;

/// What the address asks for.
mod address;

/// All that is kept: drafts, and rows in three lists.
mod page;

mod draft;

/// A rescue file, written and read.
mod import;

/// What a person sees as one thing.
mod items;

mod late;

/// What a person keeps of parks: never sent.
mod mine;

mod row;
mod standing;
mod stranger;
mod when;

/// One row, opened: what it says, how it stands, its receipt.
mod opened;

/// What a person can do with it.
mod acts;

/// Taking something back, after a question.
mod take_back;

/// The telephone number that was given with it.
mod contact;
mod contribute;

/// The receipt's two codes.
mod proof;

mod receipt;

/// A receipt, or the key of a case, that somebody shows to this phone.
mod shown;

#[cfg(test)]
mod samples;

pub use self::import::NotImported;
pub(crate) use self::{
    beside::Beside,
    handle::Inside,
    keeping::{is_promised, let_go, room_left},
    when::when,
};
pub use self::{
    handle::Outbox,
    holding::Holding,
    keeping::RESERVE_BYTES,
    not_kept::{DoubtfulStrip, NotKeptBar, SaveFile},
    page::OutboxPage,
    standing::{Around, Standing},
};
pub use outbox::idb::StoreError;
