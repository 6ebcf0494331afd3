//! Rescue files: reports that come by hand.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{
    fs,
    io::{Read as _, Write as _},
    process::Command,
};

use endpoint::{disk::Room, server::Config};
use model::{
    hex::Digest,
    rescue::{ITEMS, SUMS, blob_name, item_line, read_sums, sums},
    wire::SendItem,
    zip::{Archive, Crc},
};
use serde_json::{Value, json};
use support::{
    Phone,
    client::{Answer, assert_marked, assert_refused, head},
    golden, golden_identity, golden_photo, photo_line,
    process::{Process, serve},
    report,
    running::{JSON, Running},
    text,
};

const ZIP: (&str, &str) = ("Content-Type", "application/zip");

/// The file of version 1, as it was first written. It is never made anew: phones may hold such ones
/// for years.
const VERSION_1: &[u8] = include_bytes!("rescue-1.zip");

fn import(running: &Running, phone: &Phone, file: impl AsRef<[u8]>) -> Answer {
    let auth = phone.bearer();
    running.send("POST", "/sync/v1/import", &[ZIP, ("Authorization", &auth)], file)
}

/// A zip archive of stored entries, put together as a phone does it.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut archive) = (Vec::new(), Archive::default());
    for (name, bytes) in entries {
        let mut crc = Crc::default();
        crc.add(bytes);
        file.extend(archive.entry(name, bytes.len().try_into().unwrap(), crc.value()).unwrap());
        file.extend(*bytes);
    }
    file.extend(archive.end().unwrap());
    file
}

/// The same by another library, which writes lengths and sums behind the bytes.
fn zip_with_descriptors(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut file);
    for (name, bytes) in entries {
        let (mut entry, config) = archive.new_file(*name).start().unwrap();
        let mut data = config.wrap(&mut entry);
        data.write_all(bytes).unwrap();
        let (_, end) = data.finish().unwrap();
        entry.finish(end).unwrap();
    }
    archive.finish().unwrap();
    file
}

fn lines(sealed: &[Value]) -> String {
    let line = |sealed: &Value| {
        let sealed = sealed.to_string();
        item_line(SendItem { sha256: Digest::of(sealed.as_bytes()), sealed: &sealed })
    };
    sealed.iter().map(line).collect()
}

/// A file with these items and photos.
fn packed(sealed: &[Value], photos: &[&[u8]]) -> Vec<u8> {
    let lines = lines(sealed);
    let named: Vec<_> = photos.iter().map(|bytes| blob_name(Digest::of(bytes))).collect();
    let mut entries = vec![(ITEMS, lines.as_bytes())];
    entries.extend(named.iter().map(String::as_str).zip(photos.iter().copied()));
    let list = sums(entries.iter().map(|(name, bytes)| (*name, Digest::of(bytes))));
    entries.push((SUMS, list.as_bytes()));
    zip(&entries)
}

// A phone can not start the page any more; a neighbour brings its rescue file to another phone.
// Everything in it must arrive once, whoever brings it and however often.
#[test]
fn the_file_of_version_1_is_taken_in_by_anybody_and_its_owner_gets_the_same_receipt() {
    let running =
        Running::with(|data| Config { identity: Some(golden_identity()), ..Config::new(data) });
    let neighbour = Phone::new(1);
    running.enrol(&neighbour);
    let answer = import(&running, &neighbour, VERSION_1);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_marked(&answer);
    let first = answer.json();
    assert_eq!(first["refused"], json!([]));
    let results = first["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        assert_eq!(
            (&result["result"], &result["reason"]),
            (&json!("held"), &json!("other_device"))
        );
        assert_eq!(result["need"], json!([]), "the photo was in the file");
    }
    assert_eq!(fs::read(running.file(Digest::of(&golden_photo()))).unwrap(), golden_photo());

    let again = import(&running, &neighbour, VERSION_1).json();
    assert_eq!(again["results"][0]["result"], "duplicate");
    assert_eq!(again["results"][0]["receipt"], results[0]["receipt"]);

    let golden = golden();
    let enrolment = json!({"token_sha256": golden["device"]["token_sha256"]}).to_string();
    let path = format!("/sync/v1/devices/{}", text(&golden["device"]["id"]));
    assert_eq!(running.send("PUT", &path, &[JSON], enrolment).status, 201);
    let owner = format!("Bearer {}", text(&golden["device"]["token"]));
    let body = json!({"items": [golden["item"]]}).to_string();
    let headers = [JSON, ("Authorization", owner.as_str())];
    let sent = running.send("POST", "/sync/v1/items", &headers, body).json();
    assert_eq!(sent["results"][0]["receipt"], results[0]["receipt"]);
    assert_eq!((&sent["results"][0]["need"]), &json!([]));
    assert_eq!(running.count("SELECT count(*) FROM item"), 2);
}

#[test]
fn an_own_file_is_stored_in_parts_and_again_without_a_second_row() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let (one, two) = (golden_photo(), [b"\xFF\xD8\xFF".as_slice(), &[9; 5_000]].concat());
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["blobs"] = json!([photo_line(&one), photo_line(&two)]);
    let mut all: Vec<_> = (2..=120).map(|nth| phone.seal(report(nth), 1, nth.into())).collect();
    all.insert(0, sealed.clone());
    let first = import(&running, &phone, packed(&all, &[&one])).json();
    assert_eq!(first["results"].as_array().unwrap().len(), 120);
    assert_eq!(first["results"][0]["result"], "stored");
    assert_eq!(first["results"][0]["need"], json!([Digest::of(&two)]));
    assert_eq!(first["results"][119]["id"], json!(report(120)));
    let (line, name) = (lines(&[sealed]), blob_name(Digest::of(&two)));
    let file = zip_with_descriptors(&[(ITEMS, line.as_bytes()), (&name, &two)]);
    let second = import(&running, &phone, file).json();
    assert_eq!(second["results"][0]["result"], "duplicate");
    assert_eq!(second["results"][0]["need"], json!([]));
    import(&running, &phone, packed(&all, &[&one, &two]));
    assert_eq!(running.count("SELECT count(*) FROM item"), 120);
    assert_eq!(running.count("SELECT count(*) FROM blob"), 2);
    assert_eq!(fs::read_dir(running.data.join("tmp")).unwrap().count(), 0);
}

#[test]
fn what_is_wrong_in_a_file_is_refused_for_itself_and_the_rest_is_taken() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let (photo, stray) = (golden_photo(), b"\xFF\xD8\xFF that nobody names".as_slice());
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["blobs"] = json!([photo_line(&photo)]);
    let text = format!("this is no item\n{}\n{{\"x\":1}}\n", lines(&[sealed]));
    let mut damaged = photo.clone();
    damaged[100] ^= 1;
    let names = [Digest::of(&photo), Digest::of(stray)].map(blob_name);
    let file = zip(&[
        (ITEMS, text.as_bytes()),
        (&names[0], &damaged),
        (&names[1], stray),
        ("../../etc/passwd", b"x"),
        ("readme.txt", b"x"),
    ]);
    let answer = import(&running, &phone, file).json();
    let results: Vec<_> = (0..3).map(|nth| answer["results"][nth]["result"].clone()).collect();
    assert_eq!(results, ["rejected", "stored", "rejected"]);
    assert_eq!(answer["results"][1]["need"], json!([Digest::of(&photo)]));
    assert_eq!(answer["refused"], json!([Digest::of(&photo), Digest::of(stray)]));
    assert_eq!(running.count("SELECT count(*) FROM blob"), 0);
}

// Somebody packs two million lines of two bytes. Each would cost an answer of a hundred, twice, and a few
// such files the memory of the machine.
#[test]
fn a_small_file_of_a_great_many_lines_is_refused_before_one_is_answered() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let all = |many: usize| zip(&[(ITEMS, "{}\n".repeat(many).as_bytes())]);
    let answer = import(&running, &phone, all(20_001));
    assert_refused(&answer, 413, "too-large");
    assert_eq!(
        (&answer.json()["limit"], &answer.json()["field"]),
        (&20_000.into(), &"/items.jsonl".into())
    );
    let answer = import(&running, &phone, all(20_000)).json();
    assert_eq!(answer["results"].as_array().unwrap().len(), 20_000);
    let long = format!("\n\n{{\"sealed\":\"{}\"}}\n17", "x".repeat(300_000));
    let answer = import(&running, &phone, zip(&[(ITEMS, long.as_bytes())])).json();
    let results = answer["results"].as_array().unwrap();
    assert!(results.len() == 2 && results.iter().all(|it| it["result"] == "rejected"), "{answer}");
}

#[test]
fn a_file_that_is_none_is_told_why_and_nothing_is_stored() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let good = packed(&[phone.seal(report(1), 1, 1)], &[]);
    assert_refused(&import(&running, &phone, "no zip at all"), 400, "malformed");
    assert_refused(&import(&running, &phone, &good[..good.len() - 40]), 400, "malformed");
    assert_refused(&import(&running, &phone, zip(&[("readme.txt", b"x")])), 400, "malformed");
    let mut deflated = good.clone();
    // The method of the first entry, in the list at the end.
    let list = deflated.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    deflated[list + 10] = 8;
    assert_refused(&import(&running, &phone, deflated), 415, "type");
    let auth = phone.bearer();
    let auth = ("Authorization", auth.as_str());
    let answer = running.send("POST", "/sync/v1/import", &[JSON, auth], &good);
    assert_refused(&answer, 415, "type");
    assert_refused(&import(&running, &Phone::new(2), &good), 401, "token-unknown");
    let mut client = running.client();
    let huge = (65_u64 * 1024 * 1024).to_string();
    client
        .write(&head("POST", "/sync/v1/import", &[ZIP, auth, ("Content-Length", &huge)]))
        .unwrap();
    let answer = client.answer().unwrap();
    assert_refused(&answer, 413, "too-large");
    assert_eq!(answer.json()["limit"], 67_108_864);
    assert_eq!(running.count("SELECT count(*) FROM item"), 0);
}

// Two files put together with a file manager hold two lists. Of the first nothing was taken, and the
// answer did not say so.
#[test]
fn a_file_with_two_lists_brings_what_stands_in_both() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let [one, two] = [1, 2].map(|nth| lines(&[phone.seal(report(nth), 1, nth.into())]));
    // The last line may end without a line feed.
    let both = [one.trim_end(), &two].map(|list| (ITEMS, list.as_bytes()));
    let answer = import(&running, &phone, zip(&both)).json();
    assert_eq!(answer["results"].as_array().map(Vec::len), Some(2), "{answer}");
    assert_eq!(running.count("SELECT count(*) FROM item"), 2);
}

// A disk that is nearly full takes texts; those of a rescue file were refused.
#[test]
fn a_file_of_texts_alone_is_taken_while_there_is_no_room_for_photos() {
    let room = Room { low_water: u64::MAX, reserve: 0 };
    let running = Running::with(|data| Config { room, ..Config::new(data) });
    let phone = Phone::new(1);
    running.enrol(&phone);
    let taken = import(&running, &phone, packed(&[phone.seal(report(1), 1, 1)], &[]));
    assert_eq!(taken.status, 200);
    let photo = golden_photo();
    let mut with_photo = phone.seal(report(2), 1, 2);
    with_photo["blobs"] = json!([photo_line(&photo)]);
    let refused = import(&running, &phone, packed(&[with_photo], &[&photo]));
    assert_refused(&refused, 503, "disk");
    assert_eq!(running.count("SELECT count(*) FROM item"), 2, "the words of both are here");
}

#[test]
fn an_operator_takes_a_file_in_at_a_shell() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("rescue.zip");
    fs::write(&file, VERSION_1).unwrap();
    let import = || {
        let mut import = Command::new(env!("CARGO_BIN_EXE_endpoint"));
        import.args(["import", "--data"]).arg(&data).arg(&file);
        import.output().unwrap()
    };
    assert!(Process::start(serve(&data)).terminate());
    let output = import();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let first: Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    assert_eq!((&first["result"], &first["need"]), (&json!("held"), &json!([])));
    assert!(text(&first["receipt"]).contains("\"of\":\"receipt\""));
    assert_eq!(said.lines().count(), 2);

    let process = Process::start(serve(&data));
    let output = import();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("another endpoint works on the data folder"), "{said}");
    drop(process);
    let database = rusqlite::Connection::open(data.join("endpoint.db")).unwrap();
    let rows: u32 = database.query_row("SELECT count(*) FROM item", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 2);
}

#[test]
fn what_a_phone_packs_is_a_zip_archive_to_other_programs() {
    let file = zip(&[(ITEMS, b"{}\n"), ("blobs/坡", b"\xFF\xD8\xFF")]);
    let archive = rawzip::ZipArchive::from_slice(&file).unwrap();
    let mut entries = archive.entries();
    for (name, bytes) in [(ITEMS, b"{}\n".as_slice()), ("blobs/坡", b"\xFF\xD8\xFF")] {
        let entry = entries.next_entry().unwrap().unwrap();
        assert_eq!(entry.file_path().as_ref(), name.as_bytes());
        let entry = archive.get_entry(entry.wayfinder()).unwrap();
        let mut read = Vec::new();
        entry.verifying_reader(entry.data()).read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
    }
    assert!(entries.next_entry().unwrap().is_none());
    // And to one that nobody here has written.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rescue.zip");
    fs::write(&path, &file).unwrap();
    if let Ok(output) = Command::new("python3").args(["-m", "zipfile", "-t"]).arg(&path).output() {
        assert!(output.status.success(), "{output:?}");
    }
}

#[test]
fn the_list_of_digests_in_the_file_of_version_1_is_right() {
    let archive = rawzip::ZipArchive::from_slice(VERSION_1).unwrap();
    let mut entries = archive.entries();
    let mut found = Vec::new();
    while let Some(entry) = entries.next_entry().unwrap() {
        let name = String::from_utf8(entry.file_path().as_ref().to_vec()).unwrap();
        found.push((name, archive.get_entry(entry.wayfinder()).unwrap().data().to_vec()));
    }
    let (name, list) = found.pop().unwrap();
    assert_eq!(name, SUMS);
    let list = String::from_utf8(list).unwrap();
    let right: Vec<_> = found.iter().map(|(name, it)| (name.as_str(), Digest::of(it))).collect();
    assert_eq!(read_sums(&list).collect::<Vec<_>>(), right);
}
