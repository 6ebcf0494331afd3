//! A data folder from a backup, with a new epoch: phones see by it that the endpoint has forgotten
//! something, and offer again what they keep.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};
use model::JURISDICTION;

use crate::{
    Rules, backup,
    blobs::file_in,
    core::Core,
    folder::{self, Folder},
    high_water::{HighWater, Mark},
    identity::{Identity, new_epoch},
    schema::Synchronous,
};

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The new life, and the last `seq` it begins with.
    pub mark: Mark,
    /// Photos that are here.
    pub photos: u64,
    /// Photos that the backup has lost; phones are asked for them.
    pub lost: Vec<String>,
}

/// Makes a data folder from a backup. One that holds data is refused. The database gets its name
/// last: what was interrupted is no endpoint, and may be begun again.
pub fn restore(from: &Path, data: &Path) -> Result<Restored> {
    let manifest = backup::read(from)?;
    ensure!(
        !folder::lies_in(data, from),
        "{} lies in the backup; name a folder outside it",
        data.display()
    );
    let folder = Folder::take(data)?;
    let shown = data.display();
    let (database, keys) = (folder.database(), folder.keys());
    let half = folder::half_of(&database);
    // The keys come last but for the name of the database: a restore may end between the two.
    ensure!(
        !database.exists() && (!keys.exists() || half.exists()),
        "{shown} holds data, which is never overwritten; name a new folder, or move the old one away"
    );
    for left in [&half, &half.with_extension("half-wal"), &half.with_extension("half-shm")] {
        if left.exists() {
            fs::remove_file(left)?;
        }
    }
    fs::copy(backup::database(from, &manifest), &half).context("the database cannot be copied")?;
    folder::make_private(&half)?;
    let identity = Identity::read_from(&folder::keys_in(from))?;
    let mut core = Core::open(&half, identity, Rules::default(), Synchronous::Full)?;
    core.identity().has_signed(core.connection(), &folder::keys_in(from))?;
    let (photos, lost) = copy_photos(&core, &from.join("blobs"), &folder.blobs())?;
    core.mint_epoch(new_epoch()?)?;
    let mark = core.mark()?;
    HighWater::open(&folder.high_water(), &mut core, true)?;
    drop(core);
    fs::File::open(&half)?.sync_all()?;
    let log = half.with_extension("half-wal");
    ensure!(!log.exists(), "{} was not taken into the database", log.display());
    backup::keep_private(&fs::read(folder::keys_in(from))?, &keys)?;
    fs::rename(&half, &database)?;
    folder.settle()?;
    Ok(Restored { mark, photos, lost })
}

fn copy_photos(core: &Core, from: &Path, to: &Path) -> Result<(u64, Vec<String>)> {
    folder::make(to)?;
    let conn = core.connection();
    let mut rows = conn.prepare("SELECT sha256 FROM blob WHERE jurisdiction = ?1")?;
    let mut rows = rows.query([JURISDICTION])?;
    let (mut photos, mut lost) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        let sha256: String = row.get(0)?;
        match backup::copy_photo(&file_in(from, &sha256), &file_in(to, &sha256), &sha256) {
            Ok(()) => photos += 1,
            // Its row goes at the next start, and a phone that keeps it is asked for it.
            Err(_) => lost.push(sha256),
        }
    }
    Ok((photos, lost))
}
