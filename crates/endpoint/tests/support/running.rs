//! An endpoint in this process, on a port of its own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    thread,
};

use endpoint::server::{Config, Server};
use model::hex::Digest;
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot};

use super::{
    Phone,
    client::{Answer, Client},
    items, photo_line, report,
};

/// Stops when it is dropped.
pub struct Running {
    pub at: SocketAddr,
    pub folder: TempDir,
    /// The data folder: in `folder`, unless the configuration says another.
    pub data: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Running {
    /// With a fresh data folder and the machine's clock.
    pub fn start() -> Self {
        Self::with(Config::new)
    }

    /// With what `config` makes of a fresh data folder.
    pub fn with(config: impl FnOnce(&Path) -> Config) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = config(&folder.path().join("data"));
        let data = config.data.clone();
        let server = Server::open(config).unwrap();
        let (stop, stopped) = oneshot::channel();
        let (told, at) = std::sync::mpsc::channel();
        let thread = thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                told.send(listener.local_addr().unwrap()).unwrap();
                let stopped = async { stopped.await.unwrap_or(()) };
                server.run(listener, None, stopped).await.unwrap();
            });
        });
        let at = at.recv().unwrap();
        Self { at, folder, data, stop: Some(stop), thread: Some(thread) }
    }

    /// A new connection.
    pub fn client(&self) -> Client {
        Client::connect(self.at).unwrap()
    }

    /// One request on a connection of its own.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Answer {
        self.client().send(method, path, headers, body.as_ref()).unwrap()
    }

    /// Makes a phone known.
    pub fn enrol(&self, phone: &Phone) {
        let path = format!("/sync/v1/devices/{}", phone.device);
        let answer = self.send("PUT", &path, &[JSON], phone.enrolment());
        assert_eq!(answer.status, 201, "{answer:?}");
    }

    /// A phone's batch of items.
    pub fn items(&self, phone: &Phone, body: impl AsRef<[u8]>) -> Answer {
        self.send("POST", "/sync/v1/items", &[JSON, ("Authorization", &phone.bearer())], body)
    }

    /// A phone that has sent a report naming these bytes.
    pub fn phone_with(&self, photos: &[&[u8]]) -> Phone {
        let phone = Phone::new(1);
        self.enrol(&phone);
        let mut sealed = phone.seal(report(1), 1, 1);
        sealed["blobs"] = photos.iter().map(|bytes| photo_line(bytes)).collect();
        assert_eq!(self.items(&phone, items(&[sealed])).status, 200);
        phone
    }

    /// A whole photo.
    pub fn put(&self, phone: &Phone, digest: Digest, bytes: &[u8]) -> Answer {
        let path = format!("/sync/v1/blobs/{digest}");
        self.send("PUT", &path, &[BYTES, ("Authorization", &phone.bearer())], bytes)
    }

    /// How many bytes of a photo are here.
    pub fn offset(&self, phone: &Phone, digest: Digest) -> Answer {
        let path = format!("/sync/v1/blobs/{digest}");
        self.send("HEAD", &path, &[("Authorization", &phone.bearer())], "")
    }

    /// More bytes of a photo.
    pub fn patch(&self, phone: &Phone, digest: Digest, offset: usize, bytes: &[u8]) -> Answer {
        let path = format!("/sync/v1/blobs/{digest}");
        let (auth, offset) = (phone.bearer(), offset.to_string());
        let headers = [PIECE, ("Authorization", auth.as_str()), ("Upload-Offset", &offset)];
        self.send("PATCH", &path, &headers, bytes)
    }

    /// The file of a photo that is whole.
    pub fn file(&self, digest: Digest) -> PathBuf {
        let hex = digest.to_string();
        self.data.join(format!("blobs/{}/{}/{hex}", &hex[..2], &hex[2..4]))
    }

    /// How many rows a statement counts in the database.
    pub fn count(&self, sql: &str) -> u64 {
        let conn = rusqlite::Connection::open(self.data.join("endpoint.db")).unwrap();
        conn.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

/// The type of every text.
pub const JSON: (&str, &str) = ("Content-Type", "application/json");
/// The type of a piece of one.
pub const PIECE: (&str, &str) = ("Content-Type", "application/offset+octet-stream");
/// The type of every photo.
pub const BYTES: (&str, &str) = ("Content-Type", "application/octet-stream");

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(thread::JoinHandle::join);
        if !thread::panicking() {
            ended.unwrap().unwrap();
        }
    }
}
