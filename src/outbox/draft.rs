use leptos::prelude::*;
use model::ids::ReportId;
use serde::Deserialize;

use super::Outbox;
use crate::{
    capture::{Draft, about, lacks},
    paths,
    ui::{ChipState, Dialog, IconBox, StateChip, Tone, live, t, words},
};

/// As much of a draft as a list shows; whatever else stands in it is the capture room's.
#[derive(Clone, Debug, Default, Deserialize)]
struct Glimpse {
    #[serde(default)]
    words: String,
    #[serde(default)]
    photos: Vec<serde::de::IgnoredAny>,
    #[serde(default)]
    voice: Option<serde::de::IgnoredAny>,
    #[serde(default)]
    from: Option<ReportId>,
}

/// A draft that somebody wants to throw away.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct ToDiscard {
    id: ReportId,
    /// It changes a report that is sealed, which stays.
    changes: bool,
}

/// A draft: go on with it, or throw it away after one question.
#[component]
pub(super) fn DraftRow(
    id: ReportId,
    json: String,
    /// It changes a report that is sealed, which stays whatever becomes of the draft.
    changes: bool,
    /// Which one is to be thrown away, if the person says so again.
    asked: RwSignal<Option<ToDiscard>>,
) -> impl IntoView {
    let glimpse: Glimpse = serde_json::from_str(&json).unwrap_or_default();
    // One without words is told from others by what is broken, and where.
    let read = Draft::read(&json).map(|draft| (lacks(&draft), about(&draft)));
    let (lacks, about) = read.unwrap_or_default();
    let lacks = t(|w| match lacks.as_slice() {
        [] => w.walk.ready.to_owned(),
        lacks => (w.walk.lacks)(lacks),
    });
    let photos = glimpse.photos.len();
    let said: String = glimpse.words.chars().take(40).collect();
    let title = move || match (said.trim(), about.as_str()) {
        ("", "") => words().outbox.draft_untitled.to_owned(),
        ("", about) => about.to_owned(),
        (said, _) => said.to_owned(),
    };
    let throw_away = move |_| asked.set(Some(ToDiscard { id, changes }));
    view! {
        <li>
            <div class="row top0">
                <IconBox icon="draft" tone=Tone::Mute />
                <div class="m">
                    <b>{title}</b>
                    {(photos > 0)
                        .then(|| view! { <span>{t(|w| (w.outbox.photos)(photos))}</span> })}
                    {glimpse.voice.map(|_| view! { <span>{t(|w| w.voice.there)}</span> })}
                    {glimpse.from.map(|_| view! { <span>{t(|w| w.outbox.draft_from)}</span> })}
                    {changes.then(|| view! { <span>{t(|w| w.outbox.draft_changes)}</span> })}
                    <span>{lacks}</span>
                    <span class="meta">
                        <StateChip state=ChipState::Draft />
                    </span>
                    <span class="acts">
                        <a href=paths::report_draft(id) class="btn sm">
                            {t(|w| w.outbox.draft_go_on)}
                        </a>
                        <button type="button" class="btn text sm" on:click=throw_away>
                            {t(|w| w.outbox.draft_discard)}
                        </button>
                    </span>
                </div>
            </div>
        </li>
    }
}

/// The one question before. It stands beside the list, which is drawn anew when a delivery changes a row.
#[component]
pub(super) fn DiscardQuestion(asked: RwSignal<Option<ToDiscard>>) -> impl IntoView {
    let outbox = Outbox::expect();
    let discard = Action::new_unsync(move |id: &ReportId| outbox.discard_draft(*id));
    // Its words stay while it closes.
    let changes = Memo::new(move |before: Option<&bool>| {
        asked.get().map_or(before.copied().unwrap_or_default(), |it| it.changes)
    });
    let keep = move || asked.set(None);
    let go = move |_| {
        if let Some(ToDiscard { id, .. }) = asked.get_untracked() {
            asked.set(None);
            discard.dispatch(id);
        }
    };
    let title = live(move |w| {
        let w = w.outbox;
        if changes.get() { w.change_discard_ask } else { w.draft_discard_ask }.to_owned()
    });
    let text = live(move |w| {
        let w = w.outbox;
        if changes.get() { w.change_discard_text } else { w.draft_discard_text }
    });
    view! {
        <Dialog
            open=Signal::derive(move || asked.get().is_some())
            title
            on_dismiss=move |()| keep()
        >
            <p>{text}</p>
            <div class="acts">
                <button type="button" class="btn full" on:click=move |_| keep()>
                    {t(|w| w.outbox.draft_keep)}
                </button>
                <button type="button" class="btn plain full" on:click=go>
                    {t(|w| w.outbox.draft_discard)}
                </button>
            </div>
        </Dialog>
    }
}
