//! How long to wait after a failure: full jitter, so that phones that lost the network together do
//! not come back together (Exponential Backoff And Jitter, M. Brooker, 2015).

/// The first wait is at most this long, in milliseconds.
const BASE_MS: u64 = 2_000;
/// No wait of our own is longer, in milliseconds.
const CAP_MS: u64 = 15 * 60_000;
/// A wait that the endpoint asks for is held to this, in seconds.
const RETRY_AFTER_MAX_S: u32 = 3_600;

/// A wait in milliseconds after this many failures in a row (from 1), evenly spread from 0 to the
/// doubling limit.
pub fn full_jitter(failures: u32, random: u64) -> i64 {
    let doubled =
        BASE_MS.saturating_mul(1_u64.checked_shl(failures.saturating_sub(1)).unwrap_or(u64::MAX));
    let limit = doubled.min(CAP_MS);
    i64::try_from(random % (limit + 1)).unwrap_or(0)
}

/// A wait in milliseconds that the endpoint asked for, held to an hour.
pub fn asked_for(retry_after_s: u32) -> i64 {
    i64::from(retry_after_s.min(RETRY_AFTER_MAX_S)) * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour_and_never_overflow() {
        let longest = |failures| (0..2_000).map(|i| full_jitter(failures, i * 997)).max().unwrap();
        assert!(longest(1) <= 2_000 && longest(1) > 1_500);
        assert!(longest(4) <= 16_000 && longest(4) > 12_000);
        for failures in [10, 63, 64, 65, u32::MAX] {
            assert!(longest(failures) <= 900_000, "{failures}");
        }
    }

    #[test]
    fn an_endpoint_cannot_ask_for_more_than_an_hour() {
        assert_eq!(asked_for(u32::MAX), 3_600_000);
    }
}
