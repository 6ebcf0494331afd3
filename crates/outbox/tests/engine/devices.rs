use model::wire::{ItemOutcome, Note};
use outbox::{
    Delivery, Device, Why,
    engine::Changes,
    exchange::{Answer, Request},
    phone::PhoneChange,
    row::WaitReason,
};

use crate::harness::{Did, Endpoint, Phone, call, json};

fn taken(endpoint: &Endpoint) -> Answer {
    endpoint.refused(409, "device-taken")
}

#[test]
fn the_token_is_on_the_disk_before_the_endpoint_hears_of_it() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    phone.seal(0);
    let device = phone.record.device.clone().unwrap();
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert_eq!(endpoint.devices[&device.id.to_string()], device.token.digest());
}

#[test]
fn a_device_id_that_is_taken_is_replaced_and_what_is_sealed_stays() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let (device, sealed) = (phone.device(), phone.rows[&key].sealed.clone());
    phone.pass(Why::Sealed, |request| {
        let refuses = request.path.ends_with(&device.to_string());
        if refuses { taken(&endpoint) } else { endpoint.answer(request) }
    });
    assert_ne!(phone.device(), device);
    assert_eq!(phone.rows[&key].sealed, sealed);
    assert!(phone.is_delivered(key));
    assert_eq!(endpoint.devices.len(), 1);
}

#[test]
fn an_endpoint_that_takes_no_device_at_all_is_not_asked_for_ever() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    phone.pass(Why::Sealed, |request| {
        if call(request) == "devices" { taken(&endpoint) } else { endpoint.answer(request) }
    });
    assert_eq!(phone.asked(), ["hello", "devices", "devices"]);
    assert_eq!(phone.delivery(key), &Delivery::Sealed);
    assert_eq!(phone.waits_for(key), Some(WaitReason::TokenRefused));
}

/// The simulator found it: both tabs hear 409, both make a new device, one of them is stored. The
/// other tab made its own known to the endpoint all the same, and sent as a device that no phone
/// remembers.
#[test]
fn where_another_tab_was_quicker_with_a_new_device_only_that_one_is_made_known() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let old = phone.device();
    let mut quicker = None;
    phone.pass_with(Why::Sealed, &mut |phone, request| {
        if !request.path.ends_with(&old.to_string()) {
            return endpoint.answer(request);
        }
        let new = Device::new(&phone.clocks(), 7);
        quicker = Some(new.id);
        phone.record.apply(&PhoneChange::Renewed { old, new });
        taken(&endpoint)
    });
    assert_eq!(Some(phone.device()), quicker);
    let known: Vec<_> = endpoint.devices.keys().cloned().collect();
    assert_eq!(known, [phone.device().to_string()]);
    assert!(phone.is_delivered(key));
}

#[test]
fn a_token_that_is_not_known_any_more_is_made_known_again_once_a_pass() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    phone.seal(0);
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    endpoint.devices.clear();
    let (device, key) = (phone.device(), phone.seal(1));
    phone.pass(Why::Sealed, |request| endpoint.answer(request));
    assert_eq!(phone.asked(), ["items", "hello", "devices", "items", "blobs", "items"]);
    assert!(phone.is_delivered(key));
    assert_eq!(phone.device(), device);

    let key = phone.seal(0);
    let refuses = |endpoint: &mut Endpoint, request: &Request| {
        if call(request) == "items" {
            endpoint.refused(401, "token-unknown")
        } else {
            endpoint.answer(request)
        }
    };
    phone.pass(Why::Sealed, |request| refuses(&mut endpoint, request));
    assert_eq!(phone.asked(), ["items", "hello", "devices", "items"]);
    assert_eq!(phone.waits_for(key), Some(WaitReason::TokenRefused));
}

#[test]
fn a_token_refused_at_a_photo_is_made_known_again_and_the_photo_goes_after_it() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(1);
    phone.pass(Why::Sealed, |request| {
        if call(request) == "blobs" && phone_is_known(&endpoint) == 1 {
            endpoint.devices.insert("twice".to_owned(), model::hex::Digest([0; 32]));
            return endpoint.refused(401, "token-unknown");
        }
        endpoint.answer(request)
    });
    let asked = ["hello", "devices", "items", "blobs", "hello", "devices", "blobs", "items"];
    assert_eq!(phone.asked(), asked);
    assert!(phone.is_delivered(key));
}

fn phone_is_known(endpoint: &Endpoint) -> usize {
    endpoint.devices.len()
}

/// Every answer says that the number is taken, as the endpoint does for such a row for ever.
fn noting(endpoint: &mut Endpoint, request: &Request) -> Answer {
    if call(request) != "items" {
        return endpoint.answer(request);
    }
    let mut results = endpoint.results(json(request));
    for result in &mut results.results {
        if let ItemOutcome::Stored(proof) | ItemOutcome::Duplicate(proof) = &mut result.outcome {
            proof.note = Some(Note::DseqTaken);
        }
    }
    endpoint.done(200, &results)
}

#[test]
fn a_number_that_is_taken_makes_a_new_device_for_what_is_sealed_next() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(0);
    let old = phone.device();
    phone.pass(Why::Sealed, |request| noting(&mut endpoint, request));
    assert!(phone.is_delivered(key));
    assert_ne!(phone.device(), old);
    let next = phone.seal(0);
    assert_eq!(phone.rows[&next].dseq, 1);
    assert_eq!(phone.rows[&next].sealed_by(), Some(phone.device()));
}

/// The note comes with every duplicate of such a row. Each time it made another device.
#[test]
fn a_note_about_a_device_that_was_given_up_is_not_heard_again() {
    let (mut phone, mut endpoint) = (Phone::new(), Endpoint::new(1));
    let key = phone.seal(2);
    phone.pass(Why::Sealed, |request| noting(&mut endpoint, request));
    assert!(phone.is_delivered(key));
    let renewals = phone.did.iter().filter(|did| match did {
        Did::Commit(Changes { phone, .. }) => {
            phone.iter().any(|change| matches!(change, PhoneChange::Renewed { .. }))
        }
        _ => false,
    });
    assert_eq!(renewals.count(), 1);
    assert_eq!(endpoint.devices.len(), 2);
}
