//! The same stores in this page's memory, for a browser that gives no database: they last as long as
//! the page does, and nobody may call anything in them kept.
//!
//! No step on them waits for anything, so one transaction is over before another begins.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use super::{DRAFTS, MINE, ROWS, StoreError, record::TODO};

/// Values by key, in the order of keys that a database has.
type Store = BTreeMap<String, JsValue>;
type Stores = BTreeMap<String, Store>;

/// All stores.
#[derive(Clone, Default)]
pub(super) struct Memory(Rc<RefCell<Stores>>);

/// A transaction works on copies, which take the place of the stores when it completes.
pub(super) struct InMemory {
    memory: Memory,
    copies: RefCell<Stores>,
    given_up: Cell<bool>,
}

impl Memory {
    /// Is there anything that would be missed: a draft, something not delivered, a note on a park?
    pub(super) fn would_be_missed(&self) -> bool {
        let stores = self.0.borrow();
        let some_in = |name| stores.get(name).is_some_and(|store: &Store| !store.is_empty());
        let written = some_in(DRAFTS) || some_in(MINE);
        let unfinished = |row: &JsValue| !member(row, TODO).is_undefined();
        written || stores.get(ROWS).is_some_and(|rows| rows.values().any(unfinished))
    }
}

impl InMemory {
    pub(super) fn begin(memory: &Memory, stores: &[&str]) -> Self {
        let all = memory.0.borrow();
        let copy = |name: &&str| (String::from(*name), all.get(*name).cloned().unwrap_or_default());
        let copies = RefCell::new(stores.iter().map(copy).collect());
        Self { memory: memory.clone(), copies, given_up: Cell::new(false) }
    }

    pub(super) fn get(&self, store: &str, key: &str) -> JsValue {
        self.look(store, |it| it.get(key).cloned()).unwrap_or(JsValue::UNDEFINED)
    }

    pub(super) fn all(&self, store: &str) -> Array {
        self.look(store, |it| it.values().collect())
    }

    pub(super) fn all_between(&self, store: &str, from: &str, to: &str) -> Array {
        let range = (String::from(from))..=(String::from(to));
        self.look(store, |it| it.range(range).map(|(_, value)| value).collect())
    }

    pub(super) fn keys(&self, store: &str) -> Array {
        self.look(store, |it| it.keys().map(|key| JsValue::from_str(key)).collect())
    }

    pub(super) fn all_with(&self, store: &str, index: &str, value: u32) -> Array {
        let has = |it: &&JsValue| member(it, index) == value;
        self.look(store, |it| it.values().filter(has).collect())
    }

    pub(super) fn keys_with(&self, store: &str, index: &str, value: u32) -> Array {
        let has = |it: &(&String, &JsValue)| member(it.1, index) == value;
        self.look(store, |it| {
            it.iter().filter(has).map(|(key, _)| JsValue::from_str(key)).collect()
        })
    }

    pub(super) fn put(&self, store: &str, key: &str, value: &JsValue) {
        self.change(store, |it| it.insert(key.into(), value.clone()));
    }

    pub(super) fn add(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        if self.look(store, |it| it.contains_key(key)) {
            return Err(StoreError::Failed);
        }
        self.put(store, key, value);
        Ok(())
    }

    pub(super) fn delete(&self, store: &str, key: &str) {
        self.change(store, |it| it.remove(key));
    }

    pub(super) fn give_up(&self) {
        self.given_up.set(true);
    }

    pub(super) fn complete(self) {
        if !self.given_up.get() {
            self.memory.0.borrow_mut().extend(self.copies.into_inner());
        }
    }

    fn look<T: Default>(&self, store: &str, look: impl FnOnce(&Store) -> T) -> T {
        self.copies.borrow().get(store).map(look).unwrap_or_default()
    }

    fn change<T>(&self, store: &str, change: impl FnOnce(&mut Store) -> T) {
        if let Some(store) = self.copies.borrow_mut().get_mut(store) {
            change(store);
        }
    }
}

fn member(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
