use leptos::prelude::*;

use crate::ui::{TopBar, t};

/// 我的.
#[component]
pub fn MePage() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.settings.tab) />
        </div>
    }
}
