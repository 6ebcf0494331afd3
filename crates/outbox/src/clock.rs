//! Clock and chance of this browser, page or worker.

use std::cell::OnceCell;

use js_sys::{Date, Function, Reflect, Uint8Array, global};
use model::hex::Boot;
use wasm_bindgen::{JsCast, JsValue};

use crate::Now;

thread_local! {
    /// Made when the page or the worker starts: which start `performance.now()` belongs to.
    static BOOT: OnceCell<Boot> = const { OnceCell::new() };
}

/// What this browser's clocks say, and fresh random bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clocks in whole units"
)]
pub fn now() -> Now {
    let date = Date::new_0();
    let mono = call("performance", "now", None).ok().and_then(|now| now.as_f64());
    Now {
        ms: date.get_time() as i64,
        zone: -date.get_timezone_offset() as i16,
        mono_ms: mono.unwrap_or(0.0) as u64,
        boot: BOOT.with(|boot| *boot.get_or_init(|| Boot(random()))),
        random: random(),
    }
}

/// Random bytes fit for tokens and secrets. Without them nothing may be sealed or sent: this is the
/// one place where page and worker rather stop.
fn random<const N: usize>() -> [u8; N] {
    let bytes = Uint8Array::new_with_length(u32::try_from(N).unwrap_or(0));
    let filled = call("crypto", "getRandomValues", Some(&bytes));
    assert!(filled.is_ok(), "every browser that runs WebAssembly has crypto");
    let mut random = [0; N];
    bytes.copy_to(&mut random);
    random
}

/// `object.method(argument)` of whatever global there is.
fn call(object: &str, method: &str, argument: Option<&JsValue>) -> Result<JsValue, JsValue> {
    let object = Reflect::get(&global(), &object.into())?;
    let method: Function = Reflect::get(&object, &method.into())?.dyn_into()?;
    match argument {
        Some(argument) => method.call1(&object, argument),
        None => method.call0(&object),
    }
}
