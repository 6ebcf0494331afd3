//! The one door to the network.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use model::wire::headers;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
    Response,
};

use crate::{
    exchange::{Answer, Body, Reply, Request},
    timer::Timer,
};

/// This client, as every request names it.
const CLIENT: &str = concat!("poshang/", env!("CARGO_PKG_VERSION"));
/// A text or a greeting that takes longer is not coming.
const PATIENCE_MS: i32 = 30_000;
/// A photo of 300 KB over 20 kbit/s takes two minutes.
const PATIENCE_BLOB_MS: i32 = 300_000;

/// Sends one request. If its body is a blob or a piece of one, these are the bytes of the whole.
pub async fn send(request: &Request, blob: Option<&[u8]>) -> Answer {
    match try_send(request, blob).await {
        Ok(reply) => Answer::Reply(reply),
        Err(_) => Answer::Unreachable,
    }
}

/// The text behind an address of the page's own origin, with its status.
pub async fn get(address: &str) -> Result<(u16, String), JsValue> {
    get_with(address, &RequestInit::new()).await
}

/// The same, asking the endpoint whether what the browser has kept is still so.
pub async fn get_anew(address: &str) -> Result<(u16, String), JsValue> {
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoCache);
    get_with(address, &init).await
}

async fn get_with(address: &str, init: &RequestInit) -> Result<(u16, String), JsValue> {
    let _patience = patience(init, PATIENCE_MS)?;
    let response = fetch(address, init).await?;
    Ok((response.status(), text_of(&response).await?))
}

async fn try_send(request: &Request, blob: Option<&[u8]>) -> Result<Reply, JsValue> {
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(RequestCredentials::Omit);
    // A redirect is a login page's work, never the endpoint's.
    init.set_redirect(RequestRedirect::Manual);
    init.set_headers(headers_of(request)?.as_ref());
    match (&request.body, blob) {
        (Body::Json(text), _) => init.set_body(&text.into()),
        (_, Some(bytes)) => init.set_body(&Uint8Array::from(request.body.part_of(bytes))),
        (_, None) => {}
    }
    // Until the last byte of the answer: an endpoint may fall silent in the middle of it.
    let _patience = patience(&init, if blob.is_some() { PATIENCE_BLOB_MS } else { PATIENCE_MS })?;
    reply_of(&fetch(&request.path, &init).await?).await
}

fn headers_of(request: &Request) -> Result<Headers, JsValue> {
    let given = Headers::new()?;
    given.set(headers::CLIENT, CLIENT)?;
    match request.body {
        Body::None => {}
        Body::Json(_) => given.set("content-type", "application/json")?,
        Body::Blob { .. } => given.set("content-type", "application/octet-stream")?,
        Body::Piece { from, .. } => {
            given.set("content-type", headers::OFFSET_BYTES)?;
            given.set(headers::UPLOAD_OFFSET, &from.to_string())?;
        }
    }
    if let Some(token) = request.token {
        given.set("authorization", &format!("Bearer {token}"))?;
    }
    Ok(given)
}

async fn reply_of(response: &Response) -> Result<Reply, JsValue> {
    let header = |name: &str| response.headers().get(name).ok().flatten();
    Ok(Reply {
        status: response.status(),
        protocol: header(headers::PROTOCOL),
        epoch: header(headers::EPOCH),
        retry_after: header("retry-after").and_then(|seconds| seconds.parse().ok()),
        offset: header(headers::UPLOAD_OFFSET).and_then(|bytes| bytes.parse().ok()),
        body: text_of(response).await?,
    })
}

async fn text_of(response: &Response) -> Result<String, JsValue> {
    Ok(JsFuture::from(response.text()?).await?.as_string().unwrap_or_default())
}

/// Gives this request up after so many milliseconds, unless what is returned is dropped before.
fn patience(init: &RequestInit, ms: i32) -> Result<Timer, JsValue> {
    let abort = AbortController::new()?;
    init.set_signal(Some(&abort.signal()));
    let give_up: Function = Reflect::get(&abort, &"abort".into())?.dyn_into()?;
    Timer::after(ms, &give_up.bind0(&abort))
}

/// `fetch` of whatever global there is, page or worker.
async fn fetch(address: &str, init: &RequestInit) -> Result<Response, JsValue> {
    let global = js_sys::global();
    let fetch: Function = Reflect::get(&global, &"fetch".into())?.dyn_into()?;
    let asked: Promise = fetch.call2(&global, &address.into(), init)?.dyn_into()?;
    JsFuture::from(asked).await?.dyn_into()
}
