use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::ids::ReportId;
use outbox::{Delivery, Row, RowKey, clock, row::RefusalWhy};

use super::{Outbox, StoreError, items::Item, take_back::TakeBack};
use crate::{
    capture::{Draft, contact::given, reopen::to_draft},
    paths,
    ui::{Icon, IconSize, catch_the_focus, live, t, words},
};

/// What can be done with a thing beside sending it: change it, which makes its next revision, or
/// take it back. What is taken back already, or is no report, has neither.
///
/// A delivery changes the rows under a person who is being asked: a button is made anew only where
/// it would become another one.
pub(super) fn acts(item: Memo<Option<Item>>, draft: WentTo) -> impl IntoView {
    let report = Memo::new(move |_| item.get().is_some_and(|it| stands(&it.face)));
    let withdrawn = Memo::new(move |_| item.get().is_some_and(|it| it.face.withdrawn));
    let change = Memo::new(move |_| item.get().and_then(|it| change(&it)));
    let again = Memo::new(move |_| item.get().and_then(|it| again(&it.face)));
    view! {
        {move || withdrawn.get().then(|| draft.view())}
        {move || {
            report
                .get()
                .then(|| {
                    view! {
                        <div class="acts">
                            {move || again.get().map(again_link)}
                            {move || change.get().map(change_button)} {take_back(item, draft.taken_here)}
                        </div>
                    }
                })
        }}
    }
}

/// A report, or what somebody adds to the map.
fn stands(row: &Row) -> bool {
    ["report", "contribution"].contains(&row.kind.as_str()) && !row.withdrawn
}

fn is_report(row: &Row) -> bool {
    row.kind == "report"
}

/// Where the words of a report are that was taken back.
#[derive(Clone, Copy)]
pub(super) struct WentTo {
    /// The draft, if it was taken back on this screen.
    pub(super) taken_here: RwSignal<Option<ReportId>>,
    /// The draft, as it is found again.
    pub(super) found: Memo<Option<ReportId>>,
}

impl WentTo {
    fn view(self) -> Option<AnyView> {
        let here = self.taken_here.get();
        let draft = here.or_else(|| self.found.get())?;
        let node = NodeRef::new();
        // Nobody has pressed anything on a screen that only finds it.
        Effect::new(move |_| here.map(|_| catch_the_focus(node)));
        let view = view! {
            <div class="acts" role="status" tabindex="-1" node_ref=node>
                <p>{t(|w| w.outbox.taken_to_draft)}</p>
                <a href=paths::report_draft(draft) class="btn plain full">
                    {t(|w| w.outbox.draft_go_on)}
                </a>
            </div>
        };
        Some(view.into_any())
    }
}

/// What was told of may break again once it has been told. Without its words nobody knows where.
fn again(row: &Row) -> Option<ReportId> {
    let told = row.is_delivered() || matches!(row.delivery, Delivery::Partial { .. });
    (told && stands(row) && is_report(row) && row.has_words()).then_some(row.key.id)
}

fn again_link(id: ReportId) -> impl IntoView {
    view! {
        <a href=paths::report_again(id) class="btn plain full">
            <Icon name="redo" />
            {t(|w| w.outbox.again)}
        </a>
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Change {
    of: RowKey,
    /// It goes no further without one.
    needed: bool,
}

/// What is not whole on this phone any more cannot be changed, and what was erased on request is not
/// taken again.
fn change(item: &Item) -> Option<Change> {
    let row = &item.face;
    let erased = |why| why == RefusalWhy::Rejected(model::wire::Reason::Erased);
    let (needed, open) = match &row.delivery {
        Delivery::NeedsYou(refusal) => (true, !erased(refusal.why)),
        // Its number may have been refused, while the report itself was not.
        _ => (item.told().needs_you(), row.is_whole()),
    };
    (open && stands(row) && is_report(row)).then_some(Change { of: row.key, needed })
}

fn change_button(Change { of: key, needed }: Change) -> impl IntoView {
    let (outbox, navigate) = (Outbox::expect(), use_navigate());
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
            {t(|w| if needed { w.outbox.mend } else { w.outbox.edit })}
        </button>
        {not_done(change)}
    }
}

fn take_back(item: Memo<Option<Item>>, draft: RwSignal<Option<ReportId>>) -> impl IntoView {
    let outbox = Outbox::expect();
    let back = Action::new_unsync(move |(): &()| async move {
        let Some(id) = item.get_untracked().map(|it| it.face.key.id) else { return Ok(()) };
        let taken = outbox.take_back(id, draft_of_taken_back).await?;
        draft.set(taken.and_then(|it| it.draft));
        Ok(())
    });
    let what = Memo::new(move |_| {
        let of = |it: Item| (is_report(&it.face), !it.face.is_whole(), it.may_have_left());
        item.get().map(of)
    });
    // A change of it may wait, while whoever has the first is told all the same.
    let delivered = move || item.read().as_ref().is_some_and(|it| it.receipted().is_some());
    let text = live(move |w| match what.get().unwrap_or((true, false, false)) {
        (true, false, true) if delivered() => w.outbox.take_back_delivered,
        (false, _, true) => w.complete.take_back_sent,
        (false, _, false) => w.complete.take_back_unsent,
        (true, true, _) => w.outbox.take_back_bare,
        (true, false, true) => w.outbox.take_back_sent,
        (true, false, false) => w.outbox.take_back_unsent,
    });
    view! {
        <TakeBack
            take_back=t(|w| w.outbox.take_back)
            ask=t(|w| w.outbox.take_back_ask.to_owned())
            text
            keep=t(|w| w.outbox.take_back_keep)
            back
        />
    }
}

/// The phone did not keep what was asked: nothing has changed.
pub(super) fn not_done(asked: Action<(), Result<(), StoreError>>) -> impl IntoView {
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

fn draft_of(row: &Row, rows: &[Row]) -> Option<String> {
    said_in(row, rows).map(|draft| draft.to_json())
}

fn draft_of_taken_back(row: &Row, rows: &[Row]) -> Option<String> {
    let mut draft = said_in(row, rows)?;
    draft.from = Some(row.key.id);
    Some(draft.to_json())
}

fn said_in(row: &Row, rows: &[Row]) -> Option<Draft> {
    if !is_report(row) || !row.is_whole() {
        return None;
    }
    let mut draft = to_draft(row, clock::now().ms)?;
    draft.contact = given(row.key.id, rows);
    Some(draft)
}
