use std::collections::BTreeSet;

use js_sys::Uint8Array;
use model::hex::Digest;

use super::{
    BLOBS, Db, META, ROWS, StoreError,
    record::{add_row, parse_rows, put_row, read_phone, read_row, write_phone},
    transaction::{Mode, Transaction},
};
use crate::{
    Delivery, Now, Row,
    import::{Brought, Imported},
};

impl Db {
    /// Takes in what a rescue file brought, all of it or nothing. What is here already stays as it
    /// is, so that a file may be read in twice; only a photo that is missing here is filled in.
    pub async fn import(&self, now: &Now, brought: &Brought<'_>) -> Result<Imported, StoreError> {
        let first = std::cell::RefCell::new(None);
        self.run(&[META, ROWS, BLOBS], Mode::Write, async |tx| {
            let mut phone = read_phone(tx).await?;
            // A phone that has never sealed anything sends all the same.
            phone.needs_device(now);
            write_phone(tx, &phone)?;
            let mut imported = Imported { damaged: brought.damaged, ..Imported::default() };
            let (mut missing, mut filled) = (BTreeSet::new(), BTreeSet::new());
            // What one file takes back another may have brought, before it or after.
            let mut here = parse_rows(&tx.all(ROWS).await?);
            let taken_back =
                |rows: &[Row]| rows.iter().filter_map(Row::takes_back).collect::<Vec<_>>();
            let (before, now) = (taken_back(&here), taken_back(&brought.rows));
            here.retain(|row| !row.withdrawn && now.contains(&row.key.id));
            for row in here {
                put_row(tx, &Row { withdrawn: true, ..row })?;
            }
            for row in &brought.rows {
                if let Some(here) = read_row(tx, row.key).await? {
                    imported.known += 1;
                    fill(tx, here, brought, &mut missing, &mut filled).await?;
                    continue;
                }
                imported.new += 1;
                for blob in &row.blobs {
                    let name = blob.sha256.to_string();
                    if let Some(bytes) = brought.blobs.get(&blob.sha256) {
                        tx.put(BLOBS, &name, &Uint8Array::from(*bytes))?;
                    } else if tx.get(BLOBS, &name).await?.is_undefined() {
                        missing.insert(blob.sha256);
                    }
                }
                let withdrawn = row.withdrawn || before.contains(&row.key.id);
                add_row(tx, &Row { withdrawn, ..row.clone() })?;
            }
            let count = |of: &BTreeSet<Digest>| u32::try_from(of.len()).unwrap_or(u32::MAX);
            (imported.photos_missing, imported.photos_filled) = (count(&missing), count(&filled));
            // If a first time took place and nobody was told, this one finds everything known.
            Ok(*first.borrow_mut().get_or_insert(imported))
        })
        .await
    }
}

/// Puts in what a row that is here lacks. One that asked its person for such a photo goes on by itself.
async fn fill(
    tx: &Transaction,
    here: Row,
    brought: &Brought<'_>,
    missing: &mut BTreeSet<Digest>,
    filled: &mut BTreeSet<Digest>,
) -> Result<(), StoreError> {
    if here.is_delivered() {
        return Ok(());
    }
    let (asks, mut lacks) = (here.asks_for_a_photo(), false);
    for blob in &here.blobs {
        let name = blob.sha256.to_string();
        let gone = tx.get(BLOBS, &name).await?.is_undefined();
        match brought.blobs.get(&blob.sha256) {
            // What stands here may be what was found damaged.
            Some(bytes) if gone || asks => {
                tx.put(BLOBS, &name, &Uint8Array::from(*bytes))?;
                filled.insert(blob.sha256);
            }
            None if gone => {
                missing.insert(blob.sha256);
                lacks = true;
            }
            _ => {}
        }
    }
    if asks && !lacks && here.blobs.iter().any(|blob| filled.contains(&blob.sha256)) {
        put_row(tx, &Row { delivery: Delivery::Sealed, waits: None, ..here })?;
    }
    Ok(())
}
