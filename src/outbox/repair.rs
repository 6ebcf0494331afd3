use leptos::prelude::*;
use outbox::canary::Repair;

use super::Outbox;
use crate::ui::{Strip, StripTone, t, words};

/// 修复: the storage had lost something, and this is what became of it. Stays until it is read.
#[component]
pub(super) fn RepairStrip() -> impl IntoView {
    let outbox = Outbox::expect();
    move || outbox.repair().get().map(|repair| told(outbox, repair))
}

fn told(outbox: Outbox, repair: Repair) -> AnyView {
    let title = t(|w| w.outbox.repair.to_owned());
    let more = Signal::derive(move || sentences(repair));
    view! {
        <div role="status">
            <Strip tone=StripTone::Needs icon="needs" title more>
                <button
                    type="button"
                    class="btn plain sm"
                    on:click=move |_| outbox.repair_is_read()
                >
                    {t(|w| w.outbox.repair_read)}
                </button>
            </Strip>
        </div>
    }
    .into_any()
}

fn sentences(repair: Repair) -> String {
    let w = words().outbox;
    let said = [
        (repair.texts > 0).then(|| (w.repair_texts)(repair.texts)),
        (repair.photos > 0).then(|| (w.repair_photos)(repair.photos)),
        repair.forgot.then(|| w.repair_forgot.to_owned()),
        (repair.unreadable > 0).then(|| (w.repair_unreadable)(repair.unreadable)),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
