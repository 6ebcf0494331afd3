use gloo::{file::ObjectUrl, timers::callback::Timeout};
use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement};

/// How long the browser has to read what it was handed, milliseconds.
const READ_MS: u32 = 60_000;

/// Hands bytes to the browser, which puts them among the downloads. None where it takes no file.
pub fn download(bytes: &[u8], media: &str, name: &str) -> Option<()> {
    let about = BlobPropertyBag::new();
    about.set_type(media);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &about).ok()?;
    let url = ObjectUrl::from(blob);
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Timeout::new(READ_MS, move || drop(url)).forget();
    Some(())
}
