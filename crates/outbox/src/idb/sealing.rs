use std::cell::RefCell;

use futures_util::future::try_join;
use model::ids::ReportId;

use super::{
    DRAFTS, Db, META, ROWS, StoreError,
    record::{about, add_row, put_back, put_row, read_phone, read_row, revisions, write_phone},
    transaction::Mode,
};
use crate::{
    Now, Rules,
    phone::Phone,
    row::{Row, RowKey},
    seal,
};

/// What a sealing makes of the rows of a report.
#[derive(Debug, Default)]
pub struct Sealing {
    /// Rows that enter, the report's own first.
    pub new: Vec<Row>,
    /// Rows that were there, as they stand now.
    pub changed: Vec<Row>,
}

impl From<Row> for Sealing {
    fn from(row: Row) -> Self {
        Self { new: vec![row], ..Self::default() }
    }
}

/// A report that a person took back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The draft that holds its words and photos now; none if they had left this phone already.
    pub draft: Option<ReportId>,
    /// Its bytes may have left: whoever has it is told. Otherwise nobody will ever read it.
    pub withdrawn: bool,
}

impl Db {
    /// Seals: in one transaction the draft leaves as what `seal` makes of it enters. `seal` is given
    /// every row of what was sealed under the draft's id, if there is any, and about it: what it makes
    /// then stands in the place of all earlier revisions. It is called again if none of it took place.
    /// Returns what it made, new rows first.
    pub async fn seal(
        &self,
        draft: ReportId,
        seal: impl Fn(&mut Phone, &[Row]) -> Sealing,
    ) -> Result<Vec<Row>, StoreError> {
        let made = RefCell::new(Vec::new());
        self.run(&[META, ROWS, DRAFTS], Mode::Write, async |tx| {
            // Both are asked for before either has come.
            let (earlier, mut phone) = try_join(revisions(tx, draft), read_phone(tx)).await?;
            let rows: Vec<Row> = made.borrow().clone();
            if rows.iter().any(|row| earlier.iter().any(|it| it.sha256 == row.sha256)) {
                return Ok(rows);
            }
            // What is sealed for the first time has nothing about it yet.
            let all = if earlier.is_empty() { Vec::new() } else { about(tx, draft).await? };
            let Sealing { new, changed } = seal(&mut phone, &all);
            for row in &new {
                add_row(tx, row)?;
            }
            for row in &changed {
                put_row(tx, row)?;
            }
            for mut row in earlier {
                row.replaced = true;
                put_row(tx, &row)?;
            }
            write_phone(tx, &phone)?;
            tx.delete(DRAFTS, &draft.to_string())?;
            let rows = [new, changed].concat();
            made.replace(rows.clone());
            Ok(rows)
        })
        .await
    }

    /// Takes a report back, whole: its revisions and what was sealed about it. In the same
    /// transaction its words and photos return to a draft with a new id: what was being changed, if
    /// there is such a draft, else what `to_draft` makes of the newest revision and of all rows.
    /// None: there is no such report, or it is taken back already.
    pub async fn take_back(
        &self,
        now: &Now,
        id: ReportId,
        to_draft: impl Fn(&Row, &[Row]) -> Option<String>,
    ) -> Result<Option<TakenBack>, StoreError> {
        let made = RefCell::new(None);
        self.run(&[META, ROWS, DRAFTS], Mode::Write, async |tx| {
            let mut phone = read_phone(tx).await?;
            let changing = tx.get(DRAFTS, &id.to_string()).await?.as_string();
            let mut rows = about(tx, id).await?;
            rows.retain(|row| row.kind != "withdraw");
            let newest = rows.iter().filter(|row| row.key.id == id).max_by_key(|row| row.key.rev);
            let words = changing.or_else(|| newest.and_then(|newest| to_draft(newest, &rows)));
            let Some(back) = seal::take_back(&mut phone, now, rows, Rules::default()) else {
                // Taken back already: by us, if this is the second time.
                return Ok(*made.borrow());
            };
            put_back(tx, &back)?;
            let draft = words.is_some().then(|| phone.new_id(now));
            if let Some((draft, words)) = draft.zip(words) {
                tx.delete(DRAFTS, &id.to_string())?;
                tx.put(DRAFTS, &draft.to_string(), &words.into())?;
            }
            write_phone(tx, &phone)?;
            let taken = Some(TakenBack { draft, withdrawn: back.withdrawal.is_some() });
            made.replace(taken);
            Ok(taken)
        })
        .await
    }

    /// Takes back what was sealed about a report, such as a phone number; the report stays as it is.
    /// A second time changes nothing.
    pub async fn take_back_alone(&self, now: &Now, key: RowKey) -> Result<(), StoreError> {
        self.run(&[META, ROWS], Mode::Write, async |tx| {
            let mut phone = read_phone(tx).await?;
            let Some(row) = read_row(tx, key).await? else { return Ok(()) };
            let back = seal::take_back_alone(&mut phone, now, row, Rules::default());
            let Some(back) = back else { return Ok(()) };
            put_back(tx, &back)?;
            write_phone(tx, &phone)
        })
        .await
    }
}
