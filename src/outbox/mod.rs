//! Reports kept on this phone until the endpoint has them.
//!
//! Pages ask [`Outbox`] and watch it; [`sync`](crate::sync) empties it. This room never talks to
//! the network, and "sending" is never stored: it is true of a page, not of a report.

mod draft;
mod handle;
mod page;
mod row;
mod standing;
mod stranger;
mod when;

pub(crate) use self::handle::Inside;
pub use self::{handle::Outbox, page::OutboxPage, standing::Standing};
pub use outbox::idb::StoreError;
