//! What a person has written so far. Plain data: it goes into the phone's storage as JSON after
//! every pause in typing, and becomes a report when it is sealed.

use std::collections::BTreeMap;

use model::{
    ask::Answer,
    hex::{Boot, Digest},
    ids::ReportId,
    report::{AreaKind, PLACE_WORDS_MAX, VERTICAL_WORDS_MAX, WORDS_MAX, YesNo},
    sealed::BlobType,
    stamp::Stamp,
    wire::limits,
};
use serde::{Deserialize, Serialize};

use super::{
    contact::{Lacks, Said},
    cover::boxes::CoverBox,
    step::Step,
};
pub use crate::position::Here;

/// How many photos a report takes.
pub const PHOTOS_MAX: usize = limits::PHOTOS;

/// The longest voice note, seconds.
pub const SECONDS_MAX: u32 = 90;

/// A position less exact than this, metres, does not lead anybody there: a landmark is asked for.
pub const VAGUE_M: u32 = 100;

/// A report that is being written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The form of this record; another one is left alone.
    form: u32,
    /// When it was last changed, by the phone's clock, milliseconds since 1970.
    #[serde(default)]
    pub touched_ms: i64,
    /// The question the person is at.
    pub step: Step,
    /// The question they began with; the others follow in their order.
    #[serde(default)]
    pub start: Step,
    /// They have seen the last question: whatever they mend leads back there.
    #[serde(default)]
    pub reviewed: bool,
    /// The camera was opened for this photo, from 0, and has not come back.
    #[serde(default)]
    pub photographing: Option<u8>,
    /// The photo that is being covered, by its digest without boxes.
    #[serde(default)]
    pub covering: Option<Digest>,
    /// Photos, already in the phone's storage.
    #[serde(default)]
    pub photos: Vec<Photo>,
    /// A voice note, already in the phone's storage.
    #[serde(default)]
    pub voice: Option<Voice>,
    /// The group of kinds whose leaves are looked at.
    #[serde(default)]
    pub group: Option<String>,
    /// What is broken; `None`: not answered yet.
    #[serde(default)]
    pub issue: Option<Issue>,
    /// What was asked about danger, and the answer.
    #[serde(default)]
    pub danger: Option<Danger>,
    /// What the kind asked besides, by question. Answers of a kind that was given up wait here for
    /// its return; see [`super::answers`].
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    /// Which of the four old kinds of area, if the person says so.
    #[serde(default)]
    pub area: Option<AreaKind>,
    /// Where.
    #[serde(default)]
    pub place: DraftPlace,
    /// As typed.
    #[serde(default)]
    pub words: String,
    /// Never in any public figure below a community.
    #[serde(default)]
    pub private: bool,
    /// The person agreed that the report is passed on.
    #[serde(default)]
    pub pass_on: Option<Agreed>,
    /// A telephone number, if the person wants to leave one.
    #[serde(default)]
    pub contact: Option<Said>,
    /// It is the same thing as this earlier report, which can take nothing any more.
    #[serde(default)]
    pub again: Option<ReportId>,
    /// It is not the same thing as these.
    #[serde(default)]
    pub not_again: Vec<ReportId>,
}

/// The answer to "what is broken".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Issue {
    /// 说不清是哪类.
    Unknown,
    /// A leaf of the taxonomy.
    Kind(String),
}

/// A photo of a draft. Its bytes are in the phone's storage before it is named here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    /// Digest of the bytes.
    pub sha256: Digest,
    /// How many bytes.
    pub len: u64,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// When the shutter was pressed; unknown for a picture out of the album.
    #[serde(default)]
    pub taken: Option<Moment>,
    /// Where the phone was then, if the person wants that sent.
    #[serde(default)]
    pub fix: Option<Here>,
    /// Boxes that the person has drawn over it.
    #[serde(default)]
    pub boxes: Vec<CoverBox>,
    /// The boxes that are in the pixels of `sha256`, and what lies under them.
    #[serde(default)]
    pub under: Option<Under>,
    /// How many boxes were in its pixels already when it was taken up again.
    #[serde(default)]
    pub covered: u32,
}

/// What lies under the boxes of a photo. It is in the phone's storage until the draft is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Under {
    /// Digest of the photo without boxes.
    pub sha256: Digest,
    /// How many bytes.
    pub len: u64,
    /// The boxes over it.
    pub boxes: Vec<CoverBox>,
}

impl Photo {
    /// Digest of the photo without boxes: what it is called as long as it is in the draft.
    pub fn bare(&self) -> Digest {
        self.under.as_ref().map_or(self.sha256, |under| under.sha256)
    }

    /// Do its pixels not show yet what the person has drawn?
    pub fn is_behind(&self) -> bool {
        self.under.as_ref().map_or(&[][..], |under| &under.boxes) != self.boxes
    }

    /// Its pixels show these boxes now.
    pub fn show(&mut self, sha256: Digest, len: u64, boxes: Vec<CoverBox>) {
        let bare = (self.bare(), self.under.as_ref().map_or(self.len, |under| under.len));
        (self.sha256, self.len) = (sha256, len);
        self.under = (!boxes.is_empty()).then_some(Under { sha256: bare.0, len: bare.1, boxes });
    }

    /// How many boxes are in its pixels.
    pub fn covered(&self) -> u32 {
        let drawn = self.under.as_ref().map_or(0, |under| under.boxes.len());
        self.covered + u32::try_from(drawn).unwrap_or(u32::MAX)
    }
}

/// A voice note of a draft. Its bytes are in the phone's storage before it is named here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// Digest of the bytes.
    pub sha256: Digest,
    /// How many bytes.
    pub len: u64,
    /// In what form the browser gave it.
    pub media: BlobType,
    /// How long, rounded up.
    pub seconds: u32,
    /// When it ended.
    #[serde(default)]
    pub taken: Option<Moment>,
}

/// A moment by both of the phone's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The clock on the wall.
    pub at: Stamp,
    /// `performance.now()`, whole milliseconds.
    pub mono_ms: u64,
    /// Which start of the page that counts from.
    pub boot: Boot,
}

/// What was asked about danger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Danger {
    /// The leaf whose question or panel was shown.
    pub asked: String,
    /// The answer. The panel that comes unasked counts as yes.
    pub answer: YesNo,
    /// The number that was tapped.
    #[serde(default)]
    pub called: Option<String>,
}

/// Where it is, as far as the person said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftPlace {
    /// Id of a park.
    pub park: Option<String>,
    /// Nine digits.
    pub sub_district: Option<String>,
    /// Twelve digits.
    pub community: Option<String>,
    /// The phone's position, if the person wants it sent.
    pub here: Option<Here>,
    /// 说不清在哪, with words instead.
    pub unknown: bool,
    /// Landmark, building.
    pub words: String,
    /// Floor, stairwell, above or below which road.
    pub floor_words: String,
}

/// A text that the person agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Version of the text.
    pub version: String,
    /// Digest of the text as it was shown.
    pub text_sha256: Digest,
    /// When.
    pub at: Stamp,
}

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
            Self::NoPlace | Self::PlaceTooLong(_) | Self::FloorTooLong(_) => Step::Place,
        }
    }
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            form: Self::FORM,
            touched_ms: 0,
            step: Step::Photo,
            start: Step::Photo,
            reviewed: false,
            photographing: None,
            covering: None,
            photos: Vec::new(),
            voice: None,
            group: None,
            issue: None,
            danger: None,
            answers: BTreeMap::new(),
            area: None,
            place: DraftPlace::default(),
            words: String::new(),
            private: false,
            pass_on: None,
            contact: None,
            again: None,
            not_again: Vec::new(),
        }
    }
}

impl Draft {
    const FORM: u32 = 1;

    /// Reads a stored draft; `None` for one that another build wrote.
    pub fn read(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok().filter(|draft: &Self| draft.form == Self::FORM)
    }

    /// A draft that starts at a park.
    pub fn at_park(id: String) -> Self {
        let place = DraftPlace { park: Some(id), ..DraftPlace::default() };
        Self { place, ..Self::default() }
    }

    /// A draft whose first question is this one.
    pub fn beginning_with(step: Step) -> Self {
        Self { start: step, step, ..Self::default() }
    }

    /// The text that is stored.
    pub fn to_json(&self) -> String {
        // A struct of texts and numbers: serialising it has no way to fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The leaf the person chose.
    pub fn kind(&self) -> Option<&str> {
        match &self.issue {
            Some(Issue::Kind(id)) => Some(id),
            Some(Issue::Unknown) | None => None,
        }
    }

    /// The photo that is being covered.
    pub fn covering(&self) -> Option<&Photo> {
        let bare = self.covering?;
        self.photos.iter().find(|it| it.bare() == bare)
    }

    /// Answers "what is broken". What was said about the danger of another kind is forgotten.
    pub fn choose(&mut self, issue: Issue) {
        self.issue = Some(issue);
        let asked = self.danger.as_ref().map(|it| it.asked.clone());
        if asked.as_deref() != self.kind() {
            self.danger = None;
        }
    }

    /// Has the person said anything that would be lost?
    pub fn says_nothing(&self) -> bool {
        let blank = Self {
            step: self.step,
            start: self.start,
            group: self.group.clone(),
            area: self.area,
            ..Self::default()
        };
        Self { touched_ms: 0, photographing: None, covering: None, reviewed: false, ..self.clone() }
            == blank
    }

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

impl DraftPlace {
    /// A park is the place; a community said before is taken back.
    pub fn choose_park(&mut self, id: String) {
        (self.park, self.sub_district, self.community) = (Some(id), None, None);
        self.unknown = false;
    }

    /// A community, or a whole sub-district, is the place; a park said before is taken back.
    pub fn choose_community(&mut self, sub_district: String, community: Option<String>) {
        (self.park, self.sub_district, self.community) = (None, Some(sub_district), community);
        self.unknown = false;
    }

    /// Is there anything that leads to it?
    pub fn is_said(&self) -> bool {
        self.is_chosen() || self.here.is_some() || !self.words.is_empty()
    }

    /// Would a person who goes there find it, or can nobody say more?
    pub fn is_exact(&self) -> bool {
        let near = self.here.is_some_and(|here| here.accuracy_m <= VAGUE_M);
        near || self.unknown || !self.words.is_empty() || !self.floor_words.is_empty()
    }

    /// Is something of the list the place?
    pub fn is_chosen(&self) -> bool {
        self.park.is_some() || self.sub_district.is_some()
    }

    /// Nothing of the list is the place.
    pub fn clear_choice(&mut self) {
        (self.park, self.sub_district, self.community) = (None, None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_from_its_text_as_it_was() {
        let mut draft = Draft::at_park("JLP-001".into());
        draft.step = Step::Danger;
        draft.choose(Issue::Kind("road.steps_rail".into()));
        draft.words = "第二段梯坎\n\u{1f6a7}".into();
        assert_eq!(Draft::read(&draft.to_json()), Some(draft));
    }

    #[test]
    fn a_draft_of_another_form_is_left_alone() {
        let text = Draft::default().to_json().replace("\"form\":1", "\"form\":2");
        assert_eq!(Draft::read(&text), None);
        assert_eq!(Draft::read("{"), None);
    }

    #[test]
    fn looking_around_says_nothing_and_one_letter_does() {
        let mut draft = Draft { group: Some("road".into()), ..Draft::default() };
        draft.step = Step::Leaf;
        assert!(draft.says_nothing());
        draft.place.floor_words.push('3');
        assert!(!draft.says_nothing());
    }

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

    #[test]
    fn an_answer_about_danger_belongs_to_its_kind() {
        let mut draft = Draft::default();
        draft.choose(Issue::Kind("utility.gas_leak".into()));
        let asked = "utility.gas_leak".to_owned();
        draft.danger = Some(Danger { asked, answer: YesNo::Yes, called: Some("119".into()) });
        draft.choose(Issue::Kind("utility.gas_leak".into()));
        assert!(draft.danger.is_some());
        draft.choose(Issue::Kind("road.pavement".into()));
        assert!(draft.danger.is_none());
    }

    #[test]
    fn a_park_and_a_community_take_each_others_place() {
        let mut place = DraftPlace { unknown: true, ..DraftPlace::default() };
        place.choose_community("500107001".into(), Some("500107001003".into()));
        place.choose_park("JLP-001".into());
        assert_eq!((place.sub_district, place.community, place.unknown), (None, None, false));
    }
}
