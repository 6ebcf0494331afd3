//! What a person keeps of parks for themselves: one JSON text for each park, under its id.

use std::cell::Cell;

use model::mine::Mine;
use wasm_bindgen::JsValue;

use super::{
    Db, MINE, StoreError,
    transaction::{Mode, Transaction},
};

/// How much is kept of parks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MineCount {
    /// Records: one for each park.
    pub parks: u32,
    /// Those of them that cannot be read.
    pub unreadable: u32,
}

impl Db {
    /// Everything that is kept of parks, by their ids. A record that cannot be read hides no other.
    pub async fn mine(&self) -> Result<Vec<Mine>, StoreError> {
        self.run(&[MINE], Mode::Read, async |tx| {
            let texts = tx.all(MINE).await?;
            let read = texts.iter().filter_map(|text| Mine::read(&text.as_string()?).ok());
            Ok(read.collect())
        })
        .await
    }

    /// Of how many parks something is kept, and how many of these records cannot be read: they stay.
    pub async fn mine_count(&self) -> Result<MineCount, StoreError> {
        self.run(&[MINE], Mode::Read, async |tx| {
            let texts = tx.all(MINE).await?;
            let read = |text: &JsValue| text.as_string().is_some_and(|it| Mine::read(&it).is_ok());
            let unreadable = texts.iter().filter(|text| !read(text)).count();
            let unreadable = u32::try_from(unreadable).unwrap_or(u32::MAX);
            Ok(MineCount { parks: texts.length(), unreadable })
        })
        .await
    }

    /// What is kept of one park.
    pub async fn mine_of(&self, park: &str) -> Result<Option<Mine>, StoreError> {
        self.run(&[MINE], Mode::Read, async |tx| read(tx, park).await).await
    }

    /// Reads what is kept of a park, lets it be changed, writes it back; what has become empty goes.
    /// A record that cannot be read stays as it is, and nothing is changed. `change` may be called
    /// again, on a record that it has changed already.
    pub async fn change_mine(
        &self,
        new: &Mine,
        change: impl Fn(&mut Mine),
    ) -> Result<Mine, StoreError> {
        self.run(&[MINE], Mode::Write, async |tx| {
            let mut mine = read(tx, &new.id).await?.unwrap_or_else(|| new.clone());
            mine.name.clone_from(&new.name);
            change(&mut mine);
            write(tx, &mine)?;
            Ok(mine)
        })
        .await
    }

    /// Takes in what was kept elsewhere, all of it or nothing; answers of how many parks something
    /// is new here.
    pub async fn take_in(&self, brought: &[Mine]) -> Result<usize, StoreError> {
        // Done anew after it has taken place unseen, it would find nothing new.
        let most = Cell::new(0);
        self.run(&[MINE], Mode::Write, async |tx| {
            let mut new = 0;
            for theirs in brought.iter().filter(|it| !it.is_empty()) {
                let here = read(tx, &theirs.id).await?;
                let mut mine = here.clone().unwrap_or_else(|| Mine::new(&theirs.id, &theirs.name));
                mine.merge(theirs.clone());
                if here.as_ref() != Some(&mine) {
                    new += 1;
                    write(tx, &mine)?;
                }
            }
            most.set(new.max(most.get()));
            Ok(most.get())
        })
        .await
    }

    /// Forgets everything that is kept of parks, because a person said so.
    pub async fn forget_mine(&self) -> Result<(), StoreError> {
        self.run(&[MINE], Mode::Write, async |tx| {
            let keys = tx.keys(MINE).await?;
            keys.iter().filter_map(|key| key.as_string()).try_for_each(|key| tx.delete(MINE, &key))
        })
        .await
    }
}

async fn read(tx: &Transaction, park: &str) -> Result<Option<Mine>, StoreError> {
    let value = tx.get(MINE, park).await?;
    if value.is_undefined() {
        return Ok(None);
    }
    let mine = value.as_string().and_then(|text| Mine::read(&text).ok());
    mine.map(Some).ok_or(StoreError::Failed)
}

fn write(tx: &Transaction, mine: &Mine) -> Result<(), StoreError> {
    if mine.is_empty() {
        return tx.delete(MINE, &mine.id);
    }
    tx.put(MINE, &mine.id, &mine.to_json().into())
}
