use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use model::{hex::Digest, ids::ReportId};
use outbox::{
    Checks, Engine, Phone, Row, RowKey, Rules, Why,
    canary::Repair,
    clock,
    idb::{Db, StoreError, Tally},
    import::{self, Imported, NotARescueFile},
};

use super::{Around, Holding, NotImported, keeping};
use crate::sync::{self, line::Line};

/// The handle to everything that is kept on this phone. The database is the truth: after a commit
/// [`Outbox::changed`] is notified, and whoever shows it loads again.
#[derive(Clone, Copy)]
pub struct Outbox(StoredValue<Rc<Inside>, LocalStorage>);

/// What the handle, the sender and the wake-ups share.
pub(crate) struct Inside {
    pub(crate) db: Db,
    pub(crate) engine: RefCell<Engine>,
    pub(crate) line: Line,
    changed: ArcTrigger,
    /// What is kept of parks has changed, here or in another tab.
    pub(super) mine_changed: ArcTrigger,
    pub(super) mine_lost: ArcRwSignal<u32>,
    phone: ArcRwSignal<Phone>,
    tally: ArcRwSignal<Tally>,
    sending: ArcRwSignal<Vec<RowKey>>,
    trouble: ArcRwSignal<Option<StoreError>>,
    online: ArcRwSignal<bool>,
    repair: ArcRwSignal<Option<Repair>>,
    holding: ArcRwSignal<Holding>,
}

impl Outbox {
    /// Gives the handle to everything below. Touches nothing of the browser.
    pub fn provide() -> Self {
        let inside = Inside {
            db: Db::default(),
            engine: RefCell::new(Engine::new(Rules::default(), Checks::ALL)),
            line: Line::default(),
            changed: ArcTrigger::new(),
            mine_changed: ArcTrigger::new(),
            mine_lost: ArcRwSignal::default(),
            phone: ArcRwSignal::default(),
            tally: ArcRwSignal::default(),
            sending: ArcRwSignal::default(),
            trouble: ArcRwSignal::default(),
            online: ArcRwSignal::new(true),
            repair: ArcRwSignal::default(),
            holding: ArcRwSignal::default(),
        };
        let this = Self(StoredValue::new_local(Rc::new(inside)));
        provide_context(this);
        this
    }

    /// The handle that the shell provided.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Starts the wake-ups and the first pass. Called once, in an effect.
    pub fn start(self) {
        sync::start(&self.inside());
        self.watch_mine();
    }

    /// A durable id for a new report. It rises even when the phone's clock goes back.
    pub async fn new_id(self) -> Result<ReportId, StoreError> {
        let inside = self.inside();
        let now = clock::now();
        inside.heard(inside.db.update_phone(|phone| phone.new_id(&now)).await)
    }

    /// Keeps a draft as it is now; done when it is on the disk.
    pub async fn save_draft(self, id: ReportId, json: String) -> Result<(), StoreError> {
        let inside = self.inside();
        let kept = inside.heard(inside.db.save_draft(id, &json).await);
        inside.changed.notify();
        kept
    }

    /// Every draft, newest first.
    pub async fn drafts(self) -> Result<Vec<(ReportId, String)>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.drafts().await)
    }

    /// A draft by its id.
    pub async fn draft(self, id: ReportId) -> Result<Option<String>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.draft(id).await)
    }

    /// Throws a draft away, because a person said so.
    pub async fn discard_draft(self, id: ReportId) -> Result<(), StoreError> {
        let inside = self.inside();
        let gone = inside.heard(inside.db.discard_draft(id).await);
        inside.changed.notify();
        gone
    }

    /// Keeps a photo or voice note under its digest; done when it is on the disk. Refused before the
    /// phone is full, so that there is always room for words; but first photos go that the endpoint
    /// has off its machine.
    pub async fn keep_blob(self, sha256: Digest, bytes: Vec<u8>) -> Result<(), StoreError> {
        let inside = self.inside();
        let lacking = keeping::lacking_for(bytes.len()).await;
        if lacking > 0 && !inside.make_room(lacking).await {
            return Err(StoreError::Full);
        }
        match inside.db.keep_blob(sha256, &bytes).await {
            // The browser knew of less room than it said.
            Err(StoreError::Full) if inside.make_room(bytes.len() as u64).await => {
                inside.db.keep_blob(sha256, &bytes).await
            }
            kept => kept,
        }
    }

    /// The bytes of a photo or voice note.
    pub async fn blob(self, sha256: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.blob(sha256).await)
    }

    /// Deletes photos that no draft and no row names, without waiting for the sweep.
    pub async fn let_go(self, blobs: Vec<Digest>) -> Result<(), StoreError> {
        if blobs.is_empty() {
            return Ok(());
        }
        let inside = self.inside();
        inside.heard(inside.db.let_go(&blobs).await)
    }

    /// Reads a rescue file in: what is not here yet goes on from here, under its own ids.
    pub async fn import(self, file: &[u8]) -> Result<Imported, NotImported> {
        let inside = self.inside();
        let now = clock::now();
        let read = import::read(file, now.ms);
        let brought = read.map_err(|why| match why {
            NotARescueFile::Damaged => NotImported::NotARescueFile,
            NotARescueFile::Packed => NotImported::Packed,
        })?;
        let imported = inside.heard(inside.db.import(&now, &brought).await);
        inside.look_again().await;
        sync::wake(&inside, Why::Sealed);
        imported.map_err(NotImported::NotKept)
    }

    /// One row, if it is here.
    pub async fn row(self, key: RowKey) -> Result<Option<Row>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.row(key).await)
    }

    /// The newest revision of a report, if any is here.
    pub async fn newest(self, id: ReportId) -> Result<Option<Row>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.newest(id).await)
    }

    /// Every row, oldest first.
    pub async fn rows(self) -> Result<Vec<Row>, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.rows().await)
    }

    /// A person asks to send now.
    pub fn send_now(self) {
        sync::wake(&self.inside(), Why::Tap);
    }

    /// A person has read who the endpoint says it is, and accepts it.
    pub async fn accept_stranger(self) -> Result<(), StoreError> {
        let inside = self.inside();
        let accepted = inside.db.update_phone(Phone::accept_stranger).await;
        inside.look_again().await;
        sync::wake(&inside, Why::Tap);
        inside.heard(accepted.map(drop))
    }

    /// Makes the reactive closure around it run again when something in the storage has changed.
    pub fn changed(self) {
        self.0.with_value(|inside| inside.changed.track());
    }

    /// What the phone remembers, read from the storage now.
    pub async fn remembered(self) -> Result<Phone, StoreError> {
        let inside = self.inside();
        inside.heard(inside.db.phone().await)
    }

    /// What the phone remembers: who the endpoint is, and whether anybody reads what is sent.
    pub fn phone(self) -> Signal<Phone> {
        self.0.with_value(|inside| inside.phone.clone()).into()
    }

    /// How much is left to do.
    pub fn tally(self) -> Signal<Tally> {
        self.0.with_value(|inside| inside.tally.clone()).into()
    }

    /// What is on its way at this moment. True of this page, stored nowhere.
    pub fn sending(self) -> Signal<Vec<RowKey>> {
        self.0.with_value(|inside| inside.sending.clone()).into()
    }

    /// Why the storage does not work, if it does not.
    pub fn trouble(self) -> Signal<Option<StoreError>> {
        self.0.with_value(|inside| inside.trouble.clone()).into()
    }

    /// Does this browser keep what is written in it?
    pub fn holding(self) -> Signal<Holding> {
        self.0.with_value(|inside| inside.holding.clone()).into()
    }

    /// Is it on this page only? Then nothing may be called kept.
    pub fn is_on_this_page_only(self) -> Signal<bool> {
        let holding = self.holding();
        Signal::derive(move || holding.get() == Holding::Page)
    }

    /// Would closing the page lose something that is nowhere else?
    pub fn would_be_missed(self) -> bool {
        self.0.with_value(|inside| inside.db.would_be_missed())
    }

    /// What was lost of the storage and mended, until a person has read it.
    pub fn repair(self) -> Signal<Option<Repair>> {
        self.0.with_value(|inside| inside.repair.clone()).into()
    }

    /// A person has read it.
    pub fn repair_is_read(self) {
        self.inside().repair_is_read();
    }

    /// Does the browser say that there is a network? It lies at times.
    pub fn online(self) -> Signal<bool> {
        self.0.with_value(|inside| inside.online.clone()).into()
    }

    /// What is true of this page beside its rows.
    pub fn around(self) -> Around {
        Around {
            online: self.online().get(),
            mode: self.phone().read().mode(),
            page_only: self.holding().get() == Holding::Page,
            stranger: self.phone().read().stranger.is_some(),
        }
    }

    /// Does another endpoint answer than last time? Nothing is sent until a person has decided.
    pub fn has_met_a_stranger(self) -> Memo<bool> {
        let phone = self.phone();
        Memo::new(move |_| phone.read().stranger.is_some())
    }

    pub(super) fn inside(self) -> Rc<Inside> {
        self.0.get_value()
    }
}

impl Inside {
    /// Remembers whether the storage works; a phone that is full still keeps what it has.
    pub(super) fn heard<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if self.db.is_in_memory() {
            self.say_holding(Holding::Page);
        }
        match &result {
            Ok(_) => self.say_trouble(None),
            Err(StoreError::Full) => {}
            Err(error) => self.say_trouble(Some(*error)),
        }
        result
    }

    fn say_trouble(&self, trouble: Option<StoreError>) {
        if self.trouble.get_untracked() != trouble {
            self.trouble.set(trouble);
        }
    }

    /// Tells whoever shows the storage that it has changed.
    pub(crate) async fn look_again(&self) {
        if let Ok(phone) = self.heard(self.db.phone().await)
            && self.phone.get_untracked() != phone
        {
            self.phone.set(phone);
        }
        if let Ok(tally) = self.heard(self.db.tally().await)
            && self.tally.get_untracked() != tally
        {
            self.tally.set(tally);
        }
        self.changed.notify();
    }

    /// Sealed and not delivered, as it was last read.
    pub(crate) fn to_send(&self) -> u32 {
        self.tally.get_untracked().to_send
    }

    pub(crate) fn say_sending(&self, keys: Vec<RowKey>) {
        if self.sending.get_untracked() != keys {
            self.sending.set(keys);
        }
    }

    /// What lies on this page only does not become safer by what else is seen.
    pub(super) fn say_holding(&self, holding: Holding) {
        let now = self.holding.get_untracked();
        if now != holding && now != Holding::Page {
            self.holding.set(holding);
        }
    }

    pub(super) fn say_repair(&self, repair: Option<Repair>) {
        self.repair.set(repair);
    }

    pub(crate) fn say_online(&self, online: bool) {
        self.online.set(online);
    }

    pub(crate) fn say_storage(&self, error: StoreError) {
        let _ = self.heard::<()>(Err(error));
    }
}
