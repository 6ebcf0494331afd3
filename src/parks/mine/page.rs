use leptos::{either::Either, prelude::*, task::spawn_local};
use model::mine::Mine;

use super::{files::Files, forget::Forget, row::MineRow};
use crate::{
    outbox::{Outbox, StoreError},
    paths,
    ui::{
        Empty, Icon, Section, Strip, StripTone, TopBar, catch_the_focus_when_fewer, live, t, words,
    },
};

/// 我的公园: what the person keeps of parks for themselves, on this phone.
#[component]
pub fn MinePage() -> impl IntoView {
    let outbox = Outbox::expect();
    let kept = RwSignal::new(None::<Result<Vec<Mine>, StoreError>>);
    let unreadable = RwSignal::new(0);
    Effect::new(move |_| {
        outbox.mine_changed();
        spawn_local(async move {
            let read = outbox.mine().await;
            kept.try_set(Some(read));
            let count = outbox.mine_count().await.unwrap_or_default();
            unreadable.try_set(count.unreadable);
        });
    });
    let node = NodeRef::new();
    catch_the_focus_when_fewer(node, move || {
        kept.with(|it| it.as_ref().and_then(|it| it.as_ref().ok()).map_or(0, Vec::len))
    });
    let page_only = outbox.is_on_this_page_only();
    let inside = move || match kept.get() {
        None => ().into_any(),
        Some(Err(_)) => {
            let title = t(|w| w.mine.unreadable);
            view! { <Strip tone=StripTone::Needs icon="needs" title /> }.into_any()
        }
        Some(Ok(kept)) => everything(kept).into_any(),
    };
    view! {
        <div class="page">
            <TopBar title=t(|w| w.mine.page) back=paths::PARKS />
            <div class="body" tabindex="-1" node_ref=node>
                <p class="q">
                    {move || {
                        let w = words().mine;
                        if page_only.get() { w.page_only } else { w.only_here_more }
                    }}
                </p>
                <Lost />
                <Show when=move || { unreadable.get() > 0 }>
                    <Strip
                        tone=StripTone::Needs
                        icon="needs"
                        title=live(move |w| (w.mine.some_unreadable)(unreadable.get()))
                    />
                </Show>
                {inside}
                <Files />
                <Forget what=t(|w| w.mine.forget) ask=t(|w| w.mine.forget_ask.to_owned()) />
            </div>
        </div>
    }
}

fn everything(kept: Vec<Mine>) -> impl IntoView {
    if kept.is_empty() {
        return Either::Left(view! {
            <Empty
                title=t(|w| w.mine.nothing)
                text=t(|w| w.mine.nothing_more)
            >
                <a href=paths::PARKS class="btn plain">
                    {t(|w| w.failure.all_parks)}
                </a>
            </Empty>
        });
    }
    let part = |title: &'static str, of: Vec<Mine>| {
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

/// The storage came back empty. Stays until it is read.
#[component]
fn Lost() -> impl IntoView {
    let outbox = Outbox::expect();
    let lost = outbox.mine_lost();
    view! {
        <div role="status">
            <Show when=move || { lost.get() > 0 }>
                <div class="strip needs long">
                    <Icon name="needs" />
                    <span>
                        <b>{live(move |w| (w.mine.lost)(lost.get()))}</b>
                        <span class="q">{t(|w| w.mine.lost_more)}</span>
                    </span>
                    <button
                        type="button"
                        class="btn plain sm"
                        on:click=move |_| outbox.mine_loss_is_read()
                    >
                        {t(|w| w.mine.lost_read)}
                    </button>
                </div>
            </Show>
        </div>
    }
}
