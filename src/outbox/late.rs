//! How long something has waited on this phone. Pure: the clock comes in.

use outbox::Row;

const DAY_MS: i64 = 86_400_000;

/// How long the oldest unsent thing has waited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Late {
    /// Less than a day, or nothing waits.
    #[default]
    No,
    /// More than a day: the head of 上报箱 turns warm.
    Day,
    /// More than three days: the person is asked to send it or to save a file.
    ThreeDays,
}

impl Late {
    /// Of the rows that have not arrived, refused ones among them. A row that a clock set back puts
    /// into the future is not late.
    pub(super) fn of<'a>(rows: impl IntoIterator<Item = &'a Row>, now_ms: i64) -> Self {
        let oldest = rows.into_iter().map(|row| row.sealed_ms).min();
        match oldest.map_or(0, |sealed_ms| now_ms.saturating_sub(sealed_ms)) {
            age if age > 3 * DAY_MS => Self::ThreeDays,
            age if age > DAY_MS => Self::Day,
            _ => Self::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::samples::row;

    #[test]
    fn the_oldest_unsent_row_decides() {
        let sealed = |ms| row(|row| row.sealed_ms = ms);
        let rows = [sealed(5 * DAY_MS), sealed(4 * DAY_MS)];
        for (now, late) in [
            (4 * DAY_MS, Late::No),
            (5 * DAY_MS, Late::No),
            (5 * DAY_MS + 1, Late::Day),
            (7 * DAY_MS, Late::Day),
            (7 * DAY_MS + 1, Late::ThreeDays),
            (0, Late::No),
        ] {
            assert_eq!(Late::of(&rows, now), late, "{now}");
        }
        assert_eq!(Late::of(&[], i64::MAX), Late::No);
    }
}
