//! `sync/1` over HTTP, and the page from the same origin.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderValue, Method, StatusCode},
    middleware,
    response::{IntoResponse as _, Response},
    routing::{get, post, put},
};
use model::ids::DeviceId;
use tokio::sync::{Mutex, Semaphore, broadcast, watch};
use tower_http::catch_panic::CatchPanicLayer;

use self::{body::Pace, safe::Safe};
use crate::{
    blobs::Blobs,
    clock::Clock,
    disk::Disk,
    identity::Identity,
    limits::{Buckets, Origin},
    operator::Reader,
    page::{Files, Page},
    problems::{self, Refusal, refuse},
    reader::Lookups,
    writer::Writer,
};

/// What every answer carries, and what every request must.
pub mod gate;

/// Bodies: read in time and within their limits.
pub mod body;

/// What is off the machine.
pub mod safe;

/// Rescue files.
pub mod import;

mod calls;
mod health;
mod news;
mod pieces;

/// Requests that may wait for news at once; more are answered at once. They hold connections that
/// reports need.
pub const WAITING: usize = 256;

/// All that the handlers share.
pub struct App {
    /// Writes go through it.
    pub writer: Writer,
    /// Look-ups that need no transaction.
    pub lookups: Lookups,
    /// Where photos go.
    pub blobs: Blobs,
    /// Keys and epoch.
    pub identity: Identity,
    /// Who reads the reports.
    pub reader: Reader,
    /// What the page may load and do.
    pub policy: HeaderValue,
    /// What is off the machine.
    pub safe: Safe,
    /// The time.
    pub clock: Clock,
    /// How slow a body may be.
    pub pace: Pace,
    /// What each device may send.
    pub items: Buckets<DeviceId>,
    /// How many devices each network may begin with.
    pub new_devices: Buckets<Origin>,
    /// Is there room for photos?
    pub disk: Disk,
    /// Permits for photos and voice notes that are on their way.
    pub uploads: Semaphore,
    /// When a heartbeat last reached the disk.
    pub last_beat: Mutex<Option<tokio::time::Instant>>,
    /// Permits for [`import::IMPORTS`].
    pub imports: Semaphore,
    /// Devices of which something was stored, for those who wait for news.
    pub stored: broadcast::Sender<DeviceId>,
    /// Permits for [`WAITING`].
    pub waiting: Semaphore,
    /// Becomes true when the endpoint stops: nobody waits for news any more.
    pub stopping: watch::Receiver<bool>,
    /// The built page, if there is one to serve.
    pub page: Option<Page>,
    /// The district pack that the operator put beside the page's.
    pub pack: Files,
}

/// Every address there is.
pub fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/sync/v1/hello", get(calls::hello))
        .route("/sync/v1/devices/{device}", put(calls::device))
        .route("/sync/v1/items", post(calls::items))
        .route(
            "/sync/v1/blobs/{sha256}",
            put(calls::blob).head(pieces::offset).patch(pieces::append),
        )
        .route("/sync/v1/import", post(import::import))
        .route("/sync/v1/have", post(news::have))
        .route("/sync/v1/changes", get(news::changes))
        .route("/pack/{file}", get(later_pack))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(health::ready))
        .route("/problems/{slug}", get(async |Path(slug): Path<String>| problems::page(&slug)))
        .method_not_allowed_fallback(wrong_method)
        .fallback(anything_else)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), gate::pass))
        .with_state(app)
}

/// The phone looks here for a later edition of the district's facts than its page was built with.
/// That there is none is no error.
async fn later_pack(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    mut request: Request,
) -> Response {
    let Ok(uri) = format!("/{file}").parse() else {
        return refuse(&problems::NO_SUCH, "there is nothing at this address").into_response();
    };
    *request.uri_mut() = uri;
    let answer = app.pack.answer(request).await;
    let none = answer.status() == StatusCode::NOT_FOUND && file == "pack.json";
    if none { StatusCode::NO_CONTENT.into_response() } else { answer }
}

async fn wrong_method() -> Refusal {
    refuse(&problems::METHOD, "this address does not take this method")
}

async fn anything_else(State(app): State<Arc<App>>, request: Request) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match &app.page {
        Some(page) if reads && !gate::is_sync(request.uri()) => page.answer(request).await,
        _ => refuse(&problems::NO_SUCH, "there is nothing at this address").into_response(),
    }
}

/// Says nothing of what went wrong: that is in the log, which the panic's own message reached.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Refusal::busy("the endpoint stumbled over this request").into_response()
}
