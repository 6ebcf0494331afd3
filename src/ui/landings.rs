use leptos::prelude::*;

use super::{Icon, IconSize, words::words};

/// The three landings of a report's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Landing {
    /// In this phone's storage, committed.
    Saved,
    /// A verified receipt is here, and nothing is missing.
    Delivered,
    /// A person has accepted the case.
    Accepted,
}

impl Landing {
    const ALL: [Self; 3] = [Self::Saved, Self::Delivered, Self::Accepted];

    fn icon(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Delivered => "delivered",
            Self::Accepted => "accepted",
        }
    }

    fn word(self, demo: bool) -> &'static str {
        let w = words().common;
        match (self, demo) {
            (Self::Saved, _) => w.saved,
            (Self::Delivered, false) => w.delivered,
            (Self::Delivered, true) => w.delivered_demo,
            (Self::Accepted, _) => w.accepted,
        }
    }
}

/// 已存手机 → 已送达 → 已受理: solid is reached, dashed is to come, the lamp stands on the last one
/// reached.
#[component]
pub fn Landings(
    /// The last landing reached; none before the report is saved.
    #[prop(into)]
    reached: Signal<Option<Landing>>,
    /// A short line under each: when, or what it waits for.
    #[prop(into)]
    notes: Signal<[String; 3]>,
    /// The service is one that nobody reads.
    #[prop(optional, into)]
    demo: Signal<bool>,
    /// It stands on the dark slope.
    #[prop(optional)]
    on_slope: bool,
    /// The browser keeps nothing: the first landing is none.
    #[prop(optional, into)]
    page_only: Signal<bool>,
) -> impl IntoView {
    let landings = Landing::ALL.into_iter().enumerate().map(|(nth, landing)| {
        let left_out = move || landing == Landing::Saved && page_only.get();
        view! {
            <li
                hidden=left_out
                class:on=move || reached.get().is_some_and(|it| it >= landing)
                class:now=move || reached.get() == Some(landing)
                aria-current=move || (reached.get() == Some(landing)).then_some("step")
            >
                <b>
                    <Icon name=landing.icon() size=IconSize::Small />
                    {move || landing.word(demo.get())}
                </b>
                {move || notes.read()[nth].clone()}
            </li>
        }
    });
    view! { <ol class=if on_slope { "climb deep" } else { "climb" }>{landings.collect_view()}</ol> }
}

/// The same on a row of 上报箱, small and without words: the chip beside it says them.
#[component]
pub fn SmallLandings(
    /// The last landing reached.
    #[prop(into)]
    reached: Signal<Option<Landing>>,
) -> impl IntoView {
    let on = move |landing| reached.get().is_some_and(|it| it >= landing);
    view! {
        <svg class="mc" viewBox="0 0 40 18" aria-hidden="true">
            <path class:on=move || on(Landing::Saved) d="M2 15h10"></path>
            <path class:on=move || on(Landing::Delivered) d="M12 15V9.5h12"></path>
            <path class:on=move || on(Landing::Accepted) d="M24 9.5V4h14"></path>
        </svg>
    }
}
