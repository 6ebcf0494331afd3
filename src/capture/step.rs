//! The questions in their order, and the way from one to the next.

use core::str::FromStr;

use model::pack::{DistrictPack, EscalationAction, IssueKind};
use serde::{Deserialize, Serialize};

use super::draft::{Draft, PHOTOS_MAX};

/// A screen of the report. The first question has three: photos, viewfinder,
/// boxes. The second has four:
/// group, leaf, danger, call.
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
    /// Where.
    Place,
    /// Anything to add.
    Details,
    /// Look over, then seal.
    Check,
}

impl Step {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Photo, "photo"),
        (Self::Camera, "camera"),
        (Self::Cover, "cover"),
        (Self::Kind, "kind"),
        (Self::Leaf, "leaf"),
        (Self::Danger, "danger"),
        (Self::Call, "call"),
        (Self::Place, "place"),
        (Self::Details, "details"),
        (Self::Check, "check"),
    ];

    /// Its word in an address.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Which of the five questions it belongs to.
    pub fn question(self) -> u8 {
        match self {
            Self::Photo | Self::Camera | Self::Cover => 1,
            Self::Kind | Self::Leaf | Self::Danger | Self::Call => 2,
            Self::Place => 3,
            Self::Details => 4,
            Self::Check => 5,
        }
    }

    /// Where a finished question leads: to the next one, or back to the look over.
    #[must_use]
    pub fn onward(self, draft: &Draft) -> Self {
        if matches!(self, Self::Camera | Self::Cover) {
            return Self::Photo;
        }
        if draft.reviewed {
            return Self::Check;
        }
        match self {
            Self::Photo | Self::Camera | Self::Cover => Self::Kind,
            Self::Kind | Self::Leaf | Self::Danger | Self::Call => Self::Place,
            Self::Place => Self::Details,
            Self::Details | Self::Check => Self::Check,
        }
    }

    /// Where the arrow leads when the browser's history does not know; `None` leaves the report.
    pub fn back(self, draft: &Draft) -> Option<Self> {
        match self {
            Self::Photo => None,
            Self::Camera | Self::Cover | Self::Kind => Some(Self::Photo),
            Self::Danger | Self::Call if draft.group.is_some() => Some(Self::Leaf),
            Self::Leaf | Self::Danger | Self::Call | Self::Place => Some(Self::Kind),
            Self::Details => Some(Self::Place),
            Self::Check => Some(Self::Details),
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
            Self::Photo
            | Self::Camera
            | Self::Cover
            | Self::Kind
            | Self::Place
            | Self::Details
            | Self::Check => true,
        };
        if possible { self } else { Self::Kind }
    }

    /// Where a chosen kind leads: the call panel before anything else, or its one question.
    pub fn after(kind: &IssueKind, draft: &Draft) -> Self {
        match (kind.call_first, &kind.escalation) {
            (true, _) => Self::Call,
            (false, Some(_)) => Self::Danger,
            (false, None) => Self::Leaf.onward(draft),
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
        assert_eq!(Step::after(&kind(true, None), &draft), Step::Call);
        let asks = kind(false, Some(EscalationAction::Raise));
        assert_eq!(Step::after(&asks, &draft), Step::Danger);
        assert_eq!(Step::after(&kind(false, None), &draft), Step::Place);
    }

    #[test]
    fn whoever_mends_an_answer_comes_back_to_the_look_over() {
        let mut draft = Draft::default();
        assert_eq!(Step::Photo.onward(&draft), Step::Kind);
        assert_eq!(Step::Call.onward(&draft), Step::Place);
        draft.reviewed = true;
        assert_eq!(Step::Photo.onward(&draft), Step::Check);
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
