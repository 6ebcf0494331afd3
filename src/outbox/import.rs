use js_sys::Uint8Array;
use leptos::{html, prelude::*};
use model::rescue::IMPORT_BYTES;
use outbox::import::Imported;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::{Outbox, SaveFile, StoreError};
use crate::{
    paths,
    ui::{Icon, t, words},
};

/// Why a file was not read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotImported {
    /// It is no rescue file, or a damaged one.
    NotARescueFile,
    /// Somebody has packed it anew.
    Packed,
    /// The phone did not keep it; none of it is here.
    NotKept(StoreError),
}

/// All that is kept as a file, and back: for another browser, another phone, a bad day.
#[component]
pub(super) fn Files() -> impl IntoView {
    let outbox = Outbox::expect();
    let page_only = outbox.is_on_this_page_only();
    let input = NodeRef::<html::Input>::new();
    #[expect(clippy::cast_precision_loss, reason = "64 MiB are exact")]
    let reading = Action::new_unsync(move |file: &Blob| {
        let fits = file.size() <= IMPORT_BYTES as f64;
        let bytes = fits.then(|| JsFuture::from(file.array_buffer()));
        async move {
            let bytes = bytes.ok_or(NotImported::NotARescueFile)?;
            let bytes = bytes.await.map_err(|_| NotImported::NotARescueFile)?;
            outbox.import(&Uint8Array::new(&bytes).to_vec()).await
        }
    });
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            reading.dispatch(file.into());
        }
        // The same file may be chosen again.
        input.set_value("");
    };
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let said = move || reading.value().get().map(said);
    view! {
        <section class="sec files">
            <Show when=move || page_only.get() fallback=rescue_link>
                <SaveFile />
            </Show>
            <button
                type="button"
                class="btn text full"
                aria-busy=move || reading.pending().get().to_string()
                on:click=choose
            >
                <Icon name="down" />
                {t(|w| w.outbox.read_file)}
            </button>
            <input
                type="file"
                accept=".zip,application/zip"
                id="rescue-file"
                hidden
                node_ref=input
                on:change=chosen
            />
            <p class="q" role="status">
                {said}
            </p>
        </section>
    }
}

/// The page that reads the storage when this one cannot, and writes files of it.
fn rescue_link() -> AnyView {
    view! {
        <a class="btn text full" href=paths::RESCUE rel="external">
            <Icon name="storage" />
            {t(|w| w.outbox.save_file)}
        </a>
    }
    .into_any()
}

fn said(read: Result<Imported, NotImported>) -> String {
    let w = words().outbox;
    match read {
        Ok(read) => {
            let said = [
                Some((w.file_read)(read.new, read.known)),
                (read.photos_filled > 0).then(|| (w.file_filled)(read.photos_filled)),
                (read.photos_missing > 0).then(|| (w.file_photos)(read.photos_missing)),
                (read.damaged > 0).then(|| (w.file_damaged)(read.damaged)),
            ];
            said.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Err(NotImported::NotARescueFile) => w.file_wrong.to_owned(),
        Err(NotImported::Packed) => w.file_packed.to_owned(),
        Err(NotImported::NotKept(StoreError::Full)) => w.file_full.to_owned(),
        Err(NotImported::NotKept(_)) => w.not_done.to_owned(),
    }
}
