//! The bytes of `sync/1` that can never change, held against the golden file: natively, and as
//! WebAssembly in a browser, where the page makes and checks them.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

use ed25519_dalek::SigningKey;
use model::{
    base64::{Cursor, PublicKey, Signature, Token},
    changes::{Change, Changes},
    contribution::{Claim as Claimed, Contribution, What},
    have::{Have, Missing, Revision, received_have},
    hex::{Digest, Epoch, Kid, PackId},
    ids::{DeviceId, ReportId},
    receipt::{
        Claim, Keyring, NotProven, OfReceipt, Receipt, SignedKey, Trust, proof_address,
        sign_receipt,
    },
    report::{
        AreaKind, Client, Consent, ConsentTo, Fix, FixDatum, FixSource, Place, PlaceHow, Report,
        Road, Vertical,
    },
    sealed::{BlobEntry, BlobType, Kind, Role, Sealed},
    spoken::{CaseNo, ReceiptSecret, check_character},
    wire::{
        Hello, ItemResults, Problem, Proof, named_item, received_enrol, received_item,
        received_items,
    },
};
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_browser);

fn golden() -> Value {
    serde_json::from_str(include_str!("golden/sync-1.json")).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn secret_key(golden: &Value, name: &str) -> SigningKey {
    let seed = data_encoding::HEXLOWER.decode(text(&golden["keys"][name]["seed_hex"]).as_bytes());
    SigningKey::from_bytes(&seed.unwrap().try_into().unwrap())
}

fn signed_keys(value: &Value) -> Vec<SignedKey> {
    serde_json::from_value(value["hello_keys"].clone()).unwrap()
}

fn keyring(golden: &Value, names: &[&str]) -> Keyring {
    names.iter().map(|name| text(&golden["keys"][name]["public"]).parse().unwrap()).collect()
}

fn answer(golden: &Value, name: &str) -> Value {
    let exchange = golden["exchange"].as_array().unwrap();
    let found = exchange.iter().find(|it| text(&it["name"]).starts_with(name)).unwrap();
    serde_json::from_str(text(&found["answer"]["body"])).unwrap()
}

#[test]
fn a_phone_writes_the_sealed_text_of_the_golden_file_byte_for_byte() {
    let golden = golden();
    let stamp = |text: &str| text.parse().unwrap();
    let boot = Some("4509beb0ab401d71fa4a5cd94a55c9a7".parse().unwrap());
    let body = Report {
        pack: Some("3f0a6c1b9d2e4857".parse::<PackId>().unwrap()),
        lang: Some("zh-CN".into()),
        issue: Some(Some("road.steps_rail".into())),
        area_kind: Some(Some(AreaKind::Residential)),
        words: Some("第二段梯坎的栏杆断了一截，\n晚上没有灯。\"小心\" \\ 🙏".into()),
        place: Some(Place {
            how: vec![PlaceHow::Community, PlaceHow::Words, PlaceHow::Fix],
            sub_district: Some("500107001".into()),
            community: Some("500107001002".into()),
            words: Some("小卖部门口".into()),
            vertical: Some(Vertical {
                from: Some(Road::Lower),
                floor: None,
                flights: Some(2),
                basement: None,
                viaduct: None,
                words: None,
            }),
            fixes: vec![Fix {
                lat: 29.506_642,
                lon: 106.502_213,
                datum: FixDatum::Wgs84,
                accuracy_m: Some(35),
                source: FixSource::Device,
                at: stamp("2026-11-23T08:13:40.000+08:00"),
            }],
            outside: Some(None),
            ..Place::default()
        }),
        private: Some(true),
        consents: vec![Consent {
            what: ConsentTo::PassOn,
            version: "1".into(),
            text_sha256: Digest::of(text(&golden["consent"]["text"]).as_bytes()),
            at: stamp("2026-11-23T08:15:12.000+08:00"),
        }],
        client: Some(Client {
            app: "0.1.0".into(),
            browser: "Chromium 156".into(),
            touch: true,
            elder_edition: false,
            offline_at_seal: true,
        }),
        ..Report::default()
    };
    let secret = ReceiptSecret::new([0xc3, 0xa1, 0xf0, 0x0d, 0x5e, 0xed, 0x77, 0x00, 0xbe, 0xef]);
    let photo = data_encoding::BASE64.decode(text(&golden["photo"]["base64"]).as_bytes()).unwrap();
    let sealed = Sealed {
        id: text(&golden["item"]["id"]).parse().unwrap(),
        rev: 1,
        dseq: 57,
        device: text(&golden["device"]["id"]).parse().unwrap(),
        kind: Kind::Report,
        schema: 1,
        sealed_at: stamp("2026-11-23T08:15:20.123+08:00"),
        mono_ms: Some(8_123_456),
        boot,
        secret_sha256: Some(secret.digest()),
        blobs: vec![BlobEntry {
            sha256: Digest::of(&photo),
            len: photo.len() as u64,
            media: BlobType::sniff(&photo).unwrap(),
            role: Role::Photo,
            taken_at: Some(stamp("2026-11-23T08:13:41.250+08:00")),
            mono_ms: Some(8_024_583),
            boot,
            fix: Some(0),
            width: Some(16),
            height: Some(12),
            covered: Some(0),
            seconds: None,
        }],
        body,
    };
    let written = serde_json::to_string(&sealed).unwrap();
    assert_eq!(written, text(&golden["item"]["sealed"]));
    assert_eq!(Digest::of(written.as_bytes()).to_string(), text(&golden["item"]["sha256"]));
}

#[test]
fn the_sealed_text_is_read_and_its_manifest_asks_for_each_photo_once() {
    let golden = golden();
    let sealed = Sealed::parse(text(&golden["item"]["sealed"])).unwrap();
    assert_eq!((sealed.rev, sealed.dseq, sealed.kind.clone()), (1, 57, Kind::Report));
    let photo: Digest = text(&golden["photo"]["sha256"]).parse().unwrap();
    assert_eq!(sealed.wanted(), [photo]);
}

#[test]
fn every_sealed_text_that_must_be_refused_is_refused_with_its_field() {
    let golden = golden();
    for refused in golden["sealed_refused"].as_array().unwrap() {
        let sealed = text(&refused["sealed"]);
        assert_eq!(Digest::of(sealed.as_bytes()).to_string(), text(&refused["sha256"]));
        let fault = Sealed::parse(sealed).unwrap_err();
        let reason = serde_json::to_value(fault.reason).unwrap();
        assert_eq!((fault.field.as_str(), &reason), (text(&refused["field"]), &refused["reason"]));
    }
}

#[test]
fn members_that_are_missing_huge_or_of_the_wrong_form_are_named() {
    let good = text(&golden()["item"]["sealed"]).to_owned();
    for (from, to, field) in [
        ("\"rev\":1,", "", "/sealed/rev"),
        ("\"rev\":1,", "\"rev\":0,", "/sealed/rev"),
        ("\"dseq\":57", "\"dseq\":1e400", "/sealed/dseq"),
        ("\"dseq\":57", "\"dseq\":\"57\"", "/sealed/dseq"),
        ("\"blobs\":", "\"blobz\":", "/sealed/blobs"),
        ("\"body\":{", "\"body\":[], \"x\":{", "/sealed/body"),
        ("\"len\":669", "\"len\":-1", "/sealed/blobs/0/len"),
        ("image/jpeg", "image/gif", "/sealed/blobs/0/type"),
        ("\"role\":\"photo\"", "\"role\":7", "/sealed/blobs/0/role"),
        ("residential", "castle", "/sealed/body/area_kind"),
        ("500107001002", "50010700100", "/sealed/body/place/community"),
        ("\"lat\":29.506642", "\"lat\":129.5", "/sealed/body/place/fixes/0/lat"),
        ("\"datum\":\"WGS84\"", "\"datum\":\"GCJ-02\"", "/sealed/body/place/fixes/0/datum"),
        ("\"flights\":2", "\"flights\":0", "/sealed/body/place/vertical/flights"),
        ("\"from\":\"lower_road\",", "", "/sealed/body/place/vertical/from"),
        ("08:15:20.123+08:00\",\"mono", "08:15:20+08:00\",\"mono", "/sealed/sealed_at"),
        ("\"private\":true", "\"private\":\"yes\"", "/sealed/body/private"),
        ("小卖部门口", r"\ud83d", "/sealed"),
        ("\"how\":[\"community\",\"words\",\"fix\"]", "\"how\":[]", "/sealed/body/place/how"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let fault = Sealed::parse(&bad).unwrap_err();
        assert_eq!(fault.field, field, "{to}: {fault}");
    }
}

#[test]
fn words_are_counted_in_characters_and_the_limit_is_said() {
    let good = text(&golden()["item"]["sealed"]).to_owned();
    let with_words = |n: usize| good.replacen("第二段梯坎", &"坡".repeat(n), 1);
    assert!(Sealed::parse(&with_words(3_970)).is_ok());
    let fault = Sealed::parse(&with_words(4_001)).unwrap_err();
    assert_eq!((fault.field.as_str(), fault.limit), ("/sealed/body/words", Some(4_000)));
    let fault = Sealed::parse(&with_words(11_000)).unwrap_err();
    assert_eq!((fault.field.as_str(), fault.limit), ("/sealed", Some(32_768)));
}

#[test]
fn a_kind_from_the_future_is_read_without_judging_its_body() {
    let good = text(&golden()["item"]["sealed"]).to_owned();
    let future =
        good.replacen("\"schema\":1", "\"schema\":2", 1).replacen("residential", "castle", 1);
    assert!(Sealed::parse(&future).is_ok());
}

#[test]
fn both_escapings_of_a_request_hold_the_same_sealed_text() {
    let golden = golden();
    for name in ["items, stored", "items again"] {
        let exchange = golden["exchange"].as_array().unwrap();
        let found = exchange.iter().find(|it| text(&it["name"]).starts_with(name)).unwrap();
        let request = received_items(text(&found["request"]["body"])).unwrap();
        assert!(request.sent.is_some());
        let (sha256, sealed) = received_item(request.items[0]).unwrap();
        assert_eq!(sealed, text(&golden["item"]["sealed"]));
        assert_eq!(sha256.to_string(), text(&golden["item"]["sha256"]));
    }
}

#[test]
fn codes_and_cursor_are_those_of_the_golden_file() {
    let golden = golden();
    for pair in golden["check_character"].as_array().unwrap() {
        assert_eq!(check_character(text(&pair["chars"])).to_string(), text(&pair["check"]));
    }
    let id: ReportId = text(&golden["item"]["id"]).parse().unwrap();
    let case_no = CaseNo::candidate(model::JURISDICTION, id, 0);
    assert_eq!(case_no.as_str(), text(&golden["case_no"]["chars"]));
    assert_eq!(case_no.shown(), text(&golden["case_no"]["shown"]));
    let secret: ReceiptSecret = text(&golden["secret"]["chars"]).parse().unwrap();
    assert_eq!(secret.shown(), text(&golden["secret"]["shown"]));
    assert_eq!(secret.digest().to_string(), text(&golden["secret"]["sha256"]));
    let token: Token = text(&golden["device"]["token"]).parse().unwrap();
    assert_eq!(token.digest().to_string(), text(&golden["device"]["token_sha256"]));
    let epoch: Epoch = text(&golden["cursor"]["epoch"]).parse().unwrap();
    assert_eq!(Cursor::new(epoch, 1).to_string(), text(&golden["cursor"]["cursor"]));
    assert!(text(&golden["device"]["id"]).parse::<DeviceId>().is_ok());
}

fn proof(value: &Value) -> Proof {
    Proof {
        receipt: text(&value["receipt"]).into(),
        signature: text(&value["signature"]).parse().unwrap(),
        need: Vec::new(),
        note: None,
    }
}

#[test]
fn the_endpoint_signs_the_receipt_of_the_golden_file() {
    let golden = golden();
    let receipt = Receipt {
        of: OfReceipt::Receipt,
        v: 1,
        kid: text(&golden["keys"]["first"]["kid"]).parse::<Kid>().unwrap(),
        epoch: text(&golden["cursor"]["epoch"]).parse().unwrap(),
        seq: 1,
        id: text(&golden["item"]["id"]).parse().unwrap(),
        rev: 1,
        sha256: text(&golden["item"]["sha256"]).parse().unwrap(),
        at: text(&golden["clock"]["receipt_1"]).parse().unwrap(),
        case_no: Some(text(&golden["case_no"]["chars"]).parse().unwrap()),
    };
    let (written, signature) = sign_receipt(&secret_key(&golden, "first"), &receipt);
    assert_eq!(written, text(&golden["receipt"]["receipt"]));
    assert_eq!(signature.to_string(), text(&golden["receipt"]["signature"]));
    let restored = proof(&golden["after_restore"]);
    let epoch: Epoch = text(&golden["after_restore"]["epoch"]).parse().unwrap();
    let (written, signature) =
        sign_receipt(&secret_key(&golden, "first"), &Receipt { epoch, ..receipt });
    assert_eq!((written, signature), (restored.receipt, restored.signature));
}

#[test]
fn a_receipt_counts_only_for_what_was_sealed_and_one_flipped_bit_ends_it() {
    let golden = golden();
    let phone = keyring(&golden, &["first"]);
    let epoch: Epoch = text(&golden["cursor"]["epoch"]).parse().unwrap();
    let claim = Claim {
        id: text(&golden["item"]["id"]).parse().unwrap(),
        rev: 1,
        sha256: text(&golden["item"]["sha256"]).parse().unwrap(),
    };
    let good = proof(&golden["receipt"]);
    assert!(phone.prove(&good, claim, epoch).is_ok());

    let refused = &golden["receipt"]["refused"];
    let text_flipped = Proof { receipt: text(&refused["text"]).into(), ..good.clone() };
    assert!(phone.prove(&text_flipped, claim, epoch).is_err());
    let signature: Signature = text(&refused["signature"]).parse().unwrap();
    let signature_flipped = Proof { signature, ..good.clone() };
    assert_eq!(phone.prove(&signature_flipped, claim, epoch), Err(NotProven::Signature));
    let other_key: Keyring =
        [text(&refused["public"]).parse::<PublicKey>().unwrap()].into_iter().collect();
    assert_eq!(other_key.prove(&good, claim, epoch), Err(NotProven::UnknownKey));
    let other_bytes = Claim { sha256: Digest::of(b"other"), ..claim };
    assert_eq!(phone.prove(&good, other_bytes, epoch), Err(NotProven::OtherItem));
    let next_rev = Claim { rev: 2, ..claim };
    assert_eq!(phone.prove(&good, next_rev, epoch), Err(NotProven::OtherItem));
    assert_eq!(phone.prove(&good, claim, Epoch([0; 16])), Err(NotProven::OtherEpoch));
}

#[test]
fn a_new_key_is_taken_only_if_a_stored_one_vouches_for_it() {
    let golden = golden();
    let rotated = signed_keys(&golden["keys_after_rotation"]);
    let both = keyring(&golden, &["first", "second"]);
    assert_eq!(keyring(&golden, &["first"]).judge(&rotated), Trust::Known(both.clone()));
    assert_eq!(Keyring::default().judge(&rotated), Trust::Known(both));
    let stranger = signed_keys(&golden["keys_of_a_stranger"]);
    assert_eq!(keyring(&golden, &["first"]).judge(&stranger), Trust::Stranger);
    let mut accepted = keyring(&golden, &["first"]);
    assert!(accepted.accept(&stranger));
    assert_eq!(accepted, keyring(&golden, &["first", "stranger"]), "the old key stays");
}

#[test]
fn a_list_of_keys_that_does_not_hold_together_is_not_an_answer() {
    let golden = golden();
    let mut rotated = signed_keys(&golden["keys_after_rotation"]);
    assert_eq!(Keyring::default().judge(&[]), Trust::Broken);
    assert_eq!(Keyring::default().judge(&rotated[1..]), Trust::Broken);
    rotated[1].signature = rotated[0].signature;
    assert_eq!(Keyring::default().judge(&rotated), Trust::Broken);
}

#[test]
fn the_endpoint_makes_the_keys_of_the_golden_file() {
    let golden = golden();
    let rotated = signed_keys(&golden["keys_after_rotation"]);
    let first = secret_key(&golden, "first");
    let second = secret_key(&golden, "second").verifying_key().to_bytes();
    let made = SignedKey::first(&first, "2026-11-20T02:00:00.000Z".parse().unwrap());
    assert_eq!(made, rotated[0]);
    let later = SignedKey::signed_by(&first, second, "2027-05-01T00:00:00.000Z".parse().unwrap());
    assert_eq!(later, rotated[1]);
}

#[test]
fn the_proof_of_a_receipt_is_the_address_of_the_golden_file_and_holds_no_secret() {
    let golden = golden();
    let good = proof(&golden["receipt"]);
    let address = proof_address("https://poshang.example", &good.receipt, &good.signature);
    assert_eq!(address, text(&golden["qr"]["proof"]));
    assert!(!address.contains(text(&golden["secret"]["chars"])));
}

#[test]
fn answers_read_back_as_the_same_json() {
    let golden = golden();
    let hello = answer(&golden, "hello");
    assert_eq!(
        serde_json::to_value(serde_json::from_value::<Hello>(hello.clone()).unwrap()).unwrap(),
        hello
    );
    for name in
        ["items, stored", "items again", "items, digest", "items, same key", "items, unknown kind"]
    {
        let body = answer(&golden, name);
        let read: ItemResults = serde_json::from_value(body.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), body, "{name}");
    }
    for name in ["device, another token", "items, unknown token"] {
        let body = answer(&golden, name);
        let read: Problem = serde_json::from_value(body.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), body, "{name}");
    }
}

#[test]
fn what_belongs_to_a_request_is_told_from_what_belongs_to_an_item() {
    let fault = received_items(r#"{"items":[]}"#).unwrap_err();
    assert_eq!(fault.field, "/items");
    let many = format!(r#"{{"items":[{}]}}"#, ["{}"; 51].join(","));
    let fault = received_items(&many).unwrap_err();
    assert_eq!((fault.detail.as_str(), fault.limit), ("51 items, at most 50", Some(50)));
    assert_eq!(received_items(r#"{"items":[1],"items":[2]}"#).unwrap_err().field, "/items");
    let request = received_items(r#"{"items":[1,{"sha256":"A"}]}"#).unwrap();
    assert_eq!(received_item(request.items[0]).unwrap_err().field, "");
    assert_eq!(received_item(request.items[1]).unwrap_err().field, "/sha256");
}

#[test]
fn a_refused_text_still_names_its_item_where_that_can_be_read() {
    let good = text(&golden()["item"]["sealed"]).to_owned();
    let id = text(&golden()["item"]["id"]).parse().ok();
    assert_eq!(named_item(&good.replacen("\"dseq\":57", "\"dseq\":-1", 1)), (id, Some(1)));
    assert_eq!(named_item(&good.replacen("\"rev\":1", "\"rev\":1.0", 1)), (id, None));
    assert_eq!(named_item(&good.replacen("01a205bf", "01A205BF", 1)), (None, Some(1)));
    assert_eq!(named_item("[]"), (None, None));
}

#[test]
fn a_device_that_says_its_token_twice_or_wrongly_is_told_where() {
    let golden = golden();
    let digest = text(&golden["device"]["token_sha256"]);
    let good = format!(r#"{{"token_sha256":"{digest}"}}"#);
    assert_eq!(received_enrol(&good).unwrap().token_sha256.to_string(), digest);
    let twice = format!(r#"{{"token_sha256":"{digest}","token_sha256":"{digest}"}}"#);
    for wrong in [r#"{"token_sha256":"AB"}"#, "{}", &twice] {
        assert_eq!(received_enrol(wrong).unwrap_err().field, "/token_sha256");
    }
}

#[test]
fn have_and_the_feed_are_written_and_read_as_the_golden_file_says() {
    let golden = golden();
    let more: Value = serde_json::from_str(include_str!("golden/sync-1-more.json")).unwrap();
    let step = |name: &str| {
        let mut steps = more["exchange"].as_array().unwrap().iter();
        steps.find(|step| text(&step["name"]) == name).unwrap().clone()
    };
    let asked = step("have, before anything was sent");
    let have = Have {
        items: vec![Claim {
            id: text(&golden["item"]["id"]).parse().unwrap(),
            rev: 1,
            sha256: text(&golden["item"]["sha256"]).parse().unwrap(),
        }],
        blobs: vec![text(&golden["photo"]["sha256"]).parse().unwrap()],
    };
    let written = serde_json::to_string(&have).unwrap();
    assert_eq!(written, text(&asked["request"]["body"]));
    assert_eq!(received_have(&written).unwrap(), have);
    let body = text(&asked["answer"]["body"]).to_owned();
    let missing: Missing = serde_json::from_str(&body).unwrap();
    assert_eq!(missing.items, [Revision::from(have.items[0])]);
    assert_eq!(serde_json::to_string(&missing).unwrap(), body);

    let body = text(&step("changes, the photo is still missing")["answer"]["body"]).to_owned();
    let page: Changes = serde_json::from_str(&body).unwrap();
    assert_eq!(page.next.parts(), (page.epoch, 1));
    let Change::Item(row) = &page.rows[0] else { panic!("{page:?}") };
    assert_eq!(row.proof.receipt, text(&golden["receipt"]["receipt"]));
    assert_eq!(serde_json::to_string(&page).unwrap(), body);
    let later = body.replacen("\"of\":\"item\"", "\"of\":\"answer\",\"case\":7", 1);
    let page: Changes = serde_json::from_str(&later).unwrap();
    assert_eq!(page.rows, [Change::Unknown], "a row of a later version is passed over");

    let body =
        text(&step("piece, the same again: its answer was lost")["answer"]["body"]).to_owned();
    let problem: Problem = serde_json::from_str(&body).unwrap();
    assert_eq!((problem.slug(), problem.offset), ("offset", Some(400)));
    assert_eq!(serde_json::to_string(&problem).unwrap(), body);
}

/// A sealed contribution of a phone that says nothing of its clocks.
fn contribution(last: char, dseq: u64, body: Contribution) -> Sealed<Contribution> {
    Sealed {
        id: format!("01a205bf-c051-75e1-aa3b-4c5d6e7f809{last}").parse().unwrap(),
        rev: 1,
        dseq,
        device: text(&golden()["device"]["id"]).parse().unwrap(),
        kind: Kind::Contribution,
        schema: 1,
        sealed_at: "2026-11-23T08:15:20.123+08:00".parse().unwrap(),
        mono_ms: None,
        boot: None,
        secret_sha256: None,
        blobs: Vec::new(),
        body,
    }
}

fn claim(what: What) -> Contribution {
    Contribution {
        what,
        pack: None,
        park: None,
        other: None,
        name: None,
        fact: None,
        holds: None,
        words: None,
        fix: None,
        consents: Vec::new(),
    }
}

/// Somebody stands in a park, with the consent that their position may be published.
fn stands_in_it(agreed: &str) -> Sealed<Contribution> {
    let secret = ReceiptSecret::new([0xc3, 0xa1, 0xf0, 0x0d, 0x5e, 0xed, 0x77, 0x00, 0xbe, 0xef]);
    let fix = Fix {
        lat: 29.506_642,
        lon: 106.502_213,
        datum: FixDatum::Wgs84,
        accuracy_m: Some(14),
        source: FixSource::Device,
        at: "2026-11-23T08:13:40.000+08:00".parse().unwrap(),
    };
    let consent = Consent {
        what: ConsentTo::PositionOdbl,
        version: "1".into(),
        text_sha256: Digest::of(agreed.as_bytes()),
        at: "2026-11-23T08:15:12.000+08:00".parse().unwrap(),
    };
    let body = Contribution {
        pack: Some("3f0a6c1b9d2e4857".parse::<PackId>().unwrap()),
        park: Some("JLP-001".into()),
        fix: Some(fix),
        consents: vec![consent],
        ..claim(What::Here)
    };
    Sealed {
        mono_ms: Some(8_123_456),
        boot: Some("4509beb0ab401d71fa4a5cd94a55c9a7".parse().unwrap()),
        secret_sha256: Some(secret.digest()),
        ..contribution('5', 58, body)
    }
}

#[test]
fn a_phone_writes_each_claim_of_the_golden_file_byte_for_byte_and_it_is_read_again() {
    let golden: Value = serde_json::from_str(include_str!("golden/contribution-1.json")).unwrap();
    let right = Contribution {
        park: Some("JLP-001".into()),
        fact: Some("entry".into()),
        holds: Some(false),
        words: Some("要收十块，\n\"小心\"".into()),
        ..claim(What::Right)
    };
    let missing = Contribution {
        name: Some("坡坎游园".into()),
        words: Some("三号楼后面".into()),
        ..claim(What::Missing)
    };
    let same = Contribution {
        park: Some("JLP-052".into()),
        other: Some("JLP-005".into()),
        ..claim(What::Same)
    };
    for (name, sealed) in [
        ("here", stands_in_it(text(&golden["consent"]["text"]))),
        ("right", contribution('6', 59, right)),
        ("missing", contribution('7', 60, missing)),
        ("same", contribution('8', 61, same)),
    ] {
        let written = serde_json::to_string(&sealed).unwrap();
        assert_eq!(written, text(&golden[name]["sealed"]));
        assert_eq!(Digest::of(written.as_bytes()).to_string(), text(&golden[name]["sha256"]));
        let read = Sealed::parse(&written).unwrap();
        assert!(read.kind.is_known(read.schema) && read.kind.opens_case());
        let claim = Claimed::of(&read).unwrap();
        assert_eq!((claim.what.as_str(), claim.park), (name, sealed.body.park));
    }
}
