use model::wire::Problem;

use super::{Changes, Effect, Engine, judge};
use crate::{
    Now,
    backoff::{asked_for, full_jitter},
    exchange::Verdict,
    row::{PARKED_AFTER, Row, RowChange, RowKey, WaitReason, Waits},
};

/// How long a parked row waits, in seconds.
const PARKED_S: u32 = 3_600;

impl Engine {
    /// A request that was not done: everything of this pass waits, each with the reason.
    pub(super) fn failed<T>(&mut self, now: &Now, verdict: Verdict<T>) -> Vec<Effect> {
        let (reason, after) = match verdict {
            Verdict::Unreachable => (WaitReason::Unreachable, None),
            Verdict::Refused(problem) => judge::refused(&problem),
            Verdict::NotAnAnswer | Verdict::Done(..) => (WaitReason::NotAnAnswer, None),
        };
        self.wait_all(now, reason, after)
    }

    pub(super) fn wait_all(
        &mut self,
        now: &Now,
        reason: WaitReason,
        after: Option<u32>,
    ) -> Vec<Effect> {
        let changes = self.waits(now, reason, after);
        self.commit(changes)
    }

    pub(super) fn waits(&mut self, now: &Now, reason: WaitReason, after: Option<u32>) -> Changes {
        self.greeted = false;
        self.failures = self.failures.saturating_add(1);
        let keys = self.pass.end();
        if keys.is_empty() {
            self.again_ms = Some(now.ms.saturating_add(self.pause(now, self.failures, after)));
        }
        let rows = keys.into_iter().map(|key| (key, self.wait(now, key, reason, after))).collect();
        Changes { rows, ..Changes::default() }
    }

    pub(super) fn wait_one(&mut self, now: &Now, key: RowKey, reason: WaitReason) -> Vec<Effect> {
        self.pass.drop_row(key);
        let change = self.wait(now, key, reason, None);
        self.change_row(key, change)
    }

    pub(super) fn wait(
        &self,
        now: &Now,
        key: RowKey,
        reason: WaitReason,
        after: Option<u32>,
    ) -> RowChange {
        RowChange::Wait(self.waits_for(now, key, reason, after))
    }

    pub(super) fn waits_for(
        &self,
        now: &Now,
        key: RowKey,
        reason: WaitReason,
        after: Option<u32>,
    ) -> Waits {
        let before = self.row(key).and_then(|row| row.waits.as_ref());
        let before = before.filter(|_| !self.pass.has_come_further(key));
        let failures = before.map_or(0, |it| it.failures).saturating_add(1);
        let stumbles = before.map_or(0, |it| it.stumbles);
        let until_ms = now.ms.saturating_add(self.pause(now, failures, after));
        Waits { reason, until_ms, failures, tried_ms: now.ms, stumbles }
    }

    /// The endpoint failed over this row alone: it waits, and the others go on. If it failed over
    /// the one before as well it is not the rows, and all of them wait.
    pub(super) fn stumbled_over(
        &mut self,
        now: &Now,
        key: RowKey,
        problem: &Problem,
    ) -> Vec<Effect> {
        let (mut reason, mut after) = judge::refused(problem);
        self.pass.drop_row(key);
        let mut changes = Changes::default();
        if self.pass.stumbles_again() {
            changes = self.waits(now, reason, after);
        }
        let stumbles = self.row(key).map_or(0, Row::stumbles).saturating_add(1);
        if stumbles >= PARKED_AFTER {
            (reason, after) = (WaitReason::Parked, Some(PARKED_S));
        }
        let waits = Waits { stumbles, ..self.waits_for(now, key, reason, after) };
        changes.rows.push((key, RowChange::Wait(waits)));
        self.commit(changes)
    }

    #[expect(clippy::unused_self, reason = "reads as a sentence beside its neighbours")]
    pub(super) fn pause(&self, now: &Now, failures: u32, after: Option<u32>) -> i64 {
        after.map_or_else(|| full_jitter(failures, u64::from_le_bytes(now.bytes(56))), asked_for)
    }
}
