//! Sealed texts on their way, and what their answers mean.

use model::{
    base64::Token,
    hex::Epoch,
    wire::{ItemResults, Problem, Reason},
};

use super::{Changes, Effect, Engine, Stage, judge};
use crate::{
    Now,
    exchange::{Answer, Request, Verdict},
    row::{Refusal, RefusalWhy, Row, RowChange, RowKey, WaitReason},
};

impl Engine {
    /// Sends a batch, once the rows in it are marked as tried.
    pub(super) fn post(&mut self, now: &Now, token: Token, batch: Vec<RowKey>) -> Vec<Effect> {
        let rows: Vec<&Row> = batch.iter().filter_map(|key| self.row(*key)).collect();
        let untried = rows.iter().filter(|row| !row.tried);
        let marks: Vec<_> = untried.map(|row| (row.key, RowChange::Tried(row.sha256))).collect();
        if marks.is_empty() || !self.rules.tried_first {
            let request = Request::items(now, token, &rows);
            return self.ask(Stage::Posting(batch), request);
        }
        self.pass.put_back(&batch);
        self.commit(Changes { rows: marks, ..Changes::default() })
    }

    pub(super) fn posted(&mut self, now: &Now, keys: &[RowKey], answer: &Answer) -> Vec<Effect> {
        let verdict = answer.read::<ItemResults>();
        if !self.rules.keep_until_receipt && !matches!(verdict, Verdict::Done(..)) {
            return self.let_go(keys);
        }
        match verdict {
            Verdict::Done(results, epoch) if results.results.len() == keys.len() => {
                self.settle(now, keys, &results, epoch)
            }
            Verdict::Done(..) => {
                self.pass.put_back(keys);
                self.wait_all(now, WaitReason::NotAnAnswer, None)
            }
            _ if keys.len() > 1 && answer.is_too_large_for_the_way() => {
                self.pass.put_back(keys);
                self.pass.halve(keys.len());
                self.again()
            }
            Verdict::Refused(problem) if matches!(problem.status, 400 | 413) => {
                self.smaller_batch(keys, &problem)
            }
            Verdict::Refused(problem) if judge::stumbles(&problem) => {
                self.stumbled(now, keys, &problem)
            }
            Verdict::Refused(problem) if problem.status == 401 => {
                self.pass.put_back(keys);
                self.token_refused(now)
            }
            other => {
                self.pass.put_back(keys);
                self.failed(now, other)
            }
        }
    }

    pub(super) fn settle(
        &mut self,
        now: &Now,
        keys: &[RowKey],
        results: &ItemResults,
        epoch: Epoch,
    ) -> Vec<Effect> {
        if self.rules.hear_epoch && !self.phone.is_in(epoch) {
            self.pass.put_back(keys);
            return self.hear_again(now);
        }
        self.pass.widen();
        let mut changes = Changes::default();
        for (key, result) in keys.iter().zip(&results.results) {
            let Some(row) = self.row(*key) else { continue };
            let ruling = judge::item(self.judge(), row, result, epoch);
            let taken = ruling.number_taken && self.is_of_this_device(row);
            self.greeted &= !ruling.is_other_keys();
            if taken && changes.phone.is_empty() {
                changes.phone.extend(self.renewal(now));
            }
            self.take_ruling(now, *key, ruling.change, &mut changes);
        }
        self.commit(changes)
    }

    pub(super) fn take_ruling(
        &mut self,
        now: &Now,
        key: RowKey,
        ruled: judge::Change,
        into: &mut Changes,
    ) {
        let change = match ruled {
            judge::Change::Row(change) => change,
            judge::Change::Wait(reason, after) => self.wait(now, key, reason, after),
        };
        let missing = match &change {
            RowChange::Settle(settled) => settled.delivery.missing(),
            RowChange::Arrive(unchecked) => &unchecked.proof.need,
            _ => &[],
        };
        let asked_twice = !self.pass.wants(key, missing);
        into.rows.push((key, change));
        if asked_twice {
            into.rows.push((key, self.wait(now, key, WaitReason::DamagedOnTheWay, None)));
        }
    }

    pub(super) fn smaller_batch(&mut self, keys: &[RowKey], problem: &Problem) -> Vec<Effect> {
        if keys.len() > 1 {
            self.pass.put_back(keys);
            self.pass.halve(keys.len());
            return self.again();
        }
        let Some(&key) = keys.first() else { return self.again() };
        let reason = if problem.status == 413 { Reason::TooLarge } else { Reason::Malformed };
        let field = problem.field.clone().unwrap_or_default();
        let why = RefusalWhy::Rejected(reason);
        self.change_row(key, RowChange::Refuse(Refusal { why, field, limit: problem.limit }))
    }

    /// The endpoint failed over this request. It may be one of its items, which must not stop its
    /// neighbours: fewer at once, until each goes alone.
    fn stumbled(&mut self, now: &Now, keys: &[RowKey], problem: &Problem) -> Vec<Effect> {
        if let [key] = keys {
            return self.stumbled_over(now, *key, problem);
        }
        self.pass.put_back(keys);
        self.pass.halve(keys.len());
        self.again()
    }

    /// An empty commit: the next step is decided anew.
    pub(super) fn again(&mut self) -> Vec<Effect> {
        self.commit(Changes::default())
    }

    /// What the table of mutations does with the rule "keep until a receipt has come" off.
    pub(super) fn let_go(&mut self, keys: &[RowKey]) -> Vec<Effect> {
        let epoch = self.phone.met.as_ref().map_or(Epoch([0; 16]), |met| met.epoch);
        let rows = keys.iter().filter_map(|key| self.row(*key));
        let gone = |row: &Row| (row.key, judge::unproven(row.sha256, epoch));
        let rows = rows.map(gone).collect();
        self.commit(Changes { rows, ..Changes::default() })
    }
}
