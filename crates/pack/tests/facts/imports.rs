//! Lists and maps of others: an extract of `OpenStreetMap`, a list from the district.

use std::fmt::Write as _;

use model::{
    datum::{Gcj02, Wgs84},
    layer::LineKind,
    pack::{CoordLicence, DistrictPack, FactKind, Layer, Listed, Placement},
};
use pack::Built;
use serde_json::{Value, json};

use crate::folder::Folder;

/// A made place in the middle of the district, where none of ours is.
const MIDDLE: [f64; 2] = [29.44, 106.36];

/// A square of 0.001 degrees, its lower left corner in a grid of such squares.
fn square(nth: u32) -> Vec<[f64; 2]> {
    let (row, column) = (f64::from(nth / 12), f64::from(nth % 12));
    let (south, west) = (MIDDLE[0] + row * 0.002, MIDDLE[1] + column * 0.002);
    vec![[south, west], [south, west + 0.001], [south + 0.001, west + 0.001], [south + 0.001, west]]
}

fn closed(mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    ring.push(ring[0]);
    ring
}

fn geometry(points: &[[f64; 2]]) -> Value {
    points.iter().map(|[lat, lon]| json!({ "lat": lat, "lon": lon })).collect()
}

fn way(id: u32, points: &[[f64; 2]], tags: &Value) -> Value {
    json!({
        "type": "way", "id": id, "version": 3, "timestamp": "2025-04-05T06:07:08Z",
        "geometry": geometry(points), "tags": tags,
    })
}

fn node(id: u32, [lat, lon]: [f64; 2], tags: &Value) -> Value {
    json!({ "type": "node", "id": id, "version": 1, "lat": lat, "lon": lon, "tags": tags })
}

fn park(id: u32, nth: u32, name: &str) -> Value {
    way(id, &closed(square(nth)), &json!({ "leisure": "park", "name": name }))
}

fn overpass(elements: &[Value]) -> String {
    let header = json!({ "timestamp_osm_base": "2026-11-20T00:00:00Z", "copyright": "ODbL" });
    json!({ "version": 0.6, "osm3s": header, "elements": elements }).to_string()
}

fn with_osm(elements: &[Value]) -> Folder {
    Folder::new().write("osm.json", overpass(elements))
}

fn built(folder: &Folder) -> Built {
    pack::build(&folder.path("")).unwrap_or_else(|bad| panic!("{bad}"))
}

#[test]
fn objects_of_every_listed_tag_go_in_and_each_is_told() {
    let kinds = [
        ("leisure", "park", "park", Listed::Park),
        ("leisure", "garden", "garden", Listed::Park),
        ("leisure", "nature_reserve", "nature_site", Listed::Area),
        ("leisure", "playground", "playground", Listed::Ground),
        ("leisure", "recreation_ground", "recreation_ground", Listed::Ground),
        ("tourism", "zoo", "zoo", Listed::Park),
        ("tourism", "theme_park", "theme_park", Listed::Park),
        ("place", "square", "plaza", Listed::Park),
        ("boundary", "protected_area", "nature_site", Listed::Area),
    ];
    let mut elements = Vec::new();
    for nth in 0..207 {
        let (key, value, ..) = kinds[nth as usize % kinds.len()];
        let mut tags = json!({ "name": format!("测试地点{nth:04}") });
        tags[key] = json!(value);
        elements.push(way(1000 + nth, &closed(square(nth)), &tags));
    }
    let line = [[29.44, 106.36], [29.45, 106.37], [29.46, 106.36]];
    for (id, key, value) in
        [(1, "waterway", "river"), (2, "waterway", "stream"), (3, "natural", "ridge")]
    {
        let mut tags = json!({});
        tags[key] = json!(value);
        elements.push(way(id, &line, &tags));
    }
    elements.push(way(4, &closed(square(300)), &json!({ "natural": "water", "name": "测试湖" })));
    elements.push(node(5, MIDDLE, &json!({ "amenity": "bench" })));
    elements.push(node(6, MIDDLE, &json!({})));
    let built = built(&with_osm(&elements));
    assert_eq!(
        built.report.to_string(),
        "osm.json: 212 elements, as of 2026-11-20T00:00:00Z\n\
         osm.json: places 207, waters 1, lines 3, dropped 0, without a tag of ours 1; besides, corners without tags 1\n\
         OpenStreetMap: the datum could not be checked: 0 of its places are known here as points, 3 are needed\n\
         OpenStreetMap: of 207 places 0 joined to ours, 0 in doubt, 0 mapped twice, 207 new\n\
         joined: 0\nin doubt: 0\ndropped: 0\n"
    );
    let (osm, links) = built.layers.osm.as_ref().unwrap();
    assert!(links.is_empty());
    assert_eq!((osm.places.len(), osm.water.len(), osm.lines.len()), (207, 1, 3));
    assert_eq!(
        osm.lines.iter().map(|it| it.kind).collect::<Vec<_>>(),
        [LineKind::River, LineKind::Stream, LineKind::Ridge]
    );
    for (nth, place) in osm.places.iter().enumerate() {
        let (.., kind, listed) = kinds[nth % kinds.len()];
        assert_eq!((place.kind.as_str(), place.listed), (kind, listed), "{}", place.name);
        assert_eq!(place.version, Some(3));
        let outline = place.outline.as_ref().unwrap();
        assert!(outline.contains(place.at), "{}", place.name);
    }
}

#[test]
fn a_layer_is_a_file_of_its_own_and_joined_it_makes_places_with_their_source() {
    let built = built(&with_osm(&[park(7, 0, "测试公园 0001")]));
    let files = built.files();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names[0].starts_with("osm-") && names[1].starts_with("links-"), "{names:?}");
    assert_eq!(names[2], "pack.json");
    let ours: DistrictPack = serde_json::from_str(&files[2].1).unwrap();
    assert!(!files[2].1.contains("测试公园"), "nothing of the map stands in our tables");
    let layers = ours.layers.clone().unwrap();
    assert_eq!(layers.names().map(String::as_str).collect::<Vec<_>>(), names[..2]);
    assert!(ours.notices.iter().any(|it| it.layer == Layer::Osm && it.licence == "ODbL 1.0"));

    let recorded = ours.count.recorded;
    let joined = built.joined();
    assert_eq!((joined.count.recorded, joined.count.placed), (recorded + 1, ours.count.placed + 1));
    let park = joined.park("osm-way-7").unwrap();
    let Placement::Outline { outline, licence, .. } = &park.placement else { panic!("{park:?}") };
    assert_eq!((outline.0.len(), *licence), (1, CoordLicence::Odbl));
    let source = &joined.sources[usize::from(park.sources[0])];
    assert_eq!(source.title.as_deref(), Some("OpenStreetMap way/7 v3"));
    assert_eq!(source.date.as_deref(), Some("2025-04-05"));
}

#[test]
fn one_place_in_both_is_joined_and_keeps_both_sources() {
    // 渝高公园 is a point of ours; 彩云湖公园 another name of one that is near a station.
    let ours = pack::build(&crate::folder::shipped()).unwrap().pack;
    let placed = ours.parks.iter().find(|park| park.name == "渝高公园").unwrap();
    let at = placed.placement.point().unwrap();
    let around = |lat: f64, lon: f64| {
        closed(vec![
            [lat - 0.001, lon - 0.001],
            [lat - 0.001, lon + 0.001],
            [lat + 0.001, lon + 0.001],
            [lat + 0.001, lon - 0.001],
        ])
    };
    let fee = json!({ "leisure": "park", "name": "渝高公园", "fee": "no", "wheelchair": "yes" });
    let built = built(&with_osm(&[
        way(1, &around(at.lat, at.lon), &fee),
        node(2, [29.516, 106.466], &json!({ "leisure": "park", "name": "彩云湖公园" })),
        node(3, [29.44, 106.36], &json!({ "leisure": "park", "name": "渝高生态公园" })),
    ]));
    assert_eq!(
        built.report.joined,
        [
            "JLP-034 渝高公园 = way/1 渝高公园 (0 m apart)",
            "JLP-001 彩云湖国家湿地公园 = node/2 彩云湖公园 (349 m from what ours is near to)",
        ]
    );
    assert!(built.report.doubted.is_empty(), "another park with a name alike, ten kilometres off");
    let joined = built.joined();
    let park = joined.park("JLP-034").unwrap();
    assert!(matches!(park.placement, Placement::Outline { .. }));
    let entry = park.facts.iter().rfind(|fact| fact.what == FactKind::Entry).unwrap();
    assert_eq!(entry.value, "free");
    assert_eq!(joined.sources[usize::from(entry.sources[0])].id, "way/1");
    let before = placed.facts.iter().filter(|fact| fact.what == FactKind::Status).count();
    let status = park.facts.iter().find(|fact| fact.what == FactKind::Status).unwrap();
    assert_eq!((before, status.sources.is_empty()), (1, false), "it keeps who said it");
}

#[test]
fn what_may_be_one_place_is_kept_twice_and_marked_until_a_person_decides() {
    let far = node(9, [29.44, 106.36], &json!({ "leisure": "park", "name": "渝高公园" }));
    let folder = with_osm(&[far]);
    let kept = built(&folder);
    assert_eq!(kept.report.joined, Vec::<String>::new());
    assert!(kept.report.doubted[0].starts_with("JLP-034 渝高公园 = node/9 渝高公园 (one name, "));
    let joined = kept.joined();
    assert_eq!(joined.park("osm-node-9").unwrap().maybe_same_as, ["JLP-034"]);

    let verdict = |word: &str| format!("park_id,other,verdict\nJLP-034,node/9,{word}\n");
    let folder = folder.write("links.csv", verdict("same"));
    assert_eq!(
        built(&folder).report.joined,
        ["JLP-034 渝高公园 = node/9 渝高公园 (links.csv says so)"]
    );
    let folder = folder.write("links.csv", verdict("different"));
    assert!(built(&folder).report.doubted.is_empty());
    let folder = folder.write("links.csv", "park_id,other,verdict\n,node/9,leave_out\n");
    assert_eq!(built(&folder).report.dropped, ["node/9 渝高公园 links.csv leaves it out"]);
}

// One garden was mapped twice, as two ways or two nodes side by side. Both went in without a word.
#[test]
fn places_of_one_name_side_by_side_are_doubted_and_those_far_apart_are_not() {
    let garden = json!({ "leisure": "garden", "name": "坡坎游园" });
    let [lat, lon] = MIDDLE;
    let built = built(&with_osm(&[
        node(1, [lat, lon], &garden),
        node(2, [lat + 0.001, lon], &garden),
        node(3, [lat + 0.01, lon], &garden),
    ]));
    assert_eq!(
        built.report.doubted,
        ["node/1 = node/2 坡坎游园 (one name in the extract, 111 m apart)"]
    );
    assert_eq!(built.layers.osm.unwrap().0.places.len(), 3);
}

#[test]
fn a_name_that_is_not_sure_joins_nothing_and_is_doubted() {
    let folder = with_osm(&[park(1, 0, "坡坎游园")]).cell(
        "parks.csv",
        "JLP-017",
        "alt_names_unsure",
        "坡坎游园",
    );
    let report = built(&folder).report;
    assert_eq!(report.joined, Vec::<String>::new());
    let doubt = "JLP-017 康隆公园 = way/1 坡坎游园 (by a name that is not sure, ";
    assert!(report.doubted.len() == 1 && report.doubted[0].starts_with(doubt), "{report}");
}

#[test]
fn what_is_not_for_us_is_dropped_with_its_reason() {
    let tags = |extra: &[(&str, &str)]| {
        let mut tags = json!({ "leisure": "park" });
        for (key, value) in extra {
            tags[*key] = json!(value);
        }
        tags
    };
    let report = built(&with_osm(&[
        node(1, [29.9, 106.36], &tags(&[("name", "界外公园")])),
        node(2, MIDDLE, &tags(&[])),
        node(3, MIDDLE, &tags(&[("name", "私家花园"), ("access", "private")])),
        park(4, 0, "测试公园 0004"),
        node(5, [MIDDLE[0] + 0.0005, MIDDLE[1] + 0.0005], &tags(&[("name", "测试公园 0004")])),
        json!({ "type": "way", "id": 6, "tags": tags(&[("name", "无形公园")]) }),
    ]))
    .report;
    assert_eq!(
        report.dropped,
        [
            "node/1 界外公园 lies outside the district",
            "node/2 has no name",
            "node/3 私家花园 is mapped as not open to everybody",
            "way/6 无形公园 has no geometry in the extract: ask for it with `out geom`",
            "node/5 测试公园 0004 is way/4 once more",
        ]
    );
}

#[test]
fn an_outline_over_the_district_line_is_cut_and_kept_within_five_metres() {
    // A belt from the middle to far outside, with a corner every few metres along one side.
    let mut ring = vec![[29.44, 107.0], [29.45, 107.0], [29.45, 106.36]];
    ring.extend((1..400_u32).map(|it| {
        let wave = if it % 2 == 0 { 0.000_01 } else { 0.0 };
        [29.45 - f64::from(it) * 0.000_025, 106.36 + wave]
    }));
    ring.push([29.44, 106.36]);
    let built = built(&with_osm(&[way(
        1,
        &closed(ring),
        &json!({ "leisure": "park", "name": "测试公园 0001" }),
    )]));
    let place = &built.layers.osm.as_ref().unwrap().0.places[0];
    let outline = place.outline.as_ref().unwrap();
    let corners: usize = outline.0.iter().map(|ring| ring.0.len()).sum();
    assert!(corners < 60, "{corners} corners");
    let east = outline.0.iter().flat_map(|ring| &ring.0).map(|at| at.lon).fold(0.0, f64::max);
    assert!(east < 106.6, "it reaches to {east}");
    assert!(built.pack.district.contains(place.at));
    assert_eq!(built.report.cut, ["way/1 测试公园 0001"]);
}

#[test]
fn ways_of_a_relation_become_its_rings_and_geojson_reads_like_overpass() {
    let outer = [[0.0, 0.0], [0.0, 0.006], [0.006, 0.006], [0.006, 0.0]];
    let hole = [[0.002, 0.002], [0.002, 0.004], [0.004, 0.004], [0.004, 0.002]];
    let place = |points: &[[f64; 2]]| -> Vec<[f64; 2]> {
        points.iter().map(|at| [MIDDLE[0] + at[0], MIDDLE[1] + at[1]]).collect()
    };
    let (outer, hole) = (closed(place(&outer)), closed(place(&hole)));
    let tags = json!({ "type": "multipolygon", "leisure": "park", "name": "测试公园 0001" });
    let relation = json!({
        "type": "relation", "id": 8, "version": 2, "tags": tags, "members": [
            { "type": "way", "ref": 1, "role": "outer", "geometry": geometry(&outer[..3]) },
            { "type": "way", "ref": 2, "role": "outer", "geometry": geometry(&outer[2..]) },
            { "type": "way", "ref": 3, "role": "inner", "geometry": geometry(&hole) },
        ],
    });
    let overpass = built(&with_osm(&[relation]));
    let flipped =
        |ring: &[[f64; 2]]| -> Value { ring.iter().map(|[lat, lon]| json!([lon, lat])).collect() };
    let feature = json!({
        "type": "Feature", "id": "relation/8",
        "properties": { "@id": "relation/8", "@version": 2, "leisure": "park", "name": "测试公园 0001" },
        "geometry": { "type": "Polygon", "coordinates": [flipped(&outer), flipped(&hole)] },
    });
    let collection = json!({
        "type": "FeatureCollection", "timestamp": "2026-11-20T00:00:00Z", "features": [feature],
    });
    let geojson = built(&Folder::new().write("osm.geojson", collection.to_string()));
    let place = |built: &Built| built.layers.osm.as_ref().unwrap().0.places[0].clone();
    let (one, other) = (place(&overpass), place(&geojson));
    let outline = one.outline.as_ref().unwrap();
    assert_eq!(outline.0.len(), 2);
    assert!(!outline.contains(Wgs84 { lat: MIDDLE[0] + 0.003, lon: MIDDLE[1] + 0.003 }));
    assert!(outline.contains(one.at));
    assert_eq!((other.id, other.version), (one.id, one.version));
    assert_eq!(other.outline.unwrap().0.len(), 2);
}

#[test]
fn an_extract_that_cannot_be_true_is_refused_with_file_row_and_reason() {
    let refused = |elements: &[Value], row: u64, id: &str, reason: &str| {
        with_osm(elements).refused("osm.json", row, id, reason);
    };
    let tags = json!({ "leisure": "park", "name": "测试公园 0001" });
    let [a, b, c, d] = square(0)[..] else { panic!("a square has four corners") };
    let bow = [a, c, b, d, a];
    refused(&[way(1, &bow, &tags)], 1, "way/1", "no outline that can be drawn");
    refused(&[park(1, 0, "甲"), park(1, 1, "乙")], 2, "way/1", "stands in row 1 already");
    let swapped = node(1, [MIDDLE[1], MIDDLE[0]], &tags);
    refused(&[swapped], 1, "node/1", "in each other's place");
    refused(&[node(1, [29.4, 1060.0], &tags)], 1, "node/1", "which is nowhere");
}

#[test]
fn an_extract_that_is_none_is_refused_as_a_file() {
    let refused = |folder: Folder, file: &str, reason: &str| {
        let faults = folder.faults();
        let text = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(text.starts_with(file) && text.contains(reason), "{text}");
    };
    let osm = |text: &str| Folder::new().write("osm.json", text);
    let geojson = |text: &str| Folder::new().write("osm.geojson", text);
    refused(osm("{"), "osm.json: ", "EOF");
    refused(osm(r#"{"elements":[{"type":"node","id":1,"lat":NaN}]}"#), "osm.json: ", "expected");
    refused(
        osm(r#"{"elements":[],"remark":"runtime error: Query timed out"}"#),
        "osm.json: ",
        "broke off",
    );
    let feature = r#"{"type":"Feature","properties":{"leisure":"park"},"geometry":null}"#;
    let collection = format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#);
    refused(geojson(&collection), "osm.geojson: ", "feature 1: has no OSM id");
    let crs =
        r#"{"type":"FeatureCollection","features":[],"crs":{"properties":{"name":"EPSG:4490"}}}"#;
    refused(geojson(crs), "osm.geojson: ", "`EPSG:4490` is not WGS84");
    let empty = r#"{"elements":[]}"#;
    // An answer without elements took the place of the layer that was there.
    refused(osm(empty), "osm.json: ", "holds no element with tags");
    let none = r#"{"type":"FeatureCollection","features":[]}"#;
    refused(geojson(none), "osm.geojson: ", "holds no element with tags");
    refused(osm(empty).write("osm.geojson", crs), "osm.geojson: ", "one extract");
    let huge = osm(empty);
    let file = std::fs::OpenOptions::new().write(true).open(huge.path("osm.json")).unwrap();
    file.set_len(200 << 20).unwrap();
    refused(huge, "osm.json: ", "is 200 MB large");
}

/// The shipped facts with three parks of ours as points, and an extract that has them elsewhere.
fn three_known(of_wgs84: impl Fn(Wgs84) -> [f64; 2]) -> Folder {
    let names = ["测试公园甲", "测试公园乙", "测试公园丙"];
    let spots = [[29.44, 106.36], [29.46, 106.40], [29.48, 106.44]];
    let mut rows = String::new();
    let columns = columns();
    for (nth, (name, [lat, lon])) in names.into_iter().zip(spots).enumerate() {
        let cells = columns.iter().map(|column| match column.as_str() {
            "id" => format!("TST-00{nth}"),
            "name" | "name_en" => name.to_owned(),
            "name_en_basis" => "ours".to_owned(),
            "name_is_description" => "no".to_owned(),
            "name_sure" => "high".to_owned(),
            "kind" | "listed" => "park".to_owned(),
            "status" => "unknown".to_owned(),
            "placement" => "point".to_owned(),
            "lat" | "orig_lat" => lat.to_string(),
            "lon" | "orig_lon" => lon.to_string(),
            "datum" | "orig_datum" => "WGS84".to_owned(),
            "point_within_m" => "100".to_owned(),
            "point_basis" | "coord_source" => "a test".to_owned(),
            "coord_licence" => "fact".to_owned(),
            "sources" => "S01".to_owned(),
            _ => String::new(),
        });
        let _ = writeln!(rows, "{}", cells.collect::<Vec<_>>().join(","));
    }
    let elements = names.iter().zip(spots).zip(1..).map(|((name, at), id)| {
        node(id, of_wgs84(at.into()), &json!({ "leisure": "park", "name": name }))
    });
    let folder = with_osm(&elements.collect::<Vec<_>>());
    let parks = folder.text("parks.csv") + &rows;
    folder.write("parks.csv", parks)
}

fn columns() -> Vec<String> {
    let text = Folder::new().text("parks.csv");
    text.lines().next().expect("a heading").split(',').map(str::to_owned).collect()
}

#[test]
fn gcj02_that_says_it_is_wgs84_is_refused_when_three_places_are_known() {
    let right = built(&three_known(|at| [at.lat, at.lon]));
    assert_eq!(
        right.report.read[2],
        "OpenStreetMap: the datum fits 3 places that are known here as points"
    );
    assert_eq!(right.report.joined.len(), 3);
    let shifted = three_known(|at| {
        let gcj = Gcj02::from(at);
        [gcj.lat, gcj.lon]
    });
    let faults = shifted.faults();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].reason.contains("where GCJ-02 would put them"), "{}", faults[0]);
}

#[test]
fn a_verdict_on_a_place_that_is_not_there_is_refused() {
    let folder = with_osm(&[park(1, 0, "测试公园 0001")])
        .write("links.csv", "park_id,other,verdict\nJLP-999,way/1,same\n");
    folder.refused("links.csv", 2, "park_id", "`JLP-999` is not in parks.csv");
}

// A slip in the id of what an editor had left out published it, and nobody was told.
#[test]
fn a_verdict_on_what_no_import_has_brought_is_told_and_one_on_no_element_is_refused() {
    let folder = |row: &str| {
        with_osm(&[park(1, 0, "测试公园 0001"), park(2, 2, "测试公园 0002")])
            .write("links.csv", format!("park_id,other,verdict\n{row}\n"))
    };
    let told = built(&folder(",way/77,leave_out")).report.doubted;
    assert_eq!(told, ["links.csv, row 2: `way/77` is in no file of this folder"]);
    for slip in ["w1", "way 1", "way/1a"] {
        let row = format!(",{slip},leave_out");
        folder(&row).refused("links.csv", 2, "other", "is no element such as way/5");
    }
}

// It ended in a panic: one element was counted twice.
#[test]
fn one_element_is_the_same_as_one_park_and_not_left_out_besides() {
    let rows = "park_id,other,verdict\nJLP-001,way/1,same\nJLP-002,way/1,same\n";
    let folder = with_osm(&[park(1, 0, "测试公园 0001")]);
    folder.write("links.csv", rows).refused(
        "links.csv",
        3,
        "park_id",
        "is the same as JLP-001 in row 2",
    );
    let rows = "park_id,other,verdict\nJLP-001,way/1,same\n,way/1,leave_out\n";
    let both = with_osm(&[park(1, 0, "测试公园 0001")]).write("links.csv", rows).faults();
    assert!(both.iter().any(|it| it.reason.contains("same, and that it is left out")), "{both:?}");
}

#[test]
fn a_square_that_is_called_after_its_park_is_in_doubt_and_the_park_itself_is_joined() {
    let zoo = [29.506_642, 106.502_213];
    let square = node(1, zoo, &json!({ "place": "square", "name": "动物园广场" }));
    let report = built(&with_osm(&[square])).report;
    assert!(report.joined.is_empty(), "{report}");
    assert!(report.doubted[0].contains("another kind of place"), "{report}");
}

#[test]
fn a_large_outline_is_left_out_by_its_name_and_costs_no_evening() {
    let ring: Vec<[f64; 2]> = (0..12_000)
        .map(|nth| f64::from(nth) / 12_000.0 * std::f64::consts::TAU)
        .map(|angle| [MIDDLE[0] + 0.01 * angle.sin(), MIDDLE[1] + 0.01 * angle.cos()])
        .collect();
    let tags = json!({ "leisure": "park", "name": "测试公园 0001" });
    let report = built(&with_osm(&[way(1, &closed(ring), &tags)])).report;
    assert_eq!(
        report.dropped,
        ["way/1 测试公园 0001 has an outline of more corners than any park"]
    );
}
