//! What the endpoint says that it has stored. It settles nothing without a receipt that is verified
//! like any other; what it brings anew is the receipts of a life that began with a restore, and that
//! a row is no longer held back.

use model::{
    base64::Token,
    changes::{Change, ChangedItem, Changes as Page},
    hex::Epoch,
    receipt::{Claim, Receipt},
};

use super::{Changes, Effect, Engine, Stage, judge};
use crate::{
    Now,
    exchange::{Answer, Request, Verdict},
    phone::PhoneChange,
    row::{RowChange, RowKey},
};

impl Engine {
    pub(super) fn read_on(&mut self, token: Token) -> Vec<Effect> {
        self.ask(Stage::Reading, Request::changes(token, self.phone.cursor))
    }

    /// Rows and cursor are one commit: a cursor kept before its rows would skip them for ever.
    pub(super) fn read(&mut self, now: &Now, answer: &Answer) -> Vec<Effect> {
        self.reads = false;
        match answer.read::<Page>() {
            Verdict::Done(page, epoch) if self.phone.is_in(epoch) && page.epoch == epoch => {
                self.reads = page.more && !page.rows.is_empty();
                let read = PhoneChange::Read(epoch, page.next, page.safe_upto);
                let items = page.rows.iter().filter_map(|change| match change {
                    Change::Item(item) => self.told(item, epoch),
                    Change::Unknown => None,
                });
                let rows = items.collect();
                self.commit(Changes { rows, phone: vec![read], ..Changes::default() })
            }
            Verdict::Refused(problem) if problem.status == 410 => {
                // Another life: hear it. If it is the one of last time, its feed begins anew.
                self.greeted = false;
                self.change_phone(PhoneChange::Unread)
            }
            // Nothing waits for it: the next start reads on.
            _ => self.advance(now),
        }
    }

    /// What a row of the feed means, whether this engine has loaded its row or not. Nothing, if its
    /// receipt proves nothing.
    fn told(&self, item: &ChangedItem, epoch: Epoch) -> Option<(RowKey, RowChange)> {
        let receipt: Receipt = serde_json::from_str(&item.proof.receipt).ok()?;
        let claim = Claim { id: item.id, rev: item.rev, sha256: receipt.sha256 };
        let key = RowKey { id: item.id, rev: item.rev };
        match self.judge().proves(claim, &item.proof, epoch, item.held.is_some()) {
            judge::Change::Row(change) => Some((key, change)),
            judge::Change::Wait(..) => None,
        }
    }
}
