//! One upload of a file by a device at a time. Who comes later has lost the connection of the
//! earlier one, though the endpoint may not know it yet: so the earlier one leaves.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use model::{hex::Digest, ids::DeviceId};
use tokio::sync::{self, OwnedMutexGuard, watch};

/// Whose upload of what.
pub(super) type Key = (DeviceId, Digest);

/// Who is at work.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<Key, Arc<Seat>>>>);

#[derive(Default)]
struct Seat {
    newest: watch::Sender<u64>,
    taken: Arc<sync::Mutex<()>>,
}

/// The right to write one file, until this is dropped.
pub(super) struct Turn {
    turns: Turns,
    key: Key,
    seat: Arc<Seat>,
    mine: u64,
    _taken: OwnedMutexGuard<()>,
}

impl Turns {
    /// Asks whoever is at work to leave, and waits until that is done.
    pub(super) async fn take(&self, key: Key) -> Turn {
        let seat = Arc::clone(self.seats().entry(key).or_default());
        let mut mine = 0;
        seat.newest.send_modify(|newest| {
            *newest += 1;
            mine = *newest;
        });
        let taken = Arc::clone(&seat.taken).lock_owned().await;
        Turn { turns: self.clone(), key, seat, mine, _taken: taken }
    }

    fn seats(&self) -> MutexGuard<'_, HashMap<Key, Arc<Seat>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Returns once somebody newer has come.
    pub(super) async fn over(&self) {
        // The sender lives in the seat, so the wait ends for no other reason.
        let _ = self.seat.newest.subscribe().wait_for(|newest| *newest != self.mine).await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut seats = self.turns.seats();
        // The table's and this one: nobody else waits.
        if Arc::strong_count(&self.seat) == 2 {
            seats.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_comes_later_is_let_in_once_the_earlier_one_has_left() {
        let turns = Turns::default();
        let key = (DeviceId::new(1, &[1; 10]), Digest([1; 32]));
        let first = turns.take(key).await;
        let others = turns.clone();
        let second = tokio::spawn(async move { others.take(key).await });
        first.over().await;
        assert!(!second.is_finished());
        drop(first);
        drop(second.await.unwrap());
        assert!(turns.seats().is_empty(), "nothing is left behind");
    }
}
