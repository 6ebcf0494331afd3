use leptos::prelude::*;

use crate::ui::{TopBar, t};

/// 上报.
#[component]
pub fn ReportPage() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.capture.tab) />
        </div>
    }
}
