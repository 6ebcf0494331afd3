//! `GET /sync/v1/changes?after=<cursor>&wait=<seconds>`: what the endpoint has stored, in the order
//! in which it did. A device reads what it has sent itself.
//!
//! Whoever reads keeps the rows and `next` in one transaction: a cursor that is kept before its
//! rows skips them for ever.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::value::RawValue;

use crate::{
    base64::{Cursor, Signature},
    hex::{Digest, Epoch},
    ids::ReportId,
    wire::{HeldReason, Note, Proof},
};

/// Rows of one page.
pub const ROWS: usize = 200;
/// Bytes of one page; a page that would be longer ends earlier and says `more`.
pub const BYTES: usize = 256 * 1024;
/// The longest wait for a first row, in seconds. Whoever asks for more waits this long.
pub const WAIT_S: u64 = 25;

/// A page of the feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// Which life of the database. Another one than that of the cursor is refused, 410.
    pub epoch: Epoch,
    /// The highest `seq` known to be off the machine, if a backup is configured.
    pub safe_upto: Option<u64>,
    /// What changed, in the order of commits.
    pub rows: Vec<Change>,
    /// Where the next page begins. Opaque to whoever reads.
    pub next: Cursor,
    /// There is more right now: ask again at once.
    pub more: bool,
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Change {
    /// An item was stored.
    Item(ChangedItem),
    /// Something that this version does not know: it is passed over, and the cursor with it.
    Unknown,
}

/// What is not known may have any members, so the word is read before them.
impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Word {
            of: String,
        }

        let raw = <&RawValue>::deserialize(from)?.get();
        let Word { of } = serde_json::from_str(raw).map_err(D::Error::custom)?;
        if of != "item" {
            return Ok(Self::Unknown);
        }
        serde_json::from_str::<ReceivedItem>(raw)
            .map(|item| Self::Item(item.into()))
            .map_err(D::Error::custom)
    }
}

/// An item that was stored.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangedItem {
    /// Its place in the feed.
    pub seq: u64,
    /// Which item.
    pub id: ReportId,
    /// Which revision.
    pub rev: u32,
    /// Why it waits, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<HeldReason>,
    /// Its receipt, and what is missing when this is answered.
    #[serde(flatten)]
    pub proof: Proof,
}

/// A [`ChangedItem`] as a phone reads it: its members beside those of its proof.
#[derive(Deserialize)]
struct ReceivedItem {
    seq: u64,
    id: ReportId,
    rev: u32,
    held: Option<HeldReason>,
    receipt: String,
    signature: Signature,
    need: Vec<Digest>,
    note: Option<Note>,
}

impl From<ReceivedItem> for ChangedItem {
    fn from(it: ReceivedItem) -> Self {
        let ReceivedItem { seq, id, rev, held, receipt, signature, need, note } = it;
        Self { seq, id, rev, held, proof: Proof { receipt, signature, need, note } }
    }
}
