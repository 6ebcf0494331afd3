//! Backup, a lost disk, restore; and old databases that somebody puts in place by hand.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use endpoint::server::Config;
use model::{
    hex::Digest,
    receipt::{Keyring, Receipt, Trust},
    wire::{Hello, ItemOutcome, ItemResults, Proof},
};
use serde_json::{Value, json};
use support::{
    Phone,
    client::assert_refused,
    items, photo_line,
    process::{Process, refused, serve},
    report,
    running::{JSON, Running},
};

/// The data folder of an endpoint, its backup, and a place for what is restored.
struct Place {
    _folder: tempfile::TempDir,
    data: PathBuf,
    backup: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (data, backup) = (folder.path().join("data"), folder.path().join("backup"));
        Self { _folder: folder, data, backup }
    }

    /// One whose endpoint runs and holds one report of a phone, with its photo.
    fn with_a_report() -> (Self, Phone, Running) {
        let (place, phone) = (Self::new(), Phone::new(1));
        let running = place.open();
        running.enrol(&phone);
        deliver(&running, &phone, 1);
        (place, phone, running)
    }

    fn open(&self) -> Running {
        Running::with(|_| Config::new(&self.data))
    }

    fn backup(&self, more: &[&str]) -> Output {
        let mut command = endpoint("backup");
        command.arg("--data").arg(&self.data).arg("--to").arg(&self.backup).args(more);
        command.output().unwrap()
    }

    fn confirm(&self) -> Output {
        let mut command = endpoint("confirm");
        command.arg("--data").arg(&self.data).arg("--backup").arg(&self.backup);
        command.output().unwrap()
    }

    fn restore(&self) -> Output {
        let mut command = endpoint("restore");
        command.arg("--from").arg(&self.backup).arg("--data").arg(&self.data);
        command.output().unwrap()
    }
}

fn endpoint(what: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_endpoint"));
    command.arg(what);
    command
}

fn worked(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn failed(output: &Output) -> String {
    assert!(!output.status.success(), "it worked");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn hello(running: &Running) -> Hello {
    serde_json::from_slice(&running.send("GET", "/sync/v1/hello", &[], "").body).unwrap()
}

/// Report number `nth` with a photo of its own.
fn with_photo(phone: &Phone, nth: u16) -> (Value, Vec<u8>) {
    let photo = [b"\xFF\xD8\xFF photo of report ".as_slice(), &nth.to_be_bytes()].concat();
    let mut sealed = phone.seal(report(nth), 1, nth.into());
    sealed["blobs"] = json!([photo_line(&photo)]);
    (sealed, photo)
}

fn send(running: &Running, phone: &Phone, sealed: &Value) -> ItemOutcome {
    let answer = running.items(phone, items(std::slice::from_ref(sealed)));
    let mut results: ItemResults = serde_json::from_slice(&answer.body).unwrap();
    results.results.remove(0).outcome
}

fn deliver(running: &Running, phone: &Phone, nth: u16) -> Proof {
    let (sealed, photo) = with_photo(phone, nth);
    let ItemOutcome::Stored(_) = send(running, phone, &sealed) else { panic!() };
    assert_eq!(running.put(phone, Digest::of(&photo), &photo).status, 201);
    let ItemOutcome::Duplicate(proof) = send(running, phone, &sealed) else { panic!() };
    assert!(proof.need.is_empty());
    proof
}

fn receipt(proof: &Proof) -> Receipt {
    serde_json::from_str(&proof.receipt).unwrap()
}

fn missing(running: &Running, phone: &Phone, nth: impl Iterator<Item = u16>) -> Value {
    let (mut all, mut photos) = (Vec::new(), Vec::new());
    for nth in nth {
        let (sealed, photo) = with_photo(phone, nth);
        let digest = Digest::of(sealed.to_string().as_bytes());
        all.push(json!({"id": sealed["id"], "rev": 1, "sha256": digest}));
        photos.push(Digest::of(&photo));
    }
    let (auth, body) = (phone.bearer(), json!({"items": all, "blobs": photos}).to_string());
    running.send("POST", "/sync/v1/have", &[JSON, ("Authorization", &auth)], body).json()
}

// The disk dies a day after the last backup. The operator restores it, and does not know what came since.
// The phones know: none of it may be lost, and nothing may be there twice.
#[test]
fn a_restored_endpoint_asks_for_what_came_after_the_backup_and_nothing_is_lost() {
    let place = Place::new();
    let (phone, late) = (Phone::new(1), Phone::new(2));
    let running = place.open();
    running.enrol(&phone);
    let before: Vec<_> = (1..=3).map(|nth| deliver(&running, &phone, nth)).collect();
    assert!(worked(&place.backup(&[])).contains("up to seq 3 with 3 photos"));
    let first_life = hello(&running);
    deliver(&running, &phone, 4);
    deliver(&running, &phone, 5);
    running.enrol(&late);
    deliver(&running, &late, 6);
    let cursor = running
        .send("GET", "/sync/v1/changes", &[("Authorization", &phone.bearer())], "")
        .json()["next"]
        .clone();
    drop(running);
    let fault = fault_log::injected("S12", "the disk was lost, and the backup before it restored");
    fs::remove_dir_all(&place.data).unwrap();
    assert!(worked(&place.restore()).contains("up to seq 3 with 3 photos"));

    let running = place.open();
    let second_life = hello(&running);
    assert_ne!(second_life.epoch, first_life.epoch);
    assert_eq!(second_life.keys, first_life.keys, "phones know it again");
    let path = format!("/sync/v1/changes?after={}", support::text(&cursor));
    let answer = running.send("GET", &path, &[("Authorization", &phone.bearer())], "");
    assert_refused(&answer, 410, "epoch-changed");

    // Each phone asks what is missing, and sends that and nothing else.
    assert_eq!(running.items(&late, "{}").status, 401);
    running.enrol(&late);
    for (phone, mine, lost) in [(&phone, 1..=5, 4..=5), (&late, 6..=6, 6..=6)] {
        let asked = missing(&running, phone, mine.clone());
        let ids: Vec<_> = lost.clone().map(|nth| json!({"id": report(nth), "rev": 1})).collect();
        assert_eq!(asked["items"], json!(ids));
        assert_eq!(asked["blobs"].as_array().unwrap().len(), ids.len());
        for nth in lost {
            deliver(&running, phone, nth);
        }
        assert_eq!(missing(&running, phone, mine), json!({"items": [], "blobs": []}));
    }
    assert_eq!(running.count("SELECT count(*) FROM item"), 6);
    assert_eq!(running.count("SELECT count(DISTINCT id) FROM item"), 6);

    // An old row keeps its place, its time and its case in a receipt of the new epoch.
    let Trust::Known(keys) = Keyring::default().judge(&second_life.keys) else { panic!() };
    for (proof, nth) in before.iter().zip(1..) {
        let ItemOutcome::Duplicate(now) = send(&running, &phone, &with_photo(&phone, nth).0) else {
            panic!()
        };
        let (then, now) = (receipt(proof), keys.verify(&now.receipt, &now.signature).unwrap());
        assert_eq!(now, Receipt { epoch: second_life.epoch, ..then });
    }
    let auth = phone.bearer();
    let feed = running.send("GET", "/sync/v1/changes", &[("Authorization", &auth)], "").json();
    assert_eq!(feed["rows"].as_array().unwrap().len(), 5);
    fault.observed(
        "a new epoch; `have` named the 3 reports that were lost; sent once, none missing",
    );
}

// Somebody copies yesterday's database over today's and says nothing.
// Confirmed reports would be gone, and no phone would ever send them again.
#[test]
fn an_older_database_put_in_place_by_hand_is_refused_and_may_begin_a_new_epoch() {
    let (place, phone, running) = Place::with_a_report();
    worked(&place.backup(&[]));
    let epoch = hello(&running).epoch;
    deliver(&running, &phone, 2);
    drop(running);

    let fault = fault_log::injected("S13", "an older database was copied over the newer by hand");
    let older = fs::read_dir(place.backup.join("database")).unwrap().next().unwrap().unwrap();
    fs::copy(older.path(), place.data.join("endpoint.db")).unwrap();
    // The log belongs to the newer one; a connection that closed late may have left it.
    for log in ["endpoint.db-wal", "endpoint.db-shm"] {
        let _ = fs::remove_file(place.data.join(log));
    }
    let said = refused(serve(&place.data));
    assert!(said.contains("ends at seq 1") && said.contains("seen seq 2"), "{said}");
    assert!(said.contains("--accept-rollback"), "{said}");
    let kept = fs::read(place.backup.join("backup.json")).unwrap();
    let said = failed(&place.backup(&["--confirm"]));
    assert!(said.contains("seen seq 2"), "{said}");
    assert_eq!(fs::read(place.backup.join("backup.json")).unwrap(), kept, "the good one stays");

    let mut accepted = serve(&place.data);
    accepted.arg("--accept-rollback");
    assert!(Process::start(accepted).terminate());
    let running = place.open();
    assert_ne!(hello(&running).epoch, epoch);
    deliver(&running, &phone, 2);
    assert_eq!(running.count("SELECT count(*) FROM item"), 2);
    fault.observed("the start was refused by both places; accepted, it began a new epoch");
}

#[test]
fn a_database_of_another_life_and_an_unreadable_note_are_refused() {
    let place = Place::new();
    drop(place.open());
    let note = place.data.join("high-water.json");
    let good = fs::read_to_string(&note).unwrap();
    for bad in [good.replacen("\"epoch\":\"", "\"epoch\":\"00", 1), "{}".to_owned(), String::new()]
    {
        fs::write(&note, bad).unwrap();
        assert!(refused(serve(&place.data)).contains("--accept-rollback"));
    }
    fs::write(&note, good).unwrap();
    assert!(Process::start(serve(&place.data)).terminate());
    // A folder of an endpoint that knew no such note.
    fs::remove_file(&note).unwrap();
    assert!(Process::start(serve(&place.data)).terminate());
    assert!(note.exists());
}

#[test]
fn a_restore_never_overwrites_and_says_what_is_damaged() {
    let (place, phone, running) = Place::with_a_report();
    deliver(&running, &phone, 2);
    assert!(failed(&place.restore()).contains("holds no backup that was finished"));
    worked(&place.backup(&[]));
    drop(running);
    assert!(failed(&place.restore()).contains("is never overwritten"));
    let kept = fs::read(place.data.join("endpoint.db")).unwrap();
    assert!(!kept.is_empty());
    fs::remove_dir_all(&place.data).unwrap();

    let database = fs::read_dir(place.backup.join("database")).unwrap().next().unwrap().unwrap();
    let good = fs::read(database.path()).unwrap();
    let mut damaged = good.clone();
    damaged[5_000] ^= 1;
    fs::write(database.path(), damaged).unwrap();
    assert!(failed(&place.restore()).contains("is damaged"));
    fs::write(database.path(), good).unwrap();

    let (_, photo) = with_photo(&phone, 1);
    let digest = Digest::of(&photo);
    let hex = digest.to_string();
    let file = place.backup.join(format!("blobs/{}/{}/{hex}", &hex[..2], &hex[2..4]));
    let mut damaged = photo.clone();
    damaged[5] ^= 1;
    fs::write(file, damaged).unwrap();
    assert!(worked(&place.restore()).contains(&format!("has lost photo {digest}")));
    let running = place.open();
    let ItemOutcome::Duplicate(proof) = send(&running, &phone, &with_photo(&phone, 1).0) else {
        panic!()
    };
    assert_eq!(proof.need, [digest], "the phone is asked for it");
    assert_eq!(running.put(&phone, digest, &photo).status, 201);
}

#[test]
fn phones_hear_what_is_safe_only_once_somebody_says_that_the_backup_is_elsewhere() {
    let (place, phone, running) = Place::with_a_report();
    let (sealed, photo) = with_photo(&phone, 2);
    send(&running, &phone, &sealed);
    deliver(&running, &phone, 3);
    let safe = || {
        let answer = running.send("GET", "/sync/v1/hello", &[], "");
        (answer.header("sync-safe-upto").to_owned(), answer.json()["safe_upto"].clone())
    };
    worked(&place.backup(&[]));
    assert_eq!(safe(), (String::new(), Value::Null));
    let said = worked(&place.backup(&["--confirm"]));
    assert!(said.contains("up to seq 1 is safe"), "{said}");
    assert_eq!(safe(), ("1".to_owned(), json!(1)), "report 2 still waits for its photo");

    running.put(&phone, Digest::of(&photo), &photo);
    worked(&place.backup(&[]));
    worked(&place.confirm());
    assert_eq!(safe(), ("3".to_owned(), json!(3)));
    let auth = phone.bearer();
    let feed = running.send("GET", "/sync/v1/changes", &[("Authorization", &auth)], "");
    assert_eq!((feed.header("sync-safe-upto"), &feed.json()["safe_upto"]), ("3", &json!(3)));
    drop(running);

    // What is safe was said of a life that is over.
    fs::remove_dir_all(&place.data).unwrap();
    worked(&place.restore());
    let running = place.open();
    assert_eq!(hello(&running).safe_upto, None);
    assert!(failed(&place.confirm()).contains("of another epoch"));
}

#[test]
fn a_backup_made_again_copies_only_what_is_new_and_stays_that_of_one_endpoint() {
    let (place, phone, running) = Place::with_a_report();
    worked(&place.backup(&[]));
    let (_, photo) = with_photo(&phone, 1);
    let there = photo_in(&place.backup, &photo);
    let first = fs::metadata(&there).unwrap().modified().unwrap();
    deliver(&running, &phone, 2);
    assert!(worked(&place.backup(&[])).contains("up to seq 2 with 2 photos"));
    assert_eq!(fs::metadata(&there).unwrap().modified().unwrap(), first);
    assert_eq!(fs::read_dir(place.backup.join("database")).unwrap().count(), 1);

    let mut other = Place::new();
    other.backup.clone_from(&place.backup);
    drop(other.open());
    assert!(failed(&other.backup(&[])).contains("is that of another endpoint"));
    fs::remove_dir_all(&other.data).unwrap();
    assert!(worked(&other.restore()).contains("up to seq 2"), "the first one's is whole");
}

// A folder is copied to the other machine, and the copying breaks off half way. Phones that are told
// that all of it is safe let go of the only other copy of a photo.
#[test]
fn a_backup_without_its_photos_or_keys_is_not_vouched_for() {
    let (place, phone, running) = Place::with_a_report();
    worked(&place.backup(&[]));
    let (_, photo) = with_photo(&phone, 1);
    let (photo, keys) = (photo_in(&place.backup, &photo), place.backup.join("keys.json"));
    let other = Place::new();
    drop(other.open());
    let foreign = fs::read(other.data.join("keys.json")).unwrap();
    let good = (fs::read(&photo).unwrap(), fs::read(&keys).unwrap());
    let mut flipped = good.0.clone();
    flipped[5] ^= 1;
    for bad in [Some(flipped), Some(good.0[..9].to_vec()), None] {
        put(&photo, bad.as_deref());
        let said = failed(&place.confirm());
        assert!(said.contains(photo.to_str().unwrap()) && said.contains("back up again"), "{said}");
    }
    put(&photo, Some(&good.0));
    for bad in [Some(foreign.as_slice()), Some(b"{}".as_slice()), None] {
        put(&keys, bad);
        let said = failed(&place.confirm());
        assert!(said.contains("keys.json"), "{said}");
    }
    assert_eq!(hello(&running).safe_upto, None);
    put(&keys, Some(&good.1));
    worked(&place.confirm());
    assert_eq!(hello(&running).safe_upto, Some(1));
}

#[test]
fn an_older_backup_takes_nothing_back_of_what_a_newer_one_has_made_safe() {
    let (place, phone, running) = Place::with_a_report();
    let mut older = place.backup.clone();
    older.set_file_name("older");
    worked(&place.backup(&[]));
    fs::rename(&place.backup, &older).unwrap();
    deliver(&running, &phone, 2);
    assert!(worked(&place.backup(&["--confirm"])).contains("up to seq 2 is safe"));
    fs::remove_dir_all(&place.backup).unwrap();
    fs::rename(&older, &place.backup).unwrap();
    let said = worked(&place.confirm());
    assert!(said.contains("ends at seq 1") && said.contains("up to seq 2 is safe"), "{said}");
    assert_eq!(hello(&running).safe_upto, Some(2));
}

// A disk returns other bytes than were written, and every page of the database still fits the next.
// A backup of that would carry a report that nobody has sealed.
#[test]
fn a_text_that_is_not_the_one_that_was_confirmed_stops_the_backup() {
    let (place, _, running) = Place::with_a_report();
    drop(running);
    let database = rusqlite::Connection::open(place.data.join("endpoint.db")).unwrap();
    database.execute("UPDATE item SET sealed = replace(sealed, 'report', 'retort')", []).unwrap();
    drop(database);
    let said = failed(&place.backup(&[]));
    assert!(said.contains("the text of seq 1"), "{said}");
}

// Two endpoints are moved to one machine, and their key files are mixed up. Each would sign with the
// other's key, and every phone would see a stranger.
#[test]
fn the_keys_of_another_endpoint_are_refused_by_a_start_and_by_a_restore() {
    let (place, _, running) = Place::with_a_report();
    worked(&place.backup(&[]));
    drop(running);
    let other = Place::new();
    drop(other.open());
    let foreign = fs::read(other.data.join("keys.json")).unwrap();
    let keys = place.data.join("keys.json");
    let own = fs::read(&keys).unwrap();
    fs::write(&keys, &foreign).unwrap();
    let said = refused(serve(&place.data));
    assert!(said.contains("that of another endpoint") && said.contains("Put its own"), "{said}");
    fs::write(&keys, own).unwrap();
    assert!(Process::start(serve(&place.data)).terminate());

    fs::write(place.backup.join("keys.json"), foreign).unwrap();
    fs::remove_dir_all(&place.data).unwrap();
    assert!(failed(&place.restore()).contains("that of another endpoint"));
    assert!(!place.data.join("endpoint.db").exists(), "it founded none");
}

// A page of the database goes bad on the disk. Found at a start it costs a restore; found when a phone asks
// for that page it costs months of backups that hold the damage.
#[test]
fn a_damaged_database_is_found_at_the_start_and_restored_from_the_backup() {
    let (place, phone, running) = Place::with_a_report();
    (2..60).for_each(|nth| drop(send(&running, &phone, &phone.seal(report(nth), 1, nth.into()))));
    worked(&place.backup(&[]));
    drop(running);
    let file = place.data.join("endpoint.db");
    drop(rusqlite::Connection::open(&file).unwrap().query_row(
        "PRAGMA wal_checkpoint(TRUNCATE)",
        [],
        |_| Ok(()),
    ));
    let good = fs::read(&file).unwrap();
    let fault = fault_log::injected("S10", "a page of the database went bad, then its head");
    for page in [good.len() / 4_096 / 2, 0] {
        let mut bad = good.clone();
        bad[page * 4_096..][..1_000].fill(0xA5);
        fs::write(&file, bad).unwrap();
        let said = refused(serve(&place.data));
        assert!(said.contains("endpoint.db") && said.contains("it is damaged"), "{said}");
        assert!(said.contains("`endpoint restore`"), "{said}");
    }
    fs::remove_dir_all(&place.data).unwrap();
    assert!(worked(&place.restore()).contains("up to seq 59"));
    assert!(Process::start(serve(&place.data)).terminate());
    fault.observed("refused at the start with what to do; the backup was restored");
}

#[test]
fn a_backup_of_no_data_folder_or_into_that_very_one_says_which_folder_is_wrong() {
    let mut place = Place::new();
    let said = failed(&place.backup(&[]));
    assert!(said.contains(&format!("no data folder at {}", place.data.display())), "{said}");
    assert!(!place.backup.exists() && !place.data.exists(), "nothing was made");
    drop(place.open());
    place.backup = place.data.join("../data");
    for inside in ["../data", "backups/today"] {
        place.backup = place.data.join(inside);
        assert!(failed(&place.backup(&[])).contains("lies in the data folder"), "{inside}");
    }
    assert!(!place.data.join("backup.json").exists() && !place.data.join("backups").exists());
}

// The start was refused, but had made an empty database, which the next backup took for the truth and
// put into the place of the good one.
#[test]
fn a_folder_whose_database_is_gone_is_refused_untouched_and_its_backup_stays() {
    let (place, _, running) = Place::with_a_report();
    worked(&place.backup(&[]));
    drop(running);
    let kept = fs::read(place.backup.join("backup.json")).unwrap();
    for file in ["endpoint.db", "endpoint.db-wal", "endpoint.db-shm"] {
        let _ = fs::remove_file(place.data.join(file));
    }
    let said = refused(serve(&place.data));
    assert!(
        said.contains("endpoint.db is missing") && said.contains("--accept-rollback"),
        "{said}"
    );
    assert!(!place.data.join("endpoint.db").exists(), "nothing was made");
    failed(&place.backup(&[]));
    assert_eq!(fs::read(place.backup.join("backup.json")).unwrap(), kept);
    let keys = fs::read(place.data.join("keys.json")).unwrap();
    fs::remove_file(place.data.join("keys.json")).unwrap();
    assert!(refused(serve(&place.data)).contains("endpoint.db and keys.json are missing"));
    assert!(!place.data.join("keys.json").exists(), "no new key was made");
    fs::write(place.data.join("keys.json"), keys).unwrap();
    let mut accepted = serve(&place.data);
    accepted.arg("--accept-rollback");
    assert!(Process::start(accepted).terminate());
    // A new life from nothing: the backup of before goes further, and is another's.
    assert_eq!(fs::read(place.backup.join("backup.json")).unwrap(), kept);
}

// What a restore had left half done was served as a new endpoint, a stranger to every phone.
#[test]
fn what_a_restore_has_left_half_done_is_no_endpoint_until_it_is_run_again() {
    let (mut place, _, running) = Place::with_a_report();
    worked(&place.backup(&[]));
    drop(running);
    place.data = place.data.with_file_name("restored");
    fs::create_dir(&place.data).unwrap();
    fs::write(place.data.join("endpoint.half"), "").unwrap();
    assert!(refused(serve(&place.data)).contains("was not finished"));
    assert!(!place.data.join("keys.json").exists());
    worked(&place.restore());
    assert!(Process::start(serve(&place.data)).terminate());
    place.data = place.backup.join("in");
    assert!(failed(&place.restore()).contains("lies in the backup"));
}

fn put(file: &Path, bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => fs::write(file, bytes).unwrap(),
        None => fs::remove_file(file).unwrap(),
    }
}

fn photo_in(backup: &Path, photo: &[u8]) -> PathBuf {
    let hex = Digest::of(photo).to_string();
    backup.join(format!("blobs/{}/{}/{hex}", &hex[..2], &hex[2..4]))
}
