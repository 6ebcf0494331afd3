use std::cell::RefCell;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// A second tap comes so soon after the first, milliseconds: as far apart as Android takes two taps for
/// one double one is 300, and shaking hands are slower.
const SOON_MS: f64 = 400.0;
/// And so near to it, pixels.
const NEAR: f64 = 40.0;

/// One tap or click.
#[derive(Clone, Copy, Debug)]
struct Tap {
    /// Milliseconds, on the page's own clock.
    at_ms: f64,
    /// Pixels of the window.
    at: (f64, f64),
    /// By a finger: browsers count the clicks of a mouse only.
    by_finger: bool,
    /// The how-manieth of a mouse's quick clicks.
    nth: i32,
}

impl Tap {
    fn of(event: &PointerEvent) -> Self {
        Self {
            at_ms: event.time_stamp(),
            at: (f64::from(event.client_x()), f64::from(event.client_y())),
            by_finger: event.pointer_type() == "touch",
            nth: event.detail(),
        }
    }

    /// Is it the second half of a double one?
    fn doubles(self, first: Self) -> bool {
        let soon = (0.0..SOON_MS).contains(&(self.at_ms - first.at_ms));
        let (across, down) = (self.at.0 - first.at.0, self.at.1 - first.at.1);
        soon && across.hypot(down) < NEAR && (self.by_finger || self.nth > 1)
    }
}

thread_local! {
    /// The last tap, and what it fell on.
    static LAST: RefCell<Option<(Tap, Element)>> = RefCell::default();
}

/// Whoever taps twice, out of habit or with a shaking hand, means one thing. If what was tapped has gone,
/// or a question lies over it, the second tap would answer what nobody has read: it goes nowhere. A
/// keyboard or a screen reader makes no taps.
pub fn let_no_second_tap_through() {
    let first = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    EventListener::new_with_options(&window(), "click", first, |event| {
        let Some(tap) = event.dyn_ref::<PointerEvent>().map(Tap::of) else { return };
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        LAST.with_borrow_mut(|last| match last {
            Some((before, tapped)) if tap.doubles(*before) && is_away(tapped, target.as_ref()) => {
                event.prevent_default();
                event.stop_immediate_propagation();
                *before = tap;
            }
            _ => *last = target.map(|element| (tap, element)),
        });
    })
    .forget();
}

/// Has what was tapped gone, or come under the question that is tapped now?
fn is_away(tapped: &Element, now: Option<&Element>) -> bool {
    let question = now.and_then(|it| it.closest("dialog").ok().flatten());
    !tapped.is_connected() || question.is_some_and(|it| !it.contains(Some(tapped)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Tap = Tap { at_ms: 1_000.0, at: (100.0, 200.0), by_finger: true, nth: 1 };

    #[test]
    fn a_second_tap_comes_soon_and_near_and_is_a_fingers_or_counted() {
        let second = Tap { at_ms: 1_250.0, at: (110.0, 205.0), ..FIRST };
        assert!(second.doubles(FIRST));
        for other in [
            Tap { at_ms: 1_400.0, ..second },
            Tap { at_ms: 900.0, ..second },
            Tap { at: (150.0, 200.0), ..second },
            Tap { by_finger: false, ..second },
        ] {
            assert!(!other.doubles(FIRST), "{other:?}");
        }
        assert!(Tap { by_finger: false, nth: 2, ..second }.doubles(FIRST));
    }
}
