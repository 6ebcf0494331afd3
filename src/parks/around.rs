use leptos::{html, prelude::*, task::spawn_local};

use super::{
    Parks,
    exploring::{Exploring, From, ROUGH_M},
    nearest::{Spot, SpotKind, spots},
};
use crate::{
    position::{Following, Here, NoPosition, locate, was_refused},
    ui::{Icon, IconBox, IconSize, SearchBox, Tone, t, words},
};

/// From how many metres on the list is sorted anew: it must not jump under a resting finger.
const MOVED_M: f64 = 25.0;
/// How many places to count from are shown at once.
const MOST: usize = 12;

/// How the asking for a position stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asking {
    No,
    Looking,
    Failed(NoPosition),
}

/// Asks the phone where it is, and counts from there. A refused position is not asked for again:
/// then, and where none is found, the person is offered a place instead.
pub(super) fn ask(exploring: Exploring) {
    ask_and(exploring, true);
}

/// The same from the map, which would be pushed off the screen by what opens above it: there the offer
/// stands beside what is said.
pub(super) fn ask_on_the_map(exploring: Exploring) {
    ask_and(exploring, false);
}

fn ask_and(exploring: Exploring, offer: bool) {
    let Exploring { from, asking, choosing, shown_me, .. } = exploring;
    shown_me.update(|times| *times += 1);
    if was_refused() {
        asking.set(Asking::Failed(NoPosition::Refused));
        choosing.set(offer);
        return;
    }
    asking.set(Asking::Looking);
    spawn_local(async move {
        match locate().await {
            Ok(here) => {
                from.set(Some(From::Phone(here)));
                asking.set(Asking::No);
            }
            Err(why) => {
                asking.set(Asking::Failed(why));
                choosing.set(offer);
            }
        }
    });
}

/// Sorts the list by distance: from the phone, as it moves, or from a place that the person chooses.
#[component]
pub(super) fn Around(
    /// Is the map on the screen, rather than the list?
    on_map: Memo<bool>,
) -> impl IntoView {
    let exploring = Exploring::expect();
    let Exploring { from, asking, choosing, .. } = exploring;
    follow(from);
    let parks = Parks::expect();
    let is_outside = move |at| parks.pack().is_ok_and(|pack| !pack.district.contains(at));
    let sorted = move || from.read().is_some();
    let said = move || {
        let w = words().explore;
        match (&*from.read(), asking.get()) {
            (_, Asking::Looking) => w.looking.to_owned(),
            (_, Asking::Failed(NoPosition::Refused)) => w.refused.to_owned(),
            (_, Asking::Failed(NoPosition::NotFound)) => w.not_found.to_owned(),
            (Some(From::Phone(here)), Asking::No) if is_outside(here.point()) => {
                (w.from_outside)(here.accuracy_m)
            }
            (Some(From::Phone(here)), Asking::No) if here.accuracy_m >= ROUGH_M => {
                (w.from_rough)(here.accuracy_m)
            }
            (Some(From::Phone(here)), Asking::No) => (w.from_phone)(here.accuracy_m),
            (Some(From::Spot(spot)), Asking::No) => {
                (w.from_spot)(&(w.spot_called)(spot.kind, &spot.name))
            }
            (None, Asking::No) => String::new(),
        }
    };
    let by_phone = move || matches!(&*from.read(), Some(From::Phone(_)));
    // Whoever looks for a name, or goes to the map, looks at what they find.
    Effect::watch(
        move || {
            exploring.typed.track();
            on_map.track();
        },
        move |(), _, _| {
            if choosing.get_untracked() {
                choosing.set(false);
            }
            if matches!(asking.get_untracked(), Asking::Failed(_)) {
                asking.set(Asking::No);
            }
        },
        false,
    );
    let near_me = NodeRef::<html::Button>::new();
    let stop = move || {
        from.set(None);
        asking.set(Asking::No);
        choosing.set(false);
        // The button that was pressed may be gone with the order.
        near_me.get_untracked().inspect(|chip| drop(chip.focus()));
    };
    let turn = move |_| if by_phone() { stop() } else { ask(exploring) };
    let spot_word = move || {
        let w = words().explore;
        if sorted() { w.other_spot } else { w.near_spot }
    };
    view! {
        <div class="around">
            <div class="chips wrap">
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || by_phone().to_string()
                    node_ref=near_me
                    on:click=turn
                >
                    <Icon name="locate" size=IconSize::Small />
                    {t(|w| w.explore.near_me)}
                </button>
                <button
                    type="button"
                    class="chip"
                    aria-expanded=move || choosing.get().to_string()
                    aria-controls=CHOICE
                    on:click=move |_| choosing.update(|it| *it = !*it)
                >
                    <Icon name="metro" size=IconSize::Small />
                    {spot_word}
                </button>
                <Show when=sorted>
                    <button type="button" class="chip" on:click=move |_| stop()>
                        <Icon name="close" size=IconSize::Small />
                        {t(|w| w.explore.not_sorted)}
                    </button>
                </Show>
            </div>
            <p class="qq" role="status">
                {said}
            </p>
            <div id=CHOICE>
                <Show when=move || choosing.get()>
                    <ChooseSpot chosen=move |spot| {
                        from.set(Some(From::Spot(spot)));
                        asking.set(Asking::No);
                        choosing.set(false);
                    } />
                </Show>
            </div>
        </div>
    }
}

const CHOICE: &str = "count-from";

/// Follows the phone while the list is on the screen and counted from it.
fn follow(from: RwSignal<Option<From>>) {
    let held = StoredValue::new_local(None::<Following>);
    let moved = move |here: Here| {
        let far = match from.try_get_untracked() {
            Some(Some(From::Phone(before))) => before.point().metres_to(here.point()) >= MOVED_M,
            _ => false,
        };
        if far {
            from.try_set(Some(From::Phone(here)));
        }
    };
    let by_phone = Memo::new(move |_| matches!(&*from.read(), Some(From::Phone(_))));
    Effect::new(move |_| {
        let following = by_phone.get().then(|| Following::begin(moved));
        held.set_value(following.flatten());
    });
}

/// Stations first; everything else by its name.
#[component]
fn ChooseSpot(#[prop(into)] chosen: Callback<Spot>) -> impl IntoView {
    let parks = Parks::expect();
    let all = StoredValue::new(parks.pack().map(spots).unwrap_or_default());
    let typed = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let typed = typed.read();
        let typed = typed.trim();
        let called = words().explore.spot_called;
        all.with_value(|all| {
            let fits = |spot: &&Spot| match typed {
                "" => spot.kind == SpotKind::Station,
                _ => called(spot.kind, &spot.name).contains(typed),
            };
            all.iter().filter(fits).take(MOST).cloned().collect::<Vec<_>>()
        })
    });
    let rows = move || {
        let shown = shown.get().into_iter();
        shown.map(|spot| view! { <SpotRow spot chosen /> }).collect_view()
    };
    view! {
        <section class="card panel">
            <h2>{t(|w| w.explore.choose_spot)}</h2>
            <SearchBox
                label=t(|w| w.explore.search_spot)
                hint=t(|w| w.explore.search_spot_hint)
                typed
            />
            <ul class="list flat">{rows}</ul>
            <Show when=move || shown.read().is_empty()>
                <p class="q">{t(|w| w.explore.no_spot)}</p>
            </Show>
        </section>
    }
}

#[component]
fn SpotRow(spot: Spot, chosen: Callback<Spot>) -> impl IntoView {
    let icon = match spot.kind {
        SpotKind::Station => "metro",
        SpotKind::SubDistrict | SpotKind::Community => "home",
    };
    let (name, kind) = (spot.name.clone(), spot.kind);
    let called = t(|w| (w.explore.spot_called)(kind, &name));
    view! {
        <li>
            <button type="button" class="row" on:click=move |_| chosen.run(spot.clone())>
                <IconBox icon tone=Tone::Mute />
                <span class="m">
                    <b>{called}</b>
                    <span>{t(|w| (w.explore.spot)(kind))}</span>
                </span>
            </button>
        </li>
    }
}
