//! What is kept outside the database, so that its loss is noticed and mended; and room to keep it.

use std::rc::Rc;

use gloo::storage::{LocalStorage, Storage as _};
use leptos::{prelude::*, task::spawn_local};
use outbox::{
    Row, RowKey,
    canary::{Canary, Repair},
    clock,
    engine::Changes,
    mirror,
    row::RowChange,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

use super::Inside;

/// The canary, as a JSON text in local storage.
const CANARY: &str = "poshang.canary";
/// What was mended and nobody has read yet.
const REPAIR: &str = "poshang.repair";
/// What the browser answered when it was asked to keep this storage: a truth value.
const PERSISTED: &str = "poshang.persisted";

impl Inside {
    /// At start: holds the database against what stands outside it, mends what is lost, and brings
    /// the mirror in step with what is not delivered.
    pub(crate) async fn mend(&self) {
        let canary: Option<Canary> = LocalStorage::get(CANARY).ok();
        // The canary is older than whatever is read after it: another tab may seal meanwhile.
        let mirrored = mirror::read().await.unwrap_or_default();
        let repair = self.db.mend(&clock::now(), canary.as_ref(), &mirrored).await;
        let untold: Option<Repair> = LocalStorage::get(REPAIR).ok();
        if let Some(repair) = repair.ok().filter(|it| it.is_needed()) {
            let _ = LocalStorage::set(REPAIR, repair);
            self.say_repair(Some(repair));
        } else {
            self.say_repair(untold);
        }
        let Ok((phone, unsent)) = self.db.load().await else { return };
        let is_mirrored = |key: RowKey| mirrored.rows.iter().any(|row| row.key == key);
        let mut fresh = unsent;
        fresh.retain(|row| row.is_unfinished() && !is_mirrored(row.key));
        if !fresh.is_empty() {
            let _ = mirror::keep(phone.device.as_ref(), &fresh).await;
        }
        let mut arrived = Vec::new();
        for row in mirrored.rows {
            if let Ok(Some(row)) = self.db.row(row.key).await
                && row.is_delivered()
            {
                arrived.push(row.key);
            }
        }
        let _ = mirror::forget(&arrived).await;
    }

    /// After a sealing: a second copy of the text, the canary, and once the question whether the
    /// browser keeps this storage when it makes room.
    pub(super) fn keep_apart(self: &Rc<Self>, rows: Vec<Row>) {
        let this = Rc::clone(self);
        spawn_local(async move {
            let Ok(phone) = this.db.phone().await else { return };
            let _ = mirror::keep(phone.device.as_ref(), &rows).await;
            if let (Some(device), Some(last)) = (phone.device, rows.last()) {
                let count = this.db.tally().await.unwrap_or_default().to_send;
                let (device, dseq, last_id) = (device.id, device.last_dseq, last.key.id);
                let _ = LocalStorage::set(CANARY, Canary { device, dseq, count, last_id });
            }
            ask_to_persist().await;
        });
    }

    pub(super) fn repair_is_read(&self) {
        LocalStorage::delete(REPAIR);
        self.say_repair(None);
    }
}

/// What has arrived needs no second copy.
pub(crate) fn let_go(changes: &Changes) {
    let arrived = |change: &RowChange| match change {
        RowChange::Settle(settled) => settled.delivery.is_delivered(),
        _ => false,
    };
    let arrived = changes.rows.iter().filter(|(_, change)| arrived(change));
    let keys: Vec<RowKey> = arrived.map(|(key, _)| *key).collect();
    if !keys.is_empty() {
        spawn_local(async move {
            let _ = mirror::forget(&keys).await;
        });
    }
}

/// Bytes that stay free for texts: a photo that would take of them is refused.
pub const RESERVE_BYTES: f64 = 8_388_608.0;

/// Is there room for a photo of so many bytes? A browser that does not say is believed to have it.
pub(super) async fn has_room_for(bytes: usize) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a photo is smaller than 2^52 bytes")]
    let bytes = bytes as f64;
    room_left().await.is_none_or(|left| left - bytes >= RESERVE_BYTES)
}

/// Bytes that the browser would still give; none: it does not say.
pub(crate) async fn room_left() -> Option<f64> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let number = |name: &str| js_sys::Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some(number("quota")? - number("usage")?)
}

/// Asked once: some browsers ask the person, and nobody is asked twice.
async fn ask_to_persist() {
    if LocalStorage::get::<bool>(PERSISTED).is_ok() {
        return;
    }
    let Some(Ok(asked)) = manager().map(|it| it.persist()) else { return };
    if let Ok(answer) = JsFuture::from(asked).await {
        let _ = LocalStorage::set(PERSISTED, answer.is_truthy());
    }
}

/// Has the browser promised to keep this storage when it makes room? None: it does not say.
pub(crate) async fn is_promised() -> Option<bool> {
    JsFuture::from(manager()?.persisted().ok()?).await.ok()?.as_bool()
}

/// `navigator.storage`, which is there in secure contexts only.
fn manager() -> Option<StorageManager> {
    let manager = js_sys::Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    manager.dyn_into().ok()
}
