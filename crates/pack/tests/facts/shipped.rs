use std::fs;

use model::pack::{
    AreaScope, CoordLicence, DistrictPack, EscalationAction, Fact, FactKind, Layer, NearKind, Park,
    ParkCount, Placement, RiverSide,
};
use tempfile::TempDir;

use crate::folder::{Folder, shipped, shipped_pack};

fn ids(pack: &DistrictPack, positions: &[u16]) -> Vec<String> {
    positions.iter().map(|at| pack.sources[usize::from(*at)].id.clone()).collect()
}

fn fact(park: &Park, what: FactKind) -> &Fact {
    park.facts.iter().find(|fact| fact.what == what).expect("a fact")
}

#[test]
fn the_shipped_facts_make_a_pack() {
    let pack = shipped_pack();
    assert_eq!((pack.form, pack.district.code.as_str()), (DistrictPack::FORM, "500107"));
    assert_eq!((pack.sub_districts.len(), pack.parks.len(), pack.groups.len()), (19, 61, 11));
    assert_eq!(pack.sub_districts.iter().map(|sub| sub.communities.len()).sum::<usize>(), 219);
    assert_eq!(pack.groups.iter().map(|group| group.kinds.len()).sum::<usize>(), 50);
    assert_eq!(pack.count, ParkCount { recorded: 35, placed: 2, unconfirmed: 11 });
}

#[test]
fn a_fact_names_the_sources_that_speak_for_it_and_else_the_row_does() {
    let pack = shipped_pack();
    let lake = pack.park("JLP-001").expect("a park");
    assert_eq!(ids(&pack, &lake.sources), ["S01", "S02", "S05", "S04", "S03"]);
    let area = fact(lake, FactKind::Area);
    assert_eq!((area.value.as_str(), area.scope), ("1605亩", Some(AreaScope::WholePark)));
    assert_eq!(ids(&pack, &area.sources), ["S03"]);
    let length = fact(pack.park("JLP-037").expect("a path"), FactKind::Length);
    assert_eq!((length.value.as_str(), length.sources.is_empty()), ("12.6", true));
}

#[test]
fn a_fact_that_was_read_from_words_is_marked() {
    let pack = shipped_pack();
    let inferred = |id| fact(pack.park(id).expect("a park"), FactKind::SubDistrict).inferred;
    assert!(inferred("JLP-001"));
    assert!(!inferred("JLP-002"));
}

#[test]
fn an_area_of_something_wider_says_of_what() {
    let pack = shipped_pack();
    let area = fact(pack.park("JLP-009").expect("a park"), FactKind::Area);
    assert_eq!(area.scope, Some(AreaScope::WiderArea));
    assert_eq!(area.words.as_deref(), Some("华岩·龙门阵"));
}

#[test]
fn what_is_only_planned_has_words_and_no_facility() {
    let pack = shipped_pack();
    let plans = fact(pack.park("JLP-012").expect("a planned park"), FactKind::Facilities);
    assert_eq!(plans.value, "");
    assert!(plans.words.as_ref().is_some_and(|words| words.starts_with("规划")));
}

#[test]
fn a_place_near_a_station_has_the_stations_position_and_no_point_of_its_own() {
    let pack = shipped_pack();
    let Placement::Near { kind, name, at, sourced, licence, .. } =
        &pack.park("JLP-001").expect("a park").placement
    else {
        panic!("the lake is near something");
    };
    assert_eq!((*kind, name.as_str(), *sourced), (NearKind::MetroStation, "彩云湖", true));
    assert_eq!(([at.lat, at.lon], *licence), ([29.518_673, 106.467_894], CoordLicence::NoneStated));
    assert!(matches!(pack.park("JLP-002").expect("a zoo").placement, Placement::Point { .. }));
    assert_eq!(pack.park("JLP-006").expect("a park").placement, Placement::Unplaced);
}

#[test]
fn a_thing_nearby_may_lie_outside_the_district() {
    let pack = shipped_pack();
    let Placement::Near { at, .. } = pack.park("JLP-022").expect("a park").placement else {
        panic!("the river park is near a station");
    };
    assert!(!pack.district.contains(at));
}

#[test]
fn only_an_address_that_may_be_a_link_is_in_the_pack() {
    let pack = shipped_pack();
    let source = |id| pack.sources.iter().find(|source| source.id == id).expect("a source");
    assert!(source("S01").link.is_some());
    assert!(source("S24").link.is_none() && source("S24").reprint);
    assert!(!pack::to_json(&pack).contains("china-binding"));
}

#[test]
fn a_source_without_a_date_has_none_and_one_that_nothing_cites_is_left_out() {
    let pack = shipped_pack();
    assert!(pack.sources.iter().any(|source| source.id == "S15" && source.date.is_none()));
    assert!(!pack.sources.iter().any(|source| source.id == "S79"));
}

#[test]
fn a_gas_leak_calls_first_and_a_parked_car_may_be_a_blocked_fire_lane() {
    let pack = shipped_pack();
    let leak = pack.kind("utility.gas_leak").expect("a kind");
    assert!(leak.call_first && leak.call_numbers == ["119"] && leak.escalation.is_none());
    let car = pack.kind("parking.motor").and_then(|kind| kind.escalation.as_ref());
    let lane = EscalationAction::Switch("fire.lane_blocked".to_owned());
    assert_eq!(car.expect("a question").yes, lane);
}

#[test]
fn six_towns_are_run_by_others_and_that_is_still_to_be_verified() {
    let pack = shipped_pack();
    let others: Vec<_> = pack.sub_districts.iter().filter(|sub| sub.run_by.is_some()).collect();
    assert_eq!(others.len(), 6);
    assert!(others.iter().all(|sub| sub.run_by.as_deref() == Some("重庆高新区")));
    assert!(others.iter().all(|sub| sub.run_by_unsure));
}

#[test]
fn the_page_reads_back_what_was_built() {
    let pack = shipped_pack();
    let read: DistrictPack = serde_json::from_str(&pack::to_json(&pack)).expect("a pack");
    assert_eq!(read, pack);
}

#[test]
fn the_same_facts_make_the_same_bytes() {
    let copy = Folder::new();
    let out = TempDir::new().expect("a temporary folder");
    pack::write(&copy.path(""), out.path()).expect("a written pack");
    let written = fs::read_to_string(out.path().join("pack.json")).expect("the pack");
    assert!(written == pack::to_json(&shipped_pack()));
}

#[test]
fn bad_facts_write_nothing() {
    let out = TempDir::new().expect("a temporary folder");
    let bad = Folder::new().cell("parks.csv", "JLP-001", "kind", "lake");
    assert!(pack::write(&bad.path(""), out.path()).is_err());
    assert!(!out.path().join("pack.json").exists());
}

#[test]
fn every_layer_of_the_pack_has_its_source_and_licence_in_the_notice_file() {
    let pack = shipped_pack();
    let layers = [
        Layer::Tables,
        Layer::Positions,
        Layer::Divisions,
        Layer::DivisionPoints,
        Layer::Boundary,
        Layer::Stations,
        Layer::RiverSide,
    ];
    assert!(layers.iter().all(|layer| pack.notices.iter().any(|it| it.layer == *layer)));
    let file = fs::read_to_string(shipped().join("../NOTICE")).expect("NOTICE");
    let lines = pack::notice_lines(&pack.notices);
    assert!(file.contains(&lines), "NOTICE must hold:\n{lines}");
}

#[test]
fn a_station_has_its_lines_and_a_river_runs_along_a_part_of_the_line() {
    let pack = shipped_pack();
    let station = pack.stations.iter().find(|it| it.name == "石桥铺").expect("a station");
    assert_eq!(station.lines, ["1号线", "5号线"]);
    assert_eq!(pack.stations.len(), 29);
    let along = |side: &RiverSide| {
        side.line.0.iter().all(|at| {
            let edges = pack.district.boundary.iter().flat_map(|ring| ring.windows(2));
            edges.map(|ends| at.metres_to_line(ends[0], ends[1])).any(|metres| metres < 400.0)
        })
    };
    assert!(pack.river_sides.iter().all(|it| it.name == "长江" && along(it)));
    assert_eq!(pack.river_sides.len(), 2);
}

#[test]
fn a_folder_without_a_metro_or_a_river_is_a_district_too() {
    let folder = Folder::new().without("stations.csv").without("river_side.geojson");
    let pack = pack::build(&folder.path("")).expect("a district").pack;
    assert!(pack.stations.is_empty() && pack.river_sides.is_empty());
    assert!(pack.notices.iter().all(|it| it.layer != Layer::Stations));
}

#[test]
fn everyday_words_and_letters_find_the_street_lamp_first() {
    let pack = shipped_pack();
    let best = |typed: &str| {
        let kinds = pack.groups.iter().flat_map(|group| &group.kinds);
        let hits = kinds.filter_map(|kind| {
            let best = kind.spoken.iter().filter_map(|it| it.answers(typed)).min()?;
            Some((best, kind.id.as_str()))
        });
        hits.min_by_key(|(hit, _)| *hit).map(|(_, id)| id)
    };
    for typed in ["路灯", "ludeng", "灯不亮", "LuDeng"] {
        assert_eq!(best(typed), Some("utility.streetlight"), "{typed}");
    }
    // So do 楼道, the stairwell, and its kinds.
    let lamp = pack.kind("utility.streetlight").expect("a kind");
    assert!(lamp.spoken[0].answers("ld").is_some());
    assert_eq!(best("tikan"), Some("road.steps_rail"));
    assert_eq!(best("niupixuan"), Some("order.posters"));
    assert_eq!(best("坐飞机"), None);
}

#[test]
fn a_kind_asks_at_most_three_questions_in_both_languages() {
    let pack = shipped_pack();
    let kinds: Vec<_> = pack.groups.iter().flat_map(|group| &group.kinds).collect();
    assert!(kinds.iter().all(|kind| pack.questions_of(&kind.id).count() <= 3));
    let asked: Vec<_> = pack.questions_of("utility.streetlight").map(|it| it.id.as_str()).collect();
    assert_eq!(asked, ["lamps_out", "lamp_how", "since"]);
    assert_eq!(pack.questions_of("utility.gas_leak").count(), 0, "who smells gas leaves");
}

#[test]
fn a_project_is_known_by_name_and_has_no_position() {
    let pack = shipped_pack();
    assert_eq!(pack.projects.len(), 10);
    let hill = pack.project("R-02").expect("a project");
    assert_eq!(hill.name, "红育坡片区老旧小区改造");
    assert_eq!(
        (hill.communities.len(), hill.sub_districts.as_slice()),
        (2, &["渝州路街道".into()][..])
    );
    assert!(hill.spoken[1].answers("红育坪").is_some(), "as the article prints it");
    assert_eq!(ids(&pack, &hill.sources)[0], "S80");
    assert!(pack.project("R-05").is_some_and(|it| it.sub_districts.is_empty()));
}

#[test]
fn the_shipped_pack_passes_the_phones_own_look_and_a_spoilt_one_does_not() {
    let pack = shipped_pack();
    assert_eq!(pack.check(), Ok(()));
    let spoilt = |spoil: fn(&mut DistrictPack)| {
        let mut pack = pack.clone();
        spoil(&mut pack);
        pack.check().expect_err("a spoilt pack").to_string()
    };
    let twice = spoilt(|pack| pack.parks.push(pack.parks[0].clone()));
    assert_eq!(twice, "place JLP-001 stands twice");
    assert_eq!(spoilt(|it| it.parks[0].sources.clear()), "place JLP-001 has no source");
    assert_eq!(spoilt(|it| it.sources.clear()), "place JLP-001 has no source");
    let swapped = spoilt(|pack| {
        let Placement::Point { at, .. } = &mut pack.parks[1].placement else { panic!("a point") };
        (at.lat, at.lon) = (at.lon, at.lat);
    });
    assert_eq!(swapped, "place JLP-002 lies outside the district");
    assert_eq!(spoilt(|it| it.groups.clear()), "the pack has no kinds of trouble");
    assert_eq!(spoilt(|it| it.district.boundary.clear()), "the pack has no district line");
}
