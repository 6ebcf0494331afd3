//! What was seen and what was done.

use serde::Serialize;

/// One request and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    /// `GET`, `POST` …
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// When its head was read: milliseconds since 1970, UTC.
    pub at_ms: u128,
    /// Bytes of its body by its own account.
    pub length: usize,
    /// The endpoint's status, if it answered: also where the browser never saw the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream_status: Option<u16>,
    /// `forwarded`, or the name of the fault.
    pub done: &'static str,
    /// What went wrong that no rule asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}
