//! `cargo xtask test`: everything, one step after the other, and one line at the end.

use std::{env, fs, process::Command, time::Instant};

use crate::{command::program, live, tally::Tally};

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
const END_TO_END_REPORT: &str = "e2e/results/report.json";

/// What the tests say about the faults that they inject, a line each.
const FAULT_RECORDS: &str = "target/fault-records.jsonl";
/// Seeds of a long run of the simulator; `POSHANG_SEEDS` is how the simulator is told.
const LONG_SEEDS: &str = "1000000";
const FAULTS: &str = "docs/faults.md";

/// How a step tells its tests.
#[derive(Clone, Copy)]
enum Tells {
    /// It has none: it succeeds or not, which counts as one.
    Success,
    /// `test result:` lines.
    Lines,
    /// Playwright's report in a file.
    Report,
}

struct Step {
    name: &'static str,
    tells: Tells,
    command: Command,
}

/// Runs all steps, even after a failed one: what cannot be installed is told and counted, and the
/// steps that can do without it still run. The process ends with 1 if anything failed.
pub fn everything(long: bool) -> ! {
    let started = Instant::now();
    let mut total = Tally::default();
    let mut lines = Vec::new();
    // Records of an earlier run must not speak for this one.
    let _ = fs::remove_file(FAULT_RECORDS);
    for mut step in steps(long) {
        let begun = Instant::now();
        println!("\n==> {}: {}", step.name, crate::command::said(&step.command));
        let tally = step.run();
        lines.push(format!("{:<20} {tally} ({})", step.name, live::spoken(begun.elapsed())));
        total += tally;
    }
    let faults = faults();
    lines.push(format!("{:<20} {faults}", "faults"));
    total += faults;
    println!("\n{}\nin {}\n{total}", lines.join("\n"), live::spoken(started.elapsed()));
    std::process::exit(i32::from(total.failed > 0))
}

fn steps(long: bool) -> Vec<Step> {
    let deny = ["--", "-D", "warnings"];
    let all = ["--locked", "--workspace"];
    let packages = ["--package", "poshang", "--package", "outbox", "--package", "carrier"];
    let page = [&packages[..], &["--lib", "--bins", "--test", "web"]].concat();
    vec![
        step("tools", Tells::Success, &["xtask", "tools"], &[]),
        step("format", Tells::Success, &["fmt"], &[&["--all", "--check"]]),
        step("lints, native", Tells::Success, &["clippy"], &[&all, &["--all-targets"], &deny]),
        step("lints, wasm", Tells::Success, &["clippy", "--locked"], &[&WASM, &page, &deny]),
        native_tests(&all, long),
        browser_tests(),
        step("page and endpoint", Tells::Success, &["xtask", "build"], &[]),
        step("fault proxy", Tells::Success, &["build"], &[&all, &["--bin", "fault-proxy"]]),
        end_to_end(),
    ]
}

fn step(name: &'static str, tells: Tells, first: &[&str], rest: &[&[&str]]) -> Step {
    let arguments = [first, &rest.concat()].concat();
    Step { name, tells, command: program("cargo", &arguments) }
}

/// All that needs no browser. `long`: the simulator runs a hundred times as many seeds.
fn native_tests(all: &[&'static str], long: bool) -> Step {
    let mut step = step("tests, native", Tells::Lines, &["test"], &[all, &["--no-fail-fast"]]);
    if long {
        step.command.env("POSHANG_SEEDS", LONG_SEEDS);
    }
    step
}

/// What only a browser knows (the database, the fetch door, the components on a real page), and the
/// golden bytes as the page makes them.
fn browser_tests() -> Step {
    let packages = ["--locked", "--package", "poshang", "--package", "model"];
    let tests = ["--test", "web", "--test", "golden"];
    let mut step = step("tests, browser", Tells::Lines, &["test"], &[&WASM, &packages, &tests]);
    let driver = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "/usr/bin/chromedriver".into());
    step.command.env("CHROMEDRIVER", driver);
    step.command.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    step
}

/// The release page, the real endpoint, a real browser, and the proxy between them.
fn end_to_end() -> Step {
    let arguments = ["test", "--config", "e2e/playwright.config.mjs"];
    Step { name: "end to end", tells: Tells::Report, command: program("playwright", &arguments) }
}

/// Writes the page of faults from what this run recorded. One that the catalogue holds us to and
/// that no test recorded is a failure; so is a record that cannot be read.
fn faults() -> Tally {
    let catalogue = fault_log::catalogue();
    let written = fs::read_to_string(FAULT_RECORDS).unwrap_or_default();
    let page = fault_log::read(&written).map_err(anyhow::Error::msg).and_then(|records| {
        let missing = fault_log::missing(&catalogue, &records);
        fs::write(FAULTS, fault_log::page(&catalogue, &records))?;
        anyhow::ensure!(missing.is_empty(), "no test of this run showed {}", ids(&missing));
        Ok(())
    });
    if let Err(error) = &page {
        println!("\nfaults: {error:#}");
    }
    Tally::one(page.is_ok())
}

fn ids(entries: &[&fault_log::Entry]) -> String {
    entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>().join(", ")
}

impl Step {
    fn run(&mut self) -> Tally {
        // An old report must not speak for a run that wrote none.
        let _ = fs::remove_file(END_TO_END_REPORT);
        let mut heard = Tally::default();
        self.command.env(fault_log::RECORDS, crate::root().join(FAULT_RECORDS));
        let ended = live::run(&mut self.command, |line| {
            heard += Tally::of_line(line).unwrap_or_default();
        });
        let success = match ended {
            Ok(status) => status.success(),
            Err(error) => {
                println!("{error:#}");
                false
            }
        };
        self.judge(heard, success)
    }

    fn judge(&self, heard: Tally, success: bool) -> Tally {
        match self.tells {
            Tells::Success => Tally::one(success),
            Tells::Lines => heard.judged(success),
            Tells::Report => {
                let report = fs::read_to_string(END_TO_END_REPORT).unwrap_or_default();
                Tally::of_playwright(&report).unwrap_or_default().judged(success)
            }
        }
    }
}
