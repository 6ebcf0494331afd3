//! The one door to IndexedDB.
//!
//! Every write is one strict transaction that holds only its own requests and is done when the
//! browser says `complete`, never at the success of a request. A browser may close the database at
//! any moment: whatever it broke off is done anew, whole, on a new connection. So each step here may
//! run twice, even if the first time took place and nobody was told. Records are JSON texts, so that
//! the rescue page can read them without this crate. The stores are frozen: upgrades only add.
#![expect(clippy::disallowed_types, reason = "this is the door")]

mod connection;
mod disk;
mod import;
mod memory;
mod mine;
mod record;
mod run;
mod sealing;
mod tidy;
mod transaction;

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::BTreeSet,
};

use js_sys::{Array, Reflect, Uint8Array};
use model::{hex::Digest, ids::ReportId};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase};

use self::{
    memory::Memory,
    record::{
        about, add_row, parse_rows, put_row, read_each, read_phone, read_row, revisions,
        write_phone,
    },
    transaction::{Mode, Transaction},
};
pub use self::{
    mine::MineCount,
    sealing::{Sealing, TakenBack},
};
use crate::{
    Now,
    canary::{self, Canary, Mirrored, Repair},
    clock,
    engine::Changes,
    phone::Phone,
    row::{Row, RowChange, RowKey},
    seal,
};

/// The phone's record, under the key `phone`.
const META: &str = "meta";
/// Drafts as JSON texts, by report id.
const DRAFTS: &str = "drafts";
/// Rows as `{json, todo?}`, by `<id>.<rev>`; see [`record`].
const ROWS: &str = "rows";
/// Photos and voice notes as byte arrays, by digest.
const BLOBS: &str = "blobs";
/// What a person keeps of parks, as JSON texts, by the park's id. Since the second form.
const MINE: &str = "mine";
/// In [`META`], beside the phone's record: which build of the page has last used these stores.
const BUILD: &str = "build";

/// Why the storage did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no database: a private window, a broken profile, a browser that forbids it.
    #[error("this browser gives no storage")]
    Unavailable,
    /// The phone has no room left.
    #[error("the storage is full")]
    Full,
    /// Anything else. Nothing of the transaction took place.
    #[error("the storage failed")]
    Failed,
}

/// How much is left to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Reports that are sealed and not delivered, each once however many of its revisions wait. A
    /// number or a withdrawal is one thing with its report. Probes do not count: nobody has written
    /// them, no screen shows them.
    pub to_send: u32,
    /// Refused: a person is asked for something.
    pub needs_you: u32,
}

/// What became of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed {
    /// All of it is on the disk.
    All,
    /// A row holds other bytes by now: none of it is.
    Overtaken,
}

/// The phone's storage. Opens when it is first used, and again when the browser has closed it. Where
/// it can never be opened, all is in this page's memory for as long as the page lasts: a database
/// that opens later is met by the next page, so that nothing is ever in both.
#[derive(Default)]
pub struct Db {
    open: RefCell<Option<IdbDatabase>>,
    as_it_is: bool,
    has_opened: Cell<bool>,
    memory: OnceCell<Memory>,
}

impl Db {
    /// For whoever must neither make the stores nor change their form: the worker, which may be of
    /// an older or a newer build than the page.
    pub fn as_it_is() -> Self {
        Self { as_it_is: true, ..Self::default() }
    }

    /// Has this browser given no database? Then nothing that is here is kept on the phone.
    pub fn is_in_memory(&self) -> bool {
        self.memory.get().is_some()
    }

    /// Would closing the page lose something: a draft, or what is not delivered?
    pub fn would_be_missed(&self) -> bool {
        self.memory.get().is_some_and(Memory::would_be_missed)
    }

    /// Which build of the page has last used these stores.
    pub async fn build(&self) -> Result<Option<String>, StoreError> {
        Ok(self.get(META, BUILD).await?.as_string())
    }

    /// This build of the page uses them now.
    pub async fn say_build(&self, build: &str) -> Result<(), StoreError> {
        if self.build().await?.as_deref() == Some(build) {
            return Ok(());
        }
        self.put(META, BUILD, &build.into()).await
    }

    /// The phone's record and the rows that an engine needs, oldest first.
    pub async fn load(&self) -> Result<(Phone, Vec<Row>), StoreError> {
        self.run(&[META, ROWS], Mode::Read, async |tx| {
            let phone = read_phone(tx).await?;
            let mut rows = if phone.asks {
                parse_rows(&tx.all(ROWS).await?)
            } else {
                let written = tx.all_with(ROWS, record::TODO, record::TO_SEND).await?;
                let about = tx.all_with(ROWS, record::TODO, record::ABOUT_TO_SEND).await?;
                let quiet = tx.all_with(ROWS, record::TODO, record::QUIET_TO_SEND).await?;
                parse_rows(&written.concat(&about).concat(&quiet))
            };
            rows.sort_unstable_by_key(|row| row.key);
            rows.retain(|row| phone.loads(row));
            Ok((phone, rows))
        })
        .await
    }

    /// The phone's record.
    pub async fn phone(&self) -> Result<Phone, StoreError> {
        self.run(&[META], Mode::Read, async |tx| read_phone(tx).await).await
    }

    /// A row, if there is one.
    pub async fn row(&self, key: RowKey) -> Result<Option<Row>, StoreError> {
        self.run(&[ROWS], Mode::Read, async |tx| read_row(tx, key).await).await
    }

    /// The newest revision of an item, if any is here.
    pub async fn newest(&self, id: ReportId) -> Result<Option<Row>, StoreError> {
        let all = self.run(&[ROWS], Mode::Read, async |tx| revisions(tx, id).await).await?;
        Ok(all.into_iter().max_by_key(|row| row.key.rev))
    }

    /// Every row, oldest first.
    pub async fn rows(&self) -> Result<Vec<Row>, StoreError> {
        self.run(&[ROWS], Mode::Read, async |tx| Ok(parse_rows(&tx.all(ROWS).await?))).await
    }

    /// How much is left to do.
    pub async fn tally(&self) -> Result<Tally, StoreError> {
        self.run(&[ROWS], Mode::Read, async |tx| {
            let written = tx.keys_with(ROWS, record::TODO, record::TO_SEND).await?;
            let about = tx.all_with(ROWS, record::TODO, record::ABOUT_TO_SEND).await?;
            let to_send = reports(&written) + alone(tx, &parse_rows(&about)).await?;
            let needs_you = tx.count_with(ROWS, record::TODO, record::NEEDS_YOU).await?;
            Ok(Tally { to_send, needs_you })
        })
        .await
    }

    /// Changes all of these together: each is read, changed and written back. If one of them is
    /// about other bytes than those that stand there now, or about another life of the endpoint,
    /// none is.
    pub async fn commit(&self, changes: &Changes) -> Result<Committed, StoreError> {
        if changes.rows.is_empty() && changes.phone.is_empty() {
            return Ok(Committed::All);
        }
        self.run(&[META, ROWS], Mode::Write, async |tx| {
            let mut phone = read_phone(tx).await?;
            if !changes.fits(&phone) {
                tx.give_up();
                return Ok(Committed::Overtaken);
            }
            let mut keys: Vec<RowKey> = changes.rows.iter().map(|(key, _)| *key).collect();
            keys.sort_unstable();
            keys.dedup();
            let mut rows = read_each(tx, &keys).await?;
            for (key, change) in &changes.rows {
                let Some(row) = rows.iter_mut().find(|row| row.key == *key) else { continue };
                if !change.fits(row) {
                    tx.give_up();
                    return Ok(Committed::Overtaken);
                }
                row.apply(change);
            }
            rows.iter().try_for_each(|row| put_row(tx, row))?;
            changes.phone.iter().for_each(|change| phone.apply(change));
            // Somebody has it after all: a file of it was read in elsewhere, or this storage is a copy.
            let had = rows.iter().filter(|row| row.is_undone() && row.clashes());
            let mut told = false;
            for row in had {
                let others = about(tx, row.key.id).await?;
                if others.iter().all(|it| it.key.id == row.key.id || it.kind != row.kind) {
                    add_row(tx, &seal::withdraw(&mut phone, &clock::now(), row))?;
                    told = true;
                }
            }
            if told || !changes.phone.is_empty() {
                write_phone(tx, &phone)?;
            }
            Ok(Committed::All)
        })
        .await
    }

    /// These rows leave this phone in a file: whoever takes one of them back later must not be told
    /// that nobody has it.
    pub async fn note_leaving(&self, rows: &[Row]) -> Result<(), StoreError> {
        let leaves = |row: &Row| (row.key, RowChange::Tried(row.sha256));
        let rows = rows.iter().filter(|row| !row.tried).map(leaves).collect();
        self.commit(&Changes { rows, ..Changes::default() }).await.map(drop)
    }

    /// Reads the phone's record, lets it be changed, writes it back. `change` may be called again,
    /// on a record that it has changed already.
    pub async fn update_phone<T>(&self, change: impl Fn(&mut Phone) -> T) -> Result<T, StoreError> {
        self.run(&[META], Mode::Write, async |tx| {
            let mut phone = read_phone(tx).await?;
            let made = change(&mut phone);
            write_phone(tx, &phone)?;
            Ok(made)
        })
        .await
    }

    /// Holds the database against what stands outside it. Texts that it has lost or that cannot be
    /// read any more enter again as they were sealed; the numbers go on; and if it had forgotten
    /// anything a probe says so to the endpoint. A record that no mirror has stays as it is.
    pub async fn mend(
        &self,
        now: &Now,
        canary: Option<&Canary>,
        mirrored: &Mirrored,
    ) -> Result<Repair, StoreError> {
        let made = RefCell::new(Repair::default());
        self.run(&[META, ROWS, BLOBS], Mode::Write, async |tx| {
            let mut phone = read_phone(tx).await?;
            let keys = tx.keys(ROWS).await?;
            let rows = parse_rows(&tx.all(ROWS).await?);
            let ahead = canary.filter(|canary| canary.is_ahead(&phone));
            // The phone's record alone may be gone: nobody has lost anything then.
            let forgot = ahead.is_some_and(|canary| !canary.is_met_by(&rows));
            let mut repair = Repair { forgot, unreadable: keys.length(), ..Repair::default() };
            let mut back = 0;
            let lost = |row: &&Row| !rows.iter().any(|it| it.key == row.key);
            let lost = mirrored.rows.iter().filter(lost).filter_map(canary::as_it_was_sealed);
            let mut readable = rows.len();
            for row in lost {
                for blob in &row.blobs {
                    let missing = tx.get(BLOBS, &blob.sha256.to_string()).await?.is_undefined();
                    repair.photos += u32::from(missing);
                }
                let name = row.key.to_string();
                readable +=
                    usize::from(keys.iter().any(|key| key.as_string().as_ref() == Some(&name)));
                put_row(tx, &row)?;
                back += 1;
                repair.texts += u32::from(row.is_somebodys());
            }
            let readable = u32::try_from(readable).unwrap_or(u32::MAX);
            repair.unreadable = repair.unreadable.saturating_sub(readable);
            if back > 0 || ahead.is_some() {
                let found = phone.device.as_ref().map_or(0, |device| device.last_dseq);
                canary::resume(&mut phone, canary, mirrored);
                add_row(tx, &canary::tell(&mut phone, now, found, repair))?;
                write_phone(tx, &phone)?;
                made.replace(repair);
            }
            // If a first time took place and nobody was told, this one finds nothing to do.
            let earlier = *made.borrow();
            Ok(if earlier.is_needed() { earlier } else { repair })
        })
        .await
    }

    /// Keeps a draft as it is now.
    pub async fn save_draft(&self, id: ReportId, json: &str) -> Result<(), StoreError> {
        self.put(DRAFTS, &id.to_string(), &json.into()).await
    }

    /// A draft by its id.
    pub async fn draft(&self, id: ReportId) -> Result<Option<String>, StoreError> {
        Ok(self.get(DRAFTS, &id.to_string()).await?.as_string())
    }

    /// Every draft, newest first.
    pub async fn drafts(&self) -> Result<Vec<(ReportId, String)>, StoreError> {
        self.run(&[DRAFTS], Mode::Read, async |tx| {
            let keys = tx.keys(DRAFTS).await?;
            let texts = tx.all(DRAFTS).await?;
            let pairs = keys.iter().zip(texts.iter()).rev();
            let read = |(key, text): (JsValue, JsValue)| {
                Some((key.as_string()?.parse().ok()?, text.as_string()?))
            };
            Ok(pairs.filter_map(read).collect())
        })
        .await
    }

    /// Throws a draft away, because a person said so.
    pub async fn discard_draft(&self, id: ReportId) -> Result<(), StoreError> {
        self.run(&[DRAFTS], Mode::Write, async |tx| tx.delete(DRAFTS, &id.to_string())).await
    }

    /// The bytes with this digest, as they stand in the storage.
    pub async fn blob(&self, sha256: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.get(BLOBS, &sha256.to_string()).await?;
        Ok(value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec()))
    }

    async fn get(&self, store: &str, key: &str) -> Result<JsValue, StoreError> {
        self.run(&[store], Mode::Read, async |tx| tx.get(store, key).await).await
    }

    async fn put(&self, store: &str, key: &str, value: &JsValue) -> Result<(), StoreError> {
        self.run(&[store], Mode::Write, async |tx| tx.put(store, key, value)).await
    }
}

/// How many reports these keys of rows are of: two revisions that wait are one report.
fn reports(keys: &Array) -> u32 {
    let ids = keys.iter().filter_map(|key| Some(key.as_string()?.parse::<RowKey>().ok()?.id));
    u32::try_from(ids.collect::<BTreeSet<_>>().len()).unwrap_or(u32::MAX)
}

/// How many things these rows are about whose own rows have nothing left to send.
async fn alone(tx: &Transaction, about: &[Row]) -> Result<u32, StoreError> {
    let things: BTreeSet<ReportId> = about.iter().filter_map(|row| row.of).collect();
    let mut alone = 0;
    for thing in things {
        let own = revisions(tx, thing).await?;
        alone += u32::from(!own.iter().any(Row::is_unfinished));
    }
    Ok(alone)
}

/// What an exception, or the target of a failed event, says.
fn error_of(thrown: &JsValue) -> StoreError {
    let exception = thrown.dyn_ref::<DomException>().cloned().or_else(|| {
        let target = Reflect::get(thrown, &"target".into()).ok()?;
        Reflect::get(&target, &"error".into()).ok()?.dyn_into().ok()
    });
    match exception {
        Some(error) if error.name() == "QuotaExceededError" => StoreError::Full,
        _ => StoreError::Failed,
    }
}
