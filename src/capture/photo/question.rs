use leptos::{html, prelude::*};

use super::{
    Thumb,
    files::{AlbumButton, ShootButton},
    fixing::FixSwitch,
    intake::Intake,
};
use crate::{
    capture::{
        draft::{PHOTOS_MAX, Photo},
        flow::{Onward, Question},
        step::Step,
        voice::VoiceNote,
        walk::SnapOn,
        way::Way,
        writing::Writing,
    },
    outbox::Outbox,
    settings::{Edition, Settings},
    ui::{Icon, IconSize, Strip, StripTone, live, t, words},
};

/// Up to twelve photos, out of the camera or the album.
#[component]
pub(in crate::capture) fn PhotoQuestion() -> impl IntoView {
    let (writing, intake) = (Writing::expect(), Intake::expect());
    Effect::new(move |_| intake.cover());
    let photos = Signal::derive(move || writing.draft().read().photos.clone());
    let room = Signal::derive(move || photos.read().len() < PHOTOS_MAX);
    // In 长辈版 speech comes first.
    let edition = Settings::expect().edition();
    let elder = move || edition.get() == Edition::Elder;
    let is_empty = move || photos.read().is_empty() && writing.draft().read().voice.is_none();
    let foot = move || {
        if is_empty() {
            view! { <Onward skip=t(|w| w.capture.no_photo) /> }
        } else {
            view! { <Onward /> }
        }
    };
    view! {
        <Question
            ask=t(|w| (w.capture.ask)(Step::Photo))
            help=t(|w| w.capture.photo_help)
            foot=foot.into_any()
        >
            <LostPhoto />
            <Show when=elder>
                <VoiceNote />
            </Show>
            <div class="shots two">
                <For
                    each=move || photos.get().into_iter().enumerate()
                    key=|(_, photo)| photo.sha256
                    children=move |(_, photo)| view! { <Slot photo /> }
                />
                <Shrinking />
                <Show when=move || room.get()>
                    <ShootButton />
                    <AlbumButton class="shot add" />
                </Show>
            </div>
            <TakenOut />
            <FaultLine />
            <Show when=move || !photos.read().is_empty()>
                <p class="q covers">
                    <Icon name="cover" size=IconSize::Small />
                    <span>{t(|w| w.photo.cover_hint)}</span>
                </p>
            </Show>
            <Show when=move || !elder()>
                <VoiceNote />
            </Show>
            <FixSwitch />
            <SnapOn />
            <p class="qq">{t(|w| w.capture.photo_bare)}</p>
        </Question>
    }
}

/// The page was closed while the camera was open.
#[component]
pub(super) fn LostPhoto() -> impl IntoView {
    let lost = Intake::expect().lost();
    view! {
        <Show when=move || lost.get()>
            <Strip
                tone=StripTone::Tell
                icon="camera"
                title=t(|w| w.capture.photo_lost)
                more=t(|w| w.capture.photo_lost_more)
            />
        </Show>
    }
}

/// A photo that is kept, and the way to take it out.
#[component]
fn Slot(photo: Photo) -> impl IntoView {
    let (writing, intake) = (Writing::expect(), Intake::expect());
    let sha256 = photo.sha256;
    let nth = Signal::derive(move || {
        let draft = writing.draft().read();
        draft.photos.iter().position(|it| it.sha256 == sha256).map_or(0, |at| at + 1)
    });
    let remove = move |_| intake.take_out(sha256);
    let (kb, covered, bare) = (photo.len.div_ceil(1_024), photo.covered(), photo.bare());
    let way = Way::expect();
    let cover = move |_| {
        writing.chose(|draft| draft.covering = Some(bare));
        way.go(Step::Cover);
    };
    let page_only = Outbox::expect().is_on_this_page_only();
    view! {
        <div class="shot">
            <Thumb sha256 alt=live(move |w| (w.capture.photo_nth)(nth.get())) />
            <button
                type="button"
                class="ib out"
                aria-label=live(move |w| (w.capture.photo_remove)(nth.get()))
                on:click=remove
            >
                <Icon name="close" size=IconSize::Small />
            </button>
            <button
                type="button"
                class="ib hide"
                aria-label=live(move |w| (w.photo.cover_this)(nth.get()))
                on:click=cover
            >
                <Icon name="cover" size=IconSize::Small />
            </button>
            <span class="cap">
                <Icon name="check" size=IconSize::Small />
                {live(move |w| match covered {
                    0 if page_only.get() => (w.holding.photo)(kb),
                    0 => (w.capture.photo_kept)(kb),
                    _ => (w.photo.covered)(covered),
                })}
            </span>
        </div>
    }
}

/// A photo that was taken out by a slip of the finger comes back; it may exist nowhere else.
#[component]
fn TakenOut() -> impl IntoView {
    let intake = Intake::expect();
    let taken_out = intake.taken_out();
    let node = NodeRef::<html::Button>::new();
    // The button that had the focus is gone with its photo.
    Effect::new(move |_| {
        if let Some(button) = node.get() {
            drop(button.focus());
        }
    });
    let line = move || {
        taken_out.get().map(|(at, _)| {
            view! {
                <span>{t(|w| (w.photo.taken_out)(at + 1))}</span>
                <button
                    type="button"
                    class="btn plain sm"
                    node_ref=node
                    on:click=move |_| intake.put_back()
                >
                    {t(|w| w.photo.put_back)}
                </button>
            }
        })
    };
    view! {
        <p class="meta taken-out" role="status">
            {line}
        </p>
    }
}

/// Photos under way, in words and, where there are several, as a bar.
#[component]
fn Shrinking() -> impl IntoView {
    let intake = Intake::expect();
    let at = Memo::new(move |_| intake.under_way());
    let said = move || match at.get() {
        None | Some((_, 1)) => words().capture.photo_shrinking.to_owned(),
        Some((nth, all)) => (words().photo.shrinking_nth)(nth, all),
    };
    let is_one_of_many = move || at.get().is_some_and(|(_, all)| all > 1);
    view! {
        <Show when=move || at.get().is_some()>
            <div class="shot busy" role="status">
                {said}
                <Show when=is_one_of_many>
                    <progress
                        aria-hidden="true"
                        max=move || at.get().map_or(1, |it| it.1)
                        prop:value=move || at.get().map_or(0, |it| it.0 - 1)
                    ></progress>
                </Show>
            </div>
        </Show>
    }
}

/// Which of the last files were not taken, and why; or not as large as usual.
#[component]
fn FaultLine() -> impl IntoView {
    let intake = Intake::expect();
    let (fault, left_out, smaller) = (intake.fault(), intake.left_out(), intake.smaller());
    let why = move || {
        let (w, left_out) = (words(), left_out.get());
        let fault = fault.get().map(|(fault, failed)| {
            let why = (w.capture.photo_fault)(fault);
            if failed > 1 { (w.photo.failed)(failed, why) } else { why.to_owned() }
        });
        let left_out = (left_out > 0).then(|| (w.photo.left_out)(PHOTOS_MAX, left_out));
        let lines = fault.into_iter().chain(left_out);
        lines
            .map(|line| {
                view! {
                    <p class="field-err" role="alert">
                        <Icon name="needs" size=IconSize::Small />
                        {line}
                    </p>
                }
            })
            .collect_view()
    };
    view! {
        {why}
        <p class="q" role="status">
            <Show when=move || smaller.get()>{t(|w| w.photo.kept_smaller)}</Show>
        </p>
    }
}
