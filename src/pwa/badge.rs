use js_sys::{Function, Promise, Reflect};
use leptos::{prelude::window, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Shows on the app's icon how much waits to be sent, where the browser can.
pub fn show_badge(waiting: u32) {
    spawn_local(async move {
        // A browser that refuses, for a page that is not installed, shows nothing, as before.
        if let Ok(shown) = badge(waiting) {
            let _ = JsFuture::from(shown).await;
        }
    });
}

/// `navigator.setAppBadge(waiting)` or `clearAppBadge()`, which web-sys does not know.
fn badge(waiting: u32) -> Result<Promise, JsValue> {
    let navigator = window().navigator();
    let method = if waiting == 0 { "clearAppBadge" } else { "setAppBadge" };
    let method: Function = Reflect::get(&navigator, &method.into())?.dyn_into()?;
    method.call1(&navigator, &waiting.into())?.dyn_into()
}
