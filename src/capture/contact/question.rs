use leptos::{html, prelude::*};
use model::wire::Mode;
use wasm_bindgen::JsCast;

use super::{
    number::Number,
    remembered::{can_be_remembered, remembered},
    said::{Lacks, Said},
};
use crate::{
    capture::{
        consent::{ConsentBox, NUMBER_VERSION},
        writing::Writing,
    },
    outbox::Outbox,
    ui::{Icon, IconSize, Segment, Switch, t, words},
};

const FIELD: &str = "phone";
const CONSENT: &str = "phone-consent";

/// Nothing, or a telephone number with a consent of its own. Nothing is chosen beforehand but
/// "nothing".
#[component]
pub(in crate::capture) fn NumberQuestion() -> impl IntoView {
    let writing = Writing::expect();
    let gives = Memo::new(move |_| writing.draft().read().contact.is_some());
    // What was typed before somebody changed their mind, and changes it again.
    let before = StoredValue::new(None::<Said>);
    let choose = move |give: bool| {
        if give == gives.get_untracked() {
            return;
        }
        writing.chose(|draft| match draft.contact.take() {
            Some(said) => before.set_value(Some(said)),
            None => draft.contact = Some(before.get_value().unwrap_or_else(blank)),
        });
    };
    let answers = vec![(false, t(|w| w.contact.none)), (true, t(|w| w.contact.give))];
    view! {
        <section class="card leave">
            <Segment
                legend=t(|w| w.contact.ask)
                name="contact"
                options=answers
                value=gives
                on_pick=choose
            />
            <Show when=move || gives.get()>
                <Given />
            </Show>
        </section>
    }
}

/// A number that this phone remembers is filled in; nobody has agreed to anything by that.
fn blank() -> Said {
    let number = remembered().and_then(|it| Number::read(&it).ok());
    let remember = number.is_some();
    Said { phone: number.map(|it| it.shown()).unwrap_or_default(), agreed: None, remember }
}

#[component]
fn Given() -> impl IntoView {
    let (writing, phone) = (Writing::expect(), Outbox::expect().phone());
    let said = Memo::new(move |_| writing.draft().read().contact.clone().unwrap_or_default());
    let change = move |change: fn(&mut Said, bool), on: bool| {
        writing.chose(|draft| {
            if let Some(said) = &mut draft.contact {
                change(said, on);
            }
        });
    };
    let agreed = Signal::derive(move || said.read().agreed.is_some());
    // What a browser would not keep is not offered.
    let keeps = can_be_remembered();
    let agree = move |agreed| {
        writing.chose(|draft| {
            if let Some(said) = &mut draft.contact {
                said.agreed = agreed;
            }
        });
    };
    view! {
        <p class="qq">{t(|w| w.contact.purpose)}</p>
        <Show when=move || phone.read().mode() == Mode::Demo>
            <p class="qq">{t(|w| w.contact.nobody_calls)}</p>
        </Show>
        <NumberField said />
        <ConsentBox
            id=CONSENT
            version=NUMBER_VERSION
            text=t(|w| w.contact.consent)
            more=t(|w| w.contact.consent_more)
            agreed
            on_change=agree
        />
        {keeps
            .then(|| {
                view! {
                    <Switch
                        label=t(|w| w.contact.remember)
                        hint=t(|w| w.contact.remember_more)
                        on=Signal::derive(move || said.read().remember)
                        on_toggle=move |on| change(|said, on| said.remember = on, on)
                    />
                }
            })}
    }
}

/// The field. What is wrong with a number is said when a person has left it, not while they type;
/// and whatever they typed stays.
#[component]
fn NumberField(said: Memo<Said>) -> impl IntoView {
    let writing = Writing::expect();
    let node = NodeRef::<html::Input>::new();
    let first = said.with_untracked(|said| said.phone.clone());
    let left = RwSignal::new(true);
    let typed = move |text: String| {
        left.set(false);
        writing.typed(|draft| {
            if let Some(said) = &mut draft.contact {
                said.phone = text;
            }
        });
    };
    let wrong = Memo::new(move |_| match said.read().lacks() {
        Some(Lacks::Form(why)) if left.get() => Some(Lacks::Form(why)),
        _ => None,
    });
    let read = Memo::new(move |_| Number::read(&said.read().phone).ok().map(|it| it.shown()));
    let more = move || match wrong.get() {
        Some(wrong) => view! {
            <span class="err">
                <Icon name="needs" size=IconSize::Small />
                {(words().contact.lacks)(wrong)}
            </span>
        }
        .into_any(),
        None => read
            .get()
            .map(|number| view! { <span class="hint n">{(words().contact.read)(&number)}</span> })
            .into_any(),
    };
    view! {
        <div class="field" class:bad=move || wrong.get().is_some()>
            <label for=FIELD>{t(|w| w.contact.phone)}</label>
            <span class="hint" id="phone-hint">
                {t(|w| w.contact.phone_hint)}
            </span>
            <div class="in">
                <input
                    node_ref=node
                    id=FIELD
                    type="tel"
                    inputmode="tel"
                    autocomplete="tel"
                    value=first
                    aria-describedby="phone-hint phone-more"
                    aria-invalid=move || wrong.get().is_some().then_some("true")
                    on:input=move |event| typed(event_target_value(&event))
                    on:blur=move |_| left.set(true)
                />
            </div>
            <span id="phone-more" aria-live="polite">
                {more}
            </span>
        </div>
    }
}

/// Leads to what is lacking: it stands on the same screen.
pub(in crate::capture) fn show(lacks: Lacks) {
    let id = if lacks == Lacks::Consent { CONSENT } else { FIELD };
    if let Some(control) = document().get_element_by_id(id)
        && let Ok(control) = control.dyn_into::<web_sys::HtmlElement>()
    {
        // Something that cannot take the focus is no reason to stop.
        drop(control.focus());
    }
}
