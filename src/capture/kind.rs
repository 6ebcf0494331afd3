use leptos::{either::Either, prelude::*};
use model::{
    pack::{IssueGroup, IssueKind},
    report::YesNo,
};

use super::{
    area::AreaChips,
    draft::{Danger, Draft, Issue},
    flow::{Onward, Question},
    kind_search::{search, sorted},
    names::{group_name, kind_hint, kind_name},
    recent::remembered,
    step::Step,
    way::Way,
    writing::Writing,
};
use crate::{
    parks::Parks,
    settings::Settings,
    ui::{
        Chevron, Icon, IconBox, IconSize, SearchBox, Strip, StripTone, Tile, Tone, drawing, t,
        words,
    },
};

/// Which group of kinds, or by a search straight to the kind. "Cannot say" is an answer too.
#[component]
pub(super) fn KindQuestion() -> impl IntoView {
    let parks = Parks::expect();
    let typed = RwSignal::new(String::new());
    let searching = Memo::new(move |_| !typed.read().trim().is_empty());
    let inside = if parks.groups().is_empty() {
        Either::Left(view! { <NoKinds /> })
    } else {
        Either::Right(view! {
            <SearchBox
                label=t(|w| w.kind.find)
                hint=t(|w| w.kind.find_hint)
                typed
            />
            <Found typed />
            <Show when=move || !searching.get()>
                <Recent />
                <AreaChips />
                <Groups />
            </Show>
        })
    };
    let foot = parks.groups().is_empty().then(|| view! { <Onward /> }.into_any());
    let ask = t(|w| (w.capture.ask)(Step::Kind));
    match foot {
        Some(foot) => Either::Left(view! { <Question ask foot>{inside}</Question> }),
        None => Either::Right(view! { <Question ask>{inside}</Question> }),
    }
}

/// Kinds that answer to what was typed.
#[component]
fn Found(typed: RwSignal<String>) -> impl IntoView {
    let parks = Parks::expect();
    let found = Memo::new(move |_| {
        let pack = parks.pack().ok();
        let kinds = pack.map(|pack| typed.with(|typed| search(pack, typed)));
        kinds.unwrap_or_default().into_iter().cloned().collect::<Vec<_>>()
    });
    let said = move || match (typed.read().trim().is_empty(), found.read().len()) {
        (true, _) => String::new(),
        (false, 0) => words().kind.none_found.to_owned(),
        (false, count) => (words().kind.found)(count),
    };
    let rows =
        move || found.get().into_iter().map(|kind| view! { <LeafRow kind /> }).collect_view();
    view! {
        <p class="q" role="status">
            {said}
        </p>
        <Show when=move || !found.read().is_empty()>
            <ul class="list">{rows}</ul>
        </Show>
        <Show when=move || !typed.read().trim().is_empty() && found.read().is_empty()>
            <Groups />
        </Show>
    }
}

/// Kinds that were reported from this phone lately.
#[component]
fn Recent() -> impl IntoView {
    let parks = Parks::expect();
    let recent = RwSignal::new(Vec::new());
    Effect::new(move |_| recent.set(remembered()));
    let known = Memo::new(move |_| {
        let Ok(pack) = parks.pack() else { return Vec::new() };
        recent.read().iter().filter_map(|id: &String| pack.kind(id).cloned()).collect::<Vec<_>>()
    });
    move || {
        let known = known.get();
        (!known.is_empty()).then(|| {
            view! {
                <div class="recent" role="group" aria-label=t(|w| w.kind.recent)>
                    <span class="qq" aria-hidden="true">
                        {t(|w| w.kind.recent)}
                    </span>
                    <div class="chips">
                        {known.into_iter().map(|kind| view! { <RecentChip kind /> }).collect_view()}
                    </div>
                </div>
            }
        })
    }
}

#[component]
fn RecentChip(kind: IssueKind) -> impl IntoView {
    let lang = Settings::expect().lang();
    let icon = drawing(&kind.icon);
    let kind = StoredValue::new(kind);
    let choose = chooser(kind);
    view! {
        <button type="button" class="chip" on:click=move |_| choose.run(())>
            <Icon name=icon size=IconSize::Small />
            {kind.with_value(|it| kind_name(it, lang))}
        </button>
    }
}

/// The tiles: groups, those with the most of what is usual in such an area first.
#[component]
fn Groups() -> impl IntoView {
    let (writing, way, parks) = (Writing::expect(), Way::expect(), Parks::expect());
    let area = Memo::new(move |_| writing.draft().read().area);
    let unknown = move |()| {
        writing.chose(|draft| {
            draft.choose(Issue::Unknown);
            draft.group = None;
        });
        way.onward();
    };
    let is_unknown = Signal::derive(move || writing.draft().read().issue == Some(Issue::Unknown));
    let groups = move || {
        let groups = sorted(parks.groups(), area.get()).into_iter();
        groups.map(|group| view! { <GroupTile group /> }).collect_view()
    };
    view! {
        <div class="tiles kinds">
            {groups}
            <Tile
                icon="other"
                label=t(|w| w.capture.kind_unknown)
                pressed=is_unknown
                on_press=unknown
            />
        </div>
        <p class="qq">{t(|w| w.capture.kind_later)}</p>
    }
}

/// Without a pack there are no kinds: words do.
#[component]
fn NoKinds() -> impl IntoView {
    view! {
        <Strip
            tone=StripTone::Tell
            icon="info"
            title=t(|w| w.capture.no_kinds)
            more=t(|w| w.capture.no_kinds_more)
        />
    }
}

#[component]
fn GroupTile(group: IssueGroup) -> impl IntoView {
    let (writing, way, lang) = (Writing::expect(), Way::expect(), Settings::expect().lang());
    let icon = drawing(&group.icon);
    let group = StoredValue::new(group);
    let pressed = Signal::derive(move || {
        let draft = writing.draft().read();
        let kind = draft.kind().unwrap_or_default();
        group.with_value(|group| group.kinds.iter().any(|it| it.id == kind))
    });
    let open = move |()| {
        let id = group.with_value(|group| group.id.clone());
        writing.chose(|draft| draft.group = Some(id));
        way.go(Step::Leaf);
    };
    let label = group.with_value(|it| group_name(it, lang));
    view! { <Tile icon label pressed on_press=open /> }
}

/// Which leaf of the group.
#[component]
pub(super) fn LeafQuestion() -> impl IntoView {
    let (writing, parks) = (Writing::expect(), Parks::expect());
    let group = Memo::new(move |_| {
        let draft = writing.draft().read();
        let groups = sorted(parks.groups(), draft.area);
        groups.into_iter().find(|it| draft.group.as_ref() == Some(&it.id))
    });
    let leaves = move || {
        let kinds = group.get().map(|group| group.kinds).unwrap_or_default();
        kinds.into_iter().map(|kind| view! { <LeafRow kind /> }).collect_view()
    };
    view! {
        <Question ask=t(|w| (w.capture.ask)(Step::Leaf))>
            <GroupTag group />
            <ul class="list">{leaves}</ul>
        </Question>
    }
}

/// The group, and the way to another one.
#[component]
fn GroupTag(group: Memo<Option<IssueGroup>>) -> impl IntoView {
    let (way, lang) = (Way::expect(), Settings::expect().lang());
    let name = move || group.read().as_ref().map(|it| group_name(it, lang));
    let icon = group.with_untracked(|it| it.as_ref().map_or("other", |it| drawing(&it.icon)));
    view! {
        <p class="meta">
            <span class="tag leaf large">
                <Icon name=icon size=IconSize::Small />
                {name}
            </span>
            <button type="button" class="btn text sm" on:click=move |_| way.go(Step::Kind)>
                {t(|w| w.capture.other_group)}
            </button>
        </p>
    }
}

/// Takes a kind, and goes to what has to be asked about it.
fn chooser(kind: StoredValue<IssueKind>) -> Callback<()> {
    let (writing, way, parks) = (Writing::expect(), Way::expect(), Parks::expect());
    Callback::new(move |()| {
        let kind = kind.get_value();
        let group = parks.pack().ok().and_then(|pack| pack.group_of(&kind.id));
        writing.chose(|draft| {
            take(draft, &kind);
            draft.group = group.map(|it| it.id.clone());
        });
        way.chose(&kind);
    })
}

#[component]
fn LeafRow(kind: IssueKind) -> impl IntoView {
    let (writing, lang) = (Writing::expect(), Settings::expect().lang());
    let icon = drawing(&kind.icon);
    let tone = if kind.call_first { Tone::Lamp } else { Tone::Leaf };
    let number = kind.call_numbers.first().filter(|_| kind.call_first).cloned();
    let kind = StoredValue::new(kind);
    let is_chosen = move || kind.with_value(|it| writing.draft().read().kind() == Some(&it.id));
    let choose = chooser(kind);
    let end = match number {
        Some(number) => Either::Left(view! { <CallTag number /> }),
        None => Either::Right(view! { <Chevron /> }),
    };
    view! {
        <li>
            <button
                type="button"
                class="row"
                aria-pressed=move || is_chosen().to_string()
                on:click=move |_| choose.run(())
            >
                <IconBox icon tone />
                <span class="m">
                    <b>{kind.with_value(|it| kind_name(it, lang))}</b>
                    <span>{kind.with_value(|it| kind_hint(it, lang))}</span>
                </span>
                {end}
            </button>
        </li>
    }
}

/// 先打 119.
#[component]
fn CallTag(number: String) -> impl IntoView {
    view! {
        <span class="tag lamp">
            <Icon name="call" size=IconSize::Small />
            {(words().capture.call_first)(&number)}
        </span>
    }
}

/// Takes a kind. One that is an emergency by itself needs no question: its panel counts as yes.
pub(super) fn take(draft: &mut Draft, kind: &IssueKind) {
    draft.choose(Issue::Kind(kind.id.clone()));
    if kind.call_first && draft.danger.is_none() {
        draft.danger = Some(Danger { asked: kind.id.clone(), answer: YesNo::Yes, called: None });
    }
}
