//! Another district is another folder. This one is made up, and is no place on earth: it lies in the
//! sea, so that nobody takes it for one.

use std::{fs, path::Path};

use csv::Writer;
use model::pack::{Listed, ParkCount, Placement};
use tempfile::TempDir;

/// A table from its columns and rows; what a row does not name stays empty.
fn table(dir: &Path, file: &str, columns: &str, rows: &[&[(&str, &str)]]) {
    let columns: Vec<&str> = columns.split_whitespace().collect();
    let mut writer = Writer::from_path(dir.join(file)).expect("a table to write");
    writer.write_record(&columns).expect("a heading");
    for row in rows {
        assert!(row.iter().all(|(name, _)| columns.contains(name)), "{file}: {row:?}");
        let cell =
            |column: &&str| row.iter().find(|(name, _)| name == column).map_or("", |it| it.1);
        writer.write_record(columns.iter().map(cell)).expect("a row");
    }
    writer.flush().expect("a written table");
}

const POSITION: [(&str, &str); 4] = [
    ("datum", "WGS84"),
    ("orig_datum", "WGS84"),
    ("coord_source", "made"),
    ("coord_licence", "fact"),
];

fn folder() -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    let path = dir.path();
    let ring = "[[[10.0,1.0],[10.1,1.0],[10.1,1.1],[10.0,1.1],[10.0,1.0]]]";
    let about = r#""adcode":"990001","name":"海上区","name_en":"Sea District","datum":"WGS84","source":"made","licence":"ours""#;
    let line = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{{about}}},"geometry":{{"type":"Polygon","coordinates":{ring}}}}}]}}"#
    );
    fs::write(path.join("boundary.geojson"), line).expect("a line");
    table(
        path,
        "district.csv",
        "code version name name_en city parks_reported_zh parks_reported_en parks_reported_year \
         parks_reported_sources tables_by tables_licence",
        &[&[
            ("code", "990001"),
            ("version", "2026-11-26"),
            ("name", "海上区"),
            ("name_en", "Sea District"),
            ("city", "海上"),
            ("tables_by", "a test"),
            ("tables_licence", "CC BY 4.0"),
        ]],
    );
    let list = [("source", "made"), ("licence", "ours"), ("has_point", "no")];
    let named = |level, code, code12, name| {
        [("level", level), ("code", code), ("code12", code12), ("name", name), ("short_name", name)]
    };
    let district = named("district", "990001", "990001000000", "海上区");
    let town = named("town", "990001101", "990001101000", "浪镇");
    let parent = [("parent_code", "990001"), ("parent_name", "海上区")];
    table(
        path,
        "divisions.csv",
        "level code code12 name short_name parent_code parent_name has_point lat lon datum orig_lat \
         orig_lon orig_datum point_source point_licence source licence run_by",
        &[&[&district[..], &list].concat(), &[&town[..], &list, &parent].concat()],
    );
    let source = [("source_id", "M1"), ("title", "岛志"), ("link", "no"), ("reprint", "no")];
    table(path, "sources.csv", "source_id title publisher date url link reprint", &[&source]);
    let park = |id, name, reading| {
        [
            ("id", id),
            ("name", name),
            ("name_reading", reading),
            ("name_is_description", "no"),
            ("name_en", "Island"),
            ("name_en_basis", "ours"),
            ("name_sure", "high"),
            ("kind", "park"),
            ("listed", "park"),
            ("status", "open"),
            ("sources", "M1"),
        ]
    };
    let at = [
        ("placement", "point"),
        ("lat", "1.05"),
        ("lon", "10.05"),
        ("orig_lat", "1.05"),
        ("orig_lon", "10.05"),
        ("point_within_m", "100"),
        ("point_basis", "made"),
    ];
    table(
        path,
        "parks.csv",
        "id name name_reading name_is_description name_en name_en_basis alt_names alt_names_unsure \
         name_sure kind listed maybe_same_as status status_as_of opened area_m2 area_text area_scope \
         area_sure area_source length_km sub_district sub_district_basis sub_district_note place_text \
         facilities facilities_text entry placement lat lon datum point_within_m point_basis \
         near_kind near_name near_lat near_lon near_within_m near_basis orig_lat orig_lon orig_datum \
         coord_source coord_licence sources note_zh",
        &[
            &[&park("SEA-1", "灯塔公园", "")[..], &at, &POSITION].concat(),
            &[&park("SEA-2", "重滩公园", "chong tan gong yuan")[..], &[("placement", "none")]]
                .concat(),
        ],
    );
    table(
        path,
        "park_sources.csv",
        "park_id fact source_id",
        &[&[("park_id", "SEA-1"), ("fact", "name"), ("source_id", "M1")]],
    );
    table(
        path,
        "questions.csv",
        "id kinds zh en form options options_zh options_en from to unit_zh unit_en",
        &[],
    );
    table(
        path,
        "projects.csv",
        "id name name_in_article sub_district community_codes sources",
        &[],
    );
    // What can be broken is the same everywhere.
    let kinds = crate::folder::shipped().join("taxonomy.csv");
    fs::copy(kinds, path.join("taxonomy.csv")).expect("the kinds of trouble");
    dir
}

#[test]
fn another_district_is_another_folder() {
    let pack = pack::build(folder().path()).unwrap_or_else(|bad| panic!("{bad}")).pack;
    assert_eq!((pack.district.code.as_str(), pack.district.name.as_str()), ("990001", "海上区"));
    assert_eq!(pack.count, ParkCount { recorded: 2, placed: 1, unconfirmed: 0 });
    assert!(pack.parks.iter().all(|park| park.listed == Listed::Park));
    assert!(matches!(pack.parks[0].placement, Placement::Point { within_m: 100, .. }));
    assert!(pack.parks[1].spoken[0].answers("chongtan").is_some(), "its own reading");
    assert_eq!(pack.sub_districts[0].name, "浪镇");
    assert_eq!(pack.district.parks_reported, None);
    assert!(pack.projects.is_empty() && pack.questions.is_empty() && pack.stations.is_empty());
    assert_eq!(pack.check(), Ok(()));
    // Nothing of the shipped district is in it.
    let text = pack::to_json(&pack);
    assert!(!text.contains("九龙坡") && !text.contains("JLP-"));
}

#[test]
fn a_row_of_the_other_district_is_refused_by_its_place() {
    let folder = folder();
    let file = folder.path().join("divisions.csv");
    let text = fs::read_to_string(&file).expect("a table");
    fs::write(&file, text.replace("990001101,990001101000", "500107101,500107101000"))
        .expect("a table");
    let bad = pack::build(folder.path()).expect_err("a code of elsewhere").to_string();
    assert!(
        bad.starts_with("divisions.csv, row 3, column code: does not begin with 990001"),
        "{bad}"
    );
}
