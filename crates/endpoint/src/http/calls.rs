//! The calls of `sync/1` that send: who is there, a device, items, photos.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use model::{
    JURISDICTION,
    base64::Token,
    hex::Digest,
    ids::DeviceId,
    wire::{
        BlobKept, Enrolled, Hello, ItemOutcome, ItemResult, ItemResults, Limits, limits,
        received_enrol,
    },
};

use tokio::sync::SemaphorePermit;

use super::{
    App,
    body::{Incoming, content_length},
};
use crate::{
    blobs::{part::Coming, wrong_length},
    core::{Enrolment, Job, JobAnswer},
    limits::Origin,
    problems::{self, Refusal, refuse},
};

/// Bytes of a device's request.
const DEVICE_BYTES: usize = 1_024;
pub(super) const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";

type Shared = State<Arc<App>>;

/// Who is this endpoint, and does anybody read what is sent to it?
pub async fn hello(State(app): Shared) -> Json<Hello> {
    app.safe.look();
    Json(Hello {
        epoch: app.identity.epoch,
        now: (app.clock)(),
        jurisdiction: JURISDICTION.to_owned(),
        mode: app.reader.mode,
        operator: app.reader.operator.clone(),
        min_client: app.reader.min_client.to_string(),
        limits: Limits::default(),
        safe_upto: app.safe.upto(),
        contributions: app.reader.contributions,
        base_map: app.reader.base_map.clone(),
        keys: app.identity.keys.clone(),
    })
}

/// A device makes itself known. Asking twice is asking once.
pub async fn device(State(app): Shared, request: Request) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let device: DeviceId = last_part(&head.uri).parse().map_err(|_| {
        refuse(&problems::MALFORMED, "the address must end in a UUID of version 7, lower case")
    })?;
    expect_type(&head.headers, JSON)?;
    let body = Incoming::new(body, app.pace).text(&head.headers, DEVICE_BYTES).await?;
    let token_sha256 = received_enrol(&body)?.token_sha256;
    let from = head.extensions.get::<Origin>().copied();
    if let Some(from) = from {
        let room = app.new_devices.check(&from, "many new devices came from this network");
        // A known one is no new one, whoever else came from its network.
        if room.is_err() && !app.knows(device, token_sha256).await? {
            room?;
        }
    }
    let status = match app.write(Job::Device { device, token_sha256 }).await? {
        JobAnswer::Device(Enrolment::New) => {
            from.inspect(|from| app.new_devices.take(*from, 1));
            StatusCode::CREATED
        }
        JobAnswer::Device(Enrolment::Same) => StatusCode::OK,
        JobAnswer::Device(Enrolment::Taken) => {
            let detail = "this device id is bound to another token";
            return Err(refuse(&problems::DEVICE_TAKEN, detail).at("/token_sha256"));
        }
        _ => return Err(stumbled()),
    };
    Ok((status, Json(Enrolled { device })).into_response())
}

/// Items: a result for each.
pub async fn items(State(app): Shared, request: Request) -> Result<Json<ItemResults>, Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.caller(&head.headers).await?;
    expect_type(&head.headers, JSON)?;
    let body = Incoming::new(body, app.pace).text(&head.headers, limits::ITEMS_BYTES).await?;
    // A device that has sent enough still hears of what is here.
    let full = app.items.seconds(&caller);
    let job = match full {
        Some(retry_after) => Job::Known { caller, body, retry_after },
        None => Job::Items { caller, body },
    };
    let JobAnswer::Items(results) = app.write(job).await? else { return Err(stumbled()) };
    let results = results?;
    let waits = |it: &ItemResult| matches!(it.outcome, ItemOutcome::Later { .. });
    if full.is_some() && results.results.iter().all(waits) {
        app.check_items(caller)?;
    }
    app.count(caller, &results);
    Ok(Json(results))
}

/// A photo or voice note that an item of this device names.
pub async fn blob(State(app): Shared, request: Request) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.caller(&head.headers).await?;
    let named = app.named_blob(caller, &head.uri).await;
    expect_type(&head.headers, BYTES)?;
    let len = announced(&head.headers)?;
    let coming = named?;
    if len != coming.len {
        return Err(wrong_length(coming.len));
    }
    app.keep(body, coming).await
}

/// What an address is about. Ids and digests need no escaping, so an escaped one is none.
fn last_part(uri: &Uri) -> &str {
    uri.path().rsplit('/').next().unwrap_or_default()
}

pub(super) fn announced(headers: &HeaderMap) -> Result<u64, Refusal> {
    let missing = || refuse(&problems::LENGTH_REQUIRED, "say the Content-Length of the photo");
    let len = content_length(headers).ok_or_else(missing)?;
    let limit = limits::PHOTO_BYTES;
    if len > limit {
        let detail = format!("{len} bytes, at most {limit}");
        return Err(refuse(&problems::TOO_LARGE, detail).over(limit));
    }
    Ok(len)
}

pub(super) fn expect_type(headers: &HeaderMap, expected: &str) -> Result<(), Refusal> {
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let said = said.and_then(|value| value.split(';').next()).map(str::trim);
    let right = said.is_some_and(|said| said.eq_ignore_ascii_case(expected));
    if right && !headers.contains_key(header::CONTENT_ENCODING) {
        return Ok(());
    }
    Err(refuse(&problems::TYPE, format!("the body must be {expected}, not compressed")))
}

impl App {
    /// First the file, then its row, then the answer.
    async fn keep(&self, body: Body, coming: Coming) -> Result<Response, Refusal> {
        let _permit = self.upload()?;
        self.blobs.receive(Incoming::new(body, self.pace), coming).await?;
        let status =
            if self.note_blob(coming).await? { StatusCode::CREATED } else { StatusCode::OK };
        let Coming { sha256, len, .. } = coming;
        Ok((status, Json(BlobKept { sha256, len })).into_response())
    }

    /// May this device send items now?
    pub(super) fn check_items(&self, caller: DeviceId) -> Result<(), Refusal> {
        self.items.check(&caller, "this device has sent many items")
    }

    /// Only what is new counts: to send again what is here costs a device nothing.
    pub(super) fn count(&self, caller: DeviceId, results: &ItemResults) {
        let new = |it: &&ItemResult| {
            matches!(it.outcome, ItemOutcome::Stored(_) | ItemOutcome::Held { .. })
        };
        self.items.take(caller, results.results.iter().filter(new).count());
        // Perhaps nobody waits for news.
        let _ = self.stored.send(caller);
    }

    /// One of the places for uploads, if the disk has room for one.
    pub(super) fn upload(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        self.disk.has_room()?;
        self.uploads.try_acquire().map_err(|_| Refusal::busy("too many photos are on their way"))
    }

    /// The row of a file that is whole and on the disk: was it new?
    pub(super) async fn note_blob(&self, coming: Coming) -> Result<bool, Refusal> {
        let Coming { sha256, len, .. } = coming;
        match self.write(Job::Blob { sha256, len }).await? {
            JobAnswer::Blob { new } => Ok(new),
            _ => Err(stumbled()),
        }
    }

    /// The photo that an address names, if an item that this device has sent names it too.
    pub(super) async fn named_blob(&self, caller: DeviceId, uri: &Uri) -> Result<Coming, Refusal> {
        let sha256 = last_part(uri).parse().map_err(|_| unnamed())?;
        self.coming(caller, sha256).await
    }

    /// The photo of a digest, if an item that this device has sent names it.
    pub(super) async fn coming(&self, from: DeviceId, sha256: Digest) -> Result<Coming, Refusal> {
        let len = self.lookups.awaited(from, sha256).await.map_err(|error| unread(&error))?;
        Ok(Coming { from, sha256, len: len.ok_or_else(unnamed)? })
    }

    pub(super) async fn write(&self, job: Job) -> Result<JobAnswer, Refusal> {
        Ok(self.writer.write(job).await?)
    }

    /// Is this very pair of device and token known?
    async fn knows(&self, device: DeviceId, token_sha256: Digest) -> Result<bool, Refusal> {
        let known = self.lookups.owner(token_sha256).await.map_err(|error| unread(&error))?;
        Ok(known == Some(device))
    }

    /// The token alone names the device.
    pub(super) async fn caller(&self, headers: &HeaderMap) -> Result<DeviceId, Refusal> {
        let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token: Option<Token> = said.and_then(|said| bearer(said)?.parse().ok());
        let Some(token) = token else {
            let detail = "say `Authorization: Bearer` and the device's token";
            return Err(refuse(&problems::TOKEN_UNKNOWN, detail));
        };
        let device = self.lookups.owner(token.digest()).await.map_err(|error| unread(&error))?;
        let detail = "this endpoint knows no device with this token; PUT the device again";
        device.ok_or_else(|| refuse(&problems::TOKEN_UNKNOWN, detail))
    }
}

/// What follows the scheme, whose case says nothing (RFC 9110, 11.1).
fn bearer(said: &str) -> Option<&str> {
    let (scheme, token) = said.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start_matches(' '))
}

fn unnamed() -> Refusal {
    refuse(&problems::NO_SUCH, "no item that this device has sent names it")
}

pub(super) fn stumbled() -> Refusal {
    Refusal::busy("the endpoint stumbled over this request")
}

pub(super) fn unread(error: &rusqlite::Error) -> Refusal {
    tracing::error!("the database could not be read: {error}");
    Refusal::busy("the database could not be read")
}
