use model::{
    base64::Signature,
    hex::Epoch,
    receipt::{Keyring, Receipt, SignedKey, Trust, sign_receipt},
    stamp::Stamp,
    wire::{HeldReason, ItemOutcome, Proof},
};
use outbox::{Delivery, Why, exchange::Answer, row::WaitReason};

use crate::harness::{Endpoint, MORNING_MS, Phone, call, json};

/// Delivers a report, but for what `tamper` does to its proof.
fn with_proof(tamper: impl Fn(&Endpoint, &mut Proof)) -> (Phone, outbox::RowKey) {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.pass(Why::Sealed, |request| {
        if call(request) != "items" {
            return endpoint.answer(request);
        }
        let mut results = endpoint.results(json(request));
        let (ItemOutcome::Stored(proof) | ItemOutcome::Duplicate(proof)) =
            &mut results.results[0].outcome
        else {
            panic!("{results:?}")
        };
        tamper(&endpoint, proof);
        endpoint.done(200, &results)
    });
    (phone, key)
}

/// A receipt of the endpoint's own hand, about something else.
fn signed_anew(endpoint: &Endpoint, proof: &mut Proof, change: impl Fn(&mut Receipt)) {
    let mut receipt: Receipt = serde_json::from_str(&proof.receipt).unwrap();
    change(&mut receipt);
    (proof.receipt, proof.signature) = sign_receipt(&endpoint.key, &receipt);
}

fn counts_not(tamper: impl Fn(&Endpoint, &mut Proof), reason: WaitReason) {
    let (phone, key) = with_proof(tamper);
    assert_eq!(phone.delivery(key), &Delivery::Sealed);
    assert_eq!(phone.waits_for(key), Some(reason));
    assert!(phone.rows[&key].receipts.is_empty());
}

#[test]
fn one_flipped_bit_of_its_text_ends_a_receipt() {
    let (phone, key) = with_proof(|_, _| {});
    assert!(phone.is_delivered(key), "as it is, it counts");
    let len = phone.rows[&key].receipts[0].receipt.len();
    for at in (0..len).step_by(7) {
        let (phone, key) = with_proof(|_, proof| {
            let mut bytes = proof.receipt.clone().into_bytes();
            bytes[at] ^= 1;
            proof.receipt = String::from_utf8(bytes).unwrap();
        });
        assert_eq!(phone.delivery(key), &Delivery::Sealed, "bit of byte {at}");
        assert!(phone.rows[&key].receipts.is_empty());
    }
}

#[test]
fn one_flipped_bit_of_its_signature_ends_a_receipt() {
    for bit in (0..512).step_by(37) {
        counts_not(
            |_, proof| {
                let Signature(mut bytes) = proof.signature;
                bytes[bit / 8] ^= 1 << (bit % 8);
                proof.signature = Signature(bytes);
            },
            WaitReason::NotProven,
        );
    }
}

#[test]
fn a_receipt_about_other_bytes_another_revision_or_another_life_counts_for_nothing() {
    let flipped = |endpoint: &Endpoint, proof: &mut Proof| {
        signed_anew(endpoint, proof, |receipt| receipt.sha256.0[31] ^= 1);
    };
    counts_not(flipped, WaitReason::NotProven);
    let other_rev = |endpoint: &Endpoint, proof: &mut Proof| {
        signed_anew(endpoint, proof, |receipt| receipt.rev += 1);
    };
    counts_not(other_rev, WaitReason::NotProven);
    let other_life = |endpoint: &Endpoint, proof: &mut Proof| {
        signed_anew(endpoint, proof, |receipt| receipt.epoch = Epoch([0; 16]));
    };
    counts_not(other_life, WaitReason::NotProven);
}

#[test]
fn a_receipt_under_a_key_that_is_not_stored_makes_the_row_wait_for_a_person() {
    let other = Endpoint::new(2);
    counts_not(
        |_, proof| {
            let kid = other.hello().keys[0].by;
            signed_anew(&other, proof, |receipt| receipt.kid = kid);
        },
        WaitReason::OtherKeys,
    );
}

#[test]
fn a_row_that_the_endpoint_holds_back_is_delivered_and_marked() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.pass(Why::Sealed, |request| {
        if call(request) != "items" {
            return endpoint.answer(request);
        }
        let mut results = endpoint.results(json(request));
        let ItemOutcome::Stored(proof) = results.results[0].outcome.clone() else { panic!() };
        let reason = HeldReason::UnknownKind;
        results.results[0].outcome = ItemOutcome::Held { reason, proof };
        endpoint.done(200, &results)
    });
    assert!(phone.is_delivered(key));
    assert!(phone.rows[&key].held);
}

#[test]
fn a_photo_that_arrived_says_nothing_until_the_text_is_answered_again() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(1);
    let mut posts = 0;
    phone.pass(Why::Sealed, |request| {
        posts += i32::from(call(request) == "items");
        if posts == 2 { Answer::Unreachable } else { endpoint.answer(request) }
    });
    assert_eq!(phone.asked(), ["hello", "devices", "items", "blobs", "items"]);
    assert_eq!(endpoint.blobs.len(), 1, "the photo is there");
    assert!(matches!(phone.delivery(key), Delivery::Partial { .. }), "and nobody has said so");
    phone.pass(Why::Online, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
}

#[test]
fn nothing_is_sent_to_an_endpoint_with_other_keys_until_a_person_accepts_it() {
    let (mut phone, mut endpoint, mut stranger) =
        (Phone::new(), Endpoint::new(1), Endpoint::new(2));
    let old = phone.seal(0);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let new = phone.seal(1);
    phone.pass(Why::Start, |request| stranger.answer(request));
    assert_eq!(phone.asked(), ["hello"]);
    assert_eq!(phone.delivery(new), &Delivery::Sealed);
    assert_eq!(phone.waits_for(new), Some(WaitReason::OtherKeys));
    assert!(phone.record.stranger.is_some(), "a person can read who it says it is");

    assert!(phone.record.accept_stranger());
    phone.pass(Why::Tap, |request| stranger.answer(request));
    assert!(phone.is_delivered(new));
    for key in [old, new] {
        let kept = &phone.rows[&key].receipts[0];
        assert!(phone.record.keys.verify(&kept.receipt, &kept.signature).is_ok());
    }
}

/// The page stays open while its address comes to lead to another endpoint. That one knows no
/// token, so the first thing it says is 401; enrolling with it would hand it the reports.
#[test]
fn an_endpoint_that_changes_while_the_page_is_open_is_asked_who_it_is_before_it_gets_more() {
    let (mut phone, mut endpoint, mut stranger) =
        (Phone::new(), Endpoint::new(1), Endpoint::new(2));
    phone.seal(0);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let key = phone.seal(0);
    phone.pass(Why::Sealed, |request| stranger.answer(request));
    assert_eq!(phone.asked(), ["items", "hello"]);
    assert_eq!(phone.waits_for(key), Some(WaitReason::OtherKeys));
    assert!(stranger.devices.is_empty() && stranger.items.is_empty());
}

#[test]
fn a_key_that_the_old_one_vouches_for_is_taken_without_asking() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let old = phone.seal(0);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let second = Endpoint::new(2);
    let mut hello = endpoint.hello();
    let public = second.key.verifying_key().to_bytes();
    hello.keys.push(SignedKey::signed_by(&endpoint.key, public, Stamp::utc(MORNING_MS)));
    phone.pass(Why::Start, |_| endpoint.done(200, &hello));
    assert_eq!(phone.record.keys.kids().count(), 2);
    let kept = &phone.rows[&old].receipts[0];
    assert!(phone.record.keys.verify(&kept.receipt, &kept.signature).is_ok());
}

/// Two tabs: a person accepts the new endpoint in one, while in the other a greeting of the old one
/// is still under way. What the person said must not be overwritten by what that tab had loaded.
#[test]
fn keys_accepted_in_another_tab_survive_a_greeting_under_way() {
    let (mut phone, mut endpoint, stranger) = (Phone::new(), Endpoint::new(1), Endpoint::new(2));
    phone.seal(0);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    phone.pass_with(Why::Start, &mut |phone, request| {
        let Trust::Known(theirs) = Keyring::default().judge(&stranger.hello().keys) else {
            panic!()
        };
        phone.record.keys.keep(&theirs);
        endpoint.answer(request)
    });
    assert_eq!(phone.record.keys.kids().count(), 2);
}

#[test]
fn a_list_of_keys_that_does_not_hold_together_is_no_answer() {
    let (mut phone, endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let mut hello = endpoint.hello();
    hello.keys[0].signature = Signature([0; 64]);
    phone.pass(Why::Start, |_| endpoint.done(200, &hello));
    assert_eq!(phone.waits_for(key), Some(WaitReason::NotAnAnswer));
    assert!(phone.record.keys.is_empty());
}

#[test]
fn after_a_restore_the_endpoint_is_greeted_anew_and_both_receipts_are_kept() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(1);
    phone.pass(Why::Sealed, |request| {
        if call(request) == "blobs" { Answer::Unreachable } else { endpoint.answer(request) }
    });
    endpoint.epoch = Epoch([99; 16]);
    phone.pass(Why::Start, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
    let lives: Vec<_> = phone.rows[&key].receipts.iter().map(|it| it.epoch.0[0]).collect();
    assert_eq!(lives, [1, 99]);
}

/// The endpoint is restored between the greeting and the answer.
#[test]
fn an_answer_of_another_life_makes_the_phone_greet_before_it_goes_on() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(1);
    phone.pass(Why::Sealed, |request| {
        let answer = endpoint.answer(request);
        if call(request) == "devices" {
            endpoint.epoch = Epoch([99; 16]);
        }
        answer
    });
    let asked = ["hello", "devices", "items", "hello", "devices", "items", "blobs", "items"];
    assert_eq!(phone.asked(), asked);
    assert!(phone.is_delivered(key));
    assert_eq!(phone.record.met.as_ref().unwrap().epoch, Epoch([99; 16]));
}
