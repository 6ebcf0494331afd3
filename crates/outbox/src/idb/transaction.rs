//! One transaction: all of it takes place, or nothing does. On the disk, or in this page's memory
//! where the browser gives no database.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::IdbDatabase;

use super::{
    StoreError,
    disk::OnDisk,
    memory::{InMemory, Memory},
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Read,
    /// Strict: it has taken place once the bytes are on the disk.
    Write,
}

/// A write that is dropped before [`Transaction::complete`] does not take place.
pub(super) enum Transaction {
    Disk(OnDisk),
    Memory(InMemory),
}

impl Transaction {
    pub(super) fn on_disk(
        db: &IdbDatabase,
        stores: &[&str],
        mode: Mode,
    ) -> Result<Self, StoreError> {
        OnDisk::begin(db, stores, mode).map(Self::Disk)
    }

    pub(super) fn in_memory(memory: &Memory, stores: &[&str]) -> Self {
        Self::Memory(InMemory::begin(memory, stores))
    }

    pub(super) async fn get(&self, store: &str, key: &str) -> Result<JsValue, StoreError> {
        match self {
            Self::Disk(tx) => tx.get(store, key).await,
            Self::Memory(tx) => Ok(tx.get(store, key)),
        }
    }

    /// Many by their keys.
    pub(super) async fn each(
        &self,
        store: &str,
        keys: impl Iterator<Item = String>,
    ) -> Result<Vec<JsValue>, StoreError> {
        match self {
            Self::Disk(tx) => tx.each(store, keys).await,
            Self::Memory(tx) => Ok(keys.map(|key| tx.get(store, &key)).collect()),
        }
    }

    pub(super) async fn all(&self, store: &str) -> Result<Array, StoreError> {
        match self {
            Self::Disk(tx) => tx.all(store).await,
            Self::Memory(tx) => Ok(tx.all(store)),
        }
    }

    pub(super) async fn all_between(
        &self,
        store: &str,
        from: &str,
        to: &str,
    ) -> Result<Array, StoreError> {
        match self {
            Self::Disk(tx) => tx.all_between(store, from, to).await,
            Self::Memory(tx) => Ok(tx.all_between(store, from, to)),
        }
    }

    pub(super) async fn keys(&self, store: &str) -> Result<Array, StoreError> {
        match self {
            Self::Disk(tx) => tx.keys(store).await,
            Self::Memory(tx) => Ok(tx.keys(store)),
        }
    }

    /// Those whose member `index` has this value.
    pub(super) async fn all_with(
        &self,
        store: &str,
        index: &str,
        value: u32,
    ) -> Result<Array, StoreError> {
        match self {
            Self::Disk(tx) => tx.all_with(store, index, value).await,
            Self::Memory(tx) => Ok(tx.all_with(store, index, value)),
        }
    }

    /// The keys of those whose member `index` has this value.
    pub(super) async fn keys_with(
        &self,
        store: &str,
        index: &str,
        value: u32,
    ) -> Result<Array, StoreError> {
        match self {
            Self::Disk(tx) => tx.keys_with(store, index, value).await,
            Self::Memory(tx) => Ok(tx.keys_with(store, index, value)),
        }
    }

    /// How many have this value in their member `index`.
    pub(super) async fn count_with(
        &self,
        store: &str,
        index: &str,
        value: u32,
    ) -> Result<u32, StoreError> {
        match self {
            Self::Disk(tx) => tx.count_with(store, index, value).await,
            Self::Memory(tx) => Ok(tx.all_with(store, index, value).length()),
        }
    }

    pub(super) fn put(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        match self {
            Self::Disk(tx) => tx.put(store, key, value),
            Self::Memory(tx) => {
                tx.put(store, key, value);
                Ok(())
            }
        }
    }

    /// Unlike `put` this never overwrites: a key that exists ends the whole transaction.
    pub(super) fn add(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        match self {
            Self::Disk(tx) => tx.add(store, key, value),
            Self::Memory(tx) => tx.add(store, key, value),
        }
    }

    pub(super) fn delete(&self, store: &str, key: &str) -> Result<(), StoreError> {
        match self {
            Self::Disk(tx) => tx.delete(store, key),
            Self::Memory(tx) => {
                tx.delete(store, key);
                Ok(())
            }
        }
    }

    /// Takes all of it back, on purpose.
    pub(super) fn give_up(&self) {
        match self {
            Self::Disk(tx) => tx.give_up(),
            Self::Memory(tx) => tx.give_up(),
        }
    }

    /// Waits until all of it has taken place.
    pub(super) async fn complete(self) -> Result<(), StoreError> {
        match self {
            Self::Disk(tx) => tx.complete().await,
            Self::Memory(tx) => {
                tx.complete();
                Ok(())
            }
        }
    }
}
