use leptos::prelude::*;

use crate::ui::{TopBar, t};

/// 首页.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.home.tab) />
        </div>
    }
}
