//! What a map of the district shows besides places: stations of the metro, and along which side of
//! the line a river runs. A folder may hold neither.

use std::path::Path;

use model::{
    datum::Wgs84,
    layer::Trace,
    pack::{District, RiverSide, Station},
};
use serde::Deserialize;

use crate::{
    fault::{Fault, Faults},
    form::Form,
    position::{Columns, locate},
    row::Row,
    table::Table,
    text::read_json,
};

const STATIONS: &str = "stations.csv";
const RIVER: &str = "river_side.geojson";

const COLUMNS: [&str; 10] = [
    "name",
    "lines",
    "lat",
    "lon",
    "datum",
    "orig_lat",
    "orig_lon",
    "orig_datum",
    "coord_source",
    "coord_licence",
];

const POSITION: Columns =
    Columns { lat: "lat", lon: "lon", source: "coord_source", licence: "coord_licence" };

/// A station may lie this far beside the line, in metres: one over the line serves people on this
/// side of it.
const BESIDE_M: f64 = 3_000.0;

/// The two files, as far as they are there.
#[derive(Default)]
pub(crate) struct City {
    pub stations: Option<Table>,
    pub river: Vec<Side>,
}

/// A part of the line, and who says that a river runs along it.
pub(crate) struct Side {
    name: String,
    line: Trace,
    pub source: String,
    pub licence: String,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: About,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct About {
    name: String,
    datum: String,
    source: String,
    licence: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    /// Longitude before latitude, as `GeoJSON` has it.
    LineString(Vec<[f64; 2]>),
}

impl City {
    pub fn read(dir: &Path, faults: &Faults) -> Self {
        let there = |file: &str| dir.join(file).exists();
        let stations =
            there(STATIONS).then(|| Form { file: STATIONS, faults }.read(dir, &COLUMNS)).flatten();
        let river = if there(RIVER) { river(dir, faults) } else { Vec::new() };
        Self { stations, river }
    }

    /// Stations in the order of the table.
    pub fn stations(&self, district: &District, faults: &Faults) -> Vec<Station> {
        let Some(table) = &self.stations else { return Vec::new() };
        table.refuse_twins(&["name"], faults);
        table.rows(faults).filter_map(|row| station(&row, district)).collect()
    }

    pub fn river_sides(&self) -> Vec<RiverSide> {
        let side = |it: &Side| RiverSide { name: it.name.clone(), line: it.line.clone() };
        self.river.iter().map(side).collect()
    }
}

fn station(row: &Row, district: &District) -> Option<Station> {
    let at = locate(row, &POSITION)?.at;
    let beside = beside(district, at);
    if beside > BESIDE_M {
        row.fault(POSITION.lat, format!("lies {:.0} km from the district line", beside / 1_000.0));
    }
    row.required("lines");
    Some(Station {
        name: row.required("name").to_owned(),
        lines: row.list("lines").map(str::to_owned).collect(),
        at,
    })
}

/// Metres from the district, 0 inside.
fn beside(district: &District, at: Wgs84) -> f64 {
    if district.contains(at) {
        return 0.0;
    }
    let edges = district.boundary.iter().flat_map(|ring| ring.windows(2));
    edges.map(|ends| at.metres_to_line(ends[0], ends[1])).fold(f64::INFINITY, f64::min)
}

fn river(dir: &Path, faults: &Faults) -> Vec<Side> {
    let text = match read_json(&dir.join(RIVER)) {
        Ok(text) => text,
        Err(reason) => {
            faults.add_file(RIVER, reason);
            return Vec::new();
        }
    };
    match serde_json::from_str::<Collection>(&text) {
        Ok(collection) => {
            let features = collection.features.into_iter().enumerate();
            features.filter_map(|(at, feature)| feature.judge(at, faults)).collect()
        }
        Err(error) => {
            refuse(faults, Some(error.line() as u64), "", error.to_string());
            Vec::new()
        }
    }
}

impl Feature {
    fn judge(self, at: usize, faults: &Faults) -> Option<Side> {
        let About { name, datum, source, licence } = self.properties;
        let Geometry::LineString(points) = self.geometry;
        let before = |what| format!("features[{at}].{what}");
        if datum != "WGS84" {
            refuse(faults, None, &before("properties.datum"), format!("`{datum}` is not WGS84"));
            return None;
        }
        if [&name, &source, &licence].iter().any(|it| it.is_empty()) {
            let reason = "needs a name, a source and a licence";
            refuse(faults, None, &before("properties"), reason);
            return None;
        }
        let off = |[lon, lat]: &[f64; 2]| lat.abs() > 90.0 || lon.abs() > 180.0;
        if points.len() < 2 || points.iter().any(off) {
            let reason = "is no line of longitudes and latitudes in degrees";
            refuse(faults, None, &before("geometry"), reason);
            return None;
        }
        let line = Trace(points.iter().map(|[lon, lat]| Wgs84 { lat: *lat, lon: *lon }).collect());
        // As it will be read back.
        let line = Trace::try_from(Vec::from(line)).ok()?;
        Some(Side { name, line, source, licence })
    }
}

fn refuse(faults: &Faults, row: Option<u64>, path: &str, reason: impl Into<String>) {
    let column = Some(path.to_owned()).filter(|path| !path.is_empty());
    faults.add(Fault { file: RIVER, row, column, reason: reason.into() });
}
