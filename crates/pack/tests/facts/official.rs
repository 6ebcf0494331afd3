//! A list of the district in the columns of `parks.csv`.

use model::{
    datum::Wgs84,
    pack::{FactKind, Placement},
};
use pack::Built;

use crate::folder::Folder;

fn columns() -> Vec<String> {
    let text = Folder::new().text("parks.csv");
    text.lines().next().expect("a heading").split(',').map(str::to_owned).collect()
}

fn built(folder: &Folder) -> Built {
    pack::build(&folder.path("")).unwrap_or_else(|bad| panic!("{bad}"))
}

/// A list from the district with one row; `change` names the cells that differ.
fn official(change: &[(&str, &str)]) -> Folder {
    let columns = columns();
    let cells = columns.iter().map(|column| {
        let given = change.iter().find(|(name, _)| name == column).map(|(_, cell)| *cell);
        given.unwrap_or(match column.as_str() {
            "id" => "GOV-001",
            "name" => "测试公园 0001",
            "name_en" => "Test park 0001",
            "name_en_basis" => "ours",
            "name_is_description" => "no",
            "name_sure" => "high",
            "kind" | "listed" => "park",
            "status" => "open",
            "placement" => "none",
            "sources" => "S01",
            _ => "",
        })
    });
    let row = cells.collect::<Vec<_>>().join(",");
    Folder::new().write("official.csv", format!("{}\n{row}\n", columns.join(",")))
}

/// A point as AMap would print it.
const AMAP: [(&str, &str); 7] = [
    ("placement", "point"),
    ("lat", "29.497264"),
    ("lon", "106.503846"),
    ("datum", "GCJ-02"),
    ("point_within_m", "100"),
    ("point_basis", "the district says so"),
    ("coord_licence", "fact"),
];

fn amap(change: &[(&str, &'static str)]) -> Folder {
    let said = |column: &str| change.iter().find(|(name, _)| *name == column).map(|it| it.1);
    let mut cells = vec![("coord_source", "the district's list")];
    cells.extend(AMAP.iter().map(|(column, cell)| (*column, said(column).unwrap_or(cell))));
    cells.extend(change.iter().filter(|(name, _)| AMAP.iter().all(|it| it.0 != *name)));
    official(&cells)
}

#[test]
fn an_official_list_in_gcj02_is_converted_and_a_new_place_is_its_own() {
    let built = built(&amap(&[]));
    assert_eq!(built.report.read[0], "official.csv: 1 rows");
    let park = built.pack.park("GOV-001").unwrap();
    let at = park.placement.point().unwrap();
    assert!(at.metres_to(Wgs84 { lat: 29.5, lon: 106.5 }) < 0.2, "{at:?}");
}

#[test]
fn a_row_of_an_official_list_that_is_a_place_of_ours_gives_it_what_it_knows() {
    let row = amap(&[("name", "康隆公园"), ("entry", "free"), ("sources", "S02")]);
    let built = built(&row);
    assert_eq!(built.report.joined, ["JLP-017 康隆公园 = GOV-001 康隆公园 (by the name alone)"]);
    let park = built.pack.park("JLP-017").unwrap();
    assert!(park.placement.point().is_some());
    assert!(built.pack.park("GOV-001").is_none());
    let source = |at: &u16| built.pack.sources[usize::from(*at)].id.as_str();
    assert!(park.name_sources.iter().map(source).any(|id| id == "S02"), "both say its name");
    let entry = park.facts.iter().find(|fact| fact.what == FactKind::Entry).unwrap();
    assert_eq!(entry.sources.iter().map(source).collect::<Vec<_>>(), ["S02"]);
}

#[test]
fn an_official_list_with_a_fault_is_refused_by_file_row_and_column() {
    amap(&[("datum", "")]).refused("official.csv", 2, "datum", "say WGS84, GCJ-02 or BD-09");
    amap(&[("datum", "GPS")]).refused("official.csv", 2, "datum", "`GPS` is not one of");
    amap(&[("lat", "NaN")]).refused("official.csv", 2, "lat", "is not a plain number");
    let swapped = amap(&[("lat", "106.503846"), ("lon", "29.497264")]);
    swapped.refused("official.csv", 2, "lat", "is not between -90 and 90");
    official(&[("sources", "")]).refused("official.csv", 2, "sources", "is empty");
    official(&[("sources", "S99999")]).refused("official.csv", 2, "sources", "not in sources.csv");
}

#[test]
fn an_official_id_that_is_another_place_of_ours_is_refused() {
    let faults = official(&[("id", "JLP-001")]).faults();
    assert!(faults[0].reason.contains("`JLP-001` is 彩云湖国家湿地公园"), "{}", faults[0]);
}

// The bureau's note, its names and its own sorting vanished when its row was joined, and nobody heard.
#[test]
fn what_a_joined_row_says_is_kept_or_named_in_the_report() {
    let row = official(&[
        ("name", "渝高公园"),
        ("name_en", "Yugao Park of the Bureau"),
        ("name_en_basis", "sourced"),
        ("alt_names_unsure", "高坎公园"),
        ("note_zh", "周一闭园"),
        ("kind", "sports_park"),
        ("listed", "area"),
        ("maybe_same_as", "JLP-001"),
        ("status", "under_development"),
    ]);
    let row = row.cell("parks.csv", "JLP-034", "name_en_basis", "ours");
    let before = pack::build(&crate::folder::shipped()).expect("the facts").pack;
    let built = built(&row);
    let (park, ours) = (built.pack.park("JLP-034").unwrap(), before.park("JLP-034").unwrap());
    assert_eq!((park.name_en.as_str(), park.name_en_ours), ("Yugao Park of the Bureau", false));
    assert_eq!(park.note.as_deref(), ours.note.as_deref().or(Some("周一闭园")));
    assert!(park.maybe_aliases.iter().any(|it| it == "高坎公园"));
    assert_eq!((&park.kind, park.listed), (&ours.kind, ours.listed));
    let told = built.report.differing.join("\n");
    for (what, theirs) in [
        ("kind", "sports_park"),
        ("listed", "area"),
        ("status", "under_development"),
        ("maybe_same_as", "JLP-001"),
    ] {
        let line =
            built.report.differing.iter().find(|it| it.contains(&format!(", {what}: ours `")));
        assert!(line.is_some_and(|it| it.contains(&format!("GOV-001 `{theirs}`"))), "{told}");
    }
    assert!(built.report.to_string().contains("said otherwise: 4\n"), "{told}");
}

#[test]
fn a_point_of_the_list_far_from_ours_is_named_and_ours_stays() {
    let far = amap(&[("name", "渝高公园"), ("lat", "29.527264")]);
    let far = far.write("links.csv", "park_id,other,verdict\nJLP-034,GOV-001,same\n");
    let built = built(&far);
    let told = built.report.differing.join("\n");
    assert!(
        told.contains("JLP-034 渝高公园, point, ") && told.contains(" m apart: ours `"),
        "{told}"
    );
    let Placement::Point { source, .. } = &built.pack.park("JLP-034").unwrap().placement else {
        panic!("{told}")
    };
    assert_ne!(source, "the district's list");
}

#[test]
fn two_rows_with_one_id_are_one_fault_of_the_list() {
    let folder = official(&[]).twin("official.csv", "GOV-001");
    folder.refused("official.csv", 3, "id", "`GOV-001` stands in row 2 already");
}

#[test]
fn empty_rows_that_excel_leaves_are_passed_over() {
    let folder = official(&[]);
    let empty = ",".repeat(columns().len() - 1);
    let text = format!("{}{empty}\r\n{empty}\r\n", folder.text("official.csv"));
    assert_eq!(built(&folder.write("official.csv", text)).report.read[0], "official.csv: 1 rows");
}

// A table saved in any other way than as CSV with commas was answered with 47 lines, or with bytes.
#[test]
fn a_file_that_is_no_such_table_is_told_in_one_line_by_what_it_is() {
    let text = official(&[]).text("official.csv");
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let gbk = [text.as_bytes(), &b"\xb9\xab\xd4\xb0\n".repeat(5)].concat();
    for (bytes, told) in [
        (text.replace(',', ";").into_bytes(), "has semicolons between its cells"),
        (text.replace(',', "\t").into_bytes(), "has tabs between its cells"),
        (utf16, "is UTF-16"),
        (gbk, "is not UTF-8 from line 3 on, but perhaps GBK"),
        (b"PK\x03\x04\x14\x00\x06\x00".to_vec(), "is an Excel workbook (xlsx)"),
        (
            "序号,公园名称,面积(公顷),地址\n1,新桥公园,3.2,石桥铺\n".as_bytes().to_vec(),
            "its first row is `序号, 公园名称, 面积(公顷), 地址`",
        ),
    ] {
        let faults = Folder::new().write("official.csv", bytes).faults();
        assert!(faults.len() == 1 && faults[0].reason.contains(told), "{faults:?}");
        let how = ["CSV UTF-8 (comma delimited)", "data/README.md"];
        assert!(how.iter().any(|it| faults[0].reason.contains(it)), "{}", faults[0]);
    }
}
