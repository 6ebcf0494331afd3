//! Carried to the endpoint: what wakes the sender, one sender across tabs, the two doors.
//!
//! All judgement is in the engine (`crates/outbox`). Correctness never depends on the lock or on a
//! wake-up: a text that is sent twice is one report, and every start is a wake-up.

/// One sender across tabs.
pub(crate) mod line;

mod background;
mod doors;
mod showing;
mod wake;

pub(crate) use self::wake::{start, wake};
