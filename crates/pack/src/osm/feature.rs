//! `GeoJSON` as the export of Overpass turbo and `osmium export` write it: the element stands in
//! `id` or in the property `@id`, its version and time in `@version` and `@timestamp`.

use std::collections::BTreeMap;

use geo::{Geometry, MultiPolygon};
use geojson::{Feature, FeatureCollection, GeoJson, JsonValue, feature::Id};

use super::{
    Extract,
    element::{Element, Shape},
};

/// Reads a collection. A feature without its OSM id is refused: nobody could be credited for it.
pub(super) fn read(text: &str) -> Result<Extract, String> {
    let read: GeoJson = text.parse().map_err(|error: geojson::Error| error.to_string())?;
    let GeoJson::FeatureCollection(collection) = read else {
        return Err("is no collection of features".to_owned());
    };
    other_datum(&collection)?;
    let as_of = word(collection.foreign_members.as_ref(), "timestamp");
    let elements = collection.features.into_iter().zip(1..).map(|(it, row)| element(it, row));
    Ok(Extract { as_of, elements: elements.collect::<Result<_, _>>()? })
}

/// `GeoJSON` is WGS84 (RFC 7946 §4). The older `crs` member may say otherwise.
fn other_datum(collection: &FeatureCollection) -> Result<(), String> {
    let Some(crs) = collection.foreign_members.as_ref().and_then(|it| it.get("crs")) else {
        return Ok(());
    };
    let name = crs["properties"]["name"].as_str().unwrap_or_default();
    if ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"].contains(&name)
    {
        return Ok(());
    }
    Err(format!("crs: `{name}` is not WGS84: export the file in EPSG:4326"))
}

fn element(feature: Feature, row: u64) -> Result<Element, String> {
    let properties = feature.properties.as_ref();
    let id = match &feature.id {
        Some(Id::String(id)) => Some(id.clone()),
        _ => word(properties, "@id").or_else(|| word(properties, "id")),
    };
    let id = id.and_then(|id| osm_id(&id));
    let id = id.ok_or_else(|| format!("feature {row}: has no OSM id such as way/123"))?;
    let tags: BTreeMap<String, String> = properties
        .into_iter()
        .flatten()
        .filter(|(key, _)| !key.starts_with('@') && *key != "id")
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect();
    let version = word(properties, "@version").and_then(|it| it.parse().ok());
    let timestamp = word(properties, "@timestamp");
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

fn shape(geometry: Geometry, tags: &BTreeMap<String, String>) -> Shape {
    match geometry {
        Geometry::Point(at) => Shape::Point(at.into()),
        Geometry::LineString(line) => super::element::of_way(line.0, tags),
        Geometry::MultiLineString(lines) => Shape::Lines(lines.0),
        Geometry::Polygon(polygon) => Shape::Area(MultiPolygon(vec![polygon])),
        Geometry::MultiPolygon(area) => Shape::Area(area),
        _ => Shape::Missing("has a geometry that no place has"),
    }
}

/// `way/123`, also as `w123` (osmium).
fn osm_id(text: &str) -> Option<String> {
    let short = |letter: &str, kind| text.strip_prefix(letter).map(|number| (kind, number));
    let (kind, number) = text
        .split_once('/')
        .or_else(|| short("n", "node"))
        .or_else(|| short("w", "way"))
        .or_else(|| short("r", "relation"))?;
    let number: u64 = number.parse().ok()?;
    ["node", "way", "relation"].contains(&kind).then(|| format!("{kind}/{number}"))
}

/// A text or a number, as text.
fn word(of: Option<&geojson::JsonObject>, key: &str) -> Option<String> {
    match of?.get(key)? {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
