//! What stands in requests and answers of `sync/1`, byte forms in `docs/sync.md`.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    base_map::BaseMap,
    base64::Signature,
    hex::{Boot, Digest, Epoch},
    ids::{DeviceId, ReportId},
    receipt::SignedKey,
    stamp::Stamp,
};

/// How much of what. Sent in every `hello`.
pub mod limits {
    /// Items in one request.
    pub const ITEMS: usize = 50;
    /// Bytes of one request of items.
    pub const ITEMS_BYTES: usize = 256 * 1024;
    /// Bytes of one sealed text.
    pub const ITEM_BYTES: usize = 32 * 1024;
    /// Photos of one item.
    pub const PHOTOS: usize = 12;
    /// Bytes of one photo.
    pub const PHOTO_BYTES: u64 = 8 * 1024 * 1024;
    /// Voice notes of one item.
    pub const VOICES: usize = 1;
    /// Bytes of one voice note.
    pub const VOICE_BYTES: u64 = 2 * 1024 * 1024;
}

/// Names of headers, lower case.
pub mod headers {
    /// On every answer under `/sync/`: `1`. An answer without it is not an answer.
    pub const PROTOCOL: &str = "sync-protocol";
    /// On every answer under `/sync/`: the epoch.
    pub const EPOCH: &str = "sync-epoch";
    /// On answers where a backup is configured: the highest `seq` known to be off the machine.
    pub const SAFE_UPTO: &str = "sync-safe-upto";
    /// On answers to `HEAD` and `PATCH` of a blob, and on a 409 `offset`: how many bytes of it are
    /// held. On a `PATCH`: where its bytes begin.
    pub const UPLOAD_OFFSET: &str = "upload-offset";
    /// On answers to `HEAD` of a blob: how many bytes it has in all.
    pub const UPLOAD_LENGTH: &str = "upload-length";
    /// The type of the bytes of a `PATCH`.
    pub const OFFSET_BYTES: &str = "application/offset+octet-stream";
    /// On every request: `<name>/<x.y.z>`.
    pub const CLIENT: &str = "sync-client";
    /// The one version there is.
    pub const PROTOCOL_1: &str = "1";
}

/// The answer to `GET /sync/v1/hello`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    /// Which life of the database.
    pub epoch: Epoch,
    /// The endpoint's clock.
    pub now: Stamp,
    /// Six digits.
    pub jurisdiction: String,
    /// Does anybody read what is sent here?
    pub mode: Mode,
    /// Who reads it; none in [`Mode::Demo`].
    pub operator: Option<Operator>,
    /// Older pages than this are asked to renew themselves.
    pub min_client: String,
    /// How much of what.
    pub limits: Limits,
    /// The highest `seq` known to be off the machine, if a backup is configured.
    pub safe_upto: Option<u64>,
    /// Are contributions to the map taken (kind `contribution`)? Absent means no.
    #[serde(default, skip_serializing_if = "is_false")]
    pub contributions: bool,
    /// Pictures that may be laid under the map, where the operator has chosen some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_map: Option<BaseMap>,
    /// Signing keys, oldest first; the last one signs now.
    pub keys: Vec<SignedKey>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form serde asks for")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// Does anybody read what is sent to an endpoint?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Nobody does.
    #[default]
    Demo,
    /// Somebody does, as a trial.
    Pilot,
    /// Somebody does.
    Live,
}

/// Who receives reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// Name, as residents know it.
    pub name: String,
    /// How to reach them.
    pub contact: String,
    /// When they read.
    pub hours: String,
    /// By when they answer.
    pub answers_by: String,
    /// Telephone numbers that only the operator can know.
    #[serde(default)]
    pub calls: Calls,
}

/// Telephone numbers of the operator's district.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    /// People are shut in a lift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lift_rescue: Option<String>,
    /// Gas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gas_repair: Option<String>,
    /// Power.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_repair: Option<String>,
    /// Water.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub water_repair: Option<String>,
}

impl Calls {
    /// The number the taxonomy asks for by name.
    pub fn by_name(&self, name: &str) -> Option<&str> {
        match name {
            "lift_rescue" => self.lift_rescue.as_deref(),
            "gas_repair" => self.gas_repair.as_deref(),
            "power_repair" => self.power_repair.as_deref(),
            "water_repair" => self.water_repair.as_deref(),
            _ => None,
        }
    }
}

/// How much of what, as `hello` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Items in one request.
    pub items: u64,
    /// Bytes of one request of items.
    pub items_bytes: u64,
    /// Bytes of one sealed text.
    pub item_bytes: u64,
    /// Photos of one item.
    pub photos: u64,
    /// Bytes of one photo.
    pub photo_bytes: u64,
    /// Voice notes of one item.
    pub voices: u64,
    /// Bytes of one voice note.
    pub voice_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            items: limits::ITEMS as u64,
            items_bytes: limits::ITEMS_BYTES as u64,
            item_bytes: limits::ITEM_BYTES as u64,
            photos: limits::PHOTOS as u64,
            photo_bytes: limits::PHOTO_BYTES,
            voices: limits::VOICES as u64,
            voice_bytes: limits::VOICE_BYTES,
        }
    }
}

/// The body of `PUT /sync/v1/devices/{id}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// Digest of the token's 43 characters.
    pub token_sha256: Digest,
}

/// The answer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The device.
    pub device: DeviceId,
}

/// The body of `POST /sync/v1/items` as the phone writes it.
#[derive(Clone, Debug, Serialize)]
pub struct SendItems<'a> {
    /// The phone's clocks now, so that the endpoint can correct `sealed_at`.
    pub sent: Sent,
    /// What is sent.
    pub items: Vec<SendItem<'a>>,
}

/// One item on its way.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SendItem<'a> {
    /// Digest of the bytes of `sealed`.
    pub sha256: Digest,
    /// The sealed text, unchanged.
    pub sealed: &'a str,
}

/// The phone's clocks at sending, unsealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Its clock.
    pub at: Stamp,
    /// `performance.now()` in whole milliseconds.
    pub mono_ms: u64,
    /// Which start of the page that belongs to.
    pub boot: Boot,
}

/// The answer to it: one result for each item, in the same order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemResults {
    /// One for each item.
    pub results: Vec<ItemResult>,
}

/// What became of one item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ReceivedResult")]
pub struct ItemResult {
    /// Which item; none if it could not be read.
    pub id: Option<ReportId>,
    /// Which revision; none if it could not be read.
    pub rev: Option<u32>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: ItemOutcome,
}

/// What became of one item.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum ItemOutcome {
    /// New; in the database, on the disk.
    Stored(Proof),
    /// Same key, same bytes: the receipt of the first time.
    Duplicate(Proof),
    /// Stored, waiting for something.
    Held {
        /// `unknown_kind`, `other_device` or `earlier_missing`.
        reason: HeldReason,
        /// As for stored.
        #[serde(flatten)]
        proof: Proof,
    },
    /// Same key, other bytes. Both sides keep theirs.
    Clash,
    /// Not stored; a person must look at it.
    Rejected(Fault),
    /// This one could not be tried now.
    Later {
        /// Seconds.
        retry_after: u32,
    },
}

/// An [`ItemResult`] as the phone reads it: the members of every outcome beside each other. Where one
/// struct stands inside another serde would first copy all of them, with the code for doing so.
#[derive(Deserialize)]
struct ReceivedResult {
    id: Option<ReportId>,
    rev: Option<u32>,
    result: ResultWord,
    reason: Option<ReasonWord>,
    receipt: Option<String>,
    signature: Option<Signature>,
    need: Option<Vec<Digest>>,
    note: Option<Note>,
    field: Option<String>,
    detail: Option<String>,
    limit: Option<u64>,
    retry_after: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ResultWord {
    Stored,
    Duplicate,
    Held,
    Clash,
    Rejected,
    Later,
}

/// Of a held item, or of a rejected one.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ReasonWord {
    UnknownKind,
    OtherDevice,
    EarlierMissing,
    Malformed,
    Digest,
    TooLarge,
    NotYourGrid,
    Erased,
}

impl ReasonWord {
    fn held(self) -> Option<HeldReason> {
        Some(match self {
            Self::UnknownKind => HeldReason::UnknownKind,
            Self::OtherDevice => HeldReason::OtherDevice,
            Self::EarlierMissing => HeldReason::EarlierMissing,
            _ => return None,
        })
    }

    fn rejected(self) -> Option<Reason> {
        Some(match self {
            Self::Malformed => Reason::Malformed,
            Self::Digest => Reason::Digest,
            Self::TooLarge => Reason::TooLarge,
            Self::NotYourGrid => Reason::NotYourGrid,
            Self::Erased => Reason::Erased,
            _ => return None,
        })
    }
}

impl TryFrom<ReceivedResult> for ItemResult {
    type Error = &'static str;

    fn try_from(it: ReceivedResult) -> Result<Self, Self::Error> {
        let ReceivedResult { receipt, signature, need, note, .. } = it;
        let proof = || -> Result<Proof, Self::Error> {
            let signed = receipt.zip(signature).zip(need).ok_or("a receipt is missing");
            signed.map(|((receipt, signature), need)| Proof { receipt, signature, need, note })
        };
        let outcome = match it.result {
            ResultWord::Stored => ItemOutcome::Stored(proof()?),
            ResultWord::Duplicate => ItemOutcome::Duplicate(proof()?),
            ResultWord::Held => ItemOutcome::Held {
                reason: it.reason.and_then(ReasonWord::held).ok_or("held for what?")?,
                proof: proof()?,
            },
            ResultWord::Clash => ItemOutcome::Clash,
            ResultWord::Rejected => ItemOutcome::Rejected(Fault {
                reason: it.reason.and_then(ReasonWord::rejected).ok_or("rejected for what?")?,
                field: it.field.ok_or("rejected for what member?")?,
                detail: it.detail.ok_or("rejected without detail")?,
                limit: it.limit,
            }),
            ResultWord::Later => {
                ItemOutcome::Later { retry_after: it.retry_after.ok_or("later, but when?")? }
            }
        };
        Ok(Self { id: it.id, rev: it.rev, outcome })
    }
}

/// What proves that an item is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    /// The signed text, see [`crate::receipt`].
    pub receipt: String,
    /// Over the bytes of that text.
    pub signature: Signature,
    /// Digests of the manifest that the endpoint does not hold now, in its order, each once.
    pub need: Vec<Digest>,
    /// Something the phone should know: [`Note::DseqTaken`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// Why a stored item waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldReason {
    /// A kind or schema that this endpoint does not know.
    UnknownKind,
    /// Sealed by another device than the one that sends it.
    OtherDevice,
    /// An earlier event is missing.
    EarlierMissing,
}

/// Something the phone should know about a stored item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Another item of this device has the same number: a cloned storage.
    DseqTaken,
}

/// Why an item is rejected, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: {detail}")]
pub struct Fault {
    /// For the phone's choice of words.
    pub reason: Reason,
    /// JSON Pointer into the item, `/sealed/blobs/0/len`.
    pub field: String,
    /// In English, for whoever reads a log; repeats nothing a person typed.
    pub detail: String,
    /// The limit that was passed, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

/// Why an item is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A member is missing, of the wrong form, or written twice.
    Malformed,
    /// The digest is not that of the bytes.
    Digest,
    /// More than a limit allows.
    TooLarge,
    /// A worker's action outside the own grid.
    NotYourGrid,
    /// Erased by right; it does not come back.
    Erased,
}

impl Fault {
    /// Not of the form that is asked for, and where.
    pub fn malformed(field: impl Into<String>, detail: &str) -> Self {
        Self {
            reason: Reason::Malformed,
            field: field.into(),
            detail: detail.to_owned(),
            limit: None,
        }
    }

    pub(crate) fn too_large(field: impl Into<String>, limit: u64, detail: &str) -> Self {
        Self {
            reason: Reason::TooLarge,
            field: field.into(),
            detail: format!("{detail}, at most {limit}"),
            limit: Some(limit),
        }
    }
}

/// The answer to a `PUT` of a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobKept {
    /// Digest of the bytes.
    pub sha256: Digest,
    /// How many.
    pub len: u64,
}

/// A problem document (RFC 9457): why a whole request was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `/problems/<slug>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short, in English.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// In English, for whoever reads a log; repeats nothing a person typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// `urn:uuid:<request id>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// JSON Pointer into the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The limit that was passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// At `offset`: how many bytes are held, where the next `PATCH` begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
}

impl Problem {
    /// The last part of the type: what the phone chooses its words by.
    pub fn slug(&self) -> &str {
        self.kind.strip_prefix("/problems/").unwrap_or(&self.kind)
    }
}

/// The body of `POST /sync/v1/items` as the endpoint reads it: items told apart, none read yet.
#[derive(Debug)]
pub struct ReceivedItems<'a> {
    /// The phone's clocks at sending.
    pub sent: Option<Sent>,
    /// One text for each item, to be read by [`received_item`].
    pub items: Vec<&'a str>,
}

/// Tells the items of a request apart. A fault here is the request's: a problem document.
pub fn received_items(body: &str) -> Result<ReceivedItems<'_>, Fault> {
    let whole: &RawValue =
        serde_json::from_str(body).map_err(|_| Fault::malformed("", "the body is not JSON"))?;
    let request = crate::strict::Object::read(whole.get(), "")?;
    let sent = request
        .raw("sent")?
        .map(|raw| {
            serde_json::from_str(raw)
                .map_err(|_| Fault::malformed("/sent", "expected at, mono_ms and boot"))
        })
        .transpose()?;
    let missing = || Fault::malformed("/items", "this member is missing");
    let items: Vec<_> = request.list("items")?.ok_or_else(missing)?;
    match items.len() {
        0 => Err(Fault::malformed("/items", "the list is empty")),
        n if n > limits::ITEMS => {
            let limit = limits::ITEMS as u64;
            Err(Fault {
                detail: format!("{n} items, at most {limit}"),
                ..Fault::too_large("/items", limit, "")
            })
        }
        _ => Ok(ReceivedItems { sent, items: items.into_iter().map(|(_, raw)| raw).collect() }),
    }
}

/// Reads the envelope of one item: the sealed text, once its digest is right.
pub fn received_item(raw: &str) -> Result<(Digest, String), Fault> {
    let item = crate::strict::Object::read(raw, "")?;
    let form = crate::strict::parsed("expected 64 lower-case hex digits");
    let sha256: Digest = item.need("sha256", &form)?;
    let sealed = item.need("sealed", &crate::strict::TEXT)?;
    if Digest::of(sealed.as_bytes()) == sha256 {
        return Ok((sha256, sealed));
    }
    Err(Fault {
        reason: Reason::Digest,
        field: "/sha256".to_owned(),
        detail: "sha256 is not the digest of sealed".to_owned(),
        limit: None,
    })
}

/// Which item a sealed text is about, as far as that can be read, though the text as a whole was
/// refused.
pub fn named_item(sealed: &str) -> (Option<ReportId>, Option<u32>) {
    let Ok(head) = crate::strict::Object::read(sealed, "") else { return (None, None) };
    let rev = head.need("rev", &crate::strict::COUNT).ok();
    let id = head.need("id", &crate::strict::parsed("expected a UUID of version 7")).ok();
    (id, rev.and_then(|rev| rev.try_into().ok()))
}

/// Reads the body of `PUT /sync/v1/devices/{id}`.
pub fn received_enrol(body: &str) -> Result<Enrol, Fault> {
    let form = crate::strict::parsed("expected 64 lower-case hex digits");
    let token_sha256 = crate::strict::Object::read(body, "")?.need("token_sha256", &form)?;
    Ok(Enrol { token_sha256 })
}
