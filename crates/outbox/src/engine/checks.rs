use model::{
    hex::Epoch,
    receipt::{Claim, Keyring, NotProven, Receipt, SignedKey, Trust},
    wire::Proof,
};

use super::{Changes, Effect, Engine, judge};
use crate::{
    Now,
    exchange::Answer,
    row::{RowChange, WaitReason},
};

/// How much of an endpoint's word an engine can check.
///
/// The code that checks signatures is a third of a small engine, so the worker does without: it is
/// given [`Checks::BUT_SIGNATURES`], and nothing else of its code names that part.
#[derive(Clone, Copy, Debug)]
pub struct Checks {
    /// What the keys of a greeting are worth. None: this engine cannot tell.
    pub(super) greeting: fn(&Keyring, &[SignedKey]) -> Option<Trust>,
    /// Reads a receipt for what was sealed, of an answer that came with an epoch.
    pub(super) receipt: fn(&Keyring, &Proof, Claim, Epoch) -> Result<Receipt, NotProven>,
    /// What it has read is proven.
    pub(super) prove: bool,
    /// What a page of the feed tells.
    pub(super) feed: fn(&mut Engine, &Now, &Answer) -> Vec<Effect>,
}

impl Checks {
    /// The page's: down to the signature.
    pub const ALL: Self = Self {
        greeting: |keys, list| Some(keys.judge(list)),
        receipt: Keyring::prove,
        prove: true,
        feed: Engine::read,
    };

    /// The worker's: what it brings is checked by the page, and to the page it leaves a new key and
    /// the feed.
    pub const BUT_SIGNATURES: Self = Self {
        greeting: |keys, list| keys.holds_all(list).then(|| Trust::Known(keys.clone())),
        receipt: Keyring::read,
        prove: false,
        feed: |engine, now, _| engine.advance(now),
    };
}

impl Engine {
    pub(super) fn judge(&self) -> judge::Judge<'_> {
        judge::Judge { keys: &self.phone.keys, rules: self.rules, checks: self.checks }
    }

    /// Checks what the worker has brought, with no network.
    pub(super) fn check_arrived(&self, now: &Now) -> Changes {
        let mut changes = Changes::default();
        if !self.checks.prove {
            return changes;
        }
        for row in &self.rows {
            let Some(it) = &row.unchecked else { continue };
            // What an earlier life has confirmed, the one of today may have lost.
            let ruled = if self.phone.is_in(it.epoch) {
                self.judge().reads(row, &it.proof, it.epoch, it.held)
            } else {
                judge::Change::Wait(WaitReason::Restored, Some(0))
            };
            let change = match ruled {
                judge::Change::Row(change) => change,
                judge::Change::Wait(reason, after) => {
                    RowChange::Disprove(self.waits_for(now, row.key, reason, after))
                }
            };
            changes.rows.push((row.key, change));
        }
        changes
    }
}
