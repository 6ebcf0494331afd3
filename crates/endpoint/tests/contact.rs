//! Telephone numbers: erased when whoever has sent one takes it back, or when their time is over; and
//! apart from the reports in what an operator lists.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use endpoint::{
    Rules,
    core::{Core, Job, JobAnswer},
    server::{Config, Server},
};
use model::{
    contact::KEPT_DAYS,
    ids::ReportId,
    stamp::Stamp,
    wire::{ItemOutcome, ItemResult},
};
use serde_json::{Value, json};
use support::{Phone, golden_identity, items, report};

const NOW: Stamp = Stamp { unix_ms: 1_795_392_941_482, zone: None };
const DAY_MS: i64 = 86_400_000;

fn core() -> Core {
    let mut core = Core::in_memory(golden_identity(), Rules::default()).unwrap();
    for nth in 1..=2 {
        let phone = Phone::new(nth);
        core.enrol(NOW, phone.device, phone.token.digest()).unwrap();
    }
    core
}

fn sealed(phone: &Phone, nth: u16, kind: &str, body: &Value) -> Value {
    json!({
        "id": report(nth), "rev": 1, "dseq": nth, "device": phone.device, "kind": kind,
        "schema": 1, "sealed_at": "2026-11-23T08:15:20.123+08:00", "blobs": [], "body": body,
    })
}

fn number(phone: &Phone, nth: u16, of: ReportId) -> Value {
    let consent = json!({
        "version": "1", "text_sha256": "ab".repeat(32), "at": "2026-11-23T08:15:12.000+08:00",
    });
    sealed(phone, nth, "contact", &json!({"of": of, "phone": "023-68780000", "consent": consent}))
}

fn withdrawal(phone: &Phone, nth: u16, of: ReportId) -> Value {
    sealed(phone, nth, "withdraw", &json!({"of": of}))
}

fn send(core: &mut Core, phone: &Phone, sealed: &Value) -> ItemOutcome {
    let body = items(std::slice::from_ref(sealed));
    let mut results: Vec<ItemResult> = Vec::new();
    core.commit_group(NOW, vec![Job::Items { caller: phone.device, body }], &mut |_, answer| {
        let JobAnswer::Items(Ok(answer)) = answer else { panic!("{answer:?}") };
        results = answer.results;
    })
    .unwrap();
    results.remove(0).outcome
}

/// How many numbers can be read anywhere in the database.
fn here(core: &Core) -> u64 {
    let here = "SELECT count(*) FROM item WHERE sealed LIKE '%68780000%'";
    core.connection().query_row(here, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_number_goes_with_its_report_or_alone_and_the_rows_stay() {
    for of in [report(1), report(2)] {
        let (mut core, phone) = (core(), Phone::new(1));
        send(&mut core, &phone, &phone.seal(report(1), 1, 1));
        let number = number(&phone, 2, report(1));
        let ItemOutcome::Stored(proof) = send(&mut core, &phone, &number) else { panic!("stored") };
        assert_eq!(here(&core), 1);
        send(&mut core, &phone, &withdrawal(&phone, 3, of));
        assert_eq!(here(&core), 0, "{of}");
        let words = "SELECT count(*) FROM item WHERE sealed LIKE '%楼道灯不亮%'";
        let words: u64 = core.connection().query_row(words, [], |row| row.get(0)).unwrap();
        assert_eq!(words, 1, "a report stays what it is");
        // A phone whose answer was lost sends it again.
        assert_eq!(send(&mut core, &phone, &number), ItemOutcome::Duplicate(proof));
        assert_eq!(here(&core), 0, "and it is not stored anew");
        let page = core.changes(phone.device, 0).unwrap();
        assert_eq!(page.rows.len(), 3, "the feed still names every row");
    }
}

#[test]
fn a_number_that_comes_after_its_withdrawal_is_not_kept() {
    for of in [report(1), report(2)] {
        let (mut core, phone) = (core(), Phone::new(1));
        send(&mut core, &phone, &withdrawal(&phone, 3, of));
        let outcome = send(&mut core, &phone, &number(&phone, 2, report(1)));
        assert!(matches!(outcome, ItemOutcome::Stored(_)), "{outcome:?}");
        assert_eq!(here(&core), 0, "{of}");
    }
}

#[test]
fn nobody_erases_what_another_has_sent_and_nothing_but_numbers_is_erased() {
    let (mut core, phone, other) = (core(), Phone::new(1), Phone::new(2));
    send(&mut core, &phone, &number(&phone, 2, report(1)));
    // The id of a report can be read in its receipt, which its owner may show to anybody.
    for of in [report(1), report(2)] {
        send(&mut core, &other, &withdrawal(&other, if of == report(1) { 8 } else { 9 }, of));
    }
    assert_eq!(here(&core), 1);
    send(&mut core, &phone, &phone.seal(report(1), 1, 1));
    send(&mut core, &phone, &sealed(&phone, 4, "withdraw", &json!({})));
    send(&mut core, &phone, &withdrawal(&phone, 5, report(9)));
    assert_eq!(here(&core), 1, "another item is withdrawn");
}

#[test]
fn a_number_is_erased_when_its_time_is_over_and_not_a_moment_before() {
    let (mut core, phone) = (core(), Phone::new(1));
    send(&mut core, &phone, &number(&phone, 2, report(1)));
    let erased = |core: &mut Core, at_ms: i64| {
        let mut erased = None;
        core.commit_group(Stamp::utc(at_ms), vec![Job::EraseOld], &mut |_, answer| {
            erased = Some(answer);
        })
        .unwrap();
        erased.unwrap()
    };
    let end_ms = NOW.unix_ms + KEPT_DAYS * DAY_MS;
    assert_eq!(erased(&mut core, end_ms - 1), JobAnswer::Erased(0));
    assert_eq!(here(&core), 1);
    assert_eq!(erased(&mut core, end_ms), JobAnswer::Erased(1));
    assert_eq!(here(&core), 0);
    assert_eq!(erased(&mut core, end_ms), JobAnswer::Erased(0));
}

#[test]
fn of_an_erased_number_no_byte_is_left_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (file, phone) = (folder.path().join("endpoint.db"), Phone::new(1));
    let mut core = on_disk(&file);
    core.enrol(NOW, phone.device, phone.token.digest()).unwrap();
    let has_it = || {
        let bytes = std::fs::read(&file).unwrap();
        bytes.windows(8).any(|window| window == b"68780000")
    };
    send(&mut core, &phone, &phone.seal(report(1), 1, 1));
    send(&mut core, &phone, &number(&phone, 2, report(1)));
    drop(core);
    assert!(has_it(), "the log was folded in when the last connection closed");
    let mut core = on_disk(&file);
    send(&mut core, &phone, &withdrawal(&phone, 3, report(2)));
    drop(core);
    assert!(!has_it());
}

fn on_disk(file: &std::path::Path) -> Core {
    let full = endpoint::schema::Synchronous::Full;
    Core::open(file, golden_identity(), Rules::default(), full).unwrap()
}

#[tokio::test]
async fn an_operator_lists_numbers_apart_from_reports() {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::new(1);
    drop(Server::open(Config::new(folder.path())).unwrap());
    let mut core = on_disk(&folder.path().join("endpoint.db"));
    core.enrol(NOW, phone.device, phone.token.digest()).unwrap();
    send(&mut core, &phone, &phone.seal(report(1), 1, 1));
    let given = number(&phone, 2, report(1));
    send(&mut core, &phone, &given);
    send(&mut core, &phone, &number(&phone, 4, report(3)));
    send(&mut core, &phone, &withdrawal(&phone, 5, report(4)));

    let lines = |list: &dyn Fn(&mut Vec<u8>)| {
        let mut out = Vec::new();
        list(&mut out);
        let text = String::from_utf8(out).unwrap();
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>()
    };
    let reports = lines(&|out| endpoint::list::items(folder.path(), out).unwrap());
    assert_eq!(reports.len(), 4);
    assert!(reports.iter().all(|line| !line.to_string().contains("68780000")));
    let contacts = lines(&|out| endpoint::list::contacts(folder.path(), out).unwrap());
    assert_eq!(contacts.len(), 1, "what was taken back may not be called");
    let line = &contacts[0];
    assert_eq!(line["phone"], "023-68780000");
    assert_eq!(line["of"], report(1).to_string());
    assert_eq!(line["case_no"], reports[0]["case_no"]);
    assert_eq!(line["sealed"], given.to_string());
    assert_eq!((&line["rev"], &line["same_phone"]), (&json!(1), &json!(true)));
    // A correction stands in the place of what it corrects; a stranger's number is told apart.
    let stranger = Phone::new(2);
    core.enrol(NOW, stranger.device, stranger.token.digest()).unwrap();
    send(&mut core, &stranger, &number(&stranger, 6, report(1)));
    let mut corrected = given.clone();
    (corrected["rev"], corrected["dseq"]) = (json!(2), json!(7));
    send(&mut core, &phone, &corrected);
    let contacts = lines(&|out| endpoint::list::contacts(folder.path(), out).unwrap());
    let told: Vec<_> = contacts.iter().map(|it| (&it["rev"], &it["same_phone"])).collect();
    assert_eq!(told, [(&json!(1), &json!(false)), (&json!(2), &json!(true))]);
    let days = KEPT_DAYS * DAY_MS;
    assert_eq!(line["until"].as_i64().unwrap() - line["at"].as_i64().unwrap(), days);
}
