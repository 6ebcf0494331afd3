use outbox::{Effect, Input, exchange::Body, row::RowChange};
use rand::Rng as _;

use crate::{phone::WaitsFor, tally::Fault, world::World};

impl World {
    /// Does what a tab's engine asked for. Returns whether there was anything.
    pub(crate) fn act(&mut self, phone: usize, tab: usize) -> bool {
        let it = &mut self.phones[phone].tabs[tab];
        let WaitsFor::Effect(effect) = it.waits_for.clone() else { return false };
        it.waits_for = WaitsFor::Nothing;
        let fails = self.percent(self.weather.disk);
        match effect {
            Effect::Ask(request) => {
                let storage = &self.phones[phone].storage;
                let it = &self.phones[phone].tabs[tab];
                self.checker.leaves(storage, &it.engine.sending());
                let blob = request.body.blob();
                let gone = blob.filter(|it| !storage.blobs.contains_key(it));
                if let Some(sha256) = gone {
                    self.input(phone, tab, Input::BlobDamaged(sha256));
                    return true;
                }
                let bytes = blob.map(|it| request.body.part_of(&storage.blobs[&it]).to_vec());
                if let Body::Piece { .. } = request.body {
                    self.tally.count(Fault::PieceSent);
                }
                let no = self.network.send(phone, it.no, request, bytes);
                self.phones[phone].tabs[tab].waits_for = WaitsFor::Answer(no);
            }
            Effect::Load | Effect::Commit(_) if fails => self.disk_fails(phone, tab, &effect),
            Effect::Load => {
                let loaded = self.phones[phone].storage.load();
                self.input(phone, tab, loaded);
            }
            Effect::Commit(_) => {
                let became = self.commit(phone, &effect);
                if became == Input::Overtaken {
                    self.tally.count(Fault::Overtaken);
                }
                self.input(phone, tab, became);
            }
            Effect::Rest(_) => unreachable!("a tab turns a rest into its timer"),
        }
        true
    }

    fn commit(&mut self, phone: usize, effect: &Effect) -> Input {
        let Effect::Commit(changes) = effect else { return Input::Committed };
        let storage = &mut self.phones[phone].storage;
        let became = storage.commit(changes, self.mutation.overtaken);
        self.checker.stored(&storage.record);
        let brings = |(_, change): &(_, RowChange)| matches!(change, RowChange::Arrive(_));
        if became == Input::Committed && changes.rows.iter().any(brings) {
            self.tally.count(Fault::WorkerBrought);
        }
        let missed = |(_, change): &(_, RowChange)| matches!(change, RowChange::Missed(_));
        if became == Input::Committed && changes.rows.iter().any(missed) {
            self.tally.count(Fault::RowMissed);
        }
        let keys: Vec<_> = changes.rows.iter().map(|(key, _)| *key).collect();
        self.checker.committed(phone, storage, &self.server, &keys);
        became
    }

    /// The storage says no; or the phone dies, before the transaction or after it.
    fn disk_fails(&mut self, phone: usize, tab: usize, effect: &Effect) {
        match self.rng.random_range(0..3) {
            0 => {
                self.tally.count(Fault::StorageFailed);
                self.input(phone, tab, Input::StorageFailed);
            }
            1 => self.phone_dies(phone),
            _ => {
                self.commit(phone, effect);
                self.tell(|| format!("phone {phone} commits {effect:?}"));
                self.phone_dies(phone);
            }
        }
    }
}
