use leptos::prelude::*;

use crate::ui::{TopBar, t};

/// 上报箱.
#[component]
pub fn OutboxPage() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.outbox.tab) />
        </div>
    }
}
