//! The one door to Cache Storage: a second copy of unsent texts, in other files than the database.
//! Nothing is ever sent from here. Where a browser has no Cache Storage there is no mirror.
#![expect(clippy::disallowed_types, reason = "this is the door")]

use js_sys::{Array, Promise, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Request, Response, Url};

use crate::{
    canary::Mirrored,
    phone::Device,
    row::{Row, RowKey},
};

/// Not one of the names `poshang-…`, which the service worker drops with an old build.
const CACHE: &str = "mirror.poshang";
/// Rows as JSON texts, by key.
const ROWS: &str = "/mirror/rows/";
const DEVICE: &str = "/mirror/device";

/// Keeps the texts of these rows, and the device that seals.
pub async fn keep(device: Option<&Device>, rows: &[Row]) -> Result<(), JsValue> {
    let cache = open().await?;
    if let Some(json) = device.and_then(|device| serde_json::to_string(device).ok()) {
        put(&cache, DEVICE, &json).await?;
    }
    for row in rows {
        if let Ok(json) = serde_json::to_string(row) {
            put(&cache, &name(row.key), &json).await?;
        }
    }
    Ok(())
}

/// These have arrived.
pub async fn forget(keys: &[RowKey]) -> Result<(), JsValue> {
    let cache = open().await?;
    for key in keys {
        done(cache.delete_with_str(&name(*key))).await?;
    }
    Ok(())
}

/// All that is kept. What cannot be read is left out.
pub async fn read() -> Result<Mirrored, JsValue> {
    let cache = open().await?;
    let mut mirrored = Mirrored::default();
    for request in done(cache.keys()).await?.unchecked_into::<Array>() {
        let path = Url::new(&request.unchecked_into::<Request>().url())?.pathname();
        if path == DEVICE {
            mirrored.device = read_one(&cache, &path).await?;
        } else if path.starts_with(ROWS) {
            mirrored.rows.extend(read_one(&cache, &path).await?);
        }
    }
    Ok(mirrored)
}

async fn read_one<T: DeserializeOwned>(cache: &Cache, path: &str) -> Result<Option<T>, JsValue> {
    let found = done(cache.match_with_str(path)).await?;
    let Ok(response) = found.dyn_into::<Response>() else { return Ok(None) };
    let text = done(response.text()?).await?.as_string();
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

async fn put(cache: &Cache, path: &str, json: &str) -> Result<(), JsValue> {
    let response = Response::new_with_opt_str(Some(json))?;
    done(cache.put_with_str(path, &response)).await.map(drop)
}

fn name(key: RowKey) -> String {
    format!("{ROWS}{key}")
}

async fn open() -> Result<Cache, JsValue> {
    let caches: CacheStorage = Reflect::get(&js_sys::global(), &"caches".into())?.dyn_into()?;
    done(caches.open(CACHE)).await?.dyn_into()
}

async fn done(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}
