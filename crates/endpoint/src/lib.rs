//! The simple endpoint: `sync/1` on one `SQLite` file, photos in a folder.
//!
//! A report comes in through [`http`], waits for the one [`writer`], is judged by [`accept`] inside
//! a transaction of the [`core`], and is answered once that transaction is on the disk.

/// 1. What a batch of items becomes: stored once, answered with a receipt.
pub mod accept;

/// 2. The writer's own state: jobs in, one transaction, answers out.
pub mod core;

/// 3. The form of the database, and when it is refused.
pub mod schema;

/// 4. Who signs receipts.
pub mod identity;

pub use self::core::Rules;
