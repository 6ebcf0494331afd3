//! A row of the outbox: sealed bytes and how far their delivery has come.

use core::{fmt, str::FromStr};

use model::{
    base64::Signature,
    hex::{Digest, Epoch},
    ids::{DeviceId, ReportId},
    receipt::Claim,
    sealed::{BlobEntry, Kind},
    spoken::{CaseNo, ReceiptSecret},
    wire::{Proof, Reason},
};
use serde::{Deserialize, Serialize};

/// Names a row: an item and its revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowKey {
    /// Which item.
    pub id: ReportId,
    /// Which revision of it.
    pub rev: u32,
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.rev)
    }
}

impl FromStr for RowKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let (id, rev) = text.split_once('.').ok_or(NotAKey)?;
        Ok(Self { id: id.parse().map_err(|_| NotAKey)?, rev: rev.parse().map_err(|_| NotAKey)? })
    }
}

/// A text that names no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an id and a revision")]
pub struct NotAKey;

/// A sealed item on this phone. Its text and digest never change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "marks that hold beside each other")]
pub struct Row {
    /// Which item and revision.
    pub key: RowKey,
    /// The how-manieth thing this device sealed.
    pub dseq: u64,
    /// `report`, `contact`, …
    pub kind: String,
    /// The sealed text; empty once only the remainder is kept.
    pub sealed: String,
    /// Digest of the sealed text.
    pub sha256: Digest,
    /// Its photos and voice notes.
    pub blobs: Vec<BlobEntry>,
    /// Opens the case on any device. Shown apart from the receipt, behind a tap.
    pub secret: Option<ReceiptSecret>,
    /// What a list shows of it.
    pub label: Label,
    /// When it was sealed, by the clock of the phone that sealed it, milliseconds since 1970.
    pub sealed_ms: i64,
    /// When a rescue file brought it here, by this phone's clock, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought_ms: Option<i64>,
    /// How far it has come.
    pub delivery: Delivery,
    /// Bytes may have left this phone. Committed before the first attempt.
    pub tried: bool,
    /// Why it waits and until when. A note, never a state: it takes nothing back.
    pub waits: Option<Waits>,
    /// Every verified receipt, of every epoch.
    pub receipts: Vec<KeptReceipt>,
    /// A receipt that the worker has brought and whose signature nobody has checked yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unchecked: Option<Unchecked>,
    /// Number of the case.
    pub case_no: Option<CaseNo>,
    /// The endpoint keeps it for later understanding (待核对).
    pub held: bool,
    /// The item that it is about: the report of a phone number, what a withdrawal takes back.
    #[serde(default)]
    pub of: Option<ReportId>,
    /// A person has taken it back: 已撤回. It is delivered like any other, so that no number is
    /// missing.
    #[serde(default)]
    pub withdrawn: bool,
    /// A later revision stands in its place: whatever it asked a person for is answered.
    #[serde(default)]
    pub replaced: bool,
}

/// What a list shows of a row after its words are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Leaf of the taxonomy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// Place in words.
    #[serde(default)]
    pub place: String,
    /// The first words a person wrote.
    #[serde(default)]
    pub words: String,
}

/// How far a row has come. Written beside each other, `{"is":"partial","missing":[…]}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", try_from = "Written")]
pub enum Delivery {
    /// On this phone: 已存手机.
    Sealed,
    /// The worker's engine stored a receipt whose signature the page has yet to check
    /// ([`Row::unchecked`]). For a person it is still 已存手机.
    Arrived,
    /// A verified receipt for the text; these blobs are missing: 文字已送达，还差 N 张.
    Partial {
        /// Digests the endpoint does not hold.
        missing: Vec<Digest>,
    },
    /// A verified receipt, and nothing is missing: 已送达.
    Delivered,
    /// As delivered; words and photos are gone from this phone, receipt and secret stay.
    Remainder,
    /// Refused: a person must look at it. Never retried, never deleted by itself.
    NeedsYou(Refusal),
}

/// A [`Delivery`] as it is read: serde would first copy all of it, with the code for doing so.
#[derive(Deserialize)]
struct Written {
    is: Is,
    missing: Option<Vec<Digest>>,
    why: Option<RefusalWhy>,
    field: Option<String>,
    limit: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Is {
    Sealed,
    Arrived,
    Partial,
    Delivered,
    Remainder,
    NeedsYou,
}

impl TryFrom<Written> for Delivery {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { is, missing, why, field, limit } = written;
        Ok(match is {
            Is::Sealed => Self::Sealed,
            Is::Arrived => Self::Arrived,
            Is::Partial => Self::Partial { missing: missing.ok_or("missing what?")? },
            Is::Delivered => Self::Delivered,
            Is::Remainder => Self::Remainder,
            Is::NeedsYou => {
                let (why, field) = why.zip(field).ok_or("needs you for what?")?;
                Self::NeedsYou(Refusal { why, field, limit })
            }
        })
    }
}

/// Why a row needs a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What is wrong.
    pub why: RefusalWhy,
    /// JSON Pointer into the item, for the screen's choice of words.
    pub field: String,
    /// The limit that was passed, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

/// What is wrong with a refused row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalWhy {
    /// The endpoint rejected it for this reason.
    Rejected(Reason),
    /// The endpoint holds other bytes under the same id and revision.
    Clash,
    /// Bytes on this phone no longer match what was sealed.
    DamagedHere,
}

/// Why a row waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// In words on the screen.
    pub reason: WaitReason,
    /// Not before this moment of the phone's clock, milliseconds since 1970.
    pub until_ms: i64,
    /// Failures in a row.
    pub failures: u32,
    /// When it was last tried, by the phone's clock.
    pub tried_ms: i64,
    /// How often the endpoint has stumbled (5xx) over a request that carried nothing but this row,
    /// and the row has come no further since.
    #[serde(default)]
    pub stumbles: u32,
}

/// After so many stumbles a row is parked.
pub const PARKED_AFTER: u32 = 8;

/// Why a row waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// Nobody was reached.
    Unreachable,
    /// Something answered, but not the endpoint: a login page, a proxy.
    NotAnAnswer,
    /// The endpoint is busy or being mended.
    Busy,
    /// Too much at once from this phone.
    SlowDown,
    /// The endpoint signs with a key that no stored key vouches for.
    OtherKeys,
    /// This page is too old for the endpoint.
    Upgrade,
    /// The endpoint does not take this phone's token.
    TokenRefused,
    /// What arrived was not what was sent.
    DamagedOnTheWay,
    /// The receipt does not prove what it should.
    NotProven,
    /// The endpoint was restored from an older copy and does not have it any more.
    Restored,
    /// The endpoint stumbles over this one each time. It is put aside, so that it stops no other:
    /// tried once an hour, when the page starts, and when a person asks.
    Parked,
}

/// A receipt that was verified when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptReceipt {
    /// The signed text.
    pub receipt: String,
    /// Over its bytes.
    pub signature: Signature,
    /// Which life of the endpoint's database.
    pub epoch: Epoch,
    /// Position in its feed.
    pub seq: u64,
    /// The endpoint's clock, milliseconds since 1970.
    pub at_ms: i64,
}

/// What an endpoint answered to the worker, who cannot check signatures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unchecked {
    /// The receipt, and what is still missing.
    pub proof: Proof,
    /// Which life of the endpoint's database the answer came with.
    pub epoch: Epoch,
    /// The endpoint keeps it for later understanding.
    pub held: bool,
}

impl Delivery {
    /// Has all of it arrived, whether its words are still on this phone or not?
    pub fn is_delivered(&self) -> bool {
        matches!(self, Self::Delivered | Self::Remainder)
    }

    /// Digests that the endpoint does not hold.
    pub fn missing(&self) -> &[Digest] {
        match self {
            Self::Partial { missing } => missing,
            _ => &[],
        }
    }
}

impl RowChange {
    /// Does the endpoint hold other bytes under its key?
    pub fn is_clash(&self) -> bool {
        matches!(self, Self::Refuse(refusal) if refusal.why == RefusalWhy::Clash)
    }
}

impl Row {
    /// A text as it enters the outbox: sealed, and nothing has happened to it yet.
    pub fn sealed(
        key: RowKey,
        dseq: u64,
        kind: String,
        text: String,
        blobs: Vec<BlobEntry>,
        sealed_ms: i64,
    ) -> Self {
        Self {
            key,
            dseq,
            kind,
            sha256: Digest::of(text.as_bytes()),
            sealed: text,
            blobs,
            secret: None,
            label: Label::default(),
            sealed_ms,
            brought_ms: None,
            delivery: Delivery::Sealed,
            tried: false,
            waits: None,
            receipts: Vec::new(),
            unchecked: None,
            case_no: None,
            held: false,
            of: None,
            withdrawn: false,
            replaced: false,
        }
    }

    /// What a receipt for this row must name.
    pub fn claim(&self) -> Claim {
        Claim { id: self.key.id, rev: self.key.rev, sha256: self.sha256 }
    }

    /// The device that sealed it, as long as the sealed text is kept.
    pub fn sealed_by(&self) -> Option<DeviceId> {
        #[derive(Deserialize)]
        struct Head {
            device: DeviceId,
        }
        serde_json::from_str::<Head>(&self.sealed).ok().map(|head| head.device)
    }

    /// Has all of it arrived, whether its words are still on this phone or not?
    pub fn is_delivered(&self) -> bool {
        self.delivery.is_delivered()
    }

    /// Is there still something to send?
    pub fn is_unfinished(&self) -> bool {
        matches!(self.delivery, Delivery::Sealed | Delivery::Arrived | Delivery::Partial { .. })
    }

    /// Was it taken back before a byte of it had left? Then an empty row stands in its place, which is
    /// sent for its number's sake and holds nothing that anybody wrote.
    pub fn is_undone(&self) -> bool {
        self.withdrawn && self.kind == Kind::Withdraw.as_str()
    }

    /// Does it ask its person because a photo of it is gone from this phone, or was found damaged?
    pub fn asks_for_a_photo(&self) -> bool {
        matches!(&self.delivery, Delivery::NeedsYou(Refusal { why: RefusalWhy::DamagedHere, field, .. })
            if field.starts_with("/sealed/blobs"))
    }

    /// Are its words still on this phone?
    pub fn has_words(&self) -> bool {
        !self.sealed.is_empty()
    }

    /// Are all of its words and photos still on this phone, so that it could be sent again?
    pub fn is_whole(&self) -> bool {
        self.delivery != Delivery::Remainder && self.has_words()
    }

    /// Is it 已送达, and could it be sent again?
    pub fn is_delivered_and_whole(&self) -> bool {
        self.is_delivered() && self.is_whole()
    }

    /// Has this life of the endpoint given a receipt for it?
    pub fn has_receipt_of(&self, epoch: Epoch) -> bool {
        self.receipts.iter().any(|receipt| receipt.epoch == epoch)
    }

    /// May it be sent now? A moment that lies further ahead than any wait can is a clock that was
    /// set back, and waits for nobody.
    pub fn is_due(&self, now_ms: i64) -> bool {
        const LONGEST_WAIT_MS: i64 = 3_600_000;
        self.is_unfinished()
            && self.waits.as_ref().is_none_or(|waits| {
                let ahead = waits.until_ms.saturating_sub(now_ms);
                ahead <= 0 || ahead > LONGEST_WAIT_MS
            })
    }

    /// Has all of it been sent, and only the check of its receipt is left?
    pub fn awaits_check(&self) -> bool {
        self.unchecked.as_ref().is_some_and(|it| it.proof.need.is_empty())
    }

    /// How often the endpoint has stumbled over it alone.
    pub fn stumbles(&self) -> u32 {
        self.waits.as_ref().map_or(0, |waits| waits.stumbles)
    }

    /// Is it put aside, see [`WaitReason::Parked`]?
    pub fn is_parked(&self) -> bool {
        self.waits.as_ref().is_some_and(|waits| waits.reason == WaitReason::Parked)
    }

    /// Does it ask a person for something that nobody has answered yet? Whoever has taken it back is
    /// asked for nothing.
    pub fn needs_you(&self) -> bool {
        matches!(self.delivery, Delivery::NeedsYou(_)) && !self.replaced && !self.withdrawn
    }

    /// Which item it takes back, if it does.
    pub fn takes_back(&self) -> Option<ReportId> {
        self.of.filter(|_| self.kind == Kind::Withdraw.as_str() && !self.withdrawn)
    }

    /// Does the endpoint hold other bytes under its key?
    pub fn clashes(&self) -> bool {
        matches!(&self.delivery, Delivery::NeedsYou(refusal) if refusal.why == RefusalWhy::Clash)
    }

    /// Has a person written it, and stands it by itself? A number, a withdrawal and what was undone are
    /// told of with their report.
    pub fn is_somebodys(&self) -> bool {
        self.of.is_none() && self.kind != "probe" && !self.is_undone()
    }

    /// Takes in what happened to it. Goes back only as [`Missed`] says, and a second time changes
    /// nothing.
    pub fn apply(&mut self, change: &RowChange) {
        match change {
            RowChange::Tried(sha256) => self.tried |= self.sha256 == *sha256,
            RowChange::Wait(waits) if self.is_unfinished() => self.waits = Some(waits.clone()),
            RowChange::Refuse(refusal) if self.is_unfinished() => {
                self.waits = None;
                self.delivery = Delivery::NeedsYou(refusal.clone());
            }
            RowChange::Settle(settled) => self.settle(settled),
            RowChange::Arrive(unchecked) if self.is_unfinished() => {
                if self.delivery.missing() != unchecked.proof.need {
                    self.waits = None;
                }
                self.unchecked = Some(Unchecked::clone(unchecked));
                if self.delivery == Delivery::Sealed {
                    self.delivery = Delivery::Arrived;
                }
            }
            RowChange::Disprove(waits) if self.is_unfinished() => {
                self.waits = Some(waits.clone());
                self.unchecked = None;
                if self.delivery == Delivery::Arrived {
                    self.delivery = Delivery::Sealed;
                }
            }
            RowChange::Missed(missed) if self.delivery == Delivery::Delivered => {
                if !self.has_receipt_of(missed.epoch) {
                    self.waits = Some(missed.waits.clone());
                    self.delivery = missed.delivery.clone();
                }
            }
            RowChange::Wait(_)
            | RowChange::Refuse(_)
            | RowChange::Missed(_)
            | RowChange::Arrive(_)
            | RowChange::Disprove(_) => {}
        }
    }

    fn settle(&mut self, settled: &Settled) {
        // Other bytes under the same key: a storage that was cloned, or an undone report.
        if settled.sha256 != self.sha256 {
            return;
        }
        if !self.receipts.contains(&settled.receipt) {
            self.receipts.push(settled.receipt.clone());
        }
        self.case_no = self.case_no.or(settled.case_no);
        self.held = settled.held;
        self.unchecked = None;
        // A text that is only told again that its photos are missing has come no further: what it
        // waited for, and how often in vain, stays.
        if self.is_unfinished() && self.delivery != settled.delivery {
            self.waits = None;
            self.delivery = settled.delivery.clone();
        }
    }
}

/// Something that happened to a row.
#[derive(Clone, Debug, PartialEq)]
pub enum RowChange {
    /// The bytes with this digest are about to leave for the first time.
    Tried(Digest),
    /// It could not be delivered now.
    Wait(Waits),
    /// A person must look at it.
    Refuse(Refusal),
    /// A verified receipt came.
    Settle(Box<Settled>),
    /// A receipt came that this engine cannot check to the end.
    Arrive(Box<Unchecked>),
    /// That receipt proves nothing after all.
    Disprove(Waits),
    /// Another life of the endpoint has lost it, or a photo of it.
    Missed(Box<Missed>),
}

/// What an endpoint says it has lost. The one change that takes back what was reached: it was true
/// of a life of the endpoint that is over.
#[derive(Clone, Debug, PartialEq)]
pub struct Missed {
    /// The life that has lost it.
    pub epoch: Epoch,
    /// [`Delivery::Sealed`], or [`Delivery::Partial`] if only photos are missing.
    pub delivery: Delivery,
    /// What a person reads of it.
    pub waits: Waits,
}

impl RowChange {
    /// Is it still about what stands in the row? A report that was undone meanwhile holds other
    /// bytes than those an engine has loaded; then nothing of that engine's commit may take place.
    pub fn fits(&self, row: &Row) -> bool {
        !matches!(self, Self::Tried(sha256) if row.sha256 != *sha256)
    }
}

/// What a verified receipt brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// Of the sealed text that the receipt names.
    pub sha256: Digest,
    /// The receipt.
    pub receipt: KeptReceipt,
    /// Number of the case.
    pub case_no: Option<CaseNo>,
    /// [`Delivery::Partial`] or [`Delivery::Delivered`].
    pub delivery: Delivery,
    /// The endpoint keeps it for later understanding.
    pub held: bool,
}
