use leptos::prelude::*;
use model::{receipt::SignedKey, wire::Mode};
use outbox::phone::Stranger;

use super::Outbox;
use crate::ui::{Icon, IconSize, t, words};

/// Another endpoint answers than last time. A person reads who it says it is, and decides.
#[component]
pub(super) fn StrangerQuestion() -> impl IntoView {
    let outbox = Outbox::expect();
    let stranger = move || outbox.phone().get().stranger;
    view! { <Show when=move || stranger().is_some()>{move || stranger().map(question)}</Show> }
}

fn question(stranger: Stranger) -> impl IntoView {
    let outbox = Outbox::expect();
    let accept = Action::new_unsync(move |(): &()| outbox.accept_stranger());
    let keys = stranger.keys.iter().filter_map(SignedKey::read).map(|key| key.kid.to_string());
    let keys = keys.collect::<Vec<_>>().join(", ");
    view! {
        <section class="sec card stranger" aria-labelledby="stranger">
            <h2 id="stranger">
                <Icon name="needs" size=IconSize::Small />
                {t(|w| w.outbox.stranger_title)}
            </h2>
            <p>{t(|w| w.outbox.stranger_text)}</p>
            <p>
                <b>{who(&stranger)}</b>
            </p>
            <p class="src n">{(words().outbox.stranger_keys)(&keys)}</p>
            <button
                type="button"
                class="btn plain full"
                disabled=move || accept.pending().get()
                on:click=move |_| {
                    accept.dispatch(());
                }
            >
                {t(|w| w.outbox.stranger_accept)}
            </button>
            <p class="src">{t(|w| w.outbox.stranger_note)}</p>
        </section>
    }
}

fn who(stranger: &Stranger) -> String {
    let w = words().outbox;
    match &stranger.met.operator {
        Some(operator) if stranger.met.mode != Mode::Demo => {
            (w.stranger_who)(&operator.name, &operator.contact)
        }
        _ => w.stranger_demo.into(),
    }
}
