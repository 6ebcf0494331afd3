use leptos::{either::Either, html, prelude::*};
use model::pack::{DistrictPack, Park};

use super::{
    PackFailure, ParkRow, Parks,
    around::Around,
    exploring::Exploring,
    filter::Filter,
    filters::Filters,
    nearest::{Away, nearest_first},
    order::Part,
};
use crate::{
    settings::Settings,
    ui::{Empty, Icon, Section, TopBar, t, words, words::Lang},
};

/// 公园: the list, part by part, one search box, filters, and the order by distance.
#[component]
pub fn ParksPage() -> impl IntoView {
    let parks = Parks::expect();
    let inside = match parks.pack() {
        Ok(_) => Either::Left(view! { <ParkList /> }),
        Err(error) => Either::Right(view! { <PackFailure error=error.clone() /> }),
    };
    view! {
        <div class="page">
            <TopBar title=t(|w| w.parks.tab) />
            <div class="body">{inside}</div>
        </div>
    }
}

#[component]
fn ParkList() -> impl IntoView {
    let (parks, exploring) = (Parks::expect(), Exploring::expect());
    let found = exploring.found();
    let box_node = NodeRef::<html::Input>::new();
    let show_all = move |_| {
        if let Some(input) = box_node.get_untracked() {
            input.set_value("");
        }
        exploring.typed.set(String::new());
        exploring.filter.set(Filter::default());
    };
    let rows = Memo::new(move |_| match parks.pack() {
        Ok(pack) => counted(pack, exploring),
        Err(_) => Vec::new(),
    });
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
            <SearchBox typed=exploring.typed node=box_node />
            <Filters />
            <Around />
            <p class="qq" role="status">
                {move || exploring.is_narrowed().then(|| (words().parks.found)(found.read().len()))}
            </p>
        </div>
        {move || parts(&rows.read())}
        <Show when=move || found.read().is_empty()>
            <Empty title=t(|w| w.parks.none_found) text=Signal::derive(move || none().to_owned())>
                <button type="button" class="btn plain" on:click=show_all>
                    {t(|w| w.parks.show_all)}
                </button>
            </Empty>
        </Show>
        <CountSentence />
    }
}

/// A place of the list, and how far it is where somebody counts.
type Found = (usize, Option<Away>);

fn counted(pack: &DistrictPack, exploring: Exploring) -> Vec<Found> {
    let found = exploring.found();
    let found = found.read();
    match &*exploring.from.read() {
        None => found.iter().map(|at| (*at, None)).collect(),
        Some(from) => nearest_first(pack, &found, from.point())
            .into_iter()
            .map(|(at, away)| (at, Some(away)))
            .collect(),
    }
}

/// The list, part by part. Counted from somewhere, the parks are one part, the nearest first.
fn parts(found: &[Found]) -> impl IntoView + use<> {
    let parks = Parks::expect();
    let nearest = found.iter().any(|it| it.1.is_some());
    let park = |at: usize| parks.pack().ok().and_then(|pack| pack.parks.get(at));
    let of_part = |part: Part| {
        let rows = found.iter().filter_map(|(at, away)| Some((park(*at)?, *away)));
        let rows = rows.filter(|(park, _)| Part::of(park, nearest) == part);
        rows.map(|(park, away)| (park.clone(), away)).collect::<Vec<_>>()
    };
    Part::ALL.into_iter().map(|part| part_view(part, of_part(part))).collect_view()
}

/// What is typed stays the person's: the box is read, never written, so that an input method can
/// compose in peace.
#[component]
fn SearchBox(typed: RwSignal<String>, node: NodeRef<html::Input>) -> impl IntoView {
    view! {
        <div class="in" role="search">
            <Icon name="search" />
            <input
                type="search"
                name="park"
                autocomplete="off"
                enterkeyhint="search"
                aria-label=t(|w| w.parks.search)
                placeholder=t(|w| w.parks.search_hint)
                value=typed.get_untracked()
                node_ref=node
                on:input:target=move |event| typed.set(event.target().value())
            />
        </div>
    }
}

/// A part under its title; nothing where nothing of it was found.
fn part_view(part: Part, rows: Vec<(Park, Option<Away>)>) -> Option<impl IntoView + use<>> {
    let title = t(move |w| match part {
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
    (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().map(|(park, away)| view! { <ParkRow park away /> });
        view! {
            <Section title>
                <ul class="list">{rows.collect_view()}</ul>
            </Section>
        }
    })
}

/// How many there are said to be, and how many are here; computed, never typed.
#[component]
pub fn CountSentence() -> impl IntoView {
    let parks = Parks::expect();
    let counted = parks.pack().ok().map(|pack| (pack.count, pack.district.parks_reported.clone()));
    let sentence = move || {
        let (count, reported) = counted.as_ref()?;
        let w = words().parks;
        Some(match (reported, Settings::expect().lang().get()) {
            (None, _) => (w.count_alone)(count.recorded, count.placed, count.unconfirmed),
            (Some(said), lang) => {
                let said = if lang == Lang::Zh { &said.zh } else { &said.en };
                (w.count)(said, count.recorded, count.placed, count.unconfirmed)
            }
        })
    };
    view! { <p class="src">{sentence}</p> }
}
