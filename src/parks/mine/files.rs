use js_sys::Uint8Array;
use leptos::{html, prelude::*};
use model::mine::{FILE_BYTES, MEDIA, read_file};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::{
    outbox::{Outbox, StoreError},
    ui::{Icon, download, in_wechat, t, words},
};

/// Why a file was not taken in. Nothing of it is here then.
#[derive(Clone, Debug, PartialEq, Eq)]
enum NotTaken {
    TooLarge,
    /// It is a file of 上报箱.
    Reports,
    /// The browser gave no bytes, or they are no text.
    NoText,
    /// The field that is wrong, and how (in English, for whoever mends the file).
    Wrong(String, String),
    NotKept(StoreError),
}

/// Everything that is kept as a file, and back: for another phone, another browser, a bad day.
#[component]
pub(super) fn Files() -> impl IntoView {
    let outbox = Outbox::expect();
    let input = NodeRef::<html::Input>::new();
    let saving = Action::new_unsync(move |(): &()| async move {
        let (file, day) = outbox.mine_file().await.ok()?;
        download(file.as_bytes(), MEDIA, &format!("poshang-parks-{day}.json"))
    });
    let reading = Action::new_unsync(move |file: &Blob| {
        let fits = file.size() <= f64::from(FILE_BYTES);
        let bytes = fits.then(|| JsFuture::from(file.array_buffer()));
        let first = file.slice_with_i32_and_i32(0, 4).map(|it| JsFuture::from(it.array_buffer()));
        async move {
            // Those of 上报箱 are larger than any of these.
            if let Ok(first) = first
                && let Ok(first) = first.await
                && Uint8Array::new(&first).to_vec() == *b"PK\x03\x04"
            {
                return Err(NotTaken::Reports);
            }
            let bytes = bytes.ok_or(NotTaken::TooLarge)?.await.map_err(|_| NotTaken::NoText)?;
            let text = String::from_utf8(Uint8Array::new(&bytes).to_vec());
            let text = text.map_err(|_| NotTaken::NoText)?;
            let brought =
                read_file(&text).map_err(|fault| NotTaken::Wrong(fault.field, fault.detail))?;
            outbox.take_in(&brought).await.map_err(NotTaken::NotKept)
        }
    });
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            // What is said is of the last thing done.
            saving.clear();
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
    let said = move || {
        let w = words().mine;
        let read = reading.value().get().map(|read| match read {
            Ok(0) => w.file_nothing_new.to_owned(),
            Ok(new) => (w.file_read)(new),
            Err(NotTaken::TooLarge) => w.file_large.to_owned(),
            Err(NotTaken::Reports) => w.file_reports.to_owned(),
            Err(NotTaken::NoText) => w.file_no_text.to_owned(),
            Err(NotTaken::Wrong(field, detail)) => (w.file_wrong)(&field, &detail),
            Err(NotTaken::NotKept(_)) => w.not_kept.to_owned(),
        });
        let saved = saving.value().get().map(|saved| match saved {
            Some(()) if in_wechat() => w.file_wechat.to_owned(),
            Some(()) => w.file_saved.to_owned(),
            None => w.file_not_saved.to_owned(),
        });
        [read, saved].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    view! {
        <section class="sec files">
            <button
                type="button"
                class="btn plain full"
                on:click=move |_| {
                    reading.clear();
                    saving.dispatch(());
                }
            >
                <Icon name="storage" />
                {t(|w| w.mine.save_file)}
            </button>
            <button type="button" class="btn text full" on:click=choose>
                <Icon name="down" />
                {t(|w| w.mine.read_file)}
            </button>
            <input
                type="file"
                accept=".json,application/json"
                id="mine-file"
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
