//! What leaves this phone by itself, and when. Pure: the storage does in one transaction what is
//! decided here.

use model::hex::{Boot, Digest};
use serde::{Deserialize, Serialize};

use crate::{
    Now, Rules,
    phone::Met,
    row::{Delivery, Row},
};

/// Words and photos of what was delivered stay at least this long, in milliseconds.
pub const KEPT_MS: i64 = 30 * DAY_MS;
const DAY_MS: i64 = 86_400_000;

/// The one retention rule: a delivered row may give up its words and photos once this life of the
/// endpoint has it off its machine (where no backup is configured: at once) and thirty days have
/// passed, by the endpoint's clock since its receipt and by the phone's since its sealing, or since a
/// file brought it here: so that no clock that jumps costs anybody a photo.
pub fn is_safe(row: &Row, met: &Met, now_ms: i64, rules: Rules) -> bool {
    row.is_delivered()
        && row.has_words()
        && now_ms.saturating_sub(row.brought_ms.unwrap_or(row.sealed_ms)) >= KEPT_MS
        && row.receipts.iter().any(|receipt| {
            let off_the_machine = met.safe_upto.is_none_or(|upto| receipt.seq <= upto);
            receipt.epoch == met.epoch
                && (off_the_machine || !rules.safe_before_remainder)
                && met.now_ms.saturating_sub(receipt.at_ms) >= KEPT_MS
        })
}

/// May this row go before its time, because a new photo finds no room? Only what this life of the
/// endpoint is known to have off its machine: the thirty days are for whoever has no such word. And
/// only a row with photos, and only those: letting words go makes no room.
pub fn may_go_early(row: &Row, met: &Met, rules: Rules) -> bool {
    let off_the_machine = |seq| met.safe_upto.is_some_and(|upto| seq <= upto);
    row.is_delivered_and_whole()
        && !row.blobs.is_empty()
        && row.receipts.iter().any(|receipt| {
            receipt.epoch == met.epoch
                && (off_the_machine(receipt.seq) || !rules.safe_before_remainder)
        })
}

/// Lets the photos go; the words stay their thirty days.
pub fn let_photos_go(row: &mut Row) {
    row.delivery = Delivery::Remainder;
}

/// Lets words and photos go; receipts, secret, label and digests stay until a person deletes them.
pub fn shrink(row: &mut Row) {
    let_photos_go(row);
    row.sealed = String::new();
}

/// Does this row still need its photos?
pub fn needs_photos(row: &Row) -> bool {
    row.delivery != Delivery::Remainder
}

/// A photo that no draft and no row named when this was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unnamed {
    /// Which.
    pub sha256: Digest,
    /// The start of the page that found it so.
    pub boot: Boot,
    /// When, by the phone's clock, milliseconds since 1970.
    pub ms: i64,
}

/// What is to become of the photos that nobody names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sweep {
    /// To be remembered for the next start.
    pub unnamed: Vec<Unnamed>,
    /// To be deleted.
    pub gone: Vec<Digest>,
}

/// A photo goes only if an earlier start of the page, a day ago or longer, has found it unnamed as
/// well. A photo that was kept a moment ago, and whose draft is being saved, is not among those:
/// whoever keeps a photo takes it off the list in the same transaction.
pub fn sweep(unnamed: &[Digest], before: &[Unnamed], now: &Now) -> Sweep {
    let mut sweep = Sweep::default();
    for &sha256 in unnamed {
        match before.iter().find(|it| it.sha256 == sha256) {
            Some(it) if it.boot != now.boot && now.ms.saturating_sub(it.ms) >= DAY_MS => {
                sweep.gone.push(sha256);
            }
            // A moment in the future was written before the clock was set back.
            Some(it) if it.ms <= now.ms => sweep.unnamed.push(*it),
            _ => sweep.unnamed.push(Unnamed { sha256, boot: now.boot, ms: now.ms }),
        }
    }
    sweep
}
