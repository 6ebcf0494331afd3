//! The district pack: from a folder of facts to the files that the page reads.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};

use crate::files;

/// The folder that is built when nobody names another.
pub const TABLES: &str = "data";
const PACK: &str = "public/data";

/// Builds the pack of a district's folder for the page. A bad row stops it with file, row, column
/// and reason, and the pack that was there stays.
pub fn write(tables: &Path) -> Result<()> {
    write_to(tables, Path::new(PACK))
}

/// Builds the pack into another folder, as for an endpoint that serves it apart from the page.
pub fn write_to(tables: &Path, out: &Path) -> Result<()> {
    let built = pack::build(tables)
        .with_context(|| format!("{} makes no district pack", tables.display()))?;
    let files = built.files();
    fs::create_dir_all(out)?;
    let mut changed = false;
    for (name, json) in &files {
        changed |= files::write_if_changed(&out.join(name), json.as_bytes())?;
    }
    remove_older_layers(out, &files)?;
    if changed || !built.report.read.is_empty() {
        eprint!("{}", built.report);
    }
    for (name, json) in files.iter().filter(|_| changed) {
        eprintln!("{}: {} bytes", out.join(name).display(), json.len());
    }
    Ok(())
}

/// Layers have the digest of their bytes in their names: those of an older pack lie beside it.
fn remove_older_layers(out: &Path, files: &[(String, String)]) -> Result<()> {
    for entry in fs::read_dir(out)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let layer = ["osm-", "links-"].iter().any(|it| name.starts_with(it));
        let json = Path::new(&name).extension().is_some_and(|it| it == "json");
        if layer && json && files.iter().all(|(new, _)| *new != name) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
