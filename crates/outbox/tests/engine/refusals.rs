use model::wire::{Fault, ItemOutcome, Reason};
use outbox::{
    Delivery, RowKey, Rules, Why,
    exchange::{Answer, Request},
    row::{Refusal, RefusalWhy, WaitReason},
    seal::{ToSeal, edit},
};

use crate::harness::{Endpoint, Phone, call, json, problem};

/// Answers as the endpoint does, but for what becomes of the first item of a request.
fn first_is(endpoint: &mut Endpoint, request: &Request, outcome: &ItemOutcome) -> Answer {
    if call(request) != "items" {
        return endpoint.answer(request);
    }
    let mut results = endpoint.results(json(request));
    results.results[0].outcome = outcome.clone();
    endpoint.done(200, &results)
}

fn rejected(reason: Reason, field: &str) -> ItemOutcome {
    let (field, detail) = (field.to_owned(), "no".to_owned());
    ItemOutcome::Rejected(Fault { reason, field, detail, limit: Some(7) })
}

fn asks_for(phone: &Phone, key: RowKey) -> &Refusal {
    let Delivery::NeedsYou(refusal) = phone.delivery(key) else { panic!("{:?}", phone.rows[&key]) };
    assert_eq!(phone.rows[&key].waits, None);
    refusal
}

#[test]
fn a_refused_report_stays_with_its_reason_and_stops_no_neighbour() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let (poison, neighbour) = (phone.seal(1), phone.seal(1));
    let refused = rejected(Reason::TooLarge, "/sealed/body/words");
    let mut first = true;
    phone.pass(Why::Sealed, |request| {
        let poisons = call(request) == "items" && core::mem::take(&mut first);
        if poisons { first_is(&mut endpoint, request, &refused) } else { endpoint.answer(request) }
    });
    let expected = Refusal {
        why: RefusalWhy::Rejected(Reason::TooLarge),
        field: "/sealed/body/words".to_owned(),
        limit: Some(7),
    };
    assert_eq!(asks_for(&phone, poison), &expected);
    assert!(phone.is_delivered(neighbour));
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert_eq!(phone.asked(), ["hello", "changes"], "it is never tried again by itself");
}

#[test]
fn at_a_wrong_digest_the_phone_looks_at_its_own_bytes_first() {
    for damaged in [false, true] {
        let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
        let key = phone.seal(0);
        if damaged {
            let row = phone.rows.get_mut(&key).unwrap();
            row.sealed = row.sealed.replace("楼道", "楼顶");
        }
        phone.pass(Why::Sealed, |request| match call(request) {
            "items" => {
                let outcome = rejected(Reason::Digest, "/sha256");
                let result = model::wire::ItemResult { id: None, rev: None, outcome };
                endpoint.done(200, &model::wire::ItemResults { results: vec![result] })
            }
            _ => endpoint.answer(request),
        });
        if damaged {
            assert_eq!(asks_for(&phone, key).why, RefusalWhy::DamagedHere);
        } else {
            assert_eq!(phone.waits_for(key), Some(WaitReason::DamagedOnTheWay));
        }
    }
}

// One byte changed on the way, and a person of 72 was asked to mend a report in which nothing was wrong.
#[test]
fn an_item_that_could_not_be_read_is_tried_once_more_before_its_person_is_asked() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let unread = rejected(Reason::Malformed, "/sealed");
    phone.pass(Why::Sealed, |request| first_is(&mut endpoint, request, &unread));
    assert_eq!(phone.waits_for(key), Some(WaitReason::DamagedOnTheWay));
    phone.pass(Why::Tap, |request| first_is(&mut endpoint, request, &unread));
    assert_eq!(asks_for(&phone, key).why, RefusalWhy::Rejected(Reason::Malformed));
    // What is wrong with one of its fields was read, and comes from no line.
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let wrong = rejected(Reason::Malformed, "/sealed/body/words");
    phone.pass(Why::Sealed, |request| first_is(&mut endpoint, request, &wrong));
    assert_eq!(asks_for(&phone, key).field, "/sealed/body/words");
}

#[test]
fn a_photo_damaged_on_this_phone_is_not_sent_and_asks_for_a_person() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let (damaged, whole) = (phone.seal(2), phone.seal(1));
    let photo = phone.rows[&damaged].blobs[1].sha256;
    phone.damaged.insert(photo);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let refusal = asks_for(&phone, damaged);
    assert_eq!((refusal.why, refusal.field.as_str()), (RefusalWhy::DamagedHere, "/sealed/blobs/1"));
    assert!(!endpoint.blobs.contains(&photo));
    assert!(phone.is_delivered(whole));
}

#[test]
fn a_photo_that_is_too_large_or_of_no_known_type_asks_for_a_person() {
    for (status, reason) in [(413, Reason::TooLarge), (415, Reason::Malformed)] {
        let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
        let key = phone.seal(1);
        phone.pass(Why::Sealed, |request| {
            if call(request) == "blobs" {
                endpoint.refused(status, "too-large")
            } else {
                endpoint.answer(request)
            }
        });
        assert_eq!(asks_for(&phone, key).why, RefusalWhy::Rejected(reason));
        assert_eq!(asks_for(&phone, key).field, "/sealed/blobs/0");
    }
}

#[test]
fn a_clash_asks_for_a_person_and_an_edit_is_the_next_revision_with_the_same_secret() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.pass(Why::Sealed, |request| first_is(&mut endpoint, request, &ItemOutcome::Clash));
    assert_eq!(asks_for(&phone, key).why, RefusalWhy::Clash);

    let (old, now) = (phone.rows[&key].clone(), phone.clocks());
    let what = ToSeal {
        id: key.id,
        kind: model::sealed::Kind::Report,
        schema: 1,
        blobs: Vec::new(),
        body: model::report::Report::default(),
        label: outbox::row::Label::default(),
    };
    let new = edit(&mut phone.record, &now, &old, what, Rules::default());
    assert_eq!((new.key.id, new.key.rev, new.dseq), (key.id, 2, 2));
    assert!(new.secret.is_some());
    assert_eq!(new.secret, old.secret);
    let key = new.key;
    phone.rows.insert(key, new);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
    assert!(matches!(phone.delivery(old.key), Delivery::NeedsYou(_)), "both are kept");
}

#[test]
fn a_request_that_cannot_be_read_is_halved_until_the_one_is_found() {
    for (status, reason) in [(400, Reason::Malformed), (413, Reason::TooLarge)] {
        let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
        let keys: Vec<RowKey> = (0..50).map(|_| phone.seal(0)).collect();
        let poison = keys[29].id.to_string();
        phone.pass(Why::Sealed, |request| {
            if call(request) != "items" || !json(request).contains(&poison) {
                return endpoint.answer(request);
            }
            let mut why = problem(status, "malformed");
            why.field = Some("/items/0".to_owned());
            endpoint.done(status, &why)
        });
        let refusal = asks_for(&phone, keys[29]);
        assert_eq!(
            (refusal.why, refusal.field.as_str()),
            (RefusalWhy::Rejected(reason), "/items/0")
        );
        for key in keys.iter().filter(|key| **key != keys[29]) {
            assert!(phone.is_delivered(*key));
        }
        let posts = phone.asked().iter().filter(|call| **call == "items").count();
        assert!(posts <= 16, "{posts} requests for fifty rows");
    }
}
