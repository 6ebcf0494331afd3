//! The one place that asks the browser where the phone is: when a person taps, or takes a photo and
//! wants its position noted. What it answers stays on the phone unless a report says it.

use js_sys::Promise;
use leptos::prelude::window;
use model::{datum::Wgs84, stamp::Stamp};
use outbox::clock;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Geolocation, Position, PositionError, PositionOptions};

use crate::outbox::Beside;

/// A position the phone gave, WGS84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Here {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius of 95 % confidence, metres, rounded up.
    pub accuracy_m: u32,
    /// When.
    pub at: Stamp,
}

impl Here {
    /// The point alone.
    pub fn point(&self) -> Wgs84 {
        Wgs84 { lat: self.lat, lon: self.lon }
    }
}

/// Why there is no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPosition {
    /// The person, or the phone, does not allow it.
    Refused,
    /// It could not be found in time.
    NotFound,
}

/// Key in the session's storage: a refusal is not asked about again before the page is closed.
const REFUSED: &str = "poshang.location_refused";
const REFUSED_BY_PERSON: u16 = 1;
const LONGEST_MS: u32 = 15_000;
/// A position as old as this will do.
const OLDEST_MS: u32 = 30_000;

/// Was it refused since the page was opened?
pub fn was_refused() -> bool {
    Beside::Session.read::<bool>(REFUSED).unwrap_or_default()
}

/// Asks where the phone is; where it was half a minute ago will do.
pub async fn locate() -> Result<Here, NoPosition> {
    ask(OLDEST_MS).await
}

/// Asks where the phone is at this moment: somebody has walked there to say so.
pub async fn locate_now() -> Result<Here, NoPosition> {
    ask(0).await
}

async fn ask(oldest_ms: u32) -> Result<Here, NoPosition> {
    let geolocation = window().navigator().geolocation().map_err(|_| NoPosition::Refused)?;
    let options = options(oldest_ms);
    let promise = Promise::new(&mut |found, failed| {
        let found = once(found);
        let failed = once(failed);
        let asked = geolocation.get_current_position_with_error_callback_and_options(
            found.unchecked_ref(),
            Some(failed.unchecked_ref()),
            &options,
        );
        debug_assert!(asked.is_ok(), "asking never fails; the answer may");
    });
    match JsFuture::from(promise).await {
        Ok(position) => Ok(read(&position.unchecked_into())),
        Err(error) => Err(why(&error.unchecked_into())),
    }
}

/// Follows the phone as it moves; ends when it is dropped.
pub struct Following {
    geolocation: Geolocation,
    number: i32,
    _moved: Closure<dyn FnMut(Position)>,
}

impl Following {
    /// Tells of every position the phone finds. Call it after [`locate`] has been answered: the
    /// browser would ask the person. None where it does not do that.
    pub fn begin(mut moved: impl FnMut(Here) + 'static) -> Option<Self> {
        let geolocation = window().navigator().geolocation().ok()?;
        let moved =
            Closure::<dyn FnMut(Position)>::new(move |position: Position| moved(read(&position)));
        let number = geolocation
            .watch_position_with_error_callback_and_options(
                moved.as_ref().unchecked_ref(),
                None,
                &options(OLDEST_MS),
            )
            .ok()?;
        Some(Self { geolocation, number, _moved: moved })
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.geolocation.clear_watch(self.number);
    }
}

fn options(oldest_ms: u32) -> PositionOptions {
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(LONGEST_MS);
    options.set_maximum_age(oldest_ms);
    options
}

/// A callback that settles a promise.
fn once(settle: js_sys::Function) -> JsValue {
    Closure::once_into_js(move |answer: JsValue| {
        // A promise can always be settled.
        drop(settle.call1(&JsValue::NULL, &answer));
    })
}

fn why(error: &PositionError) -> NoPosition {
    if error.code() != REFUSED_BY_PERSON {
        return NoPosition::NotFound;
    }
    // Where the session's storage is forbidden, the browser itself remembers the refusal.
    Beside::Session.write(REFUSED, &true);
    NoPosition::Refused
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres, rounded up")]
fn read(position: &Position) -> Here {
    let coordinates = position.coords();
    Here {
        lat: coordinates.latitude(),
        lon: coordinates.longitude(),
        accuracy_m: coordinates.accuracy().ceil().max(0.0) as u32,
        at: clock::now().stamp(),
    }
}
