use leptos::{either::Either, html, prelude::*};
use model::pack::{DistrictPack, Park};

use super::{PackFailure, ParkRow, Parks, order::Part, search::search};
use crate::{
    settings::Settings,
    ui::{Empty, Icon, Section, TopBar, t, words, words::Lang},
};

/// 公园: the list, part by part, and one search box.
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
    let parks = Parks::expect();
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| match parks.pack() {
        Ok(district) => find(district, &typed.read()),
        Err(_) => Vec::new(),
    });
    let searching = move || !typed.read().trim().is_empty();
    let box_node = NodeRef::<html::Input>::new();
    let show_all = move |_| {
        if let Some(input) = box_node.get_untracked() {
            input.set_value("");
        }
        typed.set(String::new());
    };
    let parts = move || {
        let found = found.get();
        Part::ALL.into_iter().map(|part| part_view(part, &found)).collect_view()
    };
    view! {
        <div class="search">
            <SearchBox typed node=box_node />
            <p class="qq" role="status">
                {move || searching().then(|| (words().parks.found)(found.read().len()))}
            </p>
        </div>
        {parts}
        <Show when=move || found.read().is_empty()>
            <Empty title=t(|w| w.parks.none_found) text=t(|w| w.parks.none_found_text)>
                <button type="button" class="btn plain" on:click=show_all>
                    {t(|w| w.parks.show_all)}
                </button>
            </Empty>
        </Show>
        <CountSentence />
    }
}

fn find(district: &DistrictPack, typed: &str) -> Vec<Park> {
    if typed.trim().is_empty() {
        return district.parks.clone();
    }
    search(district, typed).into_iter().cloned().collect()
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
                node_ref=node
                on:input:target=move |event| typed.set(event.target().value())
            />
        </div>
    }
}

/// A part under its title; nothing where nothing of it was found.
fn part_view(part: Part, found: &[Park]) -> Option<impl IntoView + use<>> {
    let parks: Vec<_> = found.iter().filter(|park| Part::of(park) == part).cloned().collect();
    let title = t(move |w| match part {
        Part::Placed => w.parks.placed,
        Part::Near => w.parks.near_part,
        Part::Unplaced => w.parks.unplaced,
        Part::Trails => w.parks.trails,
        Part::Areas => w.parks.areas,
        Part::Grounds => w.parks.grounds,
        Part::Planned => w.parks.planned,
        Part::Unconfirmed => w.parks.unconfirmed,
    });
    (!parks.is_empty()).then(|| {
        view! {
            <Section title>
                <ul class="list">
                    {parks.into_iter().map(|park| view! { <ParkRow park /> }).collect_view()}
                </ul>
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
