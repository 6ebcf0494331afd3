//! What an address says of a report that begins there: a park, a community, a project, a plate, a
//! kind, or an earlier report of this phone that is broken again.

use model::{ids::ReportId, pack::DistrictPack};
use outbox::Row;

use super::{
    draft::{Draft, Issue},
    reopen::to_draft,
    step::Step,
};
use crate::paths::ReportQuery;

/// The most signs of a plate's code: [`model::report`] takes no more.
const PLATE_MAX: usize = 80;

/// What is known before the first question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Start {
    park: Option<String>,
    community: Option<String>,
    project: Option<String>,
    plate: Option<String>,
    kind: Option<String>,
    again: Option<String>,
}

/// A draft as it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Begun {
    pub(super) draft: Draft,
    /// Something of the address is not in the data, or not on this phone: the person says it anew.
    pub(super) lost: bool,
}

impl Start {
    /// What the address says; none if it says nothing.
    pub(super) fn of(query: &ReportQuery) -> Option<Self> {
        let start = Self {
            park: query.park.clone(),
            community: query.community.clone(),
            project: query.project.clone(),
            plate: query.plate.clone(),
            kind: query.kind.clone(),
            again: query.again.clone(),
        };
        (start != Self::default()).then_some(start)
    }

    /// The earlier report, if there is one.
    pub(super) fn earlier(&self) -> Option<ReportId> {
        self.again.as_ref()?.parse().ok()
    }

    /// Begins the draft. `earlier`: the newest revision of the report that it is about again.
    pub(super) fn begin(
        &self,
        pack: Option<&DistrictPack>,
        earlier: Option<&Row>,
        now_ms: i64,
    ) -> Begun {
        let mut draft = Draft::default();
        draft.touched_ms = now_ms;
        let known = [
            self.again.as_ref().map(|_| again(&mut draft, earlier, now_ms)),
            self.community.as_ref().map(|code| area(&mut draft, pack, code)),
            self.project.as_ref().map(|id| project(&mut draft, pack, id)),
            self.park.as_ref().map(|id| park(&mut draft, pack, id)),
            self.plate.as_ref().map(|code| plate(&mut draft, code)),
            self.kind.as_ref().map(|id| kind(&mut draft, pack, id)),
        ];
        let lost = known.into_iter().flatten().any(|known| !known);
        // What has to be asked of a kind, above all whether to call first, comes before anything.
        let chosen = draft.kind().and_then(|id| pack?.kind(id));
        if let Some(chosen) = chosen {
            draft.start = Step::Kind;
            draft.step = Step::after(chosen, &draft, pack);
        }
        Begun { draft, lost }
    }
}

/// The same thing is broken again: place and kind are what they were, everything else is new.
fn again(draft: &mut Draft, earlier: Option<&Row>, now_ms: i64) -> bool {
    let said = earlier.and_then(|row| Some((row.key.id, to_draft(row, now_ms)?)));
    let Some((id, said)) = said else { return false };
    (draft.place, draft.issue, draft.area) = (said.place, said.issue, said.area);
    // Where the phone was then is not where it is now.
    draft.place.here = None;
    draft.place.unknown = false;
    draft.again = Some(id);
    true
}

fn park(draft: &mut Draft, pack: Option<&DistrictPack>, id: &str) -> bool {
    // Without a pack nobody can tell; the endpoint's may hold it.
    let known = pack.is_none_or(|pack| pack.park(id).is_some());
    if known {
        draft.place.choose_park(id.to_owned());
    }
    known
}

fn area(draft: &mut Draft, pack: Option<&DistrictPack>, code: &str) -> bool {
    let Some(pack) = pack else { return false };
    if let Some((sub, community)) = pack.community(code) {
        draft.place.choose_community(sub.code.clone(), Some(community.code.clone()));
        return true;
    }
    let sub = pack.sub_districts.iter().find(|it| it.code == code);
    if let Some(sub) = sub {
        draft.place.choose_community(sub.code.clone(), None);
    }
    sub.is_some()
}

fn project(draft: &mut Draft, pack: Option<&DistrictPack>, id: &str) -> bool {
    let known = pack.is_some_and(|pack| pack.project(id).is_some());
    if known {
        draft.place.choose_project(id.to_owned());
    }
    known
}

/// Nobody has given out plates yet, so any code may be one: it is taken as it stands on the plate.
fn plate(draft: &mut Draft, code: &str) -> bool {
    let code = code.trim();
    let length = code.chars().count();
    let known = (1..=PLATE_MAX).contains(&length) && !code.chars().any(char::is_control);
    if known {
        draft.place.plate = Some(code.to_owned());
    }
    known
}

fn kind(draft: &mut Draft, pack: Option<&DistrictPack>, id: &str) -> bool {
    let known = pack.is_some_and(|pack| pack.kind(id).is_some());
    if known {
        draft.choose(Issue::Kind(id.to_owned()));
    }
    known
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::capture::sealing::tests::{full, row_of};

    fn facts() -> DistrictPack {
        pack::build(std::path::Path::new("data")).expect("the facts build").pack
    }

    fn begun(start: &Start) -> Begun {
        start.begin(Some(&facts()), None, 7)
    }

    #[test]
    fn a_place_of_the_data_is_the_place_and_one_that_is_not_is_said_to_be_lost() {
        let park = begun(&Start { park: Some("JLP-001".to_owned()), ..Start::default() });
        assert_eq!((park.draft.place.park.as_deref(), park.lost), (Some("JLP-001"), false));
        assert_eq!(park.draft.step, Step::Photo);
        let community =
            begun(&Start { community: Some("500107003003".to_owned()), ..Start::default() });
        assert_eq!(community.draft.place.sub_district.as_deref(), Some("500107003"));
        let project = begun(&Start { project: Some("R-01".to_owned()), ..Start::default() });
        assert_eq!((project.draft.place.project.as_deref(), project.lost), (Some("R-01"), false));
        for lost in [
            Start { park: Some("JLP-999".to_owned()), ..Start::default() },
            Start { community: Some("1".to_owned()), ..Start::default() },
            Start { project: Some(String::new()), ..Start::default() },
            Start { plate: Some(" \u{7}".to_owned()), ..Start::default() },
            Start { plate: Some("9".repeat(81)), ..Start::default() },
            Start { kind: Some("road".to_owned()), ..Start::default() },
            Start { again: Some("?".to_owned()), ..Start::default() },
        ] {
            let begun = begun(&lost);
            assert!(begun.lost, "{lost:?}");
            assert!(begun.draft.says_nothing(), "{lost:?}");
        }
    }

    #[test]
    fn a_plate_and_a_kind_may_come_in_one_address() {
        let start = Start {
            plate: Some("D-17".to_owned()),
            kind: Some("road.steps_rail".to_owned()),
            ..Start::default()
        };
        let begun = begun(&start);
        assert_eq!(begun.draft.place.plate.as_deref(), Some("D-17"));
        assert_eq!((begun.draft.kind(), begun.lost), (Some("road.steps_rail"), false));
        assert!(begun.draft.place.is_exact(), "a plate hangs where it hangs");
    }

    #[test]
    fn a_kind_that_calls_first_does_so_before_any_other_question() {
        let pack = facts();
        let calls = pack.groups.iter().flat_map(|it| &it.kinds).find(|it| it.call_first);
        let calls = calls.expect("some kind calls first");
        let begun = begun(&Start { kind: Some(calls.id.clone()), ..Start::default() });
        assert_eq!(begun.draft.step, Step::Call);
        assert_eq!(Step::Call.onward(&begun.draft, None), Step::Photo);
    }

    #[test]
    fn what_is_broken_again_keeps_place_and_kind_and_nothing_of_the_person() {
        let mut earlier = full();
        earlier.words = "栏杆断了".into();
        let row = row_of(&earlier);
        let start = Start { again: Some(row.key.id.to_string()), ..Start::default() };
        assert_eq!(start.earlier(), Some(row.key.id));
        let Begun { draft, lost } = start.begin(Some(&facts()), Some(&row), 7);
        assert!(!lost);
        assert_eq!(draft.again, Some(row.key.id));
        assert_eq!((&draft.issue, &draft.place.words), (&earlier.issue, &earlier.place.words));
        assert_eq!(draft.place.level, earlier.place.level);
        assert!(draft.photos.is_empty() && draft.words.is_empty() && draft.danger.is_none());
        assert!(draft.contact.is_none() && draft.pass_on.is_none() && draft.place.here.is_none());
        // Its words are gone from this phone.
        let gone = Row { sealed: String::new(), ..row };
        assert!(start.begin(Some(&facts()), Some(&gone), 7).lost);
    }
}
