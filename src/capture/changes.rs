use leptos::prelude::*;
use outbox::RowKey;

use super::writing::Writing;
use crate::{
    outbox::Outbox,
    ui::{Strip, StripTone, words},
};

/// What is looked over is no new report: it changes one that is sealed, or comes from one that was taken
/// back.
#[component]
pub(super) fn Changes() -> impl IntoView {
    let (writing, outbox) = (Writing::expect(), Outbox::expect());
    let id = writing.id().get_untracked();
    let sealed = LocalResource::new(move || async move {
        let row = outbox.newest(id?).await.ok()?;
        row.filter(|row| !row.withdrawn).map(|row| row.key)
    });
    let from = Memo::new(move |_| writing.draft().read().from.is_some());
    let changed = move |RowKey { rev, .. }: RowKey| {
        let w = words().capture;
        view! {
            <Strip
                tone=StripTone::Tell
                icon="draft"
                title=words().outbox.draft_changes
                more=(w.changes_more)(rev + 1)
            />
        }
        .into_any()
    };
    let taken_back = move || {
        let w = words().capture;
        let title = words().outbox.draft_from;
        view! { <Strip tone=StripTone::Tell icon="undo" title more=w.from_more /> }.into_any()
    };
    move || sealed.get().flatten().map(changed).or_else(|| from.get().then(taken_back))
}
