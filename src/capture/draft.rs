//! What a person has written so far. Plain data: it goes into the phone's storage as JSON after
//! every pause in typing, and becomes a report when it is sealed.

use std::collections::BTreeMap;

use model::{
    ask::Answer,
    hex::{Boot, Digest},
    ids::ReportId,
    report::{AreaKind, YesNo},
    sealed::BlobType,
    stamp::Stamp,
    wire::limits,
};
use serde::{Deserialize, Serialize};

use super::{
    contact::Said, cover::boxes::CoverBox, known::or_default, place::DraftPlace, step::Step,
};
pub use crate::position::Here;

/// How many photos a report takes.
pub const PHOTOS_MAX: usize = limits::PHOTOS;

/// The longest voice note, seconds.
pub const SECONDS_MAX: u32 = 90;

/// A report that is being written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The form of this record; another one is left alone.
    form: u32,
    /// When it was last changed, by the phone's clock, milliseconds since 1970.
    #[serde(default)]
    pub touched_ms: i64,
    /// The question the person is at; one that only another build knows is the first.
    #[serde(default, deserialize_with = "or_default")]
    pub step: Step,
    /// The question they began with; the others follow in their order.
    #[serde(default, deserialize_with = "or_default")]
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
    #[serde(default, deserialize_with = "or_default")]
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
    /// Whoever can be recognised on these photos agrees; a photo more takes it back.
    #[serde(default)]
    pub photo_people: Option<Agreed>,
    /// A telephone number, if the person wants to leave one.
    #[serde(default)]
    pub contact: Option<Said>,
    /// It is the same thing as this earlier report, which can take nothing any more.
    #[serde(default)]
    pub again: Option<ReportId>,
    /// It is not the same thing as these.
    #[serde(default)]
    pub not_again: Vec<ReportId>,
    /// The report that was taken back, whose words these are. It stays on this phone.
    #[serde(default)]
    pub from: Option<ReportId>,
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
            photo_people: None,
            contact: None,
            again: None,
            not_again: Vec::new(),
            from: None,
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
    #[cfg(test)]
    pub(super) fn at_park(id: String) -> Self {
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
}
