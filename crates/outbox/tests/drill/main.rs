//! The restore drill: the real endpoint over real HTTP, the real engine, and a disk that is lost.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

#[allow(dead_code, reason = "it belongs to the endpoint's tests, too")]
#[path = "../../../endpoint/tests/support/client.rs"]
mod client;
#[allow(dead_code, reason = "it belongs to the engine's tests, too")]
#[path = "../engine/harness.rs"]
mod harness;

use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::Path,
    thread::{self, JoinHandle},
};

use endpoint::{
    backup,
    restore::restore,
    server::{Config, Server},
};
use model::{hex::Digest, stamp::Stamp, wire::headers};
use outbox::{
    RowKey, Why,
    exchange::{Answer, Body, Reply, Request},
    seal::seal,
};
use tokio::{net::TcpListener, sync::oneshot};

use client::Client;
use harness::{MORNING_MS, Phone};

/// An endpoint on a data folder, on a port of its own.
struct Running {
    at: SocketAddr,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Running {
    fn on(data: &Path) -> Self {
        let server = Server::open(Config::new(data)).unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let (told, at) = std::sync::mpsc::channel();
        let thread = thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                told.send(listener.local_addr().unwrap()).unwrap();
                let stopped = async { stopped.await.unwrap_or(()) };
                server.run(listener, None, stopped).await.unwrap();
            });
        });
        Self { at: at.recv().unwrap(), stop, thread }
    }

    fn stop(self) {
        drop(self.stop);
        self.thread.join().unwrap();
    }
}

/// The photos on the phones.
#[derive(Default)]
struct Photos(BTreeMap<Digest, Vec<u8>>);

impl Photos {
    /// The door to the network: one request over one connection.
    fn carry(&self, to: SocketAddr, request: &Request) -> Answer {
        let token = request.token.map(|token| format!("Bearer {token}"));
        let from = match request.body {
            Body::Piece { from, .. } => Some(from.to_string()),
            _ => None,
        };
        let (kind, bytes) = match &request.body {
            Body::None => (None, &[] as &[u8]),
            Body::Json(text) => (Some("application/json"), text.as_bytes()),
            blob => {
                let piece = matches!(blob, Body::Piece { .. });
                let kind = if piece { headers::OFFSET_BYTES } else { "application/octet-stream" };
                (Some(kind), blob.part_of(&self.0[&blob.blob().unwrap()]))
            }
        };
        let mut said = vec![(headers::CLIENT, "poshang/0.1.0")];
        said.extend(token.as_deref().map(|token| ("authorization", token)));
        said.extend(kind.map(|kind| ("content-type", kind)));
        said.extend(from.as_deref().map(|from| (headers::UPLOAD_OFFSET, from)));
        let sent = Client::connect(to)
            .and_then(|mut it| it.send(request.method, &request.path, &said, bytes));
        let Ok(answer) = sent else { return Answer::Unreachable };
        let header = |name: &str| Some(answer.header(name).to_owned()).filter(|it| !it.is_empty());
        Answer::Reply(Reply {
            status: answer.status,
            protocol: header(headers::PROTOCOL),
            epoch: header(headers::EPOCH),
            retry_after: header("retry-after").and_then(|it| it.parse().ok()),
            offset: header(headers::UPLOAD_OFFSET).and_then(|it| it.parse().ok()),
            body: String::from_utf8(answer.body.clone()).unwrap(),
        })
    }

    /// Seals a report with a photo of this many bytes.
    fn seal(&mut self, phone: &mut Phone, len: usize) -> RowKey {
        let mut what = phone.written("第三级台阶松了", 1);
        let mut bytes = [b"\xFF\xD8\xFF".as_slice(), what.id.to_string().as_bytes()].concat();
        bytes.resize(len, 7);
        what.blobs[0].sha256 = Digest::of(&bytes);
        what.blobs[0].len = bytes.len() as u64;
        self.0.insert(what.blobs[0].sha256, bytes);
        let now = phone.clocks();
        let row = seal(&mut phone.record, &now, what);
        let key = row.key;
        phone.rows.insert(key, row);
        key
    }
}

/// A night's backup, a day of reports, and in the evening the disk is gone.
/// Whatever only the phones hold by then must come back, each once.
#[test]
fn after_backup_loss_and_restore_the_phones_bring_back_what_is_missing() {
    let fault =
        fault_log::injected("S12", "a data folder was lost and yesterday's backup restored");
    let folder = tempfile::tempdir().unwrap();
    let [data, copy, again] = ["data", "backup", "again"].map(|name| folder.path().join(name));
    let mut photos = Photos::default();
    let mut phones = [Phone::new(), Phone::new()];
    // No two phones have the same chance.
    for _ in 0..7 {
        let _ = phones[1].clocks();
    }
    phones[1].now_ms += 1;

    let running = Running::on(&data);
    let mut keys = Vec::new();
    let mut day = |phones: &mut [Phone; 2], photos: &mut Photos| {
        for (nth, phone) in phones.iter_mut().enumerate() {
            for len in [400, 150_000] {
                keys.push((nth, photos.seal(phone, len)));
            }
            phone.pass(Why::Sealed, |request| photos.carry(running.at, request));
        }
    };
    day(&mut phones, &mut photos);
    backup::make(&data, &copy, Stamp::utc(MORNING_MS)).unwrap();
    day(&mut phones, &mut photos);
    for (nth, key) in &keys {
        assert!(phones[*nth].is_delivered(*key), "{:?}", phones[*nth].rows[key]);
    }
    running.stop();
    fs::remove_dir_all(&data).unwrap();
    let restored = restore(&copy, &again).unwrap();
    assert_eq!((restored.mark.seq, restored.photos), (4, 4), "half of it is lost");

    let running = Running::on(&again);
    for phone in &mut phones {
        phone.opens();
        phone.pass(Why::Start, |request| photos.carry(running.at, request));
    }
    running.stop();
    for (nth, key) in &keys {
        let row = &phones[*nth].rows[key];
        assert!(phones[*nth].is_delivered(*key), "{row:?}");
        assert_eq!(row.receipts.len(), 2, "a receipt of each life: {row:?}");
    }
    let database = rusqlite::Connection::open(again.join("endpoint.db")).unwrap();
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, u64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM item"), 8);
    assert_eq!(count("SELECT count(*) FROM blob"), 8);
    fault.observed("eight reports with their photos on the restored endpoint, each once");
}
