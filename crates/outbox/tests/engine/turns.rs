use model::wire::{limits, received_items};
use outbox::{
    Delivery, Input, RowKey, Why,
    engine::Changes,
    exchange::Answer,
    row::{RowChange, WaitReason, Waits},
};

use crate::harness::{Did, Endpoint, MORNING_MS, Phone, call, json};

#[test]
fn texts_go_before_photos_whoever_they_belong_to() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    phone.seal(1);
    phone.seal(1);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let first: Vec<_> = phone.asked().into_iter().take(4).map(str::to_owned).collect();
    assert_eq!(first, ["hello", "devices", "items", "blobs"]);
    let posted = phone.did.iter().find_map(|did| match did {
        Did::Ask(request) if call(request) == "items" => {
            Some(received_items(json(request)).unwrap().items.len())
        }
        _ => None,
    });
    assert_eq!(posted, Some(2));
}

#[test]
fn that_bytes_may_have_left_is_on_the_disk_before_they_leave() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        if call(request) == "items" {
            assert!(phone.rows[&key].tried);
            return Answer::Unreachable;
        }
        assert!(!phone.rows[&key].tried, "a greeting sends none of its bytes");
        endpoint.answer(request)
    });
    assert!(phone.rows[&key].tried);
}

#[test]
fn where_that_cannot_be_noted_nothing_leaves() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    // The load, the greeting, the enrolment; the mark fails.
    phone.storage_lasts = 3;
    let until = phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert_eq!(phone.asked(), ["hello", "devices"]);
    assert!(!phone.rows[&key].tried);
    assert!(until.is_some_and(|until| until <= MORNING_MS + 2_000), "{until:?}");
}

#[test]
fn a_storage_that_fails_anywhere_costs_a_repetition_and_nothing_else() {
    let mut whole = Phone::new();
    let mut endpoint = Endpoint::new(1);
    whole.seal(2);
    whole.pass(Why::Sealed, |request| endpoint.answer(request));
    let commits = whole.did.iter().filter(|did| matches!(did, Did::Commit(_))).count();
    assert!(commits >= 5);
    for lasts in 0..=commits {
        let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
        let key = phone.seal(2);
        phone.storage_lasts = lasts;
        let until = phone.pass(Why::Sealed, |request| endpoint.answer(request));
        assert!(until.is_some(), "it wakes again by itself");
        assert!(!phone.is_delivered(key));
        phone.storage_lasts = usize::MAX;
        phone.pass(Why::Timer, |request| endpoint.answer(request));
        assert!(phone.is_delivered(key), "after {lasts}");
        assert_eq!((endpoint.items.len(), endpoint.devices.len()), (1, 1));
    }
}

fn posted(phone: &Phone) -> Vec<(usize, usize)> {
    let posts = phone.did.iter().filter_map(|did| match did {
        Did::Ask(request) if call(request) == "items" => {
            let text = json(request);
            Some((received_items(text).unwrap().items.len(), text.len()))
        }
        _ => None,
    });
    posts.collect()
}

#[test]
fn a_request_holds_no_more_than_fifty_items() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys: Vec<RowKey> = (0..120).map(|_| phone.seal(0)).collect();
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let counts: Vec<usize> = posted(&phone).into_iter().map(|(items, _)| items).collect();
    assert_eq!(counts, [50, 50, 20]);
    assert!(keys.iter().all(|key| phone.is_delivered(*key)));
}

/// Quotes and backslashes are escaped twice on their way: the longest texts there can be.
#[test]
fn a_request_holds_no_more_than_its_bytes_however_much_is_escaped() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    for words in ["\"", "\\", "\n", "\u{1}", "坡", "🙏", "\u{7f}"] {
        for _ in 0..12 {
            phone.seal_words(&words.repeat(3_900), 0);
        }
    }
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let posts = posted(&phone);
    for (items, bytes) in &posts {
        assert!(*bytes <= limits::ITEMS_BYTES, "{items} items are {bytes} bytes");
    }
    let (_, fullest) = posts.iter().max_by_key(|(_, bytes)| bytes).unwrap();
    assert!(*fullest > limits::ITEMS_BYTES * 3 / 4, "and is well filled: {fullest}");
    assert!(phone.rows.values().all(|row| row.delivery == Delivery::Delivered));
}

#[test]
fn a_wake_while_busy_makes_another_pass_at_once() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    phone.seal(0);
    let mut late = None;
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        if call(request) == "items" && late.is_none() {
            late = Some(phone.seal(0));
            let now = phone.clocks();
            assert_eq!(phone.engine.step(&now, Input::Wake(Why::Sealed)), []);
        }
        endpoint.answer(request)
    });
    assert!(phone.is_delivered(late.unwrap()));
    assert_eq!(phone.asked(), ["hello", "devices", "items", "items"]);
}

#[test]
fn what_is_under_way_is_known_to_the_page_and_to_nobody_else() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(1);
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        let under_way = matches!(call(request), "items" | "blobs");
        assert_eq!(phone.engine.sending(), if under_way { vec![key] } else { vec![] });
        endpoint.answer(request)
    });
    assert!(phone.engine.sending().is_empty());
    assert!(!phone.engine.is_busy());
}

#[test]
fn waits_grow_with_each_failure_up_to_a_quarter_of_an_hour() {
    let mut phone = Phone::new();
    let key = phone.seal(0);
    let mut longest = [0; 12];
    for _ in 0..40 {
        phone.rows.get_mut(&key).unwrap().waits = None;
        for longest in &mut longest {
            let until = phone.pass(Why::Timer, |_| Answer::Unreachable).unwrap();
            let waits = phone.rows[&key].waits.as_ref().unwrap();
            assert_eq!(waits.reason, WaitReason::Unreachable);
            *longest = (*longest).max(waits.until_ms - phone.now_ms);
            phone.now_ms = waits.until_ms.max(until);
        }
    }
    assert!(longest[0] <= 2_000 && longest[1] <= 4_000 && longest[2] <= 8_000, "{longest:?}");
    assert!(longest[5] > 8_000, "{longest:?}");
    assert!(longest.iter().all(|wait| *wait <= 900_000), "{longest:?}");
}

#[test]
fn a_tap_tries_at_once_and_counts_failures_from_the_start() {
    let mut phone = Phone::new();
    let key = phone.seal(0);
    for _ in 0..10 {
        phone.pass(Why::Sealed, |_| Answer::Unreachable);
    }
    assert_eq!(phone.rows[&key].waits.as_ref().unwrap().failures, 10);
    for why in [Why::Tap, Why::Online, Why::Visible] {
        phone.pass(why, |_| Answer::Unreachable);
        assert_eq!(phone.asked(), ["hello"]);
        assert_eq!(phone.rows[&key].waits.as_ref().unwrap().failures, 1, "{why:?}");
    }
}

#[test]
fn a_timer_tries_only_what_is_due() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let (due, not_yet) = (phone.seal(0), phone.seal(0));
    let waits = |until_ms| Waits {
        reason: WaitReason::Busy,
        until_ms,
        failures: 3,
        tried_ms: MORNING_MS,
        stumbles: 0,
    };
    phone.rows.get_mut(&due).unwrap().waits = Some(waits(MORNING_MS));
    phone.rows.get_mut(&not_yet).unwrap().waits = Some(waits(MORNING_MS + 60_000));
    let until = phone.pass(Why::Timer, |request| endpoint.answer(request));
    assert!(phone.is_delivered(due));
    assert_eq!(phone.delivery(not_yet), &Delivery::Sealed);
    assert_eq!(until, Some(MORNING_MS + 60_000));
}

#[test]
fn a_clock_that_was_set_back_makes_nothing_wait_for_ever() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.now_ms = MORNING_MS + 12 * 365 * 86_400_000;
    phone.pass(Why::Timer, |_| Answer::Unreachable);
    phone.now_ms = MORNING_MS;
    phone.pass(Why::Timer, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
}

#[test]
fn a_pass_with_nothing_to_do_greets_once_and_rests() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    assert_eq!(phone.pass(Why::Start, |request| endpoint.answer(request)), None);
    assert_eq!(phone.asked(), ["hello"]);
    assert_eq!(phone.pass(Why::Visible, |request| endpoint.answer(request)), None);
    assert!(phone.asked().is_empty());
    assert!(endpoint.devices.is_empty(), "a phone that has sealed nothing is nobody's business");
}

#[test]
fn what_belongs_together_is_one_commit() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let keys = [phone.seal(0), phone.seal(0)];
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let settled = phone.did.iter().filter_map(|did| match did {
        Did::Commit(Changes { rows, .. }) => {
            Some(rows.iter().filter(|(_, it)| matches!(it, RowChange::Settle(_))).count())
        }
        _ => None,
    });
    assert_eq!(settled.max(), Some(keys.len()));
}
