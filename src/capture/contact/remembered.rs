use leptos::prelude::*;

use super::{number::Number, said::Said};
use crate::{
    outbox::{Beside, Outbox},
    ui::{Icon, IconBox, Section, Tone, t, words},
};

/// In local storage: the number that a person wanted to be remembered, as it is sealed.
const KEY: &str = "poshang.number";

/// The number that this phone was asked to remember.
pub(super) fn remembered() -> Option<String> {
    Beside::Browser.read(KEY)
}

/// Would this browser keep a number? One that gives no storage does not, nor does one whose reports are
/// on this page only: what is said there holds for all of it.
pub(super) fn can_be_remembered() -> bool {
    !Outbox::expect().is_on_this_page_only().get_untracked() && Beside::Browser.keeps()
}

/// After a sealing: the phone remembers the number, or forgets the one that it is not to remember any
/// more. A number that was not given says nothing about another one.
pub(in crate::capture) fn remember(said: Option<&Said>) {
    let Some(said) = said else { return };
    let number = Number::read(&said.phone).ok().map(|it| it.sealed());
    match number {
        Some(number) if said.remember => Beside::Browser.write(KEY, &number),
        Some(number) if remembered().as_ref() == Some(&number) => Beside::Browser.remove(KEY),
        _ => {}
    }
}

/// In 我的: the number that this phone remembers, and how it is forgotten. Nothing where there is
/// none.
#[component]
pub(crate) fn RememberedNumber() -> impl IntoView {
    let number = RwSignal::new(None);
    let is_gone = RwSignal::new(false);
    Effect::new(move |_| number.set(remembered().and_then(|it| Number::read(&it).ok())));
    let forget = move |_| {
        Beside::Browser.remove(KEY);
        number.set(None);
        is_gone.set(true);
    };
    let row = move || {
        number.get().map(|number| {
            let shown = number.masked();
            view! {
                <Section title=t(|w| w.contact.remembered)>
                    <div class="card number">
                        <IconBox icon="call" tone=Tone::Mute />
                        <span class="m">
                            <b class="n">{shown}</b>
                            <span class="qq">{t(|w| w.contact.remembered_more)}</span>
                        </span>
                        <button type="button" class="btn plain sm" on:click=forget>
                            {t(|w| w.contact.forget)}
                        </button>
                    </div>
                </Section>
            }
        })
    };
    view! {
        {row}
        <p role="status" class="forgot">
            {move || {
                is_gone
                    .get()
                    .then(|| view! { <Icon name="check" /> {words().contact.forgotten} }.into_any())
            }}
        </p>
    }
}
