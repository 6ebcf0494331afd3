//! The service worker's engine: `crates/carrier` as a small wasm with glue for a classic worker.

use std::{fs, path::Path};

use anyhow::Result;
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::wasm;

/// Where its parts lie until they are named by their content.
const PARTS: &str = "target/page-parts/carrier";

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
    let parts = Path::new(PARTS);
    wasm::bind("carrier", "carrier", "no-modules", parts)?;
    let glue = fs::read(parts.join("carrier.js"))?;
    let code = wasm::small(&parts.join("carrier_bg.wasm"))?;
    Ok(Engine {
        glue: wasm::named_into(dist, "carrier", &glue, ".js")?,
        wasm: wasm::named_into(dist, "carrier", &code, "_bg.wasm")?,
        sha256: BASE64.encode(&Sha256::digest(code)),
    })
}

/// Does this file of a built page belong to the engine? The page never asks for it.
pub fn is_part(path: &str) -> bool {
    path.starts_with("carrier-")
}
