//! Sealing: what a person wrote becomes bytes that never change.

use model::{
    hex::Digest,
    ids::ReportId,
    sealed::{BlobEntry, Kind, Sealed},
    spoken::ReceiptSecret,
};
use serde::Serialize;

use crate::{
    Now, Rules,
    phone::{Device, Phone},
    row::{Delivery, Label, Row, RowKey},
};

/// What is about to be sealed.
#[derive(Clone, Debug)]
pub struct ToSeal<Body> {
    /// Which item.
    pub id: ReportId,
    /// Which revision: one more than the last that this phone sealed of it.
    pub rev: u32,
    /// What it is.
    pub kind: Kind,
    /// Version of the body.
    pub schema: u32,
    /// The secret of an earlier revision; a first revision that opens a case gets a new one.
    pub secret: Option<ReceiptSecret>,
    /// Photos and voice notes, already in the phone's storage.
    pub blobs: Vec<BlobEntry>,
    /// What a person said.
    pub body: Body,
    /// What a list shows of it.
    pub label: Label,
}

/// Seals: counts, writes the text, digests it. The caller commits `phone` and the row together, in
/// the transaction that takes the draft away.
pub fn seal<Body: Serialize>(phone: &mut Phone, now: &Now, what: ToSeal<Body>) -> Row {
    let id_ms = phone.id_ms(now.ms);
    let device = phone.device.get_or_insert_with(|| Device::new(now, id_ms));
    device.last_dseq += 1;
    let opens_case = what.kind.opens_case();
    let secret = what.secret.or_else(|| opens_case.then(|| ReceiptSecret::new(now.bytes(52))));
    let sealed = Sealed {
        id: what.id,
        rev: what.rev,
        dseq: device.last_dseq,
        device: device.id,
        kind: what.kind,
        schema: what.schema,
        sealed_at: now.stamp(),
        mono_ms: Some(now.mono_ms),
        boot: Some(now.boot),
        secret_sha256: secret.map(|secret| secret.digest()),
        blobs: what.blobs,
        body: what.body,
    };
    // Structs of texts and numbers: serialising them has no way to fail.
    let text = serde_json::to_string(&sealed).unwrap_or_default();
    Row {
        key: RowKey { id: sealed.id, rev: sealed.rev },
        dseq: sealed.dseq,
        kind: sealed.kind.to_string(),
        sha256: Digest::of(text.as_bytes()),
        sealed: text,
        blobs: sealed.blobs,
        secret,
        label: what.label,
        sealed_ms: now.ms,
        delivery: Delivery::Sealed,
        tried: false,
        waits: None,
        receipts: Vec::new(),
        case_no: None,
        held: false,
    }
}

/// Seals an edited version of a row: a new revision, never the old one in place.
pub fn edit<Body: Serialize>(
    phone: &mut Phone,
    now: &Now,
    old: &Row,
    mut what: ToSeal<Body>,
    rules: Rules,
) -> Row {
    what.id = old.key.id;
    what.secret = old.secret;
    what.rev = if rules.seal { old.key.rev + 1 } else { old.key.rev };
    seal(phone, now, what)
}
