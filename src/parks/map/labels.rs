//! Names on the map: first come, first served, and dropped rather than crossed.

use super::view::Px;

/// A box on the screen, pixels: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame(pub f64, pub f64, pub f64, pub f64);

impl Frame {
    /// A box of this size around a point.
    pub fn around((x, y): Px, wide: f64, high: f64) -> Self {
        Self(x - wide / 2.0, y - high / 2.0, x + wide / 2.0, y + high / 2.0)
    }

    /// Do two boxes share any point?
    pub fn meets(&self, other: &Self) -> bool {
        self.0 < other.2 && other.0 < self.2 && self.1 < other.3 && other.1 < self.3
    }

    fn lies_in(&self, (wide, high): Px) -> bool {
        self.0 >= 0.0 && self.1 >= 0.0 && self.2 <= wide && self.3 <= high
    }
}

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Voice {
    /// A place.
    Park,
    /// A sub-district or town.
    SubDistrict,
    /// A community or village.
    Community,
    /// A station.
    Station,
    /// A river, a lake, a ridge.
    Nature,
}

impl Voice {
    /// Class of the text.
    pub fn class(self) -> &'static str {
        match self {
            Self::Park => "m-t park",
            Self::SubDistrict => "m-t sub",
            Self::Community => "m-t community",
            Self::Station => "m-t station",
            Self::Nature => "m-t nature",
        }
    }

    /// Size of the text, against the size of the map's text.
    fn size(self) -> f64 {
        match self {
            Self::Park => 1.1,
            Self::SubDistrict | Self::Nature => 1.0,
            Self::Community | Self::Station => 0.95,
        }
    }

    /// Room that each sign takes besides its own, against its size.
    fn spacing(self) -> f64 {
        match self {
            Self::SubDistrict => 0.22,
            Self::Nature => 0.3,
            Self::Park | Self::Community | Self::Station => 0.0,
        }
    }
}

/// A name that would like to stand at a point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub text: String,
    pub voice: Voice,
    pub at: Px,
    /// How far from the point it has to begin, pixels; 0 stands on the point itself.
    pub beside: f64,
}

/// A name that found room.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    pub text: String,
    pub voice: Voice,
    /// The middle of its box.
    pub at: Px,
    pub frame: Frame,
}

/// Places names in the order they come. `taken`: what else stands there; `font`: size of the map's
/// text, pixels; `size`: of the map. A name beside a point is tried at its right, left, below and
/// above.
pub(super) fn place(
    wanted: impl IntoIterator<Item = Wanted>,
    mut taken: Vec<Frame>,
    font: f64,
    size: Px,
) -> Vec<Label> {
    let mut labels = Vec::new();
    for Wanted { text, voice, at, beside } in wanted {
        let (wide, high) = (width(&text, voice, font), font * voice.size() * 1.35);
        let (dx, dy) = (beside + wide / 2.0, beside + high / 2.0);
        let tries: &[Px] = if beside > 0.0 {
            &[(dx, 0.0), (-dx, 0.0), (0.0, dy), (0.0, -dy)]
        } else {
            &[(0.0, 0.0)]
        };
        let frames = tries.iter().map(|(x, y)| {
            let at = (at.0 + x, at.1 + y);
            (at, Frame::around(at, wide, high))
        });
        let free = |(_, frame): &(Px, Frame)| {
            frame.lies_in(size) && taken.iter().all(|other| !frame.meets(other))
        };
        let found = frames.into_iter().find(free);
        if let Some((at, frame)) = found {
            taken.push(frame);
            labels.push(Label { text, voice, at, frame });
        }
    }
    labels
}

/// How wide a text is at most: a Chinese sign is as wide as it is high, others are narrower.
fn width(text: &str, voice: Voice, font: f64) -> f64 {
    let size = font * voice.size();
    text.chars()
        .map(|sign| {
            let wide = if sign.is_ascii() { 0.62 } else { 1.0 };
            (wide + voice.spacing()) * size
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(text: &str, at: Px, beside: f64) -> Wanted {
        Wanted { text: text.into(), voice: Voice::Park, at, beside }
    }

    #[test]
    fn no_two_names_meet_and_the_first_is_served() {
        let size = (360.0, 450.0);
        let many = (0..40).map(|nth| {
            let nth = f64::from(nth);
            wanted("杨家坪街道", (20.0 + nth * 8.0, 40.0 + (nth * 37.0) % 380.0), 16.0)
        });
        let taken = vec![Frame::around((180.0, 220.0), 44.0, 44.0)];
        let labels = place(many, taken.clone(), 11.0, size);
        assert!(labels.len() > 5 && labels.len() < 40, "{}", labels.len());
        for (nth, label) in labels.iter().enumerate() {
            assert!(label.frame.lies_in(size), "{label:?}");
            let before = labels[..nth].iter().map(|it| it.frame).chain(taken.iter().copied());
            assert!(before.into_iter().all(|it| !it.meets(&label.frame)), "{label:?}");
        }
        assert!((labels[0].at.1 - 40.0).abs() < 1e-9);
    }

    #[test]
    fn a_name_goes_to_the_other_side_where_there_is_no_room_and_leaves_if_there_is_none_at_all() {
        let at_the_edge =
            place([wanted("彩云湖", (350.0, 90.0), 20.0)], vec![], 11.0, (360.0, 450.0));
        assert!(at_the_edge[0].at.0 < 350.0);
        let walls = vec![Frame(0.0, 0.0, 360.0, 450.0)];
        assert!(
            place([wanted("彩云湖", (90.0, 90.0), 20.0)], walls, 11.0, (360.0, 450.0)).is_empty()
        );
    }
}
