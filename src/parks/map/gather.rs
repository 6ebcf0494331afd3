//! Places that would cover one another on the screen stand together under one mark.

use std::collections::HashMap;

use super::view::Flat;

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    /// Its position in the pack.
    pub park: usize,
    /// Where it is drawn.
    pub at: Flat,
    /// The place itself, by its point or outline; else only what it is near to.
    pub placed: bool,
}

/// One mark: a place, or several that lie too close.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// Its places, at least one, in the order they came.
    pub spots: Vec<Spot>,
    /// Where it is drawn: at the first of them, so that no two marks touch.
    pub at: Flat,
}

impl Mark {
    /// Would its places stand apart at this scale, at least some of them?
    pub fn parts_at(&self, scale: f64) -> bool {
        self.spots.iter().any(|spot| apart(spot.at, self.at) * scale >= REACH)
    }
}

/// Marks are at least this far apart, pixels: the size of what a finger hits.
pub(super) const REACH: f64 = 44.0;

/// Gathers places at a scale (pixels for a unit of the flat world). A place joins the first mark
/// that it would cover, in the order they came; so the marks depend on the scale alone and do not
/// change while the map is moved.
pub(super) fn gather(spots: impl IntoIterator<Item = Spot>, scale: f64) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut cells: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    for spot in spots {
        let cell = cell(spot.at, scale);
        let near = around(cell).filter_map(|cell| cells.get(&cell)).flatten().copied();
        let covered = near.filter(|at| apart(marks[*at].at, spot.at) * scale < REACH).min();
        if let Some(at) = covered {
            marks[at].spots.push(spot);
        } else {
            cells.entry(cell).or_default().push(marks.len());
            marks.push(Mark { at: spot.at, spots: vec![spot] });
        }
    }
    marks
}

#[expect(clippy::cast_possible_truncation, reason = "as many cells as there are tiles of 44 px")]
fn cell(at: Flat, scale: f64) -> (i64, i64) {
    let nth = |units: f64| (units * scale / REACH).floor() as i64;
    (nth(at.x), nth(at.y))
}

fn around((x, y): (i64, i64)) -> impl Iterator<Item = (i64, i64)> {
    (-1..=1).flat_map(move |dx| (-1..=1).map(move |dy| (x + dx, y + dy)))
}

fn apart(a: Flat, b: Flat) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spots(points: &[(f64, f64)]) -> Vec<Spot> {
        let spot = |(park, (x, y)): (usize, &(f64, f64))| Spot {
            park,
            at: Flat { x: *x, y: *y },
            placed: true,
        };
        points.iter().enumerate().map(spot).collect()
    }

    /// Points all over a square of 1,000, the same in every run.
    fn scattered(count: u32) -> Vec<Spot> {
        let mut seed = 7_u32;
        let mut next = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 8) / f64::from(1 << 24) * 1_000.0
        };
        spots(&(0..count).map(|_| (next(), next())).collect::<Vec<_>>())
    }

    #[test]
    fn every_place_stands_under_exactly_one_mark_at_every_scale() {
        let all = scattered(5_000);
        for scale in [0.01, 0.3, 1.0, 7.0, 400.0] {
            let marks = gather(all.iter().copied(), scale);
            let mut held: Vec<_> =
                marks.iter().flat_map(|it| &it.spots).map(|it| it.park).collect();
            held.sort_unstable();
            assert_eq!(held, (0..all.len()).collect::<Vec<_>>(), "{scale}");
        }
    }

    #[test]
    fn no_two_marks_touch() {
        let marks = gather(scattered(800), 1.0);
        for (nth, a) in marks.iter().enumerate() {
            let touching = marks[..nth].iter().filter(|b| apart(a.at, b.at) < REACH);
            assert_eq!(touching.count(), 0, "{a:?}");
        }
    }

    #[test]
    fn two_places_part_when_the_map_is_close_enough_and_never_if_they_are_at_one_point() {
        let two = spots(&[(0.0, 0.0), (30.0, 0.0), (0.0, 0.0)]);
        let together = gather(two, 1.0);
        assert_eq!((together.len(), together[0].spots.len()), (1, 3));
        assert!(!together[0].parts_at(1.0) && together[0].parts_at(2.0));
        assert!(!gather(spots(&[(5.0, 5.0), (5.0, 5.0)]), 1.0)[0].parts_at(1e9));
    }
}
