//! What a test says about a fault that it injected.
//!
//! A claim like "survives a lost answer" is worth what its test is worth. So the page of faults is
//! not written by hand: a test names the fault at the moment it injects it, and, after its last
//! assertion, what it then observed. `cargo xtask test` collects these records and writes
//! `docs/faults.md` from them.
//!
//! ```
//! let fault = fault_log::injected("N1", "the answer to a batch was cut after the commit");
//! // … the phone comes back, assertions …
//! fault.observed("the same receipt again, one row");
//! ```
//!
//! The end-to-end run does the same in `e2e/rig/faults.mjs`.

mod catalogue;
mod page;
mod record;

pub use catalogue::{CATALOGUE, Entry, catalogue};
pub use page::{missing, page};
pub use record::{Fault, RECORDS, Record, injected, read};
