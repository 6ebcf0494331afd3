use core::time::Duration;

use leptos::{either::Either, prelude::*, task::spawn_local_scoped_with_cancellation};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query},
};
use model::ids::ReportId;
use outbox::clock;

use super::{
    find::{Found, Outcome, Want, find},
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
    let unnamed = JustSealed::provide().unnamed();
    let query = use_query::<ReportQuery>();
    let want = Memo::new(move |_| Want::of(&query.read()));
    let asked = Signal::derive(move || query.read().as_ref().ok().and_then(|it| it.step.clone()));
    let sealed = Memo::new(move |_| match want.get() {
        Want::Sealed(id) => Some(id),
        _ => unnamed.get(),
    });
    name_the_sealed(unnamed, want);
    let id = RwSignal::new(None);
    let found = RwSignal::new(None);
    open(want, id, found);
    follow_the_draft(want, id);
    move || match sealed.get() {
        Some(id) => Either::Left(view! { <SealedPage id /> }),
        None => Either::Right(move || match found.get() {
            Some(found) => Either::Left(view! { <Flow found id asked /> }),
            None => Either::Right(view! { <Waiting asked /> }),
        }),
    }
}

/// The router hears of a sealed report when that has been drawn: 已存手机 stands sooner for it. The
/// questions are no place to come back to.
fn name_the_sealed(unnamed: RwSignal<Option<ReportId>>, want: Memo<Want>) {
    const AFTER_THE_SCREEN: Duration = Duration::from_millis(100);
    let navigate = use_navigate();
    Effect::new(move |_| {
        let Some(id) = unnamed.get() else { return };
        // The questions may have been scrolled.
        window().scroll_to_with_x_and_y(0.0, 0.0);
        let navigate = navigate.clone();
        let name = move || {
            // Whoever has left the room meanwhile stays where they are.
            if unnamed.try_get_untracked().flatten() == Some(id) {
                let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                navigate(&paths::report_sealed(id), options);
            }
        };
        set_timeout(name, AFTER_THE_SCREEN);
    });
    Effect::new(move |_| {
        if matches!(want.get(), Want::Sealed(_)) {
            unnamed.set(None);
        }
    });
}

/// Brings the draft that the address asks for, unless it is the one on the screen.
fn open(asked: Memo<Want>, id: RwSignal<Option<ReportId>>, found: RwSignal<Option<Found>>) {
    let (outbox, parks) = (Outbox::expect(), Parks::expect());
    let navigate = use_navigate();
    Effect::new(move |before: Option<()>| {
        let want = asked.get();
        if found.with_untracked(Option::is_some) && want.is_met_by(id.get_untracked()) {
            return;
        }
        found.set(None);
        let (navigate, parks) = (navigate.clone(), parks.clone());
        let to = move |address: &str| {
            navigate(address, NavigateOptions { replace: true, ..NavigateOptions::default() });
        };
        spawn_local_scoped_with_cancellation(async move {
            match find(want.clone(), outbox, &parks, clock::now().ms).await {
                Outcome::Elsewhere => {}
                Outcome::Draft(draft) => {
                    let address = paths::report_step(draft.id, draft.draft.step.as_str());
                    id.set(draft.id);
                    found.set(Some(*draft));
                    to(&address);
                }
                Outcome::Sealed(id) if before.is_some() => {
                    go_on_back(move || {
                        if asked.try_get_untracked() == Some(want) {
                            to(&paths::report_sealed(id));
                        }
                    });
                }
                Outcome::Sealed(id) => to(&paths::report_sealed(id)),
            }
        });
    });
}

/// What another page has overtaken goes on as a draft of its own, and the address with it.
fn follow_the_draft(want: Memo<Want>, id: RwSignal<Option<ReportId>>) {
    let navigate = use_navigate();
    Effect::new(move |before: Option<Option<ReportId>>| {
        let now = id.get();
        if let (Some(Some(before)), Some(now)) = (before, now)
            && before != now
            && let Want::Draft(asked, Some(step)) = want.get_untracked()
            && asked == before
        {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&paths::report_step(Some(now), step.as_str()), options);
        }
        now
    });
}

/// Somebody goes back from a sealed report: its questions are gone, and the way leads on to where it
/// was begun from. `otherwise`: after a moment, for there may be nothing before them.
fn go_on_back(otherwise: impl FnOnce() + 'static) {
    const MOMENT: Duration = Duration::from_millis(400);
    drop(window().history().and_then(|it| it.back()));
    set_timeout(otherwise, MOMENT);
}
