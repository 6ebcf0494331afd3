use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};
use model::ids::ReportId;
use outbox::{Delivery, Row, clock, row::RefusalWhy};

use super::{Outbox, StoreError, items::Item};
use crate::{
    capture::reopen::to_draft,
    paths,
    ui::{Dialog, Icon, IconSize, t, words},
};

/// What can be done with a thing beside sending it: change it, which makes its next revision, or
/// take it back. What is taken back already, or is no report, has neither. `draft`: where the words
/// of a report are that was taken back on this screen.
pub(super) fn acts(item: &Item, draft: RwSignal<Option<ReportId>>) -> AnyView {
    let row = &item.face;
    if row.withdrawn {
        return (move || draft.get().map(went_to)).into_any();
    }
    if row.kind != "report" {
        return ().into_any();
    }
    view! { <div class="acts">{edit(row)} {take_back(item, draft)}</div> }.into_any()
}

fn went_to(draft: ReportId) -> impl IntoView {
    view! {
        <div class="acts" role="status">
            <p>{t(|w| w.outbox.taken_to_draft)}</p>
            <A href=paths::report_draft(draft) attr:class="btn plain full">
                {t(|w| w.outbox.draft_go_on)}
            </A>
        </div>
    }
}

/// Words that are not on this phone any more cannot be changed, and what was erased on request is
/// not taken again.
fn edit(row: &Row) -> AnyView {
    let erased = |why| why == RefusalWhy::Rejected(model::wire::Reason::Erased);
    let (needed, open) = match &row.delivery {
        Delivery::NeedsYou(refusal) => (true, !erased(refusal.why)),
        _ => (false, !row.sealed.is_empty()),
    };
    if !open {
        return ().into_any();
    }
    let (outbox, navigate, key) = (Outbox::expect(), use_navigate(), row.key);
    let change = Action::new_unsync(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            let draft = outbox.edit(key, draft_of).await?;
            if let Some(id) = draft {
                navigate(&paths::report_draft(id), NavigateOptions::default());
            }
            Ok(())
        }
    });
    let class = if needed { "btn full" } else { "btn plain full" };
    view! {
        <button
            type="button"
            class=class
            disabled=move || change.pending().get()
            on:click=move |_| {
                change.dispatch(());
            }
        >
            <Icon name="draft" />
            {t(move |w| if needed { w.outbox.mend } else { w.outbox.edit })}
        </button>
        {not_done(change)}
    }
    .into_any()
}

fn take_back(item: &Item, draft: RwSignal<Option<ReportId>>) -> AnyView {
    let (outbox, id) = (Outbox::expect(), item.face.key.id);
    let asked = RwSignal::new(false);
    let back = Action::new_unsync(move |(): &()| async move {
        asked.set(false);
        let taken = outbox.take_back(id, draft_of).await?;
        draft.set(taken.and_then(|it| it.draft));
        Ok(())
    });
    let (bare, sent) = (item.face.sealed.is_empty(), item.may_have_left());
    let text = t(move |w| match (bare, sent) {
        (true, _) => w.outbox.take_back_bare,
        (false, true) => w.outbox.take_back_sent,
        (false, false) => w.outbox.take_back_unsent,
    });
    view! {
        <button type="button" class="btn text full" on:click=move |_| asked.set(true)>
            <Icon name="undo" />
            {t(|w| w.outbox.take_back)}
        </button>
        {not_done(back)}
        <Dialog
            open=asked
            title=t(|w| w.outbox.take_back_ask.to_owned())
            on_dismiss=move |()| asked.set(false)
        >
            <p>{text}</p>
            <div class="acts">
                <button type="button" class="btn full" on:click=move |_| asked.set(false)>
                    {t(|w| w.outbox.take_back_keep)}
                </button>
                <button
                    type="button"
                    class="btn plain full"
                    on:click=move |_| {
                        back.dispatch(());
                    }
                >
                    {t(|w| w.outbox.take_back)}
                </button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// The phone did not keep what was asked: nothing has changed.
fn not_done(asked: Action<(), Result<(), StoreError>>) -> impl IntoView {
    let failed = move || asked.value().with(|value| matches!(value, Some(Err(_))));
    move || {
        failed().then(|| {
            view! {
                <p class="field-err" role="alert">
                    <Icon name="needs" size=IconSize::Small />
                    {words().outbox.not_done}
                </p>
            }
        })
    }
}

fn draft_of(row: &Row) -> Option<String> {
    to_draft(row, clock::now().ms).map(|draft| draft.to_json())
}
