//! What is true on both sides of the wire. Pure: no I/O, no clock, no randomness.
//!
//! Read [`sealed`] first: it says what a phone fixes for ever when a person seals a report.
//! `docs/sync.md` says the same in words, byte by byte.

/// 1. What a person reports: the body of a sealed report.
pub mod report;

/// The phone number beside it.
pub mod contact;

/// What somebody who knows a place adds to the map.
pub mod contribution;

/// 2. What is fixed for ever at sealing, and how strictly it is read.
pub mod sealed;

/// 3. The proof that comes back, and the keys it hangs on.
pub mod receipt;

/// 4. What stands in requests and answers.
pub mod wire;

/// Pictures of a map of somebody else, laid under ours.
pub mod base_map;

/// What is missing at the endpoint?
pub mod have;

/// What has the endpoint stored?
pub mod changes;

/// The file that carries reports by hand.
pub mod rescue;

/// How that file is put together.
pub mod zip;

/// Digests, epochs and other fixed-length hex.
pub mod hex;

/// Ids made on the phone: UUID version 7.
pub mod ids;

/// What a person keeps of parks for themselves, and the file that they keep of it.
pub mod mine;

/// Codes that are spoken and typed: the case number and the receipt's secret.
pub mod spoken;

/// Public keys, signatures and tokens in base64url.
pub mod base64;

/// RFC 3339 times with milliseconds.
pub mod stamp;

/// Positions that carry their datum.
pub mod datum;

/// What the phone knows of its district.
pub mod pack;

/// Layers beside the pack, under licences of their own.
pub mod layer;

/// What a kind asks, and the answers.
pub mod ask;

/// Finding words by pinyin.
pub mod reading;

/// Strict reading of JSON: members twice, numbers with fractions and lone surrogates are refused.
mod strict;

/// Six digits: the first column of every key on the server (GB/T 2260).
pub const JURISDICTION: &str = "500107";
