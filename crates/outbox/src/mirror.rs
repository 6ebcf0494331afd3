//! A second copy of unsent texts, in other files than the database. Nothing is ever sent from here.
//! Where a browser has no Cache Storage there is no mirror.

use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use crate::{
    cache::Texts,
    canary::Mirrored,
    phone::Device,
    row::{Row, RowKey},
};

const CACHE: &str = "mirror.poshang";
/// Rows as JSON texts, by key.
const ROWS: &str = "/mirror/rows/";
const DEVICE: &str = "/mirror/device";

/// Keeps the texts of these rows, and the device that seals.
pub async fn keep(device: Option<&Device>, rows: &[Row]) -> Result<(), JsValue> {
    let texts = Texts::open(CACHE).await?;
    if let Some(json) = device.and_then(|device| serde_json::to_string(device).ok()) {
        texts.put(DEVICE, &json).await?;
    }
    for row in rows {
        if let Ok(json) = serde_json::to_string(row) {
            texts.put(&name(row.key), &json).await?;
        }
    }
    Ok(())
}

/// These have arrived.
pub async fn forget(keys: &[RowKey]) -> Result<(), JsValue> {
    let texts = Texts::open(CACHE).await?;
    for key in keys {
        texts.delete(&name(*key)).await?;
    }
    Ok(())
}

/// All that is kept. What cannot be read is left out.
pub async fn read() -> Result<Mirrored, JsValue> {
    let texts = Texts::open(CACHE).await?;
    let mut mirrored = Mirrored::default();
    for path in texts.paths().await? {
        if path == DEVICE {
            mirrored.device = read_one(&texts, &path).await?;
        } else if path.starts_with(ROWS) {
            mirrored.rows.extend(read_one(&texts, &path).await?);
        }
    }
    Ok(mirrored)
}

async fn read_one<T: DeserializeOwned>(texts: &Texts, path: &str) -> Result<Option<T>, JsValue> {
    let text = texts.get(path).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

fn name(key: RowKey) -> String {
    format!("{ROWS}{key}")
}
