//! The one door to Cache Storage: texts by path, in other files than the database. Where a browser
//! has none, every call fails and nothing else.
#![expect(clippy::disallowed_types, reason = "this is the door")]

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, CacheStorage, Request, Response, Url};

/// The texts of one cache.
pub struct Texts(Cache);

impl Texts {
    /// Opens a cache. A name that begins with `poshang-` is a build's, and the service worker drops
    /// it together with the build.
    pub async fn open(name: &str) -> Result<Self, JsValue> {
        let caches: CacheStorage = Reflect::get(&js_sys::global(), &"caches".into())?.dyn_into()?;
        done(caches.open(name)).await?.dyn_into().map(Self)
    }

    /// Keeps a text under a path, in the place of what was there.
    pub async fn put(&self, path: &str, text: &str) -> Result<(), JsValue> {
        let response = Response::new_with_opt_str(Some(text))?;
        done(self.0.put_with_str(path, &response)).await.map(drop)
    }

    /// The text under a path.
    pub async fn get(&self, path: &str) -> Result<Option<String>, JsValue> {
        let found = done(self.0.match_with_str(path)).await?;
        let Ok(response) = found.dyn_into::<Response>() else { return Ok(None) };
        // As bytes: of a text the browser would make one of its own, and of that ours again.
        let bytes = Uint8Array::new(&done(response.array_buffer()?).await?);
        Ok(String::from_utf8(bytes.to_vec()).ok())
    }

    /// Forgets the text under a path.
    pub async fn delete(&self, path: &str) -> Result<(), JsValue> {
        done(self.0.delete_with_str(path)).await.map(drop)
    }

    /// Every path.
    pub async fn paths(&self) -> Result<Vec<String>, JsValue> {
        let requests = done(self.0.keys()).await?.unchecked_into::<Array>();
        let path = |request: JsValue| Url::new(&request.unchecked_into::<Request>().url());
        requests.iter().map(|request| path(request).map(|url| url.pathname())).collect()
    }
}

/// Path and text of what `boot.js` has begun to read before the wasm was here; nothing where it could
/// not, or a test has started us.
pub async fn read_at_start() -> Vec<(String, String)> {
    let (global, name) = (js_sys::global(), JsValue::from("keptPack"));
    let Ok(begun) = Reflect::get(&global, &name) else { return Vec::new() };
    // Taken once: nobody keeps the bytes of a whole pack beside it.
    let _ = Reflect::delete_property(&global, &name);
    let Ok(begun) = begun.dyn_into::<Promise>() else { return Vec::new() };
    let read = done(begun).await.map(|read| Array::from(&read)).unwrap_or_default();
    let text = |pair: JsValue| {
        let pair = Array::from(&pair);
        let bytes = Uint8Array::new(&pair.get(1));
        Some((pair.get(0).as_string()?, String::from_utf8(bytes.to_vec()).ok()?))
    };
    read.iter().filter_map(text).collect()
}

async fn done(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}
