//! Bodies: read in time and within their limits.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, header},
};
use http_body_util::BodyExt as _;
use hyper::body::Frame;
use tokio::{
    runtime::Handle,
    time::{Instant, timeout, timeout_at},
};

use crate::problems::{self, Refusal, refuse};

/// How slow a body may be: all of it within `grace`, or after that at least at `bytes_per_second`
/// on average. Slower, and the connection is better used for somebody else.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// No judgement before that.
    pub grace: Duration,
    /// Bytes per second.
    pub bytes_per_second: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { grace: Duration::from_secs(20), bytes_per_second: 2_048 }
    }
}

/// A body that must keep its pace.
pub struct Incoming {
    body: Body,
    pace: Pace,
    begun: Instant,
    received: u64,
}

impl Incoming {
    /// The pace counts from now.
    pub fn new(body: Body, pace: Pace) -> Self {
        Self { body, pace, begun: Instant::now(), received: 0 }
    }

    /// The next bytes; none at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        loop {
            match timeout_at(self.deadline(), self.body.frame()).await {
                Err(_) => return Err(Refusal::busy("the body came too slowly")),
                Ok(None) => return Ok(None),
                Ok(Some(Err(_))) => {
                    return Err(refuse(&problems::MALFORMED, "the body ended too early"));
                }
                Ok(Some(Ok(frame))) => {
                    // Trailers say nothing here.
                    if let Ok(bytes) = frame.into_data() {
                        self.received += bytes.len() as u64;
                        return Ok(Some(bytes));
                    }
                }
            }
        }
    }

    fn deadline(&self) -> Instant {
        let seconds = self.received / u64::from(self.pace.bytes_per_second.max(1));
        self.begun + self.pace.grace + Duration::from_secs(seconds)
    }

    /// All of it, as text of at most `limit` bytes.
    pub async fn text(mut self, headers: &HeaderMap, limit: usize) -> Result<String, Refusal> {
        let too_large = || {
            let detail = format!("the body is longer than {limit} bytes");
            refuse(&problems::TOO_LARGE, detail).over(limit as u64)
        };
        if content_length(headers).is_some_and(|len| len > limit as u64) {
            return Err(too_large());
        }
        let mut all = Vec::new();
        while let Some(bytes) = self.next().await? {
            if all.len() + bytes.len() > limit {
                return Err(too_large());
            }
            all.extend_from_slice(&bytes);
        }
        String::from_utf8(all)
            .map_err(|_| refuse(&problems::MALFORMED, "the body is not UTF-8").at(""))
    }
}

/// What the request says about its length.
pub fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A body that is refused is still read for a while, beside the answer. A connection cut while the
/// phone is writing loses the very answer that says why, and the phone would try for ever.
pub struct Lingering(Option<Body>);

/// How much of a refused body is read: more than any body that is not a mistake.
const LINGER_BYTES: u64 = 16 * 1024 * 1024;
/// And for how long.
const LINGER: Duration = Duration::from_secs(5);

impl Lingering {
    /// Watches over a request's body.
    pub fn new(body: Body) -> Self {
        Self(Some(body))
    }
}

impl HttpBody for Lingering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Some(body) = &mut self.0 else { return Poll::Ready(None) };
        let frame = ready!(Pin::new(body).poll_frame(cx));
        if !matches!(frame, Some(Ok(_))) {
            self.0 = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.0.as_ref().map_or_else(Default::default, HttpBody::size_hint)
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        let rest = self.0.take().filter(|body| !body.is_end_stream());
        if let (Some(rest), Ok(runtime)) = (rest, Handle::try_current()) {
            runtime.spawn(timeout(LINGER, read_away(rest)));
        }
    }
}

async fn read_away(mut body: Body) {
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, |bytes| bytes.len() as u64);
        if read > LINGER_BYTES {
            return;
        }
    }
}
