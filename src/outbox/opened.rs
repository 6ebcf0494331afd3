use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{ask::Answer, ids::ReportId, report::YesNo, sealed::BlobEntry};
use outbox::{Delivery, Row, RowKey, row::Label};
use serde::Deserialize;

use super::{
    Outbox, StoreError,
    acts::{WentTo, acts},
    contact::numbers,
    items::{Item, Shelf},
    page::no_storage,
    receipt::receipt_view,
    row::{joined, standing, title, tried},
    stranger::StrangerQuestion,
    when::when,
};
use crate::{
    capture::{Draft, VoicePlayer, answers::lines, danger_line, photo::Thumb},
    parks::Parks,
    paths,
    settings::Settings,
    ui::{DemoLine, Landings, StateChip, TopBar, t, words},
};

/// What a person said, as it stands in the sealed text; empty once only the remainder is kept.
#[derive(Clone, Default, PartialEq, Deserialize)]
struct Said {
    #[serde(default)]
    body: Body,
}

#[derive(Clone, Default, PartialEq, Deserialize)]
struct Body {
    #[serde(default)]
    words: String,
    #[serde(default)]
    answers: BTreeMap<String, serde_json::Value>,
    /// What was asked about danger; what this build cannot read is not shown.
    #[serde(default)]
    escalation: serde_json::Value,
    #[serde(default)]
    private: bool,
}

#[derive(Clone, PartialEq, Deserialize)]
struct DangerSaid {
    answer: YesNo,
    #[serde(default)]
    called: Option<String>,
}

/// What of a row never changes, so that its photos are read once.
#[derive(Clone, PartialEq)]
struct Content {
    label: Label,
    words: String,
    /// What left this phone again, if anything did: photos, a voice note.
    let_go: Option<(bool, bool)>,
    answers: BTreeMap<String, Answer>,
    danger: Option<DangerSaid>,
    private: bool,
    photos: Vec<BlobEntry>,
    voice: Option<BlobEntry>,
    sealed_ms: i64,
}

/// One thing of 上报箱, opened: what it says, how it stands and why, what can be done, its receipt.
pub(super) fn opened(key: RowKey) -> AnyView {
    let outbox = Outbox::expect();
    let loaded = LocalResource::new(move || {
        outbox.changed();
        load(key, outbox)
    });
    let read = Memo::new(move |_| loaded.get());
    let item = Memo::new(move |_| read.get()?.ok()?.item);
    let content = Memo::new(move |_| item.get().map(|item| content(&item.face)));
    let missing = Memo::new(move |_| match read.get()? {
        Ok(read) => read.item.is_none().then_some(None),
        Err(error) => Some(Some(error)),
    });
    let heading = Signal::derive(move || match item.get() {
        Some(item) => title(&item.face),
        None => words().outbox.tab.to_owned(),
    });
    let mode = Signal::derive(move || outbox.phone().get().mode());
    let (secret_open, taken_here) = (RwSignal::new(false), RwSignal::new(None));
    let found = Memo::new(move |_| read.get()?.ok()?.draft);
    let draft = WentTo { taken_here, found };
    let here = Memo::new(move |_| item.with(Option::is_some));
    let receipt = Memo::new(move |_| receipt_of(item));
    view! {
        <div class="page outbox">
            <TopBar title=heading back=paths::OUTBOX />
            <DemoLine mode />
            <div class="body">
                <StrangerQuestion />
                {move || content.get().map(content_view)}
                {move || match missing.get()? {
                    Some(error) => Some(no_storage(error)),
                    None => Some(view! { <p>{t(|w| w.outbox.not_here)}</p> }.into_any()),
                }}
                {move || here.get().then(|| way(item, outbox, draft))}
                {move || receipt.get().map(|(row, earlier)| receipt_view(&row, earlier, secret_open))}
            </div>
        </div>
    }
    .into_any()
}

/// A thing, and the draft of its words once it was taken back.
#[derive(Clone, Default, PartialEq)]
struct Loaded {
    item: Option<Item>,
    draft: Option<ReportId>,
}

async fn load(key: RowKey, outbox: Outbox) -> Result<Loaded, StoreError> {
    let item = Item::of(key, outbox.rows().await?);
    let taken_back = item.as_ref().filter(|it| it.face.withdrawn).map(|it| it.face.key.id);
    let draft = match taken_back {
        Some(id) => outbox.drafts().await?.into_iter().find(|(_, json)| comes_from(json, id)),
        None => None,
    };
    Ok(Loaded { item, draft: draft.map(|(draft, _)| draft) })
}

fn comes_from(draft: &str, id: ReportId) -> bool {
    Draft::read(draft).is_some_and(|draft| draft.from == Some(id))
}

/// The row whose receipt is shown, and whether a later revision waits for its own. The receipt of an
/// empty row, in the place of one that was undone, proves nothing that anybody asks for.
fn receipt_of(item: Memo<Option<Item>>) -> Option<(Row, bool)> {
    let item = item.get().filter(|item| !item.is_undone())?;
    let row = item.receipted()?;
    Some((row.clone(), row.key != item.face.key))
}

fn content(row: &Row) -> Content {
    let said: Said = serde_json::from_str(&row.sealed).unwrap_or_default();
    // Of a claim about the map the label says what it is; its own words are only a part of that.
    let (label, own) = (&row.label.words, said.body.words);
    let words = if label.contains(&own) {
        label.clone()
    } else if row.kind == "contribution" {
        joined([label.clone(), own])
    } else {
        own
    };
    let plain = |value| serde_json::from_value::<Answer>(value).ok();
    let answers = said.body.answers.into_iter();
    let (mut voices, mut photos): (Vec<_>, Vec<_>) =
        row.blobs.iter().cloned().partition(|blob| blob.media.is_audio());
    let mut let_go = None;
    if row.delivery == Delivery::Remainder && !row.blobs.is_empty() {
        let_go = Some((!photos.is_empty(), !voices.is_empty()));
        (voices, photos) = (Vec::new(), Vec::new());
    }
    Content {
        let_go,
        label: row.label.clone(),
        words,
        danger: serde_json::from_value(said.body.escalation).ok(),
        private: said.body.private,
        answers: answers.filter_map(|(id, value)| Some((id, plain(value)?))).collect(),
        photos,
        voice: voices.into_iter().next(),
        sealed_ms: row.sealed_ms,
    }
}

fn content_view(content: Content) -> AnyView {
    let w = words().outbox;
    let photos = content.photos.iter().enumerate().map(|(at, photo)| {
        view! { <Thumb sha256=photo.sha256 alt=(w.photo)(at + 1) /> }
    });
    view! {
        <div class="said">
            {content
                .let_go
                .map(|(photos, voice)| {
                    view! { <p class="qq gone">{(w.let_go)(photos, voice)}</p> }
                })}
            {(!content.photos.is_empty())
                .then(|| view! { <div class="shots">{photos.collect_view()}</div> })}
            {content
                .voice
                .map(|it| {
                    let seconds = it.seconds.unwrap_or_default();
                    view! { <VoicePlayer sha256=it.sha256 media=it.media seconds /> }
                })}
            <p>{joined([content.label.place, when(content.sealed_ms)])}</p>
            {(!content.words.is_empty()).then(|| view! { <p class="words">{content.words}</p> })}
            {answered(content.danger.as_ref(), &content.answers)}
            {content.private.then(|| view! { <p class="q">{words().capture.private}</p> })}
        </div>
    }
    .into_any()
}

/// What was asked about danger, what the kind asked besides, and the answers.
fn answered(danger: Option<&DangerSaid>, answers: &BTreeMap<String, Answer>) -> AnyView {
    let (parks, lang) = (Parks::expect(), Settings::expect().lang());
    let w = words().capture;
    let danger = danger.map(|it| {
        let said = danger_line(it.answer, it.called.as_deref(), lang);
        (w.row_danger.to_owned(), said)
    });
    let lines: Vec<_> = danger.into_iter().chain(lines(answers, parks.pack().ok(), lang)).collect();
    let any = !lines.is_empty();
    let lines = lines.into_iter().map(|(asked, said)| {
        view! {
            <div>
                <dt>{asked}</dt>
                <dd>{said}</dd>
            </div>
        }
    });
    any.then(|| view! { <dl class="answers">{lines.collect_view()}</dl> }).into_any()
}

/// How far it has come, why it waits, and what can be done now. The card and what can be done stay
/// on the screen while the rows under them change: whoever is asked something is not interrupted by
/// a delivery.
fn way(item: Memo<Option<Item>>, outbox: Outbox, draft: WentTo) -> impl IntoView {
    view! {
        <section class="card way" data-way="">
            {move || item.get().map(|item| so_far(item, outbox))} {acts(item, draft)}
        </section>
        {numbers(item)}
        {move || item.get().map(|item| earlier(&item, outbox))}
    }
}

fn so_far(item: Item, outbox: Outbox) -> AnyView {
    let w = words();
    let row = &item.face;
    // A receipt is there as soon as the words have arrived; delivered it is with its last photo.
    let receipt = row.receipts.last().filter(|_| row.is_delivered());
    let stored = receipt.map(|receipt| when(receipt.at_ms));
    // What waits for a person's word is not sent by itself.
    let waits_for_somebody =
        row.needs_you() || row.withdrawn || outbox.has_met_a_stranger().get_untracked();
    let later = if waits_for_somebody { "" } else { w.capture.note_delivered };
    let delivered = stored.unwrap_or_else(|| later.to_owned());
    let demo = Memo::new(move |_| outbox.phone().read().mode() == model::wire::Mode::Demo);
    let (sealed, arrived) = (when(row.sealed_ms), row.is_delivered());
    let notes = Signal::derive(move || {
        let accepted = (w.capture.note_accepted)(arrived, demo.get());
        [sealed.clone(), delivered.clone(), accepted.to_owned()]
    });
    let tried = tried(&item);
    let waits = item.shelf() == Shelf::ToSend;
    let stranger = outbox.has_met_a_stranger();
    let send = move || {
        (waits && !stranger.get()).then(|| {
            view! {
                <button type="button" class="btn full" on:click=move |_| outbox.send_now()>
                    {w.outbox.send_now}
                </button>
            }
        })
    };
    let goes = !item.is_undone();
    let now = Signal::derive(move || standing(&item, outbox));
    let way = move || {
        view! {
            <Landings
                reached=Signal::derive(move || now.read().landing)
                notes
                demo
                page_only=outbox.is_on_this_page_only()
            />
        }
    };
    view! {
        {goes.then(way)}
        {move || {
            let standing = now.get();
            view! {
                <p class="meta" role="status">
                    <StateChip state=standing.chip />
                </p>
                {standing.sentence.map(|it| view! { <p>{it}</p> })}
            }
                .into_any()
        }}
        {tried.map(|it| view! { <p class="src">{it}</p> })}
        {send}
    }
    .into_any()
}

/// The revisions in whose place a later one stands, each with how far it came.
fn earlier(item: &Item, outbox: Outbox) -> AnyView {
    let of_it = |row: &&Row| row.key.id == item.face.key.id && !row.is_undone();
    let rows: Vec<Row> = item.others.iter().filter(of_it).cloned().collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let w = words().outbox;
    let lines = rows.into_iter().map(|row| {
        let (nth, at) = ((w.nth)(row.key.rev), when(row.sealed_ms));
        let alone = Item { face: row, others: Vec::new() };
        let chip = Signal::derive(move || standing(&alone, outbox).chip);
        view! {
            <li class="meta">
                <span>{joined([nth, at])}</span>
                <StateChip state=chip />
            </li>
        }
    });
    view! {
        <section class="sec card">
            <h2>{w.earlier}</h2>
            <ul>{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}
