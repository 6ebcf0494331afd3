use gloo::{events::EventListener, timers::callback::Interval};
use leptos::{either::Either, prelude::*, task::spawn_local};
use model::{hex::Digest, sealed::BlobType};
use web_sys::VisibilityState;

use super::{
    player::VoicePlayer,
    press::{Act, Press},
    recorder::{Recorder, Said},
};
use crate::{
    capture::{
        draft::{SECONDS_MAX, Voice},
        media::NoDevice,
        writing::{Writing, moment},
    },
    outbox::{Outbox, StoreError},
    ui::{Icon, IconSize, t, words},
};

const TICK_MS: u32 = 250;
/// Shorter than this is a slip of the finger.
const SHORTEST_MS: u64 = 500;

/// Why there is no voice note. The screen says it in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceFault {
    /// There is no microphone.
    NoMicrophone(NoDevice),
    /// Nothing was said, or the recorder broke.
    Nothing,
    /// The phone has no room for it.
    NoRoom,
    /// The phone's storage cannot be used.
    NotKept,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speaking {
    /// Nobody speaks.
    Not,
    /// The browser asks, or the microphone starts.
    Asking,
    /// So many seconds are recorded.
    Now(u32),
    /// It is being kept.
    Keeping,
    /// There is none.
    Failed(VoiceFault),
}

/// 说一段话: hold or tap to speak; then hear it, or delete it.
#[component]
pub(in crate::capture) fn VoiceNote() -> impl IntoView {
    let writing = Writing::expect();
    let voice = Memo::new(move |_| writing.draft().read().voice.clone());
    let speaker = Speaker::new(writing);
    let inside = move || match voice.get() {
        None => Either::Left(view! { <Speak speaker /> }),
        Some(voice) => Either::Right(view! { <Spoken voice writing /> }),
    };
    view! { <section class="speak">{inside}</section> }
}

/// The note that is kept.
#[component]
fn Spoken(voice: Voice, writing: Writing) -> impl IntoView {
    view! {
        <VoicePlayer sha256=voice.sha256 media=voice.media seconds=voice.seconds />
        <button
            type="button"
            class="btn text sm"
            on:click=move |_| writing.chose(|draft| draft.voice = None)
        >
            <Icon name="bin" size=IconSize::Small />
            {t(|w| w.voice.remove)}
        </button>
    }
}

/// The one button.
#[component]
fn Speak(speaker: Speaker) -> impl IntoView {
    let press = StoredValue::new(Press::default());
    let does = move |act: Option<Act>| match act {
        Some(Act::Begin) => speaker.begin(),
        Some(Act::End) => speaker.end(),
        None => {}
    };
    let state = speaker.state;
    let is_on = move || matches!(state.get_untracked(), Speaking::Now(_));
    let told = move |tell: fn(&mut Press, f64, bool) -> Option<Act>| {
        let now_ms = web_sys::window().and_then(|it| it.performance()).map_or(0.0, |it| it.now());
        does(press.try_update_value(|it| tell(it, now_ms, is_on())).flatten());
    };
    let word = move || {
        let w = words().voice;
        match state.get() {
            Speaking::Not | Speaking::Failed(_) => w.speak.to_owned(),
            Speaking::Asking => w.asking.to_owned(),
            Speaking::Now(seconds) => (w.speaking)(seconds, SECONDS_MAX),
            Speaking::Keeping => w.keeping.to_owned(),
        }
    };
    let on = move || matches!(state.get(), Speaking::Now(_));
    let said = move || match state.get() {
        Speaking::Failed(why) => (words().voice.fault)(why),
        Speaking::Now(_) => words().voice.speaking_more,
        _ => words().voice.speak_more,
    };
    let seconds = move || match state.get() {
        Speaking::Now(seconds) => seconds,
        _ => 0,
    };
    view! {
        <button
            type="button"
            class="btn plain full mic"
            class:on=on
            aria-pressed=move || on().to_string()
            on:pointerdown=move |_| told(Press::down)
            on:pointerup=move |_| told(Press::up)
            on:pointercancel=move |_| told(Press::up)
            on:contextmenu=move |event| event.prevent_default()
            on:click=move |_| told(|press, _, on| press.click(on))
        >
            <Icon name="mic" />
            {word}
        </button>
        <Show when=on>
            <progress aria-hidden="true" max=SECONDS_MAX prop:value=seconds></progress>
        </Show>
        <p
            class="qq"
            role="status"
            class:alarm=move || matches!(state.get(), Speaking::Failed(_))
        >
            {said}
        </p>
    }
}

/// The recorder behind the button.
#[derive(Clone, Copy)]
struct Speaker {
    writing: Writing,
    outbox: Outbox,
    state: RwSignal<Speaking>,
    recorder: StoredValue<Option<(Recorder, Interval)>, LocalStorage>,
    turn: StoredValue<u32>,
}

impl Speaker {
    /// Ends, and keeps what was said, when the page is hidden or the question is left.
    fn new(writing: Writing) -> Self {
        let this = Self {
            writing,
            outbox: Outbox::expect(),
            state: RwSignal::new(Speaking::Not),
            recorder: StoredValue::new_local(None),
            turn: StoredValue::new(0),
        };
        let hidden = EventListener::new(&document(), "visibilitychange", move |_| {
            if document().visibility_state() == VisibilityState::Hidden {
                this.end();
            }
        });
        StoredValue::new_local(hidden);
        on_cleanup(move || this.end());
        this
    }

    fn begin(self) {
        let busy = matches!(
            self.state.get_untracked(),
            Speaking::Asking | Speaking::Now(_) | Speaking::Keeping
        );
        if busy {
            return;
        }
        self.state.set(Speaking::Asking);
        let turn = self.next_turn();
        spawn_local(async move {
            let begun = Recorder::begin().await;
            // An answer that comes too late turns the microphone off again.
            if self.turn.try_get_value() != turn {
                return;
            }
            match begun {
                Ok(recorder) => {
                    let tick = Interval::new(TICK_MS, move || self.tick());
                    self.recorder.set_value(Some((recorder, tick)));
                    self.state.set(Speaking::Now(0));
                }
                Err(why) => self.state.set(Speaking::Failed(VoiceFault::NoMicrophone(why))),
            }
        });
    }

    fn tick(self) {
        let ms = self.recorder.try_with_value(|it| it.as_ref().map(|it| it.0.ms())).flatten();
        let Some(ms) = ms else { return };
        let seconds = u32::try_from(ms / 1_000).unwrap_or(SECONDS_MAX);
        if seconds >= SECONDS_MAX {
            self.end();
        } else if self.state.try_get_untracked() != Some(Speaking::Now(seconds)) {
            self.state.try_set(Speaking::Now(seconds));
        }
    }

    fn end(self) {
        self.next_turn();
        let recorder = self.recorder.try_update_value(Option::take).flatten();
        let Some((recorder, tick)) = recorder else {
            if self.state.try_get_untracked() == Some(Speaking::Asking) {
                self.state.try_set(Speaking::Not);
            }
            return;
        };
        drop(tick);
        self.state.try_set(Speaking::Keeping);
        let (Some(late), taken) = (self.writing.late(), moment()) else { return };
        spawn_local(async move {
            let kept = match recorder.end().await {
                Some(said) if said.ms >= SHORTEST_MS => self.keep(said).await,
                _ => Err(VoiceFault::Nothing),
            };
            let state = match kept {
                Ok((sha256, len, media, seconds)) => {
                    let voice = Voice { sha256, len, media, seconds, taken: Some(taken) };
                    late.chose(move |draft| draft.voice = Some(voice.clone())).await;
                    Speaking::Not
                }
                Err(why) => Speaking::Failed(why),
            };
            self.state.try_set(state);
        });
    }

    async fn keep(self, said: Said) -> Result<(Digest, u64, BlobType, u32), VoiceFault> {
        let (sha256, len) = (Digest::of(&said.bytes), said.bytes.len() as u64);
        let seconds = u32::try_from(said.ms.div_ceil(1_000)).unwrap_or(SECONDS_MAX);
        self.outbox.keep_blob(sha256, said.bytes).await.map_err(|error| match error {
            StoreError::Full => VoiceFault::NoRoom,
            StoreError::Unavailable | StoreError::Failed => VoiceFault::NotKept,
        })?;
        Ok((sha256, len, said.media, seconds.min(SECONDS_MAX)))
    }

    fn next_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        })
    }
}
