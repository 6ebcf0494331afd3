//! The shell: shared handles, routes, the tab bar.

use leptos::prelude::*;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};

use crate::{
    capture::ReportPage,
    home::HomePage,
    outbox::OutboxPage,
    parks::{ParkPage, Parks, ParksPage},
    paths,
    settings::{MePage, Settings},
    ui::{Arrival, TabBar, TopBar, t},
};

/// The whole page.
#[component]
pub fn App(
    /// The district pack, or why there is none.
    parks: Parks,
) -> impl IntoView {
    parks.provide();
    Settings::provide();
    Arrival::provide();
    view! {
        <Router>
            <Shell />
        </Router>
    }
}

/// What stands on every screen, and the screen of the address in between.
#[component]
fn Shell() -> impl IntoView {
    let unsent = Signal::stored(0);
    let writing = {
        let path = use_location().pathname;
        move || path.get() == paths::REPORT
    };
    view! {
        <a class="skip" href="#main">
            {t(|w| w.common.skip)}
        </a>
        <main id="main" tabindex="-1">
            <FlatRoutes fallback=NotFound>
                <Route path=path!("/") view=HomePage />
                <Route path=path!("/parks") view=ParksPage />
                <Route path=path!("/parks/:id") view=ParkPage />
                <Route path=path!("/report") view=ReportPage />
                <Route path=path!("/outbox") view=OutboxPage />
                <Route path=path!("/me") view=MePage />
            </FlatRoutes>
        </main>
        <Show when=move || !writing()>
            <TabBar unsent />
        </Show>
    }
}

/// An address that nothing stands at.
#[component]
fn NotFound() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.failure.tab) />
        </div>
    }
}
