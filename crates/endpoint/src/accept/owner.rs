//! Whose is a revision of an item that is here already? An id is no secret: receipts and the published
//! table of contributions name it. What only whoever wrote the item has is its secret, whose digest each
//! revision repeats.

use model::{
    JURISDICTION,
    hex::Digest,
    ids::DeviceId,
    sealed::Sealed,
    wire::{Fault, ItemOutcome},
};
use rusqlite::params;

use super::Desk;
use crate::core::parsed;

/// Seconds until a phone tries again what it cannot be known by yet.
const UNPROVEN_RETRY_S: u32 = 300;

/// What ties a new revision to those that are stored.
#[derive(Clone, Copy, Default)]
struct Ties {
    /// Some stored revision has a secret.
    guarded: bool,
    /// One of them has this very secret.
    same_secret: bool,
    /// The device that sends or has sealed this one has sent or sealed one of them, whose bytes and
    /// device nobody else is told.
    same_hand: bool,
}

impl Desk<'_> {
    /// What becomes of a revision that does not show that it is of whoever wrote the item. None: it
    /// does, or this very revision is here, and its bytes decide.
    pub(super) fn of_a_stranger(
        &self,
        caller: DeviceId,
        sealed: &Sealed,
    ) -> rusqlite::Result<Option<ItemOutcome>> {
        let stored = "SELECT rev, CASE WHEN sealed <> '' THEN sealed ->> '$.secret_sha256' END,
                             device = ?4 OR EXISTS (SELECT 1 FROM carried
                                 WHERE carried.jurisdiction = item.jurisdiction
                                   AND carried.seq = item.seq AND carried.device = ?3)
                      FROM item WHERE jurisdiction = ?1 AND id = ?2";
        let (id, device) = (sealed.id.to_string(), sealed.device.to_string());
        let mut stored = self.tx.prepare_cached(stored)?;
        let mut rows = stored.query(params![JURISDICTION, id, caller.to_string(), device])?;
        let mut ties = Ties::default();
        while let Some(row) = rows.next()? {
            if row.get::<_, u32>(0)? == sealed.rev {
                return Ok(None);
            }
            if row.get::<_, Option<String>>(1)?.is_some() {
                ties.guarded = true;
                ties.same_secret |= sealed.secret_sha256 == Some(parsed::<Digest>(row, 1)?);
            }
            ties.same_hand |= row.get::<_, bool>(2)?;
        }
        Ok(ties.judge(sealed.secret_sha256.is_some()))
    }
}

impl Ties {
    /// A phone that has read a rescue file in has no secret of what it brought, so a revision of its
    /// own names none: it is known by the earlier one that it sends as well, and until then waits.
    fn judge(self, names_a_secret: bool) -> Option<ItemOutcome> {
        if !self.guarded || self.same_secret {
            return None;
        }
        if names_a_secret {
            let detail = "an earlier revision of this item has another one";
            let fault = Fault::malformed("/sealed/secret_sha256", detail);
            return Some(ItemOutcome::Rejected(fault));
        }
        (!self.same_hand).then_some(ItemOutcome::Later { retry_after: UNPROVEN_RETRY_S })
    }
}
