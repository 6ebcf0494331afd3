//! What residents add to the map: judged at the shell, exported once it is confirmed, and gone from
//! every list when whoever sent it takes it back.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{fs, path::Path};

use endpoint::{
    Rules, contributions,
    core::{Core, Job, JobAnswer},
    schema::Synchronous,
    server::{Config, Server},
};
use model::{
    ids::ReportId,
    stamp::Stamp,
    wire::{ItemOutcome, ItemResult},
};
use serde_json::{Value, json};
use support::{Phone, golden_identity, items, report};

const NOW: Stamp = Stamp { unix_ms: 1_795_392_941_482, zone: None };
const AT: &str = "2026-11-23T08:15:20.123+08:00";

/// An endpoint's folder, and what works on it.
struct Desk {
    folder: tempfile::TempDir,
    core: Core,
    phone: Phone,
    other: Phone,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        drop(Server::open(Config::new(folder.path())).unwrap());
        let file = folder.path().join("endpoint.db");
        let mut core =
            Core::open(&file, golden_identity(), Rules::default(), Synchronous::Full).unwrap();
        let (phone, other) = (Phone::new(1), Phone::new(2));
        for phone in [&phone, &other] {
            core.enrol(NOW, phone.device, phone.token.digest()).unwrap();
        }
        Self { folder, core, phone, other }
    }

    fn data(&self) -> &Path {
        self.folder.path()
    }

    fn send(&mut self, sealed: &Value) -> ItemOutcome {
        let caller = self.phone.device;
        self.send_by(caller, sealed)
    }

    fn send_by(&mut self, caller: model::ids::DeviceId, sealed: &Value) -> ItemOutcome {
        let body = items(std::slice::from_ref(sealed));
        let mut results: Vec<ItemResult> = Vec::new();
        self.core
            .commit_group(NOW, vec![Job::Items { caller, body }], &mut |_, answer| {
                let JobAnswer::Items(Ok(answer)) = answer else { panic!("{answer:?}") };
                results = answer.results;
            })
            .unwrap();
        results.remove(0).outcome
    }

    fn list(&self, new_only: bool) -> Vec<Value> {
        let mut out = Vec::new();
        contributions::list(self.data(), new_only, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn export(&self) -> String {
        let mut out = Vec::new();
        contributions::export(self.data(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn refused(&self, id: &str) -> String {
        contributions::confirm(self.data(), id, NOW).unwrap_err().to_string()
    }
}

fn sealed(phone: &Phone, nth: u16, kind: &str, body: &Value) -> Value {
    json!({
        "id": report(nth), "rev": 1, "dseq": nth, "device": phone.device, "kind": kind,
        "schema": 1, "sealed_at": AT, "blobs": [], "body": body,
    })
}

fn here(phone: &Phone, nth: u16, park: &str, accuracy_m: u32) -> Value {
    let fix = json!({"lat": 29.44, "lon": 106.36, "datum": "WGS84", "accuracy_m": accuracy_m,
        "source": "device", "at": AT});
    let consent =
        json!({"what": "position_odbl", "version": "1", "text_sha256": "ab".repeat(32), "at": AT});
    let body = json!({"what": "here", "park": park, "fix": fix, "consents": [consent]});
    sealed(phone, nth, "contribution", &body)
}

fn missing(phone: &Phone, nth: u16, name: &str) -> Value {
    sealed(
        phone,
        nth,
        "contribution",
        &json!({"what": "missing", "name": name, "words": "三号楼后面"}),
    )
}

fn id(nth: u16) -> String {
    report(nth).to_string()
}

#[test]
fn only_what_a_person_has_confirmed_is_exported_and_no_device_stands_in_it() {
    let mut desk = Desk::new();
    let phone = Phone::new(1);
    for item in [
        here(&phone, 1, "JLP-020", 12),
        missing(&phone, 2, "坡坎, \"游园\""),
        missing(&phone, 3, "没有的"),
    ] {
        assert!(matches!(desk.send(&item), ItemOutcome::Stored(_)));
    }
    // The table that lies there is written over by what is printed: an empty file made no pack.
    let mut nothing = Vec::new();
    assert_eq!(contributions::export(desk.data(), &mut nothing).unwrap(), 0);
    assert!(String::from_utf8(nothing).unwrap().starts_with("id,what,park,"));
    assert_eq!(desk.list(true).len(), 3);
    contributions::confirm(desk.data(), &id(1), NOW).unwrap();
    contributions::confirm(desk.data(), &id(2), NOW).unwrap();
    contributions::reject(desk.data(), &id(3), Some("去看过，没有"), NOW).unwrap();
    assert_eq!(desk.list(true), Vec::<Value>::new());
    let all = desk.list(false);
    assert_eq!(all[0]["state"], "confirmed");
    assert_eq!(
        (all[2]["state"].as_str(), all[2]["because"].as_str()),
        (Some("rejected"), Some("去看过，没有"))
    );
    assert!(all[0]["case_no"].as_str().is_some(), "it opens a case");

    let table = desk.export();
    let device = phone.device.to_string();
    assert!(!table.contains(&device) && all.iter().all(|it| !it.to_string().contains(&device)));
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][0], id(1));
    let cells: Vec<&str> = rows[0].iter().skip(1).collect();
    assert_eq!(cells[..3], ["here", "JLP-020", ""]);
    assert_eq!(
        cells[7..14],
        [
            "29.440000",
            "106.360000",
            "12",
            "WGS84",
            "2026-11-23",
            "2026-11-23",
            "居民到场补充，运营方核实"
        ]
    );
    assert_eq!(cells[14], "ODbL");
    assert_eq!(&rows[1][4], "坡坎, \"游园\"");
    assert_eq!(&rows[1][14], "居民补充，运营方核实", "nobody knows where it was written");
    // A later word takes the place of an earlier one.
    contributions::reject(desk.data(), &id(1), None, NOW).unwrap();
    assert!(!desk.export().contains(&id(1)));
}

#[test]
fn what_the_next_build_of_the_pack_would_refuse_is_not_confirmed() {
    let mut desk = Desk::new();
    let phone = Phone::new(1);
    let right = |nth, fact: &str| {
        let body = json!({"what": "right", "park": "JLP-020", "fact": fact, "holds": true});
        sealed(&phone, nth, "contribution", &body)
    };
    for item in [
        right(1, "ghosts"),
        right(2, "sub_district"),
        right(3, "name"),
        here(&phone, 4, "JLP-020", 12),
        here(&phone, 5, "JLP-999", 12),
    ] {
        assert!(matches!(desk.send(&item), ItemOutcome::Stored(_)));
    }
    assert!(desk.refused(&id(1)).contains("`ghosts` is no fact"));
    for nth in 2..=5 {
        contributions::confirm(desk.data(), &id(nth), NOW).unwrap();
    }
    let lay = |west: f64| {
        let at = |lat: f64, lon: f64| json!([lat, lon]);
        let ring =
            [at(29.3, west), at(29.6, west), at(29.6, 106.5), at(29.3, 106.5), at(29.3, west)];
        let district = json!({"code": "500107", "name": "九龙坡区", "name_en": "Jiulongpo",
            "boundary": [ring], "boundary_source": ""});
        let pack = json!({"district": district, "parks": [{"id": "JLP-020"}]});
        fs::create_dir_all(desk.data().join("pack")).unwrap();
        fs::write(desk.data().join("pack/pack.json"), pack.to_string()).unwrap();
    };
    lay(106.2);
    contributions::confirm(desk.data(), &id(4), NOW).unwrap();
    let refused = desk.refused(&id(5));
    assert!(
        refused.contains("`JLP-999` is no place of") && refused.contains("pack.json"),
        "{refused}"
    );
    lay(106.4);
    assert!(desk.refused(&id(4)).contains("outside the district line"));
    // A pack that was cut off holds nothing against anything.
    fs::write(desk.data().join("pack/pack.json"), "{").unwrap();
    assert!(desk.refused(&id(5)).contains("is no district pack"));
}

// A park of OpenStreetMap stands in a file beside the pack, and residents see it among the others.
// What they said of it could not be confirmed: it was no place of pack.json.
#[test]
fn what_is_said_of_a_park_of_a_layer_beside_the_pack_can_be_confirmed() {
    let mut desk = Desk::new();
    let phone = Phone::new(1);
    let same = |nth, other: &str| {
        let body = json!({"what": "same", "park": "osm-way-1", "other": other});
        sealed(&phone, nth, "contribution", &body)
    };
    desk.send(&same(1, "JLP-020"));
    desk.send(&same(2, "osm-way-2"));
    let folder = desk.data().join("pack");
    fs::create_dir_all(&folder).unwrap();
    let district = json!({"code": "500107", "name": "九龙坡区", "name_en": "Jiulongpo",
        "boundary": [], "boundary_source": ""});
    let pack = json!({"district": district, "parks": [{"id": "JLP-020"}],
        "layers": {"osm": "osm-0123456789abcdef.json"}});
    fs::write(folder.join("pack.json"), pack.to_string()).unwrap();
    let refused = desk.refused(&id(1));
    assert!(refused.contains("osm-0123456789abcdef.json cannot be read"), "{refused}");
    let place = json!({"id": "way/1", "name": "新桥公园", "kind": "park", "listed": "park",
        "at": [29.44, 106.36]});
    let layer = json!({"form": 1, "places": [place]});
    fs::write(folder.join("osm-0123456789abcdef.json"), layer.to_string()).unwrap();
    contributions::confirm(desk.data(), &id(1), NOW).unwrap();
    assert!(desk.export().contains("osm-way-1"));
    assert!(desk.refused(&id(2)).contains("`osm-way-2` is no place of"));
}

#[test]
fn what_its_own_device_takes_back_can_no_longer_be_confirmed_or_exported() {
    let mut desk = Desk::new();
    let (phone, other) = (Phone::new(1), desk.other.device);
    desk.send(&here(&phone, 1, "JLP-020", 12));
    contributions::confirm(desk.data(), &id(1), NOW).unwrap();
    // Another device says so: that is none of its business.
    let theirs = sealed(&Phone::new(2), 7, "withdraw", &json!({"of": report(1)}));
    desk.send_by(other, &theirs);
    assert_eq!(desk.list(false).len(), 1);
    // Or it says that this very device has sealed so: that is held, and takes nothing back.
    let forged = sealed(&phone, 9, "withdraw", &json!({"of": report(1)}));
    assert!(matches!(desk.send_by(other, &forged), ItemOutcome::Held { .. }));
    assert_eq!(desk.list(false).len(), 1);
    assert!(desk.export().contains("JLP-020"));
    desk.send(&sealed(&phone, 8, "withdraw", &json!({"of": report(1)})));
    assert_eq!(desk.list(false), Vec::<Value>::new());
    assert!(desk.refused(&id(1)).contains("was taken back"));
    assert_eq!(contributions::export(desk.data(), &mut Vec::new()).unwrap(), 0);
}

#[test]
fn what_cannot_be_confirmed_is_refused_with_words() {
    let mut desk = Desk::new();
    let phone = Phone::new(1);
    desk.send(&here(&phone, 1, "JLP-020", 51));
    desk.send(&phone.seal(report(2), 2, 1));
    assert!(desk.refused(&id(1)).contains("only good to 51 m"));
    assert!(desk.refused(&id(2)).contains("is a report and no contribution"));
    assert!(desk.refused(&id(9)).contains("there is no item"));
    assert!(desk.refused("JLP-020").contains("is no id of a contribution"));
    let nowhere = tempfile::tempdir().unwrap();
    let none = contributions::list(nowhere.path(), false, &mut Vec::new()).unwrap_err();
    assert!(none.to_string().contains("there is no data folder"));
}

#[test]
fn a_claim_that_lacks_what_it_needs_is_rejected_by_its_field() {
    let mut desk = Desk::new();
    let phone = Phone::new(1);
    let mut bare = here(&phone, 1, "JLP-020", 12);
    bare["body"]["consents"] = json!([]);
    let ItemOutcome::Rejected(fault) = desk.send(&bare) else { panic!("rejected") };
    assert_eq!(fault.field, "/sealed/body/consents");
    assert_eq!(desk.list(false), Vec::<Value>::new());
    let again: ReportId = report(1);
    assert!(
        matches!(desk.send(&here(&phone, 1, "JLP-020", 12)), ItemOutcome::Stored(_)),
        "{again}"
    );
}

#[test]
fn a_revision_that_nobody_has_looked_at_is_not_confirmed_by_the_word_on_an_earlier_one() {
    // Somebody's position was confirmed; then their phone sent other bytes under the same id.
    let mut desk = Desk::new();
    let phone = Phone::new(1);
    desk.send(&here(&phone, 1, "JLP-020", 12));
    contributions::confirm(desk.data(), &id(1), NOW).unwrap();
    let mut moved = here(&phone, 1, "JLP-020", 12);
    (moved["rev"], moved["dseq"]) = (json!(2), json!(2));
    moved["body"]["fix"]["lat"] = json!(29.47);
    assert!(matches!(desk.send(&moved), ItemOutcome::Stored(_)));
    assert_eq!(desk.list(true)[0]["lat"], 29.47);
    assert_eq!(contributions::export(desk.data(), &mut Vec::new()).unwrap(), 0);
    contributions::confirm(desk.data(), &id(1), NOW).unwrap();
    assert!(desk.export().contains("29.470000"));
}

#[test]
fn a_phone_that_became_another_device_takes_back_what_it_has_sent() {
    // A phone whose id was taken seals on under a new one: what it had sealed before goes with it.
    let mut desk = Desk::new();
    let (before, now) = (Phone::new(1), Phone::new(2));
    let sealed_before = here(&before, 1, "JLP-020", 12);
    assert!(matches!(desk.send_by(now.device, &sealed_before), ItemOutcome::Held { .. }));
    contributions::confirm(desk.data(), &id(1), NOW).unwrap();
    desk.send_by(now.device, &sealed(&now, 2, "withdraw", &json!({"of": report(1)})));
    assert_eq!(desk.list(false), Vec::<Value>::new());
    assert_eq!(contributions::export(desk.data(), &mut Vec::new()).unwrap(), 0);
}

#[test]
fn a_missing_park_with_a_vague_position_is_not_confirmed_either() {
    let mut desk = Desk::new();
    let phone = Phone::new(1);
    for (nth, accuracy_m) in [(1, json!(51)), (2, Value::Null)] {
        let mut item = here(&phone, nth, "JLP-020", 0);
        item["body"]["what"] = json!("missing");
        item["body"]["name"] = json!("坡坎游园");
        item["body"]["fix"]["accuracy_m"] = accuracy_m;
        assert!(matches!(desk.send(&item), ItemOutcome::Stored(_)));
    }
    assert!(desk.refused(&id(1)).contains("only good to 51 m"));
    assert!(desk.refused(&id(2)).contains("does not say how exact"));
    desk.send(&missing(&phone, 3, "==="));
    assert!(desk.refused(&id(3)).contains("its name"));
}
