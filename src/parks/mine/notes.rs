use gloo::timers::callback::Timeout;
use leptos::{html, prelude::*, task::spawn_local};
use model::mine::{Mine, NOTE_MAX, Note, day};
use outbox::clock;

use crate::{
    outbox::{Outbox, StoreError},
    ui::{Icon, IconSize, t, words},
};

/// Milliseconds after the last key until the note is written.
const PAUSE_MS: u32 = 400;

/// How the writing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Nothing,
    Not,
    Yes,
    Failed,
}

/// What the person types, and how far it is written.
#[derive(Clone, Copy)]
struct Writing {
    outbox: Outbox,
    new: StoredValue<Mine>,
    area: NodeRef<html::Textarea>,
    /// As it was typed last.
    text: StoredValue<String>,
    /// What they began from; a note that another tab writes meanwhile is kept beside theirs.
    before: StoredValue<String>,
    typing: StoredValue<bool>,
    kept: RwSignal<Kept>,
    too_long: RwSignal<usize>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Writing {
    /// Written a moment after the first key that is not, however long the typing goes on.
    fn typed(self) {
        let Some(area) = self.area.get_untracked() else { return };
        self.text.set_value(area.value());
        self.typing.set_value(true);
        self.kept.set(Kept::Not);
        if self.timer.with_value(Option::is_none) {
            self.timer.set_value(Some(Timeout::new(PAUSE_MS, move || self.write())));
        }
    }

    /// Does not wait: the field or the page is left.
    fn at_once(self) {
        if self.timer.try_with_value(Option::is_some) == Some(true) {
            self.write();
        }
    }

    fn write(self) {
        self.timer.try_set_value(None);
        let Some(text) = self.text.try_get_value() else { return };
        let over = text.chars().count().saturating_sub(NOTE_MAX);
        self.too_long.set(over);
        if over > 0 {
            return;
        }
        let (began, at) = (self.before.get_value(), clock::now().stamp());
        self.before.set_value(text.clone());
        let (outbox, new) = (self.outbox, self.new.get_value());
        spawn_local(async move {
            let change = |mine: &mut Mine| {
                // Done anew, it is there already.
                if mine.note.as_ref().map_or("", |it| &it.text) != text {
                    mine.write(&began, &text, at);
                }
            };
            let done = outbox.change_mine(new, change).await;
            let same = self.text.try_get_value().as_ref() == Some(&text);
            if same && done.is_ok() {
                self.typing.try_set_value(false);
            }
            if same && done.is_err() {
                // The next try begins where this one did.
                self.before.try_set_value(began);
            }
            self.kept.try_set(match done {
                Ok(_) if same => Kept::Yes,
                Ok(_) => Kept::Not,
                Err(_) => Kept::Failed,
            });
        });
    }

    /// Shows what is kept, but never under a hand that types.
    fn show(self, text: &str) {
        if let Some(area) = self.area.get().filter(|_| !self.typing.get_value())
            && area.value() != text
        {
            area.set_value(text);
            self.before.set_value(text.to_owned());
        }
    }
}

/// The note on one park: written to the phone while it is typed. Notes that were written elsewhere
/// meanwhile stand below it, until the person lets them go.
#[component]
pub(super) fn Notes(mine: RwSignal<Option<Result<Mine, StoreError>>>, new: Mine) -> impl IntoView {
    let outbox = Outbox::expect();
    let here = move || {
        mine.with(|it| match it {
            Some(Ok(mine)) => mine.note.as_ref().map(|it| it.text.clone()),
            _ => None,
        })
        .unwrap_or_default()
    };
    let writing = Writing {
        outbox,
        new: StoredValue::new(new),
        area: NodeRef::new(),
        text: StoredValue::new(String::new()),
        before: StoredValue::new(untrack(here)),
        typing: StoredValue::new(false),
        kept: RwSignal::new(Kept::Nothing),
        too_long: RwSignal::new(0),
        timer: StoredValue::new_local(None),
    };
    Effect::new(move |_| writing.show(&here()));
    on_cleanup(move || writing.at_once());
    let page_only = outbox.is_on_this_page_only();
    let state = move || {
        let w = words().mine;
        let over = writing.too_long.get();
        match writing.kept.get() {
            _ if over > 0 => (w.too_long)(over),
            Kept::Nothing | Kept::Not => String::new(),
            Kept::Yes if page_only.get() => w.on_the_page.to_owned(),
            Kept::Yes => w.kept.to_owned(),
            Kept::Failed => w.not_kept.to_owned(),
        }
    };
    let earlier = move || {
        let earlier = mine.with(|it| match it {
            Some(Ok(mine)) => mine.earlier.clone(),
            _ => Vec::new(),
        });
        earlier.into_iter().map(|note| view! { <Earlier note new=writing.new /> }).collect_view()
    };
    view! {
        <div class="field">
            <label for="park-note">{t(|w| w.mine.note)}</label>
            <textarea
                id="park-note"
                class="in"
                rows="3"
                aria-describedby="park-note-state"
                node_ref=writing.area
                on:input=move |_| writing.typed()
                on:blur=move |_| writing.at_once()
            ></textarea>
            <p id="park-note-state" class="kept" role="status">
                {state}
            </p>
        </div>
        {earlier}
    }
}

/// A note whose place a newer one took.
#[component]
fn Earlier(note: Note, new: StoredValue<Mine>) -> impl IntoView {
    let outbox = Outbox::expect();
    let (day, text) = (day(note.at), note.text.clone());
    let drop_it = move |_| {
        let note = note.clone();
        spawn_local(async move {
            // What did not go stays on the screen.
            drop(outbox.drop_earlier(new.get_value(), note).await);
        });
    };
    view! {
        <div class="earlier">
            <p class="q">
                <Icon name="text" size=IconSize::Small />
                {t(move |w| (w.mine.earlier)(&day))}
            </p>
            <p>{text}</p>
            <button type="button" class="btn text sm" on:click=drop_it>
                {t(|w| w.mine.drop_earlier)}
            </button>
        </div>
    }
}
