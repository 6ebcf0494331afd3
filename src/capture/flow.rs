use leptos::prelude::*;
use model::ids::ReportId;

use super::{
    asks::AsksQuestion,
    call::CallPanel,
    check::CheckQuestion,
    cover::CoverQuestion,
    danger::DangerQuestion,
    details::DetailsQuestion,
    find::Found,
    kind::{KindQuestion, LeafQuestion},
    photo::{Intake, PhotoQuestion, Viewfinder},
    place::{LevelQuestion, PlaceQuestion},
    step::Step,
    way::Way,
    writing::{Kept, Writing},
};
use crate::{
    outbox::{DoubtfulStrip, Holding, Outbox, StoreError},
    paths,
    pwa::NewBuild,
    ui::{DemoLine, Heading, Icon, IconSize, Steps, Strip, StripTone, Text, live, t, words},
};

/// The questions of one draft.
#[component]
pub(super) fn Flow(
    /// The draft.
    found: Found,
    /// Its id.
    id: RwSignal<Option<ReportId>>,
    /// The question that the address asks for.
    asked: Signal<Option<String>>,
) -> impl IntoView {
    NewBuild::expect().hold();
    let resumed = found.resumed && !found.draft.says_nothing();
    let lost = found.lost;
    let writing = Writing::on(found, id);
    writing.provide();
    Intake::provide(writing);
    let way = Way::provide(writing, asked);
    way.name_the_draft();
    let step = way.step();
    Effect::new(move |_| writing.at(step.get()));
    let start = writing.draft().with_untracked(|draft| draft.start);
    let resumed_at = resumed.then(|| step.get_untracked());
    let lost_at = lost.then(|| step.get_untracked());
    let question = move || match step.get() {
        Step::Photo => view! { <PhotoQuestion /> }.into_any(),
        Step::Camera => view! { <Viewfinder /> }.into_any(),
        Step::Cover => view! { <CoverQuestion /> }.into_any(),
        Step::Kind => view! { <KindQuestion /> }.into_any(),
        Step::Leaf => view! { <LeafQuestion /> }.into_any(),
        Step::Danger => view! { <DangerQuestion /> }.into_any(),
        Step::Call => view! { <CallPanel /> }.into_any(),
        Step::Asks => view! { <AsksQuestion /> }.into_any(),
        Step::Place => view! { <PlaceQuestion /> }.into_any(),
        Step::Level => view! { <LevelQuestion /> }.into_any(),
        Step::Details => view! { <DetailsQuestion /> }.into_any(),
        Step::Check => view! { <CheckQuestion /> }.into_any(),
    };
    let (phone, holding) = (Outbox::expect().phone(), Outbox::expect().holding());
    // Said before the first word is written.
    let doubtful = move || holding.get() == Holding::Doubtful;
    view! {
        <div class="page bare flowing">
            <DemoLine mode=Signal::derive(move || phone.read().mode()) />
            // Nothing stands before a number that has to be called, nor beside a viewfinder.
            <Show when=move || !matches!(step.get(), Step::Call | Step::Camera)>
                <Top />
                <Steps at=Signal::derive(move || step.get().question(start)) />
                <NotKept />
                <Show when=move || writing.is_apart().get()>
                    <div class="body over" role="status">
                        <Strip
                            tone=StripTone::Needs
                            icon="info"
                            title=t(|w| w.capture.apart)
                            more=t(|w| w.capture.apart_more)
                        />
                    </div>
                </Show>
                <Show when=move || step.get() == Step::Photo && doubtful()>
                    <div class="body over">
                        <DoubtfulStrip />
                    </div>
                </Show>
                <Show when=move || lost_at == Some(step.get())>
                    <div class="body over">
                        <Strip
                            tone=StripTone::Tell
                            icon="info"
                            title=t(|w| w.capture.lost)
                            more=t(|w| w.capture.lost_more)
                        />
                    </div>
                </Show>
                <Show when=move || resumed_at == Some(step.get())>
                    <Resumed />
                </Show>
            </Show>
            {question}
        </div>
    }
}

/// Before the draft is here: the question's heading, and nothing that could be lost.
#[component]
pub(super) fn Waiting(
    /// The question that the address asks for.
    asked: Signal<Option<String>>,
) -> impl IntoView {
    let step = move || asked.read().as_ref().and_then(|it| it.parse().ok()).unwrap_or(Step::Photo);
    let title = live(move |w| (w.capture.ask)(step()).to_owned());
    let phone = Outbox::expect().phone();
    view! {
        <div class="page bare flowing">
            <DemoLine mode=Signal::derive(move || phone.read().mode()) />
            <header class="top">
                <span class="what">{t(|w| w.capture.tab)}</span>
            </header>
            <Steps at=Signal::derive(move || step().question(Step::Photo)) />
            <div class="body">
                <div class="ask">
                    <Heading text=title />
                </div>
            </div>
        </div>
    }
}

/// Back, the name of the room, and the tick that is shown only after a commit.
#[component]
fn Top() -> impl IntoView {
    let way = Way::expect();
    view! {
        <header class="top">
            <button
                type="button"
                class="ib"
                aria-label=t(|w| w.common.back)
                on:click=move |_| way.back()
            >
                <Icon name="back" />
            </button>
            <span class="what">{t(|w| w.capture.tab)}</span>
            <KeptTick />
        </header>
    }
}

#[component]
fn KeptTick() -> impl IntoView {
    let kept = Writing::expect().kept();
    let page_only = Outbox::expect().is_on_this_page_only();
    view! {
        <span class="kept" aria-live="polite">
            <Show when=move || kept.get() == Kept::All && !page_only.get()>
                <Icon name="saved" size=IconSize::Small />
                {t(|w| w.capture.draft_kept)}
            </Show>
        </span>
    }
}

/// The phone did not keep the last change: what to do, for as long as it is so.
#[component]
fn NotKept() -> impl IntoView {
    let kept = Writing::expect().kept();
    let error = move || match kept.get() {
        Kept::Not(error) => Some(error),
        Kept::Nothing | Kept::Behind | Kept::All => None,
    };
    let title = move |error| match error {
        StoreError::Full => words().capture.full,
        StoreError::Unavailable | StoreError::Failed => words().capture.not_kept,
    };
    let more = move |error| match error {
        StoreError::Full => words().capture.full_more,
        StoreError::Unavailable | StoreError::Failed => words().capture.not_kept_more,
    };
    move || {
        error().map(|error| {
            view! {
                <div class="body over" role="alert">
                    <Strip
                        tone=StripTone::Needs
                        icon="needs"
                        title=Signal::derive(move || title(error).to_owned())
                        more=Signal::derive(move || more(error).to_owned())
                    />
                </div>
            }
        })
    }
}

/// The draft was begun before: say so, and offer a new one.
#[component]
fn Resumed() -> impl IntoView {
    view! {
        <p class="resumed">
            {t(|w| w.capture.resumed)}
            <a href=paths::REPORT_ANOTHER>{t(|w| w.capture.another)}</a>
        </p>
    }
}

/// What a question is made of: its heading, its answers, and the way on at the foot.
#[component]
pub(super) fn Question(
    /// The question.
    #[prop(into)]
    ask: Text,
    /// A line of help.
    #[prop(optional, into)]
    help: Option<Text>,
    /// The buttons at the foot.
    #[prop(optional)]
    foot: Option<AnyView>,
    /// The answers.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="body">
            <div class="ask">
                <Heading text=ask />
                {help.map(|help| view! { <p class="q">{help}</p> })}
            </div>
            {children()}
        </div>
        {foot.map(|foot| view! { <div class="foot">{foot}</div> })}
    }
}

/// The foot of a question: on, and beside it another way if there is one.
#[component]
pub(super) fn Onward(
    /// Words of the plain button: the question is passed over.
    #[prop(optional, into)]
    skip: Option<Text>,
    /// What passing over does besides going on.
    #[prop(optional, into)]
    on_skip: Option<Callback<()>>,
) -> impl IntoView {
    let way = Way::expect();
    let reviewed = Writing::expect().draft();
    let words = move || {
        if reviewed.read().reviewed { words().capture.back_to_check } else { words().capture.next }
    };
    let go = move |_| way.onward();
    let pass = move |_| {
        if let Some(on_skip) = on_skip {
            on_skip.run(());
        }
        way.onward();
    };
    let class = if skip.is_some() { "two wide2" } else { "one" };
    view! {
        <div class=class>
            {skip
                .map(|skip| {
                    view! {
                        <button type="button" class="btn plain" on:click=pass>
                            {skip}
                        </button>
                    }
                })}
            <button type="button" class="btn full" on:click=go>
                {words}
                <Icon name="next" size=IconSize::Small />
            </button>
        </div>
    }
}
