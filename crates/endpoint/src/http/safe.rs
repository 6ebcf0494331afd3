//! Up to where everything is known to be off the machine. Phones let go of nothing before that.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use model::hex::Epoch;

use crate::backup::confirmed;

/// What was confirmed last. `endpoint backup --confirm` tells a running endpoint by a file, which
/// is read at every `hello`.
pub struct Safe {
    data: PathBuf,
    epoch: Epoch,
    /// One more than the `seq`; 0 where no backup was ever confirmed.
    known: AtomicU64,
}

impl Safe {
    /// What was confirmed for a data folder.
    pub fn of(data: &Path, epoch: Epoch) -> Self {
        let this = Self { data: data.to_owned(), epoch, known: AtomicU64::new(0) };
        this.look();
        this
    }

    /// Looks for news.
    pub fn look(&self) {
        let found = confirmed(&self.data, self.epoch).map_or(0, |seq| seq + 1);
        self.known.fetch_max(found, Ordering::Relaxed);
    }

    /// The `seq`, if a backup was confirmed in this epoch.
    pub fn upto(&self) -> Option<u64> {
        self.known.load(Ordering::Relaxed).checked_sub(1)
    }
}
