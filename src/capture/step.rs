//! The questions in their order, and the way from one to the next.

use core::str::FromStr;

use model::pack::{DistrictPack, EscalationAction, IssueKind};
use serde::{Deserialize, Serialize};

use super::draft::{Draft, PHOTOS_MAX};

/// A screen of the report. The first question has three: photos, viewfinder, boxes. The second has
/// five: group, leaf, danger, call, and what the kind asks besides. The third has two: the place, and
/// its level of the slope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Up to twelve photos.
    #[default]
    Photo,
    /// The viewfinder.
    Camera,
    /// Boxes over a photo.
    Cover,
    /// Which group of kinds.
    Kind,
    /// Which leaf of the group.
    Leaf,
    /// The one yes/no question of a kind.
    Danger,
    /// Call first.
    Call,
    /// What the kind asks besides.
    Asks,
    /// Where.
    Place,
    /// On which level of the slope.
    Level,
    /// Anything to add.
    Details,
    /// Look over, then seal.
    Check,
}

impl Step {
    const ALL: [(Self, &'static str); 12] = [
        (Self::Photo, "photo"),
        (Self::Camera, "camera"),
        (Self::Cover, "cover"),
        (Self::Kind, "kind"),
        (Self::Leaf, "leaf"),
        (Self::Danger, "danger"),
        (Self::Call, "call"),
        (Self::Asks, "asks"),
        (Self::Place, "place"),
        (Self::Level, "level"),
        (Self::Details, "details"),
        (Self::Check, "check"),
    ];

    /// Its word in an address.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The question it belongs to, by that question's first screen.
    fn main(self) -> Self {
        match self {
            Self::Camera | Self::Cover => Self::Photo,
            Self::Leaf | Self::Danger | Self::Call | Self::Asks => Self::Kind,
            Self::Level => Self::Place,
            Self::Photo | Self::Kind | Self::Place | Self::Details | Self::Check => self,
        }
    }

    /// The questions of a report that began with this one.
    fn order(start: Self) -> impl DoubleEndedIterator<Item = Self> + Clone {
        let start = start.main();
        let rest = [Self::Photo, Self::Kind, Self::Place, Self::Details, Self::Check];
        core::iter::once(start).chain(rest.into_iter().filter(move |it| *it != start))
    }

    /// Which of the five questions it belongs to, from 1, in a report that began with `start`.
    pub fn question(self, start: Self) -> u8 {
        let at = Self::order(start).position(|it| it == self.main()).unwrap_or_default();
        u8::try_from(at).unwrap_or_default() + 1
    }

    /// Where a finished screen leads: to the rest of its question, to the next question that has no
    /// answer yet, or back to the look over.
    #[must_use]
    pub fn onward(self, draft: &Draft, pack: Option<&DistrictPack>) -> Self {
        if matches!(self, Self::Camera | Self::Cover) {
            return Self::Photo;
        }
        let asks = || {
            draft
                .kind()
                .is_some_and(|id| pack.is_some_and(|it| it.questions_of(id).next().is_some()))
        };
        if matches!(self, Self::Leaf | Self::Danger | Self::Call) && asks() {
            return Self::Asks;
        }
        if draft.reviewed {
            return Self::Check;
        }
        if self == Self::Place && !draft.place.unknown && !draft.place.says_level() {
            return Self::Level;
        }
        let mut later = Self::order(draft.start).skip_while(|it| *it != self.main()).skip(1);
        later.find_map(|it| it.open(draft, pack)).unwrap_or(Self::Check)
    }

    /// The screen of this question that a person has not answered yet.
    fn open(self, draft: &Draft, pack: Option<&DistrictPack>) -> Option<Self> {
        let is_open = match self {
            Self::Photo => draft.photos.is_empty(),
            Self::Place => !draft.place.is_exact(),
            // It was chosen, and what has to be asked about danger was not.
            Self::Kind if draft.issue.is_some() => {
                let kind = draft.kind().and_then(|id| pack?.kind(id));
                return kind.filter(|_| draft.danger.is_none()).and_then(Self::first);
            }
            _ => true,
        };
        is_open.then_some(self)
    }

    /// Where the arrow leads when the browser's history does not know; `None` leaves the report.
    pub fn back(self, draft: &Draft) -> Option<Self> {
        match self {
            Self::Camera | Self::Cover => Some(Self::Photo),
            Self::Asks | Self::Danger | Self::Call if draft.group.is_some() => Some(Self::Leaf),
            Self::Leaf | Self::Danger | Self::Call | Self::Asks => Some(Self::Kind),
            Self::Level => Some(Self::Place),
            Self::Photo | Self::Kind | Self::Place | Self::Details | Self::Check => {
                Self::order(draft.start).take_while(|it| *it != self).last()
            }
        }
    }

    /// The screen that can really be shown: a leaf without its group, or a call without its kind,
    /// starts the second question again, a viewfinder without a slot or
    /// boxes without a photo the first.
    #[must_use]
    pub fn standing(self, draft: &Draft, pack: Option<&DistrictPack>) -> Self {
        let no_slot = self == Self::Camera && draft.photos.len() >= PHOTOS_MAX;
        if no_slot || (self == Self::Cover && draft.covering().is_none()) {
            return Self::Photo;
        }
        let kind = || draft.kind().and_then(|id| pack?.kind(id));
        let possible = match self {
            Self::Leaf => draft
                .group
                .as_ref()
                .zip(pack)
                .is_some_and(|(id, pack)| pack.groups.iter().any(|group| group.id == *id)),
            Self::Danger => kind().is_some_and(|it| it.escalation.is_some()),
            Self::Call => kind().is_some_and(leads_to_a_call),
            Self::Asks => draft
                .kind()
                .zip(pack)
                .is_some_and(|(id, pack)| pack.questions_of(id).next().is_some()),
            Self::Photo
            | Self::Camera
            | Self::Cover
            | Self::Kind
            | Self::Place
            | Self::Level
            | Self::Details
            | Self::Check => true,
        };
        if possible { self } else { Self::Kind }
    }

    /// Where a chosen kind leads: the call panel before anything else, its one question, or on.
    pub fn after(kind: &IssueKind, draft: &Draft, pack: Option<&DistrictPack>) -> Self {
        Self::first(kind).unwrap_or_else(|| Self::Leaf.onward(draft, pack))
    }

    /// What has to be asked about danger.
    fn first(kind: &IssueKind) -> Option<Self> {
        match (kind.call_first, &kind.escalation) {
            (true, _) => Some(Self::Call),
            (false, Some(_)) => Some(Self::Danger),
            (false, None) => None,
        }
    }
}

fn leads_to_a_call(kind: &IssueKind) -> bool {
    let asks = kind.escalation.as_ref().is_some_and(|it| it.yes == EscalationAction::Call);
    kind.call_first || asks
}

/// A word that is no step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a question of the report")]
pub struct NotAStep;

impl FromStr for Step {
    type Err = NotAStep;

    fn from_str(word: &str) -> Result<Self, NotAStep> {
        Self::ALL.iter().find(|(_, it)| *it == word).map(|(step, _)| *step).ok_or(NotAStep)
    }
}

#[cfg(test)]
mod tests {
    use model::pack::Escalation;

    use super::*;
    use crate::capture::draft::Issue;

    fn kind(call_first: bool, yes: Option<EscalationAction>) -> IssueKind {
        let question = |yes| Escalation { question_zh: "?".into(), question_en: "?".into(), yes };
        IssueKind {
            id: "utility.gas_leak".into(),
            zh: String::new(),
            en: String::new(),
            zh_hint: String::new(),
            en_hint: String::new(),
            spoken: vec![],
            icon: "gas".into(),
            areas: [true; 4],
            call_first,
            call_numbers: vec!["119".into()],
            call_config: vec![],
            escalation: yes.map(question),
            advice_zh: None,
            advice_en: None,
        }
    }

    #[test]
    fn every_step_is_read_from_its_own_word() {
        for (step, word) in Step::ALL {
            assert_eq!((word.parse(), step.as_str()), (Ok(step), word));
        }
        assert_eq!("sealed".parse::<Step>(), Err(NotAStep));
    }

    #[test]
    fn an_emergency_stops_first_at_the_call() {
        let draft = Draft::default();
        assert_eq!(Step::after(&kind(true, None), &draft, None), Step::Call);
        let asks = kind(false, Some(EscalationAction::Raise));
        assert_eq!(Step::after(&asks, &draft, None), Step::Danger);
        assert_eq!(Step::after(&kind(false, None), &draft, None), Step::Place);
    }

    #[test]
    fn whoever_mends_an_answer_comes_back_to_the_look_over() {
        let mut draft = Draft::default();
        assert_eq!(Step::Photo.onward(&draft, None), Step::Kind);
        assert_eq!(Step::Call.onward(&draft, None), Step::Place);
        draft.reviewed = true;
        assert_eq!(Step::Photo.onward(&draft, None), Step::Check);
    }

    /// The screens a report goes through from where it begins, each question left as it is.
    fn way_of(draft: &Draft, pack: Option<&DistrictPack>) -> Vec<Step> {
        let mut way = vec![draft.start];
        while way.last() != Some(&Step::Check) {
            way.push(way[way.len() - 1].onward(draft, pack));
        }
        way
    }

    #[test]
    fn a_report_begins_anywhere_and_asks_every_question_once() {
        use Step::{Check, Details, Kind, Level, Photo, Place};
        let begun = |start| {
            let mut draft = Draft::default();
            draft.start = start;
            draft
        };
        let from = |start| way_of(&begun(start), None);
        assert_eq!(from(Photo), [Photo, Kind, Place, Level, Details, Check]);
        assert_eq!(from(Kind), [Kind, Photo, Place, Level, Details, Check]);
        assert_eq!(from(Place), [Place, Level, Photo, Kind, Details, Check]);
        let questions = [Place, Level, Photo, Kind, Check].map(|it| it.question(Place));
        assert_eq!(questions, [1, 1, 2, 3, 5]);
        assert_eq!(Level.back(&begun(Photo)), Some(Place));
        assert_eq!(Kind.back(&begun(Place)), Some(Photo));
        assert_eq!(Place.back(&begun(Place)), None);
    }

    #[test]
    fn a_question_that_has_its_answer_is_not_asked_again() {
        let mut draft = Draft::default();
        draft.choose(Issue::Unknown);
        draft.place.words = "三单元门口".into();
        assert_eq!(way_of(&draft, None), [Step::Photo, Step::Details, Step::Check]);
    }

    #[test]
    fn the_level_is_asked_for_once_and_not_of_whoever_cannot_say_where() {
        let mut draft = Draft::default();
        assert_eq!(Step::Place.onward(&draft, None), Step::Level);
        draft.place.unknown = true;
        assert_eq!(Step::Place.onward(&draft, None), Step::Details);
        draft.place.unknown = false;
        draft.place.floor_words = "负二楼".into();
        assert_eq!(Step::Place.onward(&draft, None), Step::Details);
    }

    #[test]
    fn what_a_kind_asks_comes_after_its_danger_and_only_where_it_asks() {
        let (mut pack, mut draft) = (crate::capture::names::tests::pack(), Draft::default());
        let mut leak = kind(false, Some(EscalationAction::Raise));
        let group = |kinds| model::pack::IssueGroup {
            id: "utility".into(),
            zh: String::new(),
            en: String::new(),
            icon: String::new(),
            kinds,
        };
        pack.groups = vec![group(vec![leak.clone()])];
        draft.choose(Issue::Kind(leak.id.clone()));
        assert_eq!(Step::Danger.onward(&draft, Some(&pack)), Step::Place);
        assert_eq!(Step::Asks.standing(&draft, Some(&pack)), Step::Kind);
        pack.questions.push(model::ask::Question {
            id: "since".into(),
            kinds: vec![leak.id.clone()],
            zh: String::new(),
            en: String::new(),
            form: model::ask::AnswerForm::YesNo,
        });
        assert_eq!(Step::Danger.onward(&draft, Some(&pack)), Step::Asks);
        assert_eq!(Step::Asks.onward(&draft, Some(&pack)), Step::Place);
        assert_eq!(Step::Photo.onward(&draft, Some(&pack)), Step::Danger, "nobody has asked yet");
        leak.escalation = None;
        assert_eq!(Step::after(&leak, &draft, Some(&pack)), Step::Asks);
    }

    #[test]
    fn a_question_that_has_lost_its_ground_starts_again_at_the_kind() {
        let mut draft = Draft::default();
        assert_eq!(Step::Leaf.standing(&draft, None), Step::Kind);
        draft.choose(Issue::Kind("utility.gas_leak".into()));
        assert_eq!(Step::Call.standing(&draft, None), Step::Kind);
        assert_eq!(Step::Check.standing(&draft, None), Step::Check);
    }

    #[test]
    fn only_a_kind_that_says_so_leads_to_a_call() {
        assert!(leads_to_a_call(&kind(true, None)));
        assert!(leads_to_a_call(&kind(false, Some(EscalationAction::Call))));
        assert!(!leads_to_a_call(&kind(false, Some(EscalationAction::Raise))));
    }
}
