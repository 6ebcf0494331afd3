//! One transaction of a database: requests in, then `complete` or nothing.

use std::cell::Cell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use super::{StoreError, error_of, transaction::Mode};

/// Between two requests of one transaction there is no `await` but on the first of them: the
/// browser commits a transaction that has nothing to do.
///
/// A write that is dropped before [`OnDisk::complete`] does not take place.
pub(super) struct OnDisk {
    tx: IdbTransaction,
    /// Resolves with the event that ended it: rejected, it would have to be awaited by all.
    ended: Promise,
    /// Nothing of it is to take place, or all of it has.
    over: Cell<bool>,
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        if !self.over.get() {
            // One that has ended already stays as it is.
            let _ = self.tx.abort();
        }
    }
}

impl OnDisk {
    pub(super) fn begin(db: &IdbDatabase, stores: &[&str], mode: Mode) -> Result<Self, StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let tx = open_transaction(db, &names, mode).map_err(|thrown| error_of(&thrown))?;
        let ended = Promise::new(&mut |resolve, _| {
            tx.set_oncomplete(Some(&resolve));
            tx.set_onabort(Some(&resolve));
        });
        // What was read is read, however a reading ends.
        Ok(Self { tx, ended, over: Cell::new(mode == Mode::Read) })
    }

    pub(super) async fn get(&self, store: &str, key: &str) -> Result<JsValue, StoreError> {
        done(self.store(store)?.get(&key.into())).await
    }

    /// Many by their keys: all are asked for before the first has come.
    pub(super) async fn each(
        &self,
        store: &str,
        keys: impl Iterator<Item = String>,
    ) -> Result<Vec<JsValue>, StoreError> {
        let store = self.store(store)?;
        let asked: Result<Vec<_>, _> = keys.map(|key| store.get(&key.into())).collect();
        let asked = asked.map_err(|thrown| error_of(&thrown))?;
        let all: Array = asked.iter().map(answered).collect();
        JsFuture::from(Promise::all(&all)).await.map_err(|event| error_of(&event))?;
        asked.iter().map(|it| it.result().map_err(|thrown| error_of(&thrown))).collect()
    }

    pub(super) async fn all(&self, store: &str) -> Result<Array, StoreError> {
        list(self.store(store)?.get_all()).await
    }

    pub(super) async fn all_between(
        &self,
        store: &str,
        from: &str,
        to: &str,
    ) -> Result<Array, StoreError> {
        let range = IdbKeyRange::bound(&from.into(), &to.into()).map_err(|it| error_of(&it))?;
        list(self.store(store)?.get_all_with_key(&range)).await
    }

    pub(super) async fn keys(&self, store: &str) -> Result<Array, StoreError> {
        list(self.store(store)?.get_all_keys()).await
    }

    pub(super) async fn all_with(
        &self,
        store: &str,
        index: &str,
        value: u32,
    ) -> Result<Array, StoreError> {
        let index = self.store(store)?.index(index);
        list(index.and_then(|it| it.get_all_with_key(&value.into()))).await
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of rows")]
    pub(super) async fn count_with(
        &self,
        store: &str,
        index: &str,
        value: u32,
    ) -> Result<u32, StoreError> {
        let index = self.store(store)?.index(index);
        let count = done(index.and_then(|it| it.count_with_key(&value.into()))).await?;
        Ok(count.as_f64().unwrap_or(0.0) as u32)
    }

    pub(super) async fn keys_with(
        &self,
        store: &str,
        index: &str,
        value: u32,
    ) -> Result<Array, StoreError> {
        let index = self.store(store)?.index(index);
        list(index.and_then(|it| it.get_all_keys_with_key(&value.into()))).await
    }

    pub(super) fn put(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        self.store(store)?.put_with_key(value, &key.into()).map(drop).map_err(|it| error_of(&it))
    }

    /// Unlike `put` this never overwrites: a key that exists ends the whole transaction.
    pub(super) fn add(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        self.store(store)?.add_with_key(value, &key.into()).map(drop).map_err(|it| error_of(&it))
    }

    pub(super) fn delete(&self, store: &str, key: &str) -> Result<(), StoreError> {
        self.store(store)?.delete(&key.into()).map(drop).map_err(|it| error_of(&it))
    }

    /// Takes all of it back, on purpose.
    pub(super) fn give_up(&self) {
        self.over.set(true);
        let _ = self.tx.abort();
    }

    /// Waits until all of it is on the disk.
    pub(super) async fn complete(self) -> Result<(), StoreError> {
        if self.over.replace(true) {
            return Ok(());
        }
        let event = JsFuture::from(self.ended.clone()).await.map_err(|it| error_of(&it))?;
        match event.dyn_ref::<Event>().map(Event::type_).as_deref() {
            Some("complete") => Ok(()),
            _ => Err(error_of(&event)),
        }
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.tx.object_store(name).map_err(|thrown| error_of(&thrown))
    }
}

/// `db.transaction(names, mode, {durability: "strict"})`. web-sys counts its third argument among
/// the unstable ones; every browser since 2021 knows it, and an older one leaves it aside.
fn open_transaction(
    db: &IdbDatabase,
    names: &Array,
    mode: Mode,
) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    let mode = match mode {
        Mode::Read => "readonly",
        Mode::Write => {
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            "readwrite"
        }
    };
    let begin: Function = Reflect::get(db, &"transaction".into())?.dyn_into()?;
    begin.call3(db, names, &mode.into(), &options)?.dyn_into()
}

async fn list(request: Result<IdbRequest, JsValue>) -> Result<Array, StoreError> {
    done(request).await?.dyn_into().map_err(|_| StoreError::Failed)
}

async fn done(request: Result<IdbRequest, JsValue>) -> Result<JsValue, StoreError> {
    let request = request.map_err(|thrown| error_of(&thrown))?;
    JsFuture::from(answered(&request)).await.map_err(|event| error_of(&event))?;
    request.result().map_err(|thrown| error_of(&thrown))
}

fn answered(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    })
}
