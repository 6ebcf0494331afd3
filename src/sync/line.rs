use std::cell::Cell;

use gloo::timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Name of the lock that one sender holds while it drains the outbox.
const LOCK: &str = "outbox";

/// Who stands in line to send, and when the next look is due.
#[derive(Default)]
pub(crate) struct Line {
    waiting: Cell<bool>,
    timer: Cell<Option<Timeout>>,
}

impl Line {
    /// Steps into the line; false if this page stands there already.
    pub(crate) fn enter(&self) -> bool {
        !self.waiting.replace(true)
    }

    /// It is this page's turn, or the line is gone.
    pub(crate) fn leave(&self) {
        self.waiting.set(false);
    }

    /// Looks again after a time; an earlier appointment is given up.
    pub(crate) fn look_in(&self, ms: u32, look: impl FnOnce() + 'static) {
        self.timer.set(Some(Timeout::new(ms, look)));
    }

    /// No appointment.
    pub(crate) fn no_timer(&self) {
        self.timer.set(None);
    }
}

/// Does the work while holding the lock, so that one tab sends. Where the browser has no locks the
/// work is done all the same: two senders cost bytes, never a second report.
pub(crate) async fn hold(work: impl Future<Output = ()> + 'static) {
    let Some(request) = lock_manager() else { return work.await };
    let mut work = Some(work);
    let turn = Closure::once(move |_lock: JsValue| -> Promise {
        let work = work.take();
        future_to_promise(async move {
            if let Some(work) = work {
                work.await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let (manager, request) = request;
    let held = request.call2(&manager, &LOCK.into(), turn.as_ref().unchecked_ref::<Function>());
    if let Ok(promise) = held.and_then(JsCast::dyn_into::<Promise>) {
        // A lock that breaks under us ends the wait; what was committed stays committed.
        let _ = JsFuture::from(promise).await;
    }
}

/// `navigator.locks` and its `request`, which web-sys counts among the unstable ones.
fn lock_manager() -> Option<(Object, Function)> {
    let manager = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let manager: Object = manager.dyn_into().ok()?;
    let request = Reflect::get(&manager, &"request".into()).ok()?.dyn_into().ok()?;
    Some((manager, request))
}
