//! What residents added and an operator has confirmed becomes a fact of the next pack, with its day.

use model::{
    layer::ConfirmedLayer,
    pack::{CoordLicence, DistrictPack, FactKind, Layer, Listed, Placement},
};

use crate::folder::Folder;

const FILE: &str = "contributions.csv";
const HEAD: &str = "id,what,park,other,name,fact,holds,words,lat,lon,accuracy_m,datum,made_on,confirmed_on,source,licence";
const WHO: &str = "居民到场补充，运营方核实";

fn id(nth: u8) -> String {
    format!("01a205bf-c051-75e1-aa3b-4c5d6e7f80{nth:02x}")
}

/// A folder with these rows, each from its third cell on.
fn with(rows: &[&str]) -> Folder {
    let rows = (1..).zip(rows).map(|(nth, row)| format!("{},{row}\n", id(nth)));
    Folder::new().write(FILE, format!("{HEAD}\n{}", rows.collect::<String>()))
}

/// In the middle of the district.
fn here(park: &str, at: &str, accuracy_m: u32) -> String {
    format!("here,{park},,,,,,{at},{accuracy_m},WGS84,2026-11-20,2026-11-25,{WHO},ODbL")
}

#[test]
fn whoever_stood_in_a_park_gives_it_a_point_with_source_and_day_and_the_finest_counts() {
    let (vague, fine) = (here("JLP-001", "29.44,106.36", 40), here("JLP-001", "29.4401,106.36", 9));
    let built = pack::build(&with(&[&vague, &fine]).path("")).unwrap_or_else(|bad| panic!("{bad}"));
    assert_eq!(built.report.joined.len(), 2);
    let whole = built.joined();
    let park = whole.park("JLP-001").expect("the lake");
    let Placement::Point { at, within_m, source, as_of, licence } = &park.placement else {
        panic!("{:?}", park.placement)
    };
    assert_eq!((at.lat, *within_m, source.as_str()), (29.4401, 20, WHO));
    assert_eq!((*licence, as_of.as_deref()), (CoordLicence::Odbl, Some("2026-11-20")));
    let said = park.sources.iter().map(|at| &whole.sources[usize::from(*at)]);
    let said = said.filter(|it| it.publisher.as_deref() == Some(WHO));
    assert!(said.into_iter().all(|it| it.date.as_deref() == Some("2026-11-20")));
    // What others said of the park is still said by them alone.
    let area = park.facts.iter().find(|it| it.what == FactKind::Area).expect("an area");
    assert!(area.sources.iter().all(|at| whole.sources[usize::from(*at)].id.starts_with('S')));
    let odbl = whole.notices.iter().filter(|it| it.source == WHO && it.licence == "ODbL");
    assert_eq!(odbl.clone().count(), 1);
    assert!(odbl.into_iter().all(|it| it.layer == Layer::Confirmed));
    assert_eq!(whole.count.placed, 3, "two before");
}

// A position is given under the ODbL. It stood in the file of the tables, among rows of other licences.
#[test]
fn confirmed_positions_are_a_file_of_their_own_and_the_tables_hold_none_of_them() {
    let missing = format!(
        "missing,,,坡坎游园,,,,29.44123,106.36123,12,WGS84,2026-11-20,2026-11-25,{WHO},ODbL"
    );
    let rows = [&here("JLP-001", "29.44,106.36", 9), &missing];
    let built = pack::build(&with(&rows.map(String::as_str)).path("")).expect("a pack");
    let before = pack::build(&Folder::new().path("")).expect("the facts").pack;
    let files = built.files();
    let [(confirmed, positions), (last, tables)] = &files[..] else { panic!("{files:?}") };
    assert!(confirmed.starts_with("confirmed-") && last == "pack.json");
    let layer: ConfirmedLayer = serde_json::from_str(positions).expect("a layer");
    let of: Vec<_> = layer.positions.iter().map(|it| (it.park.as_str(), it.licence)).collect();
    let new = built.pack.parks.iter().find(|it| it.name == "坡坎游园").expect("a new park");
    assert_eq!(of, [("JLP-001", CoordLicence::Odbl), (new.id.as_str(), CoordLicence::Odbl)]);

    let alone: DistrictPack = serde_json::from_str(tables).expect("a pack");
    assert_eq!(alone.layers.as_ref().and_then(|it| it.confirmed.as_ref()), Some(confirmed));
    let placement = |pack: &DistrictPack, id: &str| pack.park(id).expect("it").placement.clone();
    assert_eq!(placement(&alone, "JLP-001"), placement(&before, "JLP-001"));
    assert_eq!(placement(&alone, &new.id), Placement::Unplaced);
    assert_eq!(alone.count.placed, before.count.placed);
    assert!(!tables.contains("29.44123"));
}

#[test]
fn a_park_that_has_a_position_keeps_it_and_two_who_stood_far_apart_are_doubted() {
    let zoo = here("JLP-002", "29.44,106.36", 9);
    let [one, two] = ["29.44,106.36", "29.46,106.36"].map(|at| here("JLP-001", at, 9));
    let built =
        pack::build(&with(&[&zoo, &one, &two]).path("")).unwrap_or_else(|bad| panic!("{bad}"));
    let before = pack::build(&Folder::new().path("")).expect("the facts").pack;
    let placed = |pack: &DistrictPack| pack.park("JLP-002").expect("it").placement.clone();
    assert_eq!(placed(&built.pack), placed(&before));
    assert!(built.report.dropped[0].contains("JLP-002 has a position already"));
    assert!(built.report.doubted[0].contains("2224 m apart"), "{:?}", built.report.doubted);
}

#[test]
fn a_missing_park_becomes_one_and_facts_gain_a_day_or_are_an_editors_to_change() {
    let missing = format!(
        "missing,,,坡坎游园,,,三号楼后面,29.44,106.36,12,WGS84,2026-11-20,2026-11-25,{WHO},ODbL"
    );
    let unplaced = format!("missing,,,坎上园,,,,,,,,2026-11-20,2026-11-25,{WHO},");
    let holds = format!("right,JLP-001,,,status,yes,,,,,,2026-11-21,2026-11-25,{WHO},");
    let wrong = format!("right,JLP-001,,,entry,no,要收费了,,,,,2026-11-21,2026-11-25,{WHO},");
    let same = format!("same,JLP-001,JLP-002,,,,,,,,,2026-11-21,2026-11-25,{WHO},");
    let built = pack::build(&with(&[&missing, &unplaced, &holds, &wrong, &same]).path(""))
        .unwrap_or_else(|bad| panic!("{bad}"));
    let new = built.pack.parks.iter().find(|it| it.name == "坡坎游园").expect("a new park");
    assert_eq!((new.listed, new.id.starts_with("res-01a205bf")), (Listed::Park, true));
    assert!(new.spoken[0].answers("pokan").is_some());
    let other = built.pack.parks.iter().find(|it| it.name == "坎上园").expect("a new park");
    assert_eq!(other.placement, Placement::Unplaced);
    let lake = built.pack.park("JLP-001").expect("the lake");
    let status = lake.facts.iter().find(|it| it.what == FactKind::Status).expect("a status");
    let last = status.sources.last().expect("a source");
    assert_eq!(built.pack.sources[usize::from(*last)].date.as_deref(), Some("2026-11-21"));
    assert_eq!(lake.maybe_same_as, ["JLP-002"]);
    assert!(
        built
            .report
            .doubted
            .iter()
            .any(|it| it.contains("`entry` does not hold") && it.contains("要收费了"))
    );
    assert_eq!(built.pack.check(), Ok(()));
    let id = new.id.clone();
    assert!(built.joined().park(&id).expect("it").placement.point().is_some());
}

// Residents see parks of OpenStreetMap among the others. What was confirmed of one stopped the build:
// it was no place of the folder.
#[test]
fn what_is_confirmed_of_a_mapped_park_is_told_and_marks_it_and_changes_nothing_mapped() {
    let ring = "[[106.36,29.44],[106.361,29.44],[106.361,29.441],[106.36,29.44]]";
    let extract = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","id":"way/1","properties":
        {{"leisure":"park","name":"坡坎公园"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}"#
    );
    let told = |what: &str| format!("{what},,,,,2026-11-20,2026-11-25,{WHO},");
    let rows = [
        here("osm-way-1", "29.44,106.36", 9),
        told("right,osm-way-1,,,entry,no,要收费了"),
        told("same,JLP-001,osm-way-1,,,,"),
    ];
    let folder = with(&rows.each_ref().map(String::as_str)).write("osm.geojson", extract);
    let built = pack::build(&folder.path("")).unwrap_or_else(|bad| panic!("{bad}"));
    let report = &built.report;
    assert!(report.dropped[0].contains("osm-way-1 has a position already"), "{report}");
    assert!(report.doubted[0].contains("osm-way-1 `entry` does not hold"), "{report}");
    assert!(report.doubted[1].contains("JLP-001 and osm-way-1 are one place"), "{report}");
    let joined = built.joined();
    assert_eq!(joined.park("osm-way-1").expect("it").maybe_same_as, ["JLP-001"]);
    assert!(joined.park("JLP-001").expect("it").maybe_same_as.is_empty());
    // The map was refreshed, and the place is no longer in it: that stops no build.
    let gone = folder.cell(FILE, "osm-way-1", "park", "osm-way-2");
    let report = pack::build(&gone.path("")).unwrap_or_else(|bad| panic!("{bad}")).report;
    assert!(
        report.dropped[0].contains("is about `osm-way-2`, which this extract has no more"),
        "{report}"
    );
}

#[test]
fn a_bad_contribution_is_refused_by_row_and_column_and_the_pack_with_it() {
    let good = here("JLP-001", "29.44,106.36", 9);
    let refused = |row: &str, column: &str, words: &str| {
        with(&[&good, row]).refused(FILE, 3, column, words);
    };
    refused(&good.replace("JLP-001", "JLP-999"), "park", "is no place of this folder");
    refused(&good.replace("WGS84", "GCJ-02"), "datum", "`GCJ-02` is not one of WGS84");
    refused(&good.replace("WGS84", ""), "datum", "is empty");
    refused(&good.replace("29.44,106.36", "106.36,29.44"), "lat", "is not between");
    refused(&good.replace("29.44", "30.44"), "lat", "outside the district line");
    refused(&good.replace(WHO, ""), "source", "is empty");
    refused(&good.replace("2026-11-20", "yesterday"), "made_on", "is not a year");
    refused(&good.replace(",9,WGS84", ",51,WGS84"), "accuracy_m", "is not between 0 and 50");
    refused(&good.replace("here", "there"), "what", "`there` is not one of here");
}

#[test]
fn a_missing_park_that_has_the_name_of_another_is_kept_and_doubted_and_counts_once() {
    let row = |name: &str| format!("missing,,,{name},,,,,,,,2026-11-20,2026-11-25,{WHO},");
    let built = pack::build(&with(&[&row("渝高公园"), &row("坎上园"), &row("坎上园")]).path(""))
        .unwrap_or_else(|bad| panic!("{bad}"));
    let before = pack::build(&Folder::new().path("")).expect("the facts").pack;
    let marks: Vec<_> = built.pack.parks.iter().filter(|it| it.id.starts_with("res-")).collect();
    assert_eq!(marks[0].maybe_same_as, ["JLP-034"]);
    assert!(marks[1].maybe_same_as.is_empty());
    assert_eq!(marks[2].maybe_same_as, [marks[1].id.clone()]);
    assert_eq!(built.report.doubted.len(), 2);
    let (count, was) = (built.pack.count, before.count);
    assert_eq!((count.recorded, count.unconfirmed), (was.recorded + 1, was.unconfirmed + 2));
}
