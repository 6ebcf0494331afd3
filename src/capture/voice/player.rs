use gloo::file::ObjectUrl;
use leptos::{html, prelude::*};
use model::{hex::Digest, sealed::BlobType};

use crate::{
    capture::photo::as_media,
    outbox::Outbox,
    ui::{Icon, t, words},
};

/// A kept voice note: one button to hear it, and how long it is. Its address lives as long as it is
/// on the screen.
#[component]
pub fn VoicePlayer(
    /// Which.
    sha256: Digest,
    /// In what form.
    media: BlobType,
    /// How long, whole seconds.
    seconds: u32,
) -> impl IntoView {
    let outbox = Outbox::expect();
    let address = StoredValue::new_local(None::<ObjectUrl>);
    let bytes = LocalResource::new(move || outbox.blob(sha256));
    let src = move || {
        let url = ObjectUrl::from(as_media(&bytes.get()?.ok()??, media)?);
        let text = url.to_string();
        address.set_value(Some(url));
        Some(text)
    };
    let node = NodeRef::<html::Audio>::new();
    let (playing, failed) = (RwSignal::new(false), RwSignal::new(false));
    let press = move |_| {
        let Some(audio) = node.get_untracked() else { return };
        if playing.get_untracked() {
            // Never fails: it only stops.
            drop(audio.pause());
        } else {
            audio.set_current_time(0.0);
            // What comes of it is told by the events.
            drop(audio.play());
        }
    };
    let word = move || if playing.get() { words().voice.stop } else { words().voice.hear };
    view! {
        <div class="voice">
            <button type="button" class="btn plain" on:click=press>
                <Icon name="speak" />
                {word}
            </button>
            <span class="n">{t(|w| (w.voice.length)(seconds))}</span>
            <audio
                node_ref=node
                preload="auto"
                src=src
                on:play=move |_| playing.set(true)
                on:pause=move |_| playing.set(false)
                on:ended=move |_| playing.set(false)
                on:error=move |_| failed.set(true)
            ></audio>
            <span class="qq" role="status">
                <Show when=move || failed.get()>{t(|w| w.voice.cannot_play)}</Show>
            </span>
        </div>
    }
}
