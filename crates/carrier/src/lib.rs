//! The delivery engine for the service worker: it sends what is sealed while no page is open.
//!
//! The very engine of the page (`crates/outbox`) with the same stores and the same lock, but for the
//! code that checks signatures, which would be a third of its weight. So a row that it has brought
//! is `arrived` and for a person still 已存手机, until a page has checked the receipt.
//!
//! `public/sw.js` loads it for one `sync` event and holds the lock around it.

use std::cell::{Cell, RefCell};

use outbox::{
    Checks, Effect, Engine, Input, Now, Rules, Why, clock, doors,
    drive::{Doors, drive},
    idb::{Db, StoreError},
};
use wasm_bindgen::prelude::wasm_bindgen;

/// Sends what waits, and says whether something still does: then the browser should come back.
///
/// `build` names this worker's build. If another build of the page has last used the stores, they
/// are left alone: it may keep in them what this code does not know.
#[wasm_bindgen]
pub async fn carry(build: String) -> bool {
    let db = Db::as_it_is();
    match db.build().await {
        Ok(Some(page)) if page == build => send(db).await,
        _ => false,
    }
}

async fn send(db: Db) -> bool {
    let engine = RefCell::new(Engine::new(Rules::default(), Checks::BUT_SIGNATURES));
    let doors = WorkerDoors { db, waits: Cell::new(false) };
    let step = |now: &Now, input| engine.borrow_mut().step(now, input);
    drive(step, &doors, Input::Wake(Why::Online)).await;
    doors.waits.get()
}

/// The phone's storage and network, without a screen.
struct WorkerDoors {
    db: Db,
    waits: Cell<bool>,
}

impl Doors for WorkerDoors {
    fn now(&self) -> Now {
        clock::now()
    }

    async fn perform(&self, effect: Effect) -> Option<Input> {
        let failed = |_: StoreError| Input::StorageFailed;
        Some(match effect {
            Effect::Load => doors::load(&self.db).await.unwrap_or_else(failed),
            Effect::Commit(changes) => {
                doors::commit(&self.db, &changes).await.unwrap_or_else(failed)
            }
            Effect::Ask(request) => doors::ask(&self.db, &request).await,
            Effect::Rest(until) => {
                self.waits.set(until.is_some());
                return None;
            }
        })
    }
}
