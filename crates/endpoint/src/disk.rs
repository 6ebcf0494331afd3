//! A disk that fills up: first no more photos, then a reserve is given back so that texts go on.

use std::{
    fs::{self, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use rustix::fs::{FallocateFlags, fallocate, statvfs};

use crate::problems::{self, Refusal, refuse};

/// How much room is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Bytes that must be free for a photo to be taken.
    pub low_water: u64,
    /// Bytes of the file that is given back when the disk is full.
    pub reserve: u64,
}

impl Room {
    /// For an endpoint that is run by somebody: 2 GiB, 256 MiB.
    pub const USUAL: Self = Self { low_water: 2 << 30, reserve: 256 << 20 };
    /// For tests: their folders share one disk.
    pub const NONE: Self = Self { low_water: 0, reserve: 0 };
}

/// The disk under a data folder.
#[derive(Clone, Debug)]
pub struct Disk {
    folder: PathBuf,
    room: Room,
}

impl Disk {
    /// The reserve is made anew where there is room for it.
    pub fn of(folder: &Path, room: Room) -> Self {
        let this = Self { folder: folder.to_owned(), room };
        if let Err(error) = this.put_by() {
            tracing::warn!("no room is put by for a full disk: {error}");
        }
        this
    }

    fn put_by(&self) -> io::Result<()> {
        let file = self.reserve();
        let there = fs::metadata(&file).map_or(0, |file| file.len());
        let wanted = self.room.reserve;
        if wanted == 0 || there == wanted || self.free()? < wanted + self.room.low_water {
            return Ok(());
        }
        let file = OpenOptions::new().create(true).truncate(true).write(true).open(file)?;
        Ok(fallocate(&file, FallocateFlags::empty(), 0, wanted)?)
    }

    /// Gives the reserve back: was there one?
    pub fn release(&self) -> bool {
        fs::remove_file(self.reserve()).is_ok()
    }

    /// May a photo be taken?
    pub fn has_room(&self) -> Result<(), Refusal> {
        match self.free() {
            Ok(free) if free < self.room.low_water => {
                let detail = "the endpoint's disk is nearly full; it takes texts and no photos";
                Err(refuse(&problems::DISK, detail).retry_after(600))
            }
            // Where the room is not known, the write itself will tell.
            _ => Ok(()),
        }
    }

    fn free(&self) -> io::Result<u64> {
        let disk = statvfs(&self.folder)?;
        Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    fn reserve(&self) -> PathBuf {
        self.folder.join("reserve")
    }
}
