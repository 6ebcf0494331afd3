use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::ServiceWorkerRegistration;

use super::container;

/// Would the page open with no network? A worker becomes active only after it has kept all of it.
pub(crate) async fn opens_offline() -> bool {
    let Some(container) = container() else { return false };
    let Ok(found) = JsFuture::from(container.get_registration()).await else { return false };
    found.dyn_into().is_ok_and(|it: ServiceWorkerRegistration| it.active().is_some())
}
