//! What goes over the wire, and what counts as an answer.

use core::str::FromStr;

use model::{
    base64::{Cursor, Token},
    have::Have,
    hex::{Digest, Epoch},
    ids::DeviceId,
    wire::{Enrol, Problem, SendItem, SendItems, headers},
};
use serde::de::DeserializeOwned;

use crate::{Now, row::Row};

/// One request, as plain as a door needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// `GET`, `HEAD`, `PUT`, `PATCH` or `POST`.
    pub method: &'static str,
    /// Path on the page's own origin.
    pub path: String,
    /// Goes into `Authorization: Bearer`.
    pub token: Option<Token>,
    /// What is sent.
    pub body: Body,
}

/// What is sent with a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing.
    None,
    /// `application/json`.
    Json(String),
    /// A blob from the phone's storage, `application/octet-stream`. The door reads it, digests it
    /// anew and sends it only if it still is what was sealed.
    Blob {
        /// Its name and digest.
        sha256: Digest,
    },
    /// A piece of a blob, `application/offset+octet-stream` with `Upload-Offset`. The door digests
    /// the whole before it sends the piece.
    Piece {
        /// Name and digest of the whole.
        sha256: Digest,
        /// Where the piece begins, in bytes.
        from: u64,
        /// How long it is, in bytes.
        len: u64,
    },
}

impl Body {
    /// The blob that is sent, or a piece of it.
    pub fn blob(&self) -> Option<Digest> {
        match self {
            Self::Blob { sha256 } | Self::Piece { sha256, .. } => Some(*sha256),
            Self::None | Self::Json(_) => None,
        }
    }

    /// What leaves of a blob's bytes.
    pub fn part_of<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        let Self::Piece { from, len, .. } = *self else { return bytes };
        let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(bytes.len());
        bytes.get(at(from)..at(from.saturating_add(len))).unwrap_or_default()
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nobody was reached, or the answer broke off.
    Unreachable,
    /// Somebody answered.
    Reply(Reply),
}

/// An answer as a door saw it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The header `Sync-Protocol`.
    pub protocol: Option<String>,
    /// The header `Sync-Epoch`.
    pub epoch: Option<String>,
    /// The header `Retry-After`, if in seconds.
    pub retry_after: Option<u32>,
    /// The header `Upload-Offset`: how many bytes of a blob the endpoint holds.
    pub offset: Option<u64>,
    /// The body.
    pub body: String,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict<T> {
    /// The endpoint did what was asked; this is its answer, in this epoch.
    Done(T, Epoch),
    /// The endpoint refused the request.
    Refused(Problem),
    /// Nobody was reached.
    Unreachable,
    /// Something answered, but not the endpoint.
    NotAnAnswer,
}

impl Answer {
    /// The epoch of an answer, if it is one.
    pub fn epoch(&self) -> Option<Epoch> {
        let Self::Reply(reply) = self else { return None };
        reply.protocol.as_ref()?;
        Epoch::from_str(reply.epoch.as_deref()?).ok()
    }

    /// Reads an answer about a blob in pieces: how many bytes of it the endpoint holds.
    pub fn read_offset(&self) -> Verdict<u64> {
        let Self::Reply(reply) = self else { return Verdict::Unreachable };
        match (self.epoch(), reply.status, reply.offset) {
            (Some(epoch), 200..=299, Some(offset)) => Verdict::Done(offset, epoch),
            (Some(_), 300.., _) => Verdict::Refused(reply.problem()),
            _ => Verdict::NotAnAnswer,
        }
    }

    /// Something between phone and endpoint takes no body of this size.
    pub fn is_too_large_for_the_way(&self) -> bool {
        matches!(self, Self::Reply(reply) if reply.status == 413 && reply.protocol.is_none())
    }

    /// Reads an answer. One without `Sync-Protocol` is not an answer, whatever its status says: a
    /// hotel's login page also answers 200. A gateway's own server error says that the endpoint was not
    /// reached (RFC 9110, 15.6); only 511 is a login (RFC 6585, 6).
    pub fn read<T: DeserializeOwned>(&self) -> Verdict<T> {
        let Self::Reply(reply) = self else { return Verdict::Unreachable };
        if reply.protocol.as_deref() != Some(headers::PROTOCOL_1) {
            let failed = matches!(reply.status, 500..=599) && reply.status != 511;
            let not_reached = failed && reply.protocol.is_none();
            return if not_reached { Verdict::Unreachable } else { Verdict::NotAnAnswer };
        }
        match reply.status {
            200..=299 => reply.done().unwrap_or(Verdict::NotAnAnswer),
            _ => Verdict::Refused(reply.problem()),
        }
    }
}

impl Reply {
    fn done<T: DeserializeOwned>(&self) -> Option<Verdict<T>> {
        let epoch = Epoch::from_str(self.epoch.as_deref()?).ok()?;
        Some(Verdict::Done(serde_json::from_str(&self.body).ok()?, epoch))
    }

    fn problem(&self) -> Problem {
        let told = serde_json::from_str::<Problem>(&self.body).ok();
        let mut problem = told.unwrap_or_else(|| Problem {
            kind: String::new(),
            title: String::new(),
            status: self.status,
            detail: None,
            instance: None,
            field: None,
            limit: None,
            retry_after: None,
            offset: None,
        });
        problem.status = self.status;
        problem.retry_after = self.retry_after.or(problem.retry_after);
        problem.offset = self.offset.or(problem.offset);
        problem
    }
}

impl Request {
    /// Who is there, and with which keys?
    pub fn hello() -> Self {
        Self { method: "GET", path: "/sync/v1/hello".into(), token: None, body: Body::None }
    }

    /// Makes a device known. Safe to repeat: the token is already stored here.
    pub fn enrol(device: DeviceId, token: &Token) -> Self {
        Self {
            method: "PUT",
            path: format!("/sync/v1/devices/{device}"),
            token: None,
            body: Body::Json(to_text(&Enrol { token_sha256: token.digest() })),
        }
    }

    /// Sends sealed texts as they are.
    pub fn items(now: &Now, token: Token, rows: &[&Row]) -> Self {
        let items =
            rows.iter().map(|row| SendItem { sha256: row.sha256, sealed: &row.sealed }).collect();
        Self {
            method: "POST",
            path: "/sync/v1/items".into(),
            token: Some(token),
            body: Body::Json(to_text(&SendItems { sent: now.sent(), items })),
        }
    }

    /// What of all this is missing?
    pub fn have(token: Token, have: &Have) -> Self {
        Self {
            method: "POST",
            path: "/sync/v1/have".into(),
            token: Some(token),
            body: Body::Json(to_text(have)),
        }
    }

    /// What has this device sent, after this place in the feed?
    pub fn changes(token: Token, after: Option<Cursor>) -> Self {
        let after = after.map_or_else(String::new, |cursor| format!("?after={cursor}"));
        let path = format!("/sync/v1/changes{after}");
        Self { method: "GET", path, token: Some(token), body: Body::None }
    }

    /// Sends a photo or voice note.
    pub fn blob(token: Token, sha256: Digest) -> Self {
        Self {
            method: "PUT",
            path: format!("/sync/v1/blobs/{sha256}"),
            token: Some(token),
            body: Body::Blob { sha256 },
        }
    }

    /// How much of a photo or voice note is there?
    pub fn offset(token: Token, sha256: Digest) -> Self {
        Self { method: "HEAD", body: Body::None, ..Self::blob(token, sha256) }
    }

    /// Sends `len` bytes of a photo or voice note, from `from` on.
    pub fn piece(token: Token, sha256: Digest, from: u64, len: u64) -> Self {
        let body = Body::Piece { sha256, from, len };
        Self { method: "PATCH", body, ..Self::blob(token, sha256) }
    }
}

fn to_text<T: serde::Serialize>(value: &T) -> String {
    // Structs of texts and numbers: serialising them has no way to fail.
    serde_json::to_string(value).unwrap_or_default()
}
