//! How outlines of an extract are drawn, and which are refused.

use model::layer::{OsmLayer, Outline};
use pack::Built;
use serde_json::{Value, json};

use crate::folder::Folder;

/// A made place in the middle of the district, where none of ours is.
const MIDDLE: [f64; 2] = [29.44, 106.36];
/// Far from the district, to the east of it.
const ELSEWHERE: [f64; 2] = [29.44, 107.36];

/// A closed box, its lower left corner so many thousandths of a degree from `at`.
fn boxed(at: [f64; 2], [south, west]: [f64; 2], [high, wide]: [f64; 2]) -> Value {
    let (south, west) = (at[0] + south * 0.001, at[1] + west * 0.001);
    let (north, east) = (south + high * 0.001, west + wide * 0.001);
    line(&[[south, west], [south, east], [north, east], [north, west], [south, west]])
}

fn line(points: &[[f64; 2]]) -> Value {
    points.iter().map(|[lat, lon]| json!({ "lat": lat, "lon": lon })).collect()
}

fn park(id: u32, geometry: &Value) -> Value {
    json!({ "type": "way", "id": id, "geometry": geometry, "tags": tags() })
}

fn tags() -> Value {
    json!({ "leisure": "park", "name": "测试公园 0001" })
}

fn relation(outer: &[Value], inner: &[Value], tags: &Value) -> Value {
    let members = |role: &'static str, rings: &[Value]| -> Vec<Value> {
        let member = |ring| json!({ "type": "way", "ref": 1, "role": role, "geometry": ring });
        rings.iter().map(member).collect()
    };
    let members = [members("outer", outer), members("inner", inner)].concat();
    json!({ "type": "relation", "id": 8, "tags": tags, "members": members })
}

fn folder(element: &Value) -> Folder {
    let answer = json!({ "version": 0.6, "elements": [element] });
    Folder::new().write("osm.json", answer.to_string())
}

fn built(element: &Value) -> Built {
    pack::build(&folder(element).path("")).unwrap_or_else(|bad| panic!("{bad}"))
}

fn layer(element: &Value) -> OsmLayer {
    built(element).layers.osm.expect("a layer").0
}

fn outline(element: &Value) -> Outline {
    layer(element).places.remove(0).outline.expect("an outline")
}

fn at(south: f64, west: f64) -> model::datum::Wgs84 {
    [MIDDLE[0] + south * 0.001, MIDDLE[1] + west * 0.001].into()
}

#[test]
fn a_small_round_garden_is_kept() {
    for radius_m in [3.0, 5.0, 6.0, 8.0, 12.0] {
        let corner = |nth: u32| {
            let angle = f64::from(nth % 12) * std::f64::consts::TAU / 12.0;
            let (north, east) = (radius_m * angle.cos(), radius_m * angle.sin());
            [MIDDLE[0] + north / 111_195.0, MIDDLE[1] + east / 96_800.0]
        };
        let ring: Vec<[f64; 2]> = (0..=12).map(corner).collect();
        let built = built(&park(1, &line(&ring)));
        assert_eq!(built.report.dropped, Vec::<String>::new(), "{radius_m} m");
        let place = built.layers.osm.unwrap().0.places.remove(0);
        assert!(place.outline.unwrap().contains(place.at), "{radius_m} m");
    }
}

// OpenStreetMap allows holes that share an edge, and outlines that do. One such lake, also of another
// district, stopped the whole build.
#[test]
fn holes_and_outlines_that_touch_are_made_one() {
    let around = boxed(MIDDLE, [0.0, 0.0], [4.0, 4.0]);
    let holes = [boxed(MIDDLE, [1.0, 1.0], [1.0, 1.0]), boxed(MIDDLE, [1.0, 2.0], [1.0, 1.0])];
    let hollow = outline(&relation(std::slice::from_ref(&around), &holes, &tags()));
    assert_eq!(hollow.0.len(), 2, "the outline and one hole");
    assert!(!hollow.contains(at(1.5, 1.5)) && !hollow.contains(at(1.5, 2.5)));
    assert!(hollow.contains(at(0.5, 0.5)));

    let beside = boxed(MIDDLE, [0.0, 4.0], [4.0, 4.0]);
    let wide = outline(&relation(&[around.clone(), beside], &[], &tags()));
    assert_eq!(wide.0.len(), 1);
    assert!(wide.contains(at(2.0, 3.9)) && wide.contains(at(2.0, 4.1)));

    let at_edge = boxed(MIDDLE, [0.0, 1.0], [1.0, 1.0]);
    let bitten = outline(&relation(&[around], &[at_edge], &tags()));
    assert!(!bitten.contains(at(0.5, 1.5)) && bitten.contains(at(0.5, 0.5)));
}

#[test]
fn an_island_in_a_hole_keeps_a_hole_of_its_own() {
    let outer = [boxed(MIDDLE, [0.0, 0.0], [9.0, 9.0]), boxed(MIDDLE, [2.0, 2.0], [5.0, 5.0])];
    let inner = [boxed(MIDDLE, [3.0, 3.0], [2.0, 2.0]), boxed(MIDDLE, [1.0, 1.0], [7.0, 7.0])];
    let island = outline(&relation(&outer, &inner, &tags()));
    let inside = [(0.5, true), (1.5, false), (2.5, true), (4.0, false), (6.0, true)];
    for (where_to, wanted) in inside {
        assert_eq!(island.contains(at(where_to, where_to)), wanted, "{where_to}");
    }
}

#[test]
fn an_outline_outside_the_district_is_outside_however_it_is_drawn() {
    let around = boxed(ELSEWHERE, [0.0, 0.0], [4.0, 4.0]);
    let holes =
        [boxed(ELSEWHERE, [1.0, 1.0], [1.0, 1.0]), boxed(ELSEWHERE, [1.0, 2.0], [1.0, 1.0])];
    let [south, west] = ELSEWHERE;
    let bow =
        [[south, west], [south + 0.01, west + 0.01], [south, west + 0.01], [south + 0.01, west]];
    let bow = line(&[bow[0], bow[1], bow[2], bow[3], bow[0]]);
    for element in [relation(&[around], &holes, &tags()), park(1, &bow)] {
        let dropped = built(&element).report.dropped;
        assert!(
            dropped.len() == 1 && dropped[0].ends_with("lies outside the district"),
            "{dropped:?}"
        );
    }
}

#[test]
fn an_outline_that_crosses_itself_is_refused_with_what_can_be_done() {
    let [south, west] = MIDDLE;
    let bow =
        [[south, west], [south + 0.01, west + 0.01], [south, west + 0.01], [south + 0.01, west]];
    let bow = park(1, &line(&[bow[0], bow[1], bow[2], bow[3], bow[0]]));
    folder(&bow).refused("osm.json", 1, "way/1", "links.csv: `,way/1,leave_out`");
    let left_out = folder(&bow).write("links.csv", "park_id,other,verdict\n,way/1,leave_out\n");
    assert!(pack::build(&left_out.path("")).is_ok());
}

// The server leaves `null` where a position lies outside what was asked for, and an answer without some
// of its nodes is as common. The outline was drawn across the gap, where no park is.
#[test]
fn an_outline_with_a_gap_is_dropped_and_named_and_a_stream_with_one_is_not_bridged() {
    let mut gap = boxed(MIDDLE, [0.0, 0.0], [4.0, 4.0]);
    gap[2] = Value::Null;
    let mut first = boxed(MIDDLE, [0.0, 0.0], [4.0, 4.0]);
    (first[0], first[4]) = (Value::Null, Value::Null);
    let whole = relation(std::slice::from_ref(&gap), &[], &tags());
    for element in [park(1, &gap), park(1, &first), whole] {
        let built = built(&element);
        let dropped = &built.report.dropped;
        assert!(
            dropped.len() == 1 && dropped[0].contains("测试公园 0001 has an outline"),
            "{dropped:?}"
        );
        assert!(built.layers.osm.unwrap().0.places.is_empty());
    }
    let [south, west] = MIDDLE;
    let mut points = line(&[0.0, 0.001, 0.002, 0.003, 0.004].map(|it| [south + it, west]));
    points[2] = Value::Null;
    let stream =
        json!({ "type": "way", "id": 1, "geometry": points, "tags": { "waterway": "stream" } });
    assert_eq!(layer(&stream).lines[0].parts.len(), 2);
}

#[test]
fn a_river_or_lake_that_cannot_be_drawn_is_named_and_counted() {
    let kinds = [("waterway", "stream", "no geometry"), ("natural", "water", "no geometry")];
    for (key, value, why) in kinds {
        let mut tags = json!({});
        tags[key] = json!(value);
        let report = built(&json!({ "type": "way", "id": 1, "tags": tags })).report;
        assert!(report.dropped.len() == 1 && report.dropped[0].contains(why), "{report}");
        assert!(report.read[1].contains("dropped 1, without a tag of ours 0"), "{report}");
    }
}

#[test]
fn a_way_that_lacks_one_of_its_nodes_is_dropped_and_named() {
    let corners = [[0.0, 0.0], [0.0, 4.0], [4.0, 4.0], [4.0, 0.0]];
    let node = |(id, [north, east]): (u32, [f64; 2])| {
        let (lat, lon) = (MIDDLE[0] + north * 0.001, MIDDLE[1] + east * 0.001);
        json!({ "type": "node", "id": id, "lat": lat, "lon": lon })
    };
    let nodes: Vec<Value> = (1..).zip(corners).map(node).collect();
    let way = json!({ "type": "way", "id": 9, "nodes": [1, 2, 3, 4, 1], "tags": tags() });
    for missing in [None, Some(0), Some(2)] {
        let mut elements: Vec<Value> = nodes.clone();
        elements.push(way.clone());
        if let Some(missing) = missing {
            elements.remove(missing);
        }
        let folder = Folder::new().write("osm.json", json!({ "elements": elements }).to_string());
        let report = pack::build(&folder.path("")).unwrap_or_else(|bad| panic!("{bad}")).report;
        let gap = report.dropped.iter().any(|it| it.contains("with a gap in the extract"));
        assert_eq!(gap, missing.is_some(), "{report}");
    }
}
