//! The endpoint's clock, handed in so that a test can set it.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use model::stamp::Stamp;

/// Tells the time, in UTC.
pub type Clock = Arc<dyn Fn() -> Stamp + Send + Sync>;

/// The machine's clock. Before 1970 it is held at 1970.
pub fn system() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Stamp::utc(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    })
}
