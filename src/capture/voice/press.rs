//! Hold to speak, or tap to begin and tap again to end: what a press of the one button means. Pure.

/// Who holds the button this long, milliseconds, ends by letting go.
const HOLD_MS: f64 = 600.0;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Begin to record.
    Begin,
    /// End and keep it.
    End,
}

/// A finger, or a key, on the button.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Press {
    /// When the finger was put down that began the recording.
    began_ms: Option<f64>,
    /// The click that a browser makes of this press has been dealt with.
    spent: bool,
}

impl Press {
    /// A finger is put down.
    pub(super) fn down(&mut self, now_ms: f64, recording: bool) -> Option<Act> {
        self.spent = false;
        self.began_ms = (!recording).then_some(now_ms);
        (!recording).then_some(Act::Begin)
    }

    /// It is lifted.
    pub(super) fn up(&mut self, now_ms: f64, recording: bool) -> Option<Act> {
        let began_ms = self.began_ms.take()?;
        self.spent = true;
        (recording && now_ms - began_ms >= HOLD_MS).then_some(Act::End)
    }

    /// A click: of a finger that ends, of a key, of a screen reader.
    pub(super) fn click(&mut self, recording: bool) -> Option<Act> {
        if core::mem::take(&mut self.spent) {
            return None;
        }
        Some(if recording { Act::End } else { Act::Begin })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_holds_ends_by_letting_go() {
        let mut press = Press::default();
        assert_eq!(press.down(0.0, false), Some(Act::Begin));
        assert_eq!(press.up(2_000.0, true), Some(Act::End));
        assert_eq!(press.click(false), None, "the click of the same press");
    }

    #[test]
    fn who_taps_goes_on_until_the_next_tap() {
        let mut press = Press::default();
        assert_eq!(press.down(0.0, false), Some(Act::Begin));
        assert_eq!(press.up(120.0, true), None);
        assert_eq!(press.click(true), None);
        assert_eq!(press.down(5_000.0, true), None);
        assert_eq!(press.up(5_100.0, true), None);
        assert_eq!(press.click(true), Some(Act::End));
    }

    #[test]
    fn a_long_press_without_a_click_spends_nothing_of_the_next_one() {
        let mut press = Press::default();
        press.down(0.0, false);
        assert_eq!(press.up(900.0, true), Some(Act::End));
        assert_eq!(press.down(3_000.0, false), Some(Act::Begin));
        assert_eq!(press.up(3_100.0, true), None);
        assert_eq!(press.click(true), None);
    }

    #[test]
    fn a_key_and_a_screen_reader_tap() {
        let mut press = Press::default();
        assert_eq!(press.click(false), Some(Act::Begin));
        assert_eq!(press.click(true), Some(Act::End));
    }

    #[test]
    fn a_finger_lifted_while_the_browser_still_asks_has_tapped() {
        let mut press = Press::default();
        press.down(0.0, false);
        assert_eq!(press.up(4_000.0, false), None);
    }
}
