use leptos::prelude::*;
use model::{receipt::Receipt, wire::Mode};
use outbox::Phone;

use super::{
    Outbox,
    page::no_storage,
    proof::{Verdict, judge, read_case},
    when::when,
};
use crate::{
    paths,
    ui::{Icon, TopBar, t, words},
};

/// A receipt that somebody shows, checked on this phone, with no network. One of three answers.
pub(super) fn proof(shown: String) -> AnyView {
    let outbox = Outbox::expect();
    let phone = LocalResource::new(move || {
        outbox.changed();
        outbox.remembered()
    });
    let answer = move || match phone.get() {
        None => ().into_any(),
        Some(Err(error)) => no_storage(error),
        Some(Ok(phone)) => verdict(judge(&shown, &phone.keys), &phone),
    };
    view! {
        <div class="page outbox">
            <TopBar title=t(|w| w.outbox.check) back=paths::OUTBOX />
            <div class="body">{answer}</div>
        </div>
    }
    .into_any()
}

fn verdict(verdict: Verdict, phone: &Phone) -> AnyView {
    let w = words().outbox;
    let (class, icon, title, text) = match &verdict {
        Verdict::Genuine(_) => ("card verdict ok", "shield", w.genuine, w.genuine_text),
        Verdict::NotGenuine => ("card verdict", "needs", w.not_genuine, w.not_genuine_text),
        Verdict::Unknown => ("card verdict", "needs", w.never_met, w.never_met_text),
    };
    let facts = match &verdict {
        Verdict::Genuine(receipt) => facts(receipt, phone),
        Verdict::NotGenuine => ().into_any(),
        Verdict::Unknown => meet(),
    };
    view! {
        <section class=class role="status">
            <h2>
                <Icon name=icon />
                {title}
            </h2>
            <p>{text}</p>
        </section>
        {facts}
    }
    .into_any()
}

/// What, when, by whom.
fn facts(receipt: &Receipt, phone: &Phone) -> AnyView {
    let w = words().outbox;
    let known = phone.met.as_ref().filter(|met| met.epoch == receipt.epoch);
    let who = match known {
        Some(met) if met.mode == Mode::Demo => w.who_demo.to_owned(),
        Some(met) => met.operator.as_ref().map_or(w.who_before.into(), |it| it.name.clone()),
        None => w.who_before.to_owned(),
    };
    let number = receipt.case_no.map_or(w.no_case.into(), |no| no.shown());
    let lines = [
        (w.what, number),
        (w.written_at, when(receipt.at.unix_ms)),
        (w.by_whom, who),
        (w.key_used, receipt.kid.to_string()),
        (w.revision, receipt.rev.to_string()),
    ];
    let lines = lines.into_iter().map(|(name, value)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd class="value">{value}</dd>
            </div>
        }
    });
    view! { <dl class="card facts">{lines.collect_view()}</dl> }.into_any()
}

/// A greeting brings the keys of the collecting point that this page came from.
fn meet() -> AnyView {
    let outbox = Outbox::expect();
    view! {
        <button type="button" class="btn plain full" on:click=move |_| outbox.send_now()>
            {words().outbox.meet}
        </button>
    }
    .into_any()
}

/// The key of a case. It leaves the address bar at once: what opens a case belongs into no history.
pub(super) fn case(shown: &str) -> AnyView {
    let read = read_case(shown);
    Effect::new(move |_| {
        if let Ok(history) = window().history() {
            // An address that cannot be changed stays; it never left this phone.
            drop(history.replace_state_with_url(
                &wasm_bindgen::JsValue::NULL,
                "",
                Some(paths::OUTBOX),
            ));
        }
    });
    let w = words().outbox;
    let inside = match read {
        Some((number, _)) => view! {
            <p>
                <b class="n no">{number.shown()}</b>
            </p>
            <p>{w.case_text}</p>
        }
        .into_any(),
        None => view! { <p>{w.case_broken}</p> }.into_any(),
    };
    view! {
        <div class="page outbox">
            <TopBar title=w.case.to_owned() back=paths::OUTBOX />
            <div class="body">
                <section class="card receipt">{inside}</section>
            </div>
        </div>
    }
    .into_any()
}
