//! How far this data folder has come, in a file beside the database.
//!
//! Somebody who copies an old database back by hand takes confirmed reports away, and no phone
//! would hear of it. So the endpoint notes the last `seq` of each commit here, before it answers,
//! and refuses to start on a database that is behind.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::FileExt as _,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use model::hex::Epoch;
use serde::{Deserialize, Serialize};

use crate::{core::Core, folder::write_whole, identity::new_epoch};

/// A kill loses nothing that was written; only a power cut loses what was not synced, and a
/// database is not copied back in the second after one.
const SYNC_EVERY: Duration = Duration::from_secs(1);
/// Every note has this many bytes, so that one is written over another in place.
const NOTE_BYTES: usize = 96;

/// A place in the life of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Which life.
    pub epoch: Epoch,
    /// The last `seq`.
    pub seq: u64,
}

/// The file, open to be raised.
pub struct HighWater {
    file: File,
    mark: Mark,
    synced: Instant,
}

impl HighWater {
    /// Compares the database with what the file has seen. One that is behind is refused, or, if
    /// that was accepted, begins a new epoch, so that phones offer again what they keep.
    pub(crate) fn open(file: &Path, core: &mut Core, accept_rollback: bool) -> Result<Self> {
        let shown = file.display();
        let seen = Seen::read(file)?;
        let here = core.mark()?;
        if seen.text.is_none() && here.seq > 0 {
            tracing::warn!(
                "{shown} is not there, so nobody can tell whether the database is an older copy. If it \
                 may be one, stop, and use `endpoint restore` with the newest backup"
            );
        }
        let behind = seen.refuse_behind(here).err();
        if let Some(why) = behind {
            if !accept_rollback {
                bail!(
                    "{why:#}. Put the newer one back, or use `endpoint restore`. If there is neither, \
                     start once with --accept-rollback: phones then offer again what they keep"
                );
            }
            core.mint_epoch(new_epoch()?)?;
        }
        let mark = core.mark()?;
        write_whole(file, &note(mark)?).with_context(|| format!("{shown} cannot be written"))?;
        let file = OpenOptions::new().write(true).open(file)?;
        Ok(Self { file, mark, synced: Instant::now() })
    }

    /// Notes a commit.
    pub(crate) fn raise(&mut self, seq: u64) -> io::Result<()> {
        if seq <= self.mark.seq {
            return Ok(());
        }
        self.mark.seq = seq;
        self.file.write_all_at(&note(self.mark)?, 0)?;
        if self.synced.elapsed() >= SYNC_EVERY {
            self.file.sync_data()?;
            self.synced = Instant::now();
        }
        Ok(())
    }
}

impl Drop for HighWater {
    fn drop(&mut self) {
        let _ = self.file.sync_data();
    }
}

/// What a file of this kind says, if there is one.
pub(crate) struct Seen {
    shown: String,
    text: Option<String>,
}

impl Seen {
    /// Reads the file.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let shown = file.display().to_string();
        let text = match fs::read_to_string(file) {
            Ok(text) => Some(text.trim().to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| format!("{shown} cannot be read")),
        };
        Ok(Self { shown, text })
    }

    /// Refuses a database that has not come as far, in words.
    pub(crate) fn refuse_behind(&self, here: Mark) -> Result<()> {
        let Self { shown, text } = self;
        let Some(text) = text else { return Ok(()) };
        let Ok(seen) = serde_json::from_str::<Mark>(text) else {
            // Not written by us: somebody should look.
            bail!("{shown} is damaged, so nobody can tell whether the database is an older copy");
        };
        ensure!(
            seen.epoch == here.epoch && seen.seq <= here.seq,
            "the database ends at seq {} of epoch {}, and {shown} has seen seq {} of epoch {}: an older \
             copy was put in its place, and confirmed reports are missing",
            here.seq,
            here.epoch,
            seen.seq,
            seen.epoch,
        );
        Ok(())
    }
}

fn note(mark: Mark) -> io::Result<Vec<u8>> {
    let mut note = serde_json::to_vec(&mark)?;
    note.resize(NOTE_BYTES - 1, b' ');
    note.push(b'\n');
    Ok(note)
}
