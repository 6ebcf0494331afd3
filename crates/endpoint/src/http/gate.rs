//! What every answer carries, and what every request must.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use model::{
    base_map::BaseMap,
    wire::headers::{CLIENT, EPOCH, PROTOCOL, PROTOCOL_1, SAFE_UPTO},
};

use super::{App, body::Lingering};
use crate::{
    operator::Version,
    problems::{self, Refusal, refuse},
};

const HELLO: &str = "/sync/v1/hello";

/// Headers of every answer, from the first day, beside [`policy`].
const SECURITY: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), geolocation=(self), microphone=(self), accelerometer=(), \
         browsing-topics=(), display-capture=(), gyroscope=(), magnetometer=(), midi=(), \
         payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What the page may load and do: its own things, and pictures of the map that the operator has chosen.
pub fn policy(base_map: Option<&BaseMap>) -> HeaderValue {
    let own = ["'self'".to_owned(), "blob:".to_owned()].into_iter();
    let others = base_map.map(BaseMap::origins).unwrap_or_default();
    let pictures = own.chain(others).collect::<Vec<_>>().join(" ");
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src \
         {pictures}; media-src 'self' blob:; style-src 'self'; manifest-src 'self'; \
         worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    // The origins were read as plain letters; were they not, the page would have no pictures at all.
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Every request passes here, and every answer, time-outs and unknown addresses included.
pub async fn pass(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let sync = is_sync(request.uri());
    let request = request.map(|body| Body::new(Lingering::new(body)));
    let mut response = match recent_enough(&request, app.reader.min_client) {
        Err(old) if sync => old.into_response(),
        _ => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, app.policy.clone());
    for (name, value) in SECURITY {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if sync {
        mark(headers, &app);
    }
    response
}

/// Is it an address of the protocol?
pub fn is_sync(uri: &Uri) -> bool {
    uri.path() == "/sync" || uri.path().starts_with("/sync/")
}

fn mark(headers: &mut HeaderMap, app: &App) {
    headers.insert(PROTOCOL, HeaderValue::from_static(PROTOCOL_1));
    if let Ok(epoch) = HeaderValue::from_str(&app.identity.epoch.to_string()) {
        headers.insert(EPOCH, epoch);
    }
    if let Some(seq) = app.safe.upto() {
        headers.insert(SAFE_UPTO, HeaderValue::from(seq));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// A client that says an old version is told so; one that says none is let in. `hello` answers
/// everybody, because it says which version is needed.
fn recent_enough(request: &Request, min: Version) -> Result<(), Refusal> {
    let said = request.headers().get(CLIENT).and_then(|value| value.to_str().ok());
    let said: Option<Version> = said.and_then(|said| said.split_once('/')?.1.parse().ok());
    if said.is_none_or(|said| said >= min) || request.uri().path() == HELLO {
        return Ok(());
    }
    Err(refuse(&problems::UPGRADE, format!("this client is older than {min}; renew the page")))
}
