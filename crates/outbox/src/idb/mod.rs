//! The one door to IndexedDB.
//!
//! Every write is one strict transaction that holds only its own requests and is done when the
//! browser says `complete`, never at the success of a request. Records are JSON texts, so that the
//! rescue page can read them without this crate. The stores are frozen: upgrades only add.
#![expect(clippy::disallowed_types, reason = "this is the door")]

mod transaction;

use std::cell::RefCell;

use js_sys::{Array, Promise, Reflect, Uint8Array};
use model::{hex::Digest, ids::ReportId};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbOpenDbRequest, IdbVersionChangeEvent};

use self::transaction::{Mode, Transaction};
use crate::{
    Now, Rules,
    engine::Changes,
    phone::Phone,
    row::{Delivery, Row, RowKey},
    seal,
};

/// Name of the database.
const NAME: &str = "poshang";
const VERSION: u32 = 1;

/// The phone's record, under the key `phone`.
const META: &str = "meta";
/// Drafts as JSON texts, by report id.
const DRAFTS: &str = "drafts";
/// Rows as `{json, todo?}`, by `<id>.<rev>`; see [`TO_SEND`] and [`NEEDS_YOU`].
const ROWS: &str = "rows";
/// Photos and voice notes as byte arrays, by digest.
const BLOBS: &str = "blobs";
const PHONE: &str = "phone";
const JSON: &str = "json";
const TODO: &str = "todo";
/// Value of `todo` while there is something to send.
const TO_SEND: u32 = 1;
/// Value of `todo` while a person is asked for something.
const NEEDS_YOU: u32 = 2;

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
    /// Sealed and not delivered.
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

/// A report that a person took back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The draft that holds its words and photos now; none if they had left this phone already.
    pub draft: Option<ReportId>,
    /// Its bytes may have left: whoever has it is told. Otherwise nobody will ever read it.
    pub withdrawn: bool,
}

/// The phone's storage. Opens when it is first used, and again when the browser has closed it.
#[derive(Default)]
pub struct Db {
    open: RefCell<Option<IdbDatabase>>,
}

impl Db {
    /// The phone's record and the rows that an engine needs, oldest first.
    pub async fn load(&self) -> Result<(Phone, Vec<Row>), StoreError> {
        let tx = self.begin(&[META, ROWS], Mode::Read).await?;
        let phone = read_phone(&tx).await?;
        let values =
            if phone.asks { tx.all(ROWS).await? } else { tx.all_with(ROWS, TODO, TO_SEND).await? };
        let mut rows = parse_rows(&values)?;
        rows.retain(|row| phone.loads(row));
        Ok((phone, rows))
    }

    /// The phone's record.
    pub async fn phone(&self) -> Result<Phone, StoreError> {
        read_phone(&self.begin(&[META], Mode::Read).await?).await
    }

    /// A row, if there is one.
    pub async fn row(&self, key: RowKey) -> Result<Option<Row>, StoreError> {
        read_row(&self.begin(&[ROWS], Mode::Read).await?, key).await
    }

    /// Every row, oldest first.
    pub async fn rows(&self) -> Result<Vec<Row>, StoreError> {
        parse_rows(&self.begin(&[ROWS], Mode::Read).await?.all(ROWS).await?)
    }

    /// How much is left to do.
    pub async fn tally(&self) -> Result<Tally, StoreError> {
        let tx = self.begin(&[ROWS], Mode::Read).await?;
        let to_send = tx.count_with(ROWS, TODO, TO_SEND).await?;
        let needs_you = tx.count_with(ROWS, TODO, NEEDS_YOU).await?;
        Ok(Tally { to_send, needs_you })
    }

    /// Changes all of these together: each is read, changed and written back. If one of them is
    /// about other bytes than those that stand there now, or about another life of the endpoint,
    /// none is.
    pub async fn commit(&self, changes: &Changes) -> Result<Committed, StoreError> {
        if changes.rows.is_empty() && changes.phone.is_empty() {
            return Ok(Committed::All);
        }
        let tx = self.begin(&[META, ROWS], Mode::Write).await?;
        let mut phone = read_phone(&tx).await?;
        if !changes.fits(&phone) {
            tx.abort().await;
            return Ok(Committed::Overtaken);
        }
        for (key, change) in &changes.rows {
            if let Some(mut row) = read_row(&tx, *key).await? {
                if !change.fits(&row) {
                    tx.abort().await;
                    return Ok(Committed::Overtaken);
                }
                row.apply(change);
                put_row(&tx, &row)?;
            }
        }
        if !changes.phone.is_empty() {
            changes.phone.iter().for_each(|change| phone.apply(change));
            write_phone(&tx, &phone)?;
        }
        tx.complete().await?;
        Ok(Committed::All)
    }

    /// Reads the phone's record, lets it be changed, writes it back.
    pub async fn update_phone<T>(
        &self,
        change: impl FnOnce(&mut Phone) -> T,
    ) -> Result<T, StoreError> {
        let tx = self.begin(&[META], Mode::Write).await?;
        let mut phone = read_phone(&tx).await?;
        let made = change(&mut phone);
        write_phone(&tx, &phone)?;
        tx.complete().await?;
        Ok(made)
    }

    /// Seals: in one transaction the draft leaves as what `seal` makes of it enters. `seal` is given
    /// the last revision that was sealed under the draft's id, if there is one: what it makes then
    /// stands in the place of all earlier ones.
    pub async fn seal(
        &self,
        draft: ReportId,
        seal: impl FnOnce(&mut Phone, Option<&Row>) -> Vec<Row>,
    ) -> Result<Vec<Row>, StoreError> {
        let tx = self.begin(&[META, ROWS, DRAFTS], Mode::Write).await?;
        let mut phone = read_phone(&tx).await?;
        let earlier = revisions(&tx, draft).await?;
        let rows = seal(&mut phone, earlier.iter().max_by_key(|row| row.key.rev));
        for row in &rows {
            tx.add(ROWS, &row.key.to_string(), &row_value(row)?)?;
        }
        for mut row in earlier {
            row.replaced = true;
            put_row(&tx, &row)?;
        }
        write_phone(&tx, &phone)?;
        tx.delete(DRAFTS, &draft.to_string())?;
        tx.complete().await?;
        Ok(rows)
    }

    /// Takes a report back, whole: its revisions and what was sealed about it. In the same
    /// transaction its words and photos return to a draft with a new id: what was being changed, if
    /// there is such a draft, else what `to_draft` makes of the newest revision. None: there is no
    /// such report, or it is taken back already.
    pub async fn take_back(
        &self,
        now: &Now,
        id: ReportId,
        to_draft: impl FnOnce(&Row) -> Option<String>,
    ) -> Result<Option<TakenBack>, StoreError> {
        let tx = self.begin(&[META, ROWS, DRAFTS], Mode::Write).await?;
        let mut phone = read_phone(&tx).await?;
        let changing = tx.get(DRAFTS, &id.to_string()).await?.as_string();
        let mut rows = parse_rows(&tx.all(ROWS).await?)?;
        rows.retain(|row| row.kind != "withdraw" && (row.key.id == id || row.of == Some(id)));
        let newest = rows.iter().filter(|row| row.key.id == id).max_by_key(|row| row.key.rev);
        let words = changing.or_else(|| newest.and_then(to_draft));
        let Some(back) = seal::take_back(&mut phone, now, rows, Rules::default()) else {
            return Ok(None);
        };
        for row in &back.rows {
            put_row(&tx, row)?;
        }
        if let Some(withdrawal) = &back.withdrawal {
            tx.add(ROWS, &withdrawal.key.to_string(), &row_value(withdrawal)?)?;
        }
        let draft = words.is_some().then(|| phone.new_id(now));
        if let Some((draft, words)) = draft.zip(words) {
            tx.delete(DRAFTS, &id.to_string())?;
            tx.put(DRAFTS, &draft.to_string(), &words.into())?;
        }
        write_phone(&tx, &phone)?;
        tx.complete().await?;
        Ok(Some(TakenBack { draft, withdrawn: back.withdrawal.is_some() }))
    }

    /// Keeps a draft as it is now.
    pub async fn save_draft(&self, id: ReportId, json: &str) -> Result<(), StoreError> {
        let tx = self.begin(&[DRAFTS], Mode::Write).await?;
        tx.put(DRAFTS, &id.to_string(), &json.into())?;
        tx.complete().await
    }

    /// A draft by its id.
    pub async fn draft(&self, id: ReportId) -> Result<Option<String>, StoreError> {
        let tx = self.begin(&[DRAFTS], Mode::Read).await?;
        Ok(tx.get(DRAFTS, &id.to_string()).await?.as_string())
    }

    /// Every draft, newest first.
    pub async fn drafts(&self) -> Result<Vec<(ReportId, String)>, StoreError> {
        let tx = self.begin(&[DRAFTS], Mode::Read).await?;
        let keys = tx.keys(DRAFTS).await?;
        let texts = tx.all(DRAFTS).await?;
        let pairs = keys.iter().zip(texts.iter()).rev();
        let read = |(key, text): (JsValue, JsValue)| {
            Some((key.as_string()?.parse().ok()?, text.as_string()?))
        };
        Ok(pairs.filter_map(read).collect())
    }

    /// Throws a draft away, because a person said so.
    pub async fn discard_draft(&self, id: ReportId) -> Result<(), StoreError> {
        let tx = self.begin(&[DRAFTS], Mode::Write).await?;
        tx.delete(DRAFTS, &id.to_string())?;
        tx.complete().await
    }

    /// Keeps a photo or voice note under its digest.
    pub async fn keep_blob(&self, sha256: Digest, bytes: &[u8]) -> Result<(), StoreError> {
        let tx = self.begin(&[BLOBS], Mode::Write).await?;
        tx.put(BLOBS, &sha256.to_string(), &Uint8Array::from(bytes))?;
        tx.complete().await
    }

    /// The bytes with this digest, as they stand in the storage.
    pub async fn blob(&self, sha256: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let tx = self.begin(&[BLOBS], Mode::Read).await?;
        let value = tx.get(BLOBS, &sha256.to_string()).await?;
        Ok(value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec()))
    }

    /// Begins a transaction. A connection that the browser has closed is opened anew, once.
    async fn begin(&self, stores: &[&str], mode: Mode) -> Result<Transaction, StoreError> {
        let held = self.open.borrow().clone();
        if let Some(db) = held
            && let Ok(tx) = Transaction::begin(&db, stores, mode)
        {
            return Ok(tx);
        }
        let db = open().await?;
        self.open.replace(Some(db.clone()));
        Transaction::begin(&db, stores, mode)
    }
}

async fn open() -> Result<IdbDatabase, StoreError> {
    let unavailable = |_| StoreError::Unavailable;
    let global = js_sys::global();
    let factory = Reflect::get(&global, &"indexedDB".into()).map_err(unavailable)?;
    let factory: web_sys::IdbFactory = factory.dyn_into().map_err(unavailable)?;
    let request = factory.open_with_u32(NAME, VERSION).map_err(unavailable)?;
    let upgrade = Closure::once(move |event: IdbVersionChangeEvent| create_stores(&event));
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    JsFuture::from(opened(&request)).await.map_err(|event| match error_of(&event) {
        StoreError::Full => StoreError::Full,
        _ => StoreError::Unavailable,
    })?;
    let db: IdbDatabase = request.result().and_then(JsCast::dyn_into).map_err(unavailable)?;
    give_way(&db);
    Ok(db)
}

fn opened(request: &IdbOpenDbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    })
}

/// Another page wants to upgrade: this connection closes, and the next use opens a new one.
fn give_way(db: &IdbDatabase) {
    let close = Closure::once_into_js({
        let db = db.clone();
        move || db.close()
    });
    db.set_onversionchange(Some(close.unchecked_ref()));
}

fn create_stores(event: &IdbVersionChangeEvent) {
    let db = event
        .target()
        .and_then(|it| it.dyn_into::<IdbOpenDbRequest>().ok())
        .and_then(|request| request.result().ok())
        .and_then(|it| it.dyn_into::<IdbDatabase>().ok());
    let Some(db) = db else { return };
    for name in [META, DRAFTS, BLOBS, ROWS] {
        // If a store cannot be made the upgrade aborts, and opening fails with words.
        let made = db.create_object_store(name);
        if let (ROWS, Ok(rows)) = (name, made) {
            let _ = rows.create_index_with_str(TODO, TODO);
        }
    }
}

async fn read_phone(tx: &Transaction) -> Result<Phone, StoreError> {
    match tx.get(META, PHONE).await?.as_string() {
        None => Ok(Phone::default()),
        Some(json) => serde_json::from_str(&json).map_err(|_| StoreError::Failed),
    }
}

fn write_phone(tx: &Transaction, phone: &Phone) -> Result<(), StoreError> {
    let json = serde_json::to_string(phone).map_err(|_| StoreError::Failed)?;
    tx.put(META, PHONE, &json.into())
}

async fn read_row(tx: &Transaction, key: RowKey) -> Result<Option<Row>, StoreError> {
    let value = tx.get(ROWS, &key.to_string()).await?;
    if value.is_undefined() { Ok(None) } else { parse_row(&value).map(Some) }
}

/// Every revision of an item.
async fn revisions(tx: &Transaction, id: ReportId) -> Result<Vec<Row>, StoreError> {
    // Keys are `<id>.<rev>`, and `/` is what follows `.`.
    parse_rows(&tx.all_between(ROWS, &format!("{id}."), &format!("{id}/")).await?)
}

fn put_row(tx: &Transaction, row: &Row) -> Result<(), StoreError> {
    tx.put(ROWS, &row.key.to_string(), &row_value(row)?)
}

fn parse_rows(values: &Array) -> Result<Vec<Row>, StoreError> {
    values.iter().map(|value| parse_row(&value)).collect()
}

fn parse_row(value: &JsValue) -> Result<Row, StoreError> {
    let json = Reflect::get(value, &JSON.into()).ok().and_then(|it| it.as_string());
    json.and_then(|json| serde_json::from_str(&json).ok()).ok_or(StoreError::Failed)
}

fn row_value(row: &Row) -> Result<JsValue, StoreError> {
    let failed = |_| StoreError::Failed;
    let json = serde_json::to_string(row).map_err(|_| StoreError::Failed)?;
    let value = js_sys::Object::new();
    Reflect::set(&value, &JSON.into(), &json.into()).map_err(failed)?;
    if let Some(todo) = todo(row) {
        Reflect::set(&value, &TODO.into(), &todo.into()).map_err(failed)?;
    }
    Ok(value.into())
}

fn todo(row: &Row) -> Option<u32> {
    match row.delivery {
        Delivery::NeedsYou(_) => row.needs_you().then_some(NEEDS_YOU),
        _ => row.is_unfinished().then_some(TO_SEND),
    }
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
