//! Photos on their way, whole or in pieces. That one arrived moves nothing: its text is asked about
//! again.

use model::{
    hex::Digest,
    wire::{BlobKept, Problem, Reason},
};

use super::{Effect, Engine, Stage, judge};
use crate::{
    Now,
    exchange::{Answer, Request, Verdict},
    row::{Refusal, RefusalWhy, RowChange, RowKey, WaitReason},
};

/// A photo that is under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Upload {
    pub(super) key: RowKey,
    sha256: Digest,
    step: Step,
}

/// What is asked about it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// That all of it is taken, in one body.
    Whole,
    /// How much of it is there.
    Find,
    /// That these bytes are taken.
    Piece { from: u64, len: u64 },
}

impl Engine {
    pub(super) fn upload(&mut self, now: &Now, key: RowKey, sha256: Digest) -> Vec<Effect> {
        let whole = self.way.takes_whole(self.len_of(key, sha256));
        let step = if whole { Step::Whole } else { Step::Find };
        self.ask_upload(now, Upload { key, sha256, step })
    }

    fn ask_upload(&mut self, now: &Now, upload: Upload) -> Vec<Effect> {
        let Some(device) = &self.phone.device else { return self.give_up(now) };
        let (token, sha256) = (device.token, upload.sha256);
        let request = match upload.step {
            Step::Whole => Request::blob(token, sha256),
            Step::Find => Request::offset(token, sha256),
            Step::Piece { from, len } => Request::piece(token, sha256, from, len),
        };
        self.asked_ms = now.mono_ms;
        self.ask(Stage::Uploading(upload), request)
    }

    /// How long it is; zero for one that the manifest does not name.
    fn len_of(&self, key: RowKey, sha256: Digest) -> u64 {
        let blob = self.row(key).and_then(|row| row.blobs.iter().find(|it| it.sha256 == sha256));
        blob.map_or(0, |blob| blob.len)
    }

    pub(super) fn uploaded(&mut self, now: &Now, it: Upload, answer: &Answer) -> Vec<Effect> {
        let held = match it.step {
            Step::Whole => match answer.read::<BlobKept>() {
                Verdict::Done(kept, epoch) if kept.sha256 == it.sha256 => {
                    Verdict::Done(self.len_of(it.key, it.sha256), epoch)
                }
                Verdict::Refused(problem) => Verdict::Refused(problem),
                Verdict::Unreachable => Verdict::Unreachable,
                Verdict::Done(..) | Verdict::NotAnAnswer => Verdict::NotAnAnswer,
            },
            Step::Find | Step::Piece { .. } => answer.read_offset(),
        };
        match held {
            Verdict::Done(offset, _) => self.goes_on(now, it, offset),
            Verdict::Refused(why) => self.upload_refused(now, it, why),
            _ if answer.is_too_large_for_the_way() && !self.way.takes_only_small() => {
                self.way.takes_no_large_bodies();
                self.ask_upload(now, Upload { step: Step::Find, ..it })
            }
            lost => self.upload_lost(now, it, lost),
        }
    }

    /// So many bytes are there.
    fn goes_on(&mut self, now: &Now, it: Upload, offset: u64) -> Vec<Effect> {
        let whole = self.len_of(it.key, it.sha256);
        let sent = match it.step {
            Step::Whole => whole,
            Step::Find => 0,
            Step::Piece { from, .. } => offset.saturating_sub(from),
        };
        if sent > 0 {
            self.way.took(sent, now.mono_ms.saturating_sub(self.asked_ms));
            self.pass.came_further(it.key);
        }
        if offset >= whole {
            self.pass.blob_sent(it.key, it.sha256);
            return self.advance(now);
        }
        if sent == 0 && !self.pass.may_go_on(it.sha256, offset) {
            return self.upload_lost(now, it, Verdict::NotAnAnswer);
        }
        let len = self.way.at_once().min(whole - offset);
        self.ask_upload(now, Upload { step: Step::Piece { from: offset, len }, ..it })
    }

    /// No answer. What came before a cut is there, so it is asked for at once, unless the last
    /// piece brought nothing either.
    fn upload_lost(&mut self, now: &Now, it: Upload, lost: Verdict<u64>) -> Vec<Effect> {
        if it.step != Step::Whole && lost == Verdict::NotAnAnswer {
            self.way.takes_no_pieces();
        } else if it.step != Step::Find {
            self.way.was_cut();
        }
        if lost == Verdict::Unreachable && matches!(it.step, Step::Piece { .. }) {
            return self.ask_upload(now, Upload { step: Step::Find, ..it });
        }
        self.pass.blob_back(it.key, it.sha256);
        self.failed(now, lost)
    }

    fn upload_refused(&mut self, now: &Now, it: Upload, why: Problem) -> Vec<Effect> {
        let Upload { key, sha256, step } = it;
        match (why.status, why.offset) {
            (401, _) => {
                self.pass.blob_back(key, sha256);
                self.token_refused(now)
            }
            (409, Some(offset)) => {
                let asked = Upload { step: Step::Find, ..it };
                self.goes_on(now, asked, offset)
            }
            (413, _) => self.refuse_blob(key, sha256, RefusalWhy::Rejected(Reason::TooLarge)),
            (415, _) => self.refuse_blob(key, sha256, RefusalWhy::Rejected(Reason::Malformed)),
            // The door has just digested these bytes: it was the way that changed them. What is no
            // photo to look at, it may leave alone.
            (422, _) if step == Step::Whole => {
                self.way.changes_photos();
                self.ask_upload(now, Upload { step: Step::Find, ..it })
            }
            (422, _) => self.wait_one(now, key, WaitReason::DamagedOnTheWay),
            _ if judge::stumbles(&why) => self.stumbled_over(now, key, &why),
            // The endpoint does not know the text any more: send it again before its photo.
            (404, _) if self.pass.text_again(key) => self.advance(now),
            (404, _) => self.wait_one(now, key, WaitReason::NotProven),
            _ => {
                self.pass.blob_back(key, sha256);
                self.failed::<u64>(now, Verdict::Refused(why))
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
