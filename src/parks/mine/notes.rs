use leptos::{html, prelude::*, task::spawn_local};
use model::mine::{Mine, Note, day};

use super::writing::{Kept, Writing};
use crate::{
    outbox::{Outbox, StoreError},
    ui::{Icon, IconSize, t, words},
};

/// The note on one park: written to the phone while it is typed. Notes that were written elsewhere
/// meanwhile stand below it, until the person lets them go.
#[component]
pub(super) fn Notes(mine: RwSignal<Option<Result<Mine, StoreError>>>, new: Mine) -> impl IntoView {
    let outbox = Outbox::expect();
    let here = Memo::new(move |_| {
        mine.with(|it| match it {
            Some(Ok(mine)) => mine.note.as_ref().map(|it| it.text.clone()),
            _ => None,
        })
        .unwrap_or_default()
    });
    let area = NodeRef::<html::Textarea>::new();
    let writing = Writing::begin(new.clone(), here.get_untracked());
    let new = StoredValue::new(new);
    // Shows what is kept, but never under a hand that types, and never under one that may: an input
    // method would lose its place.
    let show = move |text: &str| {
        let Some(area) = area.get() else { return };
        let focused = document().active_element().is_some_and(|it| it == **area);
        if !focused && writing.takes_up(text) && area.value() != text {
            area.set_value(text);
        }
    };
    Effect::new(move |before: Option<()>| match (before, area.get_untracked()) {
        (None, Some(area)) if writing.held().is_some() => {
            let text = writing.held().unwrap_or_default();
            area.set_value(&text);
            writing.typed(text);
        }
        _ => show(&here.read()),
    });
    let left = move |_| {
        writing.at_once();
        show(&here.get_untracked());
    };
    let page_only = outbox.is_on_this_page_only();
    let state = move || {
        let w = words().mine;
        match writing.kept() {
            Kept::TooLong(over) => (w.too_long)(over),
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
        earlier.into_iter().map(|note| view! { <Earlier note new /> }).collect_view()
    };
    let bad = move || matches!(writing.kept(), Kept::TooLong(_) | Kept::Failed);
    view! {
        <div class="field" class:bad=bad>
            <label for="park-note">{t(|w| w.mine.note)}</label>
            <textarea
                id="park-note"
                class="in"
                rows="3"
                aria-describedby="park-note-state"
                aria-invalid=move || matches!(writing.kept(), Kept::TooLong(_)).then_some("true")
                node_ref=area
                on:input=move |event| writing.typed(event_target_value(&event))
                on:blur=left
            ></textarea>
            <p id="park-note-state" class="kept" class:err=bad role="status">
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
                {t(|w| (w.mine.earlier)(&day))}
            </p>
            <p>{text}</p>
            <button type="button" class="btn text sm" on:click=drop_it>
                {t(|w| w.mine.drop_earlier)}
            </button>
        </div>
    }
}
