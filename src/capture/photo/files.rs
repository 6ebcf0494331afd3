//! The phone's own camera and its album, through file inputs.

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Blob, FileList, HtmlInputElement};

use super::{intake::Intake, shrink::Shot};
use crate::{
    capture::{
        media::{self, Wanted},
        step::Step,
        way::Way,
        writing::moment,
    },
    ui::{Icon, IconSize, t, words},
};

/// 拍照: the viewfinder, and where there is none the phone's own camera. The draft is on the disk,
/// with the photo it is at, before either opens.
#[component]
pub(super) fn ShootButton() -> impl IntoView {
    let (intake, way) = (Intake::expect(), Way::expect());
    let input = NodeRef::<html::Input>::new();
    let open = move |_| {
        let about = intake.about_to_shoot();
        spawn_local(async move {
            about.await;
            if Intake::viewfinder_is_refused() || media::is_absent(Wanted::Camera).await {
                click(input);
            } else {
                way.go(Step::Camera);
            }
        });
    };
    let word = move || {
        let none = intake.draft().read().photos.is_empty();
        if none { words().capture.take_photo } else { words().capture.take_another }
    };
    view! {
        <button type="button" class="shot add" on:click=open>
            <Icon name="camera" size=IconSize::Large />
            {word}
        </button>
        <CameraInput input />
    }
}

/// The phone's own camera, where the viewfinder did not open.
#[component]
pub(super) fn OwnCameraButton() -> impl IntoView {
    let intake = Intake::expect();
    let input = NodeRef::<html::Input>::new();
    let open = move |_| {
        let about = intake.about_to_shoot();
        spawn_local(async move {
            about.await;
            click(input);
        });
    };
    view! {
        <button type="button" class="btn full" on:click=open>
            <Icon name="camera" />
            {t(|w| w.photo.own_camera)}
        </button>
        <CameraInput input />
    }
}

#[component]
fn CameraInput(input: NodeRef<html::Input>) -> impl IntoView {
    let (intake, way) = (Intake::expect(), Way::expect());
    let shot = move |event: web_sys::Event| {
        intake.came_back();
        intake.take(chosen(&event), Some(moment()));
        way.back_from(Step::Camera);
    };
    view! {
        <input
            type="file"
            hidden
            accept="image/*"
            capture="environment"
            node_ref=input
            on:change=shot
            on:cancel=move |_: web_sys::Event| intake.came_back()
        />
    }
}

/// 从相册选.
#[component]
pub(super) fn AlbumButton(
    /// How it stands on the screen.
    class: &'static str,
) -> impl IntoView {
    let (intake, way) = (Intake::expect(), Way::expect());
    let input = NodeRef::<html::Input>::new();
    let picked = move |event: web_sys::Event| {
        intake.take(chosen(&event), None);
        way.back_from(Step::Camera);
    };
    view! {
        <button type="button" class=class on:click=move |_| click(input)>
            <Icon name="photo" size=IconSize::Large />
            {t(|w| w.capture.pick_photo)}
        </button>
        <input type="file" hidden accept="image/*" multiple node_ref=input on:change=picked />
    }
}

fn click(input: NodeRef<html::Input>) {
    if let Some(Some(input)) = input.try_get_untracked() {
        input.click();
    }
}

/// The chosen files. The input is emptied, so that the same file can be chosen again.
fn chosen(event: &web_sys::Event) -> Vec<Shot> {
    let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = input.files().map(|files| blobs(&files)).unwrap_or_default();
    input.set_value("");
    files.into_iter().map(Shot::File).collect()
}

fn blobs(files: &FileList) -> Vec<Blob> {
    (0..files.length())
        .filter_map(|at| files.get(at))
        .map(|file: web_sys::File| Blob::from(file))
        .collect()
}
