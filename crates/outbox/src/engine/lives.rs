//! An endpoint that begins another life: it was restored from a copy, and has forgotten something.
//! The phone asks what is missing of all it keeps, and sends that again.

use std::collections::VecDeque;

use model::{
    base64::Token,
    have::{Have, Missing},
};

use super::{Changes, Effect, Engine, Stage};
use crate::{
    Now,
    exchange::{Answer, Request, Verdict},
    phone::PhoneChange,
    row::{Delivery, Missed, Row, RowChange, RowKey, WaitReason, Waits},
};

impl Engine {
    /// Rows that only an earlier life has confirmed.
    pub(super) fn to_ask_about(&self) -> VecDeque<RowKey> {
        let asks = self.phone.asks && self.rules.hear_epoch;
        let Some(met) = self.phone.met.as_ref().filter(|_| asks) else {
            return VecDeque::new();
        };
        let asked = |row: &&Row| row.is_delivered_and_whole() && !row.has_receipt_of(met.epoch);
        self.rows.iter().filter(asked).map(|row| row.key).collect()
    }

    /// The next question, or the note that there is none.
    pub(super) fn ask_missing(&mut self, token: Token) -> Vec<Effect> {
        let asked = self.pass.next_question(&self.rows);
        if asked.is_empty() {
            return match &self.phone.met {
                Some(met) => self.change_phone(PhoneChange::Asked(met.epoch)),
                None => self.rest(),
            };
        }
        let keys = asked.iter().map(|row| row.key).collect();
        let items = asked.iter().map(|row| row.claim()).collect();
        let blobs = asked.iter().flat_map(|row| &row.blobs).map(|blob| blob.sha256).collect();
        self.ask(Stage::Asking(keys), Request::have(token, &Have { items, blobs }))
    }

    pub(super) fn told_missing(
        &mut self,
        now: &Now,
        keys: &[RowKey],
        answer: &Answer,
    ) -> Vec<Effect> {
        match answer.read::<Missing>() {
            Verdict::Done(missing, epoch) if self.phone.is_in(epoch) => {
                let mut changes = Changes::default();
                for row in keys.iter().filter_map(|key| self.row(*key)) {
                    let Some(delivery) = what_is_left(row, &missing) else { continue };
                    let waits = Waits {
                        reason: WaitReason::Restored,
                        until_ms: now.ms,
                        failures: 0,
                        tried_ms: now.ms,
                        stumbles: 0,
                    };
                    let missed = Missed { epoch, delivery, waits };
                    changes.rows.push((row.key, RowChange::Missed(Box::new(missed))));
                }
                changes.rows.iter().for_each(|(key, _)| self.pass.post_too(*key));
                if !self.pass.has_questions() {
                    changes.phone.push(PhoneChange::Asked(epoch));
                    // What it still has, it has given no receipt for in this life.
                    self.reads |= self.checks.prove;
                }
                self.commit(changes)
            }
            Verdict::Done(..) => self.hear_again(now),
            Verdict::Refused(problem) if problem.status == 401 => self.token_refused(now),
            other => self.failed(now, other),
        }
    }

    /// Another life answers than the one that greeted. Nothing it says counts before it is heard.
    pub(super) fn hear_again(&mut self, now: &Now) -> Vec<Effect> {
        self.greeted = false;
        if core::mem::replace(&mut self.heard_again, true) {
            return self.wait_all(now, WaitReason::NotProven, None);
        }
        self.again()
    }

    /// Does this answer come from another life than the one that greeted?
    pub(super) fn is_of_another_life(&self, answer: &Answer) -> bool {
        self.rules.hear_epoch && answer.epoch().is_some_and(|epoch| !self.phone.is_in(epoch))
    }
}

/// What is left of a delivery; none if nothing of it is missing.
fn what_is_left(row: &Row, missing: &Missing) -> Option<Delivery> {
    if missing.items.contains(&row.claim().into()) {
        return Some(Delivery::Sealed);
    }
    let digests = row.blobs.iter().map(|blob| blob.sha256);
    let missing: Vec<_> = digests.filter(|it| missing.blobs.contains(it)).collect();
    (!missing.is_empty()).then_some(Delivery::Partial { missing })
}
