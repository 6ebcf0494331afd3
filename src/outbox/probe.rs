use std::rc::Rc;

use model::{hex::Digest, sealed::Kind};
use outbox::{
    Phone, Row, RowKey, clock,
    idb::{StoreError, Tally},
    row::Label,
    seal::{self, ToSeal},
};
use serde::Serialize;

use super::{Inside, Outbox};

/// The body of a probe that a person asked for.
#[derive(Clone, Serialize)]
struct Asked {
    what: &'static str,
}

impl Outbox {
    /// Writes a probe into the storage, reads it back and wakes the sender. One that still waits is
    /// used again, so that nobody fills the outbox by looking.
    pub async fn probe(self) -> Result<RowKey, StoreError> {
        let inside = self.inside();
        let key = inside.heard(put(&inside).await)?;
        self.send_now();
        Ok(key)
    }

    /// How much is not delivered, and how much waits for the person, read from the storage now.
    pub async fn left_to_do(self) -> Tally {
        let inside = self.inside();
        inside.heard(inside.db.tally().await).unwrap_or_default()
    }
}

/// Done when what was written is read again, byte for byte.
async fn put(inside: &Rc<Inside>) -> Result<RowKey, StoreError> {
    let (_, unsent) = inside.db.load().await?;
    let waits = |row: &&Row| row.kind == Kind::Probe.as_str() && row.is_unfinished();
    let (key, sha256) = if let Some(row) = unsent.iter().find(waits) {
        // The storage is written to all the same.
        inside.db.update_phone(|_| ()).await?;
        (row.key, row.sha256)
    } else {
        let row = seal(inside).await?;
        (row.key, row.sha256)
    };
    let read = inside.db.row(key).await?.ok_or(StoreError::Failed)?;
    let same = read.sha256 == sha256 && Digest::of(read.sealed.as_bytes()) == sha256;
    same.then_some(key).ok_or(StoreError::Failed)
}

async fn seal(inside: &Rc<Inside>) -> Result<Row, StoreError> {
    let now = clock::now();
    let id = inside.db.update_phone(|phone| phone.new_id(&now)).await?;
    let probe = |phone: &mut Phone, _: &[Row]| {
        let (blobs, label) = (Vec::new(), Label::default());
        let body = Asked { what: "is_my_work_safe" };
        let what = ToSeal { id, kind: Kind::Probe, schema: 1, blobs, body, label };
        seal::seal(phone, &now, what).into()
    };
    let rows = inside.db.seal(id, probe).await?;
    inside.keep_apart(rows.clone());
    rows.into_iter().next().ok_or(StoreError::Failed)
}
