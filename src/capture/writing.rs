//! The draft under way, and its way onto the disk: after every pause in typing, before the camera
//! opens, when the page is hidden, when the room is left.

use std::{cell::Cell, sync::Arc};

use async_lock::Mutex;
use gloo::timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};
use model::{hex::Digest, ids::ReportId, report::Report};
use outbox::{Row, clock, contact::ToCall, seal::ToSeal};

use super::{
    draft::{Draft, Moment},
    find::Found,
    pause::Pause,
    step::Step,
};
use crate::{
    outbox::{Outbox, StoreError},
    pwa::when_left,
};

/// How the draft on the screen stands to the one on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kept {
    /// Nothing has been written yet.
    #[default]
    Nothing,
    /// The last change is not on the disk yet.
    Behind,
    /// Everything is on the disk.
    All,
    /// The phone did not keep the last change.
    Not(StoreError),
}

/// What is on the disk. Whoever writes holds it; so an old text never comes after a newer one, and
/// none comes after the sealing.
#[derive(Default)]
struct Desk {
    id: Option<ReportId>,
    written: u64,
    /// When the draft that lies there was touched last, as far as this page knows.
    touched_ms: Option<i64>,
    /// Sealed, or thrown away.
    sealed: bool,
}

thread_local! {
    /// The draft that was opened last. What comes late for a room that was left finds here whether the
    /// person has opened the same draft again.
    static OPEN: Cell<Option<Writing>> = const { Cell::new(None) };
}

/// The draft under way. Screens read it and change it here; nobody else writes it down.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    draft: RwSignal<Draft>,
    id: RwSignal<Option<ReportId>>,
    kept: RwSignal<Kept>,
    shrinking: RwSignal<usize>,
    /// Another page has sealed, changed or thrown away what this one was writing.
    apart: RwSignal<bool>,
    edits: StoredValue<u64>,
    pause: StoredValue<Pause>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
    desk: StoredValue<Arc<Mutex<Desk>>>,
    outbox: Outbox,
}

impl Writing {
    /// Goes on with what was found. `id` follows the draft: the page's address needs it.
    pub(super) fn on(found: Found, id: RwSignal<Option<ReportId>>) -> Self {
        let touched_ms = (found.kept == Kept::All).then_some(found.draft.touched_ms);
        let desk = Desk { id: id.get_untracked(), touched_ms, ..Desk::default() };
        Self {
            draft: RwSignal::new(found.draft),
            id,
            kept: RwSignal::new(found.kept),
            shrinking: RwSignal::new(0),
            apart: RwSignal::new(false),
            edits: StoredValue::new(0),
            pause: StoredValue::default(),
            timer: StoredValue::new_local(None),
            desk: StoredValue::new(Arc::new(Mutex::new(desk))),
            outbox: Outbox::expect(),
        }
    }

    /// Gives the handle to everything below, and writes down what is left when the page is hidden
    /// or the room is left.
    pub(super) fn provide(self) {
        provide_context(self);
        OPEN.set(Some(self));
        when_left(move || {
            self.soon();
            self.look_again();
        });
        on_cleanup(move || self.soon());
    }

    /// The handle that the page of the report provided.
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// The draft, to read.
    pub(super) fn draft(self) -> Signal<Draft> {
        self.draft.into()
    }

    /// Its id, once it has one.
    pub(super) fn id(self) -> Signal<Option<ReportId>> {
        self.id.into()
    }

    /// How it stands to what is on the disk.
    pub(super) fn kept(self) -> Signal<Kept> {
        self.kept.into()
    }

    /// Is this a draft of its own by now, because another page went on with the one it was?
    pub(super) fn is_apart(self) -> Signal<bool> {
        self.apart.into()
    }

    /// How many photos are being made small.
    pub(super) fn shrinking(self) -> RwSignal<usize> {
        self.shrinking
    }

    /// A person types: it is written down after a pause.
    pub(super) fn typed(self, change: impl FnOnce(&mut Draft)) {
        self.change(change);
        let now_ms = clock::now().ms;
        let delay = self.pause.try_update_value(|pause| pause.key(now_ms)).unwrap_or(0);
        self.timer.set_value(Some(Timeout::new(delay, move || self.write_down())));
    }

    /// A person chose: it is written down at once.
    pub(super) fn chose(self, change: impl FnOnce(&mut Draft)) {
        self.change(change);
        self.soon();
    }

    /// The person is at this question now.
    pub(super) fn at(self, step: Step) {
        let before = self.draft.with_untracked(|draft| (draft.step, draft.reviewed));
        let now = (step, before.1 || step == Step::Check);
        if before != now {
            self.chose(|draft| (draft.step, draft.reviewed) = now);
        }
    }

    /// Writes down what is not on the disk yet. It takes the text when it is called, so it may be
    /// awaited later, and lives on when the room is left. `Ok`: all that stood on the screen is there.
    pub(super) fn commit(self) -> impl Future<Output = Result<(), StoreError>> + 'static {
        let unwritten = self.unwritten();
        async move {
            let Some((desk, text)) = unwritten else { return Ok(()) };
            let edit = text.edit;
            let result = write(self.outbox, &desk, text).await;
            self.learn(edit, result)
        }
    }

    /// The room may have been left meanwhile; then nobody looks at these any more.
    fn learn(
        self,
        edit: u64,
        result: Result<Option<ReportId>, StoreError>,
    ) -> Result<(), StoreError> {
        match result {
            Ok(id) if self.edits.try_get_value() == Some(edit) => {
                let before = self.id.try_get_untracked();
                if before != Some(id) {
                    if before.flatten().is_some() {
                        self.apart.try_set(true);
                    }
                    self.id.try_set(id);
                }
                self.kept.try_set(Kept::All);
            }
            Ok(_) => {}
            Err(error) => {
                self.kept.try_set(Kept::Not(error));
            }
        }
        result.map(drop)
    }

    /// For whoever brings something into the draft when the room may have been left.
    pub(super) fn late(self) -> Option<Late> {
        Some(Late { writing: self, desk: self.desk.try_get_value()? })
    }

    /// In one transaction the draft leaves as the report enters, and a number beside it. Nothing is
    /// written after it.
    pub(super) async fn seal(
        self,
        what: impl FnOnce(ReportId) -> ToSeal<Report>,
        to_call: Option<ToCall>,
    ) -> Result<Row, StoreError> {
        let Some(desk) = self.desk.try_get_value() else { return Err(StoreError::Failed) };
        let mut desk = desk.lock().await;
        if desk.is_overtaken(self.outbox).await {
            load_anew();
            return Err(StoreError::Failed);
        }
        let id = match desk.id {
            Some(id) => id,
            None => *desk.id.insert(self.outbox.new_id().await?),
        };
        let under: Vec<Digest> = self.draft.with_untracked(|draft| {
            draft.photos.iter().filter_map(|it| it.under.as_ref()).map(|it| it.sha256).collect()
        });
        let row = self.outbox.seal(id, what(id), to_call).await?;
        desk.sealed = true;
        // If the page is closed at this very moment, the sweep of a later start lets them go.
        let _ = self.outbox.let_go(under).await;
        Ok(row)
    }

    /// All of it is in another draft now: this one goes, and nothing is written after that.
    pub(super) async fn discard(self) -> Result<(), StoreError> {
        let Some(desk) = self.desk.try_get_value() else { return Err(StoreError::Failed) };
        let mut desk = desk.lock().await;
        if let Some(id) = desk.id {
            self.outbox.discard_draft(id).await?;
        }
        desk.sealed = true;
        Ok(())
    }

    fn change(self, change: impl FnOnce(&mut Draft)) {
        if self.draft.is_disposed() {
            return;
        }
        let touched_ms = clock::now().ms;
        self.edits.update_value(|edits| *edits += 1);
        self.draft.update(|draft| {
            change(draft);
            draft.touched_ms = touched_ms;
        });
        let worth = self.draft.with_untracked(|draft| !draft.says_nothing());
        match self.kept.get_untracked() {
            Kept::Nothing if !worth => {}
            Kept::Not(_) | Kept::Behind => {}
            Kept::Nothing | Kept::All => self.kept.set(Kept::Behind),
        }
    }

    /// Whoever comes back to this page goes on with what another one has made of the draft meanwhile.
    fn look_again(self) {
        let (hidden, desk) = (document().hidden(), self.desk.try_get_value());
        let Some(desk) = desk.filter(|_| !hidden) else { return };
        spawn_local(async move {
            let desk = desk.lock().await;
            let all = self.kept.try_get_untracked() == Some(Kept::All);
            if all && !desk.sealed && desk.is_overtaken(self.outbox).await {
                load_anew();
            }
        });
    }

    fn soon(self) {
        self.timer.try_update_value(|timer| *timer = None);
        self.write_down();
    }

    fn write_down(self) {
        self.pause.try_update_value(Pause::over);
        let commit = self.commit();
        spawn_local(async move {
            // What became of it stands in `kept`.
            let _ = commit.await;
        });
    }

    /// The text and its number, if it has changed and anything of it is worth keeping.
    fn unwritten(self) -> Option<(Arc<Mutex<Desk>>, Unwritten)> {
        let edit = self.edits.try_get_value().filter(|edit| *edit > 0)?;
        let kept = self.kept.try_get_untracked().filter(|it| *it != Kept::All)?;
        let text = self.draft.try_with_untracked(|draft| {
            let worth = kept != Kept::Nothing || draft.photographing.is_some();
            let touched_ms = draft.touched_ms;
            let text = || Unwritten { edit, touched_ms, json: draft.to_json() };
            (worth || !draft.says_nothing()).then(text)
        })??;
        Some((self.desk.try_get_value()?, text))
    }
}

/// A text that is not on the disk yet.
struct Unwritten {
    edit: u64,
    touched_ms: i64,
    json: String,
}

/// A draft on the screen, or on the disk once the room has been left.
#[derive(Clone)]
pub(super) struct Late {
    writing: Writing,
    desk: Arc<Mutex<Desk>>,
}

impl Late {
    /// As [`Writing::chose`]. A photo that comes in when the person has gone to another room enters
    /// the draft where it lies, or on the screen that has opened it again; one that was sealed or thrown
    /// away meanwhile stays as it is. `change` may be made twice, and must come to the same.
    pub(super) async fn chose(&self, change: impl Fn(&mut Draft)) {
        if !self.writing.draft.is_disposed() {
            return self.writing.chose(change);
        }
        let desk = self.desk.lock().await;
        let outbox = self.writing.outbox;
        let Some(id) = desk.id.filter(|_| !desk.sealed) else { return };
        if let Some(again) = open(id) {
            return again.chose(change);
        }
        let Ok(Some(text)) = outbox.draft(id).await else { return };
        let Some(mut draft) = Draft::read(&text) else { return };
        change(&mut draft);
        // Nobody looks at this draft now; the photo itself is kept.
        let _ = outbox.save_draft(id, draft.to_json()).await;
        // Opened while it was written, and so read as it was before.
        if let Some(again) = open(id) {
            again.chose(change);
        }
    }
}

/// The screen that has this draft open, if one has.
fn open(id: ReportId) -> Option<Writing> {
    OPEN.get().filter(|it| it.id.try_get_untracked().flatten() == Some(id))
}

/// Writes a text unless a newer one is there, or the draft has been sealed. What another page has made of
/// the draft since stays as it is: then this text is a draft of its own from here on; or, where it was a
/// change that is sealed by now, the change after that.
async fn write(
    outbox: Outbox,
    desk: &Mutex<Desk>,
    text: Unwritten,
) -> Result<Option<ReportId>, StoreError> {
    let mut desk = desk.lock().await;
    if desk.sealed || desk.written >= text.edit {
        return Ok(desk.id);
    }
    let id = match desk.id {
        Some(id) if !desk.is_overtaken(outbox).await || is_changed(outbox, id).await => id,
        _ => *desk.id.insert(outbox.new_id().await?),
    };
    outbox.save_draft(id, text.json).await?;
    desk.written = text.edit;
    desk.touched_ms = Some(text.touched_ms);
    Ok(Some(id))
}

/// Is its change sealed, and does the report stand?
async fn is_changed(outbox: Outbox, id: ReportId) -> bool {
    let no_draft = matches!(outbox.draft(id).await, Ok(None));
    let sealed = outbox.newest(id).await.ok().flatten();
    no_draft && sealed.is_some_and(|row| row.key.rev > 1 && !row.withdrawn)
}

impl Desk {
    /// Has another page written, sealed or thrown away the draft since this one read or wrote it?
    async fn is_overtaken(&self, outbox: Outbox) -> bool {
        let (Some(id), Some(known)) = (self.id, self.touched_ms) else { return false };
        match outbox.draft(id).await {
            Ok(text) => text.and_then(|it| Draft::read(&it)).map(|it| it.touched_ms) != Some(known),
            // Whoever writes next hears of it.
            Err(_) => false,
        }
    }
}

/// All that this page has is on the disk: it begins again with what lies there.
fn load_anew() {
    // A browser that does not load it leaves the page as it is.
    drop(window().location().reload());
}

/// This moment by both clocks.
pub(super) fn moment() -> Moment {
    let now = clock::now();
    Moment { at: now.stamp(), mono_ms: now.mono_ms, boot: now.boot }
}
