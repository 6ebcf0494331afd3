use model::{
    datum::{Bd09, Gcj02, Wgs84},
    pack::CoordLicence,
};
use serde::Deserialize;

use crate::row::Row;

/// How far a position may lie from the published point it was converted from, in metres.
const TOLERANCE_M: f64 = 2.0;

/// In which columns a table keeps a position. The datum and the published point stand in `datum`,
/// `orig_lat`, `orig_lon` and `orig_datum` everywhere.
pub(crate) struct Columns {
    pub lat: &'static str,
    pub lon: &'static str,
    pub source: &'static str,
    pub licence: &'static str,
}

/// A position that agrees with what was published.
pub(crate) struct Located {
    pub at: Wgs84,
    pub source: String,
    pub licence: CoordLicence,
}

/// Reads a position and holds it against the published point.
pub(crate) fn locate(row: &Row, columns: &Columns) -> Option<Located> {
    row.one_of("datum", &["WGS84"]);
    let at = degrees(row, columns.lat, columns.lon).map(|[lat, lon]| rounded(lat, lon));
    let published = published(row);
    let source = row.required(columns.source).to_owned();
    let licence = row.word(columns.licence);
    let apart = at?.metres_to(published?);
    if apart > TOLERANCE_M {
        let reason = format!("lies {apart:.0} m from the published point (orig_lat, orig_lon)");
        row.fault(columns.lat, reason);
    }
    Some(Located { at: at?, source, licence: licence? })
}

/// A position to six decimals, about a decimetre.
pub(crate) fn rounded(lat: f64, lon: f64) -> Wgs84 {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Wgs84 { lat: round(lat), lon: round(lon) }
}

#[derive(Deserialize)]
enum Datum {
    #[serde(rename = "WGS84")]
    Wgs84,
    #[serde(rename = "GCJ-02")]
    Gcj02,
    #[serde(rename = "BD-09")]
    Bd09,
}

fn published(row: &Row) -> Option<Wgs84> {
    let datum = row.word("orig_datum");
    let [lat, lon] = degrees(row, "orig_lat", "orig_lon")?;
    Some(match datum? {
        Datum::Wgs84 => Wgs84 { lat, lon },
        Datum::Gcj02 => Gcj02 { lat, lon }.into(),
        Datum::Bd09 => Bd09 { lat, lon }.into(),
    })
}

fn degrees(row: &Row, lat: &str, lon: &str) -> Option<[f64; 2]> {
    let (lat, lon) = (row.number(lat, -90.0..=90.0), row.number(lon, -180.0..=180.0));
    Some([lat?, lon?])
}
