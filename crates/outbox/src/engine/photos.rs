//! Photos on their way. That one arrived moves nothing: its text is asked about again.

use model::{
    hex::Digest,
    wire::{BlobKept, Problem, Reason},
};

use super::{Effect, Engine, judge};
use crate::{
    Now,
    exchange::{Answer, Verdict},
    row::{Refusal, RefusalWhy, RowChange, RowKey, WaitReason},
};

impl Engine {
    pub(super) fn put(
        &mut self,
        now: &Now,
        key: RowKey,
        sha256: Digest,
        answer: &Answer,
    ) -> Vec<Effect> {
        match answer.read::<BlobKept>() {
            Verdict::Done(kept, _) if kept.sha256 == sha256 => {
                self.pass.blob_sent(key, sha256);
                self.advance(now)
            }
            Verdict::Refused(problem) => self.put_refused(now, key, sha256, problem),
            other => {
                self.pass.blob_back(key, sha256);
                self.failed(now, other)
            }
        }
    }

    pub(super) fn put_refused(
        &mut self,
        now: &Now,
        key: RowKey,
        sha256: Digest,
        why: Problem,
    ) -> Vec<Effect> {
        match why.status {
            401 => {
                self.pass.blob_back(key, sha256);
                self.token_refused(now)
            }
            413 => self.refuse_blob(key, sha256, RefusalWhy::Rejected(Reason::TooLarge)),
            415 => self.refuse_blob(key, sha256, RefusalWhy::Rejected(Reason::Malformed)),
            // The door has just digested these bytes: it was the way that changed them.
            422 => self.wait_one(now, key, WaitReason::DamagedOnTheWay),
            _ if judge::stumbles(&why) => self.stumbled_over(now, key, &why),
            // The endpoint does not know the text any more: send it again before its photo.
            404 if self.pass.text_again(key) => self.advance(now),
            404 => self.wait_one(now, key, WaitReason::NotProven),
            _ => {
                self.pass.blob_back(key, sha256);
                self.failed::<BlobKept>(now, Verdict::Refused(why))
            }
        }
    }

    pub(super) fn refuse_blob(
        &mut self,
        key: RowKey,
        sha256: Digest,
        why: RefusalWhy,
    ) -> Vec<Effect> {
        let at = self.row(key).and_then(|row| row.blobs.iter().position(|it| it.sha256 == sha256));
        let field = at.map_or_else(|| "/sealed/blobs".into(), |i| format!("/sealed/blobs/{i}"));
        self.pass.drop_row(key);
        self.change_row(key, RowChange::Refuse(Refusal { why, field, limit: None }))
    }
}
