use leptos::prelude::*;
use model::pack::{DistrictPack, Fact, FactKind, Park, Placement, Source, Sure};

use super::sources::{SourceLines, sources_of};
use crate::ui::{
    Section, t, words,
    words::{Parks as Said, Words},
};

/// What a page says of every place: an unanswered question is shown as such, never left out.
const ALWAYS: [FactKind; 7] = [
    FactKind::Status,
    FactKind::Entry,
    FactKind::Facilities,
    FactKind::Place,
    FactKind::SubDistrict,
    FactKind::Area,
    FactKind::Opened,
];

/// Everything known of a place, each with its sources.
#[component]
pub(super) fn Facts(
    /// The place.
    park: Park,
    /// Its facts with their sources.
    known: Vec<(Fact, Vec<Source>)>,
    /// Sources of the name and of the other names.
    names: NameSources,
) -> impl IntoView {
    let unknown = ALWAYS.into_iter().filter(|what| park.fact(*what).is_none());
    let unknown = unknown.collect::<Vec<_>>();
    view! {
        <Section title=t(|w| w.parks.facts)>
            <dl class="facts card">
                {position(&park.placement)}
                {known
                    .into_iter()
                    .map(|(fact, sources)| view! { <FactRow fact sources /> })
                    .collect_view()}
                {unknown.into_iter().map(|what| view! { <UnknownRow what /> }).collect_view()}
                <Names park names />
            </dl>
        </Section>
    }
}

/// Who says where it is, or where that is which it is near to, and as of when.
fn position(placement: &Placement) -> Option<impl IntoView + use<>> {
    let w = words();
    let (said, source, as_of) = match placement {
        Placement::Point { within_m, source, as_of, .. } => {
            ((w.parks.point_within)(*within_m), source, as_of.as_deref())
        }
        Placement::Outline { source, as_of, .. } => {
            (w.parks.outlined.to_owned(), source, as_of.as_deref())
        }
        Placement::Near { kind, name, source, .. } => ((w.parks.near)(*kind, name), source, None),
        Placement::Unplaced => return None,
    };
    let from = (w.parks.position_from)(source, as_of);
    Some(view! {
        <div>
            <dt>{w.parks.position}</dt>
            <dd>
                <span class="value">{said}</span>
            </dd>
            <dd class="src">{from}</dd>
        </div>
    })
}

/// Who says a place is called so.
#[derive(Clone)]
pub(super) struct NameSources {
    name: Vec<Source>,
    aliases: Vec<Source>,
}

impl NameSources {
    pub(super) fn of(district: &DistrictPack, park: &Park) -> Self {
        Self {
            name: sources_of(district, &park.name_sources, &park.sources),
            aliases: sources_of(district, &park.alias_sources, &park.sources),
        }
    }
}

#[component]
fn FactRow(fact: Fact, sources: Vec<Source>) -> impl IntoView {
    let what = fact.what;
    let unsure = fact.sure == Some(Sure::Low);
    let inferred = fact.inferred && what != FactKind::SubDistrict;
    view! {
        <div>
            <dt>{t(|w| (w.parks.question)(what))}</dt>
            <dd>
                <span class="value">{value(&fact, words())}</span>
                {in_words(&fact).map(|it| view! { <p lang="zh-CN">{it}</p> })}
                {unsure.then(|| view! { <span class="tag lamp">{t(|w| w.parks.unsure)}</span> })}
                {inferred.then(|| view! { <span class="tag">{t(|w| w.parks.inferred)}</span> })}
            </dd>
            <dd class="src">
                <SourceLines sources />
            </dd>
        </div>
    }
}

#[component]
fn UnknownRow(what: FactKind) -> impl IntoView {
    view! {
        <div>
            <dt>{t(|w| (w.parks.question)(what))}</dt>
            <dd class="q">{t(|w| w.parks.unknown)}</dd>
        </div>
    }
}

/// The name and the other names; those that only probably mean the place are searched, not shown.
#[component]
fn Names(park: Park, names: NameSources) -> impl IntoView {
    let Park { name, name_en_ours, aliases, described, .. } = park;
    let also = (!aliases.is_empty()).then(|| {
        let aliases = move || aliases.join(words().parks.comma);
        view! {
            <div>
                <dt>{t(|w| w.parks.aliases)}</dt>
                <dd lang="zh-CN">{aliases}</dd>
                <dd class="src">
                    <SourceLines sources=names.aliases />
                </dd>
            </div>
        }
    });
    // A description is ours: nobody says that the place is called so.
    let named = (!described).then(|| {
        view! {
            <div>
                <dt>{t(|w| w.parks.name)}</dt>
                <dd>
                    <span lang="zh-CN">{name}</span>
                    {name_en_ours.then(|| view! { <p class="qq">{t(|w| w.parks.name_ours)}</p> })}
                </dd>
                <dd class="src">
                    <SourceLines sources=names.name />
                </dd>
            </div>
        }
    });
    view! {
        {also}
        {named}
    }
}

/// The answer in the words of the screen.
pub(super) fn value(fact: &Fact, words: &Words) -> String {
    let w = words.parks;
    match fact.what {
        FactKind::Status if fact.value == "unknown" => w.unknown.to_owned(),
        FactKind::Status => status_in(fact, w),
        FactKind::Entry => (w.entry)(&fact.value).to_owned(),
        FactKind::Facilities => {
            let all: Vec<_> = ids(&fact.value).map(w.facility).collect();
            all.join(w.comma)
        }
        FactKind::SubDistrict => {
            let names = fact.value.replace(';', w.comma);
            if fact.inferred { (w.about_in)(&names) } else { names }
        }
        FactKind::Length => (words.common.kilometres)(&fact.value),
        FactKind::Area => match fact.scope.and_then(w.scope) {
            Some(scope) => [scope, &fact.value].join(w.dot),
            None => fact.value.clone(),
        },
        FactKind::Place | FactKind::Opened => fact.value.clone(),
    }
}

/// What was reported, never what is so: with the day of the report, if it has one.
pub(super) fn status(fact: &Fact) -> String {
    status_in(fact, words().parks)
}

fn status_in(fact: &Fact, w: &Said) -> String {
    let status = (w.status)(&fact.value);
    match &fact.as_of {
        Some(day) => (w.status_as_of)(day, status),
        None => (w.status_undated)(status),
    }
}

/// The source's own words beside an answer that is made of ids.
fn in_words(fact: &Fact) -> Option<String> {
    fact.words.clone().filter(|words| *words != fact.value)
}

fn ids(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').filter(|id| !id.is_empty())
}
