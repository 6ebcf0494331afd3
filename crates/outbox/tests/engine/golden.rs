use model::{
    hex::Epoch,
    receipt::{Keyring, NotProven},
    sealed::Sealed,
    stamp::Stamp,
    wire::{ItemOutcome, ItemResults, Proof},
};
use outbox::{
    Delivery, Device, Now, Row, RowKey, Why,
    exchange::{Answer, Reply, Request},
};
use serde_json::Value;

use crate::harness::{Did, Phone, call, json};

fn golden() -> Value {
    serde_json::from_str(include_str!("../../../model/tests/golden/sync-1.json")).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The phone of the golden file: its device, its token, its one sealed row.
fn golden_phone(golden: &Value) -> (Phone, RowKey) {
    let mut phone = Phone::new();
    phone.record.device = Some(Device {
        id: text(&golden["device"]["id"]).parse().unwrap(),
        token: text(&golden["device"]["token"]).parse().unwrap(),
        last_dseq: 57,
        enrolled: false,
    });
    let row = golden_row(golden);
    let key = row.key;
    phone.rows.insert(key, row);
    (phone, key)
}

fn golden_row(golden: &Value) -> Row {
    let sealed = Sealed::parse(text(&golden["item"]["sealed"])).unwrap();
    Row {
        key: RowKey { id: sealed.id, rev: sealed.rev },
        dseq: sealed.dseq,
        kind: sealed.kind.to_string(),
        sealed: text(&golden["item"]["sealed"]).to_owned(),
        sha256: text(&golden["item"]["sha256"]).parse().unwrap(),
        blobs: sealed.blobs,
        secret: text(&golden["secret"]["chars"]).parse().ok(),
        label: outbox::row::Label::default(),
        sealed_ms: sealed.sealed_at.unix_ms,
        brought_ms: None,
        delivery: Delivery::Sealed,
        tried: false,
        waits: None,
        receipts: Vec::new(),
        unchecked: None,
        case_no: None,
        held: false,
        of: None,
        withdrawn: false,
        replaced: false,
    }
}

fn exchange<'a>(golden: &'a Value, name: &str) -> &'a Value {
    let all = golden["exchange"].as_array().unwrap();
    all.iter().find(|it| text(&it["name"]).starts_with(name)).unwrap()
}

fn answer(golden: &Value, name: &str) -> Answer {
    let answer = &exchange(golden, name)["answer"];
    let header = |name: &str| answer["headers"][name].as_str().map(str::to_owned);
    Answer::Reply(Reply {
        status: answer["status"].as_u64().unwrap().try_into().unwrap(),
        protocol: header("Sync-Protocol"),
        epoch: header("Sync-Epoch"),
        retry_after: None,
        offset: None,
        body: text(&answer["body"]).to_owned(),
    })
}

#[test]
fn the_golden_exchange_delivers_the_golden_report() {
    let golden = golden();
    let (mut phone, key) = golden_phone(&golden);
    let mut posts = 0;
    phone.pass(Why::Start, |request| match call(request) {
        "hello" => answer(&golden, "hello"),
        "devices" => answer(&golden, "device, new"),
        "blobs" => answer(&golden, "blob, new"),
        _ => {
            posts += 1;
            answer(&golden, if posts == 1 { "items, stored" } else { "items again" })
        }
    });
    let row = &phone.rows[&key];
    assert_eq!(row.delivery, Delivery::Delivered);
    assert_eq!(row.receipts[0].receipt, text(&golden["receipt"]["receipt"]));
    assert_eq!(row.case_no.unwrap().as_str(), text(&golden["case_no"]["chars"]));
    for (name, what) in [("hello", "hello"), ("device, new", "devices"), ("blob, new", "blobs")] {
        let expected = &exchange(&golden, name)["request"];
        let asked = asked(&phone, what);
        assert_eq!((asked.method, asked.path.as_str()), named(expected));
    }
    let enrolment = &exchange(&golden, "device, new")["request"];
    assert_eq!(json(asked(&phone, "devices")), text(&enrolment["body"]));
    let token = phone.record.device.as_ref().unwrap().token;
    assert_eq!(asked(&phone, "items").token, Some(token));
    assert_eq!(asked(&phone, "devices").token, None);
}

fn asked<'a>(phone: &'a Phone, what: &str) -> &'a Request {
    let mut asks = phone.did.iter().rev().filter_map(|did| match did {
        Did::Ask(request) if call(request) == what => Some(request),
        _ => None,
    });
    asks.next().unwrap()
}

fn named(request: &Value) -> (&str, &str) {
    (text(&request["method"]), text(&request["path"]))
}

#[test]
fn the_golden_row_with_the_golden_clocks_is_the_golden_request() {
    let golden = golden();
    let expected = &exchange(&golden, "items, stored")["request"];
    let sent: Value = serde_json::from_str(text(&expected["body"])).unwrap();
    let at: Stamp = text(&sent["sent"]["at"]).parse().unwrap();
    let now = Now {
        ms: at.unix_ms,
        zone: at.zone.unwrap(),
        mono_ms: sent["sent"]["mono_ms"].as_u64().unwrap(),
        boot: text(&sent["sent"]["boot"]).parse().unwrap(),
        random: [0; 64],
    };
    let token = text(&golden["device"]["token"]).parse().unwrap();
    let request = Request::items(&now, token, &[&golden_row(&golden)]);
    assert_eq!((request.method, request.path.as_str()), named(expected));
    assert_eq!(json(&request), text(&expected["body"]));
}

#[test]
fn the_golden_receipt_with_one_flipped_bit_does_not_settle_the_golden_row() {
    let golden = golden();
    let refused = &golden["receipt"]["refused"];
    for (field, value) in [("receipt", &refused["text"]), ("signature", &refused["signature"])] {
        let (mut phone, key) = golden_phone(&golden);
        phone.pass(Why::Start, |request| match call(request) {
            "hello" => answer(&golden, "hello"),
            "devices" => answer(&golden, "device, new"),
            _ => {
                let Answer::Reply(mut reply) = answer(&golden, "items, stored") else { panic!() };
                let mut body: Value = serde_json::from_str(&reply.body).unwrap();
                body["results"][0][field] = value.clone();
                reply.body = body.to_string();
                Answer::Reply(reply)
            }
        });
        assert_eq!(phone.rows[&key].delivery, Delivery::Sealed, "{field}");
        assert!(phone.rows[&key].receipts.is_empty(), "{field}");
    }
}

/// A key with one flipped bit has another short id: nobody has stored it.
#[test]
fn the_golden_receipt_is_unknown_to_a_phone_whose_key_has_one_flipped_bit() {
    let golden = golden();
    let row = golden_row(&golden);
    let flipped = text(&golden["receipt"]["refused"]["public"]).parse().unwrap();
    let keys: Keyring = [flipped].into_iter().collect();
    let Answer::Reply(reply) = answer(&golden, "items, stored") else { panic!() };
    let results: ItemResults = serde_json::from_str(&reply.body).unwrap();
    let ItemOutcome::Stored(proof) = &results.results[0].outcome else { panic!() };
    let epoch: Epoch = reply.epoch.unwrap().parse().unwrap();
    let proof: &Proof = proof;
    assert_eq!(keys.prove(proof, row.claim(), epoch), Err(NotProven::UnknownKey));
}
