use std::cell::OnceCell;

use js_sys::Date;
use leptos::prelude::window;
use model::hex::Boot;
use outbox::Now;

thread_local! {
    /// Made when the page starts: which start `performance.now()` belongs to.
    static BOOT: OnceCell<Boot> = const { OnceCell::new() };
}

/// What this browser's clocks say, and fresh random bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clocks in whole units"
)]
pub(crate) fn now() -> Now {
    let date = Date::new_0();
    let mono = window().performance().map_or(0.0, |clock| clock.now());
    Now {
        ms: date.get_time() as i64,
        zone: -date.get_timezone_offset() as i16,
        mono_ms: mono as u64,
        boot: BOOT.with(|boot| *boot.get_or_init(|| Boot(random()))),
        random: random(),
    }
}

/// Random bytes fit for tokens and secrets. Without them nothing may be sealed: this is the one
/// place where the page rather stops.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let crypto = window().crypto().expect("every browser that runs WebAssembly has crypto");
    crypto
        .get_random_values_with_u8_array(&mut bytes)
        .expect("fewer than 65,536 bytes are asked for");
    bytes
}
