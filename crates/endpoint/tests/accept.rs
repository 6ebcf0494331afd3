//! The accept function and its transaction, without threads or sockets.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use endpoint::{
    Rules,
    core::{Core, Enrolment, Job, JobAnswer},
    schema::Synchronous,
    taxonomy::Leaves,
};
use model::{
    JURISDICTION,
    hex::Digest,
    receipt::{Keyring, Receipt, Trust},
    spoken::CaseNo,
    stamp::Stamp,
    wire::{HeldReason, ItemOutcome, ItemResult, Note, Proof, Reason},
};
use proptest::prelude::*;
use rusqlite::params;
use serde_json::{Value, json};
use support::{Phone, golden, golden_identity, items, photo_line, report, stamp, text};

const NOW: Stamp = Stamp { unix_ms: 1_795_392_941_482, zone: None };

fn core_with(rules: Rules) -> Core {
    let mut core = Core::in_memory(golden_identity(), rules).unwrap();
    for nth in 1..=3 {
        let phone = Phone::new(nth);
        core.enrol(NOW, phone.device, phone.token.digest()).unwrap();
    }
    core
}

fn core() -> Core {
    core_with(Rules::default())
}

fn send_at(core: &mut Core, now: Stamp, phone: &Phone, body: String) -> Vec<ItemResult> {
    let mut results = Vec::new();
    core.commit_group(now, vec![Job::Items { caller: phone.device, body }], &mut |_, answer| {
        let JobAnswer::Items(Ok(answer)) = answer else { panic!("{answer:?}") };
        results = answer.results;
    })
    .unwrap();
    results
}

fn send(core: &mut Core, phone: &Phone, sealed: &[Value]) -> Vec<ItemResult> {
    send_at(core, NOW, phone, items(sealed))
}

fn one(core: &mut Core, phone: &Phone, sealed: &Value) -> ItemOutcome {
    send(core, phone, std::slice::from_ref(sealed)).remove(0).outcome
}

fn stored(outcome: ItemOutcome) -> Proof {
    let ItemOutcome::Stored(proof) = outcome else { panic!("{outcome:?}") };
    proof
}

fn receipt(proof: &Proof) -> Receipt {
    serde_json::from_str(&proof.receipt).unwrap()
}

fn count(core: &Core, sql: &str) -> u64 {
    core.connection().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_same_report_twice_is_one_row_and_one_receipt() {
    let (mut core, phone) = (core(), Phone::new(1));
    let sealed = phone.seal(report(1), 1, 1);
    let first = stored(one(&mut core, &phone, &sealed));
    assert_eq!(one(&mut core, &phone, &sealed), ItemOutcome::Duplicate(first.clone()));
    let later = Stamp::utc(NOW.unix_ms + 86_400_000);
    let again = send_at(&mut core, later, &phone, items(&[sealed.clone(), sealed])).remove(1);
    assert_eq!(again.outcome, ItemOutcome::Duplicate(first));
    assert_eq!(count(&core, "SELECT count(*) FROM item"), 1);
}

#[test]
fn the_receipt_verifies_under_the_published_key() {
    let (mut core, phone) = (core(), Phone::new(1));
    let proof = stored(one(&mut core, &phone, &phone.seal(report(1), 1, 1)));
    let Trust::Known(keys) = Keyring::default().judge(&core.identity().keys) else {
        panic!("the chain of keys does not hold")
    };
    let receipt = keys.verify(&proof.receipt, &proof.signature).unwrap();
    assert_eq!((receipt.seq, receipt.at, receipt.epoch), (1, NOW, core.identity().epoch));
}

#[test]
fn other_bytes_under_the_same_key_clash_and_the_first_stay() {
    let (mut core, phone) = (core(), Phone::new(1));
    let sealed = phone.seal(report(1), 1, 1);
    one(&mut core, &phone, &sealed);
    let mut other = sealed.clone();
    other["body"]["words"] = "别的话".into();
    assert_eq!(one(&mut core, &phone, &other), ItemOutcome::Clash);
    let kept: String =
        core.connection().query_row("SELECT sealed FROM item", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, sealed.to_string());
}

/// A revision that names this secret, or none.
fn revision(phone: &Phone, rev: u32, secret: Option<&str>) -> Value {
    let mut sealed = phone.seal(report(1), rev, rev.into());
    if let Some(secret) = secret {
        sealed["secret_sha256"] = json!(Digest::of(secret.as_bytes()));
    }
    sealed
}

// A receipt shown to a neighbour and the published table of contributions name the id of an item.
// Whoever has read it there must not be able to say something else in the name of its owner.
#[test]
fn a_stranger_cannot_add_a_revision_to_what_somebody_else_has_sent() {
    let (mut core, owner, stranger) = (core(), Phone::new(1), Phone::new(2));
    let first = stored(one(&mut core, &owner, &revision(&owner, 1, Some("mine"))));
    let fault = fault_log::injected("A7", "a stranger sent a later revision of a known id");
    for rev in [2, 7, u32::MAX] {
        let theirs = revision(&stranger, rev, Some("theirs"));
        let ItemOutcome::Rejected(fault) = one(&mut core, &stranger, &theirs) else { panic!() };
        assert_eq!((fault.reason, &*fault.field), (Reason::Malformed, "/sealed/secret_sha256"));
        let mut withdrawn = revision(&stranger, rev, None);
        withdrawn["kind"] = "withdraw".into();
        withdrawn["body"] = json!({});
        for theirs in [withdrawn, revision(&stranger, rev, None)] {
            let outcome = one(&mut core, &stranger, &theirs);
            assert!(matches!(outcome, ItemOutcome::Later { .. }), "{outcome:?}");
        }
    }
    assert_eq!(count(&core, "SELECT count(*) FROM item"), 1, "nothing of it was stored");
    let second = stored(one(&mut core, &owner, &revision(&owner, 2, Some("mine"))));
    assert_eq!(receipt(&second).case_no, receipt(&first).case_no);
    assert_eq!(one(&mut core, &owner, &revision(&owner, 2, None)), ItemOutcome::Clash);
    fault.observed("rejected by the field; the owner's next revision was taken");
}

#[test]
fn an_item_whose_first_revision_was_undone_is_guarded_by_the_secret_of_a_later_one() {
    let (mut core, owner, stranger) = (core(), Phone::new(1), Phone::new(2));
    let mut undone = revision(&owner, 1, None);
    undone["kind"] = "withdraw".into();
    undone["body"] = json!({});
    stored(one(&mut core, &owner, &undone));
    // The owner's storage was cloned, so the phone is another device by now.
    let later = Phone::new(3);
    stored(one(&mut core, &later, &revision(&later, 2, Some("mine"))));
    let theirs = one(&mut core, &stranger, &revision(&stranger, 3, Some("theirs")));
    assert!(matches!(theirs, ItemOutcome::Rejected(_)), "{theirs:?}");
    stored(one(&mut core, &owner, &revision(&owner, 3, Some("mine"))));
}

// A neighbour brought the rescue file first. The report of the phone that had sealed it was to be checked
// for ever, on its own screen too.
#[test]
fn what_another_device_brought_is_held_until_the_one_that_sealed_it_says_the_same() {
    let (mut core, owner, other) = (core(), Phone::new(1), Phone::new(2));
    let sealed = revision(&owner, 1, Some("mine"));
    let held = |core: &Core| count(core, "SELECT count(*) FROM item WHERE held IS NOT NULL");
    assert!(matches!(one(&mut core, &other, &sealed), ItemOutcome::Held { .. }));
    assert!(matches!(one(&mut core, &other, &sealed), ItemOutcome::Duplicate(_)));
    assert_eq!(held(&core), 1);
    assert!(matches!(one(&mut core, &owner, &sealed), ItemOutcome::Duplicate(_)));
    assert_eq!(held(&core), 0);
    // What nobody here understands yet is held whoever says it.
    let mut unknown = owner.seal(report(2), 1, 2);
    unknown["kind"] = "poem".into();
    assert!(matches!(one(&mut core, &owner, &unknown), ItemOutcome::Held { .. }));
    assert!(matches!(one(&mut core, &owner, &unknown), ItemOutcome::Duplicate(_)));
    assert_eq!(held(&core), 1);
}

// A telephone number names no secret. Whoever had seen its id could put another number in its place.
#[test]
fn an_item_without_a_secret_is_revised_by_the_hand_that_it_came_from_and_by_no_other() {
    let (mut core, owner, stranger) = (core(), Phone::new(1), Phone::new(2));
    stored(one(&mut core, &owner, &revision(&owner, 1, None)));
    for secret in [None, Some("theirs")] {
        let theirs = one(&mut core, &stranger, &revision(&stranger, 2, secret));
        assert!(matches!(theirs, ItemOutcome::Later { .. }), "{theirs:?}");
    }
    stored(one(&mut core, &owner, &revision(&owner, 2, None)));
    // A rescue file of the owner's phone, in whosever hand.
    let brought = one(&mut core, &stranger, &revision(&owner, 3, None));
    assert!(matches!(brought, ItemOutcome::Held { .. }), "{brought:?}");
}

#[test]
fn an_owner_is_known_by_the_secret_whatever_device_the_phone_has_become() {
    let (mut core, before, after) = (core(), Phone::new(1), Phone::new(2));
    stored(one(&mut core, &before, &revision(&before, 2, Some("mine"))));
    stored(one(&mut core, &after, &revision(&after, 3, Some("mine"))));
    stored(one(&mut core, &before, &revision(&before, 1, Some("mine"))));
}

// A phone is lost, and another one reads its rescue file in. No file holds a secret, so what is changed
// there names none; its person wrote the report all the same.
#[test]
fn a_phone_that_brought_a_report_may_change_it_without_its_secret_once_it_has_sent_it() {
    let (mut core, lost, next) = (core(), Phone::new(1), Phone::new(2));
    let first = revision(&lost, 1, Some("mine"));
    stored(one(&mut core, &lost, &first));
    let changed = revision(&next, 2, None);
    let early = one(&mut core, &next, &changed);
    assert!(matches!(early, ItemOutcome::Later { .. }), "{early:?}");
    assert!(matches!(one(&mut core, &next, &first), ItemOutcome::Duplicate(_)));
    stored(one(&mut core, &next, &changed));
    stored(one(&mut core, &next, &revision(&next, 3, None)));
    // What was undone before it left goes under the device that had sealed it.
    let undone = revision(&lost, 4, None);
    assert!(matches!(one(&mut core, &next, &undone), ItemOutcome::Held { .. }));
}

#[test]
fn without_the_unique_key_the_same_report_is_stored_twice() {
    let mut core = core_with(Rules { unique_key: false, ..Rules::default() });
    let phone = Phone::new(1);
    let sealed = phone.seal(report(1), 1, 1);
    stored(one(&mut core, &phone, &sealed));
    stored(one(&mut core, &phone, &sealed));
    assert_eq!(count(&core, "SELECT count(*) FROM item"), 2, "so the rule is what prevents it");
}

fn answers_of_a_commit_that_fails(rules: Rules) -> usize {
    let (mut core, phone) = (core_with(rules), Phone::new(1));
    let fail = Arc::new(AtomicBool::new(true));
    let hook = Arc::clone(&fail);
    core.connection_mut().commit_hook(Some(move || hook.load(Ordering::Relaxed))).unwrap();
    let body = items(&[phone.seal(report(1), 1, 1)]);
    let jobs = vec![Job::Items { caller: phone.device, body }];
    let mut answers = 0;
    core.commit_group(NOW, jobs, &mut |_, _| answers += 1).unwrap_err();
    assert_eq!(count(&core, "SELECT count(*) FROM item"), 0);
    fail.store(false, Ordering::Relaxed);
    let proof = stored(one(&mut core, &phone, &phone.seal(report(1), 1, 1)));
    assert_eq!(receipt(&proof).seq, 1, "a place in the feed is not lost by a failed commit");
    answers
}

#[test]
fn a_commit_that_fails_answers_nobody() {
    assert_eq!(answers_of_a_commit_that_fails(Rules::default()), 0);
}

#[test]
fn answering_before_the_commit_would_promise_what_is_not_stored() {
    let rules = Rules { commit_before_answer: false, ..Rules::default() };
    assert_eq!(answers_of_a_commit_that_fails(rules), 1, "so the rule is what prevents it");
}

#[test]
fn a_full_disk_is_told_apart_and_later_works() {
    let (mut core, phone) = (core(), Phone::new(1));
    let pages = |core: &Core, most: u32| {
        core.connection().pragma_update(None, "max_page_count", most).unwrap();
    };
    pages(&core, 1);
    let mut long = phone.seal(report(1), 1, 1);
    long["body"]["filler"] = "x".repeat(20_000).into();
    let jobs = vec![Job::Items { caller: phone.device, body: items(&[long.clone()]) }];
    let failed = core.commit_group(NOW, jobs, &mut |_, answer| panic!("{answer:?}")).unwrap_err();
    assert!(failed.is_disk_full(), "{failed}");
    pages(&core, 100_000);
    stored(one(&mut core, &phone, &long));
}

#[test]
fn what_is_wrong_with_one_item_never_reaches_its_neighbours() {
    let (mut core, phone) = (core(), Phone::new(1));
    let mut huge = phone.seal(report(2), 1, 2);
    huge["body"]["filler"] = "x".repeat(33 * 1024).into();
    let mut missing = phone.seal(report(3), 1, 3);
    missing.as_object_mut().unwrap().remove("device");
    let good = [phone.seal(report(1), 1, 1), phone.seal(report(4), 1, 4)];
    let mut wrong_digest = support::item(&good[0]);
    wrong_digest["sha256"] = json!(Digest::of(b"other"));
    let body = json!({"items": [
        support::item(&good[0]), support::item(&huge), support::item(&missing), wrong_digest,
        17, support::item(&good[1]),
    ]});
    let results = send_at(&mut core, NOW, &phone, body.to_string());
    let rejected: Vec<_> = results
        .iter()
        .filter_map(|result| match &result.outcome {
            ItemOutcome::Rejected(fault) => Some((result.id, fault.reason, fault.field.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(
        rejected,
        [
            (Some(report(2)), Reason::TooLarge, "/sealed"),
            (Some(report(3)), Reason::Malformed, "/sealed/device"),
            (None, Reason::Digest, "/sha256"),
            (None, Reason::Malformed, ""),
        ]
    );
    assert_eq!(receipt(&stored(results[0].outcome.clone())).seq, 1);
    assert_eq!(receipt(&stored(results[5].outcome.clone())).seq, 2);
    assert_eq!(count(&core, "SELECT count(*) FROM item"), 2);
}

#[test]
fn a_request_that_cannot_be_read_touches_no_item() {
    let (mut core, phone) = (core(), Phone::new(1));
    let fifty_one: Vec<_> = (1..=51).map(|n| phone.seal(report(n), 1, n.into())).collect();
    for (body, field) in [("{", ""), ("{}", "/items"), (r#"{"items":[]}"#, "/items")] {
        assert_eq!(fault(&mut core, &phone, body.into()), field);
    }
    assert_eq!(fault(&mut core, &phone, items(&fifty_one)), "/items");
    assert_eq!(count(&core, "SELECT count(*) FROM item"), 0);
}

fn fault(core: &mut Core, phone: &Phone, body: String) -> String {
    let mut field = String::new();
    core.commit_group(NOW, vec![Job::Items { caller: phone.device, body }], &mut |_, answer| {
        let JobAnswer::Items(Err(fault)) = answer else { panic!("{answer:?}") };
        field = fault.field;
    })
    .unwrap();
    field
}

#[test]
fn a_photo_is_asked_for_until_it_is_held() {
    let (mut core, phone) = (core(), Phone::new(1));
    let (a, b) = (b"photo a".as_slice(), b"photo b".as_slice());
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["blobs"] = json!([photo_line(b), photo_line(a), photo_line(b)]);
    let need = stored(one(&mut core, &phone, &sealed)).need;
    assert_eq!(need, [Digest::of(b), Digest::of(a)], "in the manifest's order, each once");

    assert_eq!(core.awaited(phone.device, Digest::of(b)).unwrap(), Some(7));
    assert_eq!(core.awaited(Phone::new(2).device, Digest::of(b)).unwrap(), None);
    let mut new = Vec::new();
    let job = Job::Blob { sha256: Digest::of(b), len: 7 };
    core.commit_group(NOW, vec![job.clone(), job], &mut |_, answer| new.push(answer)).unwrap();
    assert_eq!(new, [JobAnswer::Blob { new: true }, JobAnswer::Blob { new: false }]);
    let ItemOutcome::Duplicate(proof) = one(&mut core, &phone, &sealed) else { panic!() };
    assert_eq!(proof.need, [Digest::of(a)]);

    core.connection().execute("DELETE FROM blob", []).unwrap();
    let ItemOutcome::Duplicate(proof) = one(&mut core, &phone, &sealed) else { panic!() };
    assert_eq!(proof.need, need, "what is lost is asked for again");
}

#[test]
fn a_device_is_known_by_its_token_and_by_no_other() {
    let mut core = Core::in_memory(golden_identity(), Rules::default()).unwrap();
    let (one, two) = (Phone::new(1), Phone::new(2));
    let mut enrol =
        |phone: &Phone, token: &Phone| core.enrol(NOW, phone.device, token.token.digest()).unwrap();
    assert_eq!(enrol(&one, &one), Enrolment::New);
    assert_eq!(enrol(&one, &one), Enrolment::Same);
    assert_eq!(enrol(&one, &two), Enrolment::Taken);
    assert_eq!(enrol(&two, &one), Enrolment::Taken);
    assert_eq!(core.caller(&one.token).unwrap(), Some(one.device));
    assert_eq!(core.caller(&two.token).unwrap(), None);
}

#[test]
fn what_another_phone_rescued_is_stored_and_held() {
    let (mut core, lost, helper) = (core(), Phone::new(1), Phone::new(2));
    let mut sealed = lost.seal(report(1), 1, 1);
    sealed["blobs"] = json!([photo_line(b"photo")]);
    let outcome = one(&mut core, &helper, &sealed);
    let ItemOutcome::Held { reason: HeldReason::OtherDevice, proof } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(proof.need, [Digest::of(b"photo")]);
    assert_eq!(proof.note, None);
    assert_eq!(core.awaited(helper.device, Digest::of(b"photo")).unwrap(), Some(5));
    assert_eq!(core.awaited(lost.device, Digest::of(b"photo")).unwrap(), None);
    one(&mut core, &lost, &sealed);
    assert_eq!(core.awaited(lost.device, Digest::of(b"photo")).unwrap(), Some(5));
}

#[test]
fn a_number_used_twice_is_told_and_never_refused() {
    let (mut core, phone) = (core(), Phone::new(1));
    assert_eq!(stored(one(&mut core, &phone, &phone.seal(report(1), 1, 7))).note, None);
    let second = phone.seal(report(2), 1, 7);
    assert_eq!(stored(one(&mut core, &phone, &second)).note, Some(Note::DseqTaken));
    let ItemOutcome::Duplicate(proof) = one(&mut core, &phone, &second) else { panic!() };
    assert_eq!(proof.note, Some(Note::DseqTaken), "a lost answer must not hide it");
}

#[test]
fn a_kind_from_the_future_is_held_and_receipted() {
    let (mut core, phone) = (core(), Phone::new(1));
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["kind"] = "from_the_future".into();
    let ItemOutcome::Held { reason: HeldReason::UnknownKind, proof } =
        one(&mut core, &phone, &sealed)
    else {
        panic!()
    };
    assert_eq!(receipt(&proof).case_no, None);
    let mut schema_2 = phone.seal(report(2), 1, 2);
    schema_2["schema"] = 2.into();
    let ItemOutcome::Held { proof, .. } = one(&mut core, &phone, &schema_2) else { panic!() };
    assert!(receipt(&proof).case_no.is_some(), "it opens a case all the same");
}

#[test]
fn a_case_keeps_its_number_over_revisions_and_takes_the_next_if_it_is_taken() {
    let (mut core, phone) = (core(), Phone::new(1));
    let candidate = |nth| CaseNo::candidate(JURISDICTION, report(1), nth);
    core.connection()
        .execute(
            "INSERT INTO case_number VALUES (?1, ?2, 'somebody else')",
            params![JURISDICTION, candidate(0).as_str()],
        )
        .unwrap();
    let later = stored(one(&mut core, &phone, &phone.seal(report(1), 2, 2)));
    assert_eq!(receipt(&later).case_no, Some(candidate(1)));
    let earlier = stored(one(&mut core, &phone, &phone.seal(report(1), 1, 1)));
    assert_eq!(receipt(&earlier).case_no, Some(candidate(1)));
    let mut withdraw = phone.seal(report(1), 3, 3);
    withdraw["kind"] = "withdraw".into();
    withdraw["body"] = json!({});
    assert_eq!(receipt(&stored(one(&mut core, &phone, &withdraw))).case_no, None);
}

// The machine's battery is empty, or somebody sets its clock by hand: it says 1970, then 2050.
// Phones must not see an older receipt after a newer one, and no report may be refused for it.
#[test]
fn the_time_of_a_receipt_never_goes_back() {
    const YEAR_MS: i64 = 365 * 86_400_000;
    let (mut core, phone) = (core(), Phone::new(1));
    let fault =
        fault_log::injected("S22", "the clock jumped an hour back, to 1970, years ahead, back");
    let clocks = [
        (NOW.unix_ms, NOW.unix_ms),
        (NOW.unix_ms - 3_600_000, NOW.unix_ms),
        (0, NOW.unix_ms),
        (NOW.unix_ms + 20 * YEAR_MS, NOW.unix_ms + 20 * YEAR_MS),
        (NOW.unix_ms + 1, NOW.unix_ms + 20 * YEAR_MS),
    ];
    for ((clock, expected), nth) in clocks.into_iter().zip(1_u16..) {
        let body = items(&[phone.seal(report(nth), 1, nth.into())]);
        let result = send_at(&mut core, Stamp::utc(clock), &phone, body).remove(0);
        let receipt = receipt(&stored(result.outcome));
        assert_eq!((receipt.at.unix_ms, receipt.seq), (expected, nth.into()));
    }
    fault.observed("each got the next number, and no time before that of the one before it");
}

// A phone edits a report offline, and the network delivers the edit days before the first words.
// Both must be kept, each once, and the late one must not take the place of the newer.
#[test]
fn revisions_that_come_late_twice_and_in_another_order_are_each_kept_once() {
    let (mut core, phone) = (core(), Phone::new(1));
    let revision = |rev: u32| {
        let mut sealed = phone.seal(report(1), rev, rev.into());
        sealed["body"]["words"] = format!("words {rev}").into();
        sealed
    };
    let fault =
        fault_log::injected("N4", "revisions came as 3, 1, 3, 2, 1, days apart, some twice");
    let (mut receipts, mut cases) = (Vec::new(), Vec::new());
    for (rev, day) in [3, 1, 3, 2, 1].into_iter().zip(0..) {
        let now = Stamp::utc(NOW.unix_ms + day * 86_400_000);
        let outcome = send_at(&mut core, now, &phone, items(&[revision(rev)])).remove(0).outcome;
        let (ItemOutcome::Stored(proof) | ItemOutcome::Duplicate(proof)) = outcome else {
            panic!("{outcome:?}")
        };
        cases.push(receipt(&proof).case_no);
        receipts.push(proof.receipt);
    }
    assert_eq!((&receipts[0], &receipts[1]), (&receipts[2], &receipts[4]), "the same texts again");
    cases.dedup();
    assert_eq!(cases.len(), 1, "one case");
    let newest = "SELECT sealed FROM item ORDER BY rev DESC LIMIT 1";
    let newest: String = core.connection().query_row(newest, [], |row| row.get(0)).unwrap();
    assert_eq!(newest, revision(3).to_string());
    assert_eq!(count(&core, "SELECT count(*) FROM item"), 3);
    fault.observed(
        "three rows, each once, one case; the highest revision is still the newest words",
    );
}

#[test]
fn an_unknown_leaf_of_the_taxonomy_is_stored_and_marked() {
    let (mut core, phone) = (core(), Phone::new(1));
    core.know_leaves(Leaves::only(HashSet::from(["road.steps_rail".to_owned()])));
    for (nth, issue) in
        [json!("road.steps_rail"), json!("road.flying"), Value::Null].iter().enumerate()
    {
        let nth = u16::try_from(nth).unwrap() + 1;
        let mut sealed = phone.seal(report(nth), 1, nth.into());
        sealed["body"]["issue"] = issue.clone();
        stored(one(&mut core, &phone, &sealed));
    }
    let marked = "SELECT group_concat(issue) FROM item WHERE issue_unknown";
    let marked: String = core.connection().query_row(marked, [], |row| row.get(0)).unwrap();
    assert_eq!(marked, "road.flying");
}

#[test]
fn a_phones_wrong_clock_is_corrected_by_how_long_ago_it_sealed() {
    let (mut core, phone) = (core(), Phone::new(1));
    let (boot, other_boot) = ("0a".repeat(16), "0b".repeat(16));
    let mut sealed = phone.seal(report(1), 1, 1);
    sealed["sealed_at"] = "2016-01-01T00:00:00.000+08:00".into();
    sealed["mono_ms"] = 1_000.into();
    sealed["boot"] = boot.clone().into();
    let mut restarted = sealed.clone();
    restarted["id"] = json!(report(2));
    restarted["boot"] = other_boot.into();
    let sent = json!({"at": "2016-01-01T00:10:00.000+08:00", "mono_ms": 601_000, "boot": boot});
    let body = json!({"sent": sent, "items": [support::item(&sealed), support::item(&restarted)]});
    send_at(&mut core, NOW, &phone, body.to_string());
    let corrected = |nth| -> Option<i64> {
        let sql = "SELECT corrected_at FROM item WHERE id = ?1";
        core.connection().query_row(sql, [report(nth).to_string()], |row| row.get(0)).unwrap()
    };
    assert_eq!(corrected(1), Some(NOW.unix_ms - 600_000));
    assert_eq!(corrected(2), None, "another start of the page has another clock");
}

#[test]
fn after_a_restore_a_duplicate_gets_a_receipt_of_the_new_epoch() {
    let golden = golden();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("endpoint.db");
    let open =
        || Core::open(&file, golden_identity(), Rules::default(), Synchronous::Full).unwrap();
    let device = text(&golden["device"]["id"]).parse().unwrap();
    let exchange = golden["exchange"].as_array().unwrap();
    let first = exchange.iter().find(|it| text(&it["name"]).starts_with("items, stored")).unwrap();
    let body = text(&first["request"]["body"]);
    let send = |core: &mut Core| {
        let mut proof = None;
        let jobs = vec![Job::Items { caller: device, body: body.to_owned() }];
        core.commit_group(stamp(text(&golden["clock"]["receipt_1"])), jobs, &mut |_, answer| {
            let JobAnswer::Items(Ok(results)) = answer else { panic!("{answer:?}") };
            let (ItemOutcome::Stored(it) | ItemOutcome::Duplicate(it)) =
                results.results[0].outcome.clone()
            else {
                panic!()
            };
            proof = Some((it.receipt, it.signature.to_string()));
        })
        .unwrap();
        proof.unwrap()
    };
    let vector =
        |value: &Value| (text(&value["receipt"]).to_owned(), text(&value["signature"]).to_owned());
    let mut core = open();
    assert_eq!(send(&mut core), vector(&golden["receipt"]));
    let epoch = text(&golden["after_restore"]["epoch"]).parse().unwrap();
    core.mint_epoch(epoch).unwrap();
    assert_eq!(count(&core, "SELECT count(*) FROM receipt"), 2, "the first one stays");
    drop(core);
    let mut core = open();
    assert_eq!(send(&mut core), vector(&golden["after_restore"]));
    assert_eq!(send(&mut core), vector(&golden["after_restore"]));
}

#[test]
fn a_writer_that_does_not_sync_its_log_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("endpoint.db");
    let fault = fault_log::injected("S3", "the writer was opened with synchronous = NORMAL");
    let refused = Core::open(&file, golden_identity(), Rules::default(), Synchronous::Normal);
    let Err(refusal) = refused else { panic!("it was opened") };
    assert!(refusal.to_string().contains("synchronous = 1"), "{refusal}");
    let core = Core::open(&file, golden_identity(), Rules::default(), Synchronous::Full).unwrap();
    let level: u8 =
        core.connection().pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
    assert_eq!(level, 2);
    fault.observed("refused by name; with FULL the pragma reads back as 2");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    /// Nothing that can be written into a request makes the endpoint stumble.
    #[test]
    fn a_damaged_request_is_refused_or_answered_and_never_breaks_the_writer(
        from in 0.0..1.0_f64, cut in 0_usize..20, insert in "[\\[\\]{}\",:0-9eE.\\\\u+-]{0,8}",
    ) {
        let golden = golden();
        let body = text(&golden["exchange"][3]["request"]["body"]);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss,
            reason = "a share of a short text")]
        let from = body.floor_char_boundary((from * body.len() as f64) as usize);
        let to = body.ceil_char_boundary((from + cut).min(body.len()));
        let damaged = [&body[..from], &insert, &body[to..]].concat();
        let mut core = Core::in_memory(golden_identity(), Rules::default()).unwrap();
        let jobs = vec![Job::Items { caller: Phone::new(1).device, body: damaged.clone() }];
        core.commit_group(NOW, jobs, &mut |_, answer| match answer {
            JobAnswer::Items(Ok(answer)) => {
                let later = |it: &ItemResult| matches!(it.outcome, ItemOutcome::Later { .. });
                assert!(!answer.results.iter().any(later), "{damaged}");
            }
            JobAnswer::Items(Err(_)) => {}
            other => panic!("{other:?}: {damaged}"),
        })
        .unwrap();
    }
}
