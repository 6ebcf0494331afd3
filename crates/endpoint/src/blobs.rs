//! Photos and voice notes: files named by the digest of their bytes.
//!
//! A file gets its name only once it is whole, verified and on the disk; only then does its row go
//! to the writer. A crash anywhere leaves a half file in `tmp`, which is swept at the next start, a
//! part in `partial`, which the phone goes on with, or a whole file without a row, which the next
//! upload finds again.

/// Uploads in pieces.
pub(crate) mod part;

mod turns;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use model::{JURISDICTION, hex::Digest, sealed::BlobType};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

use self::{part::Coming, turns::Turns};
use crate::{
    folder::{self, Folder},
    http::body::Incoming,
    problems::{self, Refusal, refuse},
};

/// The folders of files and of uploads.
#[derive(Clone)]
pub struct Blobs {
    kept: PathBuf,
    uploads: PathBuf,
    parts: PathBuf,
    turns: Turns,
}

impl Blobs {
    /// Takes the folders of a data folder, and sweeps what an earlier crash left half written.
    pub fn of(data: &Folder) -> Result<Self> {
        let (kept, uploads, parts) = (data.blobs(), data.uploads(), data.parts());
        let this = Self { kept, uploads, parts, turns: Turns::default() };
        folder::make(&this.kept).context("the folder of photos cannot be made")?;
        folder::make(&this.uploads).context("the folder of uploads cannot be made")?;
        folder::make(&this.parts).context("the folder of parts cannot be made")?;
        data.settle().context("the data folder cannot be synced")?;
        for half in fs::read_dir(&this.uploads)? {
            fs::remove_file(half?.path())?;
        }
        this.sweep_stale()?;
        Ok(this)
    }

    /// Forgets rows whose file is not there whole, so that the phones are asked for them again.
    pub fn forget_lost(&self, conn: &Connection) -> Result<()> {
        let mut rows = conn.prepare("SELECT sha256, len FROM blob WHERE jurisdiction = ?1")?;
        let mut rows = rows.query([JURISDICTION])?;
        while let Some(row) = rows.next()? {
            let (sha256, len): (String, u64) = (row.get(0)?, row.get(1)?);
            let whole = fs::metadata(self.file(&sha256)).is_ok_and(|file| file.len() == len);
            if !whole {
                tracing::warn!("photo {sha256} is lost; phones are asked for it again");
                let lost = "DELETE FROM blob WHERE jurisdiction = ?1 AND sha256 = ?2";
                conn.execute(lost, [JURISDICTION, &sha256])?;
            }
        }
        Ok(())
    }

    /// Takes the bytes of a body, checks them, and returns once they are on the disk under their
    /// name.
    pub async fn receive(&self, mut body: Incoming, coming: Coming) -> Result<(), Refusal> {
        let Coming { sha256, len, .. } = coming;
        let mut upload = Upload::begin(&self.uploads).await.map_err(not_kept)?;
        while let Some(bytes) = body.next().await? {
            upload.add(&bytes, len).await?;
        }
        let whole = upload.end(sha256, len).await?;
        let name = self.file(&sha256.to_string());
        tokio::task::spawn_blocking(move || publish(&whole.0, &name))
            .await
            .map_err(io::Error::other)
            .flatten()
            .map_err(not_kept)?;
        self.forget_part(coming);
        Ok(())
    }

    /// Keeps the bytes of a file that is here already, checked as if they had been sent.
    pub(crate) fn keep_from(&self, bytes: impl io::Read, coming: Coming) -> Result<(), Refusal> {
        let half = Half(self.uploads.join(Uuid::now_v7().to_string()));
        let mut file = fs::File::create_new(&half.0).map_err(not_kept)?;
        let mut bytes = bytes.take(coming.len + 1);
        let copied = io::copy(&mut bytes, &mut file).or_else(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => Ok(0),
            _ => Err(not_kept(error)),
        });
        if copied? != coming.len {
            return Err(wrong_length(coming.len));
        }
        part::verify(&half.0, coming)?;
        file.sync_all().map_err(not_kept)?;
        publish(&half.0, &self.file(&coming.sha256.to_string())).map_err(not_kept)
    }

    /// Takes a large body to the disk, without a name: the file is gone once it is closed.
    pub(crate) async fn spool(&self, mut body: Incoming, len: u64) -> Result<fs::File, Refusal> {
        let half = Half(self.uploads.join(Uuid::now_v7().to_string()));
        let mut file = tokio::fs::File::options()
            .create_new(true)
            .read(true)
            .write(true)
            .open(&half.0)
            .await
            .map_err(not_kept)?;
        let mut taken = 0;
        while let Some(bytes) = body.next().await? {
            taken += bytes.len() as u64;
            file.write_all(&bytes).await.map_err(not_kept)?;
        }
        file.flush().await.map_err(not_kept)?;
        if taken != len {
            return Err(refuse(&problems::MALFORMED, "the body ended too early"));
        }
        Ok(file.into_std().await)
    }

    fn file(&self, sha256: &str) -> PathBuf {
        file_in(&self.kept, sha256)
    }
}

/// `ab/cd/abcd…` in a folder of photos.
pub(crate) fn file_in(kept: &Path, sha256: &str) -> PathBuf {
    let (ab, cd) = (sha256.get(..2).unwrap_or("_"), sha256.get(2..4).unwrap_or("_"));
    kept.join(ab).join(cd).join(sha256)
}

/// Gives a whole file its name, and has the disk keep the name and the folders above it.
pub(crate) fn publish(whole: &Path, name: &Path) -> io::Result<()> {
    let above = |levels: usize| name.ancestors().nth(levels).unwrap_or(name);
    folder::make(above(1))?;
    fs::rename(whole, name)?;
    (1..=3).try_for_each(|levels| folder::sync(above(levels)))
}

/// Bytes on their way in.
struct Upload {
    half: Half,
    file: tokio::fs::File,
    hash: Sha256,
    head: Vec<u8>,
    len: u64,
}

/// A file in `tmp`. It goes away with this value, unless it was given a name before.
struct Half(PathBuf);

impl Drop for Half {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl Upload {
    async fn begin(uploads: &Path) -> io::Result<Self> {
        let half = Half(uploads.join(Uuid::now_v7().to_string()));
        let file = tokio::fs::File::create_new(&half.0).await?;
        Ok(Self { half, file, hash: Sha256::new(), head: Vec::new(), len: 0 })
    }

    async fn add(&mut self, bytes: &[u8], expected: u64) -> Result<(), Refusal> {
        self.len += bytes.len() as u64;
        if self.len > expected {
            return Err(wrong_length(expected));
        }
        if self.head.len() < BlobType::HEAD {
            let missing = BlobType::HEAD - self.head.len();
            self.head.extend(bytes.iter().take(missing));
            if self.head.len() == BlobType::HEAD {
                check_type(&self.head, expected)?;
            }
        }
        self.hash.update(bytes);
        self.file.write_all(bytes).await.map_err(not_kept)
    }

    /// All bytes are here: checks them and has the disk keep them.
    async fn end(mut self, sha256: Digest, expected: u64) -> Result<Half, Refusal> {
        if self.head.len() < BlobType::HEAD {
            check_type(&self.head, self.len)?;
        }
        if self.len != expected {
            return Err(wrong_length(expected));
        }
        if Digest(self.hash.finalize().into()) != sha256 {
            return Err(wrong_digest());
        }
        self.file.flush().await.map_err(not_kept)?;
        self.file.sync_all().await.map_err(not_kept)?;
        Ok(self.half)
    }
}

/// The first bytes tell what it is; a label proves nothing.
fn check_type(head: &[u8], len: u64) -> Result<(), Refusal> {
    let Some(media) = BlobType::sniff(head) else {
        return Err(refuse(&problems::TYPE, "the first bytes are no photo or voice note"));
    };
    let limit = media.max_bytes();
    if len <= limit {
        return Ok(());
    }
    let detail = format!("{len} bytes of {}, at most {limit}", media.as_str());
    Err(refuse(&problems::TOO_LARGE, detail).over(limit))
}

fn wrong_digest() -> Refusal {
    refuse(&problems::DIGEST, "the SHA-256 of the bytes is not the one in the address")
}

/// The manifest names another length.
pub(crate) fn wrong_length(expected: u64) -> Refusal {
    refuse(&problems::DIGEST, format!("the item that names it says {expected} bytes"))
}

/// The file could not be kept. Unlike a failed commit nothing was promised, so it may be tried
/// again with a new file.
#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn not_kept(error: io::Error) -> Refusal {
    tracing::error!("a photo could not be kept: {error}");
    let detail = "the file could not be written";
    let slug = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => &problems::DISK,
        _ => &problems::BUSY,
    };
    refuse(slug, detail).retry_after(60)
}
