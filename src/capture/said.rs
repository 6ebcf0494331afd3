//! What was said so far, in words: every answer, each with the way back to its question.

use leptos::prelude::*;
use model::report::YesNo;

use super::{
    answers,
    draft::{Draft, Issue, Photo},
    names::{Names, level_line, spot_line},
    photo::Thumb,
    place::{outside, said_of},
    step::Step,
    voice::VoicePlayer,
    way::Way,
    writing::Writing,
};
use crate::{
    parks::Parks,
    settings::Settings,
    ui::{IconBox, Tone, drawing, t, words::Lang},
};

/// The photos as they will be sent.
#[component]
pub(super) fn Photos() -> impl IntoView {
    let draft = Writing::expect().draft();
    let photos = Memo::new(move |_| draft.read().photos.clone());
    let pictures = move || {
        let photos = photos.get().into_iter().zip(1..);
        photos
            .map(|(photo, nth)| {
                let alt = t(|w| (w.capture.photo_nth)(nth));
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
pub(super) fn Spoken() -> impl IntoView {
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
pub(super) fn Said() -> impl IntoView {
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
            let names = Names { pack: parks.pack().ok(), lang };
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
            <Answer step=Step::Level icon="slope" name=t(|w| w.place.row_level) said=said(level_said) />
            <Answer step=Step::Details icon="draft" name=t(|w| w.capture.row_words) said=said(words_said) />
        </ul>
    }
}

#[component]
fn Answer(
    step: Step,
    #[prop(into)] icon: Signal<&'static str>,
    name: &'static str,
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
                    aria-label=t(|w| (w.capture.mend_what)(name))
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
    let said = draft.danger.as_ref().map(|it| (it.answer, it.called.as_deref()));
    said.map_or_else(String::new, |(answer, called)| danger_line(answer, called, names.lang))
}

/// What was said about danger, and which number was called.
pub(crate) fn danger_line(answer: YesNo, called: Option<&str>, lang: Lang) -> String {
    let w = lang.words().capture;
    match (called, answer) {
        (Some(number), _) => (w.called_said)(number),
        (None, YesNo::Yes) => w.danger_yes.to_owned(),
        (None, YesNo::No) => w.danger_no.to_owned(),
    }
}

fn place_said(draft: &Draft, names: Names<'_>) -> String {
    let w = names.lang.words();
    let place = spot_line(&draft.place, names);
    let here = draft.place.here.map(|here| (w.place.here_said)(here.accuracy_m));
    let elsewhere = names.pack.and_then(|pack| outside(&draft.place, pack)).flatten();
    let elsewhere = elsewhere.map(|it| said_of(it, w).to_owned());
    let parts = [Some(place).filter(|it| !it.is_empty()), here, elsewhere].into_iter().flatten();
    let said = parts.collect::<Vec<_>>().join("\n");
    match said.as_str() {
        "" if draft.place.unknown => w.place.unknown.to_owned(),
        "" => w.capture.not_said.to_owned(),
        _ => said,
    }
}

fn level_said(draft: &Draft, names: Names<'_>) -> String {
    let said = level_line(&draft.place, names);
    if said.is_empty() { names.lang.words().capture.not_said.to_owned() } else { said }
}

fn words_said(draft: &Draft, names: Names<'_>) -> String {
    if draft.words.is_empty() {
        names.lang.words().capture.not_said.to_owned()
    } else {
        draft.words.clone()
    }
}
