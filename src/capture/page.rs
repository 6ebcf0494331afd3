use leptos::{either::Either, prelude::*, task::spawn_local_scoped_with_cancellation};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query},
};
use model::ids::ReportId;
use outbox::clock;

use super::{
    find::{Found, Want, find},
    flow::{Flow, Waiting},
    sealed::{JustSealed, SealedPage},
};
use crate::{
    outbox::Outbox,
    parks::Parks,
    paths::{self, ReportQuery},
};

/// 上报. The first render knows only the address; the draft comes in an effect.
#[component]
pub fn ReportPage() -> impl IntoView {
    JustSealed::provide();
    let query = use_query::<ReportQuery>();
    let want = Memo::new(move |_| Want::of(&query.read()));
    let asked = Signal::derive(move || query.read().as_ref().ok().and_then(|it| it.step.clone()));
    let sealed = Memo::new(move |_| match want.get() {
        Want::Sealed(id) => Some(id),
        _ => None,
    });
    let id = RwSignal::new(None);
    let found = RwSignal::new(None);
    open(want, id, found);
    move || match sealed.get() {
        Some(id) => Either::Left(view! { <SealedPage id /> }),
        None => Either::Right(move || match found.get() {
            Some(found) => Either::Left(view! { <Flow found id asked /> }),
            None => Either::Right(view! { <Waiting asked /> }),
        }),
    }
}

/// Brings the draft that the address asks for, unless it is the one on the screen.
fn open(want: Memo<Want>, id: RwSignal<Option<ReportId>>, found: RwSignal<Option<Found>>) {
    let (outbox, parks) = (Outbox::expect(), Parks::expect());
    let navigate = use_navigate();
    Effect::new(move |_| {
        let want = want.get();
        if found.with_untracked(Option::is_some) && want.is_met_by(id.get_untracked()) {
            return;
        }
        found.set(None);
        let (navigate, parks) = (navigate.clone(), parks.clone());
        spawn_local_scoped_with_cancellation(async move {
            let Some(draft) = find(want, outbox, &parks, clock::now().ms).await else { return };
            let address = paths::report_step(draft.id, draft.draft.step.as_str());
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            id.set(draft.id);
            found.set(Some(draft));
            navigate(&address, options);
        });
    });
}
