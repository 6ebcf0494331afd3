//! The page's release build, done only when something of it changed.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    command::{program, run},
    district, files, tools,
};

/// The built page, as the endpoint serves it.
pub const DIST: &str = "dist";
/// Names the build for the service worker; without it the build is named by its content.
pub const BUILD_ID: &str = "POSHANG_BUILD_ID";
/// Set while somebody works on the page: page and endpoint are compiled for being soon there, not
/// for being small and fast. Nothing that is shipped or measured is built like that.
pub const QUICK: &str = "POSHANG_QUICK";

const QUICK_PROFILE: &str = "quick";
/// Where this checkout remembers what it has built, also where Cargo's folder is shared with others.
const OWN: &str = "target";

/// Everything that the page is made from.
const INPUTS: [&str; 14] = [
    "src",
    "style",
    "public",
    "crates/carrier",
    "crates/model",
    "crates/outbox",
    "crates/xtask/src",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// Builds the page into [`DIST`] unless it is there and nothing changed since.
///
/// One build at a time: a second one waits, and then finds that nothing is left to do. Two at once
/// once left a page that named a stylesheet which the other had replaced.
pub fn build() -> Result<()> {
    let _turn = turn()?;
    district::write(Path::new(district::TABLES))?;
    let wanted =
        files::digest_of_all(&INPUTS)? + &env::var(BUILD_ID).unwrap_or_default() + profile();
    let stamp = Path::new(OWN).join("page.stamp");
    if is_built() && fs::read_to_string(&stamp).is_ok_and(|built| built == wanted) {
        return Ok(());
    }
    tools::for_page()?;
    let mut trunk = program("trunk", &["build", "--color", "never"]);
    // A person's NO_COLOR=1 is no value that Trunk takes.
    trunk.env_remove("NO_COLOR");
    if is_quick() {
        trunk.args(["--release", "false", "--cargo-profile", QUICK_PROFILE]);
    }
    run(&mut trunk, "Type: trunk build, which shows the same error alone")?;
    fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))
}

/// Ends when it is dropped.
fn turn() -> Result<fs::File> {
    let path = Path::new(OWN).join("page.lock");
    let said = || format!("{} cannot be locked", path.display());
    fs::create_dir_all(OWN).with_context(said)?;
    let lock = fs::File::create(&path).with_context(said)?;
    lock.lock().with_context(said)?;
    Ok(lock)
}

/// Is somebody working on the page (see [`QUICK`])?
pub fn is_quick() -> bool {
    env::var_os(QUICK).is_some()
}

/// Cargo's profile for the page and the worker's engine.
pub fn profile() -> &'static str {
    if is_quick() { QUICK_PROFILE } else { "release" }
}

/// Cargo's profile for the endpoint.
pub fn endpoint_profile() -> &'static str {
    if is_quick() { QUICK_PROFILE } else { "server" }
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

fn is_built() -> bool {
    ["index.html", "sw.js"].iter().all(|file| Path::new(DIST).join(file).is_file())
}
