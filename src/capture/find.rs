//! Which draft an address means.

use leptos_router::params::ParamsError;
use model::ids::ReportId;
use outbox::Row;

use super::{
    draft::Draft,
    start::{Begun, Start},
    step::Step,
    writing::Kept,
};
use crate::{
    outbox::{Outbox, StoreError},
    parks::Parks,
    paths::ReportQuery,
};

/// How long a draft is gone on with unasked, milliseconds: a day.
const UNDER_WAY_MS: i64 = 86_400_000;

/// What an address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// The report that was just sealed.
    Sealed(ReportId),
    /// This draft, at this question.
    Draft(ReportId, Option<Step>),
    /// A new report of which something is known.
    Start(Box<Start>),
    /// A new report that begins with this question.
    Another(Step),
    /// What is under way, or a new report.
    UnderWay,
}

impl Want {
    /// Reads an address. What cannot be read asks for what is under way.
    pub(super) fn of(query: &Result<ReportQuery, ParamsError>) -> Self {
        let Ok(query) = query else { return Self::UnderWay };
        let id = |text: &Option<String>| text.as_ref()?.parse().ok();
        let step = query.step.as_ref().and_then(|it| it.parse().ok());
        if let Some(id) = id(&query.sealed) {
            return Self::Sealed(id);
        }
        match (id(&query.draft), Start::of(query), &query.another) {
            (Some(id), ..) => Self::Draft(id, step),
            (None, Some(start), _) => Self::Start(Box::new(start)),
            (None, None, Some(first)) => Self::Another(beginning(first.parse().ok())),
            (None, None, None) => Self::UnderWay,
        }
    }

    /// Does the draft on the screen, of this id, answer it?
    pub(super) fn is_met_by(&self, open: Option<ReportId>) -> bool {
        match self {
            Self::Draft(id, _) => open == Some(*id),
            Self::UnderWay => true,
            Self::Sealed(_) | Self::Start(_) | Self::Another(_) => false,
        }
    }
}

/// A draft to go on with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The draft, at its question.
    pub(super) draft: Draft,
    /// Its id; none if the phone's storage does not work.
    pub(super) id: Option<ReportId>,
    /// How it stands to the storage.
    pub(super) kept: Kept,
    /// It was begun some time ago, and nobody asked for it by name.
    pub(super) resumed: bool,
    /// Something that the address names is not known here.
    pub(super) lost: bool,
}

/// What an address leads to.
pub(super) enum Outcome {
    /// A draft, and its questions.
    Draft(Box<Found>),
    /// The draft was sealed: nothing is left to be asked.
    Sealed(ReportId),
    /// Another part of the page shows what was asked for.
    Elsewhere,
}

/// Finds the draft, or begins one. Of a new one its id is written, and what is known of it before
/// the first question.
pub(super) async fn find(want: Want, outbox: Outbox, parks: &Parks, now_ms: i64) -> Outcome {
    let found = match want {
        Want::Sealed(_) => return Outcome::Elsewhere,
        Want::Start(start) => started(&start, outbox, parks, now_ms).await,
        Want::Another(first) => begin(Draft::beginning_with(first), outbox).await,
        Want::Draft(id, step) => match outbox.draft(id).await {
            Ok(text) => match text.as_deref().and_then(Draft::read) {
                Some(mut draft) => {
                    draft.step = step.unwrap_or(draft.step);
                    stored(draft, id)
                }
                None if matches!(outbox.newest(id).await, Ok(Some(_))) => {
                    return Outcome::Sealed(id);
                }
                // A page loaded anew before anything was said begins where it began.
                None => begin(Draft::beginning_with(beginning(step)), outbox).await,
            },
            Err(error) => not_kept(Draft::default(), error),
        },
        Want::UnderWay => match outbox.drafts().await {
            Ok(drafts) => match under_way(&drafts, now_ms) {
                Some((id, draft)) => Found { resumed: true, ..stored(draft, id) },
                None => begin(Draft::default(), outbox).await,
            },
            Err(error) => not_kept(Draft::default(), error),
        },
    };
    Outcome::Draft(Box::new(found))
}

/// The questions that a report can begin with; any other word begins it with the photo.
fn beginning(step: Option<Step>) -> Step {
    // Whoever had only looked into a group chooses one again.
    let step = step.map(|it| if it == Step::Leaf { Step::Kind } else { it });
    step.filter(|it| matches!(it, Step::Kind | Step::Place)).unwrap_or_default()
}

/// The draft that was touched last, if that was within a day.
fn under_way(drafts: &[(ReportId, String)], now_ms: i64) -> Option<(ReportId, Draft)> {
    let read = drafts.iter().filter_map(|(id, text)| Some((*id, Draft::read(text)?)));
    let newest = read.max_by_key(|(_, draft)| draft.touched_ms);
    newest.filter(|(_, draft)| now_ms.saturating_sub(draft.touched_ms) < UNDER_WAY_MS)
}

/// What is known is on the disk before the first question, so that no reload forgets where a report
/// began. Whoever opens the same link again, having said nothing else, goes on with the same draft.
async fn started(start: &Start, outbox: Outbox, parks: &Parks, now_ms: i64) -> Found {
    let earlier = match start.earlier() {
        Some(id) => outbox.rows().await.ok().and_then(|rows| newest(rows, id)),
        None => None,
    };
    let Begun { draft, lost } = start.begin(parks.pack().ok(), earlier.as_ref(), now_ms);
    if draft.says_nothing() {
        return Found { lost, ..begin(draft, outbox).await };
    }
    let same = outbox.drafts().await.ok().and_then(|drafts| untouched(&drafts, &draft));
    if let Some(id) = same {
        return Found { lost, ..stored(draft, id) };
    }
    let found = begin(draft, outbox).await;
    let Some(id) = found.id else { return Found { lost, ..found } };
    let kept = match outbox.save_draft(id, found.draft.to_json()).await {
        Ok(()) => Kept::All,
        Err(error) => Kept::Not(error),
    };
    Found { kept, lost, ..found }
}

/// The newest revision of an item.
fn newest(rows: Vec<Row>, id: ReportId) -> Option<Row> {
    rows.into_iter().filter(|row| row.key.id == id).max_by_key(|row| row.key.rev)
}

/// A draft that says just what this new one does.
fn untouched(drafts: &[(ReportId, String)], new: &Draft) -> Option<ReportId> {
    let bare = |draft: &Draft| {
        let mut bare = draft.clone();
        (bare.touched_ms, bare.step, bare.group) = (0, Step::default(), None);
        bare
    };
    let new = bare(new);
    let same = |text: &String| Draft::read(text).is_some_and(|draft| bare(&draft) == new);
    drafts.iter().find(|(_, text)| same(text)).map(|(id, _)| *id)
}

async fn begin(draft: Draft, outbox: Outbox) -> Found {
    match outbox.new_id().await {
        Ok(id) => Found { draft, id: Some(id), kept: Kept::Nothing, resumed: false, lost: false },
        Err(error) => not_kept(draft, error),
    }
}

fn stored(draft: Draft, id: ReportId) -> Found {
    Found { draft, id: Some(id), kept: Kept::All, resumed: false, lost: false }
}

fn not_kept(draft: Draft, error: StoreError) -> Found {
    Found { draft, id: None, kept: Kept::Not(error), resumed: false, lost: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0196f0a0-7c00-7abc-8def-0123456789ab";

    /// What an address with these parts asks for.
    fn want(change: impl FnOnce(&mut ReportQuery)) -> Want {
        let mut query = ReportQuery {
            park: None,
            draft: None,
            step: None,
            sealed: None,
            another: None,
            community: None,
            project: None,
            plate: None,
            kind: None,
            again: None,
        };
        change(&mut query);
        Want::of(&Ok(query))
    }

    #[test]
    fn an_address_says_which_draft_and_which_question() {
        let id: ReportId = ID.parse().unwrap();
        let named = want(|it| {
            it.draft = Some(ID.into());
            it.step = Some("details".into());
        });
        assert_eq!(named, Want::Draft(id, Some(Step::Details)));
        assert_eq!(want(|it| it.draft = Some("1".into())), Want::UnderWay);
        for start in [
            want(|it| it.park = Some("JLP-001".into())),
            want(|it| it.plate = Some("D-17".into())),
            want(|it| it.kind = Some("road.steps_rail".into())),
            want(|it| it.again = Some("?".into())),
        ] {
            assert!(matches!(start, Want::Start(_)), "{start:?}");
        }
        assert_eq!(want(|it| it.sealed = Some(ID.into())), Want::Sealed(id));
        assert_eq!(want(|_| ()), Want::UnderWay);
        let first = |word: &str| want(|it| it.another = Some(word.into()));
        assert_eq!(first("place"), Want::Another(Step::Place));
        assert_eq!(first("kind"), Want::Another(Step::Kind));
        for other in ["1", "check", "", "photo"] {
            assert_eq!(first(other), Want::Another(Step::Photo), "{other}");
        }
    }

    #[test]
    fn the_draft_touched_last_is_under_way_for_a_day() {
        let draft = |touched_ms| {
            let mut draft = Draft::default();
            draft.touched_ms = touched_ms;
            draft.to_json()
        };
        let ids = [1, 2, 3].map(|ms| ReportId::new(ms, &[0; 10]));
        let drafts = [(ids[2], draft(5)), (ids[1], draft(9)), (ids[0], "{".to_owned())];
        let found = |now| under_way(&drafts, now).map(|(id, _)| id);
        assert_eq!(found(10), Some(ids[1]));
        assert_eq!(found(9 + UNDER_WAY_MS), None);
    }

    #[test]
    fn the_same_link_opened_again_goes_on_with_what_nobody_has_touched() {
        let new = Draft::at_park("JLP-001".into());
        let (mut old, mut written) = (new.clone(), new.clone());
        (old.touched_ms, old.step) = (5, Step::Kind);
        written.words = "栏杆断了".into();
        let ids = [1, 2].map(|ms| ReportId::new(ms, &[0; 10]));
        let drafts = [(ids[1], written.to_json()), (ids[0], old.to_json())];
        assert_eq!(untouched(&drafts, &new), Some(ids[0]));
        assert_eq!(untouched(&drafts, &Draft::at_park("JLP-002".into())), None);
    }

    #[test]
    fn a_question_further_on_keeps_the_draft_on_the_screen() {
        let id: ReportId = ID.parse().unwrap();
        assert!(Want::Draft(id, Some(Step::Check)).is_met_by(Some(id)));
        assert!(!Want::Another(Step::Photo).is_met_by(Some(id)));
        assert!(Want::UnderWay.is_met_by(None));
    }
}
