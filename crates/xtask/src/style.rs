//! One stylesheet out of one file per piece.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};

use crate::files;

const PIECES: &str = "style";
const STYLESHEET: &str = "target/page-parts/style.css";
/// What others build on comes first; the rest follows by name.
const FIRST: [&str; 2] = ["tokens.css", "base.css"];

/// Joins the pieces in an order that does not depend on the machine.
pub fn write() -> Result<()> {
    let mut names = names(Path::new(PIECES))?;
    names.sort_by_key(|name| (rank(name), name.clone()));
    let mut sheet = String::new();
    for name in &names {
        sheet.push_str(&fs::read_to_string(Path::new(PIECES).join(name))?);
        sheet.push('\n');
    }
    files::write_if_changed(Path::new(STYLESHEET), sheet.as_bytes())?;
    Ok(())
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).context("the folder style/ is missing")?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let names = names.collect::<Result<Vec<_>>>()?;
    Ok(names.into_iter().filter(|name| has_extension(name, "css")).collect())
}

fn has_extension(name: &str, wanted: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == wanted)
}

fn rank(name: &str) -> usize {
    FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_base_come_first_and_the_rest_by_name() {
        let mut names = ["tile.css", "base.css", "button.css", "tokens.css"];
        names.sort_by_key(|name| (rank(name), (*name).to_owned()));
        assert_eq!(names, ["tokens.css", "base.css", "button.css", "tile.css"]);
    }
}
