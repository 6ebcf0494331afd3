use leptos::{either::Either, prelude::*};
use leptos_router::hooks::{use_params, use_query};
use model::pack::{DistrictPack, Fact, FactKind, Listed, Park, Placement};

use super::{
    PackFailure, ParkRow, Parks,
    about::About,
    complete::Complete,
    facts::{Facts, NameSources, status},
    map::surroundings,
    mine::{Keep, Keeping, Star},
    row::title,
    sources::sources_of,
    visit::{Code, Go, NearBy, Passing, Share, gone, near_by},
};
use crate::{
    paths::{self, ParkParams, ParkQuery},
    settings::Settings,
    ui::{
        BackLink, Heading, Icon, IconSize, Section, Strip, StripTone, Text, t, words, words::Lang,
    },
};

/// One park: what is known of it, each fact with its sources and dates.
#[component]
pub fn ParkPage() -> impl IntoView {
    let (params, query) = (use_params::<ParkParams>(), use_query::<ParkQuery>());
    let parks = Parks::expect();
    let inside = move || {
        let id = params.read().as_ref().map(|it| it.id.clone()).unwrap_or_default();
        match parks.pack() {
            Err(error) => alone(view! { <PackFailure error=error.clone() /> }).into_any(),
            Ok(district) => {
                if let Some(park) = district.park(&id) {
                    one_park(district, park).into_any()
                } else {
                    let name = query.read().as_ref().ok().and_then(|it| it.n.clone());
                    alone(gone(district, &id, name)).into_any()
                }
            }
        }
    };
    view! { <div class="page">{inside}</div> }
}

/// Without a park there is nothing to star or to pass on.
fn alone(inside: impl IntoView) -> impl IntoView {
    view! {
        <header class="top">
            <BackLink href=paths::PARKS />
        </header>
        <div class="body">{inside}</div>
    }
}

fn one_park(district: &DistrictPack, park: &Park) -> impl IntoView + use<> {
    let same = park.maybe_same_as.iter().filter_map(|id| district.park(id)).cloned().collect();
    let near = near_by(district, park);
    let report = paths::report_at(&park.id);
    let (keeping, passing) = (Keeping::of(park), Passing::of(park));
    view! {
        <header class="top">
            <BackLink href=paths::PARKS />
            <span class="sp"></span>
            <Star keeping />
            <Share passing />
        </header>
        <div class="body">
            <Head park=park.clone() />
            <div class="where">
                {surroundings(district, park)} <Whereabouts placement=park.placement.clone() />
            </div>
            <div class="pair">
                <Go park=park.clone() city=district.district.city.clone() />
                <a href=report class="btn plain full">
                    <Icon name="report" />
                    {t(|w| w.parks.broken_here)}
                </a>
            </div>
            <Note note=park.note.clone() />
            <About park=park.clone() />
            {facts_of(district, park)}
            <Keep keeping />
            <Code passing />
            <Complete park=park.clone() />
            <MaybeSame same />
            <NearBy near />
        </div>
    }
}

/// Everything that is known of a place.
pub(super) fn facts_of(district: &DistrictPack, park: &Park) -> impl IntoView + use<> {
    let sourced = |fact: &Fact| (fact.clone(), sources_of(district, &fact.sources, &park.sources));
    let known = park.facts.iter().map(sourced).collect::<Vec<_>>();
    let names = NameSources::of(district, park);
    view! { <Facts park=park.clone() known names /> }
}

/// Name, second name, and in a few words what it is.
#[component]
fn Head(park: Park) -> impl IntoView {
    let listed = park.listed;
    let park = StoredValue::new(park);
    let second = move || {
        park.with_value(|park| match Settings::expect().lang() {
            Lang::Zh => park.name_en.clone(),
            Lang::En if park.name_en.is_empty() => String::new(),
            Lang::En => park.name.clone(),
        })
    };
    let caution = move || match listed {
        Listed::Planned => Some(words().parks.planned_more),
        Listed::Doubtful => Some(words().parks.doubtful_more),
        Listed::Park | Listed::Trail | Listed::Area | Listed::Ground => None,
    };
    view! {
        <div class="name">
            <Heading text=Signal::derive(move || park.with_value(title)) />
            <p class="q">{second}</p>
            <div class="meta">{move || park.with_value(tags)}</div>
            {move || {
                caution()
                    .map(|words| {
                        view! {
                            <p class="caution">
                                <Icon name="info" size=IconSize::Small />
                                {words}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// Open as last reported, kind, entry.
fn tags(park: &Park) -> impl IntoView + use<> {
    let w = words().parks;
    let open = park.fact(FactKind::Status).filter(|fact| fact.value == "open").map(status);
    let entry = park.fact(FactKind::Entry).map(|fact| (w.entry)(&fact.value));
    view! {
        {open
            .map(|words| {
                view! {
                    <span class="tag leaf">
                        <Icon name="check" size=IconSize::Small />
                        {words}
                    </span>
                }
            })}
        <span class="tag">{(w.kind)(&park.kind)}</span>
        {entry.map(|words| view! { <span class="tag">{words}</span> })}
    }
}

/// Where it is, as far as a source says: an outline, a point, near something, or not at all.
#[component]
fn Whereabouts(placement: Placement) -> impl IntoView {
    match placement {
        Placement::Point { within_m, .. } => Either::Left(view! {
            <Strip
                tone=StripTone::River
                icon="pin"
                title=t(|w| (w.parks.point_within)(within_m))
            />
        }),
        Placement::Outline { .. } => Either::Left(view! {
            <Strip tone=StripTone::River icon="pin" title=t(|w| w.parks.outlined) />
        }),
        Placement::Near { kind, name, .. } => {
            let title = t(|w| (w.parks.near)(kind, &name));
            Either::Right(not_placed(title.into(), t(|w| w.parks.near_more)))
        }
        Placement::Unplaced => {
            let title = t(|w| w.parks.unplaced_title);
            Either::Right(not_placed(title.into(), t(|w| w.parks.unplaced_more)))
        }
    }
}

fn not_placed(title: Text, more: &'static str) -> impl IntoView {
    view! { <Strip tone=StripTone::Tell icon="pin" title more=more /> }
}

/// A remark for whoever reads the page; some are warnings, so it stands before the facts.
#[component]
fn Note(note: Option<String>) -> impl IntoView {
    note.map(|note| {
        view! {
            <p class="card note" lang="zh-CN">
                <b>{t(|w| w.parks.note)}</b>
                {note}
            </p>
        }
    })
}

/// Other rows of the list that may be this very place.
#[component]
fn MaybeSame(same: Vec<Park>) -> impl IntoView {
    (!same.is_empty()).then(|| {
        view! {
            <Section title=t(|w| w.parks.maybe_same)>
                <ul class="list">
                    {same.into_iter().map(|park| view! { <ParkRow park /> }).collect_view()}
                </ul>
            </Section>
        }
    })
}
