use leptos::{either::Either, prelude::*};
use model::{
    report::{Client, Outside, YesNo},
    wire::Mode,
};

use super::{
    again::SameThing,
    answers,
    browser_name::browser_name,
    consent::PassOn,
    contact::{NumberQuestion, WhoSees, remember, show, to_call},
    draft::{Draft, Issue, Photo, Trouble},
    flow::Question,
    names::{Names, place_line},
    photo::{Intake, Thumb},
    recent,
    sealed::JustSealed,
    sealing::{Around, outside, to_seal},
    step::Step,
    voice::VoicePlayer,
    way::Way,
    writing::Writing,
};
use crate::{
    outbox::{Outbox, StoreError},
    parks::Parks,
    paths,
    settings::{Edition, Settings},
    ui::{Icon, IconBox, IconSize, Strip, StripTone, Switch, Tone, drawing, t, words},
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
        <Question ask=t(|w| (w.capture.ask)(Step::Check).to_owned()) foot>
            <SameThing />
            <Photos />
            <Spoken />
            <Said />
            <Receiver />
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
    let (writing, way, parks) = (Writing::expect(), Way::expect(), Parks::expect());
    let just_sealed = JustSealed::expect();
    let (outbox, settings) = (Outbox::expect(), Settings::expect());
    Action::new_unsync(move |(): &()| {
        let parks = parks.clone();
        let client = client(settings, outbox);
        async move {
            let draft = writing.draft().get_untracked();
            let what = |id| {
                let pack = parks.pack().ok().zip(parks.id());
                let lang = settings.lang().get_untracked();
                to_seal(id, &draft, Around { pack, lang, client })
            };
            let row = writing.seal(what, to_call(&draft)).await?;
            let id = row.key.id;
            just_sealed.is(row);
            way.sealed(id);
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
    let word = move || match (page_only.get(), busy.get()) {
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
            aria-busy=move || busy.get().to_string()
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
            <span>{t(move |w| (w.capture.trouble)(trouble))}</span>
            <button type="button" class="btn text sm" on:click=mend>
                {t(|w| w.capture.mend)}
            </button>
        </p>
    }
}

#[component]
fn Photos() -> impl IntoView {
    let draft = Writing::expect().draft();
    let photos = Memo::new(move |_| draft.read().photos.clone());
    let pictures = move || {
        let photos = photos.get().into_iter().zip(1..);
        photos
            .map(|(photo, nth)| {
                let alt = t(move |w| (w.capture.photo_nth)(nth));
                view! {
                    <div class="shot">
                        <Thumb sha256=photo.sha256 alt />
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || !photos.read().is_empty()>
            <div class="shots">{pictures}</div>
        </Show>
    }
}

/// The voice note, to be heard once more.
#[component]
fn Spoken() -> impl IntoView {
    let draft = Writing::expect().draft();
    let voice = Memo::new(move |_| draft.read().voice.clone());
    move || {
        voice.get().map(|it| {
            view! { <VoicePlayer sha256=it.sha256 media=it.media seconds=it.seconds /> }
        })
    }
}

/// The answers, each with the way back to its question.
#[component]
fn Said() -> impl IntoView {
    let (draft, parks) = (Writing::expect().draft(), Parks::expect());
    let lang = Settings::expect().lang();
    let icon = {
        let parks = parks.clone();
        Signal::derive(move || {
            let draft = draft.read();
            let kind = draft.kind().and_then(|id| parks.pack().ok()?.kind(id));
            kind.map_or("other", |it| drawing(&it.icon))
        })
    };
    let said = move |say: fn(&Draft, Names<'_>) -> String| {
        let parks = parks.clone();
        Signal::derive(move || {
            let names = Names { pack: parks.pack().ok(), lang: lang.get() };
            say(&draft.read(), names)
        })
    };
    view! {
        <ul class="list flat">
            <Answer step=Step::Photo icon="camera" name=t(|w| w.capture.row_photos) said=said(photos_said) />
            <Answer step=Step::Kind icon=icon name=t(|w| w.capture.row_kind) said=said(kind_said) />
            <DangerAnswer said=said(danger_said) />
            <Asked said=said(asked_said) />
            <Answer step=Step::Place icon="pin" name=t(|w| w.capture.row_place) said=said(place_said) />
            <Answer step=Step::Details icon="draft" name=t(|w| w.capture.row_words) said=said(words_said) />
        </ul>
    }
}

#[component]
fn Answer(
    step: Step,
    #[prop(into)] icon: Signal<&'static str>,
    name: Signal<&'static str>,
    said: Signal<String>,
) -> impl IntoView {
    let way = Way::expect();
    view! {
        <li>
            <div class="row told">
                {move || view! { <IconBox icon=icon.get() tone=Tone::Mute /> }}
                <span class="m">
                    <span>{name}</span>
                    <b>{said}</b>
                </span>
                <button
                    type="button"
                    class="btn text sm"
                    aria-label=t(move |w| (w.capture.mend_what)(name.get()))
                    on:click=move |_| way.go(step)
                >
                    {t(|w| w.capture.mend)}
                </button>
            </div>
        </li>
    }
}

/// Only where danger was asked about.
#[component]
fn DangerAnswer(said: Signal<String>) -> impl IntoView {
    let draft = Writing::expect().draft();
    view! {
        <Show when=move || draft.read().danger.is_some()>
            <Answer step=Step::Kind icon="needs" name=t(|w| w.capture.row_danger) said />
        </Show>
    }
}

/// Only where the kind asked something, or something was answered.
#[component]
fn Asked(said: Signal<String>) -> impl IntoView {
    let (draft, parks) = (Writing::expect().draft(), Parks::expect());
    let asked = Memo::new(move |_| {
        let (draft, pack) = (draft.read(), parks.pack().ok());
        let asks = draft
            .kind()
            .is_some_and(|id| pack.is_some_and(|it| it.questions_of(id).next().is_some()));
        asks || !answers::sealed(&draft, pack).is_empty()
    });
    view! {
        <Show when=move || asked.get()>
            <Answer step=Step::Asks icon="speak" name=t(|w| w.kind.row_answers) said />
        </Show>
    }
}

fn asked_said(draft: &Draft, names: Names<'_>) -> String {
    let answers = answers::sealed(draft, names.pack);
    let lines = answers::lines(&answers, names.pack, names.lang);
    if lines.is_empty() {
        return names.lang.words().capture.not_said.to_owned();
    }
    lines.into_iter().map(|(asked, said)| format!("{asked} {said}")).collect::<Vec<_>>().join("\n")
}

fn photos_said(draft: &Draft, names: Names<'_>) -> String {
    let bytes: u64 = draft.photos.iter().map(|it| it.len).sum();
    let w = names.lang.words();
    let photos = (w.capture.photos_said)(draft.photos.len(), bytes.div_ceil(1_024));
    let voice = draft.voice.as_ref().map(|it| (w.voice.length)(it.seconds));
    let covered: u32 = draft.photos.iter().map(Photo::covered).sum();
    let covered = (covered > 0).then(|| (w.photo.covered)(covered));
    let fixes = draft.photos.iter().filter_map(|it| it.fix).map(|it| it.accuracy_m);
    let where_taken = fixes.clone().max().map(|metres| (w.photo.fixes_said)(fixes.count(), metres));
    [Some(photos), covered, where_taken, voice].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn kind_said(draft: &Draft, names: Names<'_>) -> String {
    let w = names.lang.words().capture;
    match &draft.issue {
        Some(Issue::Kind(id)) => of_the_area(names.kind(id), draft, names),
        Some(Issue::Unknown) => of_the_area(w.kind_unknown.to_owned(), draft, names),
        None => w.not_said.to_owned(),
    }
}

/// What, and in which of the four old kinds of area.
fn of_the_area(kind: String, draft: &Draft, names: Names<'_>) -> String {
    let w = names.lang.words().kind;
    draft.area.map_or(kind.clone(), |area| {
        format!("{kind}\n{}{}{}", w.area_ask, w.area_space, (w.area)(area))
    })
}

fn danger_said(draft: &Draft, names: Names<'_>) -> String {
    let w = names.lang.words().capture;
    let Some(danger) = &draft.danger else { return String::new() };
    match (&danger.called, danger.answer) {
        (Some(number), _) => (w.called_said)(number),
        (None, YesNo::Yes) => w.danger_yes.to_owned(),
        (None, YesNo::No) => w.danger_no.to_owned(),
    }
}

fn place_said(draft: &Draft, names: Names<'_>) -> String {
    let w = names.lang.words().capture;
    let place = place_line(&draft.place, names);
    let here = draft.place.here.map(|here| (w.here_said)(here.accuracy_m));
    let elsewhere = names.pack.and_then(|pack| outside(&draft.place, pack)).flatten();
    let elsewhere = elsewhere.map(|it| match it {
        Outside::District => w.outside.to_owned(),
        Outside::Gaoxin => w.gaoxin.to_owned(),
    });
    let parts = [Some(place).filter(|it| !it.is_empty()), here, elsewhere].into_iter().flatten();
    let said = parts.collect::<Vec<_>>().join("\n");
    if said.is_empty() { w.place_unknown.to_owned() } else { said }
}

fn words_said(draft: &Draft, names: Names<'_>) -> String {
    if draft.words.is_empty() {
        names.lang.words().capture.not_said.to_owned()
    } else {
        draft.words.clone()
    }
}

/// Never in any public figure below a community.
#[component]
fn Private() -> impl IntoView {
    let writing = Writing::expect();
    view! {
        <div class="card parts">
            <Switch
                label=t(|w| w.capture.private.to_owned())
                hint=t(|w| w.capture.private_more.to_owned())
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
                    title=t(|w| w.capture.nobody.to_owned())
                    more=t(|w| w.capture.nobody_more.to_owned())
                />
            }),
            Some(operator) => {
                let name = operator.name.clone();
                let more = (words().capture.operator)(&operator.hours, &operator.answers_by);
                Either::Right(view! {
                    <div class="strip tell">
                        <Icon name="people" />
                        <span>
                            <b>{t(move |w| (w.capture.receiver)(&name))}</b>
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
