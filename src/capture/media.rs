//! The one door to camera and microphone. A stream that nobody holds any more is off: the phone's
//! light goes out.

use js_sys::{Array, JSON, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaDevices, MediaStream, MediaStreamTrack};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The camera at the back, if there are two.
    Camera,
    /// The microphone.
    Microphone,
}

impl Wanted {
    /// As the browser wants it told, JSON. A picture is made 1,600 pixels wide in the end.
    fn constraints(self) -> &'static str {
        match self {
            Self::Camera => {
                r#"{"audio":false,"video":{"facingMode":{"ideal":"environment"},"width":{"ideal":1920},"height":{"ideal":1440}}}"#
            }
            Self::Microphone => {
                r#"{"audio":{"echoCancellation":true,"noiseSuppression":true},"video":false}"#
            }
        }
    }

    /// The browser's word for such a device.
    fn kind(self) -> &'static str {
        match self {
            Self::Camera => "videoinput",
            Self::Microphone => "audioinput",
        }
    }
}

/// Why there is no stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDevice {
    /// The person, or the phone, does not allow it.
    Refused,
    /// There is none, or this browser gives none away.
    Absent,
    /// Something else holds it, or it does not start.
    InUse,
}

impl NoDevice {
    /// By the name of the browser's error (W3C Media Capture, `getUserMedia`).
    fn of(name: &str) -> Self {
        match name {
            "NotAllowedError" | "SecurityError" => Self::Refused,
            "NotFoundError" | "OverconstrainedError" | "NotSupportedError" | "TypeError" => {
                Self::Absent
            }
            _ => Self::InUse,
        }
    }
}

/// A camera or microphone that is on, for as long as this lives.
pub(super) struct Stream(MediaStream);

impl Stream {
    /// For whoever shows or records it.
    pub(super) fn as_media(&self) -> &MediaStream {
        &self.0
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

/// Turns it on. The browser may ask the person first, so this may take long.
pub(super) async fn open(wanted: Wanted) -> Result<Stream, NoDevice> {
    let devices = devices().ok_or(NoDevice::Absent)?;
    let constraints = JSON::parse(wanted.constraints()).map_err(|_| NoDevice::Absent)?;
    let asked = devices
        .get_user_media_with_constraints(constraints.unchecked_ref())
        .map_err(|error| why(&error))?;
    let stream = JsFuture::from(asked).await.map_err(|error| why(&error))?;
    Ok(Stream(stream.unchecked_into()))
}

/// Is there surely none? Asks nobody for anything.
pub(super) async fn is_absent(wanted: Wanted) -> bool {
    let Some(devices) = devices() else { return true };
    let Ok(listed) = devices.enumerate_devices() else { return false };
    let Ok(listed) = JsFuture::from(listed).await else { return false };
    let kind = |device: JsValue| Reflect::get(&device, &"kind".into()).ok()?.as_string();
    !Array::from(&listed).iter().any(|it| kind(it).as_deref() == Some(wanted.kind()))
}

/// `navigator.mediaDevices`, which is there in secure contexts only.
fn devices() -> Option<MediaDevices> {
    let devices = Reflect::get(&window().navigator(), &"mediaDevices".into()).ok()?;
    devices.dyn_into().ok()
}

fn why(error: &JsValue) -> NoDevice {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|it| it.as_string());
    NoDevice::of(&name.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::NoDevice;

    #[test]
    fn a_refusal_a_missing_device_and_a_busy_one_are_told_apart() {
        assert_eq!(NoDevice::of("NotAllowedError"), NoDevice::Refused);
        assert_eq!(NoDevice::of("NotFoundError"), NoDevice::Absent);
        assert_eq!(NoDevice::of("NotReadableError"), NoDevice::InUse);
        assert_eq!(NoDevice::of("AbortError"), NoDevice::InUse);
    }
}
