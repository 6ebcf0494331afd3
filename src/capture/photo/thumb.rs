use gloo::file::ObjectUrl;
use leptos::prelude::*;
use model::hex::Digest;

use super::shrink::as_blob;
use crate::outbox::Outbox;

/// A kept photo. Its address lives as long as the picture is on the screen.
#[component]
pub fn Thumb(
    /// Which photo.
    sha256: Digest,
    /// What a screen reader says of it.
    #[prop(into)]
    alt: Signal<String>,
) -> impl IntoView {
    let outbox = Outbox::expect();
    let address = StoredValue::new_local(None::<ObjectUrl>);
    let bytes = LocalResource::new(move || outbox.blob(sha256));
    let src = move || {
        let blob = as_blob(&bytes.get()?.ok()??)?;
        let url = ObjectUrl::from(blob);
        let text = url.to_string();
        address.set_value(Some(url));
        Some(text)
    };
    view! { <img class="pic" src=src alt=alt /> }
}
