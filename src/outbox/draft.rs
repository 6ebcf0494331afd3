use leptos::prelude::*;
use model::ids::ReportId;
use serde::Deserialize;

use super::Outbox;
use crate::{
    capture::{Draft, about, lacks},
    paths,
    ui::{ChipState, Dialog, IconBox, StateChip, Tone, t, words},
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
}

/// A draft: go on with it, or throw it away after one question.
#[component]
pub(super) fn DraftRow(id: ReportId, json: String) -> impl IntoView {
    let outbox = Outbox::expect();
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
    let asked = RwSignal::new(false);
    let discard = Action::new_unsync(move |(): &()| outbox.discard_draft(id));
    view! {
        <li>
            <div class="row top0">
                <IconBox icon="draft" tone=Tone::Mute />
                <div class="m">
                    <b>{title}</b>
                    {(photos > 0)
                        .then(|| view! { <span>{t(|w| (w.outbox.photos)(photos))}</span> })}
                    {glimpse.voice.map(|_| view! { <span>{t(|w| w.voice.there)}</span> })}
                    <span>{lacks}</span>
                    <span class="meta">
                        <StateChip state=ChipState::Draft />
                    </span>
                    <span class="acts">
                        <a href=paths::report_draft(id) class="btn sm">
                            {t(|w| w.outbox.draft_go_on)}
                        </a>
                        <button type="button" class="btn text sm" on:click=move |_| asked.set(true)>
                            {t(|w| w.outbox.draft_discard)}
                        </button>
                    </span>
                </div>
            </div>
            <Dialog
                open=asked
                title=t(|w| w.outbox.draft_discard_ask)
                on_dismiss=move |()| asked.set(false)
            >
                <p>{t(|w| w.outbox.draft_discard_text)}</p>
                <div class="acts">
                    <button type="button" class="btn full" on:click=move |_| asked.set(false)>
                        {t(|w| w.outbox.draft_keep)}
                    </button>
                    <button
                        type="button"
                        class="btn plain full"
                        on:click=move |_| {
                            discard.dispatch(());
                        }
                    >
                        {t(|w| w.outbox.draft_discard)}
                    </button>
                </div>
            </Dialog>
        </li>
    }
}
