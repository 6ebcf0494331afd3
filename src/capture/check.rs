use core::time::Duration;

use leptos::{either::Either, prelude::*};
use model::{report::Client, wire::Mode};

use super::{
    again::SameThing,
    browser_name::browser_name,
    changes::Changes,
    consent::{PassOn, PhotoPeople},
    contact::{NumberQuestion, WhoSees, remember, show, to_call},
    flow::Question,
    photo::Intake,
    recent,
    said::{Photos, Said, Spoken},
    sealed::JustSealed,
    sealing::{Around, to_seal},
    step::Step,
    trouble::Trouble,
    way::Way,
    writing::Writing,
};
use crate::{
    outbox::{Outbox, StoreError},
    parks::Parks,
    paths,
    settings::{Edition, Settings},
    ui::{Icon, IconSize, Strip, StripTone, Switch, t, words},
};

/// Look over: every field that leaves the phone, in words; who receives it; then seal.
#[component]
pub(super) fn CheckQuestion() -> impl IntoView {
    let (sealing, intake) = (sealing(), Intake::expect());
    Effect::new(move |_| intake.cover());
    let failed = Signal::derive(move || match sealing.value().get() {
        Some(Err(error)) => Some(error),
        Some(Ok(())) | None => None,
    });
    let foot = view! { <SealFoot sealing failed /> }.into_any();
    view! {
        <Question ask=t(|w| (w.capture.ask)(Step::Check)) foot>
            <Changes />
            <SameThing />
            <Photos />
            <Spoken />
            <Said />
            <Receiver />
            <PhotoPeople />
            <PassOn />
            <NumberQuestion />
            <Private />
            <WhoSees />
            <AlsoSent />
            <ToDrafts />
        </Question>
    }
}

type Sealing = Action<(), Result<(), StoreError>>;

/// Seals what stands on the screen, and shows what became of it.
fn sealing() -> Sealing {
    let (writing, parks) = (Writing::expect(), Parks::expect());
    let just_sealed = JustSealed::expect();
    let (outbox, settings) = (Outbox::expect(), Settings::expect());
    Action::new_unsync(move |(): &()| {
        let parks = parks.clone();
        let client = client(settings, outbox);
        async move {
            let draft = writing.draft().get_untracked();
            let what = |id| {
                let pack = parks.pack().ok().zip(parks.id());
                let lang = settings.lang();
                to_seal(id, &draft, Around { pack, lang, client })
            };
            let row = writing.seal(what, to_call(&draft)).await?;
            just_sealed.is(row);
            draft.kind().inspect(|kind| recent::remember(kind));
            remember(draft.contact.as_ref());
            Ok(())
        }
    })
}

/// What kind of page this is. Nothing of it tells one phone from another.
pub(super) fn client(settings: Settings, outbox: Outbox) -> Client {
    let touch = window().match_media("(pointer: coarse)").ok().flatten();
    Client {
        app: env!("CARGO_PKG_VERSION").to_owned(),
        browser: browser_name(&window().navigator().user_agent().unwrap_or_default()),
        touch: touch.is_some_and(|it| it.matches()),
        elder_edition: settings.edition().get_untracked() == Edition::Elder,
        offline_at_seal: !outbox.online().get_untracked(),
    }
}

/// The button, why it cannot be pressed, and what happens then.
#[component]
fn SealFoot(sealing: Sealing, failed: Signal<Option<StoreError>>) -> impl IntoView {
    let writing = Writing::expect();
    let online = Outbox::expect().online();
    let waits = move || writing.shrinking().get() > 0;
    let trouble = Memo::new(move |_| {
        let troubles = writing.draft().read().troubles();
        // Boxes are on their way into the pixels.
        let now = |it: &&Trouble| **it != Trouble::NotCovered || !waits();
        troubles.iter().find(now).copied()
    });
    let busy = sealing.pending();
    let stuck = move || trouble.get().is_some() || waits();
    let seal = move |_| {
        if !stuck() && !busy.get_untracked() {
            sealing.dispatch(());
        }
    };
    let page_only = Outbox::expect().is_on_this_page_only();
    let slow = takes_long(busy);
    let word = move || match (page_only.get(), slow.get()) {
        (true, _) => words().holding.seal,
        (false, true) => words().capture.sealing,
        (false, false) => words().capture.seal,
    };
    let note = move || {
        let w = words().capture;
        match (failed.get(), trouble.get(), waits(), online.get()) {
            (Some(StoreError::Full), ..) => w.seal_full,
            (Some(_), ..) => w.seal_failed,
            (None, Some(_), ..) => "",
            (None, None, true, _) => w.photo_shrinking,
            (None, None, false, _) if page_only.get() => words().holding.seal_note,
            (None, None, false, true) => w.seal_online,
            (None, None, false, false) => w.seal_offline,
        }
    };
    view! {
        {move || trouble.get().map(|trouble| view! { <TroubleLine trouble /> })}
        <button
            type="button"
            class="btn big full"
            aria-disabled=move || stuck().to_string()
            aria-busy=move || slow.get().to_string()
            aria-describedby="seal-note"
            on:click=seal
        >
            {move || view! { <Icon name=if page_only.get() { "sending" } else { "saved" } /> }}
            {word}
        </button>
        <p class="qq note" id="seal-note" role="status" class:alarm=move || failed.get().is_some()>
            {note}
        </p>
    }
}

/// Has it lasted long enough to speak of it? Most sealings are over before a word for them could be
/// read, and drawing the page for that word would make them longer.
fn takes_long(busy: Memo<bool>) -> RwSignal<bool> {
    const LONG: Duration = Duration::from_millis(300);
    let slow = RwSignal::new(false);
    let look = move || {
        let still = busy.try_get_untracked();
        slow.try_set(still.unwrap_or_default());
    };
    Effect::new(move |_| {
        if busy.get() {
            set_timeout(look, LONG);
        } else if slow.get_untracked() {
            slow.set(false);
        }
    });
    slow
}

/// What has to be mended first, and the way there.
#[component]
fn TroubleLine(trouble: Trouble) -> impl IntoView {
    let way = Way::expect();
    let mend = move |_| match trouble {
        Trouble::Contact(lacks) => show(lacks),
        _ => way.go(trouble.step()),
    };
    view! {
        <p class="field-err" role="status">
            <Icon name="needs" size=IconSize::Small />
            <span>{t(|w| (w.capture.trouble)(trouble))}</span>
            <button type="button" class="btn text sm" on:click=mend>
                {t(|w| w.capture.mend)}
            </button>
        </p>
    }
}

/// Never in any public figure below a community.
#[component]
fn Private() -> impl IntoView {
    let writing = Writing::expect();
    view! {
        <div class="card parts">
            <Switch
                label=t(|w| w.capture.private)
                hint=t(|w| w.capture.private_more)
                on=Signal::derive(move || writing.draft().read().private)
                on_toggle=move |on| writing.chose(|draft| draft.private = on)
            />
        </div>
    }
}

/// Who receives it and when they read it. Nobody, until an operator is known.
#[component]
fn Receiver() -> impl IntoView {
    let phone = Outbox::expect().phone();
    move || {
        let phone = phone.read();
        match phone.operator().filter(|_| phone.mode() != Mode::Demo).cloned() {
            None => Either::Left(view! {
                <Strip
                    tone=StripTone::Needs
                    icon="people"
                    title=t(|w| w.capture.nobody)
                    more=t(|w| w.capture.nobody_more)
                />
            }),
            Some(operator) => {
                let name = operator.name.clone();
                let more = (words().capture.operator)(&operator.hours, &operator.answers_by);
                Either::Right(view! {
                    <div class="strip tell">
                        <Icon name="people" />
                        <span>
                            <b>{t(|w| (w.capture.receiver)(&name))}</b>
                            <span class="q">{more}</span>
                            <span class="q">{operator.contact}</span>
                        </span>
                    </div>
                })
            }
        }
    }
}

/// Whoever writes several in one walk looks them all over, then seals them together.
#[component]
fn ToDrafts() -> impl IntoView {
    let (writing, outbox) = (Writing::expect(), Outbox::expect());
    let drafts = LocalResource::new(move || outbox.drafts());
    let others = Memo::new(move |_| {
        let own = writing.id().get();
        drafts.get().and_then(Result::ok).is_some_and(|it| it.iter().any(|it| Some(it.0) != own))
    });
    view! {
        <Show when=move || others.get()>
            <a href=paths::OUTBOX class="btn text full">
                {t(|w| w.walk.to_drafts)}
            </a>
        </Show>
    }
}

/// What goes along without having been asked for, in words.
#[component]
fn AlsoSent() -> impl IntoView {
    let lines = move || {
        let lines = words().capture.also_lines.iter();
        lines.map(|it| view! { <li>{*it}</li> }).collect_view()
    };
    view! {
        <details class="fold">
            <summary>{t(|w| w.capture.also_sent)}</summary>
            <ul class="also">{lines}</ul>
        </details>
    }
}
