//! The real binary and the disk: killed two hundred times, watched call by call, its disk failing.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{
    collections::HashSet,
    fs,
    net::SocketAddr,
    path::Path,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use model::{
    hex::Digest,
    receipt::Receipt,
    wire::{ItemOutcome, ItemResults},
};
use rusqlite::{Connection, params};
use serde_json::json;
use support::{
    Phone,
    client::Client,
    golden_photo, items, photo_line,
    process::{Process, serve},
    report,
    running::{BYTES, JSON},
    trace::{CALLS, Event, between, events},
};

/// What phones hold that the endpoint has promised to keep.
#[derive(Default)]
struct Held {
    receipts: Mutex<Vec<String>>,
    photos: Mutex<Vec<Digest>>,
}

/// Where the endpoint listens right now, and whether the phones should go on.
struct Field {
    at: Mutex<Option<SocketAddr>>,
    over: AtomicBool,
    held: Held,
}

impl Field {
    /// A phone that sends one report after the other, each until it holds a receipt for it.
    fn send_until_over(&self, nth: u8) {
        let phone = Phone::new(nth);
        let mut next = 1;
        while !self.over.load(Ordering::Relaxed) {
            let at = *self.at.lock().unwrap();
            if at.and_then(|at| self.send_while_it_lasts(at, &phone, nth, &mut next)).is_none() {
                thread::sleep(Duration::from_millis(2));
            }
        }
    }

    /// None once the connection broke.
    fn send_while_it_lasts(
        &self,
        at: SocketAddr,
        phone: &Phone,
        nth: u8,
        next: &mut u16,
    ) -> Option<()> {
        let mut client = Client::connect(at).ok()?;
        let device = format!("/sync/v1/devices/{}", phone.device);
        client.send("PUT", &device, &[JSON], phone.enrolment().as_bytes()).ok()?;
        while !self.over.load(Ordering::Relaxed) {
            let photo = [b"\xFF\xD8\xFF photo ".as_slice(), &[nth], &next.to_be_bytes()].concat();
            let mut sealed = phone.seal(report(u16::from(nth) * 4_096 + *next), 1, (*next).into());
            sealed["blobs"] = json!([photo_line(&photo)]);
            self.deliver(&mut client, phone, &items(&[sealed]), &photo)?;
            *next += 1;
        }
        Some(())
    }

    fn deliver(&self, client: &mut Client, phone: &Phone, body: &str, photo: &[u8]) -> Option<()> {
        let bearer = phone.bearer();
        let auth = ("Authorization", bearer.as_str());
        let answer = client.send("POST", "/sync/v1/items", &[JSON, auth], body.as_bytes()).ok()?;
        let results: ItemResults = serde_json::from_slice(&answer.body).unwrap();
        let (ItemOutcome::Stored(proof) | ItemOutcome::Duplicate(proof)) =
            &results.results[0].outcome
        else {
            panic!("{results:?}")
        };
        self.held.receipts.lock().unwrap().push(proof.receipt.clone());
        let digest = Digest::of(photo);
        let path = format!("/sync/v1/blobs/{digest}");
        let answer = client.send("PUT", &path, &[BYTES, auth], photo).ok()?;
        assert!(matches!(answer.status, 200 | 201), "{answer:?}");
        self.held.photos.lock().unwrap().push(digest);
        Some(())
    }
}

const KILLS: u32 = 200;
const WRITERS: u8 = 8;

/// A server that answers from memory passes every other test, and loses reports in a power cut.
/// This one sees that an answer never says more than what a killed process has left behind.
#[test]
fn every_receipt_that_a_phone_holds_survives_two_hundred_kills() {
    let folder = tempfile::tempdir().unwrap();
    let field = Field { at: Mutex::new(None), over: AtomicBool::new(false), held: Held::default() };
    let fault = fault_log::injected("S1", "killed two hundred times while eight phones sent");
    thread::scope(|scope| {
        for nth in 1..=WRITERS {
            let field = &field;
            scope.spawn(move || field.send_until_over(nth));
        }
        for kill in 0..KILLS {
            let mut process = Process::start(serve(folder.path()));
            *field.at.lock().unwrap() = Some(process.at);
            // Spread over the life of many requests, the same in every run.
            thread::sleep(Duration::from_millis(u64::from(20 + kill * 37 % 80)));
            process.kill();
            *field.at.lock().unwrap() = None;
        }
        field.over.store(true, Ordering::Relaxed);
    });
    assert_all_kept(folder.path(), &field.held);
    fault.observed(
        "every receipt and photo that a phone holds is there, whole, and the database is sound",
    );
}

fn assert_all_kept(data: &Path, held: &Held) {
    let database = Connection::open(data.join("endpoint.db")).unwrap();
    let receipts = held.receipts.lock().unwrap();
    let kept = "SELECT count(*) FROM item JOIN receipt USING (jurisdiction, seq)
                WHERE text = ?1 AND seq = ?2 AND id = ?3 AND rev = ?4 AND sha256 = ?5";
    let mut kept = database.prepare(kept).unwrap();
    for text in receipts.iter() {
        let Receipt { seq, id, rev, sha256, .. } = serde_json::from_str(text).unwrap();
        let key = params![text, seq, id.to_string(), rev, sha256.to_string()];
        let rows: u32 = kept.query_row(key, |row| row.get(0)).unwrap();
        assert_eq!(rows, 1, "{text}");
    }
    let distinct: HashSet<&String> = receipts.iter().collect();
    assert!(distinct.len() > KILLS as usize, "only {} reports in all", distinct.len());
    let photos = held.photos.lock().unwrap();
    for digest in photos.iter() {
        let hex = digest.to_string();
        let file = data.join(format!("blobs/{}/{}/{hex}", &hex[..2], &hex[2..4]));
        assert_eq!(Digest::of(&fs::read(file).unwrap()), *digest);
        let row = "SELECT 1 FROM blob WHERE sha256 = ?1";
        assert!(database.prepare_cached(row).unwrap().exists([hex]).unwrap());
    }
    assert!(!photos.is_empty());
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}

/// Runs a command under `strace`, sends reports and a photo, one after the other, and returns what
/// the endpoint asked of the kernel.
fn watched(data: &Path, command: &Command) -> Vec<Event> {
    let trace = data.with_extension("trace");
    let mut strace = strace(&trace);
    strace.args(["-yy", "-s", "64", "-e", CALLS, "-e", "signal=none"]);
    strace.arg(command.get_program()).args(command.get_args());
    let mut process = Process::start(strace);
    send_reports_and_a_photo(process.at);
    assert!(process.terminate());
    for _ in 0..500 {
        let text = String::from_utf8_lossy(&fs::read(&trace).unwrap()).into_owned();
        if text.lines().any(|line| line.contains("+++ exited with 0 +++") && is_of(line, &process))
        {
            return events(&text);
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("strace did not finish its file");
}

/// `strace`, beside the process it watches rather than above it.
fn strace(trace: &Path) -> Command {
    let there = Command::new("strace").arg("-V").output().is_ok();
    assert!(there, "strace is missing; `cargo xtask test` installs it");
    let mut strace = Command::new("strace");
    strace.args(["-D", "-f", "-o"]).arg(trace);
    strace
}

fn is_of(line: &str, process: &Process) -> bool {
    line.starts_with(&format!("{} ", process.child.id()))
}

/// With a pause after each, so that a sync of one cannot be taken for that of the next.
fn send_reports_and_a_photo(at: SocketAddr) {
    let pause = || thread::sleep(Duration::from_millis(60));
    let phone = Phone::new(1);
    let (bearer, photo) = (phone.bearer(), golden_photo());
    let auth = ("Authorization", bearer.as_str());
    let mut client = Client::connect(at).unwrap();
    let device = format!("/sync/v1/devices/{}", phone.device);
    client.send("PUT", &device, &[JSON], phone.enrolment().as_bytes()).unwrap();
    for nth in 1..=5 {
        pause();
        let mut sealed = phone.seal(report(nth), 1, nth.into());
        sealed["blobs"] = json!([photo_line(&photo)]);
        let body = items(&[sealed]);
        client.send("POST", "/sync/v1/items", &[JSON, auth], body.as_bytes()).unwrap();
    }
    pause();
    let path = format!("/sync/v1/blobs/{}", Digest::of(&photo));
    let answer = client.send("PUT", &path, &[BYTES, auth], &photo).unwrap();
    assert_eq!(answer.status, 201);
    pause();
}

/// How many of the answers to these requests left before the log was on the disk.
fn answers_before_the_sync(events: &[Event], request: &str) -> usize {
    let spans = between(events, request);
    assert!(!spans.is_empty(), "no {request} was seen in {} events", events.len());
    let synced =
        |event: &Event| matches!(event, Event::Synced(it) if it.ends_with("/endpoint.db-wal"));
    spans.iter().filter(|span| !span.iter().any(synced)).count()
}

/// A kill loses nothing that the kernel holds; only a power cut does. So this looks at what the
/// endpoint asked of the disk, and in which order.
#[test]
fn an_answer_leaves_only_after_the_disk_has_what_it_speaks_of() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let fault = fault_log::injected(
        "S2",
        "every system call was watched, as a power cut between any two would find the disk",
    );
    let events = watched(&data, &serve(&data));
    assert_eq!(between(&events, "POST /sync/v1/items").len(), 5);
    for request in ["PUT /sync/v1/devices", "POST /sync/v1/items", "PUT /sync/v1/blobs"] {
        assert_eq!(answers_before_the_sync(&events, request), 0, "{request}");
    }

    let put = between(&events, "PUT /sync/v1/blobs").remove(0);
    let hex = Digest::of(&golden_photo()).to_string();
    let home = data.join("blobs").join(&hex[..2]).join(&hex[2..4]);
    let (home, uploads) = (home.display().to_string(), data.join("tmp").display().to_string());
    let at = |what: &dyn Fn(&Event) -> bool| put.iter().position(what).unwrap();
    let file = at(&|it| matches!(it, Event::Synced(path) if path.starts_with(&uploads)));
    let named = at(&|it| matches!(it, Event::Named(path) if *path == format!("{home}/{hex}")));
    let folder = at(&|it| matches!(it, Event::Synced(path) if *path == home));
    let row = at(&|it| matches!(it, Event::Synced(path) if path.ends_with("-wal")));
    assert!(file < named && named < folder && folder < row, "{put:#?}");
    fault.observed("file, name, folder and row were synced in this order, each before its answer");
}

#[test]
fn an_endpoint_that_answers_first_is_caught_by_the_same_look() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let example = Path::new(env!("CARGO_BIN_EXE_endpoint")).with_file_name("examples/answer_first");
    assert!(example.exists(), "type: cargo build -p endpoint --examples");
    let mut command = Command::new(example);
    command.arg(&data);
    let events = watched(&data, &command);
    assert!(answers_before_the_sync(&events, "POST /sync/v1/items") > 0);
}

/// After a failed sync a second one may say "done" though the data is gone, which has cost whole
/// databases. So the first failure ends the process, and nobody gets an answer.
#[test]
fn a_disk_that_fails_to_sync_ends_the_process_and_confirms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let start = || Process::start(serve(&data));
    assert!(start().terminate());
    let mut failing = strace(&folder.path().join("trace"));
    failing.args(["-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO", "-P"]);
    failing.arg(data.join("endpoint.db-wal")).arg(env!("CARGO_BIN_EXE_endpoint"));
    failing.args(serve(&data).get_args());
    let fault = fault_log::injected("S6", "syncs of the log failed with EIO");
    let mut process = Process::start(failing);

    let phone = Phone::new(1);
    let device = format!("/sync/v1/devices/{}", phone.device);
    let enrol = |at| {
        let mut client = Client::connect(at).unwrap();
        client.send("PUT", &device, &[JSON], phone.enrolment().as_bytes())
    };
    assert!(enrol(process.at).is_err(), "it confirmed what the disk does not hold");
    assert_eq!(process.child.wait().unwrap().code(), Some(74));
    assert!(matches!(enrol(start().at).unwrap().status, 200 | 201));
    fault.observed("no answer, exit code 74; the next start took the same request");
}
