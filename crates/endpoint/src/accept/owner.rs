//! Whose is a revision of an item that is here already? An id is no secret: receipts and the published
//! table of contributions name it. What only whoever wrote the item has is its secret, whose digest each
//! revision repeats.

use model::{
    JURISDICTION,
    ids::DeviceId,
    sealed::{Kind, Sealed},
    wire::{Fault, ItemOutcome},
};
use rusqlite::{OptionalExtension as _, params};

use super::{Desk, Read};

/// Seconds until a phone tries again what it cannot be known by yet.
const UNPROVEN_RETRY_S: u32 = 300;

/// What ties a new revision to those that are stored.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "marks that hold beside each other")]
struct Ties {
    /// A stored revision has a secret.
    guarded: bool,
    /// It is this very secret.
    same_secret: bool,
    /// A stored revision says something: it is more than the empty one in the place of what was undone,
    /// whose id nobody has ever been shown.
    says_something: bool,
    /// The device that sends or has sealed this one has sent or sealed a stored one, whose bytes and
    /// device nobody else is told.
    same_hand: bool,
}

impl Desk<'_> {
    /// What becomes of a revision that does not show that it is of whoever wrote the item. None: it
    /// does, or this very revision is here, and its bytes decide.
    pub(super) fn of_a_stranger(
        &self,
        caller: DeviceId,
        item: &Read,
    ) -> rusqlite::Result<Option<ItemOutcome>> {
        let sealed = &item.sealed;
        // Most items are the first of their id: they cost one look.
        let Some(first) = self.text(FIRST, item)? else { return Ok(None) };
        if self.has(item)? {
            return Ok(None);
        }
        let carried = "SELECT 1 FROM item JOIN carried USING (jurisdiction, seq)
                       WHERE jurisdiction = ?1 AND id = ?2 AND carried.device = ?3";
        let hand = params![JURISDICTION, sealed.id.to_string(), caller.to_string()];
        let same_hand = self.tx.prepare_cached(carried)?.exists(hand)?;
        let mut ties = Ties { same_hand, ..Ties::default() };
        // The first and the last are enough, however many there are: one that was undone before it
        // left has no secret and stands first, and only the owner's own hand can put one last.
        for stored in [Some(first), self.text(LAST, item)?].into_iter().flatten() {
            // A number that was erased has no text, and never had a secret.
            let Ok(stored) = Sealed::parse(&stored) else { continue };
            ties.guarded |= stored.secret_sha256.is_some();
            ties.says_something |= stored.kind != Kind::Withdraw || stored.body.get() != "{}";
            ties.same_secret |= stored.secret_sha256 == sealed.secret_sha256;
            ties.same_hand |= stored.device == sealed.device;
        }
        Ok(ties.judge(sealed.secret_sha256.is_some()))
    }

    /// The text of a stored revision of the item.
    fn text(&self, which: &str, item: &Read) -> rusqlite::Result<Option<String>> {
        let key = params![JURISDICTION, item.sealed.id.to_string()];
        self.tx.prepare_cached(which)?.query_row(key, |row| row.get(0)).optional()
    }
}

const FIRST: &str =
    "SELECT sealed FROM item WHERE jurisdiction = ?1 AND id = ?2 ORDER BY rev LIMIT 1";
const LAST: &str =
    "SELECT sealed FROM item WHERE jurisdiction = ?1 AND id = ?2 ORDER BY rev DESC LIMIT 1";

impl Ties {
    /// An item without a secret is known by the hand that it came from. So is a revision of a phone that
    /// has read a rescue file in, which has no secret of what it brought: it is known by the earlier one
    /// that it sends as well, and until then waits.
    fn judge(self, names_a_secret: bool) -> Option<ItemOutcome> {
        if self.guarded && names_a_secret {
            let detail = "an earlier revision of this item has another one";
            let fault = Fault::malformed("/sealed/secret_sha256", detail);
            return (!self.same_secret).then_some(ItemOutcome::Rejected(fault));
        }
        let unproven = self.says_something && !self.same_hand;
        unproven.then_some(ItemOutcome::Later { retry_after: UNPROVEN_RETRY_S })
    }
}
