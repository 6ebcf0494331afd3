//! Photos that come in pieces, through cuts, kills and repeats.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime},
};

use endpoint::server::{Config, Patience};
use model::hex::Digest;
use serde_json::json;
use support::{
    Phone,
    client::{Client, assert_marked, assert_refused, head},
    items, photo_line,
    process::{Process, serve},
    report,
    running::{BYTES, JSON, PIECE, Running},
};

/// A photo of so many bytes.
fn photo(len: usize) -> Vec<u8> {
    let noise = (0..len).map(|at| u8::try_from(at * 31 % 251).unwrap());
    b"\xFF\xD8\xFF".iter().copied().chain(noise).take(len).collect()
}

/// Begins a `PATCH` of all that is left, and cuts the connection after some bytes of it.
fn patch_and_cut(to: &mut Client, phone: &Phone, photo: &[u8], offset: usize, sent: usize) {
    let path = format!("/sync/v1/blobs/{}", Digest::of(photo));
    let (auth, rest) = (phone.bearer(), (photo.len() - offset).to_string());
    let at = offset.to_string();
    let headers = [
        PIECE,
        ("Authorization", auth.as_str()),
        ("Upload-Offset", &at),
        ("Content-Length", &rest),
    ];
    to.write(&head("PATCH", &path, &headers)).unwrap();
    to.write(&photo[offset..offset + sent]).unwrap();
}

/// Waits until the parts on the disk have so many bytes.
fn wait_for_part(data: &Path, len: usize) {
    let begun = Instant::now();
    let has = || {
        let mut parts = fs::read_dir(data.join("partial")).unwrap();
        parts.next().map_or(0, |part| part.unwrap().metadata().unwrap().len())
    };
    while has() != len as u64 {
        assert!(begun.elapsed() < Duration::from_secs(10), "{} bytes are there, not {len}", has());
        thread::sleep(Duration::from_millis(1));
    }
}

// The bus goes through tunnels: every few seconds the connection is gone.
// Beginning each time anew, a photo would never arrive.
#[test]
fn a_photo_that_is_cut_every_four_kib_arrives_whole_and_each_byte_is_sent_once() {
    const CUT: usize = 4 * 1024;
    let running = Running::start();
    let photo = photo(70_000);
    let phone = running.phone_with(&[&photo]);
    let digest = Digest::of(&photo);
    let data = running.folder.path().join("data");
    let fault = fault_log::injected("N3", "the connection was cut after every 4 KiB of a photo");
    let mut cuts = 0;
    for offset in (0..photo.len() - CUT).step_by(CUT) {
        let answer = running.offset(&phone, digest);
        assert_eq!((answer.status, answer.header("upload-offset")), (200, &*offset.to_string()));
        assert_eq!(answer.header("upload-length"), "70000");
        assert_marked(&answer);
        let mut client = running.client();
        patch_and_cut(&mut client, &phone, &photo, offset, CUT);
        drop(client);
        wait_for_part(&data, offset + CUT);
        assert!(!running.file(digest).exists(), "half a photo has its name");
        assert_eq!(running.count("SELECT count(*) FROM blob"), 0);
        cuts += 1;
    }
    let here = cuts * CUT;
    let answer = running.patch(&phone, digest, here, &photo[here..]);
    assert_eq!((answer.status, answer.header("upload-offset")), (204, "70000"));
    assert_eq!(answer.header("tus-resumable"), "1.0.0");
    assert_eq!(fs::read(running.file(digest)).unwrap(), photo);
    assert_eq!(fs::read_dir(data.join("partial")).unwrap().count(), 0);
    assert_eq!(cuts, 17);
    fault.observed("resumed 17 times from the very byte; whole, hashed and named only at the end");
}

#[test]
fn the_right_offset_is_told_to_whoever_begins_elsewhere() {
    let running = Running::start();
    let photo = photo(1_000);
    let phone = running.phone_with(&[&photo]);
    let digest = Digest::of(&photo);
    for (offset, bytes) in [(500, &photo[500..]), (1, &photo[1..2])] {
        let answer = running.patch(&phone, digest, offset, bytes);
        assert_refused(&answer, 409, "offset");
        assert_eq!((answer.header("upload-offset"), &answer.json()["offset"]), ("0", &json!(0)));
    }
    assert_eq!(fs::read_dir(running.data.join("partial")).unwrap().count(), 0);
    assert_eq!(running.patch(&phone, digest, 0, &photo[..400]).status, 204);
    // The answer was lost: the same piece comes again.
    let again = running.patch(&phone, digest, 0, &photo[..400]);
    assert_refused(&again, 409, "offset");
    assert_eq!(again.json()["offset"], 400);
    assert_refused(&running.patch(&phone, digest, 400, &[0; 601]), 422, "digest");
    assert_eq!(running.patch(&phone, digest, 400, &photo[400..]).status, 204);

    // Whole now; whoever asks again is told so, and may say all of it once more.
    let answer = running.offset(&phone, digest);
    assert_eq!((answer.status, answer.header("upload-offset")), (200, "1000"));
    assert_eq!(running.patch(&phone, digest, 1_000, b"").status, 204);
    assert_eq!(running.patch(&phone, digest, 0, &photo).json()["offset"], 1_000);
    assert_eq!(running.put(&phone, digest, &photo).status, 200);
    assert_eq!(fs::read(running.file(digest)).unwrap(), photo);
}

#[test]
fn pieces_are_for_those_whose_report_names_the_photo() {
    let running = Running::start();
    let photo = photo(1_000);
    let phone = running.phone_with(&[&photo]);
    let digest = Digest::of(&photo);
    let stranger = Phone::new(2);
    running.enrol(&stranger);
    assert_refused(&running.patch(&stranger, digest, 0, &photo), 404, "no-such");
    assert_eq!(running.offset(&stranger, digest).status, 404);
    assert_eq!(running.offset(&Phone::new(3), digest).status, 401);
    let path = format!("/sync/v1/blobs/{digest}");
    let auth = ("Authorization", phone.bearer());
    let auth = (auth.0, auth.1.as_str());
    let answer = running.send("PATCH", &path, &[JSON, auth], &photo);
    assert_refused(&answer, 415, "type");
    let answer = running.send("PATCH", &path, &[PIECE, auth], &photo);
    assert_refused(&answer, 400, "malformed");
    assert_eq!(running.offset(&phone, digest).header("upload-offset"), "0");
}

// A power cut leaves a file of the right length, full of zeros.
// Kept as it is, the phone would be told that its photo has arrived.
#[test]
fn pieces_that_were_damaged_on_the_disk_are_refused_once_and_then_taken_anew() {
    let running = Running::start();
    let photo = photo(9_000);
    let phone = running.phone_with(&[&photo]);
    let digest = Digest::of(&photo);
    assert_eq!(running.patch(&phone, digest, 0, &photo[..5_000]).status, 204);
    let fault =
        fault_log::injected("S5", "the part of a photo on the disk was overwritten by zeros");
    let data = running.folder.path().join("data");
    let part = fs::read_dir(data.join("partial")).unwrap().next().unwrap().unwrap().path();
    fs::write(part, [0; 5_000]).unwrap();
    let answer = running.patch(&phone, digest, 5_000, &photo[5_000..]);
    assert_eq!((answer.status, answer.slug().as_str()), (415, "type"));
    assert!(!running.file(digest).exists());
    assert_eq!(running.offset(&phone, digest).header("upload-offset"), "0");
    assert_eq!(running.patch(&phone, digest, 0, &photo).status, 204);
    assert_eq!(fs::read(running.file(digest)).unwrap(), photo);
    fault.observed("refused by its first bytes, removed, sent anew: nothing torn had a name");
}

#[test]
fn whoever_comes_back_takes_over_from_the_connection_that_it_lost() {
    let running = Running::start();
    let photo = photo(20_000);
    let phone = running.phone_with(&[&photo]);
    let digest = Digest::of(&photo);
    let mut lost = running.client();
    patch_and_cut(&mut lost, &phone, &photo, 0, 8_000);
    wait_for_part(&running.folder.path().join("data"), 8_000);
    // The first connection is still open: the endpoint cannot know that it is dead.
    let answer = running.offset(&phone, digest);
    assert_eq!(answer.header("upload-offset"), "8000");
    assert_eq!(running.patch(&phone, digest, 8_000, &photo[8_000..]).status, 204);
    assert_refused(&lost.answer().unwrap(), 503, "busy");
    assert_eq!(fs::read(running.file(digest)).unwrap(), photo);
}

/// An endpoint of its own process, to which this phone has sent the report that names the photo.
fn process_that_awaits(data: &Path, phone: &Phone, photo: &[u8]) -> (Process, Client) {
    let process = Process::start(serve(data));
    let mut client = Client::connect(process.at).unwrap();
    let device = format!("/sync/v1/devices/{}", phone.device);
    client.send("PUT", &device, &[JSON], phone.enrolment().as_bytes()).unwrap();
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["blobs"] = json!([photo_line(photo)]);
    let auth = phone.bearer();
    let headers = [JSON, ("Authorization", auth.as_str())];
    client.send("POST", "/sync/v1/items", &headers, items(&[sealed]).as_bytes()).unwrap();
    (process, client)
}

#[test]
fn a_killed_endpoint_goes_on_where_the_pieces_end() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (photo, phone) = (photo(50_000), Phone::new(1));
    let (digest, auth) = (Digest::of(&photo), phone.bearer());
    let auth = ("Authorization", auth.as_str());
    let path = format!("/sync/v1/blobs/{digest}");
    let (mut process, mut client) = process_that_awaits(&data, &phone, &photo);
    patch_and_cut(&mut client, &phone, &photo, 0, 30_000);
    wait_for_part(&data, 30_000);
    let fault = fault_log::injected("S1", "the endpoint was killed in the middle of a photo");
    process.kill();

    let process = Process::start(serve(&data));
    let mut client = Client::connect(process.at).unwrap();
    let answer = client.send("HEAD", &path, &[auth], b"").unwrap();
    assert_eq!(answer.header("upload-offset"), "30000");
    let headers = [PIECE, auth, ("Upload-Offset", "30000")];
    let answer = client.send("PATCH", &path, &headers, &photo[30_000..]).unwrap();
    assert_eq!((answer.status, answer.header("upload-offset")), (204, "50000"));
    assert_eq!(fs::read(photo_file(&data, digest)).unwrap(), photo);
    fault.observed("the next start had every byte that had come, and took the rest");
}

#[test]
fn a_photo_that_was_half_written_when_the_endpoint_died_is_swept_and_taken_anew() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (photo, phone) = (photo(50_000), Phone::new(1));
    let (digest, auth) = (Digest::of(&photo), phone.bearer());
    let auth = ("Authorization", auth.as_str());
    let path = format!("/sync/v1/blobs/{digest}");
    let (mut process, mut client) = process_that_awaits(&data, &phone, &photo);
    client.write(&head("PUT", &path, &[BYTES, auth, ("Content-Length", "50000")])).unwrap();
    client.write(&photo[..20_000]).unwrap();
    let halves = || fs::read_dir(data.join("tmp")).unwrap().count();
    let begun = Instant::now();
    while halves() == 0 {
        assert!(begun.elapsed() < Duration::from_secs(10), "no half file came");
        thread::sleep(Duration::from_millis(1));
    }
    let fault = fault_log::injected("S5", "the endpoint was killed while it wrote a photo");
    process.kill();
    assert_eq!(halves(), 1, "it had no time to tidy up");
    assert!(!photo_file(&data, digest).exists());

    let process = Process::start(serve(&data));
    assert_eq!(halves(), 0);
    let mut client = Client::connect(process.at).unwrap();
    assert_eq!(client.send("PUT", &path, &[BYTES, auth], &photo).unwrap().status, 201);
    assert_eq!(fs::read(photo_file(&data, digest)).unwrap(), photo);
    fault.observed("the half file was swept at the next start; the name came with the whole");
}

// A new version is installed while phones are sending.
// What was begun must be answered or begun again, and nothing of it may be lost or half.
#[test]
fn a_stop_answers_what_it_can_cuts_what_hangs_and_goes_on_after_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let patience = Patience { stop: Duration::from_millis(600), ..Patience::default() };
    let running = Running::with(|_| Config { patience, ..Config::new(&data) });
    let at = running.at;
    let photo = photo(20_000);
    let (phone, digest) = (running.phone_with(&[&photo]), Digest::of(&photo));
    let mut hangs = running.client();
    patch_and_cut(&mut hangs, &phone, &photo, 0, 8_000);
    wait_for_part(&data, 8_000);
    let body = items(&[phone.seal(report(2), 1, 2)]);
    let (auth, length) = (phone.bearer(), body.len().to_string());
    let headers = [JSON, ("Authorization", auth.as_str()), ("Content-Length", &length)];
    let mut ends = running.client();
    ends.write(&head("POST", "/sync/v1/items", &headers)).unwrap();
    ends.write(&body.as_bytes()[..50]).unwrap();
    thread::sleep(Duration::from_millis(100));

    let fault =
        fault_log::injected("S21", "told to stop while a photo and a report were on their way");
    let stopping = thread::spawn(move || drop(running));
    thread::sleep(Duration::from_millis(200));
    let refused = Client::connect(at).and_then(|mut it| it.send("GET", "/healthz", &[], b""));
    assert!(refused.is_err(), "it takes new work");
    ends.write(&body.as_bytes()[50..]).unwrap();
    assert_eq!(ends.answer().unwrap().json()["results"][0]["result"], "stored");
    stopping.join().unwrap();
    assert!(hangs.answer().is_err(), "what hangs is cut");

    let running = Running::with(|_| Config::new(&data));
    assert_eq!(running.count("SELECT count(*) FROM item"), 2);
    assert_eq!(running.offset(&phone, digest).header("upload-offset"), "8000");
    assert_eq!(running.patch(&phone, digest, 8_000, &photo[8_000..]).status, 204);
    assert_eq!(fs::read(running.file(digest)).unwrap(), photo);
    fault.observed(
        "the report was answered, the photo cut after its time and gone on with from there",
    );
}

fn photo_file(data: &Path, digest: Digest) -> PathBuf {
    let hex = digest.to_string();
    data.join(format!("blobs/{}/{}/{hex}", &hex[..2], &hex[2..4]))
}

/// A crash between the last byte of a photo and its name.
#[test]
fn a_part_that_has_all_its_bytes_is_finished_by_the_question_for_its_offset() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let photo = photo(2_000);
    let digest = Digest::of(&photo);
    let running = Running::with(|_| Config::new(&data));
    let phone = running.phone_with(&[&photo]);
    fs::write(data.join(format!("partial/{}.{digest}", phone.device)), &photo).unwrap();
    assert_eq!(running.offset(&phone, digest).header("upload-offset"), "2000");
    assert_eq!(running.count("SELECT count(*) FROM blob"), 1);
}

#[test]
fn parts_that_nobody_went_on_with_for_a_week_are_swept() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir_all(data.join("partial")).unwrap();
    for (name, days) in [("fresh", 6), ("stale", 8)] {
        let part = fs::File::create(data.join("partial").join(name)).unwrap();
        part.set_modified(SystemTime::now() - Duration::from_hours(24 * days)).unwrap();
    }
    drop(Running::with(|_| Config::new(&data)));
    let left: Vec<_> = fs::read_dir(data.join("partial")).unwrap().collect();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].as_ref().unwrap().file_name(), "fresh");
}
