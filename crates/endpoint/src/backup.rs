//! A copy of everything that must be kept, made while the endpoint runs.
//!
//! First the database, in one read transaction; then the photos that this copy of it names: a file
//! comes before its row, so each is there. `backup.json` comes last and names the rest, so a backup
//! is whole or none. Made again into the same folder, it copies only what is new.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use model::{
    JURISDICTION,
    hex::{Digest, Epoch},
    stamp::Stamp,
};
use rusqlite::{Connection, OpenFlags, params};
use serde::{Deserialize, Serialize};

use crate::{
    blobs::{file_in, publish},
    digest::{Digesting, digest_of},
    folder::{self, write_whole},
    high_water::{Mark, Seen},
    identity::Identity,
};

/// What a backup is, in the file that makes it one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always 1.
    pub v: u32,
    /// Which life of the database.
    pub epoch: Epoch,
    /// The last `seq` it holds.
    pub seq: u64,
    /// Up to here nothing is missing that may still come: neither an item nor a photo.
    pub safe: u64,
    /// When it was begun.
    pub at: Stamp,
    /// Digest of the copy of the database; its file is `database/<digest>`.
    pub database: Digest,
    /// Photos it holds.
    pub photos: u64,
}

/// A photo that has not come after this many days no longer holds `safe` back: phones keep what
/// they have sent at least as long.
const PHOTOS_AWAITED_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

const MANIFEST: &str = "backup.json";

/// The copy of the database.
pub(crate) fn database(backup: &Path, manifest: &Manifest) -> PathBuf {
    backup.join("database").join(manifest.database.to_string())
}

/// Makes a backup of a data folder, or brings one up to date.
pub fn make(data: &Path, to: &Path, now: Stamp) -> Result<Manifest> {
    let shown = to.display();
    folder::exists(data)?;
    ensure!(
        !folder::lies_in(to, data),
        "{shown} lies in the data folder; name another folder for the backup, on another machine if you can"
    );
    for part in ["database", "blobs"] {
        folder::make(&to.join(part)).with_context(|| format!("{shown} cannot be made"))?;
    }
    let keys = folder::keys_in(data);
    let keys = fs::read(&keys).with_context(|| format!("{} cannot be read", keys.display()))?;
    keep_private(&keys, &folder::keys_in(to))?;
    let half = to.join("database/half");
    let _ = fs::remove_file(&half);
    // Before the copy: while the endpoint runs, the database only goes on.
    let seen = Seen::read(&folder::high_water_in(data))?;
    let mark = copy_database(&folder::database_in(data), &half)?;
    // A worse copy would take the place of a good one.
    seen.refuse_behind(mark)?;
    refuse_older(to, mark)?;
    let digest = digest_of(File::open(&half)?)?;
    let copy = Connection::open_with_flags(&half, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let safe = complete_upto(&copy, mark.seq, now)?;
    let photos = copy_photos(&copy, &data.join("blobs"), &to.join("blobs"))?;
    drop(copy);
    let Mark { epoch, seq } = mark;
    let made = Manifest { v: 1, epoch, seq, safe, at: now, database: digest, photos };
    fs::rename(&half, database(to, &made))?;
    folder::sync(&to.join("database"))?;
    write_whole(&to.join(MANIFEST), &serde_json::to_vec_pretty(&made)?)?;
    forget_older(to, &made)?;
    Ok(made)
}

/// Refuses to put less into the place of a backup that goes further.
fn refuse_older(to: &Path, mark: Mark) -> Result<()> {
    let further = said_by(to).ok().filter(|it| it.epoch == mark.epoch && it.seq > mark.seq);
    further.map_or(Ok(()), |it| {
        anyhow::bail!(
            "the backup in {} goes up to seq {}, and the database ends at seq {}: an older copy was put \
             in its place. Nothing was written",
            to.display(),
            it.seq,
            mark.seq
        )
    })
}

/// Reads what a backup says of itself, and checks that its database is that one.
pub fn read(backup: &Path) -> Result<Manifest> {
    let shown = backup.display();
    let manifest = said_by(backup)?;
    ensure!(manifest.v == 1, "{shown} was made by a newer endpoint");
    let digest = File::open(database(backup, &manifest))
        .and_then(digest_of)
        .with_context(|| format!("the database of {shown} cannot be read"))?;
    ensure!(digest == manifest.database, "the database of {shown} is damaged");
    Ok(manifest)
}

/// What a backup says of itself.
fn said_by(backup: &Path) -> Result<Manifest> {
    let shown = backup.display();
    let text = fs::read(backup.join(MANIFEST))
        .with_context(|| format!("{shown} holds no backup that was finished"))?;
    serde_json::from_slice(&text).with_context(|| format!("{shown}/{MANIFEST} is damaged"))
}

/// What phones are told once a backup was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// Up to this `seq` everything is off the machine.
    pub safe: u64,
    /// What this backup alone would say: less, if a later one was confirmed before.
    pub of_this: u64,
}

/// Takes a backup's word that what it holds is off this machine: phones hear of it as `safe_upto`.
/// Only somebody who knows where the backup lies can say so; that it is whole is looked at here.
/// An older backup takes nothing back of what a newer one has made safe.
pub fn confirm(data: &Path, backup: &Path) -> Result<Confirmed> {
    folder::exists(data)?;
    let manifest = whole(backup)?;
    let Manifest { epoch, safe: of_this, .. } = manifest;
    let conn =
        Connection::open_with_flags(folder::database_in(data), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let here: String = conn.query_row("SELECT epoch FROM life", [], |row| row.get(0))?;
    ensure!(here == epoch.to_string(), "the backup is of another epoch than the data folder");
    let (ours, theirs) = (folder::keys_in(data), folder::keys_in(backup));
    ensure!(
        fs::read(&ours).with_context(|| format!("{} cannot be read", ours.display()))?
            == fs::read(&theirs)?,
        "{} is not that of the data folder; back up into an own folder",
        theirs.display()
    );
    let safe = confirmed(data, epoch).map_or(of_this, |before| before.max(of_this));
    write_whole(&folder::safe_in(data), &serde_json::to_vec(&Mark { epoch, seq: safe })?)?;
    Ok(Confirmed { safe, of_this })
}

/// Reads a backup to its last byte: what it says of itself, the database, the keys, and each photo.
fn whole(backup: &Path) -> Result<Manifest> {
    let manifest = read(backup)?;
    Identity::read_from(&folder::keys_in(backup))?;
    let copy = database(backup, &manifest);
    let copy = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    check_texts(&copy)?;
    let mut rows = copy.prepare("SELECT sha256, len FROM blob WHERE jurisdiction = ?1")?;
    let mut rows = rows.query([JURISDICTION])?;
    while let Some(row) = rows.next()? {
        let (sha256, len): (String, u64) = (row.get(0)?, row.get(1)?);
        let file = file_in(&backup.join("blobs"), &sha256);
        let shown = file.display();
        let found = File::open(&file)
            .and_then(|file| Ok((file.metadata()?.len(), digest_of(file)?)))
            .with_context(|| format!("{shown} of the backup cannot be read; back up again"))?;
        ensure!(
            found.0 == len && found.1.to_string() == sha256,
            "{shown} of the backup is damaged; remove it there and back up again"
        );
    }
    Ok(manifest)
}

/// Does each stored text still have the digest that its receipt names?
fn check_texts(conn: &Connection) -> Result<()> {
    let texts = "SELECT seq, sha256, sealed FROM item WHERE sealed <> ''";
    let mut rows = conn.prepare(texts)?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, sha256, text): (u64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        ensure!(
            Digest::of(text.as_bytes()).to_string() == sha256,
            "the database is damaged: the text of seq {seq} is not the one that was confirmed. \
             Restore an earlier backup: phones that keep the text send it again"
        );
    }
    Ok(())
}

/// The `seq` up to which a backup was confirmed, if it is of this epoch.
pub(crate) fn confirmed(data: &Path, epoch: Epoch) -> Option<u64> {
    let file = folder::safe_in(data);
    let mark: Mark = serde_json::from_slice(&fs::read(&file).ok()?)
        .inspect_err(|_| tracing::warn!("{} is damaged; confirm a backup anew", file.display()))
        .ok()?;
    (mark.epoch == epoch).then_some(mark.seq)
}

fn copy_database(from: &Path, half: &Path) -> Result<Mark> {
    let shown = from.display();
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_context(|| format!("there is no database at {shown}"))?;
    let name = half.to_str().context("the name of the backup's folder is not UTF-8")?;
    folder::make_private(half)?;
    source.execute("VACUUM INTO ?1", [name]).context("the database cannot be copied")?;
    File::open(half)?.sync_all()?;
    let copy = Connection::open_with_flags(half, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let sound: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(sound == "ok", "the database is damaged: {sound}");
    check_texts(&copy)?;
    Ok(crate::core::mark(&copy)?)
}

/// The `seq` before that of the first item that still waits for a photo.
fn complete_upto(copy: &Connection, last: u64, now: Stamp) -> Result<u64> {
    let waits = "SELECT min(seq) FROM manifest JOIN item USING (jurisdiction, seq)
                 WHERE jurisdiction = ?1 AND at > ?2 AND NOT EXISTS (SELECT 1 FROM blob
                     WHERE blob.jurisdiction = manifest.jurisdiction
                       AND blob.sha256 = manifest.sha256)";
    let since = now.unix_ms - PHOTOS_AWAITED_MS;
    let waits: Option<u64> =
        copy.query_row(waits, params![JURISDICTION, since], |row| row.get(0))?;
    Ok(waits.map_or(last, |seq| seq - 1))
}

fn copy_photos(copy: &Connection, from: &Path, to: &Path) -> Result<u64> {
    let mut rows = copy.prepare("SELECT sha256, len FROM blob WHERE jurisdiction = ?1")?;
    let mut rows = rows.query([JURISDICTION])?;
    let mut photos = 0;
    while let Some(row) = rows.next()? {
        let (sha256, len): (String, u64) = (row.get(0)?, row.get(1)?);
        let (from, to) = (file_in(from, &sha256), file_in(to, &sha256));
        if !fs::metadata(&to).is_ok_and(|file| file.len() == len) {
            copy_photo(&from, &to, &sha256)
                .with_context(|| format!("photo {sha256} cannot be copied"))?;
        }
        photos += 1;
    }
    Ok(photos)
}

/// Copies a photo and digests what is written. It has its name only when that is right.
pub(crate) fn copy_photo(from: &Path, to: &Path, sha256: &str) -> Result<()> {
    let home = to.parent().context("a photo has no folder")?;
    folder::make(home)?;
    let half = to.with_extension("half");
    let mut copy = Digesting::new(File::create(&half)?);
    io::copy(&mut File::open(from)?, &mut copy)?;
    let (file, digest) = copy.end();
    file.sync_all()?;
    if digest.to_string() != sha256 {
        fs::remove_file(&half)?;
        anyhow::bail!("its bytes have changed on the disk; phones that keep it can send it again");
    }
    Ok(publish(&half, to)?)
}

/// The key stays the same for the life of an endpoint; another one in its place is a mistake.
pub(crate) fn keep_private(keys: &[u8], to: &Path) -> Result<()> {
    match fs::read(to) {
        Ok(there) => {
            let shown = to.display();
            ensure!(
                there == keys,
                "{shown} is that of another endpoint; back up into an own folder"
            );
            Ok(())
        }
        Err(_) => Ok(write_whole(to, keys)?),
    }
}

fn forget_older(to: &Path, made: &Manifest) -> io::Result<()> {
    for file in fs::read_dir(to.join("database"))? {
        let file = file?.path();
        if file != database(to, made) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}
