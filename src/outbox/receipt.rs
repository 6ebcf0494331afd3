use leptos::prelude::*;
use model::{
    receipt::proof_address,
    spoken::{CaseNo, ReceiptSecret},
};
use outbox::{Row, row::KeptReceipt};

use super::{proof::case_address, when::when};
use crate::ui::{Icon, qr, words};

/// The receipt of a row that has one: the number of its case, what it proves, the proof as a code;
/// and apart from it, behind a tap that says what it opens, the key of the case. `waits`: a later
/// revision has none yet. `open` is whether that tap was made.
pub(super) fn receipt_view(row: &Row, waits: bool, open: RwSignal<bool>) -> AnyView {
    let Some((receipt, earlier)) = row.receipts.split_last() else { return ().into_any() };
    let waits = waits.then(|| (words().outbox.receipt_of_earlier)(row.key.rev));
    let origin = window().location().origin().unwrap_or_default();
    let key = row.case_no.zip(row.secret).map(|(no, secret)| key_of(&origin, no, secret, open));
    view! {
        {proof_of(&origin, receipt, row.case_no, waits)}
        {earlier_ones(&origin, earlier)}
        {key}
    }
    .into_any()
}

fn proof_of(
    origin: &str,
    receipt: &KeptReceipt,
    case_no: Option<CaseNo>,
    waits: Option<String>,
) -> AnyView {
    let w = words().outbox;
    let stored = (w.stored_at)(&when(receipt.at_ms));
    view! {
        <section class="sec card receipt" aria-labelledby="receipt">
            <h2 id="receipt">{w.receipt}</h2>
            {case_no.map(|no| code_words(&no.shown(), w.case_no_note))}
            {waits.map(|it| view! { <p class="q">{it}</p> })}
            <p class="q">{stored}</p>
            <p class="q">{w.receipt_proves}</p>
            {proof_code(origin, receipt)}
        </section>
    }
    .into_any()
}

/// Behind a tap, for another phone to check.
fn proof_code(origin: &str, receipt: &KeptReceipt) -> AnyView {
    let w = words().outbox;
    let address = proof_address(origin, &receipt.receipt, &receipt.signature);
    view! {
        <details class="kept">
            <summary>
                <Icon name="qr" />
                {w.proof_show}
            </summary>
            {qr(&address, w.proof_code)}
            <p class="src">{w.proof_note}</p>
        </details>
    }
    .into_any()
}

/// Receipts of earlier lives of the endpoint: what it has signed it has signed.
fn earlier_ones(origin: &str, earlier: &[KeptReceipt]) -> AnyView {
    if earlier.is_empty() {
        return ().into_any();
    }
    let w = words().outbox;
    let receipts = earlier.iter().rev().map(|receipt| {
        view! {
            <p class="q">{(w.stored_at)(&when(receipt.at_ms))}</p>
            {proof_code(origin, receipt)}
        }
    });
    view! {
        <section class="sec card receipt" aria-labelledby="earlier-receipts">
            <h2 id="earlier-receipts">{w.receipts_earlier}</h2>
            <p class="q">{w.receipts_earlier_text}</p>
            {receipts.collect_view()}
        </section>
    }
    .into_any()
}

fn key_of(origin: &str, case_no: CaseNo, secret: ReceiptSecret, open: RwSignal<bool>) -> AnyView {
    let w = words().outbox;
    let address = case_address(origin, case_no, secret);
    let inside = move || {
        open.get().then(|| {
            view! {
                {code_words(&secret.shown(), w.secret_note)}
                {qr(&address, w.secret_code)}
            }
        })
    };
    let lock = move || (!open.get()).then(|| view! { <Icon name="lock" /> });
    let word = move || if open.get() { w.secret_hide } else { w.secret_show };
    view! {
        <section class="sec card receipt" aria-labelledby="secret">
            <h2 id="secret">{w.secret}</h2>
            <p class="q">{w.secret_opens}</p>
            {inside}
            // One button that stays, and keeps the focus.
            <button
                type="button"
                class="btn plain full"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {lock}
                {word}
            </button>
        </section>
    }
    .into_any()
}

/// A number or secret in fours. A screen reader spells it, with a breath between the fours.
fn code_words(shown: &str, note: &'static str) -> AnyView {
    let spoken = shown.chars().map(|it| if it == '-' { ", ".into() } else { format!("{it} ") });
    view! {
        <p>
            <b class="n no" aria-hidden="true">
                {shown.to_owned()}
            </b>
            <span class="vh">{spoken.collect::<String>()}</span>
        </p>
        <p class="src">{note}</p>
    }
    .into_any()
}
