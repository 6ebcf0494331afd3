use std::fs;

use crate::folder::Folder;

/// What is said of a whole file.
fn refused_file(folder: &Folder, file: &str, words: &str) {
    let faults = folder.faults();
    let text = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(text.starts_with(&format!("{file}: ")) && text.contains(words), "{text}");
    assert_eq!(faults.len(), 1, "{text}");
}

#[test]
fn a_missing_file_is_named() {
    refused_file(&Folder::new().without("taxonomy.csv"), "taxonomy.csv", "cannot be read");
    refused_file(&Folder::new().without("boundary.geojson"), "boundary.geojson", "cannot be read");
}

#[test]
fn a_table_without_a_row_is_refused() {
    let folder = Folder::new();
    let heading = folder.text("sources.csv").lines().next().expect("a heading").to_owned();
    refused_file(&folder.write("sources.csv", heading), "sources.csv", "holds no row");
    refused_file(&Folder::new().write("sources.csv", ""), "sources.csv", "holds no row");
}

#[test]
fn a_missing_column_is_named() {
    let folder = Folder::new().replace("parks.csv", ",coord_licence,", ",licence,");
    folder.refused("parks.csv", 1, "coord_licence", "is missing");
}

#[test]
fn a_column_named_twice_is_refused() {
    let folder = Folder::new().replace("sources.csv", ",read_on,note", ",read_on,date");
    folder.refused("sources.csv", 1, "date", "is named twice");
}

#[test]
fn a_row_with_too_few_cells_is_refused() {
    let folder = Folder::new().replace("park_sources.csv", "JLP-001,exists,S01", "JLP-001,exists");
    folder.refused("park_sources.csv", 3, "source_id", "the row has 2 cells, the heading 3");
}

#[test]
fn a_row_with_too_many_cells_is_refused() {
    let folder = Folder::new().replace("park_sources.csv", "JLP-001,name,", "JLP-001,name,S01,");
    folder.refused("park_sources.csv", 2, "source_id", "the row has 4 cells, the heading 3");
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let folder = Folder::new();
    let mut bytes = fs::read(folder.path("park_sources.csv")).expect("a table");
    let at = bytes.windows(4).position(|four| four == b"name").expect("a fact");
    bytes[at] = 0xff;
    let folder = folder.write("park_sources.csv", bytes);
    folder.refused("park_sources.csv", 2, "fact", "is not UTF-8 text");
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_refused_where_it_stands() {
    let folder =
        Folder::new().replace("park_sources.csv", "JLP-001,exists,S01", "JLP-001,exists,\"S01");
    folder.refused("park_sources.csv", 3, "source_id", "line break");
}

#[test]
fn a_line_that_is_not_closed_is_refused() {
    let folder = Folder::new();
    let text = folder.text("boundary.geojson");
    let last = text.rfind("],[106.396874,29.343398]").map_or(0, |at| at + 1);
    let open =
        format!("{}{}", &text[..last], text[last..].replacen(",[106.396874,29.343398]", "", 1));
    let faults = folder.write("boundary.geojson", open).faults();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].column.as_deref(), Some("coordinates[0]"));
    assert!(faults[0].reason.contains("closed ring"));
}

#[test]
fn a_line_of_another_datum_is_refused() {
    let folder = Folder::new().replace(
        "boundary.geojson",
        r#""name_en":"Jiulongpo District","datum":"WGS84""#,
        r#""name_en":"Jiulongpo District","datum":"GCJ-02""#,
    );
    let faults = folder.faults();
    assert_eq!(faults[0].column.as_deref(), Some("properties.datum"));
    assert!(faults[0].reason.contains("`GCJ-02` is not WGS84"));
}

#[test]
fn a_line_that_is_no_json_is_refused_with_its_row() {
    let faults =
        Folder::new().replace("boundary.geojson", "\"datum\":\"WGS84\",\n", "?\n").faults();
    assert_eq!((faults[0].file, faults[0].row), ("boundary.geojson", Some(2)));
}

#[test]
fn a_river_of_another_datum_is_refused_by_its_place_in_the_file() {
    let datum = r#""neighbour":"南岸区","datum":"WGS84""#;
    let faults = Folder::new()
        .replace("river_side.geojson", datum, &datum.replace("WGS84", "GCJ-02"))
        .faults();
    assert_eq!((faults[0].file, faults.len()), ("river_side.geojson", 1));
    assert_eq!(faults[0].column.as_deref(), Some("features[0].properties.datum"));
    assert!(faults[0].reason.contains("`GCJ-02` is not WGS84"));
}

#[test]
fn a_station_far_from_the_district_is_refused_and_so_is_one_that_was_not_converted() {
    let folder = Folder::new();
    let row = folder.line("stations.csv", "石桥铺");
    // 1.0 degree north, in both columns: it agrees with what was published, and lies elsewhere.
    let folder = folder.cell("stations.csv", "石桥铺", "lat", "30.535437").cell(
        "stations.csv",
        "石桥铺",
        "orig_lat",
        "30.532771",
    );
    let faults = folder.faults();
    assert!(
        faults.iter().any(|it| it.row == Some(row) && it.reason.contains("km from")),
        "{faults:?}"
    );
    // The published numbers themselves, as if they were WGS84.
    let folder = Folder::new().cell("stations.csv", "石桥铺", "lat", "29.532771");
    folder.refused("stations.csv", row, "lat", "from the published point");
}

#[test]
fn all_faults_are_found_in_one_run_and_printed_one_a_line() {
    let folder = Folder::new()
        .cell("parks.csv", "JLP-001", "kind", "lake")
        .cell("parks.csv", "JLP-001", "entry", "cheap")
        .cell("sources.csv", "S02", "date", "last year")
        .cell("taxonomy.csv", "fire.wiring", "call_first", "yes");
    let bad = pack::build(&folder.path("")).expect_err("four faults").to_string();
    let files: Vec<_> = bad.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(files, ["sources.csv", "parks.csv", "parks.csv", "taxonomy.csv"]);
}

#[test]
fn the_faults_of_every_table_that_is_none_are_found_in_one_run() {
    let folder = Folder::new().without("parks.csv").without("sources.csv");
    assert_eq!(folder.faults().len(), 2);
}
