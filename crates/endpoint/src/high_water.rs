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

use anyhow::{Context as _, Result, bail};
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
        let seen = read(file).with_context(|| format!("{shown} cannot be read"))?;
        let here = core.mark()?;
        let behind = seen.as_ref().is_some_and(|seen| !seen.is_reached_by(here));
        if behind && !accept_rollback {
            bail!(
                "the database ends at seq {} of epoch {}, and {shown} has seen {}: an older copy was \
                 put in its place, and confirmed reports are missing. Put the newer one back, or use \
                 `endpoint restore`. If there is neither, start once with --accept-rollback: phones \
                 then offer again what they keep",
                here.seq,
                here.epoch,
                seen.unwrap_or_default().0,
            );
        }
        if behind {
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

/// What the file says.
#[derive(Default)]
struct Seen(String);

impl Seen {
    fn is_reached_by(&self, here: Mark) -> bool {
        // What cannot be read was not written by us: somebody should look.
        let seen = serde_json::from_str::<Mark>(&self.0);
        seen.is_ok_and(|seen| seen.epoch == here.epoch && seen.seq <= here.seq)
    }
}

fn read(file: &Path) -> io::Result<Option<Seen>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(Seen(text.trim().to_owned()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn note(mark: Mark) -> io::Result<Vec<u8>> {
    let mut note = serde_json::to_vec(&mark)?;
    note.resize(NOTE_BYTES - 1, b' ');
    note.push(b'\n');
    Ok(note)
}
