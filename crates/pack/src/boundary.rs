use std::path::Path;

use model::datum::Wgs84;
use serde::Deserialize;

use crate::{
    fault::{Fault, Faults},
    position::rounded,
    text::read_json,
};

const FILE: &str = "boundary.geojson";

/// The district line and what its file says of it.
pub(crate) struct Line {
    pub rings: Vec<Vec<Wgs84>>,
    pub about: About,
}

/// What the file says of the line.
#[derive(Deserialize)]
pub(crate) struct About {
    pub adcode: String,
    pub name: String,
    datum: String,
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
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Ring>),
    MultiPolygon(Vec<Vec<Ring>>),
}

/// Longitude before latitude, as `GeoJSON` has it.
type Ring = Vec<[f64; 2]>;

impl Line {
    /// Reads the one feature of the file.
    pub fn read(dir: &Path, faults: &Faults) -> Option<Self> {
        let refuse_file = |reason: String| faults.add_file(FILE, reason);
        let text = read_json(&dir.join(FILE)).map_err(refuse_file).ok()?;
        let Collection { mut features } = serde_json::from_str(&text)
            .map_err(|error| refuse(faults, Some(error.line() as u64), "", error.to_string()))
            .ok()?;
        if features.len() != 1 {
            let reason = format!("holds {} features, must hold the district alone", features.len());
            refuse(faults, None, "features", reason);
        }
        features.pop().and_then(|feature| feature.judge(faults))
    }
}

impl Feature {
    fn judge(self, faults: &Faults) -> Option<Line> {
        if self.properties.datum != "WGS84" {
            let reason = format!("`{}` is not WGS84", self.properties.datum);
            refuse(faults, None, "properties.datum", reason);
        }
        let rings = match self.geometry {
            Geometry::Polygon(rings) => rings,
            Geometry::MultiPolygon(polygons) => polygons.into_iter().flatten().collect(),
        };
        let judged: Vec<_> = rings.iter().zip(0..).map(|(it, at)| ring(it, at, faults)).collect();
        Some(Line { rings: judged.into_iter().collect::<Option<_>>()?, about: self.properties })
    }
}

fn ring(points: &Ring, at: usize, faults: &Faults) -> Option<Vec<Wgs84>> {
    let path = format!("coordinates[{at}]");
    if points.len() < 4 || points.first() != points.last() {
        refuse(faults, None, &path, "is not a closed ring of four points or more");
        return None;
    }
    let out = |[lon, lat]: &[f64; 2]| lat.abs() > 90.0 || lon.abs() > 180.0;
    if let Some(which) = points.iter().position(out) {
        refuse(
            faults,
            None,
            &format!("{path}[{which}]"),
            "is no longitude and latitude in degrees",
        );
        return None;
    }
    Some(points.iter().map(|[lon, lat]| rounded(*lat, *lon)).collect())
}

fn refuse(faults: &Faults, row: Option<u64>, path: &str, reason: impl Into<String>) {
    let column = Some(path.to_owned()).filter(|path| !path.is_empty());
    faults.add(Fault { file: FILE, row, column, reason: reason.into() });
}
