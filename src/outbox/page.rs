use leptos::prelude::*;
use leptos_router::components::A;
use model::ids::ReportId;
use outbox::{Delivery, Row};

use super::{Outbox, StoreError, draft::DraftRow, row::OutboxRow, stranger::StrangerQuestion};
use crate::{
    paths,
    ui::{DemoLine, Empty, Failure, Section, Strip, StripTone, TopBar, t, words},
};

/// What this phone keeps.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
    drafts: Vec<(ReportId, String)>,
    /// Newest first.
    rows: Vec<Row>,
}

/// 上报箱.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let outbox = Outbox::expect();
    let loaded = LocalResource::new(move || {
        outbox.changed();
        load(outbox)
    });
    let mode = Signal::derive(move || outbox.phone().get().mode());
    view! {
        <div class="page outbox">
            <TopBar title=t(|w| w.outbox.tab) />
            <DemoLine mode />
            <div class="body">
                <SendStrip />
                <StrangerQuestion />
                {move || match loaded.get() {
                    None => ().into_any(),
                    Some(Err(error)) => view! { <NoStorage error /> }.into_any(),
                    Some(Ok(kept)) => view! { <Lists kept /> }.into_any(),
                }}
            </div>
        </div>
    }
}

async fn load(outbox: Outbox) -> Result<Kept, StoreError> {
    let mut rows = outbox.rows().await?;
    rows.reverse();
    Ok(Kept { drafts: outbox.drafts().await?, rows })
}

/// What asks the person comes first, then what is not sent, then what has arrived.
#[component]
fn Lists(kept: Kept) -> impl IntoView {
    let Kept { drafts, rows } = kept;
    if drafts.is_empty() && rows.is_empty() {
        return view! { <NothingYet /> }.into_any();
    }
    let (needs_you, rows): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| matches!(row.delivery, Delivery::NeedsYou(_)));
    let (to_send, arrived): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(Row::is_unfinished);
    view! {
        <div class="cols">
            <div class="stack">
                <RowList title=t(|w| w.outbox.needs_you) rows=needs_you />
                <DraftList drafts />
                <RowList title=t(|w| w.outbox.to_send) rows=to_send />
            </div>
            <div class="stack">
                <RowList title=t(|w| w.outbox.delivered) rows=arrived />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn RowList(#[prop(into)] title: Signal<String>, rows: Vec<Row>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().map(|row| view! { <OutboxRow row /> }).collect_view();
        view! {
            <Section title>
                <ul class="list flat">{rows}</ul>
            </Section>
        }
    })
}

#[component]
fn DraftList(drafts: Vec<(ReportId, String)>) -> impl IntoView {
    (!drafts.is_empty()).then(|| {
        let rows =
            drafts.into_iter().map(|(id, json)| view! { <DraftRow id json /> }).collect_view();
        view! {
            <Section title=t(|w| w.outbox.drafts)>
                <ul class="list flat">{rows}</ul>
            </Section>
        }
    })
}

/// So many wait, and the button that sends them now.
#[component]
fn SendStrip() -> impl IntoView {
    let outbox = Outbox::expect();
    let waiting = move || outbox.tally().get().to_send;
    let title = Signal::derive(move || (words().outbox.waiting)(waiting()));
    let send = move |_| outbox.send_now();
    view! {
        <Show when=move || { waiting() > 0 }>
            <Strip
                tone=StripTone::Wait
                icon="saved"
                title
                more=t(|w| w.outbox.waiting_more.to_owned())
            >
                <button type="button" class="btn plain sm" on:click=send>
                    {t(|w| w.outbox.send_now)}
                </button>
            </Strip>
        </Show>
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <Empty title=t(|w| w.outbox.empty) text=t(|w| w.outbox.empty_text)>
            <A href=paths::REPORT attr:class="btn lamp">
                {t(|w| w.outbox.empty_action)}
            </A>
        </Empty>
    }
}

/// The browser gives no storage: nothing here may say that anything is kept.
#[component]
fn NoStorage(error: StoreError) -> impl IntoView {
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
            title=t(|w| w.outbox.no_storage.to_owned())
            text=t(|w| w.outbox.no_storage_text.to_owned())
            code
        >
            <button type="button" class="btn full" on:click=reload>
                {t(|w| w.outbox.reload)}
            </button>
        </Failure>
    }
}
