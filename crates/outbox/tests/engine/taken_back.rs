use model::{contact::ContactConsent, hex::Digest, sealed::Sealed};
use outbox::{
    Delivery, Row, RowKey, Rules, Why,
    contact::{self, ToCall},
    exchange::Answer,
    seal,
};

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
    let own = number_for(&mut phone, key);
    let row = &phone.rows[&own];
    assert!(own > key, "rows go in the order of their ids");
    assert_eq!((row.dseq, row.of, row.secret), (2, Some(key.id), None));
    Sealed::parse(&row.sealed).expect("the endpoint reads it");
    phone.pass(Why::Sealed, |request| {
        if call(request) == "items" {
            let at = |id: &str| json(request).find(&format!("\\\"id\\\":\\\"{id}"));
            assert!(at(&key.id.to_string()) < at(&own.id.to_string()));
        }
        endpoint.answer(request)
    });
    assert!(phone.is_delivered(key) && phone.is_delivered(own));
}

/// A report was undone and its phone number, sealed beside it, still went out: to a number without
/// a report.
#[test]
fn what_was_sealed_about_a_report_is_taken_back_with_it() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let contact = number_for(&mut phone, key);
    take_back(&mut phone, key);
    assert_eq!(phone.rows.len(), 2, "no byte had left: nobody has to be told");
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key) && phone.is_delivered(contact));
    assert!(!endpoint.items.values().any(|text| text.contains("6878")));
}

#[test]
fn a_report_of_which_one_revision_may_have_left_is_withdrawn_whole() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    let (now, first) = (phone.clocks(), phone.rows[&key].clone());
    let what = phone.written("栏杆断了", 0);
    let second = seal::edit(&mut phone.record, &now, &first, what, Rules::default());
    let second_key = second.key;
    phone.rows.insert(second_key, second);
    let contact = number_for(&mut phone, key);
    take_back(&mut phone, key);
    assert_eq!(phone.rows.len(), 4, "the withdrawal is an item of its own");
    assert!([key, second_key, contact].iter().all(|key| phone.rows[key].withdrawn));
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(phone.rows.values().all(|row| row.delivery == Delivery::Delivered));
    assert!(!endpoint.items.values().any(|text| text.contains("栏杆断了")));
    assert!(!endpoint.items.values().any(|text| text.contains("6878")));
    let again = phone.rows.values().filter(|row| row.kind == "report").cloned().collect();
    let now = phone.clocks();
    assert!(seal::take_back(&mut phone.record, &now, again, Rules::default()).is_none());
}

/// As the database does it: every row of the report, in one transaction.
fn take_back(phone: &mut Phone, key: RowKey) {
    let now = phone.clocks();
    let of_it = |row: &&Row| row.key.id == key.id || row.of == Some(key.id);
    let rows = phone.rows.values().filter(of_it).cloned().collect();
    let back = seal::take_back(&mut phone.record, &now, rows, Rules::default()).unwrap();
    let rows = back.rows.into_iter().chain(back.withdrawal);
    phone.rows.extend(rows.map(|row| (row.key, row)));
}

#[test]
fn a_number_that_has_not_left_is_taken_back_alone_and_its_report_goes_on() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let own = number_for(&mut phone, key);
    assert!(take_back_number(&mut phone, own));
    assert!(!take_back_number(&mut phone, own), "it is done already");
    assert_eq!(phone.rows.len(), 2, "no byte had left: nobody has to be told");
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(phone.is_delivered(key) && phone.is_delivered(own));
    assert!(endpoint.items.values().any(|text| text.contains("楼道灯不亮")));
    assert!(!endpoint.items.values().any(|text| text.contains("6878")));
}

#[test]
fn a_number_that_may_have_left_is_withdrawn_by_an_item_that_names_it_and_not_its_report() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let own = number_for(&mut phone, key);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(take_back_number(&mut phone, own));
    assert!(phone.rows[&own].withdrawn && !phone.rows[&key].withdrawn);
    let told = phone.rows.values().find(|row| row.kind == "withdraw").expect("a withdrawal");
    assert_eq!((told.of, told.dseq), (Some(own.id), 3));
    let sealed = Sealed::parse(&told.sealed).expect("the endpoint reads it");
    assert_eq!(sealed.body.get(), format!("{{\"of\":\"{}\"}}", own.id));
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert!(phone.rows.values().all(|row| row.delivery == Delivery::Delivered));
}

#[test]
fn a_number_that_an_edit_leaves_alone_is_not_sealed_twice_and_another_takes_its_place() {
    let mut phone = Phone::new();
    let key = phone.seal(0);
    let own = number_for(&mut phone, key);
    let said = |phone: &Phone| contact::said(&phone.rows[&own]).expect("its words are here");
    let (number, consent) = (said(&phone).phone, said(&phone).consent);
    let same = ToCall { phone: number, consent, shown: "****0000".to_owned() };
    say(&mut phone, key, Some(&same));
    assert_eq!(standing(&phone), [own], "the same number, agreed to at the same moment");

    let other = ToCall { phone: "138 0000 0000".to_owned(), ..same.clone() };
    say(&mut phone, key, Some(&other));
    let [new] = standing(&phone)[..] else { panic!("one number stands") };
    assert_ne!(new, own);
    assert_eq!(phone.rows[&own].kind, "withdraw", "undone: no byte of it had left");

    phone.rows.get_mut(&new).unwrap().tried = true;
    say(&mut phone, key, None);
    assert_eq!(standing(&phone), []);
    assert!(phone.rows.values().any(|row| row.of == Some(new.id)), "a withdrawal names it");
    let rows = phone.rows.len();
    say(&mut phone, key, None);
    assert_eq!(phone.rows.len(), rows, "a second time changes nothing");
}

#[test]
fn a_number_that_was_refused_is_sealed_anew_and_asks_no_more() {
    let mut phone = Phone::new();
    let key = phone.seal(0);
    let own = number_for(&mut phone, key);
    let said = contact::said(&phone.rows[&own]).unwrap();
    let row = phone.rows.get_mut(&own).unwrap();
    row.tried = true;
    row.delivery = Delivery::NeedsYou(outbox::row::Refusal {
        why: outbox::row::RefusalWhy::Rejected(model::wire::Reason::Malformed),
        field: "/sealed/body/phone".to_owned(),
        limit: None,
    });
    let (shown, consent) = (String::new(), said.consent);
    say(&mut phone, key, Some(&ToCall { phone: said.phone, consent, shown }));
    assert!(!phone.rows[&own].needs_you(), "it is taken back");
    assert!(standing(&phone).iter().all(|key| *key != own) && standing(&phone).len() == 1);
}

#[test]
fn a_number_whose_words_have_left_the_phone_gives_way_only_to_another_one() {
    let mut phone = Phone::new();
    let key = phone.seal(0);
    let own = number_for(&mut phone, key);
    outbox::tidy::shrink(phone.rows.get_mut(&own).unwrap());
    assert_eq!(phone.rows[&own].label.words, "****0000", "a list still says that it was given");
    say(&mut phone, key, None);
    assert_eq!(standing(&phone), [own]);
    let consent = consented(&mut phone);
    let other = ToCall { phone: "138 0000 0000".to_owned(), consent, shown: String::new() };
    say(&mut phone, key, Some(&other));
    assert!(standing(&phone).iter().all(|key| *key != own));
}

/// What a person says of the number while they edit the report, as the database does it.
fn say(phone: &mut Phone, report: RowKey, wanted: Option<&ToCall>) {
    let (now, rows) = (phone.clocks(), phone.rows.values().cloned().collect::<Vec<_>>());
    let rules = Rules::default();
    let beside = contact::beside(&mut phone.record, &now, report.id, wanted, &rows, rules);
    let rows = beside.new.into_iter().chain(beside.changed);
    phone.rows.extend(rows.map(|row: Row| (row.key, row)));
}

/// The numbers that stand.
fn standing(phone: &Phone) -> Vec<RowKey> {
    phone.rows.values().filter(|row| contact::stands(row)).map(|row| row.key).collect()
}

/// Takes a number back alone. False: there is nothing to take back.
fn take_back_number(phone: &mut Phone, key: RowKey) -> bool {
    let (now, row) = (phone.clocks(), phone.rows[&key].clone());
    let back = seal::take_back_alone(&mut phone.record, &now, row, Rules::default());
    let taken = back.is_some();
    let rows = back.into_iter().flat_map(|back| back.rows.into_iter().chain(back.withdrawal));
    phone.rows.extend(rows.map(|row| (row.key, row)));
    taken
}

fn consented(phone: &mut Phone) -> ContactConsent {
    ContactConsent {
        version: "1".to_owned(),
        text_sha256: Digest::of("可以打给我".as_bytes()),
        at: phone.clocks().stamp(),
    }
}

/// Seals a phone number for a report.
fn number_for(phone: &mut Phone, report: RowKey) -> RowKey {
    let consent = consented(phone);
    let (phone_number, shown) = ("023 6878 0000".to_owned(), "****0000".to_owned());
    say(phone, report, Some(&ToCall { phone: phone_number, consent, shown }));
    let [key] = standing(phone)[..] else { panic!("one number stands") };
    key
}
