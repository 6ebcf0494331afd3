//! `sync/1` over real connections.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use endpoint::{
    http::body::Pace,
    server::{Config, Patience},
};
use model::{hex::Digest, stamp::Stamp};
use serde_json::{Value, json};
use support::{
    Phone,
    client::{Answer, assert_marked, assert_refused, head},
    from_base64, golden, golden_identity, golden_photo, item, items, photo_line, report,
    running::{BYTES, JSON, Running},
    stamp, text,
};

/// Answers compare as JSON values; `instance` and `detail` are free.
fn comparable(mut body: Value) -> Value {
    if let Some(document) = body.as_object_mut() {
        document.remove("instance");
        document.remove("detail");
    }
    body
}

#[test]
fn the_exchange_of_the_golden_file_is_answered_as_it_says() {
    let golden = golden();
    let clock = Arc::new(AtomicI64::new(0));
    let ticks = Arc::clone(&clock);
    let running = Running::with(|data| Config {
        identity: Some(golden_identity()),
        clock: Arc::new(move || Stamp::utc(ticks.load(Ordering::Relaxed))),
        ..Config::new(data)
    });
    for step in golden["exchange"].as_array().unwrap() {
        let name = text(&step["name"]);
        let now = match name {
            "hello" => "2026-11-23T00:15:39.002Z",
            it if it.starts_with("device") => text(&golden["clock"]["devices"]),
            it if it.starts_with("items, unknown kind") => text(&golden["clock"]["receipt_2"]),
            _ => text(&golden["clock"]["receipt_1"]),
        };
        clock.store(stamp(now).unix_ms, Ordering::Relaxed);
        let again = if name.contains("the same request again is 200") { 2 } else { 1 };
        for nth in 0..again {
            let answer = perform(&running, &step["request"]);
            let expected = &step["answer"];
            let status = if nth == 0 { expected["status"].as_u64().unwrap() } else { 200 };
            assert_eq!(u64::from(answer.status), status, "{name}: {answer:?}");
            for (header, value) in expected["headers"].as_object().unwrap() {
                assert_eq!(answer.header(header), text(value), "{name}: {header}");
            }
            let body: Value = serde_json::from_str(text(&expected["body"])).unwrap();
            assert_eq!(comparable(answer.json()), comparable(body), "{name}");
        }
    }
}

#[test]
fn have_the_feed_and_photos_in_pieces_are_answered_as_the_golden_file_says() {
    let golden = golden();
    let now = stamp(text(&golden["clock"]["receipt_1"]));
    let running = Running::with(|data| Config {
        identity: Some(golden_identity()),
        clock: Arc::new(move || now),
        ..Config::new(data)
    });
    perform(&running, &golden["exchange"][1]["request"]);
    let more: Value =
        serde_json::from_str(include_str!("../../model/tests/golden/sync-1-more.json")).unwrap();
    for step in more["exchange"].as_array().unwrap() {
        let (name, expected) = (text(&step["name"]), &step["answer"]);
        let answer = perform(&running, &step["request"]);
        assert_eq!(u64::from(answer.status), expected["status"], "{name}: {answer:?}");
        for (header, value) in expected["headers"].as_object().unwrap() {
            assert_eq!(answer.header(header), text(value), "{name}: {header}");
        }
        match expected["body"].as_str() {
            None => assert!(answer.body.is_empty(), "{name}: {answer:?}"),
            Some(body) => {
                let body: Value = serde_json::from_str(body).unwrap();
                assert_eq!(comparable(answer.json()), comparable(body), "{name}");
            }
        }
    }
}

fn perform(running: &Running, request: &Value) -> Answer {
    let headers: Vec<_> = request["headers"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| *name != "Content-Length")
        .map(|(name, value)| (name.as_str(), text(value)))
        .collect();
    let body = match (&request["body"], &request["body_base64"]) {
        (Value::String(body), _) => body.clone().into_bytes(),
        (_, Value::String(body)) => from_base64(body),
        _ => Vec::new(),
    };
    running.send(text(&request["method"]), text(&request["path"]), &headers, body)
}

#[test]
fn a_request_that_cannot_be_read_gets_its_problem_and_nothing_is_stored() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let token = phone.bearer();
    let auth = ("Authorization", token.as_str());
    let good = items(&[phone.seal(report(1), 1, 1)]);
    let fifty_one: Vec<_> = (1..=51).map(|n| phone.seal(report(n), 1, n.into())).collect();
    let long = format!("{good}{}", " ".repeat(257 * 1024 - good.len()));
    let cut = &good[..good.len() - 1];
    let post = |headers: &[_], body: &[u8]| running.send("POST", "/sync/v1/items", headers, body);

    let answer = post(&[JSON, auth], cut.as_bytes());
    assert_refused(&answer, 400, "malformed");
    let mut not_utf8 = good.clone().into_bytes();
    not_utf8[20] = 0xFF;
    assert_refused(&post(&[JSON, auth], &not_utf8), 400, "malformed");
    let answer = post(&[JSON, auth], br#"{"items":[]}"#);
    assert_refused(&answer, 400, "malformed");
    assert_eq!(answer.json()["field"], "/items");
    let answer = post(&[JSON, auth], br#"{"items":[{}],"sent":{"at":"yesterday"}}"#);
    assert_eq!(answer.json()["field"], "/sent");

    let answer = post(&[JSON, auth], items(&fifty_one).as_bytes());
    assert_refused(&answer, 413, "too-large");
    let expected = &golden()["problem"];
    assert_eq!(comparable(answer.json()), comparable(expected.clone()));
    let answer = post(&[JSON, auth], long.as_bytes());
    assert_refused(&answer, 413, "too-large");
    assert_eq!(answer.json()["limit"], 262_144);

    let answer = post(&[JSON], good.as_bytes());
    assert_refused(&answer, 401, "token-unknown");
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    let unknown = Phone::new(2).bearer();
    for wrong in ["Basic abc", "Bearer short", &unknown] {
        let answer = post(&[JSON, ("Authorization", wrong)], good.as_bytes());
        assert_refused(&answer, 401, "token-unknown");
    }
    assert_refused(&post(&[auth], good.as_bytes()), 415, "type");
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    assert_refused(&post(&[form, auth], good.as_bytes()), 415, "type");
    let packed = ("Content-Encoding", "gzip");
    assert_refused(&post(&[JSON, packed, auth], good.as_bytes()), 415, "type");
    let old = ("Sync-Client", "poshang/0.0.9");
    assert_refused(&post(&[JSON, old, auth], good.as_bytes()), 426, "upgrade");

    let answer = running.send("GET", "/sync/v1/items", &[auth], "");
    assert_refused(&answer, 405, "method");
    assert_eq!(answer.header("allow"), "POST");
    for path in ["/sync/v1/nothing", "/sync/", "/sync/v2/items"] {
        assert_refused(&running.send("POST", path, &[JSON, auth], &good), 404, "no-such");
    }
    assert_eq!(running.count("SELECT count(*) FROM item"), 0);
    let charset = ("Content-Type", "application/json; charset=utf-8");
    assert_eq!(post(&[charset, auth], good.as_bytes()).status, 200);
}

#[test]
fn an_old_client_can_still_say_hello() {
    let running = Running::start();
    let old = ("Sync-Client", "poshang/0.0.1");
    let answer = running.send("GET", "/sync/v1/hello", &[old], "");
    assert_eq!(answer.status, 200);
    assert_marked(&answer);
    assert_eq!(answer.json()["min_client"], "0.1.0");
}

#[test]
fn a_device_that_says_its_token_wrongly_is_told_where() {
    let running = Running::start();
    let path = format!("/sync/v1/devices/{}", Phone::new(1).device);
    for (body, field) in [(r#"{"token_sha256":"AB"}"#, "/token_sha256"), ("{", "")] {
        let answer = running.send("PUT", &path, &[JSON], body);
        assert_refused(&answer, 400, "malformed");
        assert_eq!(answer.json()["field"], field);
    }
    for wrong in ["me", "%FF", "%2e", ""] {
        let path = format!("/sync/v1/devices/{wrong}");
        let answer = running.send("PUT", &path, &[JSON], Phone::new(1).enrolment());
        let expected = if wrong.is_empty() { (404, "no-such") } else { (400, "malformed") };
        assert_refused(&answer, expected.0, expected.1);
    }
    let answer = running.send("PUT", &path, &[JSON], " ".repeat(1_025));
    assert_refused(&answer, 413, "too-large");
}

#[test]
fn a_huge_number_and_a_33_kib_item_are_rejected_and_their_neighbour_is_stored() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let mut huge_number = phone.seal(report(1), 1, 1).to_string();
    huge_number = huge_number.replacen("\"dseq\":1", "\"dseq\":1e999", 1);
    let huge_number = json!({"sha256": Digest::of(huge_number.as_bytes()), "sealed": huge_number});
    let mut too_long = phone.seal(report(2), 1, 2);
    too_long["body"]["filler"] = "坡".repeat(11 * 1024).into();
    let good = item(&phone.seal(report(3), 1, 3));
    let body = json!({"items": [huge_number, item(&too_long), good]}).to_string();
    let results = running.items(&phone, body).json()["results"].clone();
    assert_eq!(
        (&results[0]["result"], &results[0]["field"]),
        (&json!("rejected"), &json!("/sealed/dseq"))
    );
    assert_eq!(
        (&results[1]["reason"], &results[1]["limit"]),
        (&json!("too_large"), &json!(32_768))
    );
    assert_eq!(results[2]["result"], "stored");
    assert_eq!(running.count("SELECT count(*) FROM item"), 1);
}

#[test]
fn a_photo_is_refused_for_what_is_wrong_with_it() {
    let running = Running::start();
    let (photo, text_file) = (golden_photo(), b"%PDF-1.7 is no photo".to_vec());
    let mut damaged = photo.clone();
    damaged[300] ^= 1;
    let mut long_voice = vec![0; 2 * 1024 * 1024 + 1];
    long_voice[..4].copy_from_slice(b"OggS");
    let phone = running.phone_with(&[&photo, &text_file, &long_voice, b"\xFF\xD8"]);
    let digest = Digest::of(&photo);

    assert_refused(&running.put(&phone, digest, &damaged), 422, "digest");
    assert_refused(&running.put(&phone, digest, &photo[1..]), 422, "digest");
    assert_refused(&running.put(&phone, Digest::of(&text_file), &text_file), 415, "type");
    assert_refused(&running.put(&phone, Digest::of(b"\xFF\xD8"), b"\xFF\xD8"), 415, "type");
    let answer = running.put(&phone, Digest::of(&long_voice), &long_voice);
    assert_refused(&answer, 413, "too-large");
    let answer = running.put(&phone, digest, &vec![0; 9 * 1024 * 1024]);
    assert_refused(&answer, 413, "too-large");
    assert_eq!(answer.json()["limit"], 8_388_608);

    assert_refused(&running.put(&phone, Digest::of(b"other"), &photo), 404, "no-such");
    let stranger = Phone::new(2);
    running.enrol(&stranger);
    assert_refused(&running.put(&stranger, digest, &photo), 404, "no-such");
    let auth = phone.bearer();
    let path = format!("/sync/v1/blobs/{digest}");
    let json_photo = running.send("PUT", &path, &[JSON, ("Authorization", &auth)], &photo);
    assert_refused(&json_photo, 415, "type");
    let mut client = running.client();
    let chunked = [BYTES, ("Authorization", auth.as_str()), ("Transfer-Encoding", "chunked")];
    client.write(&head("PUT", &path, &chunked)).unwrap();
    assert_refused(&client.answer().unwrap(), 411, "length-required");

    assert_eq!(running.count("SELECT count(*) FROM blob"), 0);
    let left = fs::read_dir(running.folder.path().join("data/tmp")).unwrap().count();
    assert_eq!(left, 0, "no half file is left");
    assert_eq!(running.put(&phone, digest, &photo).status, 201);
    assert_eq!(running.put(&phone, digest, &photo).status, 200);
    let hex = digest.to_string();
    let kept = format!("data/blobs/{}/{}/{hex}", &hex[..2], &hex[2..4]);
    assert_eq!(fs::read(running.folder.path().join(kept)).unwrap(), photo);
}

#[test]
fn a_wrong_length_is_refused_before_the_bytes_are_read() {
    let running = Running::start();
    let photo = golden_photo();
    let phone = running.phone_with(&[&photo]);
    let path = format!("/sync/v1/blobs/{}", Digest::of(&photo));
    let auth = phone.bearer();
    let mut client = running.client();
    let headers = [BYTES, ("Authorization", auth.as_str()), ("Content-Length", "670")];
    client.write(&head("PUT", &path, &headers)).unwrap();
    assert_refused(&client.answer().unwrap(), 422, "digest");
}

#[test]
fn a_photo_whose_file_is_lost_is_asked_for_again_and_a_file_without_a_row_is_found_again() {
    let photo = golden_photo();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let open = || Running::with(|_| Config::new(&data));
    let need = |running: &Running, phone: &Phone| {
        let mut sealed = phone.seal(report(1), 1, 1);
        sealed["blobs"] = json!([photo_line(&photo)]);
        let answer = running.items(phone, items(&[sealed])).json();
        answer["results"][0]["need"].as_array().unwrap().len()
    };
    let digest = Digest::of(&photo);
    let hex = digest.to_string();
    let file = data.join(format!("blobs/{}/{}/{hex}", &hex[..2], &hex[2..4]));

    let running = open();
    let phone = running.phone_with(&[&photo]);
    running.put(&phone, digest, &photo);
    assert_eq!(need(&running, &phone), 0);
    drop(running);

    let fault = fault_log::injected("S4", "a photo was cut on the disk, then its row was deleted");
    fs::write(&file, &photo[..100]).unwrap();
    let running = open();
    assert_eq!(need(&running, &phone), 1, "the file is not whole any more");
    assert_eq!(running.put(&phone, digest, &photo).status, 201);
    assert_eq!(fs::read(&file).unwrap(), photo);
    drop(running);

    let database = rusqlite::Connection::open(data.join("endpoint.db")).unwrap();
    database.execute("DELETE FROM blob", []).unwrap();
    drop(database);
    let running = open();
    assert_eq!(need(&running, &phone), 1);
    assert_eq!(running.put(&phone, digest, &photo).status, 201);
    assert_eq!(need(&running, &phone), 0);
    fault.observed("both times the phone was asked for it again, and then it was whole");
}

fn hurried() -> Running {
    let body = Pace { grace: Duration::from_millis(300), bytes_per_second: 2_048 };
    let patience = Patience { head: Duration::from_millis(300), body, ..Patience::default() };
    Running::with(|data| Config { patience, ..Config::new(data) })
}

#[test]
fn a_head_that_never_ends_is_cut() {
    let running = hurried();
    let mut client = running.client();
    client.write(b"POST /sync/v1/items HTTP/1.1\r\nHost: x\r\nX-Slow: ").unwrap();
    let begun = Instant::now();
    let said = client.read_to_end().unwrap_or_default();
    assert!(said.is_empty() || said.starts_with(b"HTTP/1.1 408"), "{said:?}");
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_body_that_comes_too_slowly_is_answered_503_and_nothing_is_stored() {
    let running = hurried();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let (body, auth) = (items(&[phone.seal(report(1), 1, 1)]), phone.bearer());
    let length = body.len().to_string();
    let headers = [JSON, ("Authorization", auth.as_str()), ("Content-Length", length.as_str())];
    let mut client = running.client();
    client.write(&head("POST", "/sync/v1/items", &headers)).unwrap();
    client.write(&body.as_bytes()[..100]).unwrap();
    let answer = client.answer().unwrap();
    assert_refused(&answer, 503, "busy");
    assert_eq!(answer.header("retry-after"), "5");
    assert_eq!(running.count("SELECT count(*) FROM item"), 0);
}

#[test]
fn a_body_cut_in_the_middle_stores_nothing() {
    let running = Running::start();
    let photo = golden_photo();
    let phone = running.phone_with(&[&photo]);
    let (path, auth) = (format!("/sync/v1/blobs/{}", Digest::of(&photo)), phone.bearer());
    let headers = [BYTES, ("Authorization", auth.as_str()), ("Content-Length", "669")];
    let mut client = running.client();
    client.write(&head("PUT", &path, &headers)).unwrap();
    client.write(&photo[..300]).unwrap();
    drop(client);
    let tmp = running.folder.path().join("data/tmp");
    let begun = Instant::now();
    while fs::read_dir(&tmp).unwrap().count() > 0 && begun.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(fs::read_dir(&tmp).unwrap().count(), 0, "no half file is left");
    assert_eq!(running.count("SELECT count(*) FROM blob"), 0);
    assert_eq!(running.put(&phone, Digest::of(&photo), &photo).status, 201);
}

/// Sends a request, waits until a statement counts one row, and goes away without the answer.
fn lose_the_answer(running: &Running, request: &[u8], until: &str) {
    let mut client = running.client();
    client.write(request).unwrap();
    let begun = Instant::now();
    while running.count(until) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(10), "{until}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn request(method: &str, path: &str, kind: (&str, &str), phone: &Phone, body: &[u8]) -> Vec<u8> {
    let (auth, length) = (phone.bearer(), body.len().to_string());
    let headers = [kind, ("Authorization", auth.as_str()), ("Content-Length", &length)];
    [head(method, path, &headers), body.to_vec()].concat()
}

// The bus enters a tunnel just when the endpoint has stored the report and before it can say so.
// The phone does not know, and sends all of it again.
#[test]
fn an_answer_that_is_lost_after_the_commit_is_given_again() {
    let running = Running::start();
    let (phone, photo) = (Phone::new(1), golden_photo());
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["blobs"] = json!([photo_line(&photo)]);
    let digest = Digest::of(&photo);
    let (device, blob) =
        (format!("/sync/v1/devices/{}", phone.device), format!("/sync/v1/blobs/{digest}"));
    let fault = fault_log::injected("N1", "the answers to a device, an item and a photo were lost");
    let put = request("PUT", &device, JSON, &phone, phone.enrolment().as_bytes());
    lose_the_answer(&running, &put, "SELECT count(*) FROM device");
    assert_eq!(running.send("PUT", &device, &[JSON], phone.enrolment()).status, 200);

    let body = items(&[sealed]);
    let post = request("POST", "/sync/v1/items", JSON, &phone, body.as_bytes());
    lose_the_answer(&running, &post, "SELECT count(*) FROM item");
    let answer = running.items(&phone, &body).json();
    assert_eq!(answer["results"][0]["result"], "duplicate");
    let database = rusqlite::Connection::open(running.data.join("endpoint.db")).unwrap();
    let made: String =
        database.query_row("SELECT text FROM receipt", [], |row| row.get(0)).unwrap();
    assert_eq!(answer["results"][0]["receipt"], made);

    let put = request("PUT", &blob, BYTES, &phone, &photo);
    lose_the_answer(&running, &put, "SELECT count(*) FROM blob");
    assert_eq!(running.put(&phone, digest, &photo).status, 200);
    for table in ["device", "item", "receipt", "blob"] {
        assert_eq!(running.count(&format!("SELECT count(*) FROM {table}")), 1, "{table}");
    }
    fault.observed("200, `duplicate` with the first receipt, 200: one device, one row, one photo");
}

#[test]
fn eight_phones_at_once_are_all_stored_and_no_place_is_given_twice() {
    let running = Running::start();
    std::thread::scope(|scope| {
        for nth in 1..=8 {
            let running = &running;
            scope.spawn(move || {
                let phone = Phone::new(nth);
                running.enrol(&phone);
                for n in 1..=10 {
                    let sealed = phone.seal(report(u16::from(nth) * 100 + n), 1, n.into());
                    let answer = running.items(&phone, items(&[sealed.clone(), sealed])).json();
                    assert_eq!(answer["results"][0]["result"], "stored");
                    assert_eq!(answer["results"][1]["result"], "duplicate");
                }
            });
        }
    });
    assert_eq!(running.count("SELECT count(*) FROM item"), 80);
    assert_eq!(running.count("SELECT max(seq) FROM item"), 80);
}

#[test]
fn health_is_a_commit_on_the_disk() {
    let running = Running::start();
    assert_eq!(running.send("GET", "/healthz", &[], "").body, b"ok");
    assert_eq!(running.count("SELECT beat FROM life"), 0);
    assert_eq!(running.send("GET", "/readyz", &[], "").status, 200);
    let beat = running.count("SELECT beat FROM life");
    assert!(beat > 0);
    assert_eq!(running.send("GET", "/readyz", &[], "").status, 200);
    assert_eq!(running.count("SELECT beat FROM life"), beat, "at most one in a second");
}

#[test]
fn every_problem_has_a_page_in_two_languages() {
    let running = Running::start();
    let phone = Phone::new(1);
    let kind = running.items(&phone, "{}").json()["type"].clone();
    let answer = running.send("GET", text(&kind), &[], "");
    assert_eq!(answer.status, 200);
    let page = String::from_utf8(answer.body).unwrap();
    assert!(page.contains("不认识这台设备") && page.contains("does not know the device"));
    assert_eq!(running.send("GET", "/problems/nonsense", &[], "").status, 404);
}

fn with_page() -> (Running, tempfile::TempDir) {
    let dist = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &str| fs::write(dist.path().join(name), bytes).unwrap();
    file("index.html", "<!doctype html><title>坡上</title>");
    file("index.html.br", "(brotli)");
    file("sw.js", "// worker");
    file("poshang-8f14e45fceea167a_bg.wasm", "\0asm");
    file("poshang-8f14e45fceea167a_bg.wasm.gz", "(gzip)");
    fs::create_dir(dist.path().join("data")).unwrap();
    let pack = json!({"groups": [{"id": "road", "kinds": [{"id": "road.steps_rail"}]}]});
    file("data/pack.json", &pack.to_string());
    let page = Some(dist.path().to_owned());
    (Running::with(|data| Config { page, ..Config::new(data) }), dist)
}

#[test]
fn the_page_is_served_with_its_types_its_caching_and_its_policy() {
    let (running, _dist) = with_page();
    let get = |path: &str, headers: &[(&str, &str)]| running.send("GET", path, headers, "");
    for route in ["/", "/parks", "/parks/park-1", "/report", "/outbox", "/me"] {
        let answer = get(route, &[]);
        assert_eq!(answer.status, 200, "{route}");
        assert!(answer.header("content-type").starts_with("text/html"), "{answer:?}");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("sync-protocol"), "", "a page is no answer of the protocol");
    }
    let packed = get("/", &[("Accept-Encoding", "gzip, br")]);
    assert_eq!(
        (packed.body.as_slice(), packed.header("content-encoding")),
        (b"(brotli)".as_slice(), "br")
    );
    let wasm = get("/poshang-8f14e45fceea167a_bg.wasm", &[("Accept-Encoding", "gzip")]);
    assert_eq!(wasm.header("content-type"), "application/wasm");
    assert_eq!(wasm.header("content-encoding"), "gzip");
    assert!(wasm.header("cache-control").contains("immutable"));
    assert_eq!(get("/sw.js", &[]).header("cache-control"), "no-cache");
    assert!(get("/sw.js", &[]).header("content-type").contains("javascript"));

    // A download that was broken off is not gone on with behind the bytes of an older build.
    let part = ("Range", "bytes=3-5");
    assert_eq!(get("/sw.js", &[part]).status, 206);
    let whole = get("/sw.js", &[part, ("If-Range", "Wed, 21 Oct 2015 07:28:00 GMT")]);
    assert_eq!((whole.status, whole.body.as_slice()), (200, b"// worker".as_slice()));

    let unknown = get("/nowhere", &[("Accept", "text/html,*/*")]);
    assert_eq!(unknown.status, 404);
    assert!(
        String::from_utf8(unknown.body).unwrap().contains("坡上"),
        "the page has its own screen"
    );
    assert_eq!(
        get("/nothing.js", &[("Accept", "*/*")]).header("content-type"),
        "text/plain; charset=utf-8"
    );
    let escaped = get("/../Cargo.toml", &[]);
    assert_eq!(escaped.status, 404);
    assert_eq!(running.send("POST", "/", &[JSON], "{}").status, 404);
}

#[test]
fn an_address_that_no_file_could_have_is_not_found() {
    let (running, _dist) = with_page();
    let names =
        ["a".repeat(250), "a".repeat(255), "a".repeat(256), "a".repeat(5_000), "a/".repeat(2_000)];
    for name in names.iter().map(String::as_str).chain(["a%00b"]) {
        for path in [format!("/{name}"), format!("/pack/{name}")] {
            for encoding in ["identity", "br, gzip"] {
                let answer = running.send("GET", &path, &[("Accept-Encoding", encoding)], "");
                assert_eq!(answer.status, 404, "{path}");
            }
        }
        let shell = running.send("GET", &format!("/{name}"), &[("Accept", "text/html")], "");
        assert!(String::from_utf8(shell.body).unwrap().contains("坡上"), "{name}");
    }
}

#[test]
fn a_later_pack_of_the_data_folder_is_served_beside_the_pages_and_its_kinds_are_known() {
    let nothing = Running::start();
    assert_eq!(nothing.send("GET", "/pack/pack.json", &[], "").status, 204);
    assert_eq!(nothing.send("GET", "/pack/osm-8f14e45fceea167a.json", &[], "").status, 404);
    let running = Running::with(|data| {
        let folder = data.join("pack");
        fs::create_dir_all(&folder).unwrap();
        let pack = json!({"groups": [{"id": "road", "kinds": [{"id": "road.flying"}]}]});
        fs::write(folder.join("pack.json"), pack.to_string()).unwrap();
        fs::write(folder.join("pack.json.br"), "(brotli)").unwrap();
        fs::write(folder.join("osm-8f14e45fceea167a.json"), "{}").unwrap();
        Config::new(data)
    });
    let pack = running.send("GET", "/pack/pack.json", &[("Accept-Encoding", "br")], "");
    assert_eq!((pack.status, pack.body.as_slice()), (200, b"(brotli)".as_slice()));
    assert_eq!(pack.header("cache-control"), "no-cache");
    let layer = running.send("GET", "/pack/osm-8f14e45fceea167a.json", &[], "");
    assert!(layer.header("cache-control").contains("immutable"));
    for outside in ["/pack/..%2Fkeys.json", "/pack/../keys.json", "/pack/%2e%2e/keys.json"] {
        assert_eq!(running.send("GET", outside, &[], "").status, 404, "{outside}");
    }
    let phone = Phone::new(1);
    running.enrol(&phone);
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["body"]["issue"] = "road.flying".into();
    running.items(&phone, items(&[sealed]));
    assert_eq!(running.count("SELECT sum(issue_unknown) FROM item"), 0);
}

#[test]
fn a_leaf_that_the_pages_pack_lacks_is_stored_and_marked() {
    let (running, _dist) = with_page();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let mut sealed = [phone.seal(report(1), 1, 1), phone.seal(report(2), 1, 2)];
    sealed[0]["body"]["issue"] = "road.steps_rail".into();
    sealed[1]["body"]["issue"] = "road.flying".into();
    let results = running.items(&phone, items(&sealed)).json();
    assert_eq!(results["results"][1]["result"], "stored");
    assert_eq!(running.count("SELECT sum(issue_unknown) FROM item"), 1);
    assert_eq!(running.count("SELECT issue_unknown FROM item WHERE seq = 2"), 1);
}

#[test]
fn a_stop_waits_for_the_request_under_way() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let (body, auth) = (items(&[phone.seal(report(1), 1, 1)]), phone.bearer());
    let length = body.len().to_string();
    let headers = [JSON, ("Authorization", auth.as_str()), ("Content-Length", length.as_str())];
    let mut client = running.client();
    client.write(&head("POST", "/sync/v1/items", &headers)).unwrap();
    client.write(&body.as_bytes()[..100]).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let stopping = std::thread::spawn(move || drop(running));
    std::thread::sleep(Duration::from_millis(200));
    client.write(&body.as_bytes()[100..]).unwrap();
    let answer = client.answer().unwrap();
    assert_eq!(answer.json()["results"][0]["result"], "stored");
    stopping.join().unwrap();
}
