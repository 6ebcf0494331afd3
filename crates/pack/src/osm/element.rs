use std::collections::BTreeMap;

use geo::{Coord, LineString, MultiPolygon, Polygon};

/// An element of an extract, whichever form the extract has.
#[derive(Debug)]
pub(super) struct Element {
    /// Its place in the file, the first being 1.
    pub row: u64,
    /// `node/1`, `way/2`, `relation/3`.
    pub id: String,
    pub version: Option<u32>,
    /// When that version was made.
    pub timestamp: Option<String>,
    pub tags: BTreeMap<String, String>,
    pub shape: Shape,
}

impl Element {
    /// Its id, its version, and the day of that version.
    pub fn edition(&self) -> (String, Option<u32>, Option<String>) {
        let day = self.timestamp.as_ref().and_then(|it| it.get(..10));
        (self.id.clone(), self.version, day.map(str::to_owned))
    }

    /// The value of a tag, without space around it; an empty one is none.
    pub fn tag(&self, key: &str) -> Option<&str> {
        self.tags.get(key).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    pub fn is(&self, key: &str, values: &[&str]) -> bool {
        self.tag(key).is_some_and(|value| values.contains(&value))
    }
}

/// Degrees, x east and y north, as `geo` has it.
#[derive(Debug)]
pub(super) enum Shape {
    Point(Coord),
    Lines(Vec<LineString>),
    Area(MultiPolygon),
    /// Why the extract gives none.
    Missing(&'static str),
}

impl Shape {
    /// Every position in it.
    pub fn coords(&self) -> Vec<Coord> {
        use geo::CoordsIter;
        match self {
            Self::Point(at) => vec![*at],
            Self::Lines(lines) => lines.iter().flat_map(|line| line.0.iter().copied()).collect(),
            Self::Area(area) => area.coords_iter().collect(),
            Self::Missing(_) => Vec::new(),
        }
    }
}

/// Is a way with these tags a line, though it closes? `area=yes` says that it is none, and a square
/// is none by itself: people walk on it, so it often is a `highway=pedestrian` too.
fn is_line(tags: &BTreeMap<String, String>) -> bool {
    let is = |key: &str, value: &str| tags.get(key).is_some_and(|it| it == value);
    let line =
        tags.contains_key("waterway") || tags.contains_key("highway") || is("natural", "ridge");
    line && !is("area", "yes") && !is("place", "square")
}

/// A way is an area where it closes, unless it is a line by its tags.
pub(super) fn of_way(points: Vec<Coord>, tags: &BTreeMap<String, String>) -> Shape {
    let closed = points.len() > 3 && points.first() == points.last();
    match points.len() {
        0 | 1 => Shape::Missing("has no geometry in the extract: ask for it with `out geom`"),
        _ if closed && !is_line(tags) => {
            Shape::Area(MultiPolygon(vec![Polygon::new(LineString(points), Vec::new())]))
        }
        _ => Shape::Lines(vec![LineString(points)]),
    }
}

/// A way of which positions are missing is a line with gaps. As an outline it is none: whatever
/// bridged the gap would be invented.
pub(super) fn of_pieces(mut pieces: Vec<Vec<Coord>>, tags: &BTreeMap<String, String>) -> Shape {
    if pieces.len() == 1 {
        return of_way(pieces.remove(0), tags);
    }
    if !is_line(tags) {
        return Shape::Missing("has an outline with a gap in the extract: positions are missing");
    }
    let lines = pieces.into_iter().filter(|piece| piece.len() > 1).map(LineString);
    Shape::Lines(lines.collect())
}

/// The polygons of a multipolygon relation, from the lines of its outer and inner members.
pub(super) fn of_members(outer: Vec<Vec<Coord>>, inner: Vec<Vec<Coord>>) -> Shape {
    let (Some(outer), Some(inner)) = (rings(outer), rings(inner)) else {
        return Shape::Missing("has an outline that does not close in the extract");
    };
    if outer.is_empty() {
        return Shape::Missing("has no outer members in the extract");
    }
    let mut polygons: Vec<Polygon> =
        outer.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect();
    for hole in inner {
        use geo::{Area, Contains};
        let inside = |polygon: &&mut Polygon| {
            Polygon::new(polygon.exterior().clone(), Vec::new()).contains(&hole)
        };
        // An island in the hole of another one has holes of its own: the closest outline is theirs.
        let size = |polygon: &&mut Polygon| {
            Polygon::new(polygon.exterior().clone(), Vec::new()).unsigned_area()
        };
        let around = polygons.iter_mut().filter(inside);
        let Some(around) = around.min_by(|a, b| size(a).total_cmp(&size(b))) else {
            return Shape::Missing("has a hole outside its outline in the extract");
        };
        around.interiors_push(hole);
    }
    Shape::Area(MultiPolygon(polygons))
}

/// Joins lines end to end until each closes; nothing if one does not.
fn rings(mut lines: Vec<Vec<Coord>>) -> Option<Vec<LineString>> {
    let mut rings = Vec::new();
    while let Some(mut ring) = lines.pop() {
        while ring.len() < 4 || ring.first() != ring.last() {
            let end = *ring.last()?;
            let next =
                lines.iter().position(|it| it.first() == Some(&end) || it.last() == Some(&end));
            let mut next = lines.swap_remove(next?);
            if next.first() != Some(&end) {
                next.reverse();
            }
            ring.extend(next.into_iter().skip(1));
        }
        rings.push(LineString(ring));
    }
    Some(rings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(i32, i32)]) -> Vec<Coord> {
        points.iter().map(|(x, y)| Coord { x: f64::from(*x), y: f64::from(*y) }).collect()
    }

    #[test]
    fn lines_that_meet_end_to_end_in_any_direction_are_one_ring() {
        let pieces =
            vec![line(&[(0, 0), (0, 9)]), line(&[(9, 0), (9, 9), (0, 9)]), line(&[(9, 0), (0, 0)])];
        let ring = rings(pieces).unwrap();
        assert_eq!((ring.len(), ring[0].0.len()), (1, 5));
    }

    #[test]
    fn a_ring_with_a_gap_is_none() {
        assert_eq!(rings(vec![line(&[(0, 0), (0, 9)]), line(&[(9, 0), (9, 9)])]), None);
        assert_eq!(rings(vec![line(&[(0, 0), (0, 9), (0, 0)])]), None);
    }

    #[test]
    fn a_closed_stream_is_a_line_and_a_closed_park_an_area() {
        let round = line(&[(0, 0), (0, 9), (9, 9), (0, 0)]);
        let tags = |key: &str, value: &str| BTreeMap::from([(key.to_owned(), value.to_owned())]);
        assert!(matches!(of_way(round.clone(), &tags("waterway", "stream")), Shape::Lines(_)));
        assert!(matches!(of_way(round, &tags("leisure", "park")), Shape::Area(_)));
    }

    // A square that is paved for walkers is mapped as a pedestrian way that closes and is an area.
    // It was thrown away as a line.
    #[test]
    fn a_square_to_walk_on_is_an_area_and_a_walk_around_is_a_line() {
        let round = line(&[(0, 0), (0, 9), (9, 9), (0, 0)]);
        let shape = |more: &[(&str, &str)]| {
            let all = more.iter().chain(&[("highway", "pedestrian")]);
            let tags = all.map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
            of_way(round.clone(), &tags.collect())
        };
        assert!(matches!(shape(&[("place", "square"), ("area", "yes")]), Shape::Area(_)));
        assert!(matches!(shape(&[("leisure", "park"), ("area", "yes")]), Shape::Area(_)));
        assert!(matches!(shape(&[("place", "square")]), Shape::Area(_)));
        assert!(matches!(shape(&[]), Shape::Lines(_)));
    }
}
