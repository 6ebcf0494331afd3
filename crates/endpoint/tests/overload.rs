//! Too much of everything, a full disk, and a program that stumbles: refused with words and a time,
//! and nothing is lost.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{
    fs,
    path::Path,
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use endpoint::{
    clock,
    disk::Room,
    limits::Rate,
    operator::Reader,
    server::{Capacity, Config, Patience},
};
use model::hex::Digest;
use support::{
    Phone,
    client::{Client, assert_marked, assert_refused, head},
    golden_photo, items,
    process::{Process, serve},
    report,
    running::{BYTES, JSON, Running},
};

fn with(capacity: Capacity) -> Running {
    Running::with(|data| Config { capacity, ..Config::new(data) })
}

// A page gone wrong sends without end, or somebody sends ten thousand reports by hand.
// The endpoint must stay there for others, and an honest phone must lose nothing by waiting.
#[test]
fn a_device_that_sends_too_much_is_told_when_to_come_again_and_then_delivers() {
    let running =
        with(Capacity { items: Rate { burst: 60, per_hour: 3_600 }, ..Capacity::default() });
    let (phone, other) = (Phone::new(1), Phone::new(2));
    running.enrol(&phone);
    running.enrol(&other);
    let batch = |from: u16| {
        let nth = (from..from + 30).map(|n| phone.seal(report(n), 1, n.into()));
        items(&nth.collect::<Vec<_>>())
    };
    let fault = fault_log::injected("A8", "one device sent more than its bucket holds");
    assert_eq!(running.items(&phone, batch(1)).status, 200);
    // Again and again: what is here costs nothing.
    for _ in 0..5 {
        assert_eq!(running.items(&phone, batch(1)).status, 200);
    }
    assert_eq!(running.items(&phone, batch(31)).status, 200);
    let answer = running.items(&phone, batch(61));
    assert_refused(&answer, 429, "slow-down");
    let wait: u32 = answer.header("retry-after").parse().unwrap();
    assert!((1..=3).contains(&wait), "{wait}");
    assert_eq!(answer.json()["retry_after"], wait);
    // What is here costs nothing even now, alone or beside what is new.
    let known = running.items(&phone, batch(1)).json();
    assert!(known["results"].as_array().unwrap().iter().all(|it| it["result"] == "duplicate"));
    let both = [1, 61].map(|nth| phone.seal(report(nth), 1, nth.into()));
    let both = running.items(&phone, items(&both)).json();
    assert_eq!(both["results"][0]["result"], "duplicate");
    assert_eq!(both["results"][1]["result"], "later");
    assert!((1..=3).contains(&both["results"][1]["retry_after"].as_u64().unwrap()), "{both}");
    let theirs = items(&[other.seal(report(1_000), 1, 1)]);
    assert_eq!(running.items(&other, theirs).status, 200, "each has its own bucket");
    assert_eq!(running.count("SELECT count(*) FROM item"), 61);
    thread::sleep(Duration::from_secs(wait.into()));
    assert_eq!(running.items(&phone, batch(61)).status, 200);
    assert_eq!(running.count("SELECT count(*) FROM item"), 91);
    fault.observed("429 with the seconds to wait; others went on; then all was taken");
}

#[test]
fn new_devices_of_one_network_are_limited_and_known_ones_are_served_all_the_same() {
    let running =
        with(Capacity { new_devices: Rate { burst: 2, per_hour: 1 }, ..Capacity::default() });
    running.enrol(&Phone::new(1));
    let enrol = |phone: &Phone| {
        let path = format!("/sync/v1/devices/{}", phone.device);
        running.send("PUT", &path, &[JSON], phone.enrolment())
    };
    assert_eq!(enrol(&Phone::new(1)).status, 200, "the same again is not a new one");
    running.enrol(&Phone::new(2));
    let answer = enrol(&Phone::new(3));
    assert_refused(&answer, 429, "slow-down");
    assert!(answer.header("retry-after").parse::<u32>().unwrap() <= 3_600);
    assert_eq!(running.items(&Phone::new(1), items(&[])).status, 400, "it is served as before");
    // A phone that is not sure says again who it is; that is no new device.
    assert_eq!(enrol(&Phone::new(2)).status, 200);
    let other = Phone { token: Phone::new(1).token, ..Phone::new(4) };
    assert_refused(&enrol(&other), 429, "slow-down");
}

#[test]
fn an_operator_can_ask_older_pages_to_renew_themselves() {
    let reader = Reader { min_client: "0.2.0".parse().unwrap(), ..Reader::default() };
    let running = Running::with(|data| Config { reader, ..Config::new(data) });
    let phone = Phone::new(1);
    running.enrol(&phone);
    let fault = fault_log::injected("C19", "a page of an older version sent a report");
    let (auth, body) = (phone.bearer(), items(&[phone.seal(report(1), 1, 1)]));
    let send = |version: &str| {
        let headers = [JSON, ("Authorization", auth.as_str()), ("Sync-Client", version)];
        running.send("POST", "/sync/v1/items", &headers, &body)
    };
    assert_refused(&send("poshang/0.1.9"), 426, "upgrade");
    assert_eq!(running.count("SELECT count(*) FROM item"), 0);
    let hello = running.send("GET", "/sync/v1/hello", &[("Sync-Client", "poshang/0.1.9")], "");
    assert_eq!((hello.status, hello.json()["min_client"].clone()), (200, "0.2.0".into()));
    assert_eq!(send("poshang/0.2.0").status, 200);
    assert_eq!(send("poshang/1.0.0").json()["results"][0]["result"], "duplicate");
    fault.observed("426, nothing stored; `hello` says the version; renewed, it delivered");
}

#[test]
fn more_connections_than_there_are_places_wait_and_are_served() {
    let patience = Patience { head: Duration::from_millis(300), ..Patience::default() };
    let capacity = Capacity { connections: 4, ..Capacity::default() };
    let running = Running::with(|data| Config { patience, capacity, ..Config::new(data) });
    let fault = fault_log::injected("N14", "as many silent connections as there are places");
    let mut silent: Vec<_> = (0..4).map(|_| running.client()).collect();
    for client in &mut silent {
        client.write(b"GET /sync/v1/hello HTTP/1.1\r\nX-Slow: ").unwrap();
    }
    // The fifth waits in the listener's queue until the silent ones are cut.
    assert_eq!(running.send("GET", "/healthz", &[], "").body, b"ok");
    fault.observed("cut when their head took too long; the next one was served");
}

#[test]
fn more_photos_than_there_are_places_come_again() {
    let running = with(Capacity { uploads: 1, ..Capacity::default() });
    let (photo, other) = (golden_photo(), [b"\xFF\xD8\xFF".as_slice(), &[7; 500]].concat());
    let phone = running.phone_with(&[&photo, &other]);
    let (path, auth) = (format!("/sync/v1/blobs/{}", Digest::of(&photo)), phone.bearer());
    let headers = [BYTES, ("Authorization", auth.as_str()), ("Content-Length", "669")];
    let mut first = running.client();
    first.write(&head("PUT", &path, &headers)).unwrap();
    first.write(&photo[..300]).unwrap();
    while fs::read_dir(running.data.join("tmp")).unwrap().count() == 0 {
        thread::sleep(Duration::from_millis(2));
    }
    let answer = running.put(&phone, Digest::of(&other), &other);
    assert_refused(&answer, 503, "busy");
    assert_eq!(answer.header("retry-after"), "5");
    assert_refused(&running.patch(&phone, Digest::of(&other), 0, &other), 503, "busy");
    first.write(&photo[300..]).unwrap();
    assert_eq!(first.answer().unwrap().status, 201);
    assert_eq!(running.put(&phone, Digest::of(&other), &other).status, 201);
}

#[test]
fn a_full_queue_of_the_writer_is_said_at_once_and_what_waits_is_done() {
    // A clock that stops the writer while `stop` is locked, once it has begun a group.
    let (stop, begun) = (Arc::new(Mutex::new(())), Arc::new(AtomicBool::new(false)));
    let (stopped, begins, machine) = (Arc::clone(&stop), Arc::clone(&begun), clock::system());
    let clock: clock::Clock = Arc::new(move || {
        if thread::current().name() == Some("writer") {
            begins.store(true, Ordering::Relaxed);
            drop(stopped.lock());
        }
        machine()
    });
    let capacity = Capacity { queue: 2, ..Capacity::default() };
    let running = Running::with(|data| Config { clock, capacity, ..Config::new(data) });
    let phone = Phone::new(1);
    running.enrol(&phone);
    let send = |nth| running.items(&phone, items(&[phone.seal(report(nth), 1, nth.into())]));
    let (told, answers) = std::sync::mpsc::channel();
    thread::scope(|scope| {
        let in_the_way = stop.lock().unwrap();
        begun.store(false, Ordering::Relaxed);
        for nth in 1..=8 {
            let told = told.clone();
            scope.spawn(move || told.send((nth, send(nth))).unwrap());
            while !begun.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(1));
            }
        }
        // The writer has one and two wait.
        let refused: Vec<_> = answers.iter().take(5).collect();
        drop(in_the_way);
        for (_, answer) in &refused {
            assert_refused(answer, 503, "busy");
            assert_eq!(answer.header("retry-after"), "5");
        }
        for (_, answer) in answers.iter().take(3) {
            assert_eq!(answer.json()["results"][0]["result"], "stored");
        }
        for (nth, _) in refused {
            assert_eq!(send(nth).json()["results"][0]["result"], "stored");
        }
    });
    assert_eq!(running.count("SELECT count(*) FROM item"), 8);
}

// A fault in a handler is one phone's bad luck. Ten thousand others must not notice.
#[test]
fn a_handler_that_panics_is_a_503_and_other_requests_are_fine() {
    let panics = Arc::new(AtomicBool::new(false));
    let (cue, machine) = (Arc::clone(&panics), clock::system());
    let clock: clock::Clock = Arc::new(move || {
        let writer = thread::current().name() == Some("writer");
        assert!(writer || !cue.load(Ordering::Relaxed), "told to panic");
        machine()
    });
    let running = Running::with(|data| Config { clock, ..Config::new(data) });
    let phone = Phone::new(1);
    running.enrol(&phone);
    let fault = fault_log::injected("S23", "a handler panicked");
    panics.store(true, Ordering::Relaxed);
    let mut client = running.client();
    for _ in 0..2 {
        let answer = client.send("GET", "/sync/v1/hello", &[], b"").unwrap();
        assert_refused(&answer, 503, "busy");
        let detail = answer.json()["detail"].clone();
        assert!(!support::text(&detail).contains("told to panic"), "{detail}");
    }
    assert_eq!(running.items(&phone, items(&[phone.seal(report(1), 1, 1)])).status, 200);
    panics.store(false, Ordering::Relaxed);
    assert_eq!(client.send("GET", "/sync/v1/hello", &[], b"").unwrap().status, 200);
    fault.observed("503 with the marks of the protocol, on a connection that stays; others stored");
}

fn example(name: &str, data: &Path) -> Command {
    let example = Path::new(env!("CARGO_BIN_EXE_endpoint")).with_file_name("examples").join(name);
    assert!(example.exists(), "type: cargo build -p endpoint --examples");
    let mut command = Command::new(example);
    command.arg(data);
    command
}

// Without its writer an endpoint answers `hello` and stores nothing, and looks well from outside.
// So it ends; whoever supervises it starts it anew.
#[test]
fn a_writer_that_panics_ends_the_process_and_keeps_what_was_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut process = Process::start(example("panicking_writer", &data));
    let phone = Phone::new(1);
    let auth = phone.bearer();
    let headers = [JSON, ("Authorization", auth.as_str())];
    let device = format!("/sync/v1/devices/{}", phone.device);
    let body = |nth: u16| items(&[phone.seal(report(nth), 1, nth.into())]);
    let mut client = Client::connect(process.at).unwrap();
    client.send("PUT", &device, &[JSON], phone.enrolment().as_bytes()).unwrap();
    client.send("POST", "/sync/v1/items", &headers, body(1).as_bytes()).unwrap();
    let fault = fault_log::injected("S23", "the writer panicked");
    fs::write(data.join("panic"), "").unwrap();
    // No answer, or a 503 that was quicker than the end: in no case a receipt.
    if let Ok(answer) = client.send("POST", "/sync/v1/items", &headers, body(2).as_bytes()) {
        assert_refused(&answer, 503, "busy");
    }
    assert_eq!(process.child.wait().unwrap().code(), Some(70));

    let process = Process::start(serve(&data));
    let mut client = Client::connect(process.at).unwrap();
    let mut again = |nth| {
        let answer = client.send("POST", "/sync/v1/items", &headers, body(nth).as_bytes());
        answer.unwrap().json()["results"][0]["result"].clone()
    };
    assert_eq!((again(1), again(2)), ("duplicate".into(), "stored".into()));
    fault.observed("no receipt, exit code 70; the next start had what was confirmed");
}

#[test]
fn a_disk_that_is_nearly_full_takes_texts_and_no_photos() {
    let room = Room { low_water: u64::MAX, reserve: 0 };
    let running = Running::with(|data| Config { room, ..Config::new(data) });
    let photo = golden_photo();
    let fault = fault_log::injected("S7", "less was free than photos leave for texts");
    let phone = running.phone_with(&[&photo]);
    let answer = running.put(&phone, Digest::of(&photo), &photo);
    assert_refused(&answer, 503, "disk");
    assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
    assert_refused(&running.patch(&phone, Digest::of(&photo), 0, &photo), 503, "disk");
    assert_eq!(fs::read_dir(running.data.join("tmp")).unwrap().count(), 0);
    assert_eq!(running.items(&phone, items(&[phone.seal(report(2), 1, 2)])).status, 200);
    fault.observed("photos 503 `disk` with a time, texts stored");
}

/// Runs an endpoint whose writes to the log of the database fail as on a full disk.
fn on_a_full_disk(data: &Path) -> Process {
    let mut strace = Command::new("strace");
    strace.args(["-D", "-f", "-o"]).arg(data.with_extension("trace"));
    strace.args(["-e", "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC"]);
    strace.arg("-P").arg(data.join("endpoint.db-wal")).arg(env!("CARGO_BIN_EXE_endpoint"));
    strace.args(["serve", "--port", "0", "--low-water", "0", "--reserve", "1", "--data"]).arg(data);
    Process::start(strace)
}

// The disk fills up over a weekend. Texts are small and matter most: for them a reserve is given back.
#[test]
fn a_full_disk_gives_back_its_reserve_and_says_so_without_losing_anything() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let phone = Phone::new(1);
    let auth = phone.bearer();
    let headers = [JSON, ("Authorization", auth.as_str())];
    let send = |client: &mut Client, nth: u16| {
        let body = items(&[phone.seal(report(nth), 1, nth.into())]);
        client.send("POST", "/sync/v1/items", &headers, body.as_bytes()).unwrap()
    };
    let mut process = Process::start(serve(&data));
    let mut client = Client::connect(process.at).unwrap();
    let device = format!("/sync/v1/devices/{}", phone.device);
    client.send("PUT", &device, &[JSON], phone.enrolment().as_bytes()).unwrap();
    assert_eq!(send(&mut client, 1).status, 200);
    assert!(process.terminate());

    let fault = fault_log::injected("S7", "writes of the database failed with ENOSPC");
    let process = on_a_full_disk(&data);
    assert_eq!(fs::metadata(data.join("reserve")).unwrap().len(), 1 << 20);
    let mut client = Client::connect(process.at).unwrap();
    let answer = send(&mut client, 2);
    assert_refused(&answer, 503, "disk");
    assert_eq!(answer.header("retry-after"), "300");
    assert!(!data.join("reserve").exists(), "it is given back");
    let ready = client.send("GET", "/readyz", &[], b"").unwrap();
    assert_eq!(ready.status, 503);
    let hello = client.send("GET", "/sync/v1/hello", &[], b"").unwrap();
    assert_marked(&hello);
    drop(process);

    let process = Process::start(serve(&data));
    let mut client = Client::connect(process.at).unwrap();
    assert_eq!(send(&mut client, 1).json()["results"][0]["result"], "duplicate");
    assert_eq!(send(&mut client, 2).json()["results"][0]["result"], "stored");
    let database = rusqlite::Connection::open(data.join("endpoint.db")).unwrap();
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    fault
        .observed("the reserve went first; 503 `disk`, /readyz 503; with room again all was taken");
}

#[test]
fn a_request_that_is_no_http_gets_the_librarys_own_400_and_the_next_is_served() {
    let running = Running::start();
    let mut client = running.client();
    client.write(b"\x16\x03\x01 nonsense\r\n\r\n").unwrap();
    let answer = client.answer().unwrap();
    assert_eq!((answer.status, answer.header("sync-protocol")), (400, ""));
    assert_eq!(running.send("GET", "/sync/v1/hello", &[], "").status, 200);
}
