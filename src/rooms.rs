//! Rooms whose code the first screen does not need. It is loaded when somebody goes there, else once
//! the first screen has stood for a moment: whoever loses the network after that has all of them.
//!
//! The build cuts the wasm at the functions below (`crates/xtask/src/wasm.rs`): what only such a room
//! uses lies in a piece of its own, what several use in pieces that they share.

use leptos::{either::Either, prelude::*};

use crate::{
    capture::ReportPage,
    outbox::OutboxPage,
    parks::{MinePage, ParkMap, ParkPage},
    paths,
    settings::{AboutDataPage, HelpPage, MePage, PrivacyPage, SafePage},
    ui::{Failure, Icon, t},
};

/// The room of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A report is written.
    Report,
    /// The map of the parks, a part of their page.
    Map,
    /// One park.
    Park,
    /// Favourites, stamps and notes.
    MyParks,
    /// 上报箱.
    Outbox,
    /// 我的.
    Me,
    /// Help and the official channels.
    Help,
    /// What happens with the data.
    Privacy,
    /// Is my work safe?
    Safe,
    /// Sources and licences.
    AboutData,
}

/// The code of a room did not come: there is no network, or the endpoint has another build by now.
#[derive(Clone, Copy, Debug)]
struct NotBrought;

#[cfg(feature = "cut")]
impl From<leptos::wasm_split::SplitLoaderError> for NotBrought {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// One page of a piece. Pages of one piece come together; `bring` loads it and opens nothing.
#[cfg(feature = "cut")]
macro_rules! page {
    ($open:ident, $piece:ident, $page:ident $(, $bring:ident)?) => {
        #[leptos::wasm_split::wasm_split(
            $piece, wasm_split_path = ::leptos::wasm_split, fallible $(, preload($bring))?
        )]
        fn $open() -> Result<AnyView, NotBrought> {
            Ok(view! { <$page /> }.into_any())
        }
    };
}

/// Where nothing is cut every page is here.
#[cfg(not(feature = "cut"))]
macro_rules! page {
    ($open:ident, $piece:ident, $page:ident $(, $bring:ident)?) => {
        async fn $open() -> Result<AnyView, NotBrought> {
            Ok(view! { <$page /> }.into_any())
        }
        $(async fn $bring() -> Result<(), NotBrought> {
            Ok(())
        })?
    };
}

page!(report, report, ReportPage, bring_report);
page!(park, park, ParkPage, bring_parks);
page!(map, park, ParkMap);
page!(my_parks, park, MinePage);
page!(outbox, desk, OutboxPage, bring_desk);
page!(me, desk, MePage);
page!(help, desk, HelpPage);
page!(privacy, desk, PrivacyPage);
page!(safe, desk, SafePage);
page!(about_data, desk, AboutDataPage);

impl Room {
    async fn open(self) -> Result<AnyView, NotBrought> {
        match self {
            Self::Report => report().await,
            Self::Map => map().await,
            Self::Park => park().await,
            Self::MyParks => my_parks().await,
            Self::Outbox => outbox().await,
            Self::Me => me().await,
            Self::Help => help().await,
            Self::Privacy => privacy().await,
            Self::Safe => safe().await,
            Self::AboutData => about_data().await,
        }
    }
}

/// Brings the code of the room that an address leads to, while the pack is still read: whoever follows
/// a link waits for both at once.
pub async fn bring_for(path: &str, query: &str) {
    let _ = match path {
        paths::REPORT => bring_report().await,
        paths::PARKS if query.contains("view=map") => bring_parks().await,
        _ if path.starts_with("/parks/") => bring_parks().await,
        _ if path == paths::OUTBOX || path.starts_with(paths::ME) => bring_desk().await,
        _ => Ok(()),
    };
}

/// Brings the code of every room, the one of reporting first. What does not come now is asked for
/// again when somebody goes there.
pub async fn bring_all() {
    let _ = bring_report().await;
    let _ = bring_parks().await;
    let _ = bring_desk().await;
}

/// A room, as soon as its code is here.
#[component]
pub fn Later(
    /// Which one.
    room: Room,
) -> impl IntoView {
    let (tried, waits) = (RwSignal::new(0_u32), RwSignal::new(true));
    let again = move || {
        waits.set(true);
        tried.update(|tried| *tried += 1);
    };
    let page = move || {
        tried.track();
        Suspend::new(async move {
            let page = room.open().await;
            waits.set(false);
            page.unwrap_or_else(|NotBrought| view! { <NotHere room again /> }.into_any())
        })
    };
    // Below the page: for a room whose code is here nothing waits any more when this is made.
    view! {
        {page}
        <Show when=move || waits.get()>
            <p class="bringing" role="status">
                {t(|w| w.failure.bringing_room)}
            </p>
        </Show>
    }
}

#[component]
fn NotHere(
    /// Which one.
    room: Room,
    /// Asks for it once more.
    again: impl Fn() + Send + 'static,
) -> impl IntoView {
    // Refused only for a document that is no longer shown.
    let reload = move |_| drop(window().location().reload());
    let is_part = room == Room::Map;
    let failure = view! {
        <Failure
            title=t(|w| if is_part { w.failure.no_map } else { w.failure.no_room })
            text=t(|w| w.failure.no_room_text)
            safe=(t(|w| w.failure.all_safe), t(|w| w.failure.all_safe_more))
            whole_screen=!is_part
        >
            <button type="button" class="btn full" on:click=move |_| again()>
                <Icon name="redo" />
                {t(|w| w.failure.bring_again)}
            </button>
            <button type="button" class="btn plain full" on:click=reload>
                {t(|w| w.failure.open_anew)}
            </button>
            {(!is_part)
                .then(|| {
                    view! {
                        <a href=paths::HOME class="btn text full">
                            {t(|w| w.failure.go_home)}
                        </a>
                    }
                })}
        </Failure>
    };
    if is_part {
        return Either::Left(failure);
    }
    Either::Right(view! {
        <div class="page">
            <div class="body">{failure}</div>
        </div>
    })
}
