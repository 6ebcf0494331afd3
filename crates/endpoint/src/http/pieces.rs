//! Photos in pieces: the core of tus 1.0 (<https://tus.io/protocols/resumable-upload>) on the
//! address that the digest gives. There is no creation step: the address is there once a stored
//! item names the digest.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse as _, Response},
};
use model::wire::headers::{OFFSET_BYTES, UPLOAD_LENGTH, UPLOAD_OFFSET};

use super::{
    App,
    body::Incoming,
    calls::{announced, expect_type, stumbled, unread},
};
use crate::{
    blobs::{
        part::{Coming, wrong_offset},
        wrong_length,
    },
    problems::{self, Refusal, refuse},
};

const TUS: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_1: HeaderValue = HeaderValue::from_static("1.0.0");

type Shared = State<Arc<App>>;

/// How many bytes of a photo are here, and how many it has in all.
pub async fn offset(State(app): Shared, request: Request) -> Result<Response, Refusal> {
    let caller = app.caller(request.headers()).await?;
    let coming = app.named_blob(caller, request.uri()).await?;
    let here = app.here(coming).await?;
    let mut response = told(StatusCode::OK, here);
    response.headers_mut().insert(UPLOAD_LENGTH, HeaderValue::from(coming.len));
    Ok(response)
}

/// More bytes of a photo, from where those that are here end.
pub async fn append(State(app): Shared, request: Request) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.caller(&head.headers).await?;
    let named = app.named_blob(caller, &head.uri).await;
    expect_type(&head.headers, OFFSET_BYTES)?;
    let len = announced(&head.headers)?;
    let (coming, offset) = (named?, begins(&head.headers)?);
    if app.is_held(coming).await? {
        let whole = offset == coming.len;
        return if whole {
            Ok(told(StatusCode::NO_CONTENT, offset))
        } else {
            Err(wrong_offset(coming.len))
        };
    }
    if offset.checked_add(len).is_none_or(|end| end > coming.len) {
        return Err(wrong_length(coming.len));
    }
    let body = Incoming::new(body, app.pace);
    // On a task of its own: a connection that is cut ends the request, and must not end it between
    // the bytes that were counted and those that were written.
    let adding = tokio::spawn(async move { app.add(body, coming, offset).await });
    let here = adding.await.map_err(|_| stumbled())??;
    Ok(told(StatusCode::NO_CONTENT, here))
}

fn begins(headers: &HeaderMap) -> Result<u64, Refusal> {
    let said = headers.get(UPLOAD_OFFSET).and_then(|value| value.to_str().ok()?.parse().ok());
    said.ok_or_else(|| refuse(&problems::MALFORMED, "say the Upload-Offset, a whole number"))
}

fn told(status: StatusCode, here: u64) -> Response {
    let mut response = status.into_response();
    response.headers_mut().insert(UPLOAD_OFFSET, HeaderValue::from(here));
    response.headers_mut().insert(TUS, TUS_1);
    response
}

impl App {
    async fn is_held(&self, coming: Coming) -> Result<bool, Refusal> {
        self.lookups.held(coming.sha256).await.map_err(|error| unread(&error))
    }

    async fn here(&self, coming: Coming) -> Result<u64, Refusal> {
        if self.is_held(coming).await? {
            return Ok(coming.len);
        }
        let here = self.blobs.offset(coming).await?;
        if here < coming.len {
            return Ok(here);
        }
        // A crash came between its last byte and its name.
        self.add(Incoming::new(Body::empty(), self.pace), coming, here).await
    }

    async fn add(&self, body: Incoming, coming: Coming, offset: u64) -> Result<u64, Refusal> {
        let _permit = self.upload()?;
        let here = self.blobs.append(body, coming, offset).await?;
        if here == coming.len {
            self.note_blob(coming).await?;
        }
        Ok(here)
    }
}
