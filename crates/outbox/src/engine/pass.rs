//! What is left to do in one pass over the outbox.

use std::collections::VecDeque;

use model::{have::ASKED, hex::Digest, wire::limits};

use crate::row::{Row, RowKey};

/// Bytes of a request beside its sealed texts: clocks, digests, quotes.
const ENVELOPE_BYTES: usize = 256;
const ITEM_ENVELOPE_BYTES: usize = 112;

/// Texts first, then photos, then the same texts again until nothing is missing.
#[derive(Debug, Default)]
pub(super) struct Pass {
    post: VecDeque<RowKey>,
    /// Texts that the endpoint has stumbled over: each goes in a request of its own, after all
    /// others and their photos.
    alone: VecDeque<RowKey>,
    /// Rows that the endpoint is still to be asked about.
    ask: VecDeque<RowKey>,
    put: VecDeque<(RowKey, Digest)>,
    sent: Vec<(RowKey, Digest)>,
    /// Rows of which some bytes have arrived.
    further: Vec<RowKey>,
    /// From where the last photo in pieces went on.
    went_on: Option<(Digest, u64)>,
    again: Vec<RowKey>,
    batch: usize,
    /// The last request that carried one row was stumbled over.
    stumbled: bool,
    over: bool,
    enrolled_again: bool,
}

impl Pass {
    /// These rows, oldest first. Of those that were stumbled over the least tried goes first.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        let (mut alone, post): (Vec<&Row>, Vec<&Row>) = rows.partition(|row| row.stumbles() > 0);
        alone.sort_by_key(|row| row.stumbles());
        let keys = |rows: Vec<&Row>| rows.iter().map(|row| row.key).collect();
        Self { post: keys(post), alone: keys(alone), batch: limits::ITEMS, ..Self::default() }
    }

    pub(super) fn has_work(&self) -> bool {
        !(self.post.is_empty() && self.put.is_empty() && self.alone.is_empty())
    }

    /// It was ended by a failure.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// As many texts as fit into one request.
    pub(super) fn next_batch(&mut self, rows: &[Row]) -> Vec<RowKey> {
        let (mut batch, mut bytes) = (Vec::new(), ENVELOPE_BYTES);
        while let Some(&key) = self.post.front().filter(|_| batch.len() < self.batch) {
            let len =
                rows.iter().find(|row| row.key == key).map_or(0, |row| escaped_len(&row.sealed));
            bytes += len + ITEM_ENVELOPE_BYTES;
            if bytes > limits::ITEMS_BYTES && !batch.is_empty() {
                break;
            }
            self.post.pop_front();
            if len > 0 {
                batch.push(key);
            }
        }
        batch
    }

    pub(super) fn put_back(&mut self, keys: &[RowKey]) {
        for key in keys.iter().rev() {
            self.post.push_front(*key);
        }
    }

    pub(super) fn halve(&mut self, len: usize) {
        self.batch = (len / 2).max(1);
    }

    pub(super) fn next_alone(&mut self) -> Option<RowKey> {
        self.alone.pop_front()
    }

    /// One row was stumbled over. True if the one before it was too: then it is not the rows.
    pub(super) fn stumbles_again(&mut self) -> bool {
        core::mem::replace(&mut self.stumbled, true)
    }

    /// A request was read: the one that could not be is behind us.
    pub(super) fn widen(&mut self) {
        self.stumbled = false;
        self.batch = (self.batch * 2).min(limits::ITEMS);
    }

    pub(super) fn next_blob(&mut self) -> Option<(RowKey, Digest)> {
        self.put.pop_front()
    }

    pub(super) fn blob_back(&mut self, key: RowKey, sha256: Digest) {
        self.put.push_front((key, sha256));
    }

    /// After the last photo of a row its text is sent again: only that answer says 已送达.
    pub(super) fn blob_sent(&mut self, key: RowKey, sha256: Digest) {
        self.stumbled = false;
        self.sent.push((key, sha256));
        if !self.put.iter().any(|(it, _)| *it == key) {
            self.post.push_back(key);
        }
    }

    pub(super) fn came_further(&mut self, key: RowKey) {
        if !self.further.contains(&key) {
            self.further.push(key);
        }
    }

    /// Have bytes of it arrived in this pass? Then what failed before was not in vain.
    pub(super) fn has_come_further(&self, key: RowKey) -> bool {
        self.further.contains(&key)
    }

    /// A photo goes on from here; false if it did so the last time, and nothing came of it.
    pub(super) fn may_go_on(&mut self, sha256: Digest, offset: u64) -> bool {
        self.went_on.replace((sha256, offset)) != Some((sha256, offset))
    }

    /// Queues what a row still misses. False if a photo is asked for that this pass has already
    /// brought: then something is wrong, and asking on would never end.
    pub(super) fn wants(&mut self, key: RowKey, missing: &[Digest]) -> bool {
        let again = missing.iter().any(|sha256| self.sent.contains(&(key, *sha256)));
        if !again {
            self.put.extend(missing.iter().map(|sha256| (key, *sha256)));
        }
        !again
    }

    pub(super) fn drop_row(&mut self, key: RowKey) {
        self.put.retain(|(it, _)| *it != key);
        self.post.retain(|it| *it != key);
        self.alone.retain(|it| *it != key);
    }

    /// Sends the text before its photos once more; false if that was done already.
    pub(super) fn text_again(&mut self, key: RowKey) -> bool {
        let first = !self.again.contains(&key);
        if first {
            self.drop_row(key);
            self.again.push(key);
            self.post.push_front(key);
        }
        first
    }

    /// Asks about these.
    pub(super) fn ask_about(&mut self, keys: VecDeque<RowKey>) {
        self.ask = keys;
    }

    /// As many of them as fit into one question.
    pub(super) fn next_question<'a>(&mut self, rows: &'a [Row]) -> Vec<&'a Row> {
        let (mut asked, mut blobs) = (Vec::new(), 0);
        while let Some(key) = self.ask.front().filter(|_| asked.len() < ASKED) {
            if let Some(row) = rows.iter().find(|row| row.key == *key) {
                blobs += row.blobs.len();
                if blobs > ASKED {
                    break;
                }
                asked.push(row);
            }
            self.ask.pop_front();
        }
        asked
    }

    pub(super) fn has_questions(&self) -> bool {
        !self.ask.is_empty()
    }

    /// A row that was missed: its text goes first.
    pub(super) fn post_too(&mut self, key: RowKey) {
        self.post.push_back(key);
    }

    pub(super) fn may_enrol_again(&mut self) -> bool {
        !core::mem::replace(&mut self.enrolled_again, true)
    }

    /// Ends the pass; gives back the rows it did not finish, each once.
    pub(super) fn end(&mut self) -> Vec<RowKey> {
        let mut keys: Vec<RowKey> = self.post.drain(..).chain(self.alone.drain(..)).collect();
        for (key, _) in self.put.drain(..) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        self.over = true;
        keys
    }
}

/// How long a sealed text becomes inside a JSON string. It holds no control characters of its own.
fn escaped_len(text: &str) -> usize {
    text.len() + text.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count()
}
