//! Opening the database.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, IdbRequestReadyState, IdbVersionChangeEvent};

use crate::timer::Timer;

use super::{BLOBS, DRAFTS, META, MINE, ROWS, StoreError, error_of, record::TODO};

/// Name of the database.
const NAME: &str = "poshang";
/// The form of the stores. 2 added what a person keeps of parks.
const VERSION: u32 = 2;

/// Some browsers now and then never answer an opening (`WebKit` bug 226547); asked anew, or in a page that
/// is loaded anew, they do. Three times this passes before the page gives up. Milliseconds.
const OPENS_WITHIN_MS: i32 = 4_000;

/// Opens the database. `as_it_is`: neither made nor changed in form.
pub(super) async fn open(as_it_is: bool) -> Result<IdbDatabase, StoreError> {
    let unavailable = |_| StoreError::Unavailable;
    let global = js_sys::global();
    let factory = Reflect::get(&global, &"indexedDB".into()).map_err(unavailable)?;
    let factory: web_sys::IdbFactory = factory.dyn_into().map_err(unavailable)?;
    let asked = if as_it_is { factory.open(NAME) } else { factory.open_with_u32(NAME, VERSION) };
    let request = asked.map_err(unavailable)?;
    let db = match answer(&request, as_it_is).await {
        // A later build has been here. Upgrades only add: what this one knows is where it was.
        Err(_) if is_newer(&request) => {
            answer(&factory.open(NAME).map_err(unavailable)?, as_it_is).await
        }
        answered => answered,
    };
    let db = db.map_err(|event| match error_of(&event) {
        StoreError::Full => StoreError::Full,
        _ => StoreError::Unavailable,
    })?;
    give_way(&db);
    Ok(db)
}

/// Waits for the database, and makes those of its stores that are not there. An upgrade that is
/// broken off leaves everything as it was; the next opening begins it anew.
async fn answer(request: &IdbOpenDbRequest, as_it_is: bool) -> Result<IdbDatabase, JsValue> {
    let upgrade = Closure::once({
        let made = request.clone();
        move |event: IdbVersionChangeEvent| match made.transaction().filter(|_| as_it_is) {
            // There is no database yet, and no page to say of which form: opening it fails.
            Some(making) => drop(making.abort()),
            None => create_stores(&event),
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let mut patience = None;
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        patience = Timer::after(OPENS_WITHIN_MS, &reject).ok();
    });
    let answered = JsFuture::from(opened).await;
    if request.ready_state() == IdbRequestReadyState::Pending {
        close_when_it_comes(request);
    }
    answered?;
    request.result()?.dyn_into()
}

/// Nobody waits for it any more, and what nobody holds must not stand in the way of others.
fn close_when_it_comes(request: &IdbOpenDbRequest) {
    let close = Closure::once_into_js({
        let late = request.clone();
        move || {
            if let Some(db) = late.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok()) {
                db.close();
            }
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
}

fn is_newer(request: &IdbOpenDbRequest) -> bool {
    request.error().ok().flatten().is_some_and(|error| error.name() == "VersionError")
}

/// Another page wants to upgrade: this connection closes, and the next use opens a new one.
fn give_way(db: &IdbDatabase) {
    let close = Closure::once_into_js({
        let db = db.clone();
        move || db.close()
    });
    db.set_onversionchange(Some(close.unchecked_ref()));
}

fn create_stores(event: &IdbVersionChangeEvent) {
    let db = event
        .target()
        .and_then(|it| it.dyn_into::<IdbOpenDbRequest>().ok())
        .and_then(|request| request.result().ok())
        .and_then(|it| it.dyn_into::<IdbDatabase>().ok());
    let Some(db) = db else { return };
    let there = db.object_store_names();
    for name in [META, DRAFTS, BLOBS, ROWS, MINE] {
        if there.contains(name) {
            continue;
        }
        // If a store cannot be made the upgrade aborts, and opening fails with words.
        let made = db.create_object_store(name);
        if let (ROWS, Ok(rows)) = (name, made) {
            let _ = rows.create_index_with_str(TODO, TODO);
        }
    }
}
