//! Words of another build, in a draft or in sealed bytes: an answer in a word that this one does
//! not know counts as not given, and all the others stand.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};

/// For `#[serde(deserialize_with)]`: what this build does not know is what was never said.
pub(super) fn or_default<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + DeserializeOwned,
{
    let value = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}
