use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::{settings::Settings, ui::words};

/// A moment of the phone's clock as a person says it, in the language of the screen: today by its
/// time, this year without the year. Only for what is shown after the first render: it asks the
/// browser.
#[expect(clippy::cast_precision_loss, reason = "milliseconds stay whole in a double for ages")]
pub(crate) fn when(unix_ms: i64) -> String {
    let date = Date::new(&JsValue::from_f64(unix_ms as f64));
    let now = Date::new_0();
    let this_year = date.get_full_year() == now.get_full_year();
    let today =
        this_year && date.get_month() == now.get_month() && date.get_date() == now.get_date();
    let day: &[(&str, &str)] = match (today, this_year) {
        (true, _) => &[],
        (false, true) => &[("month", "numeric"), ("day", "numeric")],
        (false, false) => &[("year", "numeric"), ("month", "numeric"), ("day", "numeric")],
    };
    let time = [("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
    let how = Object::new();
    for (part, form) in day.iter().chain(&time) {
        // Setting a member of a plain object has no way to fail.
        let _ = Reflect::set(&how, &(*part).into(), &(*form).into());
    }
    let lang = Settings::expect().lang();
    let said = String::from(date.to_locale_string(lang.tag(), &how));
    if today { (words().outbox.today)(&said) } else { said }
}
