use leptos::prelude::*;

use crate::{
    paths,
    ui::{TopBar, t},
};

/// 公园, the list.
#[component]
pub fn ParksPage() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.parks.tab) />
        </div>
    }
}

/// One park.
#[component]
pub fn ParkPage() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.parks.tab) back=paths::PARKS />
        </div>
    }
}
