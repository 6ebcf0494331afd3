use leptos::{either::Either, prelude::*};
use model::pack::Notice;

use crate::{
    parks::{CountSentence, PackFailure, Parks},
    paths,
    ui::{TopBar, t, words},
};

/// Whose each layer of the pack is, and its licence.
#[component]
pub fn AboutDataPage() -> impl IntoView {
    let parks = Parks::expect();
    let inside = match parks.pack() {
        Ok(pack) => Either::Left(view! {
            <p>{t(|w| w.settings.data_text)}</p>
            <CountSentence />
            <ul class="list flat">
                {pack.notices.iter().cloned().map(|notice| view! { <Layer notice /> }).collect_view()}
            </ul>
        }),
        Err(error) => Either::Right(view! { <PackFailure error=error.clone() /> }),
    };
    view! {
        <div class="page">
            <TopBar title=t(|w| w.settings.data) back=paths::ME />
            <div class="body">{inside}</div>
        </div>
    }
}

/// One line of the notice.
#[component]
fn Layer(notice: Notice) -> impl IntoView {
    let Notice { layer, source, licence } = notice;
    view! {
        <li class="notice">
            <b>{(words().parks.layer)(layer)}</b>
            <p class="q">{source}</p>
            <p class="src">{(words().settings.licence)(&licence)}</p>
        </li>
    }
}
