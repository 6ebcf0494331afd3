use js_sys::Uint8Array;

use super::{
    BLOBS, Db, META, ROWS, StoreError,
    record::{add_row, read_phone, read_row, write_phone},
    transaction::Mode,
};
use crate::{
    Now,
    import::{Brought, Imported},
};

impl Db {
    /// Takes in what a rescue file brought, all of it or nothing. What is here already stays as it
    /// is, so that a file may be read in twice.
    pub async fn import(&self, now: &Now, brought: &Brought<'_>) -> Result<Imported, StoreError> {
        let first = std::cell::RefCell::new(None);
        self.run(&[META, ROWS, BLOBS], Mode::Write, async |tx| {
            let mut phone = read_phone(tx).await?;
            // A phone that has never sealed anything sends all the same.
            phone.needs_device(now);
            write_phone(tx, &phone)?;
            let mut imported = Imported { damaged: brought.damaged, ..Imported::default() };
            for row in &brought.rows {
                if read_row(tx, row.key).await?.is_some() {
                    imported.known += 1;
                    continue;
                }
                imported.new += 1;
                for blob in &row.blobs {
                    let name = blob.sha256.to_string();
                    if let Some(bytes) = brought.blobs.get(&blob.sha256) {
                        tx.put(BLOBS, &name, &Uint8Array::from(*bytes))?;
                    } else if tx.get(BLOBS, &name).await?.is_undefined() {
                        imported.photos_missing += 1;
                    }
                }
                add_row(tx, row)?;
            }
            // If a first time took place and nobody was told, this one finds everything known.
            Ok(*first.borrow_mut().get_or_insert(imported))
        })
        .await
    }
}
