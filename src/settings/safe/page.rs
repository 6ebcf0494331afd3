use leptos::{prelude::*, task::spawn_local};

use super::{
    look::look,
    verdict::{Findings, Verdict, verdict},
};
use crate::{
    outbox::{Outbox, RESERVE_BYTES},
    paths,
    ui::{
        Icon, IconSize, Row, Section, Tone, TopBar, t, words,
        words::{Safe, Words},
    },
};

/// 我的活儿安全吗: one sentence, and what it rests on.
#[component]
pub fn SafePage() -> impl IntoView {
    let outbox = Outbox::expect();
    let found = RwSignal::new(None::<Findings>);
    let look_again = move || {
        found.set(None);
        spawn_local(async move {
            let findings = look(outbox, move || found.is_disposed()).await;
            let _ = found.try_set(Some(findings));
        });
    };
    // The first look; none in a page that is built ahead.
    Effect::new(move |_| look_again());
    // It keeps its place, and with it the focus, while it does nothing.
    let pressed = move |_| {
        if found.get_untracked().is_some() {
            look_again();
        }
    };
    view! {
        <div class="page outbox">
            <TopBar title=t(|w| w.safe.title) back=paths::ME />
            <div class="body">
                <div role="status">{move || told(found.get())}</div>
                <button
                    type="button"
                    class="btn plain full"
                    aria-disabled=move || found.get().is_none().to_string()
                    on:click=pressed
                >
                    <Icon name="redo" />
                    {t(|w| w.safe.again)}
                </button>
                {move || found.get().map(findings)}
            </div>
        </div>
    }
    .into_any()
}

/// The sentence.
fn told(found: Option<Findings>) -> AnyView {
    let w = words().safe;
    let Some(found) = found else {
        return view! { <p class="card">{w.looking}</p> }.into_any();
    };
    let verdict = verdict(&found);
    let (class, icon) = match verdict {
        Verdict::Well { .. } => ("card verdict ok", "shield"),
        _ => ("card verdict", "needs"),
    };
    view! {
        <section class=class>
            <h2>
                <Icon name=icon />
                <span>{sentence(verdict, w)}</span>
            </h2>
        </section>
    }
    .into_any()
}

fn sentence(verdict: Verdict, w: &Safe) -> String {
    match verdict {
        Verdict::NotKept => w.not_kept.into(),
        Verdict::RoomLow => w.room_low.into(),
        Verdict::NotPromised => w.not_promised.into(),
        Verdict::NeedsNetwork => w.needs_network.into(),
        Verdict::Stranger { unsent } => (w.stranger)(unsent),
        Verdict::Away { unsent } => (w.away)(unsent),
        Verdict::Unsent { unsent } => (w.unsent)(unsent),
        Verdict::NeedsYou { count } => (w.needs_you)(count),
        Verdict::RoomUnknown => w.room_unknown.into(),
        Verdict::Well { demo: false } => w.well.into(),
        Verdict::Well { demo: true } => w.well_demo.into(),
    }
}

/// What was found, one by one.
fn findings(found: Findings) -> AnyView {
    let point = move |w: &Words| match (found.reached, found.demo) {
        _ if found.stranger => w.safe.point_stranger,
        (false, _) => w.safe.point_away,
        (true, false) => w.safe.point_reached,
        (true, true) => w.safe.point_demo,
    };
    let room = move |w: &Words| match found.room {
        Some(bytes) => (w.safe.room_mb)(megabytes(bytes)),
        None => w.safe.room_silent.into(),
    };
    let storage = move |w: &Words| {
        if found.kept { w.safe.storage_more.into() } else { w.safe.storage_bad.into() }
    };
    let offline = move |w: &Words| {
        if found.opens_offline { w.safe.offline_more.into() } else { w.safe.offline_bad.into() }
    };
    let enough = found.room.map(|left| left >= RESERVE_BYTES);
    let rows = [
        line("storage", |w| w.safe.storage, storage, Some(found.kept)),
        line("lock", |w| w.safe.promise, |w| w.safe.promise_more.into(), found.promised),
        line("photo", |w| w.safe.room, room, enough),
        line("offline", |w| w.safe.offline, offline, Some(found.opens_offline)),
        line(
            "sending",
            |w| w.safe.point,
            move |w| point(w).into(),
            Some(found.reached && !found.stranger),
        ),
        line(
            "waiting",
            |w| w.safe.waiting,
            move |w| (w.safe.waiting_count)(found.unsent),
            Some(found.unsent == 0),
        ),
    ];
    view! {
        <Section title=t(|w| w.safe.found)>
            <ul class="list flat">{rows.collect_view()}</ul>
        </Section>
    }
    .into_any()
}

/// One finding: what, and its state as a word beside a drawing. None: nobody says.
fn line(
    icon: &'static str,
    title: fn(&'static Words) -> &'static str,
    more: impl Fn(&'static Words) -> String + Send + Sync + 'static,
    good: Option<bool>,
) -> AnyView {
    let (class, drawing) = match good {
        Some(true) => ("state done", "check"),
        Some(false) => ("state needs", "needs"),
        None => ("state quiet", "info"),
    };
    let word = t(|w| match good {
        Some(true) => w.safe.good,
        Some(false) => w.safe.bad,
        None => w.safe.unknown,
    });
    view! {
        <Row icon tone=Tone::Mute title=t(title) more=t(more)>
            <span class=class>
                <Icon name=drawing size=IconSize::Small />
                {word}
            </span>
        </Row>
    }
    .into_any()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never below zero")]
fn megabytes(bytes: f64) -> u64 {
    (bytes.max(0.0) / 1e6) as u64
}
