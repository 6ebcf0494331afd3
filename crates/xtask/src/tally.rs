//! Counting what passed and what failed.

use std::{fmt, ops::AddAssign};

use serde_json::Value;

/// How many passed and how many failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    /// Of those that passed: how many failed at first. Each is a race, in the test or in what it
    /// tests, and is named by the run; it does not hold up what has nothing to do with it.
    pub repeated: u64,
}

impl Tally {
    /// One thing, done or not: a lint run, a build.
    pub fn one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed), repeated: 0 }
    }

    /// A test program that failed without naming a test (it did not compile, it crashed), or that
    /// ran none at all, is a failure too.
    pub fn judged(mut self, success: bool) -> Self {
        let ran_none = self == Self::default();
        if self.failed == 0 && (!success || ran_none) {
            self.failed = 1;
        }
        self
    }

    /// What a line of libtest or of wasm-bindgen's test runner says:
    /// `test result: ok. 12 passed; 0 failed; …`.
    pub fn of_line(line: &str) -> Option<Self> {
        let counts = line.trim_start().strip_prefix("test result: ")?;
        let (passed, failed) = (before(counts, " passed")?, before(counts, " failed")?);
        Some(Self { passed, failed, repeated: 0 })
    }

    /// What Playwright's JSON report says.
    pub fn of_playwright(report: &str) -> Option<Self> {
        let report: Value = serde_json::from_str(report).ok()?;
        let count = |name: &str| report["stats"][name].as_u64();
        let repeated = count("flaky")?;
        Some(Self { passed: count("expected")? + repeated, failed: count("unexpected")?, repeated })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.repeated += other.repeated;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        if self.repeated > 0 {
            write!(out, ", {} only when repeated", self.repeated)?;
        }
        Ok(())
    }
}

fn before(text: &str, word: &str) -> Option<u64> {
    let (head, _) = text.split_once(word)?;
    head.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(passed: u64, failed: u64) -> Tally {
        Tally { passed, failed, repeated: 0 }
    }

    #[test]
    fn a_result_line_is_counted_and_others_are_not() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; finished in 0.1s";
        assert_eq!(Tally::of_line(line), Some(counted(12, 3)));
        assert_eq!(Tally::of_line("test a_refusal_of 5 passed; 1 failed ... ok"), None);
    }

    #[test]
    fn a_run_that_failed_or_ran_nothing_counts_as_failed() {
        let none = Tally::default();
        assert_eq!(none.judged(true), counted(0, 1));
        let some = counted(2, 0);
        assert_eq!(some.judged(true), some);
        assert_eq!(some.judged(false), counted(2, 1));
        let failed = counted(2, 4);
        assert_eq!(failed.judged(false), failed);
    }

    #[test]
    fn a_test_that_passed_when_repeated_is_counted_and_told_apart() {
        let report = r#"{"stats":{"expected":5,"skipped":0,"unexpected":1,"flaky":2}}"#;
        let tally = Tally::of_playwright(report).unwrap();
        assert_eq!(tally, Tally { passed: 7, failed: 1, repeated: 2 });
        assert_eq!(tally.to_string(), "7 passed, 1 failed, 2 only when repeated");
        assert_eq!(Tally::of_playwright("{}"), None);
    }
}
