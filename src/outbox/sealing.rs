use gloo::timers::callback::Timeout;
use leptos::task::spawn_local;
use model::{ids::ReportId, report::Report};
use outbox::{
    Phone, Row, RowKey, Rules, Why, clock,
    contact::{self, ToCall},
    idb::{Sealing, StoreError, TakenBack},
    seal::{self, ToSeal},
};

use super::Outbox;
use crate::sync;

/// A page of few words is drawn in less on a slow phone.
const AFTER_THE_SCREEN_MS: u32 = 150;

impl Outbox {
    /// Seals: in one transaction the draft leaves as the report enters, and beside it the phone number
    /// of whoever reports, as an item of its own. Then the sender is woken.
    ///
    /// A draft under the id of a sealed report is its next revision; see [`Outbox::edit`]. A number
    /// that was given before and is not `to_call` is taken back then.
    pub async fn seal(
        self,
        draft: ReportId,
        what: ToSeal<Report>,
        to_call: Option<ToCall>,
    ) -> Result<Row, StoreError> {
        let inside = self.inside();
        let (now, rules) = (clock::now(), Rules::default());
        let all = |phone: &mut Phone, earlier: &[Row]| {
            let what = what.clone();
            let revisions = earlier.iter().filter(|row| row.key.id == draft);
            let row = match revisions.max_by_key(|row| row.key.rev) {
                None => seal::seal(phone, &now, what),
                Some(last) => seal::edit(phone, &now, last, what, rules),
            };
            let of = row.key.id;
            let beside = contact::beside(phone, &now, of, to_call.as_ref(), earlier, rules);
            Sealing { new: [vec![row], beside.new].concat(), changed: beside.changed }
        };
        let sealed = inside.heard(inside.db.seal(draft, all).await);
        // Whoever sealed is told at once, and everything else follows when the screen has had the time to
        // say so.
        let rows = sealed.clone().unwrap_or_default();
        let follow = move || {
            if !rows.is_empty() {
                inside.keep_apart(rows);
            }
            spawn_local(async move {
                inside.look_again().await;
                sync::wake(&inside, Why::Sealed);
            });
        };
        // Where nothing but this page holds it, its second copy does not wait.
        let wait = if self.inside().db.is_in_memory() { 0 } else { AFTER_THE_SCREEN_MS };
        Timeout::new(wait, follow).forget();
        sealed?.into_iter().next().ok_or(StoreError::Failed)
    }

    /// Opens a sealed report for editing: a draft under its own id, written by `to_draft` out of the
    /// row and all that is about its report, unless one is there already. Sealed, it is the next
    /// revision; the revisions before it stay as they are, on their way or not, and if one of them
    /// needed the person, it no longer does. None: there is no such row, or its words are not on this
    /// phone any more.
    pub async fn edit(
        self,
        key: RowKey,
        to_draft: impl FnOnce(&Row, &[Row]) -> Option<String>,
    ) -> Result<Option<ReportId>, StoreError> {
        if self.draft(key.id).await?.is_some() {
            return Ok(Some(key.id));
        }
        let rows = self.rows_of(key.id).await?;
        let row = rows.iter().find(|row| row.key == key);
        let Some(words) = row.and_then(|row| to_draft(row, &rows)) else { return Ok(None) };
        self.save_draft(key.id, words).await?;
        Ok(Some(key.id))
    }

    /// Takes a report back, undone or withdrawn, as far as its bytes have come, and the phone number
    /// beside it. Its words and photos are in a draft with a new id then. None: there is no such
    /// report, or it is taken back already.
    pub async fn take_back(
        self,
        id: ReportId,
        to_draft: impl Fn(&Row, &[Row]) -> Option<String>,
    ) -> Result<Option<TakenBack>, StoreError> {
        let inside = self.inside();
        let taken = inside.db.take_back(&clock::now(), id, to_draft).await;
        let taken = inside.heard(taken);
        self.taken_back(id).await;
        taken
    }

    /// Takes the phone number back that was given with a report; the report stays as it is.
    pub async fn take_back_number(self, report: ReportId, key: RowKey) -> Result<(), StoreError> {
        let inside = self.inside();
        let taken = inside.db.take_back_alone(&clock::now(), key).await;
        let taken = inside.heard(taken);
        self.taken_back(report).await;
        taken
    }

    /// What was taken back goes its way, and its second copy says so too.
    async fn taken_back(self, id: ReportId) {
        let inside = self.inside();
        if let Ok(mut rows) = self.rows_of(id).await {
            rows.retain(Row::is_unfinished);
            inside.keep_apart(rows);
        }
        inside.look_again().await;
        sync::wake(&inside, Why::Sealed);
    }

    /// Every row of a report and those that are about it: a phone number, a withdrawal of either.
    pub async fn rows_of(self, id: ReportId) -> Result<Vec<Row>, StoreError> {
        let mut rows = self.rows().await?;
        let own = |row: &Row| row.key.id == id || row.of == Some(id);
        let ids: Vec<ReportId> = rows.iter().filter(|row| own(row)).map(|row| row.key.id).collect();
        rows.retain(|row| own(row) || row.of.is_some_and(|of| ids.contains(&of)));
        Ok(rows)
    }
}
