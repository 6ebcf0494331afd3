use model::{
    contact::ContactConsent,
    hex::{Digest, Epoch},
    report::Report,
    sealed::{BlobEntry, BlobType, Kind, Role},
};
use outbox::{
    Device, Input, Now, Row, Why,
    contact::{self, ToCall},
    row::Label,
    seal::{ToSeal, WayBack, edit, seal, take_back, take_back_alone},
};
use rand::{Rng as _, seq::IteratorRandom as _};

use crate::{phone::Storage, tally::Fault, world::World};

impl World {
    /// A person seals a report with up to two photos, in some tab, and perhaps leaves a number.
    pub(crate) fn person_seals(&mut self, phone: usize) {
        let Some((tab, now)) = self.at_hand(phone) else { return };
        let mut storage = self.phones[phone].storage.clone();
        let what = self.written(&mut storage, &now);
        let row = seal(&mut storage.record, &now, what);
        let wanted = self.a_number(&now);
        let beside = self.beside(phone, &mut storage, &now, &row, wanted.as_ref());
        self.keep(phone, storage, [vec![row], beside].concat());
        self.input(phone, tab, Input::Wake(Why::Sealed));
    }

    /// A person edits a report, whatever has become of it: while it is under way, too. The number
    /// beside it stays, goes or is another one then.
    pub(crate) fn person_edits(&mut self, phone: usize) {
        let Some((tab, now)) = self.at_hand(phone) else { return };
        let reports = self.phones[phone].storage.rows.values().filter(|row| row.of.is_none());
        let Some(old) = reports.choose(&mut self.rng).cloned() else { return };
        let mut storage = self.phones[phone].storage.clone();
        let what = self.written(&mut storage, &now);
        let row = edit(&mut storage.record, &now, &old, what, self.mutation.phone);
        // The database adds and never puts: a revision that is there already is not sealed again.
        if storage.rows.contains_key(&row.key) && self.mutation.phone.seal {
            return self.tell(|| format!("phone {phone}: {} has been edited already", old.key));
        }
        if old.tried && old.is_unfinished() {
            self.tally.count(Fault::EditedUnderWay);
        }
        let wanted = self.a_number(&now);
        let beside = self.beside(phone, &mut storage, &now, &row, wanted.as_ref());
        self.keep(phone, storage, [vec![row], beside].concat());
        self.input(phone, tab, Input::Wake(Why::Sealed));
    }

    /// A person takes a report back, whole, or the number beside it alone: undone if nothing of it
    /// has left, else withdrawn.
    pub(crate) fn person_takes_back(&mut self, phone: usize) {
        let Some((tab, now)) = self.at_hand(phone) else { return };
        let mut storage = self.phones[phone].storage.clone();
        let stand = storage.rows.values().filter(|it| !it.withdrawn && it.kind != "withdraw");
        let Some(old) = stand.choose(&mut self.rng).cloned() else { return };
        let (record, rules) = (&mut storage.record, self.mutation.phone);
        let (undone, withdrawn, back) = if contact::stands(&old) {
            let back = take_back_alone(record, &now, old, rules);
            (Fault::NumberUndone, Fault::NumberWithdrawn, back)
        } else {
            let id = old.key.id;
            let all = storage.rows.values().filter(|it| it.key.id == id || it.of == Some(id));
            let all = all.filter(|it| it.kind != "withdraw").cloned().collect();
            (Fault::Undone, Fault::Withdrawn, take_back(record, &now, all, rules))
        };
        let Some(WayBack { rows, withdrawal }) = back else { return };
        self.tally.count(if withdrawal.is_some() { withdrawn } else { undone });
        self.changed(phone, &mut storage, rows);
        self.keep(phone, storage, withdrawal.into_iter().collect());
        self.input(phone, tab, Input::Wake(Why::Sealed));
    }

    /// A number that a person may leave, or not.
    fn a_number(&mut self, now: &Now) -> Option<ToCall> {
        let number = self.rng.random_range(0..10_u32);
        let (version, text_sha256) = ("1".to_owned(), Digest::of(b"may be called"));
        let consent = ContactConsent { version, text_sha256, at: now.stamp() };
        let phone = format!("1380000000{number}");
        (number < 4).then(|| ToCall { phone, consent, shown: String::new() })
    }

    /// What sealing this report makes of the numbers beside it. Returns the new rows.
    fn beside(
        &mut self,
        phone: usize,
        storage: &mut Storage,
        now: &Now,
        report: &Row,
        wanted: Option<&ToCall>,
    ) -> Vec<Row> {
        let rows: Vec<Row> = storage.rows.values().cloned().collect();
        let (record, rules) = (&mut storage.record, self.mutation.phone);
        let beside = contact::beside(record, now, report.key.id, wanted, &rows, rules);
        self.changed(phone, storage, beside.changed);
        beside.new
    }

    /// Rows that were there and stand otherwise now: what was sealed anew counts in their place.
    fn changed(&mut self, phone: usize, storage: &mut Storage, rows: Vec<Row>) {
        for row in rows {
            let before = storage.rows.insert(row.key, row.clone());
            if before.is_some_and(|before| before.sha256 != row.sha256) {
                self.checker.undone(phone, row.key);
                self.checker.sealed(phone, &row);
            }
        }
    }

    /// A tab that a person has in front of them.
    pub(crate) fn at_hand(&mut self, phone: usize) -> Option<(usize, Now)> {
        if self.phones[phone].tabs.is_empty() {
            self.open_tab(phone);
        }
        let tab = self.any_tab(phone)?;
        Some((tab, self.clocks(phone, tab)))
    }

    /// One transaction: rows, record and photos enter together.
    pub(crate) fn keep(&mut self, phone: usize, mut storage: Storage, rows: Vec<Row>) {
        for row in rows {
            self.tell(|| format!("phone {phone} seals {} {}", row.key, row.sealed));
            self.checker.sealed(phone, &row);
            storage.rows.insert(row.key, row);
        }
        self.phones[phone].storage = storage;
        self.checker.stored(&self.phones[phone].storage.record);
    }

    /// What a person wrote, with photos that are already in the storage.
    pub(crate) fn written(&mut self, storage: &mut Storage, now: &Now) -> ToSeal<Report> {
        let blobs = (0..self.rng.random_range(0..3)).map(|_| self.photo(storage)).collect();
        let words = format!("\"第{}段\" 梯坎 \\ 灯不亮", self.rng.random_range(0..1_000));
        ToSeal {
            id: storage.record.new_id(now),
            kind: Kind::Report,
            schema: 1,
            blobs,
            body: Report { words: Some(words), ..Report::default() },
            label: Label::default(),
        }
    }

    /// A photo: a new one, or one that another report has too.
    fn photo(&mut self, storage: &mut Storage) -> BlobEntry {
        let again = storage.blobs.keys().choose(&mut self.rng).copied();
        let again = again.filter(|_| self.rng.random_range(0..4) == 0);
        let sha256 = again.unwrap_or_else(|| self.new_photo(storage));
        BlobEntry {
            sha256,
            len: storage.blobs[&sha256].len() as u64,
            media: BlobType::Jpeg,
            role: Role::Photo,
            taken_at: None,
            mono_ms: None,
            boot: None,
            fix: None,
            width: None,
            height: None,
            covered: None,
            seconds: None,
        }
    }

    fn new_photo(&mut self, storage: &mut Storage) -> Digest {
        let mut bytes = vec![0xFF, 0xD8, 0xFF];
        bytes.extend(self.rng.random::<[u8; 16]>());
        if self.percent(12) {
            // Large enough to go in pieces.
            bytes.resize(70_000, 7);
        }
        let sha256 = Digest::of(&bytes);
        storage.blobs.insert(sha256, bytes);
        sha256
    }

    /// A backup is restored to two phones: both are the same device and count on from there.
    pub(crate) fn clone_a_phone(&mut self) {
        let Some((_, now)) = self.at_hand(0) else { return };
        let record = &mut self.phones[0].storage.record;
        record.device = Some(Device::new(&now, 1));
        self.checker.stored(record);
        self.phones[1].storage.record = record.clone();
        self.checker.cloned = true;
        self.tally.count(Fault::PhoneCloned);
    }

    /// What a restored backup does that is older than the phones' enrolment.
    pub(crate) fn devices_are_forgotten(&mut self) {
        self.server.forget_devices();
        self.tally.count(Fault::DevicesForgotten);
        self.tell(|| "the server forgets every device".to_owned());
    }

    /// One night the operator makes a copy; in another, the disk is lost.
    pub(crate) fn disaster_or_its_remedy(&mut self) {
        match self.rng.random_range(0..8) {
            0..2 => {
                self.server.back_up();
                self.tell(|| "the server is copied".to_owned());
            }
            2..6 => self.the_server_is_restored(),
            _ => self.weeks_pass(),
        }
    }

    /// Forty quiet days; then both pages are opened, and let go what is safe.
    fn weeks_pass(&mut self) {
        self.now_ms += 40 * 86_400_000;
        self.tell(|| "--- forty days pass ---".to_owned());
        let storm = core::mem::take(&mut self.weather);
        self.server.is_up = true;
        for phone in 0..2 {
            self.close_tab(phone);
            self.open_tab(phone);
        }
        while self.something_moves() {}
        (0..2).for_each(|phone| self.tidy(phone));
        self.weather = storm;
    }

    fn the_server_is_restored(&mut self) {
        let epoch = Epoch(self.rng.random());
        let made = self.server.receipts();
        if self.server.restore(epoch) {
            self.checker.restored(made);
            self.tally.count(Fault::Restored);
            self.tell(|| format!("the server is restored: {epoch}"));
        }
    }

    /// Somebody else has a phone's device id, if the server does not know the phone yet.
    pub(crate) fn a_device_id_is_taken(&mut self, phone: usize) {
        let Some(device) = self.phones[phone].storage.record.device.clone() else { return };
        self.server.take_device(self.now_ms, device.id);
        self.checker.not_ours(device.id);
        self.tally.count(Fault::DeviceTaken);
        self.tell(|| format!("somebody else takes {}, if it is free", device.id));
    }
}
