//! What is said where the browser keeps nothing, or may not; and a file instead.

use gloo::events::EventListener;
use leptos::prelude::*;
use model::rescue::MEDIA;
use outbox::export;
use wasm_bindgen::JsValue;

use super::{Holding, Outbox, StoreError};
use crate::{
    paths,
    ui::{Icon, Strip, StripTone, download, live, t, words},
};

/// The bar that never leaves while the browser keeps nothing: what is so, and what can be done.
#[component]
pub fn NotKeptBar() -> impl IntoView {
    let outbox = Outbox::expect();
    let page_only = outbox.is_on_this_page_only();
    let waiting = move || outbox.tally().get().to_send;
    view! {
        <Show when=move || page_only.get()>
            <aside class="unkept" aria-label=t(|w| w.holding.bar)>
                <details>
                    <summary>
                        <Icon name="needs" />
                        <b>{t(|w| w.holding.bar)}</b>
                        <span>{t(|w| w.holding.bar_more)}</span>
                    </summary>
                    <p>{t(|w| w.holding.bar_text)}</p>
                    <Show
                        when=move || { waiting() > 0 }
                        fallback=|| view! { <p>{t(|w| w.holding.bar_nothing)}</p> }
                    >
                        <p>{live(move |w| (w.holding.waiting)(waiting()))}</p>
                        <button
                            type="button"
                            class="btn full"
                            on:click=move |_| outbox.send_now()
                        >
                            {t(|w| w.outbox.send_now)}
                        </button>
                        <SaveFile />
                    </Show>
                    <p>{t(|w| w.holding.bar_elsewhere)}</p>
                    // What was kept before may still be there, for a page that only reads.
                    <a class="btn text full" href=paths::RESCUE rel="external">
                        {t(|w| w.outbox.rescue)}
                    </a>
                </details>
            </aside>
        </Show>
    }
}

/// Said before the first report in a window whose storage may go with it.
#[component]
pub fn DoubtfulStrip() -> impl IntoView {
    let holding = Outbox::expect().holding();
    view! {
        <Show when=move || holding.get() == Holding::Doubtful>
            <Strip
                tone=StripTone::Needs
                icon="needs"
                title=t(|w| w.holding.doubtful)
                more=t(|w| w.holding.doubtful_text)
            />
        </Show>
    }
}

/// All that is sealed on this page, as a rescue file: no other page can read it out of here.
#[component]
pub fn SaveFile() -> impl IntoView {
    let outbox = Outbox::expect();
    let saving = Action::new_unsync(move |(): &()| async move {
        let files = outbox.rescue_files().await.ok()?;
        let day: String =
            String::from(js_sys::Date::new_0().to_iso_string()).chars().take(10).collect();
        hand_over(&files, &day)?;
        Some(files.len())
    });
    let said = move || {
        let w = words().holding;
        saving.value().get().map(|saved| match saved {
            Some(files) if files > 0 => (w.file_saved)(files),
            Some(_) => w.bar_nothing.to_owned(),
            None => w.file_failed.to_owned(),
        })
    };
    view! {
        <button
            type="button"
            class="btn plain full"
            on:click=move |_| {
                saving.dispatch(());
            }
        >
            <Icon name="storage" />
            {t(|w| w.holding.save_file)}
        </button>
        <p class="q" role="status">
            {said}
        </p>
    }
}

/// Hands the files to the browser, which puts them among the downloads.
fn hand_over(files: &[Vec<u8>], day: &str) -> Option<()> {
    files.iter().enumerate().try_for_each(|(nth, file)| {
        let part = if nth == 0 { String::new() } else { format!("-{}", nth + 1) };
        download(file, MEDIA, &format!("poshang-{day}{part}.zip"))
    })
}

impl Outbox {
    /// All that is sealed here and whose words are here, as files that another browser, or an
    /// endpoint, reads in.
    pub async fn rescue_files(self) -> Result<Vec<Vec<u8>>, StoreError> {
        let rows = self.rows().await?;
        self.inside().db.note_leaving(&rows).await?;
        let mut files = Vec::new();
        for (rows, named) in export::files(&rows) {
            let mut blobs = Vec::new();
            for sha256 in named {
                blobs.extend(self.blob(sha256).await?.map(|bytes| (sha256, bytes)));
            }
            files.push(export::file(&rows, &blobs).map_err(|_| StoreError::Failed)?);
        }
        Ok(files)
    }

    /// From now on the browser asks before it closes a page that has something nowhere else.
    pub fn ask_before_closing(self) {
        let options = gloo::events::EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window(), "beforeunload", options, move |event| {
            if self.would_be_missed() {
                event.prevent_default();
                // What older browsers look at.
                let _ = js_sys::Reflect::set(event, &"returnValue".into(), &JsValue::TRUE);
            }
        })
        .forget();
    }
}
