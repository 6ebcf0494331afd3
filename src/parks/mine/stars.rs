use std::collections::BTreeSet;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    outbox::Outbox,
    ui::{Icon, IconSize, words},
};

/// Which places the person has starred: for a mark in the lists.
#[derive(Clone, Copy)]
pub struct Stars(RwSignal<BTreeSet<String>>);

impl Stars {
    /// Gives the handle to everything below, and follows what is kept.
    pub fn provide(outbox: Outbox) {
        let stars = RwSignal::new(BTreeSet::new());
        Effect::new(move |_| {
            outbox.mine_changed();
            spawn_local(async move {
                // What cannot be read marks nothing; the page of what is kept says so.
                let kept = outbox.mine().await.unwrap_or_default();
                let now: BTreeSet<_> =
                    kept.into_iter().filter(|it| it.favourite).map(|it| it.id).collect();
                if stars.try_with_untracked(|before| *before != now).unwrap_or_default() {
                    stars.try_set(now);
                }
            });
        });
        provide_context(Self(stars));
    }
}

/// The mark of a starred place, where it is one. A list that stands alone has none.
pub(in crate::parks) fn star_of(id: String) -> impl Fn() -> Option<AnyView> {
    let stars = use_context::<Stars>();
    move || {
        stars.filter(|it| it.0.read().contains(&id)).map(|_| {
            view! {
                <span class="starred">
                    <Icon name="star" size=IconSize::Small />
                    <span class="vh">{words().mine.favourite_on}</span>
                </span>
            }
            .into_any()
        })
    }
}
