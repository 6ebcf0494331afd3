//! Times: RFC 3339 with milliseconds. The endpoint's end in `Z`, a phone's carry its zone.
//!
//! Nothing is decided by a phone's clock; a stamp keeps what the clock said, and the offset.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A moment as a clock told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub unix_ms: i64,
    /// Minutes east of UTC; `None` is written as `Z`.
    pub zone: Option<i16>,
}

/// A text that is not such a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a time like 2026-11-23T08:15:20.123+08:00")]
pub struct NotAStamp;

const DAY_MS: i64 = 86_400_000;
/// 0000-01-01 and the last millisecond of 9999: what four digits of a year can say.
const RANGE_MS: core::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;

impl Stamp {
    /// A moment in UTC, written with `Z`.
    pub fn utc(unix_ms: i64) -> Self {
        Self { unix_ms, zone: None }
    }

    /// A moment as a phone tells it. A clock beyond the years 0 to 9999 is held at their edge, so
    /// that a report never fails on it.
    pub fn local(unix_ms: i64, minutes_east: i16) -> Self {
        let zone = minutes_east.clamp(-1_439, 1_439);
        let shift = i64::from(zone) * 60_000;
        let local = unix_ms.saturating_add(shift).clamp(*RANGE_MS.start(), *RANGE_MS.end());
        Self { unix_ms: local - shift, zone: Some(zone) }
    }

    /// Minutes east of UTC.
    fn offset(self) -> i64 {
        i64::from(self.zone.unwrap_or(0))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.unix_ms + self.offset() * 60_000;
        let (year, month, day) = civil(local.div_euclid(DAY_MS));
        let ms = local.rem_euclid(DAY_MS);
        let (s, ms) = (ms / 1_000, ms % 1_000);
        let (hour, minute, second) = (s / 3_600, s / 60 % 60, s % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}")?;
        match self.zone {
            None => f.write_str("Z"),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                let zone = zone.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", zone / 60, zone % 60)
            }
        }
    }
}

impl FromStr for Stamp {
    type Err = NotAStamp;

    fn from_str(text: &str) -> Result<Self, NotAStamp> {
        read(text.as_bytes()).ok_or(NotAStamp)
    }
}

fn read(text: &[u8]) -> Option<Stamp> {
    let (head, zone) = text.split_at_checked(23)?;
    let [y, _, _, _, b'-', _, _, b'-', _, _, b'T', _, _, b':', _, _, b':', _, _, b'.', ..] = head
    else {
        return None;
    };
    y.is_ascii_digit().then_some(())?;
    let (year, month, day) = (digits(head, 0, 4)?, digits(head, 5, 2)?, digits(head, 8, 2)?);
    let (hour, minute) = (digits(head, 11, 2)?, digits(head, 14, 2)?);
    let (second, ms) = (digits(head, 17, 2)?, digits(head, 20, 3)?);
    let days = days_from_civil(year, month, day);
    let real = civil(days) == (year, month, day) && hour < 24 && minute < 60 && second < 60;
    real.then_some(())?;
    let zone = if zone == b"Z" { None } else { Some(read_offset(zone)?) };
    let local = days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1_000 + ms;
    Some(Stamp { unix_ms: local - i64::from(zone.unwrap_or(0)) * 60_000, zone })
}

fn read_offset(text: &[u8]) -> Option<i16> {
    let [sign @ (b'+' | b'-'), _, _, b':', _, _] = text else { return None };
    let (hour, minute) = (digits(text, 1, 2)?, digits(text, 4, 2)?);
    (hour < 24 && minute < 60).then_some(())?;
    let minutes = i16::try_from(hour * 60 + minute).ok()?;
    Some(if *sign == b'-' { -minutes } else { minutes })
}

fn digits(text: &[u8], from: usize, len: usize) -> Option<i64> {
    let digits = text.get(from..from + len)?;
    digits
        .iter()
        .try_fold(0, |n, byte| byte.is_ascii_digit().then(|| n * 10 + i64::from(byte - b'0')))
}

/// Days since 1970-01-01 of a day of the proleptic Gregorian calendar (Hinnant,
/// `chrono`-compatible low-level date algorithms).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The inverse of [`days_from_civil`]: year, month, day.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

    use super::*;

    proptest! {
        #[test]
        fn another_library_reads_every_stamp_as_the_same_moment(
            ms in RANGE_MS, zone in -1_439_i16..=1_439,
        ) {
            let stamp = Stamp::local(ms, zone);
            let theirs = OffsetDateTime::parse(&stamp.to_string(), &Rfc3339).unwrap();
            prop_assert_eq!(theirs.unix_timestamp_nanos() / 1_000_000, i128::from(stamp.unix_ms));
            let offset = UtcOffset::from_whole_seconds(i32::from(zone) * 60).unwrap();
            prop_assert_eq!(theirs.offset(), offset);
            prop_assert_eq!(stamp.to_string().parse(), Ok(stamp));
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "2026-11-23T08:15:20+08:00",
            "2026-11-23 08:15:20.123+08:00",
            "2026-02-30T08:15:20.123Z",
            "2026-11-23T24:00:00.000Z",
            "2026-11-23T08:15:20.123",
            "2026-11-23T08:15:20.123+24:00",
            "+026-11-23T08:15:20.123Z",
            "2026-11-23T08:15:20.123z",
        ] {
            assert_eq!(text.parse::<Stamp>(), Err(NotAStamp), "{text}");
        }
    }

    #[test]
    fn a_clock_ten_thousand_years_ahead_still_gives_a_stamp() {
        let stamp = Stamp::local(i64::MAX, 480).to_string();
        assert_eq!(stamp, "9999-12-31T23:59:59.999+08:00");
        assert!(stamp.parse::<Stamp>().is_ok());
    }
}
