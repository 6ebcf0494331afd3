//! `cargo xtask size`: what a first visit costs a person with little data left.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::{finish, page, wasm};

struct Weight {
    path: String,
    raw: u64,
    brotli: u64,
}

impl Weight {
    /// Rooms that nobody has opened yet, and what is for the day when the page does not start.
    fn is_later(&self) -> bool {
        wasm::is_piece(&self.path) || self.path.starts_with("/rescue.")
    }
}

/// Prints raw and brotli bytes of everything that a first visit loads. The worker keeps the very
/// files that the page has loaded, by digest, so that none is fetched twice.
pub fn show() -> Result<()> {
    page::build()?;
    let dist = Path::new(page::DIST);
    let mut weights = weights(dist)?;
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.brotli));
    let (later, first) = weights.iter().partition::<Vec<_>, _>(|weight| weight.is_later());
    println!("{:>10} {:>10}  what the first screen needs", "raw", "brotli 11");
    show_all(&first, "until it can be used (the icons' sprite stands in index.html)");
    println!("\n{:>10} {:>10}  what comes after it", "raw", "brotli 11");
    show_all(&later, "kept for a time without a network");
    show_engine(dist)
}

fn show_all(weights: &[&Weight], what: &str) {
    for weight in weights {
        println!("{:>10} {:>10}  {}", weight.raw, weight.brotli, weight.path);
    }
    let raw = weights.iter().map(|weight| weight.raw).sum::<u64>();
    let brotli = weights.iter().map(|weight| weight.brotli).sum::<u64>();
    println!("{raw:>10} {brotli:>10}  {what}");
}

/// Bytes of a first visit, brotli: until its screen can be used, and all that is loaded.
pub fn first_visit(dist: &Path) -> Result<[u64; 2]> {
    let weights = weights(dist)?;
    let all = weights.iter().map(|weight| weight.brotli).sum();
    let first = weights.iter().filter(|weight| !weight.is_later());
    Ok([first.map(|weight| weight.brotli).sum(), all])
}

/// Bytes of the worker's engine, gzip.
pub fn engine(dist: &Path) -> Result<u64> {
    finish::engine(dist)?.iter().map(|path| Ok(fs::metadata(gzipped(dist, path))?.len())).sum()
}

fn weights(dist: &Path) -> Result<Vec<Weight>> {
    let worker = format!("/{}", finish::WORKER);
    let paths = finish::listed(dist)?.into_iter().chain([worker]);
    paths.map(|path| weigh(dist, path)).collect()
}

fn gzipped(dist: &Path, path: &str) -> PathBuf {
    finish::beside(&dist.join(path.trim_start_matches('/')), "gz")
}

/// The worker keeps its engine where the browser has Background Sync, after the page has come up.
fn show_engine(dist: &Path) -> Result<()> {
    println!("\n{:>10} {:>10}  what the worker sends with, while no page is open", "raw", "gzip 9");
    for path in finish::engine(dist)? {
        let raw = fs::metadata(dist.join(path.trim_start_matches('/')))?;
        let gzip = fs::metadata(gzipped(dist, &path))?;
        println!("{:>10} {:>10}  {path}", raw.len(), gzip.len());
    }
    Ok(())
}

/// What is too small to be compressed is sent as it is.
fn weigh(dist: &Path, path: String) -> Result<Weight> {
    let name = if path == "/" { finish::SHELL } else { path.trim_start_matches('/') };
    let file = dist.join(name);
    let raw = fs::metadata(&file)?.len();
    let brotli = fs::metadata(finish::beside(&file, "br")).map_or(raw, |packed| packed.len());
    Ok(Weight { path, raw, brotli })
}
