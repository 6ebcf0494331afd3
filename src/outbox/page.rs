use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query};
use model::ids::ReportId;
use outbox::clock;

use super::{
    DoubtfulStrip, Outbox, StoreError,
    address::Shown,
    calm::read_calmly,
    draft::{DiscardQuestion, DraftRow, ToDiscard},
    import::Files,
    items::{Item, Shelf},
    late::Late,
    opened::opened,
    repair::RepairStrip,
    row::row_view,
    shown,
    stranger::StrangerQuestion,
};
use crate::{
    capture::SealAll,
    paths::{self, OutboxQuery},
    ui::{
        Arrival, DemoLine, Empty, Failure, ROWS_AT_FIRST, Section, Strip, StripTone, TopBar,
        Unfolded, catch_the_focus_when_fewer, long_list, t, words,
    },
};

/// What this phone keeps.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
    drafts: Vec<(ReportId, String)>,
    /// Newest first.
    items: Vec<Item>,
}

/// 上报箱: everything, one row of it, or a receipt that somebody shows. The first render knows no
/// fragment and shows everything.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let (query, fragment) = (use_query::<OutboxQuery>(), use_location().hash);
    let asked = Memo::new(move |_| {
        let query = query.read();
        Shown::of(query.as_ref().ok().and_then(|it| it.row.as_deref()), &fragment.read())
    });
    let arrival = use_context::<Arrival>();
    Effect::new(move |before: Option<()>| {
        asked.track();
        if let (Some(()), Some(arrival)) = (before, arrival) {
            arrival.moved_on();
        }
    });
    let steps = [(); 4].map(|()| RwSignal::new(0));
    move || match asked.get() {
        Shown::All => everything(steps),
        Shown::Row(key) => opened(key),
        Shown::Proof(proof) => shown::proof(proof),
        Shown::Case(case) => shown::case(&case),
    }
}

/// `steps`: how often more of each of the four lists was unfolded.
fn everything(steps: [RwSignal<usize>; 4]) -> AnyView {
    let outbox = Outbox::expect();
    let loaded = read_calmly(move || outbox.changed(), move || load(outbox));
    // What is kept is drawn anew only when it has changed.
    let kept = Memo::new(move |_| loaded.get());
    let mode = Signal::derive(move || outbox.phone().get().mode());
    let asked = RwSignal::new(None);
    let node = NodeRef::new();
    catch_the_focus_when_fewer(node, move || {
        kept.with(|it| it.as_ref().and_then(|it| it.as_ref().ok()).map_or(0, |it| it.drafts.len()))
    });
    view! {
        <div class="page outbox">
            <TopBar title=t(|w| w.outbox.tab) />
            <DemoLine mode />
            <div class="body" tabindex="-1" node_ref=node>
                <DoubtfulStrip />
                <RepairStrip />
                <StrangerQuestion />
                {move || match kept.get() {
                    None => ().into_any(),
                    Some(Err(error)) => no_storage(error),
                    Some(Ok(kept)) => lists(kept, steps, asked),
                }}
                <Files />
            </div>
            <DiscardQuestion asked />
        </div>
    }
    .into_any()
}

async fn load(outbox: Outbox) -> Result<Kept, StoreError> {
    let items = Item::all(outbox.rows().await?);
    Ok(Kept { drafts: outbox.drafts().await?, items })
}

/// What asks the person comes first, then what is not sent, then what has arrived, then what was taken
/// back.
fn lists(kept: Kept, steps: [RwSignal<usize>; 4], asked: RwSignal<Option<ToDiscard>>) -> AnyView {
    let Kept { drafts, items } = kept;
    if drafts.is_empty() && items.is_empty() {
        return view! { <NothingYet /> }.into_any();
    }
    let stands = |id| items.iter().any(|it| it.face.key.id == id && !it.face.withdrawn);
    let changes = drafts.iter().map(|(id, _)| *id).filter(|id| stands(*id)).collect();
    let on = |shelf| move |item: &Item| item.shelf() == shelf;
    let (taken_back, items): (Vec<_>, Vec<_>) = items.into_iter().partition(on(Shelf::TakenBack));
    let (delivered, unsent): (Vec<_>, Vec<_>) = items.into_iter().partition(on(Shelf::Delivered));
    let late = Late::of(unsent.iter().map(|item| &item.face), clock::now().ms);
    let (needs_you, to_send): (Vec<_>, Vec<_>) = unsent.into_iter().partition(on(Shelf::NeedsYou));
    let [first, second, third, fourth] = steps;
    let w = words().outbox;
    view! {
        {send_strip(to_send.len(), late)}
        <div class="cols">
            <div class="stack">
                {row_list(w.needs_you, needs_you, first)} <DraftList drafts changes asked />
                {row_list(w.to_send, to_send, second)}
            </div>
            <div class="stack">
                {row_list(w.delivered, delivered, third)}
                {row_list(words().common.withdrawn, taken_back, fourth)}
            </div>
        </div>
    }
    .into_any()
}

fn row_list(title: &'static str, items: Vec<Item>, steps: RwSignal<usize>) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    let count = (words().outbox.count)(items.len());
    let len = Signal::stored(items.len());
    let unfolded = Unfolded { begins: Signal::stored(ROWS_AT_FIRST), steps };
    let row = move |nth: usize| row_view(items[nth].clone());
    view! {
        <section class="sec">
            <header>
                <h2>{title}</h2>
                <span class="src">{count}</span>
            </header>
            {long_list(len, unfolded, row, words().outbox.more_rows)}
        </section>
    }
    .into_any()
}

/// `changes`: those that change a report that stands in the lists.
#[component]
fn DraftList(
    drafts: Vec<(ReportId, String)>,
    changes: Vec<ReportId>,
    asked: RwSignal<Option<ToDiscard>>,
) -> impl IntoView {
    (!drafts.is_empty()).then(|| {
        let all = drafts.clone();
        let row = |(id, json)| view! { <DraftRow id json changes=changes.contains(&id) asked /> };
        let rows = drafts.into_iter().map(row).collect_view();
        view! {
            <Section title=t(|w| w.outbox.drafts)>
                <ul class="list flat">{rows}</ul>
                <SealAll drafts=all />
            </Section>
        }
    })
}

/// So many wait, and the button that sends them now. After a day it turns warm; after three it asks
/// for more than patience.
fn send_strip(waiting: usize, late: Late) -> AnyView {
    if waiting == 0 {
        return ().into_any();
    }
    let outbox = Outbox::expect();
    let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
    let (page_only, stranger) = (outbox.is_on_this_page_only(), outbox.has_met_a_stranger());
    (move || strip(outbox, waiting, late, page_only.get(), stranger.get())).into_any()
}

fn strip(outbox: Outbox, waiting: u32, late: Late, page_only: bool, stranger: bool) -> AnyView {
    let (w, here) = (words().outbox, words().holding);
    let (tone, title, more) = match late {
        _ if stranger => (StripTone::Needs, (w.waiting)(waiting), w.waiting_stranger),
        _ if page_only => (StripTone::Needs, (here.waiting)(waiting), here.waiting_more),
        Late::No => (StripTone::Wait, (w.waiting)(waiting), w.waiting_more),
        Late::Day => (StripTone::Needs, (w.waiting_day)(waiting), w.waiting_day_more),
        Late::ThreeDays => (StripTone::Needs, (w.waiting_days)(waiting), w.waiting_days_more),
    };
    let save = (late == Late::ThreeDays && !page_only).then(|| {
        view! {
            <a class="btn plain sm" href=paths::RESCUE rel="external">
                {w.save_file}
            </a>
        }
    });
    let icon = if page_only || stranger { "needs" } else { "saved" };
    let send = (!stranger).then(|| {
        view! {
            <button type="button" class="btn plain sm" on:click=move |_| outbox.send_now()>
                {w.send_now}
            </button>
        }
    });
    view! {
        <Strip tone icon title more=more.to_owned()>
            <div class="acts">{send} {save}</div>
        </Strip>
    }
    .into_any()
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <Empty title=t(|w| w.outbox.empty) text=t(|w| w.outbox.empty_text)>
            <a href=paths::REPORT class="btn lamp">
                {t(|w| w.outbox.empty_action)}
            </a>
        </Empty>
    }
}

/// The browser gives no storage: nothing here may say that anything is kept.
pub(super) fn no_storage(error: StoreError) -> AnyView {
    let code = match error {
        StoreError::Unavailable => "S-01",
        StoreError::Full => "S-02",
        StoreError::Failed => "S-03",
    };
    let reload = move |_| {
        // A page that cannot even be loaded again stays as it is.
        let _ = window().location().reload();
    };
    view! {
        <Failure
            title=t(|w| w.outbox.no_storage)
            text=t(|w| w.outbox.no_storage_text)
            code
        >
            <button type="button" class="btn full" on:click=reload>
                {t(|w| w.outbox.reload)}
            </button>
            <a class="btn plain full" href=paths::RESCUE rel="external">
                {t(|w| w.outbox.rescue)}
            </a>
        </Failure>
    }
    .into_any()
}
