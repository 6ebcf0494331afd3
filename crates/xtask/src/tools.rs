//! The tools of the build and of the tests: checked first, installed only where missing or wrong.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};

use crate::{
    command::{find, output, program, run},
    files,
};

/// Where the project keeps tools of its own; in front on PATH for everything that xtask starts.
pub const FOLDERS: [&str; 2] = [".tools/bin", "node_modules/.bin"];

/// What the page and the worker's engine are compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
/// Debian 12 has 18.
const OLDEST_NODE: u32 = 18;

/// What building the page needs.
pub fn for_page() -> Result<()> {
    wasm_target()?;
    from_crates_io("trunk", "trunk", TRUNK)?;
    wasm_bindgen()?;
    node_packages()?;
    crates()
}

/// What the tests need beyond it.
pub fn for_tests() -> Result<()> {
    for_page()?;
    let wanted = [
        ("chromium", find("chromium").is_some()),
        ("chromium-driver", find("chromedriver").is_some()),
        ("fonts-noto-cjk", has_chinese_font()),
        ("strace", find("strace").is_some()),
    ];
    from_apt(&wanted.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect::<Vec<_>>())
}

fn wasm_target() -> Result<()> {
    let sysroot = output("rustc", &["--print", "sysroot"])
        .context("rustc is missing. Install Rust as https://rustup.rs says")?;
    if Path::new(&sysroot).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    let instead = format!("Type: rustup target add {TARGET}");
    run(&mut program("rustup", &["target", "add", TARGET]), &instead)
}

/// Trunk is told to fetch nothing and tells Cargo the same; so what the page is made of comes first.
fn crates() -> Result<()> {
    let instead = "crates.io must be reachable once. Type: cargo fetch --locked";
    run(&mut program("cargo", &["fetch", "--quiet", "--locked"]), instead)
}

fn wasm_bindgen() -> Result<()> {
    let lock = fs::read_to_string("Cargo.lock").context("Cargo.lock cannot be read")?;
    let version = locked_version(&lock, "wasm-bindgen")
        .context("Cargo.lock names no wasm-bindgen. Type: cargo update --workspace")?;
    from_crates_io("wasm-bindgen-cli", "wasm-bindgen", version)
}

/// The version that a lock file gives a package.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    after.split_once('"').map(|(version, _)| version)
}

fn from_crates_io(package: &str, binary: &str, version: &str) -> Result<()> {
    let there = output(binary, &["--version"]);
    if there.is_some_and(|said| said.split_whitespace().last() == Some(version)) {
        return Ok(());
    }
    eprintln!("Installing {package} {version} into .tools (some minutes, once)");
    let arguments =
        ["install", "--locked", "--force", "--root", ".tools", "--version", version, package];
    let instead = format!("Type: cargo install --locked --version {version} {package}");
    // Its size and speed hardly matter here; the minutes until it is there do.
    let mut install = program("cargo", &arguments);
    install.env("CARGO_PROFILE_RELEASE_LTO", "off");
    install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    run(&mut install, &instead)
}

/// wasm-opt for the build; Playwright and axe for the end-to-end run. One lock file for all.
fn node_packages() -> Result<()> {
    const STAMP: &str = "node_modules/.installed";
    let wanted = files::digest(&fs::read("package-lock.json")?);
    if fs::read_to_string(STAMP).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    node()?;
    let instead = "Type: npm ci, and where npm is missing: sudo apt-get install nodejs npm";
    let mut ci = program("npm", &["ci", "--no-audit", "--no-fund"]);
    run(ci.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), instead)?;
    fs::write(STAMP, wanted).context("node_modules cannot be written")
}

fn node() -> Result<()> {
    if find("node").is_none() || find("npm").is_none() {
        from_apt(&["nodejs", "npm"])?;
    }
    let said = output("node", &["--version"]).unwrap_or_default();
    match major(&said) {
        Some(version) if version >= OLDEST_NODE => Ok(()),
        _ => bail!("Node {OLDEST_NODE} or newer is needed and `node --version` says {said:?}"),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn has_chinese_font() -> bool {
    output("fc-list", &[":lang=zh-cn", "family"]).is_some_and(|fonts| !fonts.is_empty())
}

/// Installs Debian packages: as root, or by a sudo that asks for no password.
fn from_apt(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    eprintln!("Installing {list} with apt-get");
    let instead =
        format!("Type: sudo apt-get update && sudo apt-get install --no-install-recommends {list}");
    apt_get(&["update", "--quiet"], &instead)?;
    let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
    apt_get(&[&install, packages].concat(), &instead)
}

fn apt_get(arguments: &[&str], instead: &str) -> Result<()> {
    const PREFIX: [&str; 4] = ["-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    let is_root = output("id", &["-u"]).as_deref() == Some("0");
    let mut apt = if is_root {
        program("env", &[&PREFIX[2..], arguments].concat())
    } else {
        program("sudo", &[&PREFIX, arguments].concat())
    };
    run(&mut apt, instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_the_lock_file_by_whole_name() {
        let lock = "name = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    name = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "trunk"), None);
    }

    #[test]
    fn nodes_major_version_is_a_number() {
        assert_eq!(major("v18.20.4"), Some(18));
        assert_eq!(major(""), None);
    }
}
