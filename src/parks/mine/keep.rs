use leptos::{prelude::*, task::spawn_local};
use model::{
    mine::{How, Mine, Visit, day},
    pack::{Park, Placement},
};
use outbox::clock;

use super::{
    notes::Notes,
    stamp::{Judged, judge},
};
use crate::{
    outbox::{Outbox, StoreError},
    paths,
    position::{NoPosition, locate_now, was_refused},
    ui::{Icon, IconSize, Section, catch_the_focus_when_fewer, far, t, words},
};

/// How the last stamping went.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stamping {
    No,
    Looking,
    Given,
    /// This day has a stamp already.
    Already,
    Not(Judged),
    NoPosition(NoPosition),
}

/// What is kept of one park, as it is read and changed on its page.
#[derive(Clone, Copy)]
pub(in crate::parks) struct Keeping {
    /// None until it has been read.
    mine: Shown,
    placement: StoredValue<Placement>,
    keeper: Keeper,
}

impl Keeping {
    /// Reads what is kept of a park, now and whenever that changes.
    pub(in crate::parks) fn of(park: &Park) -> Self {
        let outbox = Outbox::expect();
        let new = StoredValue::new(Mine::new(&park.id, &park.name));
        let placement = StoredValue::new(park.placement.clone());
        let mine: Shown = RwSignal::new(None);
        Effect::new(move |_| {
            outbox.mine_changed();
            let empty = new.get_value();
            spawn_local(async move {
                let read = outbox.mine_of(&empty.id).await;
                // A storage that fails for a moment takes no half-written note off the screen.
                let shows = mine.try_with_untracked(|it| matches!(it, Some(Ok(_))));
                if read.is_ok() || shows == Some(false) {
                    mine.try_set(Some(read.map(|it| it.unwrap_or(empty))));
                }
            });
        });
        Self { mine, placement, keeper: Keeper { outbox, new, failed: RwSignal::new(false) } }
    }

    fn ready(self) -> Memo<bool> {
        Memo::new(move |_| matches!(&*self.mine.read(), Some(Ok(_))))
    }
}

/// What the person keeps of this park for themselves: stamps, a note. Nobody else sees it.
#[component]
pub(in crate::parks) fn Keep(keeping: Keeping) -> impl IntoView {
    let Keeping { mine, placement, keeper } = keeping;
    let Keeper { outbox, new, failed } = keeper;
    let ready = keeping.ready();
    let unreadable = move || matches!(&*mine.read(), Some(Err(_)));
    let page_only = outbox.is_on_this_page_only();
    view! {
        <Section
            title=t(|w| w.mine.title)
            more=(paths::MINE.to_owned(), t(|w| w.mine.all).to_owned())
        >
            <div class="card keep">
                <Show when=unreadable>
                    <p class="caution">{t(|w| w.mine.unreadable)}</p>
                </Show>
                <Show when=move || ready.get()>
                    <StampButton mine placement keeper />
                    <Notes mine new=new.get_value() />
                </Show>
                <Show when=move || failed.get()>
                    <p class="caution" role="alert">
                        {t(|w| w.mine.not_kept)}
                    </p>
                </Show>
                <p class="qq">
                    {move || {
                        let w = words().mine;
                        if page_only.get() { w.page_only } else { w.only_here }
                    }}
                </p>
            </div>
        </Section>
    }
}

/// A change that may be made again, on a record that has it already.
#[derive(Clone, Copy, Debug)]
enum Change {
    Favourite(bool),
    Stamp(Visit),
    Unstamp(Visit),
}

impl Change {
    fn make(self, mine: &mut Mine) {
        match self {
            Self::Favourite(on) => mine.favourite = on,
            Self::Stamp(visit) => {
                mine.stamp(visit);
            }
            Self::Unstamp(visit) => mine.visits.retain(|it| *it != visit),
        }
    }
}

/// The way of a change to the phone.
#[derive(Clone, Copy)]
struct Keeper {
    outbox: Outbox,
    /// What is kept of the park where nothing was.
    new: StoredValue<Mine>,
    failed: RwSignal<bool>,
}

impl Keeper {
    /// Done when it is on the disk; false: the phone did not keep it, and the screen says so. The page
    /// may have been left meanwhile.
    fn make(self, change: Change) -> impl Future<Output = bool> + 'static {
        let new = self.new.get_value();
        async move {
            let done = self.outbox.change_mine(new, move |mine| change.make(mine)).await;
            self.failed.try_set(done.is_err());
            done.is_ok()
        }
    }

    fn run(self, change: Change) {
        let made = self.make(change);
        spawn_local(async move {
            made.await;
        });
    }
}

type Shown = RwSignal<Option<Result<Mine, StoreError>>>;

fn read<T>(mine: Shown, read: impl Fn(&Mine) -> T) -> Option<T> {
    mine.with(|it| it.as_ref().and_then(|it| it.as_ref().ok()).map(read))
}

/// The star, once it is known whether there is one.
#[component]
pub(in crate::parks) fn Star(keeping: Keeping) -> impl IntoView {
    let Keeping { mine, keeper, .. } = keeping;
    let ready = keeping.ready();
    let on = Memo::new(move |_| read(mine, |it| it.favourite).unwrap_or_default());
    let name = move || {
        let w = words().mine;
        if on.get() { w.favourite_on } else { w.favourite }
    };
    view! {
        <Show when=move || ready.get()>
            <button
                type="button"
                class="ib star"
                aria-label=name
                aria-pressed=move || on.get().to_string()
                on:click=move |_| keeper.run(Change::Favourite(!on.get_untracked()))
            >
                <Icon name="star" />
            </button>
        </Show>
    }
}

/// A stamp by the phone's position where the place has one, else by hand and marked so.
#[component]
fn StampButton(mine: Shown, placement: StoredValue<Placement>, keeper: Keeper) -> impl IntoView {
    let state = RwSignal::new(Stamping::No);
    let placed = placement.with_value(|it| it.point().is_some());
    let give = move |how: How| {
        let at = clock::now().stamp();
        let visit = Visit { at, how };
        let given = mine.with_untracked(|it| {
            let mine = it.as_ref().and_then(|it| it.as_ref().ok());
            mine.is_some_and(|mine| mine.clone().stamp(visit))
        });
        if !given {
            return state.set(Stamping::Already);
        }
        let made = keeper.make(Change::Stamp(visit));
        spawn_local(async move {
            // What is not on the disk is not called given.
            state.try_set(if made.await { Stamping::Given } else { Stamping::No });
        });
    };
    let press = move |_| {
        if !placed {
            state.set(Stamping::Not(Judged::NoPlace));
        } else if was_refused() {
            state.set(Stamping::NoPosition(NoPosition::Refused));
        } else {
            state.set(Stamping::Looking);
            spawn_local(async move {
                match locate_now().await {
                    Err(why) => drop(state.try_set(Stamping::NoPosition(why))),
                    Ok(here) => match placement.try_with_value(|it| judge(it, &here)) {
                        Some(Judged::There) => give(How::Position { accuracy_m: here.accuracy_m }),
                        Some(not) => drop(state.try_set(Stamping::Not(not))),
                        None => {}
                    },
                }
            });
        }
    };
    let offers_hand = move || matches!(state.get(), Stamping::Not(_) | Stamping::NoPosition(_));
    let last = move || read(mine, |it| it.visits.first().copied()).flatten();
    let node = NodeRef::new();
    catch_the_focus_when_fewer(node, move || usize::from(offers_hand()));
    catch_the_focus_when_fewer(node, move || usize::from(last().is_some()));
    view! {
        <button type="button" class="btn plain full" on:click=press>
            <Icon name="stamp" />
            {t(|w| w.mine.stamp)}
        </button>
        <div class="stamping" tabindex="-1" node_ref=node>
            <p class="qq" role="status">
                {move || said(state.get())}
            </p>
            <Show when=offers_hand>
                <button type="button" class="btn text" on:click=move |_| give(How::Hand)>
                    {t(|w| w.mine.by_hand)}
                </button>
            </Show>
            {move || {
                last()
                    .map(|visit| {
                        view! {
                            <p class="stamped">
                                <Icon name="check" size=IconSize::Small />
                                {stamp_words(visit)}
                                <button
                                    type="button"
                                    class="btn text sm"
                                    on:click=move |_| {
                                        state.set(Stamping::No);
                                        keeper.run(Change::Unstamp(visit));
                                    }
                                >
                                    {t(|w| w.mine.unstamp)}
                                </button>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// A stamp in words: when, and how it was made.
pub(super) fn stamp_words(visit: Visit) -> String {
    let w = words().mine;
    match visit.how {
        How::Position { accuracy_m } => (w.stamped)(&day(visit.at), accuracy_m),
        How::Hand => (w.stamped_by_hand)(&day(visit.at)),
    }
}

fn said(state: Stamping) -> String {
    let (w, explore) = (words().mine, words().explore);
    match state {
        Stamping::No => String::new(),
        Stamping::Looking => explore.looking.to_owned(),
        Stamping::Given => w.given.to_owned(),
        Stamping::Already => w.already.to_owned(),
        Stamping::Not(Judged::TooFar(metres)) => (w.too_far)(&far(metres)),
        Stamping::Not(Judged::TooVague(metres)) => (w.too_vague)(metres),
        Stamping::Not(Judged::NoPlace | Judged::There) => w.no_place.to_owned(),
        Stamping::NoPosition(NoPosition::Refused) => w.refused.to_owned(),
        Stamping::NoPosition(NoPosition::NotFound) => w.not_found.to_owned(),
    }
}
