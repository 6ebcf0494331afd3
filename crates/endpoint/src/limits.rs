//! How much one device may send, and how much one address may begin: buckets that empty and refill.
//!
//! Nothing is lost by a limit: whoever is told to wait keeps what it has, and sends it later.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::problems::{self, Refusal, refuse};

/// The size of a bucket, and how fast it refills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// At once, after a long rest.
    pub burst: u32,
    /// For ever.
    pub per_hour: u32,
}

/// Nobody is asked to wait longer.
const WAIT_MAX: Duration = Duration::from_secs(3_599);
/// Buckets that are looked after at once; beyond that, those that are full again are forgotten.
const BUCKETS: usize = 10_000;

/// A bucket for each key. They live in memory: a start fills them all.
pub struct Buckets<K> {
    rate: Rate,
    left: Mutex<HashMap<K, Bucket>>,
}

/// May be overdrawn by the last of a batch.
struct Bucket {
    left: f64,
    as_of: Instant,
}

impl<K: Eq + Hash> Buckets<K> {
    /// Full ones.
    pub fn new(rate: Rate) -> Self {
        Self { rate, left: Mutex::default() }
    }

    /// Is there something left? If not, a refusal that says how long to wait.
    pub fn check(&self, key: &K, what: &str) -> Result<(), Refusal> {
        match self.seconds(key) {
            None => Ok(()),
            Some(wait) => Err(refuse(&problems::SLOW_DOWN, what).retry_after(wait)),
        }
    }

    /// How long to wait until there is something left; none if there is.
    pub fn seconds(&self, key: &K) -> Option<u32> {
        let wait = self.wait(key, Instant::now())?;
        Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// Takes so many out.
    pub fn take(&self, key: K, many: usize) {
        self.take_at(key, many, Instant::now());
    }

    fn wait(&self, key: &K, now: Instant) -> Option<Duration> {
        let buckets = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let missing = 1.0 - self.rate.refilled(buckets.get(key)?, now);
        let hours = missing / f64::from(self.rate.per_hour.max(1));
        (missing > 0.0).then(|| {
            let wait = Duration::try_from_secs_f64(hours * 3_600.0).unwrap_or(WAIT_MAX);
            wait.min(WAIT_MAX)
        })
    }

    fn take_at(&self, key: K, many: usize, now: Instant) {
        let mut buckets = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS {
            let full = f64::from(self.rate.burst);
            buckets.retain(|_, bucket| self.rate.refilled(bucket, now) < full);
        }
        let full = Bucket { left: f64::from(self.rate.burst), as_of: now };
        let bucket = buckets.entry(key).or_insert(full);
        let many = u32::try_from(many).unwrap_or(u32::MAX);
        // A file that brings a thousand reports at once is paid for by an hour at most.
        let left = self.rate.refilled(bucket, now) - f64::from(many);
        *bucket = Bucket { left: left.max(-f64::from(self.rate.per_hour)), as_of: now };
    }
}

impl Rate {
    fn refilled(self, bucket: &Bucket, now: Instant) -> f64 {
        let hours = now.saturating_duration_since(bucket.as_of).as_secs_f64() / 3_600.0;
        (bucket.left + hours * f64::from(self.per_hour)).min(f64::from(self.burst))
    }
}

/// Where a connection comes from: an address, or for version 6 the network that one household gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin([u8; 8]);

impl From<IpAddr> for Origin {
    fn from(address: IpAddr) -> Self {
        let mut network = [0; 8];
        match address.to_canonical() {
            IpAddr::V4(four) => network[4..].copy_from_slice(&four.octets()),
            IpAddr::V6(six) => network.copy_from_slice(&six.octets()[..8]),
        }
        Self(network)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_refills_and_never_asks_for_more_than_an_hour() {
        let buckets = Buckets::new(Rate { burst: 100, per_hour: 60 });
        let begun = Instant::now();
        assert_eq!(buckets.wait(&1, begun), None);
        buckets.take_at(1, 100, begun);
        assert_eq!(buckets.wait(&1, begun), Some(Duration::from_mins(1)));
        assert_eq!(buckets.wait(&2, begun), None, "each has its own");
        assert_eq!(buckets.wait(&1, begun + Duration::from_secs(61)), None);
        buckets.take_at(1, 500, begun);
        assert!(buckets.wait(&1, begun).unwrap() <= WAIT_MAX);
        assert_eq!(buckets.wait(&1, begun + Duration::from_mins(62)), None);
    }

    #[test]
    fn buckets_that_are_full_again_are_forgotten() {
        let buckets = Buckets::new(Rate { burst: 10, per_hour: 10 });
        let begun = Instant::now();
        (0..BUCKETS).for_each(|key| buckets.take_at(key, 1, begun));
        buckets.take_at(BUCKETS, 1, begun + Duration::from_hours(1));
        assert_eq!(buckets.left.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_household_of_version_6_is_one_origin_and_a_mapped_address_is_that_of_version_4() {
        let origin = |text: &str| Origin::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(origin("2001:db8:1:2::1"), origin("2001:db8:1:2:ffff::9"));
        assert_ne!(origin("2001:db8:1:2::1"), origin("2001:db8:1:3::1"));
        assert_eq!(origin("::ffff:10.0.0.1"), origin("10.0.0.1"));
    }
}
