//! What the tests of the endpoint share: the golden file, phones that seal, one identity.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod client;
pub mod process;
pub mod running;
pub mod trace;

use ed25519_dalek::SigningKey;
use endpoint::identity::Identity;
use model::{
    base64::Token,
    hex::{Digest, Epoch},
    ids::{DeviceId, ReportId},
    stamp::Stamp,
};
use serde_json::{Value, json};

/// The file that both sides are held against.
pub fn golden() -> Value {
    serde_json::from_str(include_str!("../../../model/tests/golden/sync-1.json")).unwrap()
}

/// A text of the golden file.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// A time of the golden file.
pub fn stamp(text: &str) -> Stamp {
    text.parse().unwrap()
}

/// The endpoint of the golden file: key, since when it signs, epoch.
pub fn golden_identity() -> Identity {
    let seed: [u8; 32] = std::array::from_fn(|at| u8::try_from(at).unwrap());
    let epoch: Epoch = "8f14e45fceea167a5a36dedd4bea2543".parse().unwrap();
    Identity::first(SigningKey::from_bytes(&seed), stamp("2026-11-20T02:00:00.000Z"), epoch)
}

/// The bytes of the golden photo.
pub fn golden_photo() -> Vec<u8> {
    from_base64(text(&golden()["photo"]["base64"]))
}

/// Bytes from base64 as the golden file writes it.
pub fn from_base64(text: &str) -> Vec<u8> {
    data_encoding::BASE64.decode(text.as_bytes()).unwrap()
}

/// A phone that seals reports.
pub struct Phone {
    pub device: DeviceId,
    pub token: Token,
}

impl Phone {
    /// Phone number `nth`, always with the same id and token.
    pub fn new(nth: u8) -> Self {
        Self { device: DeviceId::new(1_795_000_000_000, &[nth; 10]), token: Token([nth; 32]) }
    }

    /// What it says of its token.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    /// The body that makes it known.
    pub fn enrolment(&self) -> String {
        json!({"token_sha256": self.token.digest()}).to_string()
    }

    /// A sealed report without a photo.
    pub fn seal(&self, id: ReportId, rev: u32, dseq: u64) -> Value {
        json!({
            "id": id, "rev": rev, "dseq": dseq, "device": self.device, "kind": "report",
            "schema": 1, "sealed_at": "2026-11-23T08:15:20.123+08:00", "blobs": [],
            "body": {"words": "楼道灯不亮"},
        })
    }
}

/// Report number `nth`.
pub fn report(nth: u16) -> ReportId {
    let mut random = [0; 10];
    random[8..].copy_from_slice(&nth.to_be_bytes());
    ReportId::new(1_795_000_001_000, &random)
}

/// A line of a manifest.
pub fn photo_line(bytes: &[u8]) -> Value {
    json!({"sha256": Digest::of(bytes), "len": bytes.len(), "type": "image/jpeg", "role": "photo"})
}

/// The envelope of a sealed text.
pub fn item(sealed: &Value) -> Value {
    let sealed = sealed.to_string();
    json!({"sha256": Digest::of(sealed.as_bytes()), "sealed": sealed})
}

/// The body of a request.
pub fn items(sealed: &[Value]) -> String {
    json!({"items": sealed.iter().map(item).collect::<Vec<_>>()}).to_string()
}
