use js_sys::{Date, Object, Reflect};
use leptos::prelude::Get;
use wasm_bindgen::JsValue;

use crate::settings::Settings;

/// A moment of the phone's clock as a person says it: month, day, hour and minute in the language of
/// the screen. Only for what is shown after the first render: it asks the browser.
#[expect(clippy::cast_precision_loss, reason = "milliseconds stay whole in a double for ages")]
pub(super) fn when(unix_ms: i64) -> String {
    let date = Date::new(&JsValue::from_f64(unix_ms as f64));
    let how = Object::new();
    for (part, form) in
        [("month", "numeric"), ("day", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")]
    {
        // Setting a member of a plain object has no way to fail.
        let _ = Reflect::set(&how, &part.into(), &form.into());
    }
    let _ = Reflect::set(&how, &"hourCycle".into(), &"h23".into());
    let lang = Settings::expect().lang().get();
    String::from(date.to_locale_string(lang.tag(), &how))
}
