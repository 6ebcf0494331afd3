//! Look-ups beside the writer: a connection of its own that cannot write.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use model::{
    changes::Changes,
    have::{Have, Missing},
    hex::{Digest, Epoch},
    ids::DeviceId,
};
use rusqlite::{Connection, OpenFlags};

use crate::{
    core::{awaited, owner},
    feed::{held, page},
    have::missing,
};

/// A read-only door to the database. Each look-up is by key: microseconds, and milliseconds for a
/// page of the feed.
#[derive(Clone)]
pub struct Lookups(Arc<Mutex<Connection>>);

impl Lookups {
    /// Opens the file of a database that the writer has made.
    pub fn open(file: &Path) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(Self(Arc::new(Mutex::new(Connection::open_with_flags(file, flags)?))))
    }

    /// Which device a token belongs to, by the token's digest.
    pub async fn owner(&self, token_sha256: Digest) -> rusqlite::Result<Option<DeviceId>> {
        self.look(move |conn| owner(conn, token_sha256)).await
    }

    /// How long a blob must be that a device may bring.
    pub async fn awaited(&self, who: DeviceId, sha256: Digest) -> rusqlite::Result<Option<u64>> {
        self.look(move |conn| awaited(conn, who, sha256)).await
    }

    /// What of all this is missing for a device?
    pub async fn missing(&self, who: DeviceId, have: Have) -> rusqlite::Result<Missing> {
        self.look(move |conn| missing(conn, who, &have)).await
    }

    /// Is a photo or voice note here?
    pub async fn held(&self, sha256: Digest) -> rusqlite::Result<bool> {
        self.look(move |conn| held(conn, sha256)).await
    }

    /// A page of a device's feed.
    pub async fn changes(
        &self,
        epoch: Epoch,
        who: DeviceId,
        after: u64,
    ) -> rusqlite::Result<Changes> {
        self.look(move |conn| page(conn, epoch, who, after)).await
    }

    /// Off the threads that serve connections: a page of the file may have to come from the disk.
    async fn look<T: Send + 'static>(
        &self,
        what: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let conn = Arc::clone(&self.0);
        let looked = tokio::task::spawn_blocking(move || {
            what(&conn.lock().unwrap_or_else(PoisonError::into_inner))
        });
        looked.await.unwrap_or_else(|_| Err(rusqlite::Error::InvalidQuery))
    }
}
