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

    /// Has the person starred this place?
    pub(in crate::parks) fn has(self, id: &str) -> bool {
        self.0.read().contains(id)
    }
}

/// The mark of a starred place.
pub(in crate::parks) fn star() -> impl IntoView {
    view! {
        <span class="starred">
            <Icon name="star" size=IconSize::Small />
            <span class="vh">{words().mine.favourite_on}</span>
        </span>
    }
}
