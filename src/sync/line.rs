use std::{cell::Cell, rc::Rc};

use gloo::timers::callback::{Interval, Timeout};
use js_sys::{Date, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::outbox::Beside;

/// Name of the lock that one sender holds while it drains the outbox.
const LOCK: &str = "outbox";
/// Where the holder of the lock says when it last lived, milliseconds since 1970.
const BEAT: &str = "poshang.beat";
/// A tab in the background is woken once a minute at worst: half of [`SILENT_MS`] is often enough.
const BEAT_MS: u32 = 30_000;
const SILENT_MS: f64 = 90_000.0;

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
///
/// A tab that the browser has frozen keeps its lock and does nothing with it. So whoever holds the
/// lock says every few seconds that it lives, and whoever waits takes the lock away from a holder
/// that has not said so for a while.
pub(crate) async fn hold(work: impl Future<Output = ()> + 'static) {
    let work = Rc::new(Cell::new(Some(work)));
    if let Some(locks) = Locks::of_this_browser() {
        let watch = Interval::new(BEAT_MS, {
            let (locks, work) = (locks.clone(), Rc::clone(&work));
            let mut took = false;
            move || {
                if !took && is_silent(beat(), Date::now()) {
                    took = true;
                    let taken = locks.request(true, turn(&work));
                    spawn_local(async move {
                        // It may be taken from us in turn: what was committed stays committed.
                        if let Ok(held) = taken {
                            let _ = JsFuture::from(held).await;
                        }
                    });
                }
            }
        });
        if let Ok(promise) = locks.request(false, turn(&work)) {
            // A lock that breaks under us ends the wait; what was committed stays committed.
            let _ = JsFuture::from(promise).await;
        }
        watch.cancel();
    }
    let _ = done(work.take()).await;
}

/// What the browser calls once the lock is ours: the work, unless it has been done meanwhile.
fn turn<F: Future<Output = ()> + 'static>(work: &Rc<Cell<Option<F>>>) -> Function {
    let work = Rc::clone(work);
    let turn = Closure::once_into_js(move |_lock: JsValue| {
        future_to_promise(async move {
            let _lives = Interval::new(BEAT_MS, say_beat);
            say_beat();
            done(work.take()).await
        })
    });
    turn.unchecked_into()
}

/// The holder lives. Where there is no `localStorage` nobody takes a lock away.
fn say_beat() {
    Beside::Browser.write(BEAT, &Date::now());
}

fn beat() -> Option<f64> {
    Beside::Browser.read(BEAT)
}

/// A beat from the future was written before the clock was set back: it tells nothing, so the lock
/// is taken; that costs bytes at worst.
fn is_silent(beat_ms: Option<f64>, now_ms: f64) -> bool {
    beat_ms.is_some_and(|beat_ms| !(0.0..SILENT_MS).contains(&(now_ms - beat_ms)))
}

async fn done(work: Option<impl Future<Output = ()>>) -> Result<JsValue, JsValue> {
    if let Some(work) = work {
        work.await;
    }
    Ok(JsValue::UNDEFINED)
}

/// `navigator.locks`, which web-sys counts among the unstable interfaces.
#[derive(Clone)]
struct Locks {
    manager: Object,
    request: Function,
}

impl Locks {
    fn of_this_browser() -> Option<Self> {
        let manager = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
        let manager: Object = manager.dyn_into().ok()?;
        let request = Reflect::get(&manager, &"request".into()).ok()?.dyn_into().ok()?;
        Some(Self { manager, request })
    }

    /// Asks for the lock: in line, or taken away from whoever has it.
    fn request(&self, steal: bool, turn: Function) -> Result<Promise, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"steal".into(), &steal.into())?;
        self.request.call3(&self.manager, &LOCK.into(), &options, &turn)?.dyn_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_silent_after_a_minute_and_a_half_and_one_from_the_future_counts_as_silent() {
        let now = 1_000_000.0;
        assert!(!is_silent(Some(now - 80_000.0), now));
        assert!(is_silent(Some(now - 90_000.0), now));
        assert!(is_silent(Some(now + 3_600_000.0), now));
        assert!(!is_silent(None, now));
    }
}
