use leptos::{either::Either, prelude::*, task::spawn_local};
use leptos_router::components::A;
use model::mine::Mine;

use super::{files::Files, keep::stamp_words};
use crate::{
    outbox::{Outbox, StoreError},
    parks::{Parks, row::title},
    paths,
    ui::{
        Dialog, Empty, Icon, IconBox, IconSize, Section, Strip, StripTone, Tone, TopBar, t, words,
    },
};

/// 我的公园: what the person keeps of parks for themselves, on this phone.
#[component]
pub fn MinePage() -> impl IntoView {
    let outbox = Outbox::expect();
    let kept = RwSignal::new(None::<Result<Vec<Mine>, StoreError>>);
    Effect::new(move |_| {
        outbox.changed();
        spawn_local(async move {
            let read = outbox.mine().await;
            kept.try_set(Some(read));
        });
    });
    let page_only = outbox.is_on_this_page_only();
    let inside = move || match kept.get() {
        None => ().into_any(),
        Some(Err(_)) => {
            let title = t(|w| w.mine.unreadable.to_owned());
            view! { <Strip tone=StripTone::Needs icon="needs" title /> }.into_any()
        }
        Some(Ok(kept)) => everything(kept).into_any(),
    };
    view! {
        <div class="page">
            <TopBar title=t(|w| w.mine.page.to_owned()) back=paths::PARKS />
            <div class="body">
                <p class="q">
                    {move || {
                        let w = words().mine;
                        if page_only.get() { w.page_only } else { w.only_here_more }
                    }}
                </p>
                {inside}
                <Files />
                <Forget />
            </div>
        </div>
    }
}

fn everything(kept: Vec<Mine>) -> impl IntoView {
    if kept.is_empty() {
        return Either::Left(view! {
            <Empty
                title=t(|w| w.mine.nothing.to_owned())
                text=t(|w| w.mine.nothing_more.to_owned())
            >
                <A href=paths::PARKS attr:class="btn plain">
                    {t(|w| w.failure.all_parks)}
                </A>
            </Empty>
        });
    }
    let part = |title: Signal<&'static str>, of: Vec<Mine>| {
        (!of.is_empty()).then(|| {
            let rows = of.into_iter().map(|mine| view! { <MineRow mine /> }).collect_view();
            view! {
                <Section title>
                    <ul class="list">{rows}</ul>
                </Section>
            }
        })
    };
    let (favourites, others): (Vec<_>, Vec<_>) = kept.into_iter().partition(|it| it.favourite);
    Either::Right(view! {
        {part(t(|w| w.mine.favourites), favourites)}
        {part(t(|w| w.mine.others), others)}
    })
}

/// A park, its stamps and its note. One that has left the data keeps the name it had.
#[component]
fn MineRow(mine: Mine) -> impl IntoView {
    let parks = Parks::expect();
    let known = parks.park(&mine.id).cloned();
    let is_known = known.is_some();
    let name = mine.name.clone();
    let name = move || known.as_ref().map_or_else(|| name.clone(), title);
    let href = paths::park(&mine.id);
    let stamps = mine.visits.clone();
    let note = mine.note.as_ref().map(|it| it.text.clone());
    let earlier = mine.earlier.len();
    view! {
        <li>
            <a class="row top0" href=href>
                <IconBox
                    icon=if mine.favourite { "star" } else { "park" }
                    tone=if is_known { Tone::Leaf } else { Tone::Mute }
                />
                <span class="m">
                    <b>{name}</b>
                    {(!is_known).then(|| view! { <span>{t(|w| w.mine.gone)}</span> })}
                    {stamps
                        .into_iter()
                        .map(|visit| {
                            view! {
                                <span>
                                    <Icon name="stamp" size=IconSize::Small />
                                    {move || stamp_words(visit)}
                                </span>
                            }
                        })
                        .collect_view()}
                    {note.map(|note| view! { <span class="note-line">{note}</span> })}
                    {(earlier > 0)
                        .then(|| {
                            view! { <span>{t(move |w| (w.mine.earlier_count)(earlier))}</span> }
                        })}
                </span>
                <span class="e">
                    <Icon name="next" size=IconSize::Small />
                </span>
            </a>
        </li>
    }
}

/// Everything of it goes, after one question.
#[component]
fn Forget() -> impl IntoView {
    let outbox = Outbox::expect();
    let asked = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let forget = move |_| {
        asked.set(false);
        spawn_local(async move {
            let gone = outbox.forget_mine().await;
            failed.try_set(gone.is_err());
        });
    };
    view! {
        <button type="button" class="btn text full" on:click=move |_| asked.set(true)>
            <Icon name="bin" />
            {t(|w| w.mine.forget)}
        </button>
        <Show when=move || failed.get()>
            <p class="caution" role="alert">
                {t(|w| w.mine.not_kept)}
            </p>
        </Show>
        <Dialog
            open=asked
            title=t(|w| w.mine.forget_ask.to_owned())
            on_dismiss=move |()| asked.set(false)
        >
            <p>{t(|w| w.mine.forget_more)}</p>
            <div class="acts">
                <button type="button" class="btn full" on:click=move |_| asked.set(false)>
                    {t(|w| w.mine.forget_not)}
                </button>
                <button type="button" class="btn plain full" on:click=forget>
                    {t(|w| w.mine.forget)}
                </button>
            </div>
        </Dialog>
    }
}
