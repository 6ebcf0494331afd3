use leptos::{callback::UnsyncCallback, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Blob, FileList, HtmlInputElement};

use super::{PhotoFault, Thumb, keep};
use crate::{
    capture::{
        draft::{Draft, Moment, PHOTOS_MAX, Photo},
        flow::{Onward, Question},
        step::Step,
        writing::{Writing, moment},
    },
    outbox::Outbox,
    ui::{Icon, IconSize, Strip, StripTone, t, words},
};

/// Up to three photos, out of the camera or the album.
#[component]
pub(in crate::capture) fn PhotoQuestion() -> impl IntoView {
    let writing = Writing::expect();
    let fault = RwSignal::new(None);
    let adding = adding(writing, fault);
    let photos = Signal::derive(move || writing.draft().read().photos.clone());
    let room = Signal::derive(move || photos.read().len() < PHOTOS_MAX);
    // The camera was open when the page was closed: its photo never came.
    let lost = writing.draft().with_untracked(|draft| draft.photographing.is_some());
    let foot = move || {
        if photos.read().is_empty() {
            view! { <Onward skip=t(|w| w.capture.no_photo.to_owned()) /> }
        } else {
            view! { <Onward /> }
        }
    };
    view! {
        <Question
            ask=t(|w| (w.capture.ask)(Step::Photo).to_owned())
            help=t(|w| w.capture.photo_help.to_owned())
            foot=foot.into_any()
        >
            <LostPhoto lost />
            <div class="shots two">
                <For
                    each=move || photos.get().into_iter().enumerate()
                    key=|(_, photo)| photo.sha256
                    children=move |(_, photo)| view! { <Slot photo /> }
                />
                <Shrinking />
                <Show when=move || room.get()>
                    <AddButtons adding />
                </Show>
            </div>
            <FaultLine fault />
            <p class="qq">{t(|w| w.capture.photo_bare)}</p>
        </Question>
    }
}

/// Files that were chosen, and when the shutter was pressed.
type Chosen = (Vec<Blob>, Option<Moment>);

/// Takes in chosen files one after another. It runs to its end when the person has gone on.
fn adding(writing: Writing, fault: RwSignal<Option<PhotoFault>>) -> UnsyncCallback<Chosen> {
    let outbox = Outbox::expect();
    let action = Action::new_unsync(move |chosen: &Chosen| {
        let (files, taken) = chosen.clone();
        async move {
            let shrinking = writing.shrinking();
            shrinking.try_update(|count| *count += files.len());
            for file in files {
                match keep::take(outbox, file, taken).await {
                    Ok(photo) => writing.chose(|draft| add(draft, photo)),
                    Err(why) => {
                        fault.try_set(Some(why));
                    }
                }
                shrinking.try_update(|count| *count = count.saturating_sub(1));
            }
        }
    });
    UnsyncCallback::new(move |chosen: Chosen| {
        fault.set(None);
        action.dispatch_local(chosen);
    })
}

/// The same picture twice is one picture.
fn add(draft: &mut Draft, photo: Photo) {
    let known = draft.photos.iter().any(|it| it.sha256 == photo.sha256);
    if !known && draft.photos.len() < PHOTOS_MAX {
        draft.photos.push(photo);
    }
}

#[component]
fn LostPhoto(lost: bool) -> impl IntoView {
    let writing = Writing::expect();
    let still = move || lost && writing.draft().read().photographing.is_some();
    view! {
        <Show when=still>
            <Strip
                tone=StripTone::Tell
                icon="camera"
                title=t(|w| w.capture.photo_lost.to_owned())
                more=t(|w| w.capture.photo_lost_more.to_owned())
            />
        </Show>
    }
}

/// A photo that is kept, and the way to take it out.
#[component]
fn Slot(photo: Photo) -> impl IntoView {
    let writing = Writing::expect();
    let sha256 = photo.sha256;
    let nth = Signal::derive(move || {
        let draft = writing.draft().read();
        draft.photos.iter().position(|it| it.sha256 == sha256).map_or(0, |at| at + 1)
    });
    let remove = move |_| {
        writing.chose(|draft| draft.photos.retain(|it| it.sha256 != sha256));
    };
    let kb = photo.len.div_ceil(1_024);
    view! {
        <div class="shot">
            <Thumb sha256 alt=t(move |w| (w.capture.photo_nth)(nth.get())) />
            <button
                type="button"
                class="ib out"
                aria-label=t(move |w| (w.capture.photo_remove)(nth.get()))
                on:click=remove
            >
                <Icon name="close" size=IconSize::Small />
            </button>
            <span class="cap">
                <Icon name="check" size=IconSize::Small />
                {t(move |w| (w.capture.photo_kept)(kb))}
            </span>
        </div>
    }
}

/// Photos under way, in words.
#[component]
fn Shrinking() -> impl IntoView {
    let shrinking = Writing::expect().shrinking();
    view! {
        <Show when=move || { shrinking.get() > 0 }>
            <div class="shot busy" role="status">
                {t(|w| w.capture.photo_shrinking)}
            </div>
        </Show>
    }
}

/// Why the last file was not taken.
#[component]
fn FaultLine(fault: RwSignal<Option<PhotoFault>>) -> impl IntoView {
    move || {
        fault.get().map(|fault| {
            view! {
                <p class="field-err" role="alert">
                    <Icon name="needs" size=IconSize::Small />
                    {t(move |w| (w.capture.photo_fault)(fault))}
                </p>
            }
        })
    }
}

/// The camera, and the album. The draft is on the disk, with the step it is at, before the camera
/// opens: some phones throw the page away while it is open.
#[component]
fn AddButtons(adding: UnsyncCallback<Chosen>) -> impl IntoView {
    let writing = Writing::expect();
    let camera = NodeRef::<html::Input>::new();
    let album = NodeRef::<html::Input>::new();
    let open_camera = move |_| {
        let Some(input) = camera.get_untracked() else { return };
        spawn_local(async move {
            writing.chose(|draft| draft.photographing = u8::try_from(draft.photos.len()).ok());
            // If it could not be kept, the screen says so; the photo is taken all the same.
            let _ = writing.commit().await;
            input.click();
        });
    };
    let open_album = move |_| {
        if let Some(input) = album.get_untracked() {
            input.click();
        }
    };
    let came_back = move || writing.chose(|draft| draft.photographing = None);
    let shot = move |event: web_sys::Event| {
        came_back();
        adding.run((chosen(&event, 1), Some(moment())));
    };
    let picked = move |event: web_sys::Event| {
        let there = writing.draft().with_untracked(|draft| draft.photos.len());
        let room = PHOTOS_MAX.saturating_sub(there);
        adding.run((chosen(&event, room), None));
    };
    let again = move || {
        if writing.draft().read().photos.is_empty() {
            words().capture.take_photo
        } else {
            words().capture.take_another
        }
    };
    view! {
        <button type="button" class="shot add" on:click=open_camera>
            <Icon name="camera" size=IconSize::Large />
            {again}
        </button>
        <button type="button" class="shot add" on:click=open_album>
            <Icon name="photo" size=IconSize::Large />
            {t(|w| w.capture.pick_photo)}
        </button>
        <input
            type="file"
            id="camera"
            hidden
            accept="image/*"
            capture="environment"
            node_ref=camera
            on:change=shot
            on:cancel=move |_: web_sys::Event| came_back()
        />
        <input
            type="file"
            id="album"
            hidden
            accept="image/*"
            multiple
            node_ref=album
            on:change=picked
        />
    }
}

/// The first so many chosen files. The input is emptied, so that the same file can be chosen again.
fn chosen(event: &web_sys::Event, most: usize) -> Vec<Blob> {
    let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = input.files().map(|files| blobs(&files)).unwrap_or_default();
    input.set_value("");
    files.into_iter().take(most).collect()
}

fn blobs(files: &FileList) -> Vec<Blob> {
    (0..files.length())
        .filter_map(|at| files.get(at))
        .map(|file: web_sys::File| Blob::from(file))
        .collect()
}
