use std::collections::BTreeSet;

use model::{have::received_have, hex::Epoch};
use outbox::{Delivery, RowKey, Why, exchange::Answer, row::WaitReason};

use crate::harness::{Did, Endpoint, Phone, call, json};

/// Yesterday's copy of an endpoint, under a new epoch.
fn restored(from: &Endpoint, life: u8) -> Endpoint {
    Endpoint {
        key: from.key.clone(),
        epoch: Epoch([life; 16]),
        devices: from.devices.clone(),
        items: from.items.clone(),
        blobs: from.blobs.clone(),
        seqs: from.seqs.clone(),
        parts: from.parts.clone(),
    }
}

fn delivered(phone: &mut Phone, endpoint: &mut Endpoint, photos: u8) -> RowKey {
    let key = phone.seal(photos);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
    key
}

/// The endpoint's disk is lost, and yesterday's backup is all there is.
/// A report of today is on no machine any more but the phone that had heard 已送达.
#[test]
fn after_a_restore_the_phone_offers_what_it_keeps_and_nothing_is_lost() {
    let fault =
        fault_log::injected("S12", "an endpoint went back to a copy made before two reports");
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let old = delivered(&mut phone, &mut endpoint, 1);
    let backup = restored(&endpoint, 99);
    let new = [delivered(&mut phone, &mut endpoint, 2), delivered(&mut phone, &mut endpoint, 0)];
    let mut endpoint = backup;
    phone.pass_with(Why::Start, &mut |phone, request| {
        if call(request) == "items" {
            assert!(!phone.is_delivered(new[0]), "it says so honestly");
            assert!(phone.is_delivered(old), "what is there is left alone");
        }
        endpoint.answer(request)
    });
    let asked =
        ["hello", "devices", "have", "items", "blobs", "blobs", "items", "changes", "changes"];
    assert_eq!(phone.asked(), asked);
    for key in new {
        assert!(phone.is_delivered(key));
        let lives: Vec<_> = phone.rows[&key].receipts.iter().map(|it| it.epoch.0[0]).collect();
        assert_eq!(lives, [1, 99], "both receipts are kept");
    }
    assert_eq!((endpoint.items.len(), endpoint.blobs.len()), (3, 3));
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert_eq!(phone.asked(), ["hello", "changes"], "it is asked once in a life");
    assert_eq!(phone.rows[&old].receipts.len(), 2, "the feed has brought the new receipt");
    fault.observed(
        "asked what is missing, the phone sent both again, and holds a receipt of each life",
    );
}

#[test]
fn where_only_a_photo_is_missing_only_the_photo_is_sent() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = delivered(&mut phone, &mut endpoint, 2);
    let photo = phone.rows[&key].blobs[1].sha256;
    let mut endpoint = restored(&endpoint, 2);
    endpoint.blobs.remove(&photo);
    let mut partial = false;
    phone.pass_with(Why::Start, &mut |phone, request| {
        partial |= *phone.delivery(key) == Delivery::Partial { missing: vec![photo] };
        endpoint.answer(request)
    });
    assert!(partial, "文字已送达，还差 1 张");
    assert_eq!(phone.asked(), ["hello", "devices", "have", "items", "blobs", "items", "changes"]);
    assert!(phone.is_delivered(key));
}

/// The network goes while the endpoint is asked; the page is closed. The question must not be
/// forgotten with it.
#[test]
fn a_question_that_got_no_answer_is_asked_again_by_the_next_page() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = delivered(&mut phone, &mut endpoint, 0);
    let mut endpoint = Endpoint { items: [].into(), ..restored(&endpoint, 2) };
    let until = phone.pass(Why::Start, |request| match call(request) {
        "have" => Answer::Unreachable,
        _ => endpoint.answer(request),
    });
    assert!(until.is_some(), "it wakes again by itself");
    assert!(phone.is_delivered(key), "nobody has said anything else yet");
    phone.opens();
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
    assert_eq!(endpoint.items.len(), 1);
}

#[test]
fn while_it_is_not_sent_again_the_row_says_why() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = delivered(&mut phone, &mut endpoint, 0);
    let mut endpoint = Endpoint { items: [].into(), ..restored(&endpoint, 2) };
    phone.pass_with(Why::Start, &mut |phone, request| {
        if call(request) == "items" {
            assert_eq!(phone.waits_for(key), Some(WaitReason::Restored));
        }
        endpoint.answer(request)
    });
    assert!(phone.is_delivered(key));
}

#[test]
fn five_hundred_reports_go_into_one_question() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys: Vec<RowKey> = (0..620).map(|_| phone.seal(1)).collect();
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let mut endpoint = restored(&endpoint, 2);
    endpoint.items.clear();
    phone.pass(Why::Start, |request| endpoint.answer(request));
    let questions: Vec<_> = phone
        .did
        .iter()
        .filter_map(|did| match did {
            Did::Ask(request) if call(request) == "have" => {
                let have = received_have(json(request)).unwrap();
                Some((have.items.len(), have.blobs.len()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(questions, [(500, 500), (120, 120)]);
    assert!(keys.iter().all(|key| phone.is_delivered(*key)));
    let sent: BTreeSet<_> = endpoint.items.keys().collect();
    assert_eq!(sent.len(), 620);
}

/// Two tabs: one waits for an answer of the old life, the other has heard the new one already.
/// The receipt of the old life must not settle what the new one has lost.
#[test]
fn a_receipt_of_a_life_that_is_over_settles_nothing() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    delivered(&mut phone, &mut endpoint, 0);
    let empty = restored(&endpoint, 2);
    let mut restored = Some(empty);
    let key = phone.seal(0);
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        let answer = endpoint.answer(request);
        if call(request) == "items"
            && let Some(restored) = restored.take()
        {
            endpoint = restored;
            phone.in_another_tab(|phone| {
                phone.pass(Why::Start, |request| match call(request) {
                    "items" => Answer::Unreachable,
                    _ => endpoint.answer(request),
                })
            });
        }
        answer
    });
    assert!(phone.is_delivered(key));
    assert_eq!(endpoint.items.len(), 2, "it is in the database of today");
}
