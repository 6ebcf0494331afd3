use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::timers::callback::Timeout;
use js_sys::Date;
use leptos::task::spawn_local;

use crate::outbox::Inside;

/// A thousand rows under way are forty commits in ten seconds. Each of them read by the screen, row
/// by row, would take longer than the way to the endpoint: once a second is as good for an eye.
const SHOW_MS: f64 = 1_000.0;

/// Tells the screen what was committed: at once, but never sooner than a second after the last time.
#[derive(Default)]
pub(super) struct Showing {
    last_ms: Rc<Cell<f64>>,
    later: RefCell<Option<Timeout>>,
}

impl Showing {
    /// Something was committed.
    pub(super) async fn soon(&self, inside: &Rc<Inside>) {
        let now_ms = Date::now();
        let wait_ms = wait_ms(self.last_ms.get(), now_ms);
        if wait_ms == 0 {
            self.last_ms.set(now_ms);
            return inside.look_again().await;
        }
        let (last_ms, inside) = (Rc::clone(&self.last_ms), Rc::clone(inside));
        let later = Timeout::new(wait_ms, move || {
            last_ms.set(Date::now());
            spawn_local(async move { inside.look_again().await });
        });
        self.later.replace(Some(later));
    }

    /// Nothing more comes.
    pub(super) async fn now(&self, inside: &Rc<Inside>) {
        if self.later.take().is_some() {
            inside.look_again().await;
        }
    }
}

/// A clock that was set back makes nobody wait.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a second")]
fn wait_ms(last_ms: f64, now_ms: f64) -> u32 {
    let since_ms = now_ms - last_ms;
    if (0.0..SHOW_MS).contains(&since_ms) { (SHOW_MS - since_ms).ceil() as u32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::wait_ms;

    #[test]
    fn the_screen_is_told_at_once_and_then_once_a_second() {
        assert_eq!(wait_ms(0.0, 1_795_392_000_000.0), 0);
        assert_eq!(wait_ms(10_000.0, 10_100.0), 900);
        assert_eq!(wait_ms(10_000.0, 11_000.0), 0);
        assert_eq!(wait_ms(10_000.0, 9_000.0), 0, "the clock was set back");
    }
}
