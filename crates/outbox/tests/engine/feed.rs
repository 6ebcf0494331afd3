use model::{hex::Epoch, wire::HeldReason};
use outbox::{Delivery, Why, exchange::Answer};

use crate::harness::{Did, Endpoint, Phone, call, json};

fn kept(phone: &mut Phone, endpoint: &mut Endpoint, reports: usize) {
    for _ in 0..reports {
        phone.seal(0);
    }
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
}

/// Page by page, and from where it was the next time.
#[test]
fn the_feed_is_read_at_a_start_and_each_page_is_one_commit_with_its_cursor() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    kept(&mut phone, &mut endpoint, 5);
    phone.opens();
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert_eq!(phone.asked(), ["hello", "changes", "changes", "changes"]);
    let commits: Vec<(usize, usize)> = phone
        .did
        .iter()
        .filter_map(|did| match did {
            Did::Commit(changes) if !changes.rows.is_empty() => {
                Some((changes.rows.len(), changes.phone.len()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(commits, [(2, 1), (2, 1), (1, 1)]);
    let cursor = phone.record.cursor.unwrap();
    assert_eq!(cursor.parts().1, 5);
    phone.opens();
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert_eq!(phone.asked(), ["hello", "changes"]);
    assert_eq!(phone.record.cursor, Some(cursor));
    for row in phone.rows.values() {
        assert_eq!(row.receipts.len(), 1, "the same receipt is kept once");
    }
}

#[test]
fn where_a_page_cannot_be_kept_its_cursor_is_not_kept_either() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    kept(&mut phone, &mut endpoint, 1);
    phone.opens();
    // The load and the greeting; the page fails.
    phone.storage_lasts = 2;
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert_eq!(phone.asked(), ["hello", "changes"]);
    assert_eq!(phone.record.cursor, None);
}

#[test]
fn a_row_of_the_feed_without_a_true_receipt_and_one_that_is_not_here_change_nothing() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    kept(&mut phone, &mut endpoint, 2);
    let forgotten = *phone.rows.keys().next().unwrap();
    phone.rows.remove(&forgotten);
    let before = phone.rows.clone();
    phone.opens();
    phone.pass(Why::Start, |request| {
        let Answer::Reply(mut reply) = endpoint.answer(request) else { panic!() };
        if call(request) == "changes" {
            reply.body =
                reply.body.replace("\"need\":[]", "\"held\":\"earlier_missing\",\"need\":[]");
            reply.body = reply.body.replace("\"signature\":\"", "\"signature\":\"A");
        }
        Answer::Reply(reply)
    });
    assert_eq!(phone.rows, before);
    phone.opens();
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert!(!phone.rows.contains_key(&forgotten));
}

#[test]
fn a_row_that_is_held_back_no_longer_says_so() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.pass(Why::Sealed, |request| {
        if call(request) != "items" {
            return endpoint.answer(request);
        }
        let mut results = endpoint.results(json(request));
        let model::wire::ItemOutcome::Stored(proof) = results.results[0].outcome.clone() else {
            panic!()
        };
        let reason = HeldReason::EarlierMissing;
        results.results[0].outcome = model::wire::ItemOutcome::Held { reason, proof };
        endpoint.done(200, &results)
    });
    assert!(phone.rows[&key].held && phone.is_delivered(key));
    phone.opens();
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert!(!phone.rows[&key].held && phone.is_delivered(key));
}

/// The endpoint was restored between the greeting and the feed.
#[test]
fn a_cursor_of_another_life_is_given_up_and_the_endpoint_is_asked_what_it_misses() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    kept(&mut phone, &mut endpoint, 1);
    phone.opens();
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert!(phone.record.cursor.is_some());
    phone.opens();
    phone.pass(Why::Start, |request| {
        if call(request) == "changes" && endpoint.epoch != Epoch([9; 16]) {
            endpoint.epoch = Epoch([9; 16]);
            endpoint.items.clear();
            endpoint.seqs.clear();
        }
        endpoint.answer(request)
    });
    assert_eq!(phone.asked(), ["hello", "changes", "hello", "devices", "have", "items", "changes"]);
    assert!(phone.rows.values().all(|row| row.delivery == Delivery::Delivered));
    assert_eq!(endpoint.items.len(), 1, "it was sent again");
    assert_eq!(phone.record.cursor.unwrap().parts().0, Epoch([9; 16]));
}
