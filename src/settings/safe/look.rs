use js_sys::Promise;
use leptos::prelude::*;
use model::wire::Mode;
use outbox::{Delivery, RowKey, clock};
use wasm_bindgen_futures::JsFuture;

use super::verdict::Findings;
use crate::{
    outbox::{Holding, Outbox, is_promised, room_left},
    pwa,
};

/// The longest wait for a receipt.
const LONGEST_MS: i64 = 15_000;
/// Between two looks at the probe.
const PAUSE_MS: i32 = 300;

/// Looks at everything, a probe sent and its receipt verified among it. `left` ends the wait: the
/// person has gone elsewhere.
pub(super) async fn look(outbox: Outbox, left: impl Fn() -> bool) -> Findings {
    let began_ms = clock::now().ms;
    let probe = outbox.probe().await;
    let reached = match probe {
        Ok(key) => arrives(outbox, key, began_ms, left).await,
        Err(_) => false,
    };
    let phone = outbox.remembered().await.ok();
    let left_to_do = outbox.left_to_do().await;
    Findings {
        kept: probe.is_ok() && outbox.holding().get_untracked() != Holding::Page,
        room: room_left().await,
        promised: is_promised().await,
        opens_offline: pwa::opens_offline().await,
        reached,
        stranger: phone.as_ref().is_some_and(|phone| phone.stranger.is_some()),
        demo: phone.is_some_and(|phone| phone.mode() == Mode::Demo),
        unsent: left_to_do.to_send + left_to_do.needs_you,
        needs_you: left_to_do.needs_you,
    }
}

/// Waits until the probe has a verified receipt, or has been tried in vain.
async fn arrives(outbox: Outbox, key: RowKey, began_ms: i64, left: impl Fn() -> bool) -> bool {
    loop {
        let Ok(Some(row)) = outbox.row(key).await else { return false };
        if matches!(row.delivery, Delivery::Delivered | Delivery::Remainder) {
            return true;
        }
        let in_vain = row.waits.as_ref().is_some_and(|waits| waits.tried_ms >= began_ms);
        let waited_ms = clock::now().ms - began_ms;
        // A clock that was set back makes nobody wait for ever.
        let too_long = !(0..LONGEST_MS).contains(&waited_ms);
        if !row.is_unfinished() || in_vain || too_long || left() {
            return false;
        }
        pause().await;
    }
}

async fn pause() {
    let timer = Promise::new(&mut |done, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, PAUSE_MS);
    });
    let _ = JsFuture::from(timer).await;
}
