use gloo::events::EventListener;
use leptos::{either::EitherOf3, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, ImageBitmap, VisibilityState};

use super::{
    files::{AlbumButton, OwnCameraButton},
    intake::Intake,
    question::LostPhoto,
};
use crate::{
    capture::{
        media::{self, NoDevice, Stream, Wanted},
        way::Way,
        writing::moment,
    },
    ui::{Heading, Icon, t},
};

/// How the viewfinder stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looking {
    /// The browser asks, or the camera starts.
    Opening,
    /// A picture is on the screen.
    On,
    /// The shutter was pressed.
    Taking,
    /// There is none.
    Failed(NoDevice),
}

/// The camera in the page: no other app opens, so the phone has no reason to throw the page away.
/// It is off whenever it is not looked at.
#[component]
pub(in crate::capture) fn Viewfinder() -> impl IntoView {
    let (way, intake) = (Way::expect(), Intake::expect());
    let nth = intake.draft().with_untracked(|draft| draft.photos.len()) + 1;
    let finder = Finder::new(&intake);
    finder.follow_the_page();
    let shoot = move |_| finder.shoot(way);
    let below = move || match finder.looking.get() {
        Looking::Failed(why) => EitherOf3::A(view! { <NoViewfinder why /> }),
        Looking::Opening => EitherOf3::B(view! { <p>{t(|w| w.photo.opening)}</p> }),
        Looking::On | Looking::Taking => EitherOf3::C(()),
    };
    let not_yet = move || finder.looking.get() != Looking::On;
    let is_failed = move || matches!(finder.looking.get(), Looking::Failed(_));
    view! {
        <div class="finder">
            <header class="top">
                <button
                    type="button"
                    class="ib"
                    aria-label=t(|w| w.common.back)
                    on:click=move |_| way.back()
                >
                    <Icon name="back" />
                </button>
                <Heading text=t(|w| (w.photo.nth_shot)(nth)) />
            </header>
            <LostPhoto />
            <div class="seen" class:off=is_failed>
                <video
                    node_ref=finder.video
                    autoplay
                    playsinline
                    prop:muted=true
                    aria-label=t(|w| w.photo.seen)
                    on:loadeddata=move |_| finder.is_on()
                ></video>
            </div>
            <div class="tell" role="status">
                {below}
            </div>
            <Show when=move || !is_failed()>
                <button
                    type="button"
                    class="shutter"
                    aria-disabled=move || not_yet().to_string()
                    on:click=shoot
                >
                    <span class="ring" aria-hidden="true"></span>
                    {t(|w| w.photo.shutter)}
                </button>
            </Show>
        </div>
    }
}

/// What to do instead, with the reason.
#[component]
fn NoViewfinder(why: NoDevice) -> impl IntoView {
    view! {
        <p>{t(|w| (w.photo.no_viewfinder)(why))}</p>
        <OwnCameraButton />
        <AlbumButton class="btn plain full" />
    }
}

/// The stream and the picture of it.
#[derive(Clone, Copy)]
struct Finder {
    intake: Intake,
    looking: RwSignal<Looking>,
    video: NodeRef<html::Video>,
    stream: StoredValue<Option<Stream>, LocalStorage>,
    /// Which opening is the last one: an answer to an earlier one comes too late.
    turn: StoredValue<u32>,
}

impl Finder {
    fn new(intake: &Intake) -> Self {
        Self {
            intake: *intake,
            looking: RwSignal::new(Looking::Opening),
            video: NodeRef::new(),
            stream: StoredValue::new_local(None),
            turn: StoredValue::new(0),
        }
    }

    /// Open as long as the viewfinder is on the screen and the page is looked at.
    fn follow_the_page(self) {
        Effect::new(move |_| {
            if self.video.get().is_some() && is_looked_at() {
                self.open();
            }
        });
        let visibility = EventListener::new(&document(), "visibilitychange", move |_| {
            if is_looked_at() { self.open() } else { self.close() }
        });
        let gone = EventListener::new(&window(), "pagehide", move |_| self.close());
        StoredValue::new_local((visibility, gone));
        on_cleanup(move || {
            self.close();
            self.intake.came_back();
        });
    }

    fn open(self) {
        let turn = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        self.looking.set(Looking::Opening);
        let about = self.intake.about_to_shoot();
        spawn_local(async move {
            about.await;
            let opened = media::open(Wanted::Camera).await;
            // The stream of an answer that comes too late is dropped here, and off.
            if self.turn.try_get_value() != turn {
                return;
            }
            match opened {
                Ok(stream) => self.show(stream),
                Err(why) => {
                    Intake::no_viewfinder(why);
                    self.looking.set(Looking::Failed(why));
                }
            }
        });
    }

    fn show(self, stream: Stream) {
        if let Some(video) = self.video.get_untracked() {
            video.set_src_object(Some(stream.as_media()));
        }
        self.stream.set_value(Some(stream));
    }

    fn is_on(self) {
        self.looking.set(Looking::On);
    }

    fn close(self) {
        self.turn.try_update_value(|turn| *turn += 1);
        self.stream.try_update_value(|stream| *stream = None);
        if let Some(Some(video)) = self.video.try_get_untracked() {
            video.set_src_object(None);
        }
    }

    fn shoot(self, way: Way) {
        let Some(video) = self.video.get_untracked() else { return };
        if self.looking.get_untracked() != Looking::On {
            return;
        }
        self.looking.set(Looking::Taking);
        let taken = moment();
        spawn_local(async move {
            match frame(&video).await {
                Some(frame) => {
                    self.intake.came_back();
                    self.intake.take_frame(frame, taken);
                    way.back();
                }
                None => drop(self.looking.try_set(Looking::Failed(NoDevice::InUse))),
            }
        });
    }
}

/// The picture that is on the screen at this moment.
async fn frame(video: &HtmlVideoElement) -> Option<ImageBitmap> {
    let asked = window().create_image_bitmap_with_html_video_element(video).ok()?;
    JsFuture::from(asked).await.ok()?.dyn_into().ok()
}

fn is_looked_at() -> bool {
    document().visibility_state() == VisibilityState::Visible
}
