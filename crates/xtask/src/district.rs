//! The district pack: from a folder of facts to the files that the page reads.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context as _, Result, ensure};

use crate::{files, finish};

/// The folder that is built when nobody names another.
pub const TABLES: &str = "data";
const PACK: &str = "public/data";

/// Builds the pack of a district's folder for the page. A bad row stops it with file, row, column
/// and reason, and the pack that was there stays.
pub fn write(tables: &Path) -> Result<()> {
    let (built, out) = (built(tables)?, Path::new(PACK));
    // The page is built on machines with all kinds of clocks: this is said and stops nothing.
    if let Err(ahead) = pack::not_ahead(&built.pack.version, SystemTime::now()) {
        eprintln!("{ahead}");
    }
    let files = built.files();
    make_folder(out)?;
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

/// Builds the pack for an endpoint that serves it apart from the page, with compressed copies. Phones
/// take what lies there: an edition that would lock them out of a later one is refused. `ahead`: but not
/// for its day, which may be one that has not come.
///
/// Whatever breaks this off leaves a whole pack: every file is on the disk under another name before the
/// first takes its place, the one that names the others last, and older layers go after that.
pub fn write_for_endpoint(tables: &Path, out: &Path, ahead: bool) -> Result<()> {
    let built = built(tables)?;
    let version = &built.pack.version;
    if !ahead {
        pack::not_ahead(version, SystemTime::now())?;
    }
    pack::not_another(&built.pack.district.code, out)?;
    pack::not_behind(version, out)?;
    let files = built.files();
    make_folder(out)?;
    eprint!("{}", built.report);
    let now = built.layers.osm.as_ref().map(|(layer, _)| layer.places.len());
    if let Some(had) = pack::loses_layer(now, out) {
        let there = format!("the pack in {} has {had} places of OpenStreetMap", out.display());
        ensure!(
            now.is_none(),
            "{there}, and this extract brings none; take it away if the district shall have no layer"
        );
        eprintln!(
            "{there}, and this one has no such layer: the folder holds no osm.json or osm.geojson"
        );
    }
    // Of a run that was broken off.
    remove_half(out)?;
    let laid = lay(out, &files);
    if laid.is_err() {
        // What is half written is of no use to anybody.
        let _ = remove_half(out);
    }
    laid?;
    remove_older_layers(out, &files)?;
    for (name, json) in &files {
        eprintln!("{}: {} bytes", out.join(name).display(), json.len());
    }
    Ok(())
}

/// Ends the name of a file that is being written.
const HALF: &str = ".half";

fn lay(out: &Path, files: &[(String, String)]) -> Result<()> {
    let mut laid = Vec::new();
    for (name, json) in files {
        // Copies stand before what they are copies of.
        for (ending, bytes) in finish::copies(name, json.as_bytes())? {
            laid.push((finish::beside(&out.join(name), ending), bytes));
        }
        laid.push((out.join(name), json.as_bytes().to_vec()));
    }
    let whole = |file: &Path, bytes: &[u8]| {
        let mut half = fs::File::create(half(file))?;
        half.write_all(bytes)?;
        half.sync_all()
    };
    for (file, bytes) in &laid {
        whole(file, bytes).with_context(|| {
            format!("{} cannot be written; the pack that lies there stays", file.display())
        })?;
    }
    for (file, _) in &laid {
        fs::rename(half(file), file)
            .with_context(|| format!("{} cannot be put in its place", file.display()))?;
    }
    Ok(fs::File::open(out)?.sync_all()?)
}

fn half(file: &Path) -> PathBuf {
    finish::beside(file, HALF.trim_start_matches('.'))
}

fn remove_half(out: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(out)? {
        let file = entry?.path();
        if file.to_string_lossy().ends_with(HALF) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

fn built(tables: &Path) -> Result<pack::Built> {
    ensure!(tables.is_dir(), "there is no folder {}", tables.display());
    pack::build(tables).with_context(|| format!("{} makes no district pack", tables.display()))
}

fn make_folder(out: &Path) -> Result<()> {
    fs::create_dir_all(out)
        .with_context(|| format!("{} cannot be made a folder for the pack", out.display()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pack: &str) -> Vec<(String, String)> {
        let layer = "osm-0123456789abcdef.json".to_owned();
        vec![(layer, "{}".repeat(4_000)), ("pack.json".to_owned(), pack.to_owned())]
    }

    // The disk was full: the pack that had been there was cut off, and the endpoint did not start.
    #[test]
    fn a_pack_that_cannot_be_written_whole_leaves_the_one_that_lies_there() {
        let out = tempfile::tempdir().unwrap();
        let pack = out.path().join("pack.json");
        fs::write(&pack, "old").unwrap();
        // Stands in the way as a full disk does.
        fs::create_dir(half(&pack)).unwrap();
        let refused = lay(out.path(), &files("new")).unwrap_err().to_string();
        assert!(refused.contains("pack.json cannot be written"), "{refused}");
        assert_eq!(fs::read_to_string(&pack).unwrap(), "old");
        assert!(!out.path().join("osm-0123456789abcdef.json").exists(), "nothing took its place");
    }

    #[test]
    fn a_pack_is_laid_with_its_copies_and_nothing_half_written_stays() {
        let out = tempfile::tempdir().unwrap();
        fs::write(out.path().join("osm-1.json.half"), "cut off").unwrap();
        remove_half(out.path()).unwrap();
        lay(out.path(), &files("new")).unwrap();
        let mut there: Vec<_> =
            fs::read_dir(out.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        there.sort();
        let layer = "osm-0123456789abcdef.json";
        let wanted = [layer, &format!("{layer}.br"), &format!("{layer}.gz"), "pack.json"];
        assert_eq!(there, wanted);
    }
}
