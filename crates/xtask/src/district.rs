//! The district pack: from tables of facts to the one file that the page reads.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::files;

/// The tables that are built when nobody names others.
pub const TABLES: &str = "data";
const PACK: &str = "public/data/pack.json";

/// Builds the pack. A bad row stops it with file, row, column and reason.
pub fn write(tables: &Path) -> Result<()> {
    let built = pack::build(tables)
        .with_context(|| format!("{} makes no district pack", tables.display()))?;
    let json = pack::to_json(&built);
    if files::write_if_changed(Path::new(PACK), json.as_bytes())? {
        eprintln!("{PACK}: {} parks, {} bytes", built.parks.len(), json.len());
    }
    Ok(())
}
