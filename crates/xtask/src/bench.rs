//! `cargo xtask bench`: the figures of docs/benchmarks.md, measured anew.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::{
    command::{program, run},
    files, finish, page, run as endpoint, size, tools, wasm,
};

/// What the benchmarks measured, a line each.
const MEASURED: &str = "target/measured.jsonl";
/// Where the storage's door alone lies while it is measured.
const DOOR: &str = "target/page-parts/bench";
const PAGE: &str = "docs/benchmarks.md";
const HEAD: &str = "\
# What it costs

Written by `cargo xtask bench`, which builds the release page and the endpoint, runs them in Chromium behind the fault proxy and measures.
Times are of one run on one machine that does other things too: compare them with their goals and with each other, not with another
machine's. No test asserts any of them. A goal that is missed says so.

| what | goal | measured | | how |
|---|---|---|---|---|
";

/// One figure.
#[derive(Deserialize)]
struct Figure {
    what: String,
    goal: f64,
    value: f64,
    unit: String,
    how: String,
}

/// Measures and writes the page of figures.
pub fn measure() -> Result<()> {
    tools::for_tests()?;
    page::build()?;
    endpoint::build_endpoint()?;
    let proxy = ["build", "--quiet", "--locked", "--workspace", "--bin", "fault-proxy"];
    run(&mut program("cargo", &proxy), "Type: cargo build --workspace --bin fault-proxy")?;
    wasm::bind("bench-door", "bench_door", "web", Path::new(DOOR))?;
    let _ = fs::remove_file(MEASURED);
    let mut bench = program("playwright", &["test", "--config", "bench/playwright.config.mjs"]);
    bench.env("POSHANG_MEASURED", crate::root().join(MEASURED));
    run(&mut bench, "Look at the lines above: a benchmark that fails has measured nothing")?;
    let figures = sizes()?.into_iter().chain(timed()?);
    fs::write(PAGE, HEAD.to_owned() + &figures.map(|it| it.line()).collect::<String>())?;
    println!("{PAGE} is written");
    Ok(())
}

fn timed() -> Result<Vec<Figure>> {
    let lines = fs::read_to_string(MEASURED).context("nothing was measured")?;
    lines.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn sizes() -> Result<[Figure; 4]> {
    let how = "`cargo xtask size`".to_owned();
    let unit = "KB".to_owned();
    let [screen, visit] = size::first_visit(Path::new(page::DIST))?;
    let [first, whole] = pack_bytes(&Path::new(page::DIST).join("data"))?;
    let of_pack = |what: &str, goal, bytes| Figure {
        what: format!("the shipped district pack, {what}, brotli 11"),
        goal,
        value: kilobytes(bytes),
        unit: unit.clone(),
        how: "its `.br` files in the built page".to_owned(),
    };
    Ok([
        of_pack("first part (`pack.json`)", 40.0, first),
        of_pack("whole, with the layers beside it", 60.0, whole),
        Figure {
            what: "first visit: what its screen needs before it can be used, brotli 11".to_owned(),
            goal: 270.0,
            value: kilobytes(screen),
            unit: unit.clone(),
            how: format!("{how}; {:.0} KB with all that comes after it", kilobytes(visit)),
        },
        Figure {
            what: "the worker's engine, glue and wasm, gzip 9".to_owned(),
            goal: 60.0,
            value: kilobytes(size::engine(Path::new(page::DIST))?),
            unit: unit.clone(),
            how,
        },
    ])
}

/// Brotli bytes of the pack's first part, and of all its parts. A layer too small to be compressed is
/// sent as it is.
fn pack_bytes(folder: &Path) -> Result<[u64; 2]> {
    let (mut first, mut whole) = (0, 0);
    for file in
        files::below(folder)?.iter().filter(|it| it.extension().is_some_and(|it| it == "json"))
    {
        let packed = fs::metadata(finish::beside(file, "br")).or_else(|_| fs::metadata(file))?;
        whole += packed.len();
        if file.ends_with("pack.json") {
            first = packed.len();
        }
    }
    Ok([first, whole])
}

#[expect(clippy::cast_precision_loss, reason = "files are smaller than 2^53 bytes")]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

impl Figure {
    fn line(&self) -> String {
        let Self { what, goal, value, unit, how } = self;
        let verdict = if value <= goal { "met" } else { "**missed**" };
        let mut line = String::new();
        let _ = writeln!(
            line,
            "| {what} | ≤ {} {unit} | {} {unit} | {verdict} | {how} |",
            spoken(*goal),
            spoken(*value)
        );
        line
    }
}

/// Small figures with two places, large ones without.
fn spoken(value: f64) -> String {
    if value < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_whether_its_goal_is_met() {
        let figure = |value| Figure {
            what: "w".into(),
            goal: 1.1,
            value,
            unit: "times".into(),
            how: "h".into(),
        };
        assert_eq!(figure(0.912).line(), "| w | ≤ 1.10 times | 0.91 times | met | h |\n");
        assert_eq!(figure(17.4).line(), "| w | ≤ 1.10 times | 17 times | **missed** | h |\n");
    }
}
