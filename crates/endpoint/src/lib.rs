//! The simple endpoint: `sync/1` on one `SQLite` file, photos in a folder.
//!
//! How a report is received: [`http`] reads the request in time and within its limits; [`accept`]
//! judges each item inside a transaction of the [`core`]; the [`writer`] does that for all who
//! wait and answers when the disk has it. `docs/sync.md` says the same byte by byte.

/// 1. Requests and answers.
pub mod http;

/// 2. What a batch of items becomes: each stored once, answered with a receipt.
mod accept;

/// 3. One transaction for many requests, no threads, no clock: the simulator drives this.
pub mod core;

/// 4. The one thread that writes.
pub mod writer;

/// 5. Look-ups beside it.
pub mod reader;

/// Of what is written and read.
mod digest;

/// What of all this is missing?
mod have;

/// What was stored, in its order.
mod feed;

/// 6. Photos and voice notes, named by their digest.
pub mod blobs;

/// 7. Why a whole request is refused.
pub mod problems;

/// Who signs receipts.
pub mod identity;

/// Who reads the reports.
pub mod operator;

/// Which kinds of trouble the page offers.
pub mod taxonomy;

/// The form of the database, and when it is refused.
pub mod schema;

/// Everything that must be kept lies here.
pub mod folder;

/// A file that carries reports by hand.
mod rescue;

/// How much one may send.
pub mod limits;

/// A disk that fills up.
pub mod disk;

/// How far it has come, so that an older database is noticed.
pub mod high_water;

/// A copy of all that, while the endpoint runs.
pub mod backup;

/// And back again.
pub mod restore;

/// What has been received, for an operator at a shell.
pub mod list;

/// What residents add to the map, and what a person there says of it.
pub mod contributions;

/// The built page, from the same origin.
pub mod page;

/// The time.
pub mod clock;

/// Certificates.
pub mod tls;

/// All of it together, from start to stop.
pub mod server;

pub use self::core::Rules;
