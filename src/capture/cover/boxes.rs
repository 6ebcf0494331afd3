//! Boxes over a photo: where they lie and how a finger or a key changes them. Pure; in pixels of the
//! photo.

use serde::{Deserialize, Serialize};

/// The smallest side of a box, pixels of the photo.
pub const SIDE_MIN: u32 = 16;
/// The most boxes of a photo.
pub const BOXES_MAX: usize = 40;

/// A box, pixels from the upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverBox {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Width.
    pub w: u32,
    /// Height.
    pub h: u32,
}

/// Width and height of a photo.
pub type Size = (u32, u32);

/// A point of the photo; a finger may be beyond its edge.
pub type Point = (f64, f64);

/// What a finger that was put down does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Grip {
    /// Draws a new box from here.
    New(Point),
    /// Moves this box, held at this distance from its corner.
    Move(usize, Point),
    /// Sizes this box.
    Size(usize),
}

impl CoverBox {
    /// Between two points, at least the smallest size, inside the photo.
    pub fn between(a: Point, b: Point, size: Size) -> Self {
        let (left, right) = side(a.0.min(b.0), a.0.max(b.0), size.0);
        let (top, bottom) = side(a.1.min(b.1), a.1.max(b.1), size.1);
        Self { x: left, y: top, w: right - left, h: bottom - top }
    }

    /// As large as a face at some paces, around a point.
    pub fn around(at: Point, size: Size) -> Self {
        let half = f64::from(size.0.min(size.1)) / 10.0;
        let x = at.0.clamp(half, (f64::from(size.0) - half).max(half));
        let y = at.1.clamp(half, (f64::from(size.1) - half).max(half));
        Self::between((x - half, y - half), (x + half, y + half), size)
    }

    /// With its corner at this point, inside the photo.
    #[must_use]
    pub fn at(self, corner: Point, size: Size) -> Self {
        let x = whole(corner.0, size.0.saturating_sub(self.w));
        let y = whole(corner.1, size.1.saturating_sub(self.h));
        Self { x, y, ..self }
    }

    /// Moved by so many pixels.
    #[must_use]
    pub fn moved(self, by: (i32, i32), size: Size) -> Self {
        let corner = (f64::from(self.x) + f64::from(by.0), f64::from(self.y) + f64::from(by.1));
        self.at(corner, size)
    }

    /// Larger or smaller by so many pixels; its middle stays where there is room.
    #[must_use]
    pub fn grown(self, by: i32, size: Size) -> Self {
        let half = f64::from(by) / 2.0;
        let (x, y) = (f64::from(self.x), f64::from(self.y));
        let (right, bottom) = (x + f64::from(self.w), y + f64::from(self.h));
        let smallest = self.w.min(self.h).saturating_add_signed(by);
        if smallest < SIDE_MIN {
            return self;
        }
        Self::between((x - half, y - half), (right + half, bottom + half), size)
    }

    fn holds(self, at: Point) -> bool {
        let inside = |value: f64, from: u32, len: u32| {
            value >= f64::from(from) && value <= f64::from(from) + f64::from(len)
        };
        inside(at.0, self.x, self.w) && inside(at.1, self.y, self.h)
    }

    /// Its lower right corner, where it is sized.
    pub fn corner(self) -> Point {
        (f64::from(self.x) + f64::from(self.w), f64::from(self.y) + f64::from(self.h))
    }
}

/// Which box a finger takes hold of: the corner of the chosen one, else the topmost under it.
/// `reach`: how far from a corner still counts, in pixels of the photo.
pub fn grip(boxes: &[CoverBox], chosen: Option<usize>, at: Point, reach: f64) -> Grip {
    let near = |it: &CoverBox| {
        let corner = it.corner();
        (corner.0 - at.0).abs() <= reach && (corner.1 - at.1).abs() <= reach
    };
    if let Some(nth) = chosen.filter(|nth| boxes.get(*nth).is_some_and(near)) {
        return Grip::Size(nth);
    }
    let hit = boxes.iter().enumerate().rev().find(|(_, it)| it.holds(at));
    hit.map_or(Grip::New(at), |(nth, it)| {
        Grip::Move(nth, (at.0 - f64::from(it.x), at.1 - f64::from(it.y)))
    })
}

/// A stretch inside `0..len`, at least the smallest side long where the photo has room for it.
fn side(from: f64, to: f64, len: u32) -> (u32, u32) {
    let (from, to) = (whole(from, len), whole(to, len));
    let least = SIDE_MIN.min(len);
    if to - from >= least {
        return (from, to);
    }
    let from = from.min(len - least);
    (from, from + least)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn whole(value: f64, most: u32) -> u32 {
    value.round().clamp(0.0, f64::from(most)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = (1_600, 1_200);

    fn cover(x: u32, y: u32, w: u32, h: u32) -> CoverBox {
        CoverBox { x, y, w, h }
    }

    #[test]
    fn a_box_is_drawn_from_any_corner_and_stays_inside_the_photo() {
        let drawn = CoverBox::between((300.4, 200.0), (100.0, 50.0), SIZE);
        assert_eq!(drawn, cover(100, 50, 200, 150));
        let beyond = CoverBox::between((1_500.0, 1_100.0), (9_000.0, 9_000.0), SIZE);
        assert_eq!(beyond, cover(1_500, 1_100, 100, 100));
        let thin = CoverBox::between((1_600.0, 5.0), (1_600.0, 6.0), SIZE);
        assert_eq!(thin, cover(1_584, 5, 16, 16));
    }

    #[test]
    fn a_photo_of_one_pixel_can_be_covered() {
        assert_eq!(CoverBox::between((0.0, 0.0), (1.0, 1.0), (1, 1)), cover(0, 0, 1, 1));
        assert_eq!(CoverBox::around((0.5, 0.5), (1, 1)), cover(0, 0, 1, 1));
    }

    #[test]
    fn a_tap_puts_a_box_around_the_finger() {
        assert_eq!(CoverBox::around((800.0, 600.0), SIZE), cover(680, 480, 240, 240));
        assert_eq!(CoverBox::around((0.0, 0.0), SIZE), cover(0, 0, 240, 240));
    }

    #[test]
    fn a_box_that_is_moved_over_the_edge_keeps_its_size() {
        let held = cover(10, 10, 100, 50);
        assert_eq!(held.moved((-40, 30), SIZE), cover(0, 40, 100, 50));
        assert_eq!(held.at((9_000.0, 9_000.0), SIZE), cover(1_500, 1_150, 100, 50));
    }

    #[test]
    fn a_box_grows_around_its_middle_and_shrinks_no_further_than_can_be_seen() {
        let held = cover(100, 100, 100, 50);
        assert_eq!(held.grown(20, SIZE), cover(90, 90, 120, 70));
        assert_eq!(held.grown(20, SIZE).grown(-20, SIZE), held);
        assert_eq!(held.grown(-40, SIZE), held);
    }

    #[test]
    fn a_finger_takes_the_corner_of_the_chosen_box_first_then_the_topmost() {
        let boxes = [cover(0, 0, 100, 100), cover(50, 50, 100, 100)];
        assert_eq!(grip(&boxes, Some(0), (98.0, 98.0), 10.0), Grip::Size(0));
        assert_eq!(grip(&boxes, None, (98.0, 98.0), 10.0), Grip::Move(1, (48.0, 48.0)));
        assert_eq!(grip(&boxes, None, (20.0, 20.0), 10.0), Grip::Move(0, (20.0, 20.0)));
        assert_eq!(grip(&boxes, None, (500.0, 20.0), 10.0), Grip::New((500.0, 20.0)));
    }
}
