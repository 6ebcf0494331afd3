//! An endpoint in this process, on a port of its own.

use std::{net::SocketAddr, path::Path, thread};

use endpoint::server::{Config, Server};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot};

use super::{
    Phone,
    client::{Answer, Client},
};

/// Stops when it is dropped.
pub struct Running {
    pub at: SocketAddr,
    pub folder: TempDir,
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
        let server = Server::open(config(&folder.path().join("data"))).unwrap();
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
        Self { at, folder, stop: Some(stop), thread: Some(thread) }
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

    /// How many rows a statement counts in the database.
    pub fn count(&self, sql: &str) -> u64 {
        let database = self.folder.path().join("data/endpoint.db");
        let conn = rusqlite::Connection::open(database).unwrap();
        conn.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

/// The type of every text.
pub const JSON: (&str, &str) = ("Content-Type", "application/json");
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
