//! Photos that come in pieces over a bad link: `HEAD` says how much is here, `PATCH` adds to it.
//!
//! The pieces lie in `partial`, a file for each device and digest, so that nobody can spoil what
//! another sends. They survive a kill and may not survive a power cut: then the digest of the whole
//! is wrong, and the phone begins anew. The file gets its name among the photos only when it is
//! whole, verified and on the disk.

use std::{
    fs,
    io::{self, Read as _, Seek as _},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use model::{hex::Digest, ids::DeviceId, sealed::BlobType};
use tokio::{
    fs::{File, OpenOptions},
    io::AsyncWriteExt as _,
};

use super::{Blobs, check_type, not_kept, publish, turns::Turn, wrong_digest};
use crate::{
    digest::digest_of,
    http::body::Incoming,
    problems::{self, Refusal, refuse},
};

/// Pieces that nobody has added to for so long are swept; the phone then begins anew.
const STALE: Duration = Duration::from_hours(7 * 24);

/// A photo on its way: whose, which, how long it will be.
#[derive(Clone, Copy, Debug)]
pub struct Coming {
    /// The device that sends it.
    pub from: DeviceId,
    /// Digest of the whole.
    pub sha256: Digest,
    /// Bytes of the whole.
    pub len: u64,
}

impl Blobs {
    /// How many bytes of it are here. A `PATCH` still under way has been lost, and is ended.
    pub async fn offset(&self, coming: Coming) -> Result<u64, Refusal> {
        let _turn = self.turns.take((coming.from, coming.sha256)).await;
        match tokio::fs::metadata(self.part(coming)).await {
            Ok(part) => Ok(part.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(not_kept(error)),
        }
    }

    /// Adds the bytes of a body from `offset` on, and returns how many are here then. If that is
    /// all, they are verified and have their name.
    pub async fn append(
        &self,
        mut body: Incoming,
        coming: Coming,
        offset: u64,
    ) -> Result<u64, Refusal> {
        let turn = self.turns.take((coming.from, coming.sha256)).await;
        let part = self.part(coming);
        let open = OpenOptions::new().create(offset == 0).append(true).open(&part).await;
        let mut file = open.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => wrong_offset(0),
            _ => not_kept(error),
        })?;
        let here = file.metadata().await.map_err(not_kept)?.len();
        if here != offset {
            return Err(wrong_offset(here));
        }
        let taken = take(&mut file, &mut body, &turn, coming.len - offset).await;
        // What has come stays, however the connection ended.
        file.flush().await.map_err(not_kept)?;
        let here = offset + taken?;
        if here == coming.len {
            file.sync_all().await.map_err(not_kept)?;
            self.finish(part, coming).await?;
        }
        Ok(here)
    }

    async fn finish(&self, part: PathBuf, coming: Coming) -> Result<(), Refusal> {
        let name = self.file(&coming.sha256.to_string());
        tokio::task::spawn_blocking(move || {
            if let Err(wrong) = verify(&part, coming) {
                // More of the same would never make it right.
                let _ = fs::remove_file(&part);
                return Err(wrong);
            }
            publish(&part, &name).map_err(not_kept)
        })
        .await
        .unwrap_or_else(|_| Err(not_kept(io::ErrorKind::Other.into())))
    }

    /// A whole upload has made the pieces useless.
    pub(super) fn forget_part(&self, coming: Coming) {
        let _ = fs::remove_file(self.part(coming));
    }

    fn part(&self, Coming { from, sha256, .. }: Coming) -> PathBuf {
        self.parts.join(format!("{from}.{sha256}"))
    }

    /// Removes pieces that nobody has added to for a week.
    pub fn sweep_stale(&self) -> io::Result<()> {
        let now = SystemTime::now();
        for part in fs::read_dir(&self.parts)? {
            let part = part?;
            let age = now.duration_since(part.metadata()?.modified()?);
            if age.is_ok_and(|age| age > STALE) {
                fs::remove_file(part.path())?;
            }
        }
        Ok(())
    }
}

/// Writes what comes, `room` bytes at most.
async fn take(
    file: &mut File,
    body: &mut Incoming,
    turn: &Turn,
    room: u64,
) -> Result<u64, Refusal> {
    let mut taken = 0;
    loop {
        let bytes = tokio::select! {
            bytes = body.next() => bytes?,
            () = turn.over() => return Err(Refusal::busy("a newer request goes on with this file")),
        };
        let Some(bytes) = bytes else { return Ok(taken) };
        taken += bytes.len() as u64;
        if taken > room {
            return Err(super::wrong_length(room));
        }
        file.write_all(&bytes).await.map_err(not_kept)?;
    }
}

/// Are these the bytes, and are they of a type that is taken?
pub(super) fn verify(part: &Path, coming: Coming) -> Result<(), Refusal> {
    let mut file = fs::File::open(part).map_err(not_kept)?;
    let mut head = Vec::with_capacity(BlobType::HEAD);
    file.by_ref().take(BlobType::HEAD as u64).read_to_end(&mut head).map_err(not_kept)?;
    check_type(&head, coming.len)?;
    let digest = file.rewind().and_then(|()| digest_of(file)).map_err(not_kept)?;
    if digest == coming.sha256 { Ok(()) } else { Err(wrong_digest()) }
}

/// The bytes of a `PATCH` begin elsewhere than where those that are here end.
pub(crate) fn wrong_offset(here: u64) -> Refusal {
    refuse(&problems::OFFSET, format!("{here} bytes are here; go on from there")).held(here)
}
