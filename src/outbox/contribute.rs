use model::{contribution::Contribution, sealed::Kind};
use outbox::{
    Phone, Row, Why, clock,
    idb::StoreError,
    row::Label,
    seal::{self, ToSeal},
};

use super::Outbox;
use crate::sync;

impl Outbox {
    /// Seals what a person adds to the map and wakes the sender. From here on it goes the way of a
    /// report. `place` and `words`: what 上报箱 shows of it.
    pub async fn contribute(
        self,
        body: Contribution,
        place: String,
        words: String,
    ) -> Result<Row, StoreError> {
        let inside = self.inside();
        let now = clock::now();
        let id = inside.heard(inside.db.update_phone(|phone| phone.new_id(&now)).await)?;
        let made = |phone: &mut Phone, _: &[Row]| {
            let label = Label { issue: None, place: place.clone(), words: words.clone() };
            let (blobs, body) = (Vec::new(), body.clone());
            let what = ToSeal { id, kind: Kind::Contribution, schema: 1, blobs, body, label };
            seal::seal(phone, &now, what).into()
        };
        let rows = inside.heard(inside.db.seal(id, made).await)?;
        inside.keep_apart(rows.clone());
        inside.look_again().await;
        sync::wake(&inside, Why::Sealed);
        rows.into_iter().next().ok_or(StoreError::Failed)
    }
}
