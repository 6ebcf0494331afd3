use model::hex::{Boot, Digest, Epoch};
use outbox::{
    Delivery, Now, Row, Rules, Why,
    phone::Met,
    tidy::{
        KEPT_MS, Sweep, Unnamed, is_safe, let_photos_go, may_go_early, needs_photos, shrink, sweep,
    },
};

use crate::harness::{Endpoint, MORNING_MS, Phone};

/// A delivered report with a photo, and the endpoint as it greets thirty days later.
fn delivered() -> (Row, Met) {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(1);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
    let met = phone.record.met.clone().unwrap();
    let met = Met { safe_upto: Some(1), now_ms: MORNING_MS + KEPT_MS, ..met };
    (phone.rows.remove(&key).unwrap(), met)
}

fn goes(row: &Row, met: &Met, now_ms: i64) -> bool {
    is_safe(row, met, now_ms, Rules::default())
}

#[test]
fn words_go_when_they_are_off_the_machine_and_thirty_days_have_passed() {
    let (row, met) = delivered();
    let later = MORNING_MS + KEPT_MS;
    assert!(goes(&row, &met, later));
    assert!(!goes(&row, &met, later - 1), "by the phone's clock");
    assert!(!goes(&row, &Met { now_ms: later - 1, ..met.clone() }, later), "by the endpoint's");
    assert!(!goes(&row, &Met { safe_upto: Some(0), ..met.clone() }, later), "not off the machine");
    assert!(goes(&row, &Met { safe_upto: None, ..met.clone() }, later), "no backup is configured");
    let restored = Met { epoch: Epoch([2; 16]), ..met };
    assert!(!goes(&row, &restored, later), "another life has confirmed nothing");
}

#[test]
fn what_is_not_delivered_never_goes() {
    let (row, met) = delivered();
    let missing = vec![row.blobs[0].sha256];
    for delivery in [Delivery::Sealed, Delivery::Arrived, Delivery::Partial { missing }] {
        assert!(!goes(&Row { delivery, ..row.clone() }, &met, MORNING_MS + 12 * KEPT_MS));
    }
}

#[test]
fn only_what_is_known_to_be_off_the_machine_goes_early() {
    let (row, met) = delivered();
    let early = |row: &Row, met: &Met| may_go_early(row, met, Rules::default());
    assert!(early(&row, &Met { now_ms: MORNING_MS, ..met.clone() }), "thirty days or not");
    assert!(!early(&row, &Met { safe_upto: Some(0), ..met.clone() }));
    assert!(!early(&row, &Met { safe_upto: None, ..met.clone() }), "no backup is configured");
    assert!(!early(&row, &Met { epoch: Epoch([2; 16]), ..met.clone() }), "in another life");
    assert!(!early(&Row { blobs: Vec::new(), ..row.clone() }, &met), "words take no room");
    for delivery in [Delivery::Sealed, Delivery::Arrived, Delivery::Remainder] {
        assert!(!early(&Row { delivery, ..row.clone() }, &met));
    }
}

/// A battery was empty, and the clock began in 2038.
#[test]
fn a_clock_that_jumps_costs_nobody_a_photo() {
    let (row, met) = delivered();
    let early = Met { now_ms: MORNING_MS + 1_000, ..met };
    assert!(!goes(&row, &early, MORNING_MS + 4_000 * 86_400_000));
}

/// Photos went early to make room, and the words went with them, weeks before their time.
#[test]
fn words_outlive_photos_that_made_room_and_go_after_their_thirty_days() {
    let (before, met) = delivered();
    let mut row = before.clone();
    let_photos_go(&mut row);
    assert_eq!(row.sealed, before.sealed);
    assert!(!needs_photos(&row));
    assert!(!goes(&row, &met, MORNING_MS + KEPT_MS - 1));
    assert!(goes(&row, &met, MORNING_MS + KEPT_MS));
    shrink(&mut row);
    assert!(!goes(&row, &met, MORNING_MS + KEPT_MS), "nothing is left to go");
}

#[test]
fn receipt_secret_label_and_digest_stay() {
    let (before, _) = delivered();
    let mut row = before.clone();
    shrink(&mut row);
    assert!(row.sealed.is_empty());
    assert_eq!(row.delivery, Delivery::Remainder);
    assert_eq!(
        (&row.receipts, row.secret, row.sha256),
        (&before.receipts, before.secret, before.sha256)
    );
    assert_eq!((&row.label, row.key, row.case_no), (&before.label, before.key, before.case_no));
}

fn at(boot: u8, ms: i64) -> Now {
    Now { ms, zone: 480, mono_ms: 0, boot: Boot([boot; 16]), random: [0; 64] }
}

#[test]
fn a_photo_goes_that_two_starts_a_day_apart_found_without_a_name() {
    const DAY_MS: i64 = 86_400_000;
    let photo = Digest::of(b"photo");
    let first = sweep(&[photo], &[], &at(1, MORNING_MS));
    let noted = Unnamed { sha256: photo, boot: Boot([1; 16]), ms: MORNING_MS };
    assert_eq!(first, Sweep { unnamed: vec![noted], gone: vec![] });
    let stays = |now: &Now| assert_eq!(sweep(&[photo], &[noted], now), first);
    stays(&at(1, MORNING_MS + 9 * DAY_MS));
    stays(&at(2, MORNING_MS + DAY_MS - 1));
    let second = sweep(&[photo], &[noted], &at(2, MORNING_MS + DAY_MS));
    assert_eq!(second, Sweep { unnamed: vec![], gone: vec![photo] });
    let back = sweep(&[photo], &[noted], &at(3, MORNING_MS - 1));
    assert_eq!(back.unnamed[0].ms, MORNING_MS - 1, "a clock that was set back begins anew");
    let named = sweep(&[], &[noted], &at(2, MORNING_MS + DAY_MS));
    assert_eq!(named, Sweep::default(), "what has a name again is forgotten by the list");
}
