//! The data folder: everything that must be kept and backed up lies in it.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};

/// A data folder that this process alone works on.
pub struct Folder {
    root: PathBuf,
    _lock: File,
}

impl Folder {
    /// Takes the folder, making it where it is missing. A second process is refused.
    pub fn take(root: &Path) -> Result<Self> {
        let shown = root.display();
        make(root).with_context(|| format!("the data folder {shown} cannot be made"))?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(root.join("lock"))
            .with_context(|| format!("the data folder {shown} cannot be written"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { root: root.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                bail!("another endpoint works on the data folder {shown}; one at a time can")
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("the data folder {shown} cannot be locked"))
            }
        }
    }

    /// Refuses a folder whose database is gone, or was never finished by a restore: a new one in its
    /// place would be another endpoint to every phone, and the next backup of it an empty one.
    pub(crate) fn refuse_half(&self, accept_rollback: bool) -> Result<()> {
        let (shown, database) = (self.root.display(), self.database());
        if database.exists() {
            return Ok(());
        }
        ensure!(
            !half_of(&database).exists(),
            "a restore into {shown} was not finished: run `endpoint restore` into it again"
        );
        let has_lived = self.high_water().exists();
        ensure!(
            !has_lived || self.keys().exists(),
            "endpoint.db and keys.json are missing from {shown}, which has held reports. A new key would \
             make every phone see a stranger: put both back, or make a new folder with `endpoint restore`"
        );
        ensure!(
            !has_lived || accept_rollback,
            "endpoint.db is missing from {shown}, which has held reports: put it back, or make a new \
             folder with `endpoint restore`. If there is neither, start once with --accept-rollback: \
             phones then offer again what they keep"
        );
        Ok(())
    }

    /// Has the disk keep the names of what was made in it, and its own.
    pub fn settle(&self) -> io::Result<()> {
        sync(&self.root)?;
        self.root.canonicalize()?.parent().map_or(Ok(()), sync)
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        database_in(&self.root)
    }

    /// The keys.
    pub fn keys(&self) -> PathBuf {
        keys_in(&self.root)
    }

    /// How far it has come.
    pub fn high_water(&self) -> PathBuf {
        high_water_in(&self.root)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A district pack that is later than the page's, if the operator has put one there.
    pub fn pack(&self) -> PathBuf {
        pack_in(&self.root)
    }

    /// Photos and voice notes.
    pub fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }

    /// Uploads under way.
    pub fn uploads(&self) -> PathBuf {
        self.root.join("tmp")
    }

    /// Uploads in pieces, to be gone on with.
    pub fn parts(&self) -> PathBuf {
        self.root.join("partial")
    }
}

/// The database of a data folder.
pub(crate) fn database_in(root: &Path) -> PathBuf {
    root.join("endpoint.db")
}

/// How far a data folder has come.
pub(crate) fn high_water_in(root: &Path) -> PathBuf {
    root.join("high-water.json")
}

/// A database that a restore has not finished yet.
pub(crate) fn half_of(database: &Path) -> PathBuf {
    database.with_extension("half")
}

/// Is a folder, which need not be there yet, the other one or inside it?
pub(crate) fn lies_in(folder: &Path, other: &Path) -> bool {
    let there = folder.ancestors().find(|it| it.exists()).and_then(|it| it.canonicalize().ok());
    there.zip(other.canonicalize().ok()).is_some_and(|(folder, other)| folder.starts_with(other))
}

/// Refuses a folder that no endpoint has worked on: a slip in its name would found another one.
pub(crate) fn exists(root: &Path) -> Result<()> {
    let (shown, database) = (root.display(), database_in(root));
    ensure!(database.is_file(), "there is no data folder at {shown}: it holds no endpoint.db");
    Ok(())
}

/// The keys of a data folder, and of a backup.
pub(crate) fn keys_in(root: &Path) -> PathBuf {
    root.join("keys.json")
}

/// Where a later district pack lies in a data folder.
pub(crate) fn pack_in(root: &Path) -> PathBuf {
    root.join("pack")
}

/// Up to where a backup was confirmed.
pub(crate) fn safe_in(root: &Path) -> PathBuf {
    root.join("safe.json")
}

/// Has a database readable by its owner only, whatever folder it lies in, and makes an empty one where
/// there is none. The files beside it that SQLite makes get the permissions that it has.
pub(crate) fn make_private(database: &Path) -> io::Result<()> {
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(database)?;
    for beside in ["", "-wal", "-shm"] {
        let mut file = database.as_os_str().to_owned();
        file.push(beside);
        match fs::set_permissions(file, Permissions::from_mode(0o600)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Makes a folder that only its owner may read.
pub(crate) fn make(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Has the disk keep the names in a folder.
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Writes a small file that is whole or absent, readable by its owner only.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    use io::Write as _;
    let half = file.with_extension("new");
    let mut out =
        OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&half)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    fs::rename(&half, file)?;
    file.parent().map_or(Ok(()), sync)
}
