//! The service worker's engine: `crates/carrier` as a small wasm with glue for a classic worker.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    command::{program, run},
    files, page,
};

const WASM: &str = "wasm32-unknown-unknown";
/// Where its parts lie until they are named by their content.
const PARTS: &str = "target/page-parts/carrier";
/// What `index.html` tells Trunk to do with the page's wasm.
const WASM_OPT: [&str; 9] = [
    "-Oz",
    "--converge",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Where the engine lies in a built page, as `sw.js` names it.
#[derive(Serialize, Deserialize)]
pub struct Engine {
    pub glue: String,
    pub wasm: String,
    /// Of the wasm, base64.
    pub sha256: String,
}

/// Builds the engine into a page that is being built.
pub fn build_into(dist: &Path) -> Result<Engine> {
    bind("carrier", "carrier", "no-modules", Path::new(PARTS))?;
    let (glue, wasm) = (part("carrier.js"), part("carrier_bg.wasm"));
    let small = part("small.wasm");
    let mut opt = program("wasm-opt", &WASM_OPT);
    run(opt.arg(&wasm).arg("-o").arg(&small), "Type: cargo xtask tools")?;
    named_into(dist, &fs::read(glue)?, &fs::read(small)?)
}

/// Compiles a crate for the browser and gives it its glue, in a folder.
pub fn bind(package: &str, library: &str, target: &str, into: &Path) -> Result<()> {
    let profile = page::profile();
    let build = ["build", "--quiet", "--locked", "--target", WASM, "--profile", profile];
    let instead = format!("Type: cargo build --release --target {WASM} --package {package}");
    run(program("cargo", &build).args(["--package", package]), &instead)?;
    let library = page::target().join(format!("{WASM}/{profile}/{library}.wasm"));
    let mut bindgen = program("wasm-bindgen", &["--no-typescript", "--target", target]);
    run(bindgen.arg("--out-dir").arg(into).arg(library), "Type: cargo xtask tools")
}

/// Both files named by their content, for under such a name nothing ever changes.
fn named_into(dist: &Path, glue: &[u8], wasm: &[u8]) -> Result<Engine> {
    let keep = |bytes: &[u8], ending: &str| -> Result<String> {
        let name = format!("carrier-{}{ending}", &files::digest(bytes)[..16]);
        let file = dist.join(&name);
        fs::write(&file, bytes).with_context(|| format!("{} cannot be written", file.display()))?;
        Ok(format!("/{name}"))
    };
    let sha256 = BASE64.encode(&Sha256::digest(wasm));
    Ok(Engine { glue: keep(glue, ".js")?, wasm: keep(wasm, "_bg.wasm")?, sha256 })
}

/// Does this file of a built page belong to the engine? The page never asks for it.
pub fn is_part(path: &str) -> bool {
    path.starts_with("carrier-")
}

fn part(name: &str) -> PathBuf {
    Path::new(PARTS).join(name)
}
