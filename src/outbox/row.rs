use leptos::prelude::*;
use outbox::Row;

use super::{Outbox, Standing, when::when};
use crate::{
    capture::kind_name,
    parks::Parks,
    settings::Settings,
    ui::{IconBox, SmallLandings, StateChip, Tone, drawing, t, words},
};

/// A sealed thing: what it is, how far it has come and why it waits; on a tap, what is known of it.
#[component]
pub(super) fn OutboxRow(row: Row) -> impl IntoView {
    let outbox = Outbox::expect();
    let key = row.key;
    let seen = row.clone();
    let standing = Memo::new(move |_| {
        let sending = outbox.sending().read().contains(&key);
        let mode = outbox.phone().read().mode();
        Standing::of(&seen, sending, outbox.online().get(), mode, words().outbox)
    });
    let parks = Parks::expect();
    let kind = row.label.issue.as_deref().and_then(|id| parks.pack().ok()?.kind(id)).cloned();
    let icon = kind.as_ref().map_or("report", |kind| drawing(&kind.icon));
    let lang = Settings::expect().lang();
    let title = move || match &kind {
        None => words().outbox.untitled.to_owned(),
        Some(kind) => kind_name(kind, lang.get()),
    };
    let place = [row.label.place.clone(), when(row.sealed_ms)];
    let place = place.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("·");
    view! {
        <li>
            <div class="row top0" data-row=key.to_string()>
                <IconBox icon tone=Tone::Mute />
                <div class="m">
                    <b>{title}</b>
                    <span>{place}</span>
                    <span class="meta">
                        <StateChip state=Signal::derive(move || standing.read().chip) />
                        <SmallLandings reached=Signal::derive(move || {
                            Some(standing.read().landing)
                        }) />
                    </span>
                    {move || standing.read().sentence.clone().map(|it| view! { <span>{it}</span> })}
                    <Tried row=row.clone() />
                    <Kept row />
                </div>
            </div>
        </li>
    }
}

/// When it was tried, and when it is tried again.
#[component]
fn Tried(row: Row) -> impl IntoView {
    let waits = row.waits.clone().filter(|_| row.is_unfinished());
    waits.map(|waits| {
        let (tried, next) = (when(waits.tried_ms), when(waits.until_ms));
        let line = t(move |w| (w.outbox.tried)(&tried, Some(&next)));
        view! { <span class="src">{line}</span> }
    })
}

/// What is known of it: words, photos, the number of the case, the proof, the secret behind a tap.
#[component]
fn Kept(row: Row) -> impl IntoView {
    let photos = row.blobs.len();
    let sealed = when(row.sealed_ms);
    let stored = row.receipts.last().map(|receipt| when(receipt.at_ms));
    let number = row.case_no.map(|no| no.shown());
    view! {
        <details class="kept">
            <summary>{t(|w| w.outbox.more)}</summary>
            {(!row.label.words.is_empty()).then(|| view! { <p class="said">{row.label.words}</p> })}
            {(photos > 0).then(|| view! { <p>{t(move |w| (w.outbox.photos)(photos))}</p> })}
            <p class="src">{t(move |w| (w.outbox.sealed_at)(&sealed))}</p>
            {stored.map(|at| view! { <p class="src">{t(move |w| (w.outbox.stored_at)(&at))}</p> })}
            {number
                .map(|no| {
                    view! {
                        <p class="n">
                            <b>{t(move |w| (w.outbox.case_no)(&no))}</b>
                        </p>
                        <p class="src">{t(|w| w.outbox.case_no_note)}</p>
                    }
                })}
            {row
                .secret
                .map(|secret| {
                    view! {
                        <details class="secret">
                            <summary>{t(|w| w.outbox.secret_show)}</summary>
                            <p class="src">{t(|w| w.outbox.secret_opens)}</p>
                            <p class="n">
                                <b>{secret.shown()}</b>
                            </p>
                        </details>
                    }
                })}
        </details>
    }
}
