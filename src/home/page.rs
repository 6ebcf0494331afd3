use leptos::prelude::*;

use super::{Waiting, waiting::WaitingStrip};
use crate::{
    outbox::Outbox,
    parks::{Exploring, ParkRow, Parks, listed_first},
    paths,
    settings::{Edition, Settings, UrgentNumbers},
    ui::{Heading, Icon, IconSize, Row, Section, Wordmark, live, t, words},
};

/// How many parks stand on the door.
const FEW: usize = 4;

/// 首页. Both editions are in the document; the style sheet shows one, so that nothing jumps when
/// the edition is known.
#[component]
pub fn HomePage(
    /// What of the outbox is spoken of.
    waiting: Signal<Waiting>,
) -> impl IntoView {
    view! {
        <div class="page home">
            <Slope />
            <div class="body">
                <WaitingStrip waiting />
                <div class="cols only-standard">
                    <FewParks />
                    <UrgentNumbers />
                </div>
                <ElderRows />
            </div>
        </div>
    }
}

/// The dark slope with its contour lines: the name, the question, the one large action.
#[component]
fn Slope() -> impl IntoView {
    let page_only = Outbox::expect().is_on_this_page_only();
    let no_network =
        live(move |w| if page_only.get() { w.holding.no_network } else { w.home.no_network });
    view! {
        <div class="slope">
            <div class="in0">
                <div class="bar0">
                    <Wordmark />
                    <span class="sp"></span>
                    <EditionButton />
                </div>
                <Heading text=t(|w| w.home.ask) document_name=t(|w| w.home.tab) />
                <p class="sub">{no_network}</p>
                <a href=paths::REPORT class="btn lamp big full">
                    <Icon name="camera" />
                    {t(|w| w.home.start)}
                </a>
                <div class="ways">
                    <a href=paths::REPORT_PLACE_FIRST>
                        <Icon name="pin" size=IconSize::Small />
                        {t(|w| w.home.place_first)}
                    </a>
                    <a href=paths::REPORT_KIND_FIRST>
                        <Icon name="list" size=IconSize::Small />
                        {t(|w| w.home.kind_first)}
                    </a>
                </div>
            </div>
            <svg class="edge" viewBox="0 0 400 30" preserveAspectRatio="none" aria-hidden="true">
                <path d="M0 30v-5h112q9 0 9-6v-1q0-6 9-6h112q9 0 9-6v0q0-5 9-5h140v29z"></path>
            </svg>
        </div>
    }
}

/// To the other edition and back.
#[component]
fn EditionButton() -> impl IntoView {
    let settings = Settings::expect();
    let change = move |_| {
        settings.set_edition(match settings.edition().get_untracked() {
            Edition::Standard => Edition::Elder,
            Edition::Elder => Edition::Standard,
        });
    };
    view! {
        <button type="button" class="eld" on:click=change>
            <span class="only-standard">
                <Icon name="text" size=IconSize::Small />
                {t(|w| w.home.elder_on)}
            </span>
            <span class="only-elder">{t(|w| w.home.elder_off)}</span>
        </button>
    }
}

/// The first few of the list, the nearest where a person has asked for that, and the way to all.
/// Nothing without a pack: 公园 says why.
#[component]
fn FewParks() -> impl IntoView {
    let (parks, from) = (Parks::expect(), Exploring::expect().from());
    let count = parks.pack().ok().map(|pack| pack.parks.len());
    let rows = move || {
        let few = parks.pack().ok().map(|pack| listed_first(pack, from.get()).take(FEW));
        let few = few.into_iter().flatten();
        few.map(|(park, away)| view! { <ParkRow park=park.clone() away /> }).collect_view()
    };
    count.map(|count| {
        let all = t(|w| (w.home.all_parks)(count));
        view! {
            <Section title=t(|w| w.home.parks) more=(paths::PARKS.into(), all)>
                <ul class="list">{rows}</ul>
            </Section>
        }
    })
}

/// What the bar of three does not hold.
#[component]
fn ElderRows() -> impl IntoView {
    let parks = Parks::expect();
    let count = parks.pack().map_or(0, |pack| pack.parks.len());
    let all = Signal::derive(move || match count {
        0 => String::new(),
        _ => (words().home.all_parks)(count),
    });
    view! {
        <ul class="list tall only-elder">
            <Row href=paths::PARKS icon="park" title=t(|w| w.home.parks_row) more=all />
            <Row
                href=paths::HELP
                icon="call"
                title=t(|w| w.home.phones_row)
                more=t(|w| w.home.phones_row_more)
            />
            <Row
                href=paths::ME
                icon="me"
                title=t(|w| w.home.me_row)
                more=t(|w| w.home.me_row_more)
            />
        </ul>
    }
}
