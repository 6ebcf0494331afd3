//! The district pack: from a folder of facts to the files that the page reads.

use std::{fs, path::Path, time::SystemTime};

use anyhow::{Context as _, Result, ensure};

use crate::{files, finish};

/// The folder that is built when nobody names another.
pub const TABLES: &str = "data";
const PACK: &str = "public/data";

/// Builds the pack of a district's folder for the page. A bad row stops it with file, row, column
/// and reason, and the pack that was there stays.
pub fn write(tables: &Path) -> Result<()> {
    write_to(tables, Path::new(PACK), |version, _| {
        // The page is built on machines with all kinds of clocks: this is said and stops nothing.
        if let Err(ahead) = pack::not_ahead(version, SystemTime::now()) {
            eprintln!("{ahead}");
        }
        Ok(())
    })
}

/// Builds the pack for an endpoint that serves it apart from the page, with compressed copies. Phones
/// take what lies there: an edition that would lock them out of a later one is refused. `ahead`: but not
/// for its day, which may be one that has not come.
pub fn write_for_endpoint(tables: &Path, out: &Path, ahead: bool) -> Result<()> {
    write_to(tables, out, |version, out| {
        if !ahead {
            pack::not_ahead(version, SystemTime::now())?;
        }
        Ok(pack::not_behind(version, out)?)
    })?;
    for file in files::below(out)?.iter().filter(|it| it.extension().is_some_and(|it| it == "json"))
    {
        finish::compress(file)?;
    }
    Ok(())
}

fn write_to(tables: &Path, out: &Path, judge: impl Fn(&str, &Path) -> Result<()>) -> Result<()> {
    ensure!(tables.is_dir(), "there is no folder {}", tables.display());
    let built = pack::build(tables)
        .with_context(|| format!("{} makes no district pack", tables.display()))?;
    judge(&built.pack.version, out)?;
    let files = built.files();
    fs::create_dir_all(out)
        .with_context(|| format!("{} cannot be made a folder for the pack", out.display()))?;
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
        if is_layer(&name) && files.iter().all(|(new, _)| *new != name) {
            for file in [
                entry.path(),
                finish::beside(&entry.path(), "br"),
                finish::beside(&entry.path(), "gz"),
            ] {
                fs::remove_file(&file).or_else(absent)?;
            }
        }
    }
    Ok(())
}

/// `osm-<16 hex digits>.json`, and so on. Files of others may lie there too, and stay.
fn is_layer(name: &str) -> bool {
    let digest = ["osm-", "links-", "confirmed-"].iter().find_map(|it| name.strip_prefix(it));
    digest
        .and_then(|it| it.strip_suffix(".json"))
        .is_some_and(|it| it.len() == 16 && it.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn absent(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
