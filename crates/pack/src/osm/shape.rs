//! Shapes are cut at the district line and made plain within five metres.

use geo::{
    Area, BooleanOps, BoundingRect, Contains, Coord, InteriorPoint, Intersects, LineString,
    MapCoords, MultiLineString, MultiPolygon, Point, Polygon, Simplify, Validation, unary_union,
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

/// What of an area lies in the district, plain.
pub(super) struct Cut {
    pub outline: Outline,
    /// A point inside.
    pub at: Wgs84,
    /// Is it all of the area?
    pub whole: bool,
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

    /// What of an area lies in the district; nothing: all of it lies outside, and then nobody asks
    /// how it is drawn. `Err`: a ring of it crosses itself or is none.
    pub fn area(&self, area: &MultiPolygon) -> Result<Option<Cut>, String> {
        if self.is_outside(area) {
            return Ok(None);
        }
        let area = united(area)?;
        let whole = self.district.contains(&area);
        let inside = if whole { area } else { self.within(&area) };
        let plain = MultiPolygon(inside.iter().map(|polygon| self.plain(polygon)).collect());
        let Some(at) = plain.interior_point() else { return Ok(None) };
        let rings = plain.iter().flat_map(|it| [it.exterior()].into_iter().chain(it.interiors()));
        let open = |ring: &LineString| {
            let corners = ring.0.len().saturating_sub(1);
            Trace(ring.0[..corners].iter().copied().map(wgs84).collect())
        };
        let outline = Outline(rings.map(open).collect());
        Ok(Some(Cut { outline, at: wgs84(at.into()), whole }))
    }

    /// Does no part of it lie in the district? Asked before its outline is judged, and so of its
    /// lines: an outline of another district may be as bad as it likes.
    fn is_outside(&self, area: &MultiPolygon) -> bool {
        let lines = MultiLineString(area.iter().map(|it| it.exterior().clone()).collect());
        let within = self.district.iter().filter_map(|it| it.exterior().0.first());
        !self.district.intersects(&lines)
            && !within.copied().any(|corner| area.intersects(&Point::from(corner)))
    }

    /// What of it lies in the district. A sliver that the line cuts off a neighbour is no part.
    fn within(&self, area: &MultiPolygon) -> MultiPolygon {
        let cut = self.district.intersection(area);
        let is_sliver = |it: &Polygon| self.in_metres(it).unsigned_area() < SIMPLER_M * SIMPLER_M;
        MultiPolygon(cut.into_iter().filter(|it| !is_sliver(it)).collect())
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

    /// Fewer corners, none further off than [`SIMPLER_M`]. An outline that would cross itself, or of
    /// which little would be left (a round garden is as small as that), stays nearer to what it was.
    fn plain(&self, polygon: &Polygon) -> Polygon {
        let metres = self.in_metres(polygon);
        let keeps = |plain: &Polygon| {
            plain.unsigned_area() > metres.unsigned_area() / 2.0 && plain.is_valid()
        };
        [SIMPLER_M, SIMPLER_M / 2.0, SIMPLER_M / 5.0]
            .into_iter()
            .map(|within| metres.simplify(within))
            .find(keeps)
            .map_or_else(|| polygon.clone(), |plain| self.in_degrees(&plain))
    }

    fn in_metres<G: MapCoords<f64, f64, Output = G>>(&self, shape: &G) -> G {
        shape.map_coords(|at| Coord { x: at.x * self.east_m, y: at.y * DEGREE_M })
    }

    fn in_degrees<G: MapCoords<f64, f64, Output = G>>(&self, shape: &G) -> G {
        shape.map_coords(|at| Coord { x: at.x / self.east_m, y: at.y / DEGREE_M })
    }
}

/// The area of its rings. `OpenStreetMap` allows holes that touch one another and outlines with a
/// common edge: these are made one. `Err`: a ring crosses itself, and nobody knows what lies inside.
fn united(area: &MultiPolygon) -> Result<MultiPolygon, String> {
    if area.is_valid() {
        return Ok(area.clone());
    }
    for ring in area.iter().flat_map(|it| [it.exterior()].into_iter().chain(it.interiors())) {
        Polygon::new(ring.clone(), vec![]).check_validation().map_err(|error| error.to_string())?;
    }
    let filled = |ring: &LineString| Polygon::new(ring.clone(), vec![]);
    let parts = area.iter().map(|polygon| {
        let holes: Vec<Polygon> = polygon.interiors().iter().map(filled).collect();
        filled(polygon.exterior()).difference(&unary_union(&holes))
    });
    let parts: Vec<Polygon> = parts.flatten().collect();
    Ok(unary_union(&parts))
}

pub(super) fn wgs84(at: Coord) -> Wgs84 {
    crate::position::rounded(at.y, at.x)
}
