use std::{cell::Cell, rc::Rc};

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

/// Does the work while holding the lock, so that one tab sends. Where the browser has no locks, or
/// refuses this one, the work is done all the same: two senders cost bytes, never a second report.
pub(crate) async fn hold(work: impl Future<Output = ()> + 'static) {
    let work = Rc::new(Cell::new(Some(work)));
    if let Some((manager, request)) = lock_manager() {
        let turn = Closure::once({
            let work = Rc::clone(&work);
            move |_lock: JsValue| future_to_promise(done(work.take()))
        });
        let turn: &Function = turn.as_ref().unchecked_ref();
        let held = request.call2(&manager, &LOCK.into(), turn);
        if let Ok(promise) = held.and_then(JsCast::dyn_into::<Promise>) {
            // A lock that breaks under us ends the wait; what was committed stays committed.
            let _ = JsFuture::from(promise).await;
        }
    }
    let _ = done(work.take()).await;
}

async fn done(work: Option<impl Future<Output = ()>>) -> Result<JsValue, JsValue> {
    if let Some(work) = work {
        work.await;
    }
    Ok(JsValue::UNDEFINED)
}

/// `navigator.locks` and its `request`, which web-sys counts among the unstable ones.
fn lock_manager() -> Option<(Object, Function)> {
    let manager = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let manager: Object = manager.dyn_into().ok()?;
    let request = Reflect::get(&manager, &"request".into()).ok()?.dyn_into().ok()?;
    Some((manager, request))
}
