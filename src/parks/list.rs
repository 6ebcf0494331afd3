use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_query;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, EventTarget, HtmlElement};

use super::{
    PackFailure, Parks,
    around::Around,
    complete::MissingPark,
    exploring::Exploring,
    filter::Filter,
    filters::Filters,
    meant::Meant,
    order::{Counted, Part, Parted, by_part},
    row::row_of,
};
use crate::{
    paths::{self, ParksQuery},
    rooms::{Later, Room},
    settings::Settings,
    ui::{
        Empty, Icon, IconSize, SearchBox, Section, TopBar, Unfolded, long_list, t, wide, words,
        words::Lang,
    },
};

/// 公园: one search box, filters and the order by distance; below them the list, or the map with the
/// very same places.
#[component]
pub fn ParksPage() -> impl IntoView {
    let parks = Parks::expect();
    let query = use_query::<ParksQuery>();
    let on_map =
        Memo::new(move |_| query.read().as_ref().is_ok_and(|it| it.view.as_deref() == Some("map")));
    let inside = match parks.pack() {
        Ok(_) => Either::Left(view! { <Found on_map /> }),
        Err(error) => Either::Right(view! { <PackFailure error=error.clone() /> }),
    };
    view! {
        <div class="page">
            <TopBar title=t(|w| w.parks.tab)>
                <Views on_map />
            </TopBar>
            <div class="body">{inside}</div>
        </div>
    }
}

/// List or map: two addresses, so that Back leads from one to the other.
#[component]
fn Views(on_map: Memo<bool>) -> impl IntoView {
    let current = move |map| (on_map.get() == map).then_some("page");
    view! {
        <nav class="seg views" aria-label=t(|w| w.map.views)>
            <a href=paths::PARKS aria-current=move || current(false)>
                <Icon name="list" size=IconSize::Small />
                {t(|w| w.map.as_list)}
            </a>
            <a href=paths::PARKS_MAP aria-current=move || current(true)>
                <Icon name="map" size=IconSize::Small />
                {t(|w| w.map.as_map)}
            </a>
        </nav>
    }
}

#[component]
fn Found(on_map: Memo<bool>) -> impl IntoView {
    let exploring = Exploring::expect();
    let (found, wide) = (exploring.found(), wide());
    let show_all = move |_| {
        exploring.typed.set(String::new());
        exploring.filter.set(Filter::default());
        focus_the_search();
    };
    let none = move || {
        let w = words();
        if exploring.filter.read().is_empty() {
            w.parks.none_found_text
        } else {
            w.explore.none_left
        }
    };
    view! {
        <div class="search">
            <SearchBox
                label=t(|w| w.parks.search)
                hint=t(|w| w.parks.search_hint)
                typed=exploring.typed
            />
            <Filters />
            <Around on_map />
            <p class="qq" role="status">
                {move || exploring.is_narrowed().then(|| (words().parks.found)(found.read().len()))}
            </p>
        </div>
        <Show when=move || on_map.get() fallback=|| view! { <Parts /> }>
            <div class="beside">
                <Show when=move || wide.get()>
                    <div class="beside-list">
                        <Parts />
                    </div>
                </Show>
                <Later room=Room::Map />
            </div>
        </Show>
        <Show when=move || found.read().is_empty()>
            <Empty title=t(|w| w.parks.none_found) text=Signal::derive(move || none().to_owned())>
                <Meant />
                <button type="button" class="btn plain" on:click=show_all>
                    {t(|w| w.parks.show_all)}
                </button>
            </Empty>
        </Show>
        <MissingPark />
        <CountSentence />
    }
}

/// What was pressed is gone with what it said: whoever goes on by keys goes on from the search.
pub(super) fn focus_the_search() {
    let search = document().query_selector(".search input").ok().flatten();
    if let Some(search) = search.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        drop(search.focus());
    }
}

/// The list, part by part.
#[component]
fn Parts() -> impl IntoView {
    let (parks, exploring) = (Parks::expect(), Exploring::expect());
    let (found, from) = (exploring.found(), exploring.from());
    let parted = Memo::new(move |_| match parks.pack() {
        Ok(pack) => by_part(pack, &found.read(), from.get()),
        Err(_) => Parted::default(),
    });
    Part::ALL.map(|part| view! { <PartView part parted /> }).into_iter().collect_view()
}

/// A part under its title. Of a screen of rows it has what those before it leave; the rest waits until the
/// reader is near.
#[component]
fn PartView(part: Part, parted: Memo<Parted>) -> impl IntoView {
    let (nth, parks) = (part as usize, StoredValue::new(Parks::expect()));
    let exploring = Exploring::expect();
    let rows = Memo::new(move |_| parted.read()[nth].clone());
    let begins = Memo::new(move |_| {
        let before = parted.read()[..nth].iter().map(|it| it.len()).sum::<usize>();
        exploring.at_first.get().saturating_sub(before)
    });
    let unfolded = Unfolded { begins: begins.into(), steps: exploring.steps(part) };
    let is_there = Memo::new(move |_| !rows.read().is_empty());
    let title = t(|w| match part {
        Part::Nearest => w.explore.nearest,
        Part::Placed => w.parks.placed,
        Part::Near => w.parks.near_part,
        Part::Unplaced => w.parks.unplaced,
        Part::Trails => w.parks.trails,
        Part::Areas => w.parks.areas,
        Part::Grounds => w.parks.grounds,
        Part::Planned => w.parks.planned,
        Part::Unconfirmed => w.parks.unconfirmed,
    });
    let row = move |nth: usize| {
        // A row that is about to go shows what it showed.
        let place = Memo::new(move |before: Option<&Counted>| {
            let now = rows.read().get(nth).copied();
            now.or(before.copied()).unwrap_or((usize::MAX, None))
        });
        row_of(parks, place)
    };
    let len = Signal::derive(move || rows.read().len());
    let held = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        rows.track();
        if held.with_value(Option::is_some) {
            // Once every row shows what stands there now.
            request_animation_frame(move || {
                held.try_with_value(|href| href.as_deref().map(follow));
            });
        }
    });
    view! {
        <Show when=move || is_there.get()>
            <Section title>
                <div
                    on:focusin=move |event| held.set_value(link_of(event.target()))
                    on:focusout=move |_| held.set_value(None)
                >
                    {long_list(len, unfolded, row, words().explore.more)}
                </div>
            </Section>
        </Show>
    }
}

/// Where a row leads that has the focus.
fn link_of(target: Option<EventTarget>) -> Option<String> {
    target?.dyn_into::<Element>().ok()?.get_attribute("href")
}

/// A row shows what stands in its place of the list; the focus goes with the park that it was on.
fn follow(href: &str) {
    let Some(active) = document().active_element() else { return };
    if active.get_attribute("href").is_none_or(|shown| shown == href) {
        return;
    }
    let list = active.closest("ul").ok().flatten();
    let moved =
        list.and_then(|it| it.query_selector(&format!("a[href=\"{href}\"]")).ok().flatten());
    if let Some(link) = moved.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // Where it cannot take the focus, the focus stays where it was in the list.
        let _ = link.focus();
    }
}

/// How many there are said to be, and how many are here; computed, never typed.
#[component]
pub fn CountSentence() -> impl IntoView {
    let parks = Parks::expect();
    let counted = parks.pack().ok();
    let counted = counted.map(|it| (it.count, it.district.parks_reported.clone(), it.parks.len()));
    let sentence = move || {
        let (count, reported, places) = counted.as_ref()?;
        let w = words().parks;
        let parks = match (reported, Settings::expect().lang()) {
            (None, _) => (w.count_alone)(count.recorded, count.placed, count.unconfirmed),
            (Some(said), lang) => {
                let said = if lang == Lang::Zh { &said.zh } else { &said.en };
                (w.count)(said, count.recorded, count.placed, count.unconfirmed)
            }
        };
        Some(parks + &(w.count_of_all)(*places))
    };
    view! { <p class="src">{sentence}</p> }
}
