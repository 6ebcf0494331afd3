//! When typing is written to the phone: after a pause, and while the typing goes on.

/// Milliseconds after the last key.
const PAUSE_MS: i64 = 300;
/// Milliseconds after the first key that is not written yet.
const LONGEST_MS: i64 = 800;

/// Keys that are not written yet.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pause {
    first_ms: Option<i64>,
}

impl Pause {
    /// A key was pressed: in how many milliseconds is it time to write?
    pub(super) fn key(&mut self, now_ms: i64) -> u32 {
        let first = *self.first_ms.get_or_insert(now_ms);
        // A clock that was set back makes no wait longer.
        let waited = (now_ms - first).clamp(0, LONGEST_MS);
        u32::try_from(PAUSE_MS.min(LONGEST_MS - waited)).unwrap_or(0)
    }

    /// Everything so far is being written.
    pub(super) fn over(&mut self) {
        self.first_ms = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_is_written_after_a_pause_and_at_least_once_a_second() {
        let mut pause = Pause::default();
        assert_eq!(pause.key(1_000), 300);
        assert_eq!(pause.key(1_200), 300);
        assert_eq!(pause.key(1_700), 100);
        assert_eq!(pause.key(2_500), 0);
        pause.over();
        assert_eq!(pause.key(2_600), 300);
    }

    #[test]
    fn a_clock_set_back_does_not_hold_up_the_writing() {
        let mut pause = Pause::default();
        pause.key(1_000_000);
        assert_eq!(pause.key(0), 300);
    }
}
