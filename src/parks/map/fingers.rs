//! What fingers on the map mean: pure, in pixels of the page and milliseconds.

use super::view::Px;

/// A finger that moves less than this taps, pixels.
const TAP: f64 = 8.0;
/// How long the map glides on after a finger has let go while it moved, milliseconds.
const GLIDE_MS: f64 = 120.0;
/// A finger that has rested so long before it lets go throws nothing, milliseconds.
const REST_MS: f64 = 80.0;

/// The fingers (or the pointer) that lie on the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fingers {
    held: Vec<Finger>,
    moved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Finger {
    id: i32,
    began: Px,
    at: Px,
    /// When it last moved, and how fast then, pixels for a millisecond.
    when: f64,
    speed: Px,
}

/// What the map should do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Move {
    /// Nothing.
    Still,
    /// Follow a finger.
    Pan(Px),
    /// Follow two: by how many times, about which point, and how far that point went.
    Pinch(f64, Px, Px),
}

/// A finger was lifted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lifted {
    /// Others still lie there, or none did.
    Not,
    /// It had not moved: whatever lies under it is pressed.
    Tap,
    /// It had moved; the map glides on by this step.
    Glide(Px),
}

impl Fingers {
    /// A finger is put down.
    pub fn down(&mut self, id: i32, at: Px, when: f64) {
        self.held.retain(|finger| finger.id != id);
        if self.held.is_empty() {
            self.moved = false;
        }
        // A third finger is a palm.
        if self.held.len() < 2 {
            self.held.push(Finger { id, began: at, at, when, speed: (0.0, 0.0) });
        }
    }

    /// Does any lie on the map?
    pub fn any(&self) -> bool {
        !self.held.is_empty()
    }

    /// A finger moves.
    pub fn moves(&mut self, id: i32, to: Px, when: f64) -> Move {
        let before = self.held.clone();
        let Some(nth) = before.iter().position(|finger| finger.id == id) else {
            return Move::Still;
        };
        let finger = &mut self.held[nth];
        if !self.moved && before.len() == 1 && away(finger.began, to) < TAP {
            return Move::Still;
        }
        self.moved = true;
        let step = (to.0 - finger.at.0, to.1 - finger.at.1);
        let took = (when - finger.when).max(1.0);
        finger.speed = (step.0 / took, step.1 / took);
        (finger.at, finger.when) = (to, when);
        let Some(other) = before.get(1 - nth.min(1)).filter(|other| other.id != id) else {
            return Move::Pan(step);
        };
        let (was, is) = (away(before[nth].at, other.at), away(to, other.at));
        let middle = |at: Px| (f64::midpoint(at.0, other.at.0), f64::midpoint(at.1, other.at.1));
        let (from, about) = (middle(before[nth].at), middle(to));
        let times = if was > 1.0 && is > 1.0 { is / was } else { 1.0 };
        Move::Pinch(times, about, (about.0 - from.0, about.1 - from.1))
    }

    /// A finger is lifted, or the browser takes it away.
    pub fn up(&mut self, id: i32, when: f64) -> Lifted {
        let Some(nth) = self.held.iter().position(|finger| finger.id == id) else {
            return Lifted::Not;
        };
        let finger = self.held.remove(nth);
        if self.any() {
            return Lifted::Not;
        }
        if !self.moved {
            return Lifted::Tap;
        }
        let rested = when - finger.when > REST_MS;
        let (x, y) = if rested { (0.0, 0.0) } else { finger.speed };
        Lifted::Glide((x * GLIDE_MS, y * GLIDE_MS))
    }
}

fn away(a: Px, b: Px) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trembling_finger_taps_and_the_map_stays() {
        let mut fingers = Fingers::default();
        fingers.down(1, (100.0, 100.0), 0.0);
        assert_eq!(fingers.moves(1, (103.0, 104.0), 10.0), Move::Still);
        assert_eq!(fingers.up(1, 20.0), Lifted::Tap);
    }

    #[test]
    fn the_map_follows_a_finger_and_glides_on_unless_it_rested() {
        let mut fingers = Fingers::default();
        fingers.down(1, (100.0, 100.0), 0.0);
        assert_eq!(fingers.moves(1, (120.0, 100.0), 10.0), Move::Pan((20.0, 0.0)));
        assert_eq!(fingers.moves(1, (140.0, 100.0), 20.0), Move::Pan((20.0, 0.0)));
        let mut resting = fingers.clone();
        assert_eq!(fingers.up(1, 30.0), Lifted::Glide((240.0, 0.0)));
        assert_eq!(resting.up(1, 400.0), Lifted::Glide((0.0, 0.0)));
    }

    #[test]
    fn two_fingers_pinch_about_the_point_between_them() {
        let mut fingers = Fingers::default();
        fingers.down(1, (100.0, 100.0), 0.0);
        fingers.down(2, (200.0, 100.0), 0.0);
        let pinch = fingers.moves(2, (300.0, 100.0), 10.0);
        assert_eq!(pinch, Move::Pinch(2.0, (200.0, 100.0), (50.0, 0.0)));
        assert_eq!(fingers.up(1, 20.0), Lifted::Not);
        assert_eq!(fingers.moves(2, (310.0, 100.0), 30.0), Move::Pan((10.0, 0.0)));
    }

    #[test]
    fn a_third_finger_and_one_that_never_came_down_change_nothing() {
        let mut fingers = Fingers::default();
        for id in 1..=3 {
            fingers.down(id, (f64::from(id) * 50.0, 0.0), 0.0);
        }
        assert_eq!(fingers.moves(3, (9.0, 9.0), 1.0), Move::Still);
        assert_eq!(fingers.up(7, 1.0), Lifted::Not);
        assert!(fingers.any() && !fingers.moved);
    }
}
