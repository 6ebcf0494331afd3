use leptos::prelude::*;
use outbox::RowKey;

use super::{
    Outbox,
    items::{Item, Number, NumberIs},
    take_back::TakeBack,
};
use crate::{
    capture::contact::masked,
    ui::{IconBox, Tone, live, t, words},
};

/// The telephone numbers that were given with a thing, not all of each, and how the one that stands is
/// taken back alone. A report that is taken back has taken its numbers with it: then nothing is said.
pub(super) fn numbers(item: Memo<Option<Item>>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let stands = item.with(|item| item.clone().filter(|it| !it.face.withdrawn));
        stands.map(|item| item.numbers()).unwrap_or_default()
    });
    let stands = Memo::new(move |_| {
        let given = |it: &&Number| matches!(it.is, NumberIs::Given { .. });
        shown.with(|it| it.iter().find(given).map(|it| it.row.key))
    });
    let left = Memo::new(move |_| {
        let own = stands.get();
        shown.with(|it| it.iter().any(|it| Some(it.row.key) == own && it.row.tried))
    });
    let rows = move || shown.get().into_iter().map(number).collect_view();
    view! {
        <Show when=move || !shown.read().is_empty()>
            <section class="card numbers" data-numbers="">
                <ul>{rows}</ul>
                {move || stands.get().map(|key| take_back(item, key, left))}
            </section>
        </Show>
    }
}

fn number(number: Number) -> impl IntoView {
    let w = words().contact;
    let (title, more) = match number.is {
        NumberIs::Given { arrived } => {
            let more = if arrived { w.given_arrived } else { w.given_waits };
            ((w.given)(&masked(&number.row)), Some(more))
        }
        NumberIs::Undone => (w.undone.to_owned(), None),
        NumberIs::TakenBack { told: false } => (w.withdrawal_waits.to_owned(), None),
        NumberIs::TakenBack { told: true } => (w.withdrawal_told.to_owned(), None),
    };
    view! {
        <li class="number">
            <IconBox icon="call" tone=Tone::Mute />
            <span class="m" role="status">
                <b>{title}</b>
                {more.map(|more| view! { <span class="qq">{more}</span> })}
            </span>
        </li>
    }
}

fn take_back(item: Memo<Option<Item>>, key: RowKey, left: Memo<bool>) -> impl IntoView {
    let outbox = Outbox::expect();
    let back = Action::new_unsync(move |(): &()| async move {
        let Some(report) = item.get_untracked().map(|it| it.face.key.id) else { return Ok(()) };
        outbox.take_back_number(report, key).await
    });
    let text = live(
        move |w| if left.get() { w.contact.take_back_sent } else { w.contact.take_back_unsent },
    );
    view! {
        <TakeBack
            take_back=t(|w| w.contact.take_back)
            ask=t(|w| w.contact.take_back_ask.to_owned())
            text
            keep=t(|w| w.contact.keep)
            back
        />
    }
}
