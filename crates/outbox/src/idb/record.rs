//! What a record looks like in its store.

use js_sys::{Array, Reflect};
use model::ids::ReportId;
use wasm_bindgen::JsValue;

use super::{META, ROWS, StoreError, transaction::Transaction};
use crate::{
    phone::Phone,
    row::{Delivery, Row, RowKey},
    seal::WayBack,
};

const PHONE: &str = "phone";
const JSON: &str = "json";
/// Says what is left to do, if anything is: the index of that name finds such rows.
pub(super) const TODO: &str = "todo";
/// Value of `todo` while there is something to send.
pub(super) const TO_SEND: u32 = 1;
/// Value of `todo` while there is something to send that nobody has written and nobody counts.
pub(super) const QUIET_TO_SEND: u32 = 3;
/// Value of `todo` while there is something to send about another item: a phone number, a withdrawal.
/// With what it is about it counts as one thing.
pub(super) const ABOUT_TO_SEND: u32 = 4;
/// Value of `todo` while a person is asked for something.
pub(super) const NEEDS_YOU: u32 = 2;

pub(super) async fn read_phone(tx: &Transaction) -> Result<Phone, StoreError> {
    match tx.get(META, PHONE).await?.as_string() {
        None => Ok(Phone::default()),
        // A record that cannot be read: what stands outside the database brings the device back.
        Some(json) => Ok(serde_json::from_str(&json).unwrap_or_default()),
    }
}

pub(super) fn write_phone(tx: &Transaction, phone: &Phone) -> Result<(), StoreError> {
    let json = serde_json::to_string(phone).map_err(|_| StoreError::Failed)?;
    tx.put(META, PHONE, &json.into())
}

pub(super) async fn read_row(tx: &Transaction, key: RowKey) -> Result<Option<Row>, StoreError> {
    let value = tx.get(ROWS, &key.to_string()).await?;
    if value.is_undefined() { Ok(None) } else { parse_row(&value).map(Some) }
}

/// Those of these rows that there are.
pub(super) async fn read_each(tx: &Transaction, keys: &[RowKey]) -> Result<Vec<Row>, StoreError> {
    let values = tx.each(ROWS, keys.iter().map(RowKey::to_string)).await?;
    values.iter().filter(|value| !value.is_undefined()).map(parse_row).collect()
}

/// Every revision of an item.
pub(super) async fn revisions(tx: &Transaction, id: ReportId) -> Result<Vec<Row>, StoreError> {
    // Keys are `<id>.<rev>`, and `/` is what follows `.`.
    Ok(parse_rows(&tx.all_between(ROWS, &format!("{id}."), &format!("{id}/")).await?))
}

/// Every row of an item, and those that are about it.
pub(super) async fn about(tx: &Transaction, id: ReportId) -> Result<Vec<Row>, StoreError> {
    let mut rows = parse_rows(&tx.all(ROWS).await?);
    rows.retain(|row| row.key.id == id || row.of == Some(id));
    Ok(rows)
}

/// Keeps what taking back has made.
pub(super) fn put_back(tx: &Transaction, back: &WayBack) -> Result<(), StoreError> {
    back.rows.iter().try_for_each(|row| put_row(tx, row))?;
    back.withdrawal.iter().try_for_each(|row| add_row(tx, row))
}

pub(super) fn put_row(tx: &Transaction, row: &Row) -> Result<(), StoreError> {
    tx.put(ROWS, &row.key.to_string(), &row_value(row)?)
}

/// One row that cannot be read hides no other: it stays where it is, see [`Db::mend`](super::Db::mend).
pub(super) fn parse_rows(values: &Array) -> Vec<Row> {
    values.iter().filter_map(|value| parse_row(&value).ok()).collect()
}

/// Unlike [`put_row`] this never overwrites: a row that exists ends the whole transaction.
pub(super) fn add_row(tx: &Transaction, row: &Row) -> Result<(), StoreError> {
    tx.add(ROWS, &row.key.to_string(), &row_value(row)?)
}

fn parse_row(value: &JsValue) -> Result<Row, StoreError> {
    let json = Reflect::get(value, &JSON.into()).ok().and_then(|it| it.as_string());
    let mut row: Row =
        json.and_then(|json| serde_json::from_str(&json).ok()).ok_or(StoreError::Failed)?;
    // Nothing is called delivered that no receipt says, whoever has written it so.
    if row.delivery == Delivery::Delivered && row.receipts.is_empty() {
        row.delivery = Delivery::Sealed;
    }
    Ok(row)
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
    let is_quiet = row.kind == "probe" || row.is_undone();
    match row.delivery {
        Delivery::NeedsYou(_) if is_quiet => None,
        Delivery::NeedsYou(_) => row.needs_you().then_some(NEEDS_YOU),
        _ => row.is_unfinished().then_some(match row.of {
            _ if is_quiet => QUIET_TO_SEND,
            Some(_) => ABOUT_TO_SEND,
            None => TO_SEND,
        }),
    }
}
