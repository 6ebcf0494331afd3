//! The way of a note to the disk: while it is typed, when the field or the page is left, and when the
//! page is hidden.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::timers::callback::Timeout;
use leptos::{prelude::*, task::spawn_local};
use model::mine::{Mine, NOTE_MAX};
use outbox::clock;
use serde::{Deserialize, Serialize};

use crate::{
    outbox::{Beside, Outbox},
    pwa::when_left,
};

/// What stands in the field and not on the disk, in the session's storage: a page that is left at once
/// gives the database no time, and a note that is too long is in no database.
const UNWRITTEN: &str = "poshang.note";

#[derive(Serialize, Deserialize)]
struct Unwritten {
    park: String,
    text: String,
}

/// Milliseconds after the first key that is not written yet: with a slow phone's transaction it is
/// within a second. Later keys do not put it off.
const PAUSE_MS: u32 = 400;

/// How the note on the screen stands to the one on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Nothing has been typed.
    Nothing,
    /// The last key is not on the disk yet.
    Not,
    /// All of it is on the disk.
    Yes,
    /// The phone did not keep it.
    Failed,
    /// So many characters too many: it is not written.
    TooLong(usize),
}

/// What the person types. It outlives the page, until its last key is on the disk.
struct Desk {
    outbox: Outbox,
    new: Mine,
    /// The text of the field.
    text: RefCell<String>,
    /// What the disk has of it: what the person began from. A note that another tab writes meanwhile
    /// is kept beside theirs.
    before: RefCell<String>,
    /// One write at a time: an old text never comes after a newer one.
    busy: Cell<bool>,
}

/// The note under way.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    desk: StoredValue<Rc<Desk>, LocalStorage>,
    kept: RwSignal<Kept>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Writing {
    /// Goes on with what is kept; `new` is the record where there is none. Writes what is left when
    /// the page is hidden or the calling component goes.
    pub(super) fn begin(new: Mine, here: String) -> Self {
        let desk = Desk {
            outbox: Outbox::expect(),
            new,
            text: RefCell::new(here.clone()),
            before: RefCell::new(here),
            busy: Cell::new(false),
        };
        let this = Self {
            desk: StoredValue::new_local(Rc::new(desk)),
            kept: RwSignal::new(Kept::Nothing),
            timer: StoredValue::new_local(None),
        };
        let leave = move || {
            this.at_once();
            this.hold();
        };
        when_left(leave);
        on_cleanup(leave);
        this
    }

    /// What was typed here when the page was left, if it is not on the disk.
    pub(super) fn held(self) -> Option<String> {
        let held: Unwritten = Beside::Session.read(UNWRITTEN)?;
        let here = self
            .desk
            .with_value(|desk| held.park == desk.new.id && held.text != *desk.before.borrow());
        here.then_some(held.text)
    }

    fn hold(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        if desk.is_written() {
            desk.let_go();
        } else {
            let (park, text) = (desk.new.id.clone(), desk.text.borrow().clone());
            Beside::Session.write(UNWRITTEN, &Unwritten { park, text });
        }
    }

    /// How it stands.
    pub(super) fn kept(self) -> Kept {
        self.kept.get()
    }

    /// A key was pressed.
    pub(super) fn typed(self, text: String) {
        self.desk.with_value(|desk| desk.text.replace(text));
        self.kept.set(Kept::Not);
        self.timer.update_value(|timer| {
            timer.get_or_insert_with(|| Timeout::new(PAUSE_MS, move || self.write()));
        });
    }

    /// Does not wait for the pause. What the phone did not keep is tried again.
    pub(super) fn at_once(self) {
        if matches!(self.kept.try_get_untracked(), Some(Kept::Not | Kept::Failed)) {
            self.write();
        }
    }

    /// Goes on with what another tab has written, unless there is something here that is not.
    pub(super) fn takes_up(self, text: &str) -> bool {
        self.desk.with_value(|desk| {
            let free = !desk.busy.get() && *desk.text.borrow() == *desk.before.borrow();
            if free {
                desk.text.replace(text.to_owned());
                desk.before.replace(text.to_owned());
            }
            free
        })
    }

    fn write(self) {
        self.timer.try_set_value(None);
        let Some(desk) = self.desk.try_get_value() else { return };
        let over = desk.text.borrow().chars().count().saturating_sub(NOTE_MAX);
        if over > 0 {
            self.kept.try_set(Kept::TooLong(over));
        } else if !desk.busy.replace(true) {
            spawn_local(async move {
                let kept = desk.write().await;
                desk.busy.set(false);
                // A key that came last has its own timer.
                if desk.is_written() || kept == Kept::Failed {
                    self.kept.try_set(kept);
                }
            });
        }
    }
}

impl Desk {
    /// Nothing of this park is held beside the disk any more.
    fn let_go(&self) {
        let held: Option<Unwritten> = Beside::Session.read(UNWRITTEN);
        if held.is_some_and(|it| it.park == self.new.id) {
            Beside::Session.remove(UNWRITTEN);
        }
    }

    fn is_written(&self) -> bool {
        *self.text.borrow() == *self.before.borrow()
    }

    /// Writes until the disk has what stands in the field, or the phone does not keep it.
    async fn write(&self) -> Kept {
        while !self.is_written() {
            let (text, began) = (self.text.borrow().clone(), self.before.borrow().clone());
            if text.chars().count() > NOTE_MAX {
                break;
            }
            let at = clock::now().stamp();
            let change = |mine: &mut Mine| {
                // Done anew, it is there already.
                if mine.note.as_ref().map_or("", |it| &it.text) != text {
                    mine.write(&began, &text, at);
                }
            };
            match self.outbox.change_mine(self.new.clone(), change).await {
                Ok(_) => drop(self.before.replace(text.clone())),
                Err(_) => return Kept::Failed,
            }
        }
        if self.is_written() {
            self.let_go();
        }
        Kept::Yes
    }
}
