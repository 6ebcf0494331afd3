//! The ground of the map as lines of a drawing: what the pack has a sourced shape for, nothing else.

use std::fmt::Write as _;

use model::{
    datum::Wgs84,
    layer::{LineKind, Trace},
    pack::{DistrictPack, Placement},
};

use super::view::{Extent, Flat, View};

/// Paths of a drawing (the `d` of SVG), in pixels of the view they were made for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Land {
    /// The district: its line, closed.
    pub district: String,
    /// The parts of the line along which a river runs.
    pub river_side: String,
    /// Surfaces of water.
    pub water: String,
    /// Rivers.
    pub rivers: String,
    /// Streams.
    pub streams: String,
    /// Ridges.
    pub ridges: String,
    /// Outlines of these places.
    pub parks: String,
}

/// Points closer than this to the one before are left out, pixels.
const FINEST: f64 = 0.7;
/// Outlines smaller than this are a mark only, pixels.
const SMALLEST: f64 = 6.0;
/// What lies this far beside the screen is left out, pixels: as far as a finger can pull it in.
const BESIDE: f64 = 600.0;

impl Land {
    /// Draws the ground and the outlines of these places (positions in the pack).
    pub fn draw(pack: &DistrictPack, shown: &[usize], view: &View) -> Self {
        let mut land = Self::default();
        for ring in &pack.district.boundary {
            line(&mut land.district, ring, true, view);
        }
        for side in &pack.river_sides {
            line(&mut land.river_side, &side.line.0, false, view);
        }
        for area in &pack.nature.water {
            outline(&mut land.water, &area.outline.0, view);
        }
        for drawn in &pack.nature.lines {
            let into = match drawn.kind {
                LineKind::River => &mut land.rivers,
                LineKind::Stream => &mut land.streams,
                LineKind::Ridge => &mut land.ridges,
            };
            for Trace(part) in drawn.parts.iter().filter(|part| is_close(&part.0, view)) {
                line(into, part, false, view);
            }
        }
        for park in shown.iter().filter_map(|at| pack.parks.get(*at)) {
            if let Placement::Outline { outline: rings, .. } = &park.placement {
                outline(&mut land.parks, &rings.0, view);
            }
        }
        land
    }
}

/// The box around the whole district.
pub(super) fn extent(pack: &DistrictPack) -> Option<Extent> {
    Extent::around(pack.district.boundary.iter().flatten().map(|at| Flat::from(*at)))
}

fn outline(path: &mut String, rings: &[Trace], view: &View) {
    if rings.first().is_some_and(|Trace(ring)| is_close(ring, view) && is_seen(ring, view)) {
        for Trace(ring) in rings {
            line(path, ring, true, view);
        }
    }
}

fn is_close(points: &[Wgs84], view: &View) -> bool {
    points.iter().any(|at| view.is_close(Flat::from(*at), BESIDE))
}

fn is_seen(points: &[Wgs84], view: &View) -> bool {
    let around = Extent::around(points.iter().map(|at| Flat::from(*at)));
    around.is_some_and(|Extent { min, max }| {
        (max.x - min.x).max(max.y - min.y) * view.scale >= SMALLEST
    })
}

/// Adds one line to a path, to a tenth of a pixel; nothing where it has fewer than two points.
fn line(path: &mut String, points: &[Wgs84], closed: bool, view: &View) {
    let mut before: Option<(f64, f64)> = None;
    let mut count = 0;
    let length = path.len();
    for at in points {
        let (x, y) = view.px(Flat::from(*at));
        let (x, y) = ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0);
        if before.is_some_and(|(a, b)| (a - x).abs() < FINEST && (b - y).abs() < FINEST) {
            continue;
        }
        let letter = if before.is_none() { 'M' } else { 'L' };
        // Writing to a text does not fail.
        let _ = write!(path, "{letter}{x} {y}");
        before = Some((x, y));
        count += 1;
    }
    match count {
        0 | 1 => path.truncate(length),
        _ if closed => path.push('Z'),
        _ => {}
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use model::layer::{Nature, OsmArea, OsmElement, OsmLine, Outline};

    use super::*;

    fn facts() -> DistrictPack {
        pack::build(std::path::Path::new("data")).expect("the facts build").pack
    }

    fn whole(pack: &DistrictPack) -> View {
        View::whole(&extent(pack).expect("a line"), (360.0, 450.0))
    }

    #[test]
    fn nothing_is_drawn_that_no_source_has_a_shape_for() {
        let pack = facts();
        let all: Vec<_> = (0..pack.parks.len()).collect();
        let land = Land::draw(&pack, &all, &whole(&pack));
        let rings = land.district.matches('Z').count();
        assert_eq!(rings, pack.district.boundary.len());
        assert_eq!(land.river_side.matches('M').count(), pack.river_sides.len());
        let empty = Land { district: String::new(), river_side: String::new(), ..land };
        assert_eq!(empty, Land::default(), "the shipped facts hold no other shape");
    }

    #[test]
    fn water_and_lines_of_an_import_are_drawn_as_what_they_are() {
        let mut pack = facts();
        let square = |lat: f64, lon: f64| {
            let corners = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01)];
            Trace(corners.map(|(a, b)| Wgs84 { lat: lat + a, lon: lon + b }).to_vec())
        };
        let element = || OsmElement { id: "way/1".into(), version: None, date: None };
        let line = |kind| OsmLine {
            element: element(),
            kind,
            name: None,
            parts: vec![square(29.4, 106.4)],
        };
        pack.nature = Nature {
            water: vec![OsmArea {
                element: element(),
                name: None,
                outline: Outline(vec![square(29.45, 106.45)]),
            }],
            lines: vec![line(LineKind::River), line(LineKind::Stream), line(LineKind::Ridge)],
        };
        let land = Land::draw(&pack, &[], &whole(&pack));
        assert!(land.water.ends_with('Z') && land.water.starts_with('M'));
        for path in [&land.rivers, &land.streams, &land.ridges] {
            assert!(path.starts_with('M') && !path.contains('Z'), "{path}");
        }
        assert!(land.parks.is_empty());
    }

    #[test]
    fn a_line_of_one_point_leaves_no_trace() {
        let pack = facts();
        let mut path = String::new();
        let at = Wgs84 { lat: 29.5, lon: 106.5 };
        line(&mut path, &[at, at], true, &whole(&pack));
        assert_eq!(path, "");
    }
}
