use leptos::{either::EitherOf3, prelude::*};

use super::{
    choices::Choices,
    draft_place::VAGUE_M,
    outside::{point_outside, said_of},
    question::Landmark,
    ring::Ring,
};
use crate::{
    capture::{names::nearest, writing::Writing},
    parks::Parks,
    position::{Here, NoPosition, locate, was_refused},
    settings::Settings,
    ui::{Icon, IconSize, Section, catch_the_focus, t, words},
};

/// How many places near by are offered.
const MOST: usize = 4;

/// How far the asking has come.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asking {
    NotYet,
    Looking,
    Found(Here),
    Not(NoPosition),
}

/// 就在我这里: asks for the position on a tap, says how exact it is, and offers what is near.
#[component]
pub(super) fn Near() -> impl IntoView {
    let draft = Writing::expect().draft();
    let is_chosen = Memo::new(move |_| draft.read().place.is_chosen());
    let kept = draft.with_untracked(|it| it.place.here);
    let refused = RwSignal::new(false);
    Effect::new(move |_| refused.set(was_refused()));
    let locating = Action::new_unsync(move |(): &()| locate());
    let ask = move || {
        locating.dispatch(());
    };
    let asking =
        Memo::new(move |_| match (locating.pending().get(), locating.value().get(), kept) {
            (true, ..) => Asking::Looking,
            (false, Some(Ok(here)), _) | (false, None, Some(here)) => Asking::Found(here),
            (false, Some(Err(why)), _) => Asking::Not(why),
            (false, None, None) if refused.get() => Asking::Not(NoPosition::Refused),
            (false, None, None) => Asking::NotYet,
        });
    let busy = Signal::derive(move || asking.get() == Asking::Looking);
    // The button that was pressed stays, and with it the focus, while the phone looks.
    let told = Memo::new(move |_| match asking.get() {
        Asking::NotYet | Asking::Looking => Asking::NotYet,
        told => told,
    });
    let strip = move || match told.get() {
        Asking::NotYet | Asking::Looking => EitherOf3::A(view! { <AskStrip ask busy /> }),
        Asking::Found(here) => EitherOf3::B(view! { <FoundStrip here /> }),
        Asking::Not(why) => EitherOf3::C(view! { <NoStrip why ask /> }),
    };
    let near = move || match asking.get() {
        Asking::Found(here) if !is_chosen.get() => Some(view! { <NearList here /> }),
        Asking::NotYet | Asking::Looking | Asking::Found(_) | Asking::Not(_) => None,
    };
    let node = NodeRef::new();
    // Only an answer to this press: what was known before stands there without taking the focus.
    Effect::new(move |_| {
        if locating.value().get().is_some() {
            catch_the_focus(node);
        }
    });
    view! {
        <div aria-live="polite" tabindex="-1" node_ref=node>
            {strip}
        </div>
        {near}
    }
}

#[component]
fn AskStrip(ask: impl Fn() + Copy + 'static, busy: Signal<bool>) -> impl IntoView {
    let more = move || if busy.get() { words().place.looking } else { words().place.here_more };
    view! {
        <button
            type="button"
            class="strip river"
            aria-busy=move || busy.get().to_string()
            on:click=move |_| if !busy.get_untracked() { ask() }
        >
            <Icon name="locate" />
            <span>
                <b>{t(|w| w.place.here)}</b>
                <span class="q">{more}</span>
            </span>
        </button>
    }
}

/// The position, in words, and whether it goes along with the report.
#[component]
fn FoundStrip(here: Here) -> impl IntoView {
    let (writing, parks) = (Writing::expect(), Parks::expect());
    let used = move || writing.draft().read().place.here.is_some();
    let change = move |_| {
        writing.chose(|draft| {
            draft.place.here = if draft.place.here.is_some() { None } else { Some(here) };
            draft.place.unknown = false;
        });
    };
    let word = move || if used() { words().place.here_drop } else { words().place.here_use };
    let title = move || if used() { words().place.here_used } else { words().place.here };
    let outside = parks.pack().ok().and_then(|pack| point_outside(here.point(), pack));
    let is_vague = move || writing.draft().read().place.is_vague();
    view! {
        <div class="strip river">
            <Ring metres=here.accuracy_m />
            <span>
                <b>{title}</b>
                <span class="q">
                    {t(|w| (w.place.accuracy)(here.accuracy_m))}
                    {t(|w| w.parks.dot)} {t(|w| (w.place.ring)(VAGUE_M))}
                </span>
                {outside
                    .map(|it| view! { <span class="q told">{said_of(it, words())}</span> })}
            </span>
            <button type="button" class="btn sm" class:plain=used on:click=change>
                {word}
            </button>
        </div>
        <Show when=is_vague>
            <div class="card vague">
                <p class="caution">
                    <Icon name="needs" size=IconSize::Small />
                    <span>{t(|w| w.place.vague)}</span>
                </p>
                <Landmark />
            </div>
        </Show>
    }
}

/// No position: what to do instead. A refusal is not asked about again.
#[component]
fn NoStrip(why: NoPosition, ask: impl Fn() + Copy + 'static) -> impl IntoView {
    let more = move || match why {
        NoPosition::Refused => words().place.refused,
        NoPosition::NotFound => words().place.not_found,
    };
    view! {
        <div class="strip tell">
            <Icon name="locate" />
            <span>
                <b>{t(|w| w.place.no_position)}</b>
                <span class="q">{more}</span>
            </span>
            {(why == NoPosition::NotFound)
                .then(|| {
                    view! {
                        <button type="button" class="btn plain sm" on:click=move |_| ask()>
                            {t(|w| w.place.look_again)}
                        </button>
                    }
                })}
        </div>
    }
}

/// Communities and parks that have a point, the nearest first, with straight-line distances.
#[component]
fn NearList(here: Here) -> impl IntoView {
    let (parks, lang) = (Parks::expect(), Settings::expect().lang());
    let near = Signal::derive(move || {
        let Ok(pack) = parks.pack() else { return Vec::new() };
        let at = here.point();
        let near = nearest(pack, at, lang, MOST).into_iter();
        near.map(|(choice, metres)| (choice, Some(metres))).collect()
    });
    view! {
        <Section title=t(|w| w.place.near)>
            <Choices choices=near />
        </Section>
    }
}
