//! The shell: shared handles, routes, the tab bar.

use leptos::{either::Either, prelude::*};
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};

use crate::{
    home::{HomePage, Waiting},
    outbox::{NotKeptBar, Outbox},
    parks::{Parks, ParksPage, Stars},
    paths,
    pwa::{Install, NewBuild, NewBuildQuestion, show_badge},
    rooms::{Later, Room},
    settings::Settings,
    ui::{Arrival, Failure, TabBar, keep_the_place, let_no_second_tap_through, t, words::Lang},
};

/// The whole page.
#[component]
pub fn App(
    /// The district pack, or why there is none.
    parks: Parks,
) -> impl IntoView {
    parks.provide();
    let settings = Settings::provide();
    // Before the first screen is made. Natively there is no browser that remembers.
    if cfg!(target_arch = "wasm32") {
        settings.restore();
    }
    let lang = Memo::new(move |_| settings.chosen_lang().get());
    let new_build = NewBuild::provide();
    let install = Install::provide();
    let outbox = Outbox::provide();
    Stars::provide(outbox);
    Effect::new(move |_| {
        outbox.start();
        outbox.ask_before_closing();
        install.watch();
        new_build.watch();
        let_no_second_tap_through();
    });
    Effect::new(move |_| show_badge(outbox.tally().get().to_send));
    view! {
        <Router>
            // Another language: every screen is made anew, over the same handles.
            {move || match lang.get() {
                Lang::Zh => Either::Left(view! { <Shell /> }),
                Lang::En => Either::Right(view! { <Shell /> }),
            }}
        </Router>
    }
    .into_any()
}

/// What stands on every screen, and the screen of the address in between.
#[component]
fn Shell() -> impl IntoView {
    let tally = Outbox::expect().tally();
    let waiting = Signal::derive(move || Waiting::from(tally.get()));
    let unsent = Signal::derive(move || waiting.get().unsent);
    let location = use_location();
    let path = location.pathname;
    let main = NodeRef::<leptos::html::Main>::new();
    follow_arrivals(path);
    Effect::new(move |_| keep_the_place(&location));
    // The router takes the click for a way to another screen, and the focus would stay.
    let to_main = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        main.get_untracked().inspect(|main| drop(main.focus()));
    };
    view! {
        <a class="skip" href="#main" on:click=to_main>
            {t(|w| w.common.skip)}
        </a>
        <NotKeptBar />
        <main id="main" tabindex="-1" node_ref=main>
            <FlatRoutes fallback=NotFound>
                <Route path=path!("/") view=move || view! { <HomePage waiting /> } />
                <Route path=path!("/parks") view=ParksPage />
                <Route path=path!("/parks/mine") view=|| view! { <Later room=Room::MyParks /> } />
                <Route path=path!("/parks/:id") view=|| view! { <Later room=Room::Park /> } />
                <Route path=path!("/report") view=|| view! { <Later room=Room::Report /> } />
                <Route path=path!("/outbox") view=|| view! { <Later room=Room::Outbox /> } />
                <Route path=path!("/me") view=|| view! { <Later room=Room::Me /> } />
                <Route path=path!("/me/help") view=|| view! { <Later room=Room::Help /> } />
                <Route path=path!("/me/privacy") view=|| view! { <Later room=Room::Privacy /> } />
                <Route path=path!("/me/safe") view=|| view! { <Later room=Room::Safe /> } />
                <Route path=path!("/me/data") view=|| view! { <Later room=Room::AboutData /> } />
            </FlatRoutes>
        </main>
        <NewBuildQuestion />
        // A person who writes a report has one question before them, and nothing beside it.
        <Show when=move || path.get() != paths::REPORT>
            <TabBar unsent />
        </Show>
    }
}

/// Tells the headings when the person moves from the first screen to another.
fn follow_arrivals(path: Memo<String>) {
    let arrival = Arrival::provide();
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            arrival.moved_on();
        }
        now
    });
}

/// An address that nothing stands at.
#[component]
fn NotFound() -> impl IntoView {
    view! {
        <div class="page">
            <div class="body">
                <Failure
                    title=t(|w| w.failure.no_page)
                    text=t(|w| w.failure.no_page_text)
                    safe=(t(|w| w.failure.all_safe), t(|w| w.failure.all_safe_more))
                    code="404"
                    whole_screen=true
                >
                    <a href=paths::HOME class="btn full">
                        {t(|w| w.failure.go_home)}
                    </a>
                </Failure>
            </div>
        </div>
    }
}
