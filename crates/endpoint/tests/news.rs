//! What is missing, and what is new.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{thread, time::Instant};

use model::{
    base64::Cursor,
    changes::{Change, ChangedItem, Changes},
    hex::Digest,
    receipt::{Keyring, Trust},
    wire::Hello,
};
use serde_json::{Value, json};
use support::{
    Phone,
    client::{Answer, assert_marked, assert_refused},
    golden_photo, items, photo_line, report,
    running::{JSON, Running},
};

fn claim(sealed: &Value) -> Value {
    let digest = Digest::of(sealed.to_string().as_bytes());
    json!({"id": sealed["id"], "rev": sealed["rev"], "sha256": digest})
}

fn have(running: &Running, phone: &Phone, body: &Value) -> Answer {
    let auth = phone.bearer();
    running.send("POST", "/sync/v1/have", &[JSON, ("Authorization", &auth)], body.to_string())
}

fn changes(running: &Running, phone: &Phone, query: &str) -> Answer {
    let path = format!("/sync/v1/changes{query}");
    running.send("GET", &path, &[("Authorization", &phone.bearer())], "")
}

fn page(running: &Running, phone: &Phone, query: &str) -> Changes {
    let answer = changes(running, phone, query);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_marked(&answer);
    serde_json::from_slice(&answer.body).unwrap()
}

fn rows(page: &Changes) -> Vec<&ChangedItem> {
    page.rows
        .iter()
        .map(|change| match change {
            Change::Item(item) => item,
            Change::Unknown => panic!("a row that this version does not know"),
        })
        .collect()
}

#[test]
fn have_names_what_is_missing_and_nothing_else() {
    let running = Running::start();
    let (photo, phone) = (golden_photo(), Phone::new(1));
    running.enrol(&phone);
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["blobs"] = json!([photo_line(&photo)]);
    running.items(&phone, items(std::slice::from_ref(&sealed)));
    let unsent = phone.seal(report(2), 1, 2);
    let mut edited = sealed.clone();
    edited["rev"] = 2.into();
    let mut other_bytes = claim(&sealed);
    other_bytes["sha256"] = json!(Digest::of(b"other"));
    let (here, nowhere) = (Digest::of(&photo), Digest::of(b"nowhere"));

    let all = [claim(&sealed), claim(&unsent), claim(&edited), other_bytes];
    let asked = json!({"items": all, "blobs": [here, nowhere]});
    let answer = have(&running, &phone, &asked);
    assert_marked(&answer);
    let missing = json!({"items": [{"id": unsent["id"], "rev": 1}, {"id": sealed["id"], "rev": 2},
        {"id": sealed["id"], "rev": 1}], "blobs": [here, nowhere]});
    assert_eq!(answer.json(), missing, "the photo is named and not there yet");

    running.put(&phone, here, &photo);
    let asked = json!({"items": [claim(&sealed)], "blobs": [here]});
    assert_eq!(have(&running, &phone, &asked).json(), json!({"items": [], "blobs": []}));
    assert_eq!(have(&running, &phone, &json!({})).json(), json!({"items": [], "blobs": []}));
}

// Somebody knows the id of a neighbour's report, and asks what became of it.
// The answer must not even say that it is there.
#[test]
fn another_device_learns_nothing_of_what_was_sent() {
    let running = Running::start();
    let photo = golden_photo();
    let phone = running.phone_with(&[&photo]);
    let digest = Digest::of(&photo);
    running.put(&phone, digest, &photo);
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["blobs"] = json!([photo_line(&photo)]);
    let curious = Phone::new(2);
    running.enrol(&curious);

    let fault = fault_log::injected("A7", "a stranger asked for, and sent, another's report id");
    let asked = json!({"items": [claim(&sealed)], "blobs": [digest]});
    let missing = json!({"items": [{"id": sealed["id"], "rev": 1}], "blobs": [digest]});
    assert_eq!(have(&running, &curious, &asked).json(), missing);
    assert!(page(&running, &curious, "").rows.is_empty());
    assert_eq!(running.offset(&curious, digest).status, 404);
    let mut guess = curious.seal(report(1), 1, 1);
    guess["body"]["words"] = "a guess".into();
    let answer = running.items(&curious, items(&[guess])).json();
    let clash = json!({"results": [{"id": sealed["id"], "rev": 1, "result": "clash"}]});
    assert_eq!(answer, clash, "only that the key exists");
    assert!(page(&running, &curious, "").rows.is_empty());
    assert_eq!(rows(&page(&running, &phone, "")).len(), 1);
    fault.observed("`have`, the feed and photos say nothing of it; a guess is a `clash`, no more");
}

#[test]
fn have_that_cannot_be_read_is_told_where() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let good = claim(&phone.seal(report(1), 1, 1));
    let many = vec![good.clone(); 501];
    for (body, status, slug, field) in [
        (json!({"items": [{"id": good["id"], "rev": 0}]}), 400, "malformed", "/items/0/rev"),
        (json!({"items": [good, 7]}), 400, "malformed", "/items/1"),
        (json!({"blobs": ["AB"]}), 400, "malformed", "/blobs/0"),
        (json!({"blobs": {}}), 400, "malformed", "/blobs"),
        (json!({"items": many}), 413, "too-large", "/items"),
        (json!([]), 400, "malformed", ""),
    ] {
        let answer = have(&running, &phone, &body);
        assert_refused(&answer, status, slug);
        assert_eq!(answer.json()["field"], field);
    }
    let five_hundred = json!({"items": vec![good.clone(); 500],
        "blobs": vec![Digest::of(b"x"); 500]});
    assert_eq!(have(&running, &phone, &five_hundred).status, 200);
    assert_refused(&have(&running, &Phone::new(2), &json!({})), 401, "token-unknown");
    assert_refused(&running.send("GET", "/sync/v1/have", &[], ""), 405, "method");
}

#[test]
fn a_device_reads_each_of_its_own_rows_once_in_pages() {
    let running = Running::start();
    let (phone, other) = (Phone::new(1), Phone::new(2));
    running.enrol(&phone);
    running.enrol(&other);
    for batch in 0..9_u16 {
        let nth = |n| report(batch * 50 + n);
        let batch: Vec<_> = (1..=25).map(|n| phone.seal(nth(n), 1, n.into())).collect();
        running.items(&phone, items(&batch));
        running.items(&other, items(&[other.seal(nth(26), 1, 1)]));
    }
    let mut seen = Vec::new();
    let (mut query, mut pages) = (String::new(), 0);
    loop {
        let page = page(&running, &phone, &query);
        seen.extend(rows(&page).iter().map(|row| row.seq));
        pages += 1;
        query = format!("?after={}", page.next);
        if !page.more {
            break;
        }
    }
    assert_eq!((seen.len(), pages), (225, 2));
    assert!(seen.is_sorted_by(|one, next| one < next));
    assert!(page(&running, &phone, &query).rows.is_empty());
}

#[test]
fn a_row_of_the_feed_carries_a_receipt_that_verifies_and_what_is_missing_now() {
    let running = Running::start();
    let photo = golden_photo();
    let phone = running.phone_with(&[&photo, b"other"]);
    running.put(&phone, Digest::of(&photo), &photo);
    let mut strange = phone.seal(report(2), 1, 2);
    strange["kind"] = "song".into();
    let answer = running.items(&phone, items(&[strange])).json();
    let hello = running.send("GET", "/sync/v1/hello", &[], "");
    let hello: Hello = serde_json::from_slice(&hello.body).unwrap();
    let Trust::Known(keys) = Keyring::default().judge(&hello.keys) else { panic!() };

    let page = page(&running, &phone, "");
    assert_eq!((page.epoch, page.safe_upto, page.more), (hello.epoch, None, false));
    let rows = rows(&page);
    for row in &rows {
        let receipt = keys.verify(&row.proof.receipt, &row.proof.signature).unwrap();
        assert_eq!((receipt.seq, receipt.id, receipt.rev), (row.seq, row.id, row.rev));
        assert_eq!(receipt.epoch, page.epoch);
    }
    assert_eq!(rows[0].proof.need, [Digest::of(b"other")]);
    let held = serde_json::to_value(rows[1]).unwrap();
    assert_eq!(held["held"], "unknown_kind");
    assert_eq!(held["receipt"], answer["results"][0]["receipt"], "the same text");
}

#[test]
fn whoever_waits_hears_of_the_next_row_and_not_of_a_neighbours() {
    let running = Running::start();
    let (phone, other) = (Phone::new(1), Phone::new(2));
    running.enrol(&phone);
    running.enrol(&other);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| page(&running, &phone, "?wait=25"));
        // Whichever comes first, the row or the question, it is not missed.
        running.items(&other, items(&[other.seal(report(1), 1, 1)]));
        running.items(&phone, items(&[phone.seal(report(2), 1, 1)]));
        let page = waiting.join().unwrap();
        assert_eq!(rows(&page).iter().map(|row| row.id).collect::<Vec<_>>(), [report(2)]);
        let begun = Instant::now();
        let next = format!("?after={}&wait=1", page.next);
        assert_eq!(nothing_new(&running, &phone, &next), page.next);
        assert!(begun.elapsed().as_millis() >= 900, "it waited for news");
    });
}

fn nothing_new(running: &Running, phone: &Phone, query: &str) -> Cursor {
    let page = page(running, phone, query);
    assert!(page.rows.is_empty() && !page.more);
    page.next
}

#[test]
fn a_stop_does_not_wait_for_those_who_wait() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    let (mut client, auth) = (running.client(), phone.bearer());
    let begun = Instant::now();
    let request = support::client::head(
        "GET",
        "/sync/v1/changes?wait=25",
        &[("Authorization", &auth), ("Content-Length", "0")],
    );
    client.write(&request).unwrap();
    thread::sleep(std::time::Duration::from_millis(200));
    drop(running);
    let answer = client.answer().unwrap();
    assert_eq!((answer.status, answer.json()["rows"].clone()), (200, json!([])));
    assert!(begun.elapsed().as_secs() < 15, "the stop waited for the full time");
}

#[test]
fn a_cursor_of_another_epoch_or_of_none_is_refused_and_the_beginning_is_not() {
    let running = Running::start();
    let phone = Phone::new(1);
    running.enrol(&phone);
    running.items(&phone, items(&[phone.seal(report(1), 1, 1)]));
    let golden = support::golden();
    let strange = support::text(&golden["cursor"]["cursor"]);
    assert_refused(&changes(&running, &phone, &format!("?after={strange}")), 410, "epoch-changed");
    let epoch = running.send("GET", "/sync/v1/hello", &[], "").header("sync-epoch").to_owned();
    let after = |seq| format!("?after={}", Cursor::new(epoch.parse().unwrap(), seq));
    assert_eq!(changes(&running, &phone, &after((1 << 63) - 1)).status, 200);
    let far = [after(1 << 63), after(u64::MAX)];
    let cursors = far.iter().map(String::as_str).chain(["?after=7"]).map(|it| (it, "/after"));
    for (query, field) in cursors.chain([("?wait=soon", "/wait"), ("?wait=", "/wait")]) {
        let answer = changes(&running, &phone, query);
        assert_refused(&answer, 400, "malformed");
        assert_eq!(answer.json()["field"], field);
    }
    assert_eq!(rows(&page(&running, &phone, "?after=")).len(), 1);
    assert_eq!(rows(&page(&running, &phone, "?wait=99999999999999999999")).len(), 1);
    assert_refused(&changes(&running, &Phone::new(2), ""), 401, "token-unknown");
}
