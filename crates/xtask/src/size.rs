//! `cargo xtask size`: what a first visit costs a person with little data left.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{finish, page};

struct Weight {
    path: String,
    raw: u64,
    brotli: u64,
}

/// Prints raw and brotli bytes of everything that a first visit loads. The worker keeps the very
/// files that the page has loaded, by digest, so that none is fetched twice.
pub fn show() -> Result<()> {
    page::build()?;
    let dist = Path::new(page::DIST);
    let mut paths = finish::listed(dist)?;
    paths.push(format!("/{}", finish::WORKER));
    let mut weights =
        paths.into_iter().map(|path| weigh(dist, path)).collect::<Result<Vec<_>>>()?;
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.brotli));
    println!("{:>10} {:>10}  what a first visit loads", "raw", "brotli 11");
    for weight in &weights {
        println!("{:>10} {:>10}  {}", weight.raw, weight.brotli, weight.path);
    }
    let raw = weights.iter().map(|weight| weight.raw).sum::<u64>();
    let brotli = weights.iter().map(|weight| weight.brotli).sum::<u64>();
    println!("{raw:>10} {brotli:>10}  in all (the icons' sprite stands in index.html)");
    show_engine(dist)
}

/// The worker keeps its engine where the browser has Background Sync, after the page has come up.
fn show_engine(dist: &Path) -> Result<()> {
    println!("\n{:>10} {:>10}  what the worker sends with, while no page is open", "raw", "gzip 9");
    for path in finish::engine(dist)? {
        let file = dist.join(path.trim_start_matches('/'));
        let (raw, gzip) = (fs::metadata(&file)?, fs::metadata(finish::beside(&file, "gz"))?);
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
