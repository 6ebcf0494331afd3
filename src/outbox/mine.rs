use std::rc::Rc;

use gloo::events::EventListener;
use leptos::{prelude::*, task::spawn_local};
use model::mine::{Mine, Note};
use outbox::{
    clock,
    idb::{MineCount, StoreError},
};
use serde::{Deserialize, Serialize};

use super::{Inside, Outbox, beside::Beside, keeping::ask_to_persist};

/// In local storage, a [`Noted`]: other tabs hear there of every change, and by it a database that
/// comes back empty is noticed.
const NOTED: &str = "poshang.mine";
/// Of how many parks something was lost, until a person has read it.
const LOST: &str = "poshang.mine_lost";

/// What is noted outside the database. No park and no word of a note is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Noted {
    /// Of how many parks something is kept.
    parks: u32,
    /// When that last changed: other tabs hear of a value only if it is another one.
    at_ms: i64,
}

/// Of how many parks the database has forgotten everything. One that has lost a part is not noticed:
/// the number alone does not tell it from what another tab took away meanwhile.
fn lost(noted: Option<Noted>, here: MineCount) -> u32 {
    noted.filter(|_| here.parks == 0).map_or(0, |it| it.parks)
}

/// What a person keeps of parks for themselves. It stays in this phone's storage: nothing here is
/// ever sent.
impl Outbox {
    /// Everything that is kept.
    pub async fn mine(self) -> Result<Vec<Mine>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.mine().await)
    }

    /// How much that is, and how much of it cannot be read.
    pub async fn mine_count(self) -> Result<MineCount, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.mine_count().await)
    }

    /// What is kept of one park.
    pub async fn mine_of(self, park: &str) -> Result<Option<Mine>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.mine_of(park).await)
    }

    /// Makes the reactive closure around it run again when something of it has changed, in this tab
    /// or in another one.
    pub fn mine_changed(self) {
        self.inside().mine_changed.track();
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
        inside.mine_is_changed().await;
        kept
    }

    /// Lets an earlier note go, because the person said so.
    pub async fn drop_earlier(self, park: Mine, note: Note) -> Result<Mine, StoreError> {
        self.change_mine(park, move |mine| mine.earlier.retain(|it| *it != note)).await
    }

    /// Forgets one park, because the person said so.
    pub async fn forget_one(self, park: Mine) -> Result<Mine, StoreError> {
        let nothing = Mine::new(&park.id, &park.name);
        self.change_mine(park, move |mine| *mine = nothing.clone()).await
    }

    /// Takes in a file's records: all or none. Answers of how many parks something is new here.
    pub async fn take_in(self, brought: &[Mine]) -> Result<usize, StoreError> {
        let inside = self.inside();
        let taken = inside.heard(inside.db.take_in(brought).await);
        inside.mine_is_changed().await;
        taken
    }

    /// Forgets all of it, because the person said so.
    pub async fn forget_mine(self) -> Result<(), StoreError> {
        let inside = self.inside();
        // If the page ends in the middle, what was taken away on purpose is not called lost.
        Beside::Browser.remove(NOTED);
        let gone = inside.heard(inside.db.forget_mine().await);
        inside.mine_is_changed().await;
        gone
    }

    /// The file of everything that is kept, and the day in its name.
    pub async fn mine_file(self) -> Result<(String, String), StoreError> {
        let now = clock::now().stamp();
        Ok((model::mine::file(&self.mine().await?, now), model::mine::day(now)))
    }

    /// Of how many parks the phone has lost what was kept, until a person has read it.
    pub fn mine_lost(self) -> Signal<u32> {
        self.inside().mine_lost.clone().into()
    }

    /// A person has read it.
    pub fn mine_loss_is_read(self) {
        Beside::Browser.remove(LOST);
        self.inside().mine_lost.set(0);
    }

    /// Looks whether all of it is still there, and from now on what other tabs change.
    pub(super) fn watch_mine(self) {
        let inside = self.inside();
        let heard = Rc::clone(&inside);
        EventListener::new(&window(), "storage", move |event| {
            let key = js_sys::Reflect::get(event, &"key".into()).ok();
            if key.and_then(|it| it.as_string()).as_deref() == Some(NOTED) {
                heard.mine_changed.notify();
            }
        })
        .forget();
        // A tab that was asleep has heard nothing.
        let seen = Rc::clone(&inside);
        EventListener::new(&document(), "visibilitychange", move |_| {
            if !document().hidden() {
                seen.mine_changed.notify();
            }
        })
        .forget();
        spawn_local(async move { inside.look_after_mine().await });
    }
}

impl Inside {
    async fn look_after_mine(&self) {
        let noted = Beside::Browser.read(NOTED);
        let Ok(here) = self.heard(self.db.mine_count().await) else { return };
        // A page that works from memory does not see what lies in the database.
        if self.db.is_in_memory() {
            return;
        }
        let lost = lost(noted, here);
        if lost > 0 {
            Beside::Browser.write(LOST, &lost);
            Beside::Browser.remove(NOTED);
        }
        self.mine_lost.set(Beside::Browser.read(LOST).unwrap_or(0));
    }

    /// After a commit, or where none took place and the screen may show something else.
    async fn mine_is_changed(&self) {
        self.mine_changed.notify();
        if self.db.is_in_memory() {
            return;
        }
        if let Ok(MineCount { parks, .. }) = self.db.mine_count().await {
            Beside::Browser.write(NOTED, &Noted { parks, at_ms: clock::now().ms });
            if parks > 0 {
                // Some browsers ask the person: nothing waits for the answer.
                spawn_local(ask_to_persist());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_comes_back_empty_is_noticed_and_one_that_never_held_anything_is_not() {
        let here = |parks| MineCount { parks, unreadable: 0 };
        let noted = |parks| Some(Noted { parks, at_ms: 0 });
        assert_eq!(lost(noted(3), here(0)), 3);
        assert_eq!(lost(noted(3), here(2)), 0, "another tab may have taken one away");
        assert_eq!(lost(noted(0), here(0)), 0);
        assert_eq!(lost(None, here(0)), 0);
    }
}
