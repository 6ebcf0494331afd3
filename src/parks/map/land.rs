//! The ground of the map as lines of a drawing: what the pack has a sourced shape for, nothing else.

use std::{collections::BTreeMap, fmt::Write as _};

use model::{
    datum::Wgs84,
    layer::{LineKind, Outline, Trace},
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
    /// Outlines of these places, a path for each square of the drawing that holds any.
    pub parks: Vec<String>,
}

/// Points closer than this to the one before are left out, pixels.
const FINEST: f64 = 0.7;
/// Outlines smaller than this are a mark only, pixels.
const SMALLEST: f64 = 6.0;
/// Side of a square, pixels: as large as the tiles that browsers paint. A path with the outlines of a
/// whole town would be gone through again for each of them.
const SQUARE: f64 = 256.0;

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
        let mut squares = BTreeMap::<_, String>::new();
        for park in shown.iter().filter_map(|at| pack.parks.get(*at)) {
            if let Placement::Outline { outline: Outline(rings), .. } = &park.placement {
                outline(squares.entry(square(rings, view)).or_default(), rings, view);
            }
        }
        land.parks = squares.into_values().filter(|path| !path.is_empty()).collect();
        land
    }
}

/// The box around the whole district.
pub(super) fn extent(pack: &DistrictPack) -> Option<Extent> {
    Extent::around(pack.district.boundary.iter().flatten().map(|at| Flat::from(*at)))
}

/// The line of the district.
pub(super) fn rings(pack: &DistrictPack) -> Vec<Vec<Flat>> {
    let flat = |ring: &Vec<Wgs84>| ring.iter().map(|at| Flat::from(*at)).collect();
    pack.district.boundary.iter().map(flat).collect()
}

/// The square in which an outline begins.
#[expect(clippy::cast_possible_truncation, reason = "a square of this world's drawing")]
fn square(rings: &[Trace], view: &View) -> Option<(i64, i64)> {
    let (x, y) = view.px(Flat::from(*rings.first()?.0.first()?));
    Some(((x / SQUARE).floor() as i64, (y / SQUARE).floor() as i64))
}

fn outline(path: &mut String, rings: &[Trace], view: &View) {
    if rings.first().is_some_and(|Trace(ring)| is_close(ring, view) && is_seen(ring, view)) {
        for Trace(ring) in rings {
            line(path, ring, true, view);
        }
    }
}

/// Can a finger pull it in, from the one edge of the screen to the other?
fn is_close(points: &[Wgs84], view: &View) -> bool {
    let (wide, high) = view.size;
    points.iter().any(|at| {
        let (x, y) = view.px(Flat::from(*at));
        (-wide..=2.0 * wide).contains(&x) && (-high..=2.0 * high).contains(&y)
    })
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
    use model::{
        layer::{Nature, OsmArea, OsmLine},
        pack::CoordLicence,
    };

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
        let line = |kind| OsmLine {
            id: "way/1".into(),
            version: None,
            date: None,
            kind,
            name: None,
            parts: vec![square(29.4, 106.4)],
        };
        pack.nature = Nature {
            water: vec![OsmArea {
                id: "way/2".into(),
                version: None,
                date: None,
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

    // The outlines of a town were one path: each tile of the screen was painted by going through all of it.
    #[test]
    fn outlines_that_lie_apart_are_paths_of_their_own() {
        let mut pack = facts();
        let outline = |at: Wgs84, metres: f64| {
            let (lat, lon) = (at.lat + metres / 111_000.0, at.lon + metres / 97_000.0);
            let ring = [at, Wgs84 { lat, ..at }, Wgs84 { lat, lon }, at];
            Placement::Outline {
                outline: Outline(vec![Trace(ring.to_vec())]),
                at,
                source: String::new(),
                as_of: None,
                licence: CoordLicence::Odbl,
            }
        };
        let near = Wgs84 { lat: 29.5, lon: 106.5 };
        let far = Wgs84 { lat: 29.5, lon: 106.52 };
        pack.parks[0].placement = outline(near, 200.0);
        pack.parks[1].placement = outline(near, 300.0);
        pack.parks[2].placement = outline(far, 200.0);
        let view = View::around(near, 2_000.0, (360.0, 450.0));
        let paths = Land::draw(&pack, &[0, 1, 2], &view).parks;
        let outlines: Vec<_> = paths.iter().map(|it| it.matches('Z').count()).collect();
        assert_eq!(outlines, [2, 1]);
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
