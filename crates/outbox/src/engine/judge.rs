//! What an answer means for a row.

use model::{
    base64::Signature,
    hex::{Digest, Epoch},
    receipt::{Claim, Keyring, NotProven},
    wire::{Fault, ItemOutcome, ItemResult, Note, Problem, Proof, Reason},
};

use super::Checks;
use crate::{
    Rules,
    row::{
        Delivery, KeptReceipt, Refusal, RefusalWhy, Row, RowChange, Settled, Unchecked, WaitReason,
    },
};

/// What to do with one row.
pub(super) struct Ruling {
    pub(super) change: Change,
    /// Another item has the same device and number: a cloned storage.
    pub(super) number_taken: bool,
}

/// A change to the row, or a wait that the engine times.
pub(super) enum Change {
    Row(RowChange),
    Wait(WaitReason, Option<u32>),
}

impl Ruling {
    pub(super) fn is_other_keys(&self) -> bool {
        matches!(self.change, Change::Wait(WaitReason::OtherKeys, _))
    }
}

/// Judges the result of one item.
pub(super) fn item(by: Judge, row: &Row, result: &ItemResult, epoch: Epoch) -> Ruling {
    let about_this = |given: &ItemResult| {
        given.id.is_none_or(|id| id == row.key.id) && given.rev.is_none_or(|rev| rev == row.key.rev)
    };
    let mut number_taken = false;
    let change = match &result.outcome {
        _ if by.rules.prove && !about_this(result) => Change::Wait(WaitReason::NotProven, None),
        ItemOutcome::Stored(proof) | ItemOutcome::Duplicate(proof) => {
            number_taken = proof.note == Some(Note::DseqTaken);
            by.reads(row, proof, epoch, false)
        }
        ItemOutcome::Held { proof, .. } => by.reads(row, proof, epoch, true),
        ItemOutcome::Clash => refuse(RefusalWhy::Clash, "/sealed", None),
        ItemOutcome::Rejected(fault) => rejected(row, fault),
        ItemOutcome::Later { retry_after } => Change::Wait(WaitReason::Busy, Some(*retry_after)),
    };
    Ruling { change, number_taken }
}

/// Whoever reads receipts: which keys it knows, and how far it checks.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) keys: &'a Keyring,
    pub(super) rules: Rules,
    pub(super) checks: Checks,
}

impl Judge<'_> {
    pub(super) fn reads(self, row: &Row, proof: &Proof, epoch: Epoch, held: bool) -> Change {
        self.proves(row.claim(), proof, epoch, held)
    }

    /// Reads a receipt for what was sealed.
    pub(super) fn proves(self, claim: Claim, proof: &Proof, epoch: Epoch, held: bool) -> Change {
        let receipt = if self.rules.prove {
            (self.checks.receipt)(self.keys, proof, claim, epoch)
        } else {
            serde_json::from_str(&proof.receipt).map_err(|_| NotProven::Form)
        };
        let receipt = match receipt {
            Ok(receipt) => receipt,
            Err(NotProven::UnknownKey) => return Change::Wait(WaitReason::OtherKeys, None),
            Err(_) => return Change::Wait(WaitReason::NotProven, None),
        };
        if !self.checks.prove {
            let proof = Proof { note: None, ..proof.clone() };
            return Change::Row(RowChange::Arrive(Box::new(Unchecked { proof, epoch, held })));
        }
        let whole = proof.need.is_empty() || !self.rules.whole_before_delivered;
        let missing = proof.need.clone();
        let delivery = if whole { Delivery::Delivered } else { Delivery::Partial { missing } };
        Change::Row(RowChange::Settle(Box::new(Settled {
            sha256: claim.sha256,
            receipt: KeptReceipt {
                receipt: proof.receipt.clone(),
                signature: proof.signature,
                epoch,
                seq: receipt.seq,
                at_ms: receipt.at.unix_ms,
            },
            case_no: receipt.case_no,
            delivery,
            held,
        })))
    }
}

/// At `digest` the phone looks at its own bytes first: still whole means the way changed them. The same
/// where nothing of an item could be read, but once: a second time it is no accident.
fn rejected(row: &Row, fault: &Fault) -> Change {
    let unread = fault.reason == Reason::Malformed
        && ["", "/sealed", "/sha256"].contains(&fault.field.as_str());
    let again = row.waits.as_ref().is_some_and(|it| it.reason == WaitReason::DamagedOnTheWay);
    if fault.reason != Reason::Digest && (!unread || again) {
        return refuse(RefusalWhy::Rejected(fault.reason), &fault.field, fault.limit);
    }
    if Digest::of(row.sealed.as_bytes()) == row.sha256 {
        Change::Wait(WaitReason::DamagedOnTheWay, None)
    } else {
        refuse(RefusalWhy::DamagedHere, "/sealed", None)
    }
}

fn refuse(why: RefusalWhy, field: &str, limit: Option<u64>) -> Change {
    Change::Row(RowChange::Refuse(Refusal { why, field: field.to_owned(), limit }))
}

/// What a refused request makes its rows wait for, and how many seconds if the endpoint says so.
pub(super) fn refused(problem: &Problem) -> (WaitReason, Option<u32>) {
    let reason = match problem.status {
        401 | 403 => WaitReason::TokenRefused,
        426 => WaitReason::Upgrade,
        429 => WaitReason::SlowDown,
        500..=599 => WaitReason::Busy,
        _ => WaitReason::NotAnAnswer,
    };
    (reason, problem.retry_after)
}

/// Did the endpoint fail over what it was given, as far as one can tell? A full disk is not that.
pub(super) fn stumbles(problem: &Problem) -> bool {
    (500..600).contains(&problem.status) && problem.slug() != "disk"
}

/// A delivery without proof: only for the table of mutations.
pub(super) fn unproven(sha256: Digest, epoch: Epoch) -> RowChange {
    RowChange::Settle(Box::new(Settled {
        sha256,
        receipt: KeptReceipt {
            receipt: String::new(),
            signature: Signature([0; 64]),
            epoch,
            seq: 0,
            at_ms: 0,
        },
        case_no: None,
        delivery: Delivery::Delivered,
        held: false,
    }))
}
