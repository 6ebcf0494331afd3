//! `GeoJSON` as Overpass turbo, osmtogeojson, `osmium export`, `QuickOSM` and `ogr2ogr` write it. The
//! element stands in `id` or in one of several properties, its version and time in `@version` and
//! `@timestamp` or under `meta`.

use std::collections::BTreeMap;

use geo::{Geometry, MultiPolygon};
use geojson::{Feature, FeatureCollection, GeoJson, JsonValue, feature::Id};

use super::{
    Extract,
    element::{Element, Shape},
};

/// Reads a collection. A feature without its OSM id is refused: nobody could be credited for it.
pub(super) fn read(text: &str) -> Result<Extract, String> {
    let read: GeoJson = text.parse().map_err(|error: geojson::Error| match &error {
        geojson::Error::MalformedGeoJson(at) => format!("{error}, {}", whereabouts(text, at)),
        _ => error.to_string(),
    })?;
    let GeoJson::FeatureCollection(collection) = read else {
        return Err("is no collection of features".to_owned());
    };
    other_datum(&collection)?;
    let as_of = word(collection.foreign_members.as_ref(), "timestamp");
    let layer = word(collection.foreign_members.as_ref(), "name");
    let elements = collection.features.into_iter().zip(1..);
    let elements = elements.map(|(it, row)| element(it, row, layer.as_deref()));
    let elements: Vec<Element> = elements.collect::<Result<_, _>>()?;
    let (elements, bare): (Vec<_>, Vec<_>) =
        elements.into_iter().partition(|it| !it.tags.is_empty());
    Ok(Extract { as_of, elements, bare: bare.len() })
}

/// In which feature something is wrong: a file of one line has no other place.
fn whereabouts(text: &str, error: &serde_json::Error) -> String {
    let before: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let read = text.as_bytes().get(..before + error.column()).unwrap_or(text.as_bytes());
    let begun = String::from_utf8_lossy(read).matches("\"Feature\"").count();
    match begun {
        0 => "before the first feature".to_owned(),
        nth => format!("in feature {nth} or the one after it"),
    }
}

/// `GeoJSON` is WGS84 (RFC 7946 §4). The older `crs` member may say otherwise.
fn other_datum(collection: &FeatureCollection) -> Result<(), String> {
    let Some(crs) = collection.foreign_members.as_ref().and_then(|it| it.get("crs")) else {
        return Ok(());
    };
    // In GeoJSON of 2008 that says that nobody knows.
    if crs.is_null() {
        return Err("crs: null says that its datum is unknown: export the file in EPSG:4326, or \
                    take the member out if the positions are WGS84"
            .to_owned());
    }
    let name = crs["properties"]["name"].as_str().unwrap_or_default();
    if is_wgs84(name) {
        return Ok(());
    }
    Err(format!("crs: `{name}` is not WGS84: export the file in EPSG:4326"))
}

/// The names that programs give to WGS84: `EPSG:4326`, `urn:ogc:def:crs:OGC:1.3:CRS84`,
/// `http://www.opengis.net/def/crs/OGC/1.3/CRS84`, `WGS 84`.
fn is_wgs84(name: &str) -> bool {
    let plain: String = name.chars().filter(|it| !it.is_whitespace()).collect();
    let plain = plain.to_ascii_uppercase();
    let parts: Vec<&str> = plain.split([':', '/', '#']).filter(|it| !it.is_empty()).collect();
    match parts[..] {
        ["WGS84" | "CRS84" | "4326"] => true,
        [.., "CRS84"] => parts.contains(&"OGC"),
        [.., "4326"] => parts.contains(&"EPSG") || parts.contains(&"EPSG.XML"),
        _ => false,
    }
}

fn element(feature: Feature, row: u64, layer: Option<&str>) -> Result<Element, String> {
    let properties = feature.properties.as_ref();
    let id = id_of(feature.id.as_ref(), properties).or_else(|| id_of_ogr(properties, layer));
    let id = id.ok_or_else(|| {
        format!(
            "feature {row}: has no OSM id such as way/123, in `id`, `@id` or `full_id`: export it \
             with ids (osmium: `-u type_id`)"
        )
    })?;
    let texts = |object: &geojson::JsonObject| -> BTreeMap<String, String> {
        let ours = object.iter().filter(|(key, _)| !key.starts_with('@') && *key != "id");
        ours.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
    };
    // osmtogeojson can put the tags together, beside what else it knows of the element; a table keeps
    // them as a text.
    let together = properties.and_then(|it| it.get("tags"));
    let written = together.and_then(JsonValue::as_str).and_then(|it| serde_json::from_str(it).ok());
    let nested = written.as_ref().or_else(|| together.and_then(JsonValue::as_object));
    let mut tags = nested.or(properties).map(texts).unwrap_or_default();
    // ogr2ogr has a column for the commonest and puts all others into one.
    if let Some(others) = tags.remove("other_tags") {
        let read = hstore(&others).ok_or_else(|| {
            format!("feature {row}, {id}: its other_tags cannot be read: `{others}`")
        })?;
        tags.extend(read);
    }
    let meta = properties.and_then(|it| it.get("meta")).and_then(JsonValue::as_object);
    let about = |key: &str| word(properties, &format!("@{key}")).or_else(|| word(meta, key));
    let version = about("version").and_then(|it| it.parse().ok());
    let timestamp = about("timestamp");
    let shape = match feature.geometry {
        None => Shape::Missing("has no geometry in the extract"),
        Some(geometry) => {
            let geometry = Geometry::<f64>::try_from(geometry)
                .map_err(|error| format!("feature {row}, {id}: {error}"))?;
            shape(geometry, &tags)
        }
    };
    Ok(Element { row, id, version, timestamp, tags, shape })
}

/// Tags as PostgreSQL's hstore writes them: `"access"=>"private","fee"=>"no"`.
fn hstore(text: &str) -> Option<BTreeMap<String, String>> {
    let (mut tags, mut rest) = (BTreeMap::new(), text.trim());
    while !rest.is_empty() {
        let (key, after) = quoted(rest)?;
        let (value, after) = quoted(after.trim_start().strip_prefix("=>")?.trim_start())?;
        tags.insert(key, value);
        rest = after.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Some(tags)
}

/// A text in quotation marks, in which a backslash stands before a mark or another backslash.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut said = String::new();
    let mut chars = inside.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((said, &inside[at + 1..])),
            '\\' => said.push(chars.next()?.1),
            _ => said.push(char),
        }
    }
    None
}

fn shape(geometry: Geometry, tags: &BTreeMap<String, String>) -> Shape {
    use geo::CoordsIter;
    if geometry.coords_count() == 0 {
        return Shape::Missing("has a geometry without positions in the extract");
    }
    match geometry {
        Geometry::Point(at) => Shape::Point(at.into()),
        Geometry::LineString(line) => super::element::of_way(line.0, tags),
        Geometry::MultiLineString(lines) => Shape::Lines(lines.0),
        Geometry::Polygon(polygon) => Shape::Area(MultiPolygon(vec![polygon])),
        Geometry::MultiPolygon(area) => Shape::Area(area),
        _ => Shape::Missing("has a geometry that no place has"),
    }
}

/// The OSM id, by the member and the properties in which programs keep it: Overpass turbo and osmium
/// in `id` or `@id`, `QuickOSM` in `full_id`, others as a number beside its kind.
fn id_of(id: Option<&Id>, properties: Option<&geojson::JsonObject>) -> Option<String> {
    let said = |key: &str| word(properties, key);
    let own = match id {
        Some(Id::String(id)) => osm_id(id),
        _ => None,
    };
    let named = || ["@id", "full_id", "id"].iter().find_map(|key| osm_id(&said(key)?));
    let beside = |(kind, number): &(&str, &str)| of_kind(&said(kind)?, &said(number)?);
    let pairs = [("@type", "@id"), ("osm_type", "osm_id"), ("type", "id")];
    own.or_else(named).or_else(|| pairs.iter().find_map(beside))
}

/// The id as `ogr2ogr` writes it: a number whose kind follows from the layer, which the collection
/// names. Among its polygons those of ways have a column of their own.
fn id_of_ogr(properties: Option<&geojson::JsonObject>, layer: Option<&str>) -> Option<String> {
    if let Some(way) = word(properties, "osm_way_id") {
        return of_kind("way", &way);
    }
    let kind = match layer {
        Some("points") => "node",
        Some("lines") => "way",
        Some("multipolygons" | "multilinestrings" | "other_relations") => "relation",
        _ if properties?.contains_key("osm_way_id") => "relation",
        _ => return None,
    };
    of_kind(kind, &word(properties, "osm_id")?)
}

fn of_kind(kind: &str, number: &str) -> Option<String> {
    osm_id(&format!("{}/{number}", kind.to_ascii_lowercase()))
}

/// `way/123`, also as `w123` and, of an area, `a246` (osmium: twice the id, and one more if it is of a
/// relation).
fn osm_id(text: &str) -> Option<String> {
    let short = |letter: &str, kind| text.strip_prefix(letter).map(|number| (kind, number));
    let (kind, number) = text
        .split_once('/')
        .or_else(|| short("n", "node"))
        .or_else(|| short("w", "way"))
        .or_else(|| short("r", "relation"))
        .or_else(|| short("a", "area"))?;
    let number: u64 = number.parse().ok()?;
    match kind {
        "node" | "way" | "relation" => Some(format!("{kind}/{number}")),
        "area" if number.is_multiple_of(2) => Some(format!("way/{}", number / 2)),
        "area" => Some(format!("relation/{}", number / 2)),
        _ => None,
    }
}

/// A text or a number, as text.
fn word(of: Option<&geojson::JsonObject>, key: &str) -> Option<String> {
    match of?.get(key)? {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The exports of four programs were refused, though their ids were there: each names them otherwise.
    #[test]
    fn ids_are_read_as_each_program_writes_them() {
        for (feature, layer, wanted) in [
            (r#""id":"way/5","properties":{}"#, None, "way/5"),
            (r#""properties":{"@id":"relation/5"}"#, None, "relation/5"),
            (r#""id":"w5","properties":{}"#, None, "way/5"),
            (r#""id":"a246","properties":{}"#, None, "way/123"),
            (r#""id":"a247","properties":{}"#, None, "relation/123"),
            (r#""properties":{"@type":"way","@id":5}"#, None, "way/5"),
            (r#""properties":{"full_id":"w5","osm_id":"5"}"#, None, "way/5"),
            (r#""properties":{"osm_type":"way","osm_id":"5"}"#, None, "way/5"),
            (r#""properties":{"type":"node","id":5,"tags":{}}"#, None, "node/5"),
            (r#""properties":{"osm_id":null,"osm_way_id":"5"}"#, Some("multipolygons"), "way/5"),
            (r#""properties":{"osm_id":"5"}"#, Some("multipolygons"), "relation/5"),
            (r#""properties":{"osm_id":"5","osm_way_id":null}"#, None, "relation/5"),
            (r#""properties":{"osm_id":"5"}"#, Some("points"), "node/5"),
        ] {
            let text = format!(r#"{{"type":"Feature","geometry":null,{feature}}}"#);
            let read: Feature = text.parse().unwrap();
            assert_eq!(element(read, 1, layer).map(|it| it.id).as_deref(), Ok(wanted), "{feature}");
        }
        let bare = r#"{"type":"Feature","geometry":null,"id":5,"properties":{"osm_id":"5"}}"#;
        let refused = element(bare.parse().unwrap(), 3, None).unwrap_err();
        assert!(refused.starts_with("feature 3: has no OSM id"), "{refused}");
    }

    #[test]
    fn tags_that_stand_together_are_read_with_the_version_beside_them() {
        let text = r#"{"type":"Feature","geometry":null,"id":"way/5","properties":{"type":"way","id":5,
            "tags":{"leisure":"park"},"meta":{"version":3,"timestamp":"2025-01-01T00:00:00Z"}}}"#;
        let read = element(text.parse().unwrap(), 1, None).unwrap();
        assert_eq!((read.tag("leisure"), read.version), (Some("park"), Some(3)));
        assert_eq!(read.timestamp.as_deref(), Some("2025-01-01T00:00:00Z"));
    }

    // The gardens of private houses were published: what ogr2ogr has no column for was not read.
    #[test]
    fn tags_that_a_program_puts_into_one_text_are_read() {
        let read = |properties: &str| {
            let text = format!(
                r#"{{"type":"Feature","geometry":null,"id":"way/5","properties":{{{properties}}}}}"#
            );
            element(text.parse().unwrap(), 1, None)
        };
        let ogr = read(
            r#""leisure":"garden","other_tags":"\"access\"=>\"private\",\"name:x\"=>\"a \\\"b\\\", c\"""#,
        )
        .unwrap();
        assert_eq!(ogr.tag("access"), Some("private"));
        assert_eq!(ogr.tag("name:x"), Some(r#"a "b", c"#));
        assert_eq!(ogr.tag("leisure"), Some("garden"));
        assert!(read(r#""other_tags":"\"access\"=>""#).unwrap_err().contains("way/5"));
        let table = read(r#""tags":"{\"leisure\":\"park\"}""#).unwrap();
        assert_eq!(table.tag("leisure"), Some("park"));
    }

    #[test]
    fn wgs84_is_known_by_each_of_its_names_and_nothing_else_is() {
        for name in [
            "EPSG:4326",
            "epsg:4326",
            "urn:ogc:def:crs:EPSG::4326",
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:OGC::CRS84",
            "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            "http://www.opengis.net/gml/srs/epsg.xml#4326",
            "WGS84",
            "WGS 84",
        ] {
            assert!(is_wgs84(name), "{name}");
        }
        for name in ["EPSG:4490", "urn:ogc:def:crs:EPSG::3857", "urn:ogc:def:crs:IAU::4326", ""] {
            assert!(!is_wgs84(name), "{name}");
        }
    }

    #[test]
    fn what_is_wrong_in_a_file_of_one_line_is_told_by_its_feature() {
        let good = r#"{"type":"Feature","id":"way/1","properties":{},"geometry":null}"#;
        let bad = r#"{"type":"Feature","id":"way/2","properties":{},"geometry":{"type":"Point","coordinates":[NaN,29.5]}}"#;
        let text = format!(r#"{{"type":"FeatureCollection","features":[{good},{bad}]}}"#);
        let refused = read(&text).err().unwrap();
        assert!(refused.contains("in feature 2 or the one after"), "{refused}");
    }

    #[test]
    fn a_datum_that_nobody_knows_is_refused_by_saying_so() {
        let text = r#"{"type":"FeatureCollection","features":[],"crs":null}"#;
        let refused = read(text).err().unwrap();
        assert!(refused.contains("says that its datum is unknown"), "{refused}");
    }
}
