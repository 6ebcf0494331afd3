//! The browser's recorder.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Promise, Uint8Array};
use model::sealed::BlobType;
use outbox::clock;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobEvent, MediaRecorder, MediaRecorderOptions, RecordingState};

use crate::capture::media::{self, NoDevice, Stream, Wanted};

/// Forms in the order of liking: Opus is half the size of AAC.
const FORMS: [&str; 3] = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
/// Speech, not music. Ninety seconds of it are about 300 KB.
const BITS_PER_SECOND: u32 = 24_000;
/// What was said is handed over this often, so that a recorder that breaks off has given most of it.
const SLICE_MS: i32 = 1_000;

/// A recorder that runs. Dropping it turns the microphone off and throws away what was said.
pub(super) struct Recorder {
    inside: MediaRecorder,
    parts: Rc<RefCell<Vec<Blob>>>,
    begun_ms: u64,
    _stream: Stream,
    _data: Closure<dyn FnMut(BlobEvent)>,
}

/// What was said.
pub(super) struct Said {
    pub(super) bytes: Vec<u8>,
    pub(super) media: BlobType,
    pub(super) ms: u64,
}

impl Recorder {
    /// Turns the microphone on and begins.
    pub(super) async fn begin() -> Result<Self, NoDevice> {
        let stream = media::open(Wanted::Microphone).await?;
        let options = MediaRecorderOptions::new();
        options.set_audio_bits_per_second(BITS_PER_SECOND);
        if let Some(form) = FORMS.into_iter().find(|it| MediaRecorder::is_type_supported(it)) {
            options.set_mime_type(form);
        }
        let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(
            stream.as_media(),
            &options,
        );
        let recorder = recorder.map_err(|_| NoDevice::Absent)?;
        let parts = Rc::new(RefCell::new(Vec::new()));
        let into = Rc::clone(&parts);
        let data = Closure::new(move |event: BlobEvent| into.borrow_mut().extend(event.data()));
        recorder.set_ondataavailable(Some(data.as_ref().unchecked_ref()));
        recorder.start_with_time_slice(SLICE_MS).map_err(|_| NoDevice::InUse)?;
        let begun_ms = clock::now().mono_ms;
        Ok(Self { inside: recorder, parts, begun_ms, _stream: stream, _data: data })
    }

    /// How long it has run.
    pub(super) fn ms(&self) -> u64 {
        clock::now().mono_ms.saturating_sub(self.begun_ms)
    }

    /// Ends, and waits for the last part. None: nothing that can be kept was recorded.
    pub(super) async fn end(self) -> Option<Said> {
        let ms = self.ms();
        if self.inside.state() != RecordingState::Inactive {
            let ended = Promise::new(&mut |resolve, _| {
                let done = Closure::once_into_js(move || {
                    // A promise can always be settled.
                    drop(resolve.call0(&JsValue::NULL));
                });
                self.inside.set_onstop(Some(done.unchecked_ref()));
                if self.inside.stop().is_err() {
                    drop(done.unchecked_into::<js_sys::Function>().call0(&JsValue::NULL));
                }
            });
            JsFuture::from(ended).await.ok()?;
        }
        let parts: Array = self.parts.borrow().iter().collect();
        let whole = Blob::new_with_blob_sequence(&parts).ok()?;
        let bytes = JsFuture::from(whole.array_buffer()).await.ok()?;
        let bytes = Uint8Array::new(&bytes).to_vec();
        let media = BlobType::sniff(&bytes).filter(|it| it.is_audio())?;
        Some(Said { bytes, media, ms })
    }
}
