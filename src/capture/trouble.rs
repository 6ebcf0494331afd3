//! What of a draft has to be mended before it can be sealed.

use model::report::{PLACE_WORDS_MAX, VERTICAL_WORDS_MAX, WORDS_MAX};

use super::{
    contact::{Lacks, Said},
    draft::{Draft, Photo},
    step::Step,
};

/// Why a draft cannot be sealed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Neither photo nor words nor kind.
    NothingSaid,
    /// Boxes are not in the pixels of their photo yet.
    NotCovered,
    /// No place at all, not even in words.
    NoPlace,
    /// So many characters too many in the words.
    WordsTooLong(usize),
    /// So many characters too many in the words of the place.
    PlaceTooLong(usize),
    /// So many characters too many in the words of the floor.
    FloorTooLong(usize),
    /// Something is missing to the number that the person wants to leave.
    Contact(Lacks),
}

impl Trouble {
    /// The question where it is mended.
    pub fn step(self) -> Step {
        match self {
            Self::NotCovered => Step::Photo,
            Self::NothingSaid | Self::WordsTooLong(_) => Step::Details,
            Self::Contact(_) => Step::Check,
            Self::NoPlace | Self::PlaceTooLong(_) => Step::Place,
            Self::FloorTooLong(_) => Step::Level,
        }
    }
}

impl Draft {
    /// What has to be mended before it can be sealed.
    pub fn troubles(&self) -> Vec<Trouble> {
        let silent = self.words.is_empty() && self.voice.is_none();
        let nothing = self.photos.is_empty() && silent && self.kind().is_none();
        let over = |text: &str, limit: usize| match text.chars().count() {
            count if count > limit => Some(count - limit),
            _ => None,
        };
        let troubles = [
            nothing.then_some(Trouble::NothingSaid),
            self.photos.iter().any(Photo::is_behind).then_some(Trouble::NotCovered),
            self.place_trouble(),
            over(&self.place.words, PLACE_WORDS_MAX).map(Trouble::PlaceTooLong),
            over(&self.place.floor_words, VERTICAL_WORDS_MAX).map(Trouble::FloorTooLong),
            over(&self.words, WORDS_MAX).map(Trouble::WordsTooLong),
            self.contact.as_ref().and_then(Said::lacks).map(Trouble::Contact),
        ];
        troubles.into_iter().flatten().collect()
    }

    fn place_trouble(&self) -> Option<Trouble> {
        let in_words = self.place.unknown && (!self.words.is_empty() || self.voice.is_some());
        (!self.place.is_said() && !in_words).then_some(Trouble::NoPlace)
    }
}

#[cfg(test)]
mod tests {
    use model::hex::Digest;

    use super::*;
    use crate::capture::{cover::boxes::CoverBox, draft::Issue};

    #[test]
    fn a_place_and_one_of_photo_words_kind_are_enough() {
        let mut draft = Draft::default();
        assert_eq!(draft.troubles(), [Trouble::NothingSaid, Trouble::NoPlace]);
        draft.choose(Issue::Unknown);
        assert_eq!(draft.troubles(), [Trouble::NothingSaid, Trouble::NoPlace]);
        draft.words = "灯坏了".into();
        assert_eq!(draft.troubles(), [Trouble::NoPlace]);
        draft.place.words = "菜市场门口".into();
        assert_eq!(draft.troubles(), []);
    }

    #[test]
    fn a_photo_is_sealed_only_once_its_boxes_are_in_its_pixels() {
        let bare = Digest::of(b"bare");
        let mut draft = Draft::at_park("JLP-001".into());
        draft.photos = vec![crate::capture::sealing::tests::photo_at(b"bare", None)];
        assert_eq!(draft.troubles(), []);
        let boxes = vec![CoverBox { x: 1, y: 1, w: 4, h: 4 }];
        draft.photos[0].boxes.clone_from(&boxes);
        assert_eq!(draft.troubles(), [Trouble::NotCovered]);
        draft.photos[0].show(Digest::of(b"covered"), 9, boxes);
        assert_eq!(draft.troubles(), []);
        assert_eq!((draft.photos[0].bare(), draft.photos[0].covered()), (bare, 1));
        // Taken back: the picture under it is the photo again.
        draft.photos[0].boxes.clear();
        assert_eq!(draft.troubles(), [Trouble::NotCovered]);
        draft.photos[0].show(bare, 3, Vec::new());
        assert_eq!((draft.photos[0].under.clone(), draft.photos[0].sha256), (None, bare));
    }

    #[test]
    fn the_sound_alone_is_a_report() {
        let mut draft = Draft::default();
        draft.place.unknown = true;
        draft.voice = Some(crate::capture::sealing::tests::said());
        assert!(!draft.says_nothing());
        assert_eq!(draft.troubles(), []);
    }

    #[test]
    fn whoever_cannot_say_where_says_it_in_words() {
        let mut draft = Draft::default();
        draft.choose(Issue::Kind("road.pavement".into()));
        draft.place.unknown = true;
        assert_eq!(draft.troubles(), [Trouble::NoPlace]);
        draft.words = "从车站下来左手边".into();
        assert_eq!(draft.troubles(), []);
    }

    #[test]
    fn characters_are_counted_as_people_see_them_and_nothing_is_cut() {
        let mut draft = Draft::at_park("JLP-001".into());
        draft.words = "\u{1f6a7}".repeat(4_000);
        assert_eq!(draft.troubles(), []);
        draft.words.push_str("坏了");
        draft.place.floor_words = "三".repeat(61);
        assert_eq!(draft.troubles(), [Trouble::FloorTooLong(1), Trouble::WordsTooLong(2)]);
    }
}
