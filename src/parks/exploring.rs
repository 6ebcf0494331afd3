use leptos::prelude::*;
use model::datum::Wgs84;
use serde::{Deserialize, Serialize};

use super::{
    Parks,
    around::Asking,
    filter::Filter,
    map::View,
    nearest::Spot,
    order::Part,
    search::{Searched, search_on},
};
use crate::{outbox::Beside, position::Here, pwa::when_left, ui::rows_of_window};

/// From where distances are counted.
#[derive(Clone, Debug, PartialEq)]
pub enum From {
    /// From the phone.
    Phone(Here),
    /// From a place that the person chose.
    Spot(Spot),
}

impl From {
    /// The point.
    pub fn point(&self) -> Wgs84 {
        match self {
            Self::Phone(here) => here.point(),
            Self::Spot(spot) => spot.at,
        }
    }
}

/// From how many metres of error on a distance is hardly one.
pub(super) const ROUGH_M: u32 = 500;

/// Where what was looked for stands, in the session's storage.
const LOOKED_FOR: &str = "poshang.looked_for";

/// What was typed, and the filter in words.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct LookedFor {
    typed: String,
    filter: Vec<String>,
}

/// What a person looks for among the places. Whoever comes back from a park, or loads the page anew,
/// finds the list as it was left; when the page is closed it is forgotten.
#[derive(Clone, Copy)]
pub struct Exploring {
    /// What was typed.
    pub(super) typed: RwSignal<String>,
    /// What the places should be.
    pub(super) filter: RwSignal<Filter>,
    /// From where they are counted.
    pub(super) from: RwSignal<Option<From>>,
    /// How the asking for the phone's position stands.
    pub(super) asking: RwSignal<Asking>,
    /// Is a place to count from being chosen?
    pub(super) choosing: RwSignal<bool>,
    /// How often a person asked to be shown on the map.
    pub(super) shown_me: RwSignal<u32>,
    /// Are pictures of somebody else wanted under the map?
    pub(super) base: RwSignal<bool>,
    /// What the map shows.
    pub(super) map: RwSignal<Option<View>>,
    /// So many rows of the list fill the window.
    pub(super) at_first: Signal<usize>,
    /// How much of each part of the list is unfolded.
    steps: StoredValue<[RwSignal<usize>; Part::ALL.len()]>,
    searched: Memo<Searched>,
    found: Memo<Vec<usize>>,
}

impl Exploring {
    pub(super) fn provide(parks: &Parks) {
        let (typed, filter) = (RwSignal::new(String::new()), RwSignal::new(Filter::default()));
        let in_pack = parks.clone();
        let searched = Memo::new(move |before: Option<&Searched>| match in_pack.pack() {
            Ok(pack) => search_on(pack, &typed.read(), before),
            Err(_) => Searched::default(),
        });
        let in_pack = parks.clone();
        let found = Memo::new(move |_| match in_pack.pack() {
            Ok(pack) => {
                let (filter, searched) = (filter.read(), searched.read());
                let passes = |at: &usize| filter.passes(&pack.parks[*at]);
                searched.found.iter().copied().filter(passes).collect()
            }
            Err(_) => Vec::new(),
        });
        let steps = Part::ALL.map(|_| RwSignal::new(0));
        outlives_a_reload(typed, filter);
        // What answers to other words is another list, from its top.
        Effect::watch(
            move || {
                typed.track();
                filter.track();
            },
            move |(), _, _| {
                for steps in steps.iter().filter(|it| it.get_untracked() > 0) {
                    steps.set(0);
                }
            },
            false,
        );
        provide_context(Self {
            typed,
            filter,
            from: RwSignal::new(None),
            asking: RwSignal::new(Asking::No),
            choosing: RwSignal::new(false),
            shown_me: RwSignal::new(0),
            base: RwSignal::new(false),
            map: RwSignal::new(None),
            at_first: rows_of_window(),
            steps: StoredValue::new(steps),
            searched,
            found,
        });
    }

    /// What the shell provided.
    pub fn expect() -> Self {
        expect_context()
    }

    /// How often more of a part of the list was unfolded; whoever comes back finds it so.
    pub(super) fn steps(self, part: Part) -> RwSignal<usize> {
        self.steps.with_value(|steps| steps[part as usize])
    }

    /// The point that places are counted from, if they are.
    pub fn from(self) -> Signal<Option<Wgs84>> {
        Signal::derive(move || self.from.read().as_ref().map(From::point))
    }

    /// By how many metres that point may be off, where that is too much to tell metres.
    pub(super) fn off_by(self) -> Option<u32> {
        match &*self.from.read() {
            Some(From::Phone(here)) => Some(here.accuracy_m).filter(|off| *off >= ROUGH_M),
            _ => None,
        }
    }

    /// The places that answer to what was typed and pass the filter, as positions in
    /// [`model::pack::DistrictPack::parks`]: the one set that list and map show.
    pub fn found(self) -> Memo<Vec<usize>> {
        self.found
    }

    /// Those that answer to what was typed, before the filter.
    pub(super) fn searched(self) -> Memo<Searched> {
        self.searched
    }

    /// Is anything looked for?
    pub(super) fn is_narrowed(self) -> bool {
        !self.typed.read().trim().is_empty() || !self.filter.read().is_empty()
    }
}

/// Brings back what was looked for before the page was loaded anew, and keeps what is when it is left:
/// not at each key, which waits for the list.
fn outlives_a_reload(typed: RwSignal<String>, filter: RwSignal<Filter>) {
    Effect::new(move |_| {
        let before = Beside::Session.read::<LookedFor>(LOOKED_FOR).unwrap_or_default();
        if !before.typed.is_empty() {
            typed.set(before.typed);
        }
        if !before.filter.is_empty() {
            filter.set(Filter::of_words(&before.filter));
        }
        when_left(move || {
            let (typed, filter) = (typed.get_untracked(), filter.read_untracked().to_words());
            Beside::Session.write(LOOKED_FOR, &LookedFor { typed, filter });
        });
    });
}
