//! The door to the phone's storage alone (`outbox::idb`), to be measured against plain JavaScript
//! that makes the same writes; see `bench/storage.bench.mjs`.

use model::{report::Report, sealed::Kind};
use outbox::{
    Phone, Row, clock,
    idb::Db,
    row::Label,
    seal::{ToSeal, seal},
};
use wasm_bindgen::prelude::wasm_bindgen;

/// Sealed reports, and the phone's record after them.
#[wasm_bindgen]
pub struct Sealed {
    phone: Phone,
    rows: Vec<Row>,
    db: Db,
}

#[wasm_bindgen]
impl Sealed {
    /// Seals so many reports, in memory alone.
    #[wasm_bindgen(constructor)]
    pub fn new(count: u32) -> Self {
        let mut phone = Phone::default();
        let rows = (0..count).map(|_| report(&mut phone)).collect();
        Self { phone, rows, db: Db::default() }
    }

    /// The rows as texts, for the other side.
    pub fn texts(&self) -> Vec<String> {
        self.rows.iter().filter_map(|row| serde_json::to_string(row).ok()).collect()
    }

    /// The phone's record as a text.
    pub fn phone(&self) -> String {
        serde_json::to_string(&self.phone).unwrap_or_default()
    }

    /// Keeps each in a transaction of its own, as the page does. Says how many were kept.
    pub async fn keep(&self) -> u32 {
        let mut kept = 0;
        for row in &self.rows {
            let enter = |phone: &mut Phone, _: &[Row]| {
                phone.clone_from(&self.phone);
                row.clone().into()
            };
            kept += u32::from(self.db.seal(row.key.id, enter).await.is_ok());
        }
        kept
    }
}

fn report(phone: &mut Phone) -> Row {
    let now = clock::now();
    let words = Some("第二段梯坎的栏杆断了一截，晚上没有灯".to_owned());
    let what = ToSeal {
        id: phone.new_id(&now),
        kind: Kind::Report,
        schema: 1,
        blobs: Vec::new(),
        body: Report { words, ..Report::default() },
        label: Label::default(),
    };
    seal(phone, &now, what)
}
