use model::wire::{ItemOutcome, ItemResults};
use outbox::{
    Delivery, Why,
    exchange::{Answer, Reply, Request},
    row::WaitReason,
};

use crate::harness::{Endpoint, MORNING_MS, Phone, call, json, login_page, problem};

/// Answers as the endpoint does, but for one call.
fn but(
    endpoint: &mut Endpoint,
    what: &'static str,
    answer: impl Fn(&mut Endpoint, &Request) -> Answer,
) -> impl FnMut(&Request) -> Answer {
    move |request| {
        if call(request) == what { answer(endpoint, request) } else { endpoint.answer(request) }
    }
}

#[test]
fn a_report_with_two_photos_is_delivered() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(2);
    assert_eq!(phone.pass(Why::Sealed, |request| endpoint.answer(request)), None);
    assert_eq!(phone.asked(), ["hello", "devices", "items", "blobs", "blobs", "items"]);
    assert!(phone.is_delivered(key));
    assert_eq!(phone.rows[&key].waits, None);
}

#[test]
fn a_login_page_makes_rows_wait_and_takes_nothing_back() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let half = phone.seal(1);
    phone.pass(Why::Sealed, but(&mut endpoint, "blobs", |_, _| login_page()));
    assert!(matches!(phone.delivery(half), Delivery::Partial { missing } if missing.len() == 1));
    let whole = phone.seal(0);
    phone.pass(Why::Sealed, |_| login_page());
    assert_eq!(phone.asked(), ["hello"], "who does not greet gets nothing");
    assert!(matches!(phone.delivery(half), Delivery::Partial { .. }));
    assert_eq!(phone.delivery(whole), &Delivery::Sealed);
    for key in [half, whole] {
        assert_eq!(phone.waits_for(key), Some(WaitReason::NotAnAnswer));
    }
}

#[test]
fn an_answer_without_the_protocol_is_no_answer() {
    for what in ["hello", "devices", "items", "blobs"] {
        let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
        let key = phone.seal(1);
        let bare = |endpoint: &mut Endpoint, request: &Request| {
            let Answer::Reply(reply) = endpoint.answer(request) else { panic!() };
            Answer::Reply(Reply { protocol: None, ..reply })
        };
        phone.pass(Why::Sealed, but(&mut endpoint, what, bare));
        assert!(!phone.is_delivered(key), "{what}");
        assert_eq!(phone.waits_for(key), Some(WaitReason::NotAnAnswer), "{what}");
    }
}

#[test]
fn an_answer_about_fewer_items_than_were_sent_is_no_answer() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys = [phone.seal(0), phone.seal(0)];
    let fewer = |endpoint: &mut Endpoint, request: &Request| {
        let mut results = endpoint.results(json(request));
        results.results.pop();
        endpoint.done(200, &results)
    };
    phone.pass(Why::Sealed, but(&mut endpoint, "items", fewer));
    for key in keys {
        assert_eq!(phone.delivery(key), &Delivery::Sealed);
        assert_eq!(phone.waits_for(key), Some(WaitReason::NotAnAnswer));
    }
}

/// Results in another order would give one report the receipt of another.
#[test]
fn a_receipt_of_a_neighbour_does_not_count() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys = [phone.seal(0), phone.seal(0)];
    let swapped = |endpoint: &mut Endpoint, request: &Request| {
        let mut results = endpoint.results(json(request));
        results.results.reverse();
        endpoint.done(200, &results)
    };
    phone.pass(Why::Sealed, but(&mut endpoint, "items", swapped));
    for key in keys {
        assert_eq!(phone.delivery(key), &Delivery::Sealed);
        assert_eq!(phone.waits_for(key), Some(WaitReason::NotProven));
    }
}

#[test]
fn an_answer_lost_after_the_work_was_done_still_makes_one_of_each() {
    for what in ["devices", "items", "blobs"] {
        let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
        let key = phone.seal(1);
        let lost = |endpoint: &mut Endpoint, request: &Request| {
            endpoint.answer(request);
            Answer::Unreachable
        };
        phone.pass(Why::Sealed, but(&mut endpoint, what, lost));
        assert!(!phone.is_delivered(key), "{what}");
        assert_eq!(phone.waits_for(key), Some(WaitReason::Unreachable), "{what}");
        phone.pass(Why::Online, |request| endpoint.answer(request));
        assert!(phone.is_delivered(key), "{what}");
        assert_eq!((endpoint.devices.len(), endpoint.items.len()), (1, 1), "{what}");
        assert_eq!(phone.rows[&key].receipts.len(), 1, "{what}");
    }
}

#[test]
fn the_endpoint_is_given_the_time_it_asks_for_but_never_more_than_an_hour() {
    for (status, reason) in [(429, WaitReason::SlowDown), (503, WaitReason::Busy)] {
        for (asked_s, waits_s) in [(0, 0), (90, 90), (86_400, 3_600)] {
            let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
            let key = phone.seal(0);
            let busy = move |endpoint: &mut Endpoint, _: &Request| {
                let Answer::Reply(reply) = endpoint.refused(status, "busy") else { panic!() };
                Answer::Reply(Reply { retry_after: Some(asked_s), ..reply })
            };
            let until = phone.pass(Why::Sealed, but(&mut endpoint, "items", busy));
            assert_eq!(until, Some(MORNING_MS + waits_s * 1_000));
            assert_eq!(phone.waits_for(key), Some(reason));
            assert_eq!(Some(phone.rows[&key].waits.as_ref().unwrap().until_ms), until);
        }
    }
}

/// A proxy may keep the body and drop the header.
#[test]
fn the_time_to_wait_is_read_from_the_body_too() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    phone.seal(0);
    let slow = |endpoint: &mut Endpoint, _: &Request| {
        let mut why = problem(429, "slow-down");
        why.retry_after = Some(60);
        endpoint.done(429, &why)
    };
    let until = phone.pass(Why::Sealed, but(&mut endpoint, "items", slow));
    assert_eq!(until, Some(MORNING_MS + 60_000));
}

#[test]
fn an_item_that_is_to_come_later_waits_alone() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let (later, now) = (phone.seal(0), phone.seal(0));
    let one_later = |endpoint: &mut Endpoint, request: &Request| {
        let mut results: ItemResults = endpoint.results(json(request));
        results.results[0].outcome = ItemOutcome::Later { retry_after: 30 };
        endpoint.done(200, &results)
    };
    let until = phone.pass(Why::Sealed, but(&mut endpoint, "items", one_later));
    assert_eq!(until, Some(MORNING_MS + 30_000));
    assert_eq!(phone.waits_for(later), Some(WaitReason::Busy));
    assert!(phone.is_delivered(now));
}

#[test]
fn a_page_that_is_too_old_keeps_its_queue() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.pass(Why::Sealed, but(&mut endpoint, "items", |it, _| it.refused(426, "upgrade")));
    assert_eq!(phone.delivery(key), &Delivery::Sealed);
    assert_eq!(phone.waits_for(key), Some(WaitReason::Upgrade));
}

/// An endpoint that takes a photo and asks for it again must not be sent it for ever.
#[test]
fn a_photo_that_is_asked_for_again_and_again_is_sent_once_a_pass() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(1);
    let forgets = |endpoint: &mut Endpoint, request: &Request| {
        let answer = endpoint.answer(request);
        endpoint.blobs.clear();
        answer
    };
    phone.pass(Why::Sealed, but(&mut endpoint, "blobs", forgets));
    assert_eq!(phone.asked(), ["hello", "devices", "items", "blobs", "items"]);
    assert!(matches!(phone.delivery(key), Delivery::Partial { .. }));
    assert_eq!(phone.waits_for(key), Some(WaitReason::DamagedOnTheWay));
}

/// A restored endpoint may not know the text whose photo it is brought.
#[test]
fn where_the_text_is_unknown_it_goes_again_before_its_photo() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(1);
    let mut forgotten = false;
    phone.pass(Why::Sealed, |request| {
        if call(request) == "blobs" && !core::mem::replace(&mut forgotten, true) {
            return endpoint.refused(404, "no-such");
        }
        endpoint.answer(request)
    });
    assert_eq!(phone.asked(), ["hello", "devices", "items", "blobs", "items", "blobs", "items"]);
    assert!(phone.is_delivered(key));
}
