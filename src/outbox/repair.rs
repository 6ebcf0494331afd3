use leptos::prelude::*;
use outbox::canary::Repair;

use super::Outbox;
use crate::ui::{Icon, t, words};

/// 修复: the storage had lost something, and this is what became of it. Stays until it is read.
#[component]
pub(super) fn RepairStrip() -> impl IntoView {
    let outbox = Outbox::expect();
    move || outbox.repair().get().map(|repair| told(outbox, repair))
}

fn told(outbox: Outbox, repair: Repair) -> AnyView {
    let lines = move || {
        let lines = sentences(repair).into_iter();
        lines.map(|it| view! { <span class="q">{it}</span> }).collect_view()
    };
    view! {
        <div role="status">
            <div class="strip needs long">
                <Icon name="needs" />
                <span>
                    <b>{t(|w| w.outbox.repair)}</b>
                    {lines}
                </span>
                <button
                    type="button"
                    class="btn plain sm"
                    on:click=move |_| outbox.repair_is_read()
                >
                    {t(|w| w.outbox.repair_read)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn sentences(repair: Repair) -> Vec<String> {
    let w = words().outbox;
    let said = [
        (repair.texts > 0).then(|| (w.repair_texts)(repair.texts)),
        (repair.photos > 0).then(|| (w.repair_photos)(repair.photos)),
        repair.forgot.then(|| w.repair_forgot.to_owned()),
        (repair.unreadable > 0).then(|| (w.repair_unreadable)(repair.unreadable)),
    ];
    said.into_iter().flatten().collect()
}
