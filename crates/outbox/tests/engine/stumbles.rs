use outbox::{
    Delivery, RowKey, Why,
    exchange::{Answer, Request},
    row::{PARKED_AFTER, WaitReason},
};

use crate::harness::{Endpoint, Phone, call, json};

const HOUR_MS: i64 = 3_600_000;

/// The endpoint fails over every request that carries one of these.
fn fails_over(endpoint: &mut Endpoint, request: &Request, poison: &[String]) -> Answer {
    let carries = |id: &String| match call(request) {
        "items" => json(request).contains(id),
        _ => request.path.contains(id),
    };
    if poison.iter().any(carries) {
        return endpoint.refused(503, "busy");
    }
    endpoint.answer(request)
}

fn posts(phone: &Phone) -> usize {
    phone.asked().iter().filter(|call| **call == "items").count()
}

/// One report of fifty made the endpoint fail, and the other forty-nine went nowhere with it.
#[test]
fn a_report_that_the_endpoint_stumbles_over_stops_none_of_its_neighbours() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys: Vec<RowKey> = (0..50).map(|_| phone.seal(0)).collect();
    let poison = [keys[29].id.to_string()];
    phone.pass(Why::Sealed, |request| fails_over(&mut endpoint, request, &poison));
    for key in &keys {
        assert_eq!(phone.is_delivered(*key), *key != keys[29]);
    }
    assert_eq!(phone.waits_for(keys[29]), Some(WaitReason::Busy));
    assert!(posts(&phone) <= 16, "{} requests for fifty rows", posts(&phone));

    let new = phone.seal(1);
    phone.pass(Why::Sealed, |request| fails_over(&mut endpoint, request, &poison));
    assert_eq!(phone.asked(), ["items", "blobs", "items", "items"], "it goes last, and alone");
    assert!(phone.is_delivered(new));
}

#[test]
fn after_eight_stumbles_a_report_is_parked_and_a_tap_tries_it_again() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let poison = [key.id.to_string()];
    for nth in 1..=PARKED_AFTER {
        let until = phone.pass(Why::Timer, |request| fails_over(&mut endpoint, request, &poison));
        let parked = phone.waits_for(key) == Some(WaitReason::Parked);
        assert_eq!(parked, nth == PARKED_AFTER);
        phone.now_ms = if parked { phone.now_ms } else { until.unwrap() };
    }
    assert_eq!(phone.delivery(key), &Delivery::Sealed, "it stays what it was");

    let neighbour = phone.seal(0);
    for why in [Why::Sealed, Why::Online, Why::Visible, Why::Timer] {
        phone.pass(why, |request| fails_over(&mut endpoint, request, &poison));
        assert!(phone.is_delivered(neighbour));
        assert_eq!(phone.rows[&key].stumbles(), PARKED_AFTER, "{why:?} leaves it alone");
    }
    phone.pass(Why::Tap, |request| fails_over(&mut endpoint, request, &poison));
    assert_eq!(phone.rows[&key].stumbles(), PARKED_AFTER + 1);
    assert_eq!(phone.waits_for(key), Some(WaitReason::Parked));
    phone.pass(Why::Tap, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
}

/// The endpoint is mended one night, and nobody taps anything.
#[test]
fn a_parked_report_is_tried_every_hour_all_the_same() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let poison = [key.id.to_string()];
    for _ in 0..PARKED_AFTER {
        phone.pass(Why::Tap, |request| fails_over(&mut endpoint, request, &poison));
    }
    phone.now_ms += HOUR_MS - 1;
    phone.pass(Why::Timer, |request| endpoint.answer(request));
    assert!(!phone.is_delivered(key));
    phone.now_ms += 1;
    phone.pass(Why::Timer, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
}

#[test]
fn a_photo_that_the_endpoint_stumbles_over_is_parked_with_its_report() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let (key, neighbour) = (phone.seal(1), phone.seal(2));
    let poison = [phone.rows[&key].blobs[0].sha256.to_string()];
    let fails = |endpoint: &mut Endpoint, request: &Request| match call(request) {
        "blobs" => fails_over(endpoint, request, &poison),
        _ => endpoint.answer(request),
    };
    for _ in 0..PARKED_AFTER {
        phone.pass(Why::Tap, |request| fails(&mut endpoint, request));
        assert!(phone.is_delivered(neighbour));
    }
    assert_eq!(phone.waits_for(key), Some(WaitReason::Parked));
    assert!(matches!(phone.delivery(key), Delivery::Partial { .. }), "its text is there");
    phone.pass(Why::Tap, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
}

/// Then it is not the reports, and an endpoint that has too much to do is not asked fifty times.
#[test]
fn an_endpoint_that_stumbles_over_everything_is_left_in_peace() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys: Vec<RowKey> = (0..50).map(|_| phone.seal(0)).collect();
    phone.pass(Why::Sealed, |request| match call(request) {
        "items" => endpoint.refused(503, "busy"),
        _ => endpoint.answer(request),
    });
    assert!(posts(&phone) <= 8, "{} requests", posts(&phone));
    for key in &keys {
        assert_eq!(phone.waits_for(*key), Some(WaitReason::Busy));
    }
    let full = phone.seal(0);
    phone.pass(Why::Sealed, |request| match call(request) {
        "items" => endpoint.refused(503, "disk"),
        _ => endpoint.answer(request),
    });
    assert_eq!(posts(&phone), 1, "a full disk is nobody's text");
    assert_eq!(phone.rows[&full].stumbles(), 0);
    phone.pass(Why::Tap, |request| endpoint.answer(request));
    assert!(keys.iter().all(|key| phone.is_delivered(*key)));
}

/// Its text is told again and again that a photo is missing: that is no progress, and the phone
/// must not knock every two seconds for days.
#[test]
fn a_photo_that_does_not_get_through_is_tried_less_and_less_often() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(1);
    for failures in 1..6 {
        let until = phone.pass(Why::Timer, |request| match call(request) {
            "blobs" => Answer::Unreachable,
            _ => endpoint.answer(request),
        });
        let waits = phone.rows[&key].waits.clone().unwrap();
        assert_eq!((waits.failures, Some(waits.until_ms)), (failures, until));
        phone.now_ms = waits.until_ms;
    }
}
