//! What is kept outside the database, so that its loss is noticed and mended; and room to keep it.

use std::rc::Rc;

use leptos::{prelude::*, task::spawn_local};
use outbox::{
    Row, RowKey,
    canary::{Canary, Repair},
    clock,
    engine::Changes,
    mirror,
    row::RowChange,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

use super::{Holding, Inside, beside::Beside, holding::Signs};

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
        let canary: Option<Canary> = Beside::Browser.read(CANARY);
        // The canary is older than whatever is read after it: another tab may seal meanwhile.
        let mirrored = mirror::read().await.unwrap_or_default();
        let repair = self.db.mend(&clock::now(), canary.as_ref(), &mirrored).await;
        // A page that works from memory has mended nothing that lasts.
        let repair = repair.ok().filter(|it| it.is_needed() && !self.db.is_in_memory());
        let untold: Option<Repair> = Beside::Browser.read(REPAIR);
        if let Some(repair) = repair {
            Beside::Browser.write(REPAIR, &repair);
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
                Beside::Browser.write(CANARY, &Canary { device, dseq, count, last_id });
            }
            ask_to_persist().await;
        });
    }

    /// At start: does this browser keep what is written in it?
    pub(crate) async fn look_around(&self) {
        if Signs::seen().await.are_doubtful() {
            self.say_holding(Holding::Doubtful);
        }
    }

    /// Lets photos go that are safe elsewhere, until so many bytes are free. What a browser says of
    /// its room lags behind what was deleted: what went is counted here.
    pub(super) async fn make_room(&self, bytes: u64) -> bool {
        let freed = self.db.make_room(bytes).await.unwrap_or(0);
        if freed > 0 {
            self.look_again().await;
        }
        freed >= bytes
    }

    pub(super) fn repair_is_read(&self) {
        Beside::Browser.remove(REPAIR);
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

/// How many bytes are lacking for a photo of so many. A browser that does not say is believed to
/// have them.
pub(super) async fn lacking_for(bytes: usize) -> u64 {
    room_left().await.map_or(0, |left| lacking(left, bytes))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a photo and a reserve are smaller than 2^52 bytes, and never below zero"
)]
fn lacking(left: f64, bytes: usize) -> u64 {
    (RESERVE_BYTES + bytes as f64 - left).clamp(0.0, RESERVE_BYTES + bytes as f64).ceil() as u64
}

/// Bytes that the browser would still give; none: it does not say.
pub(crate) async fn room_left() -> Option<f64> {
    let estimate = estimate().await?;
    Some(member(&estimate, "quota")? - member(&estimate, "usage")?)
}

/// Bytes that the browser gives in all; none: it does not say.
pub(super) async fn quota() -> Option<f64> {
    member(&estimate().await?, "quota")
}

async fn estimate() -> Option<JsValue> {
    JsFuture::from(manager()?.estimate().ok()?).await.ok()
}

fn member(estimate: &JsValue, name: &str) -> Option<f64> {
    js_sys::Reflect::get(estimate, &name.into()).ok()?.as_f64()
}

/// Asked once: some browsers ask the person, and nobody is asked twice.
pub(super) async fn ask_to_persist() {
    if Beside::Browser.read::<bool>(PERSISTED).is_some() {
        return;
    }
    let Some(Ok(asked)) = manager().map(|it| it.persist()) else { return };
    if let Ok(answer) = JsFuture::from(asked).await {
        Beside::Browser.write(PERSISTED, &answer.is_truthy());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_that_would_take_of_the_reserve_lacks_what_it_would_take() {
        assert_eq!(lacking(RESERVE_BYTES + 300_000.0, 300_000), 0);
        assert_eq!(lacking(RESERVE_BYTES + 299_999.0, 300_000), 1);
        assert_eq!(lacking(0.0, 300_000), 8_688_608);
        assert_eq!(lacking(-5e9, 1), 8_388_609, "more than its quota is used");
        assert_eq!(lacking(5e9, 1), 0);
    }
}
