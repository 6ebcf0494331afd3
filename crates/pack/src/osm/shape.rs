//! Shapes are cut at the district line and made plain within five metres.

use geo::{
    BooleanOps, BoundingRect, Contains, Coord, InteriorPoint, LineString, MapCoords,
    MultiLineString, MultiPolygon, Polygon, Simplify, Validation,
};
use model::{
    datum::Wgs84,
    layer::{Outline, Trace},
    pack::District,
};

/// No point of a shape moves further than this, in metres.
const SIMPLER_M: f64 = 5.0;

/// Metres of a degree of latitude, on a sphere of 6,371,008.8 m.
const DEGREE_M: f64 = 111_195.08;

/// The district as an area to cut with.
pub(super) struct Cutter {
    district: MultiPolygon,
    /// Metres of a degree of longitude in the middle of the district.
    east_m: f64,
}

impl Cutter {
    pub fn of(district: &District) -> Self {
        let rings = district
            .boundary
            .iter()
            .map(|ring| LineString(ring.iter().map(|at| Coord { x: at.lon, y: at.lat }).collect()));
        // A ring inside another one is a hole: an even-odd union of all of them.
        let area = rings.fold(MultiPolygon(Vec::new()), |area, ring| {
            area.xor(&MultiPolygon(vec![Polygon::new(ring, Vec::new())]))
        });
        let middle = area.bounding_rect().map_or(0.0, |it| it.center().y);
        Self { district: area, east_m: DEGREE_M * middle.to_radians().cos() }
    }

    /// Does it lie in the district?
    pub fn has(&self, at: Coord) -> bool {
        self.district.contains(&at)
    }

    /// What of an area lies in the district, plain, and a point inside; nothing: all of it lies
    /// outside. `Err`: the outline crosses itself or is none.
    pub fn area(&self, area: &MultiPolygon) -> Result<Option<(Outline, Wgs84)>, String> {
        area.check_validation().map_err(|error| error.to_string())?;
        let inside = if self.district.contains(area) {
            area.clone()
        } else {
            self.district.intersection(area)
        };
        let plain = MultiPolygon(inside.iter().map(|polygon| self.plain(polygon)).collect());
        let Some(at) = plain.interior_point() else { return Ok(None) };
        let rings = plain.iter().flat_map(|it| [it.exterior()].into_iter().chain(it.interiors()));
        let open = |ring: &LineString| {
            let corners = ring.0.len().saturating_sub(1);
            Trace(ring.0[..corners].iter().copied().map(wgs84).collect())
        };
        Ok(Some((Outline(rings.map(open).collect()), wgs84(at.into()))))
    }

    /// What of lines lies in the district, plain.
    pub fn lines(&self, lines: &[LineString]) -> Vec<Trace> {
        let inside = self.district.clip(&MultiLineString(lines.to_vec()), false);
        let plain = inside.iter().map(|line| {
            let plain = self.in_metres(line).simplify(SIMPLER_M);
            Trace(self.in_degrees(&plain).0.into_iter().map(wgs84).collect())
        });
        plain.filter(|line| line.0.len() > 1).collect()
    }

    /// Fewer corners, none further off than [`SIMPLER_M`]. An outline that would cross itself stays
    /// nearer to what it was.
    fn plain(&self, polygon: &Polygon) -> Polygon {
        let metres = self.in_metres(polygon);
        [SIMPLER_M, SIMPLER_M / 2.0, SIMPLER_M / 5.0]
            .into_iter()
            .map(|within| metres.simplify(within))
            .find(Validation::is_valid)
            .map_or_else(|| polygon.clone(), |plain| self.in_degrees(&plain))
    }

    fn in_metres<G: MapCoords<f64, f64, Output = G>>(&self, shape: &G) -> G {
        shape.map_coords(|at| Coord { x: at.x * self.east_m, y: at.y * DEGREE_M })
    }

    fn in_degrees<G: MapCoords<f64, f64, Output = G>>(&self, shape: &G) -> G {
        shape.map_coords(|at| Coord { x: at.x / self.east_m, y: at.y / DEGREE_M })
    }
}

pub(super) fn wgs84(at: Coord) -> Wgs84 {
    crate::position::rounded(at.y, at.x)
}
