//! Reading folders and telling whether something in them changed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// Every file in a folder and below, sorted; a file names itself.
pub fn below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).with_context(|| format!("{} is missing", path.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        found.extend(below(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}

/// The SHA-256 of some bytes, in hex.
pub fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// One digest over names and contents: it changes when any of these files does. Contents and not
/// times, because a fresh checkout or a switched branch gives every file a new time.
pub fn digest_of_all(paths: &[&str]) -> Result<String> {
    let mut all = Sha256::new();
    for path in paths {
        for file in below(Path::new(path))? {
            all.update(file.to_string_lossy().as_bytes());
            all.update(Sha256::digest(fs::read(&file)?));
        }
    }
    Ok(HEXLOWER.encode(&all.finalize()))
}

/// Writes a file and the folders above it, but leaves it alone where it already says the same.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(true)
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in below(from)? {
        let copy = to.join(file.strip_prefix(from)?);
        write_if_changed(&copy, &fs::read(&file)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_a_folder_changes_with_content_and_name_and_with_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let digest = || digest_of_all(&[path]).unwrap();
        fs::write(folder.path().join("a"), "1").unwrap();
        let first = digest();
        fs::write(folder.path().join("a"), "2").unwrap();
        assert_ne!(digest(), first);
        fs::write(folder.path().join("a"), "1").unwrap();
        assert_eq!(digest(), first);
        fs::rename(folder.path().join("a"), folder.path().join("b")).unwrap();
        assert_ne!(digest(), first);
    }

    #[test]
    fn a_file_that_says_the_same_is_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new/file");
        assert!(write_if_changed(&file, b"words").unwrap());
        assert!(!write_if_changed(&file, b"words").unwrap());
        assert!(write_if_changed(&file, b"other").unwrap());
    }
}
