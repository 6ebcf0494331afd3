//! Counting what passed and what failed.

use std::{fmt, ops::AddAssign};

use serde_json::Value;

/// How many passed and how many failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    /// One thing, done or not: a lint run, a build.
    pub fn one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed) }
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
        Some(Self { passed: before(counts, " passed")?, failed: before(counts, " failed")? })
    }

    /// What Playwright's JSON report says. A test that passed only when repeated has failed.
    pub fn of_playwright(report: &str) -> Option<Self> {
        let report: Value = serde_json::from_str(report).ok()?;
        let count = |name: &str| report["stats"][name].as_u64();
        Some(Self { passed: count("expected")?, failed: count("unexpected")? + count("flaky")? })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn before(text: &str, word: &str) -> Option<u64> {
    let (head, _) = text.split_once(word)?;
    head.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_line_is_counted_and_others_are_not() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; finished in 0.1s";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 12, failed: 3 }));
        assert_eq!(Tally::of_line("test a_refusal_of 5 passed; 1 failed ... ok"), None);
    }

    #[test]
    fn a_run_that_failed_or_ran_nothing_counts_as_failed() {
        let none = Tally::default();
        assert_eq!(none.judged(true), Tally { passed: 0, failed: 1 });
        let some = Tally { passed: 2, failed: 0 };
        assert_eq!(some.judged(true), some);
        assert_eq!(some.judged(false), Tally { passed: 2, failed: 1 });
        let counted = Tally { passed: 2, failed: 4 };
        assert_eq!(counted.judged(false), counted);
    }

    #[test]
    fn playwrights_flaky_tests_have_failed() {
        let report = r#"{"stats":{"expected":5,"skipped":0,"unexpected":1,"flaky":2}}"#;
        assert_eq!(Tally::of_playwright(report), Some(Tally { passed: 5, failed: 3 }));
        assert_eq!(Tally::of_playwright("{}"), None);
    }
}
