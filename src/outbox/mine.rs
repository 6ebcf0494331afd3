use leptos::prelude::Notify as _;
use model::mine::{Mine, Note};
use outbox::{clock, idb::StoreError};

use super::Outbox;

/// What a person keeps of parks for themselves. It stays in this phone's storage: nothing here is
/// ever sent.
impl Outbox {
    /// Everything that is kept.
    pub async fn mine(self) -> Result<Vec<Mine>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.mine().await)
    }

    /// What is kept of one park.
    pub async fn mine_of(self, park: &str) -> Result<Option<Mine>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.mine_of(park).await)
    }

    /// Changes what is kept of a park; `new` is what it is where nothing was kept. Done when it is on
    /// the disk. `change` may be called again, on a record that it has changed already.
    pub async fn change_mine(
        self,
        new: Mine,
        change: impl Fn(&mut Mine),
    ) -> Result<Mine, StoreError> {
        let inside = self.inside();
        let kept = inside.heard(inside.db.change_mine(&new, change).await);
        inside.changed.notify();
        kept
    }

    /// Lets an earlier note go, because the person said so.
    pub async fn drop_earlier(self, park: Mine, note: Note) -> Result<Mine, StoreError> {
        self.change_mine(park, move |mine| mine.earlier.retain(|it| *it != note)).await
    }

    /// Takes in a file's records: all or none. Answers of how many parks something is new here.
    pub async fn take_in(self, brought: &[Mine]) -> Result<usize, StoreError> {
        let inside = self.inside();
        let taken = inside.heard(inside.db.take_in(brought).await);
        inside.changed.notify();
        taken
    }

    /// Forgets all of it, because the person said so.
    pub async fn forget_mine(self) -> Result<(), StoreError> {
        let inside = self.inside();
        let gone = inside.heard(inside.db.forget_mine().await);
        inside.changed.notify();
        gone
    }

    /// The file of everything that is kept, and the day in its name.
    pub async fn mine_file(self) -> Result<(String, String), StoreError> {
        let now = clock::now().stamp();
        Ok((model::mine::file(&self.mine().await?, now), model::mine::day(now)))
    }
}
