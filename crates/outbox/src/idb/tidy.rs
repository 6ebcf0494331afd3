use js_sys::{Array, Uint8Array};
use model::hex::Digest;

use super::{
    BLOBS, DRAFTS, Db, META, ROWS, StoreError,
    record::{parse_rows, put_row, read_phone},
    transaction::{Mode, Transaction},
};
use crate::{
    Now, Row, Rules,
    tidy::{Unnamed, is_safe, let_photos_go, may_go_early, needs_photos, shrink, sweep},
};

/// Photos that the last start found unnamed, as JSON.
const UNNAMED: &str = "unnamed";

impl Db {
    /// Lets go what may go, see [`crate::tidy`]: words of what is safe, photos that nobody names.
    pub async fn tidy(&self, now: &Now) -> Result<(), StoreError> {
        self.run(&[META, ROWS, DRAFTS, BLOBS], Mode::Write, async |tx| {
            let met = read_phone(tx).await?.met;
            let values = tx.all(ROWS).await?;
            let mut rows = parse_rows(&values);
            for row in &mut rows {
                if met.as_ref().is_some_and(|met| is_safe(row, met, now.ms, Rules::default())) {
                    shrink(row);
                    put_row(tx, row)?;
                }
            }
            // A record that cannot be read may name any photo: then none goes.
            if u32::try_from(rows.len()) != Ok(values.length()) {
                return Ok(());
            }
            let drafts = read_texts(&tx.all(DRAFTS).await?);
            let named = |digest: &Digest| is_named(*digest, &rows, &drafts);
            let here = tx.keys(BLOBS).await?;
            let here = here.iter().filter_map(|key| key.as_string()?.parse().ok());
            let nameless: Vec<Digest> = here.filter(|digest| !named(digest)).collect();
            let before = read_unnamed(tx).await?;
            let sweep = sweep(&nameless, &before, now);
            for digest in &sweep.gone {
                tx.delete(BLOBS, &digest.to_string())?;
            }
            if sweep.unnamed == before { Ok(()) } else { write_unnamed(tx, &sweep.unnamed) }
        })
        .await
    }

    /// Deletes these photos, unless a row or a draft names them. A record that cannot be read may
    /// name any photo: then none goes.
    pub async fn let_go(&self, digests: &[Digest]) -> Result<(), StoreError> {
        self.run(&[ROWS, DRAFTS, BLOBS], Mode::Write, async |tx| {
            let values = tx.all(ROWS).await?;
            let rows = parse_rows(&values);
            if u32::try_from(rows.len()) != Ok(values.length()) {
                return Ok(());
            }
            let drafts = read_texts(&tx.all(DRAFTS).await?);
            for digest in digests {
                let name = digest.to_string();
                let of_row = rows.iter().flat_map(|row| &row.blobs).any(|it| it.sha256 == *digest);
                if !of_row && !drafts.iter().any(|text| text.contains(&name)) {
                    tx.delete(BLOBS, &name)?;
                }
            }
            Ok(())
        })
        .await
    }

    /// Makes room for so many bytes, as far as it can: photos that may go before their time go,
    /// oldest first, see [`may_go_early`]. Returns how many bytes went.
    pub async fn make_room(&self, bytes: u64) -> Result<u64, StoreError> {
        self.run(&[META, ROWS, DRAFTS, BLOBS], Mode::Write, async |tx| {
            let Some(met) = read_phone(tx).await?.met else { return Ok(0) };
            let values = tx.all(ROWS).await?;
            let mut rows = parse_rows(&values);
            // A record that cannot be read may name any photo: then none goes.
            if u32::try_from(rows.len()) != Ok(values.length()) {
                return Ok(0);
            }
            let drafts = read_texts(&tx.all(DRAFTS).await?);
            rows.sort_by_key(|row| row.sealed_ms);
            let mut freed = 0;
            for at in 0..rows.len() {
                if freed >= bytes {
                    break;
                }
                let Some(row) = rows.get_mut(at) else { break };
                if !may_go_early(row, &met, Rules::default()) {
                    continue;
                }
                let_photos_go(row);
                put_row(tx, row)?;
                for blob in row.blobs.clone() {
                    let name = blob.sha256.to_string();
                    let is_here = !tx.get(BLOBS, &name).await?.is_undefined();
                    if is_here && !is_named(blob.sha256, &rows, &drafts) {
                        tx.delete(BLOBS, &name)?;
                        freed += blob.len;
                    }
                }
            }
            Ok(freed)
        })
        .await
    }

    /// Keeps a photo or voice note under its digest. Nobody names it yet, and nobody sweeps it.
    pub async fn keep_blob(&self, sha256: Digest, bytes: &[u8]) -> Result<(), StoreError> {
        self.run(&[META, BLOBS], Mode::Write, async |tx| {
            tx.put(BLOBS, &sha256.to_string(), &Uint8Array::from(bytes))?;
            let mut unnamed = read_unnamed(tx).await?;
            let noted = unnamed.len();
            unnamed.retain(|it| it.sha256 != sha256);
            if unnamed.len() == noted { Ok(()) } else { write_unnamed(tx, &unnamed) }
        })
        .await
    }
}

fn read_texts(values: &Array) -> Vec<String> {
    values.iter().filter_map(|text| text.as_string()).collect()
}

/// Does a row that still needs its photos, or a draft, name this one?
fn is_named(digest: Digest, rows: &[Row], drafts: &[String]) -> bool {
    let name = digest.to_string();
    let of_row = |row: &Row| row.blobs.iter().any(|blob| blob.sha256 == digest);
    rows.iter().filter(|row| needs_photos(row)).any(of_row)
        || drafts.iter().any(|text| text.contains(&name))
}

/// A list that cannot be read is empty: then nothing goes at this start.
async fn read_unnamed(tx: &Transaction) -> Result<Vec<Unnamed>, StoreError> {
    let json = tx.get(META, UNNAMED).await?.as_string();
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
}

fn write_unnamed(tx: &Transaction, unnamed: &[Unnamed]) -> Result<(), StoreError> {
    let json = serde_json::to_string(unnamed).map_err(|_| StoreError::Failed)?;
    tx.put(META, UNNAMED, &json.into())
}
