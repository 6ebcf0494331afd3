use js_sys::{Function, Object, Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::pwa;

/// The tag that `sw.js` listens for.
const TAG: &str = "outbox";

/// Asks the browser to wake the worker once there is a network, page or no page. A bonus: where the
/// browser has no Background Sync, or refuses, every start of the page is a wake-up too.
///
/// A browser that believes itself online wakes the worker at once. So this is for a page that is
/// offline or goes out of sight; one in front of a person has its own timers.
pub(super) fn ask_for_worker() {
    spawn_local(async {
        let _ = register().await;
    });
}

/// `registration.sync.register(TAG)`, which web-sys does not know.
async fn register() -> Result<(), JsValue> {
    let Some(container) = pwa::container() else { return Ok(()) };
    let registration = JsFuture::from(container.ready()?).await?;
    let sync: Object = Reflect::get(&registration, &"sync".into())?.dyn_into()?;
    let register: Function = Reflect::get(&sync, &"register".into())?.dyn_into()?;
    let registered: Promise = register.call1(&sync, &TAG.into())?.dyn_into()?;
    JsFuture::from(registered).await.map(drop)
}
