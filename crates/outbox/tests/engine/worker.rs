use model::{
    base64::Signature,
    receipt::SignedKey,
    stamp::Stamp,
    wire::{ItemOutcome, Proof},
};
use outbox::{Delivery, RowKey, Why, exchange::Answer, row::WaitReason};

use crate::harness::{Endpoint, MORNING_MS, Phone, call, json};

/// A phone that has met the endpoint and then wrote a report whose page is closed.
fn closed(photos: u8) -> (Phone, Endpoint, RowKey) {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    phone.seal(0);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let key = phone.seal(photos);
    phone.closes();
    (phone, endpoint, key)
}

/// Answers as the endpoint does, but for what `tamper` does to each proof.
fn tampered(endpoint: &mut Endpoint, phone: &mut Phone, tamper: impl Fn(&mut Proof)) {
    phone.pass(Why::Online, |request| {
        if call(request) != "items" {
            return endpoint.answer(request);
        }
        let mut results = endpoint.results(json(request));
        for result in &mut results.results {
            if let ItemOutcome::Stored(proof) | ItemOutcome::Duplicate(proof) = &mut result.outcome
            {
                tamper(proof);
            }
        }
        endpoint.done(200, &results)
    });
}

/// The page starts where there is no network at all.
fn opens_offline(phone: &mut Phone) {
    phone.opens();
    phone.pass(Why::Start, |_| Answer::Unreachable);
}

#[test]
fn what_the_worker_brought_is_delivered_once_the_page_has_checked_it_without_a_network() {
    let (mut phone, mut endpoint, key) = closed(0);
    phone.pass(Why::Online, |request| endpoint.answer(request));
    assert_eq!(phone.delivery(key), &Delivery::Arrived);
    assert!(phone.rows[&key].receipts.is_empty(), "nobody has checked it yet");
    opens_offline(&mut phone);
    assert!(phone.is_delivered(key));
    let row = &phone.rows[&key];
    assert_eq!((row.receipts.len(), &row.unchecked), (1, &None));
    assert_eq!(endpoint.items.len(), 2);
}

#[test]
fn photos_travel_with_the_worker_too() {
    let (mut phone, mut endpoint, key) = closed(2);
    phone.pass(Why::Online, |request| endpoint.answer(request));
    assert_eq!(endpoint.blobs.len(), 2);
    assert_eq!(phone.delivery(key), &Delivery::Arrived);
    opens_offline(&mut phone);
    assert!(phone.is_delivered(key));
}

#[test]
fn a_text_whose_photos_did_not_come_through_is_partial_once_it_is_checked() {
    let (mut phone, mut endpoint, key) = closed(1);
    phone.pass(Why::Online, |request| match call(request) {
        "blobs" => Answer::Unreachable,
        _ => endpoint.answer(request),
    });
    assert_eq!(phone.delivery(key), &Delivery::Arrived);
    assert_eq!(phone.waits_for(key), Some(WaitReason::Unreachable));
    opens_offline(&mut phone);
    assert!(matches!(phone.delivery(key), Delivery::Partial { missing } if missing.len() == 1));

    // The worker ends what is partial, and takes nothing back of it.
    phone.closes();
    phone.pass(Why::Online, |request| endpoint.answer(request));
    assert!(matches!(phone.delivery(key), Delivery::Partial { .. }));
    opens_offline(&mut phone);
    assert!(phone.is_delivered(key));
}

#[test]
fn what_only_awaits_its_check_is_not_sent_again() {
    let (mut phone, mut endpoint, _) = closed(0);
    phone.pass(Why::Online, |request| endpoint.answer(request));
    phone.closes();
    phone.pass(Why::Online, |request| endpoint.answer(request));
    assert_eq!(phone.asked(), ["hello"]);
}

#[test]
fn a_forged_signature_is_found_by_the_page_and_the_report_is_sent_again() {
    let (mut phone, mut endpoint, key) = closed(0);
    tampered(&mut endpoint, &mut phone, |proof| {
        let Signature(mut bytes) = proof.signature;
        bytes[7] ^= 1;
        proof.signature = Signature(bytes);
    });
    assert_eq!(phone.delivery(key), &Delivery::Arrived, "the worker cannot know");
    opens_offline(&mut phone);
    assert_eq!(phone.delivery(key), &Delivery::Sealed);
    assert!(phone.rows[&key].receipts.is_empty() && phone.rows[&key].unchecked.is_none());
    phone.pass(Why::Online, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
}

#[test]
fn a_forged_signature_is_told_as_such_until_it_is_sent_again() {
    let (mut phone, mut endpoint, key) = closed(0);
    tampered(&mut endpoint, &mut phone, |proof| proof.signature = Signature([7; 64]));
    phone.opens();
    // A timer sends only what is due: the row shows why it waits.
    phone.pass(Why::Timer, |request| endpoint.answer(request));
    assert_eq!(phone.waits_for(key), Some(WaitReason::NotProven));
}

#[test]
fn a_receipt_about_something_else_moves_nothing_even_in_the_worker() {
    let (mut phone, mut endpoint, key) = closed(0);
    tampered(&mut endpoint, &mut phone, |proof| {
        proof.receipt = proof.receipt.replace("\"rev\":1", "\"rev\":2");
    });
    assert_eq!(phone.delivery(key), &Delivery::Sealed);
    assert_eq!(phone.waits_for(key), Some(WaitReason::NotProven));
}

#[test]
fn keys_that_the_phone_does_not_store_end_the_workers_pass_and_nothing_is_sent() {
    let (mut phone, mut endpoint, key) = closed(0);
    let mut rotated = endpoint.hello();
    let new = Endpoint::new(2);
    let public = new.key.verifying_key().to_bytes();
    rotated.keys.push(SignedKey::signed_by(&endpoint.key, public, Stamp::utc(MORNING_MS)));
    let until = phone.pass(Why::Online, |_| endpoint.done(200, &rotated));
    assert_eq!(phone.asked(), ["hello"]);
    assert_eq!((until, phone.record.keys.kids().count()), (None, 1));

    // The page takes the new key, which the old one vouches for, and sends.
    phone.opens();
    phone.pass(Why::Start, |request| match call(request) {
        "hello" => endpoint.done(200, &rotated),
        _ => endpoint.answer(request),
    });
    assert_eq!(phone.record.keys.kids().count(), 2);
    assert!(phone.is_delivered(key));
}

#[test]
fn a_phone_that_has_met_nobody_leaves_the_first_greeting_to_its_page() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.closes();
    phone.pass(Why::Online, |request| endpoint.answer(request));
    assert_eq!(phone.asked(), ["hello"]);
    assert_eq!((phone.delivery(key), phone.waits_for(key)), (&Delivery::Sealed, None));
    assert!(phone.record.keys.is_empty());
}

#[test]
fn a_row_written_before_there_was_a_worker_still_reads() {
    let (phone, _, key) = closed(1);
    let json = serde_json::to_string(&phone.rows[&key]).unwrap();
    assert!(!json.contains("unchecked"), "what is not there is not written");
    let read: outbox::Row = serde_json::from_str(&json).unwrap();
    assert_eq!(&read, &phone.rows[&key]);
}
