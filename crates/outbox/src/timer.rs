//! A moment that comes, in a page or in a worker, unless it is no longer waited for.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Calls a function once, some time from now; never, once it is dropped.
pub(crate) struct Timer {
    global: JsValue,
    id: JsValue,
}

impl Timer {
    /// `ms`: how long from now, in milliseconds.
    pub(crate) fn after(ms: i32, then: &Function) -> Result<Self, JsValue> {
        let global = JsValue::from(js_sys::global());
        let set: Function = Reflect::get(&global, &"setTimeout".into())?.dyn_into()?;
        let id = set.call2(&global, then, &ms.into())?;
        Ok(Self { global, id })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let clear = Reflect::get(&self.global, &"clearTimeout".into());
        if let Ok(clear) = clear.and_then(JsCast::dyn_into::<Function>) {
            // A page that cannot end a timer is called in vain later, and nobody listens.
            let _ = clear.call1(&self.global, &self.id);
        }
    }
}
