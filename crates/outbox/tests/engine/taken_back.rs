use model::{
    hex::Digest,
    report::{Contact, ContactConsent},
    sealed::Sealed,
};
use outbox::{Delivery, RowKey, Rules, Why, exchange::Answer, seal};

use crate::harness::{Endpoint, Phone, call, json};

/// Undoes a row; panics if its bytes may have left.
fn undo(phone: &mut Phone, key: RowKey) {
    let now = phone.clocks();
    let undone = seal::undo(&now, &phone.rows[&key], Rules::default()).unwrap();
    phone.rows.insert(key, undone);
}

#[test]
fn what_is_undone_before_it_left_is_an_empty_withdrawal_under_the_same_number() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal_words("楼道灯不亮", 2);
    let dseq = phone.rows[&key].dseq;
    undo(&mut phone, key);
    let row = &phone.rows[&key];
    assert!(row.withdrawn && row.blobs.is_empty() && row.label.words.is_empty());
    assert_eq!((row.key, row.dseq, row.kind.as_str()), (key, dseq, "withdraw"));
    let sealed = Sealed::parse(&row.sealed).expect("the endpoint reads it");
    assert_eq!((sealed.body.get(), sealed.secret_sha256), ("{}", None));
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key));
    assert_eq!(phone.asked(), ["hello", "devices", "items"], "its photos stay here");
    assert!(!endpoint.items.values().any(|text| text.contains("楼道灯不亮")));
}

/// A tab had loaded the report and greeted the endpoint when a person undid it in another tab.
/// The mark of the first tab fell on the row's new bytes, and the old ones left this phone.
#[test]
fn a_report_that_is_undone_under_an_engine_never_leaves() {
    let fault = fault_log::injected("C21", "a report was undone between a tab's load and its mark");
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal_words("楼道灯不亮", 1);
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        if call(request) == "devices" {
            undo(phone, key);
        }
        if call(request) == "items" {
            assert!(!json(request).contains("楼道灯不亮"));
            assert!(phone.rows[&key].tried, "the mark is about the bytes that leave");
        }
        endpoint.answer(request)
    });
    assert!(phone.is_delivered(key));
    assert_eq!(phone.rows[&key].kind, "withdraw");
    fault.observed("nothing of that commit took place; only the empty withdrawal was sent");
}

#[test]
fn what_may_have_left_is_withdrawn_by_an_item_of_its_own_and_both_are_delivered() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.pass(Why::Sealed, |request| match call(request) {
        "items" => Answer::Unreachable,
        _ => endpoint.answer(request),
    });
    let now = phone.clocks();
    assert_eq!(seal::undo(&now, &phone.rows[&key], Rules::default()), None);
    let row = phone.rows[&key].clone();
    let withdrawal = seal::withdraw(&mut phone.record, &now, &row);
    let own = withdrawal.key;
    assert_ne!(own.id, key.id);
    assert_eq!((withdrawal.of, withdrawal.dseq), (Some(key.id), row.dseq + 1));
    let sealed = Sealed::parse(&withdrawal.sealed).expect("the endpoint reads it");
    assert_eq!(sealed.body.get(), format!("{{\"of\":\"{}\"}}", key.id));
    phone.rows.insert(own, withdrawal);
    phone.pass(Why::Tap, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key) && phone.is_delivered(own));
}

/// An edit in place overwrote what was on its way: the receipt then named bytes nobody had.
#[test]
fn an_edit_under_way_is_a_revision_beside_the_one_that_is_in_flight() {
    let fault = fault_log::injected("C21", "a report was edited while its text was under way");
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let mut second = None;
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        if call(request) == "items" && second.is_none() {
            let (now, old) = (phone.clocks(), phone.rows[&key].clone());
            let what = phone.written("栏杆断了", 0);
            let new = seal::edit(&mut phone.record, &now, &old, what, Rules::default());
            assert_eq!((new.key.id, new.key.rev, new.secret), (key.id, 2, old.secret));
            second = Some(new.key);
            phone.rows.insert(new.key, new);
        }
        endpoint.answer(request)
    });
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key) && phone.is_delivered(second.unwrap()));
    assert_eq!(endpoint.items.len(), 2);
    fault.observed("both revisions delivered, each with a receipt for its own bytes");
}

#[test]
fn a_later_revision_answers_what_an_earlier_one_asked_for() {
    let mut phone = Phone::new();
    let key = phone.seal(0);
    let row = phone.rows.get_mut(&key).unwrap();
    row.delivery = Delivery::NeedsYou(outbox::row::Refusal {
        why: outbox::row::RefusalWhy::Clash,
        field: "/sealed".to_owned(),
        limit: None,
    });
    assert!(row.needs_you());
    row.replaced = true;
    assert!(!row.needs_you());
}

#[test]
fn a_phone_number_is_an_item_of_its_own_that_goes_after_its_report() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let now = phone.clocks();
    let consent = ContactConsent {
        version: "1".to_owned(),
        text_sha256: Digest::of("可以打给我".as_bytes()),
        at: now.stamp(),
    };
    let said = Contact { of: key.id, phone: "023 6878 0000".to_owned(), consent };
    let row = seal::contact(&mut phone.record, &now, said);
    let (own, text) = (row.key, row.sealed.clone());
    assert!(own > key, "rows go in the order of their ids");
    assert_eq!((row.dseq, row.of, row.secret), (2, Some(key.id), None));
    Sealed::parse(&text).expect("the endpoint reads it");
    phone.rows.insert(own, row);
    phone.pass(Why::Sealed, |request| {
        if call(request) == "items" {
            let at = |id: &str| json(request).find(&format!("\\\"id\\\":\\\"{id}"));
            assert!(at(&key.id.to_string()) < at(&own.id.to_string()));
        }
        endpoint.answer(request)
    });
    assert!(phone.is_delivered(key) && phone.is_delivered(own));
}
