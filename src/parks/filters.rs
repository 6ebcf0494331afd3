use leptos::{html, prelude::*};
use model::pack::{Fact, Park};

use super::{
    Parks,
    exploring::Exploring,
    filter::{Filter, Question, Size, Want},
};
use crate::ui::{Chip, Icon, IconSize, t, words};

/// What people ask for most stands in the row; all else behind 筛选.
const QUICK: [(Want, &str); 5] = [
    (Want::Open, "check"),
    (Want::Has("toilet"), "toilet"),
    (Want::Has("playground"), "play"),
    (Want::Has("court"), "ball"),
    (Want::Has("trail"), "trail"),
];

const PANEL: &str = "filters";

/// The row of filters, the panel that holds all of them, and for each question the offer to show
/// also those of which nobody says.
#[component]
pub(super) fn Filters() -> impl IntoView {
    let exploring = Exploring::expect();
    let open = RwSignal::new(false);
    let chip = NodeRef::<html::Button>::new();
    let close = move |()| {
        open.set(false);
        // The button that had the focus goes with the panel.
        chip.get_untracked().inspect(|chip| drop(chip.focus()));
    };
    let count = move || (words().explore.filter)(exploring.filter.read().len());
    view! {
        <div class="filters">
            <div class="chips" role="group" aria-label=t(|w| w.explore.filters)>
                <button
                    type="button"
                    class="chip"
                    node_ref=chip
                    aria-expanded=move || open.get().to_string()
                    aria-controls=PANEL
                    on:click=move |_| open.update(|it| *it = !*it)
                >
                    <Icon name="filter" size=IconSize::Small />
                    {count}
                </button>
                {QUICK
                    .into_iter()
                    .map(|(want, icon)| view! { <WantChip want icon=icon /> })
                    .collect_view()}
            </div>
            <div id=PANEL>
                <Show when=move || open.get()>
                    <Panel on_close=close />
                </Show>
            </div>
            <Unknowns />
        </div>
    }
}

/// A filter. Where no place is said to be so, there is nothing to press.
#[component]
fn WantChip(want: Want, #[prop(optional)] icon: Option<&'static str>) -> impl IntoView {
    let (exploring, parks) = (Exploring::expect(), Parks::expect());
    let known = parks.pack().is_ok_and(|pack| pack.parks.iter().any(|park| want.is_met_by(park)));
    let name = want_name(&want);
    let label = if known { name } else { t(|w| (w.explore.no_data)(&name)) };
    let want = StoredValue::new(want);
    let on = Signal::derive(move || want.with_value(|want| exploring.filter.read().wants(want)));
    let press = move |()| exploring.filter.update(|filter| filter.toggle(want.get_value()));
    match icon {
        Some(icon) => view! { <Chip icon label on off_limits=!known on_press=press /> }.into_any(),
        None => view! { <Chip label on off_limits=!known on_press=press /> }.into_any(),
    }
}

/// What a filter is called.
pub(super) fn want_name(want: &Want) -> String {
    match want {
        Want::Open => t(|w| w.explore.open.to_owned()),
        Want::Placed => t(|w| w.explore.placed.to_owned()),
        Want::Has(facility) => {
            let facility = *facility;
            t(|w| (w.parks.facility)(facility).to_owned())
        }
        Want::Kind(kind) => {
            let kind = *kind;
            t(|w| (w.parks.kind)(kind).to_owned())
        }
        Want::In(sub_district) => sub_district.clone(),
        Want::Size(size) => {
            let size = *size as usize;
            t(|w| w.explore.size[size].to_owned())
        }
    }
}

/// Every filter, question by question.
#[component]
fn Panel(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let (exploring, parks) = (Exploring::expect(), Parks::expect());
    let all = parks.pack().map_or(&[][..], |pack| &pack.parks);
    let kinds = Park::KINDS.into_iter().filter(|kind| all.iter().any(|it| it.kind == *kind));
    let kinds: Vec<_> = kinds.map(Want::Kind).collect();
    let subs = parks.pack().map_or(&[][..], |pack| &pack.sub_districts).iter();
    let subs = subs.filter(|sub| all.iter().any(|it| it.sub_districts.contains(&sub.name)));
    let subs: Vec<_> = subs.map(|sub| Want::In(sub.name.clone())).collect();
    let facilities = Fact::FACILITIES.into_iter().map(Want::Has).collect();
    let sizes = Size::ALL.into_iter().map(Want::Size).collect();
    let clear = move |_| exploring.filter.update(|filter| *filter = Filter::default());
    view! {
        <div class="card panel">
            {one_question(t(|w| w.explore.facilities), facilities)}
            {one_question(t(|w| w.explore.kinds), kinds)}
            {one_question(t(|w| w.explore.sub_districts), subs)}
            {one_question(t(|w| w.explore.sizes), sizes)}
            {one_question(t(|w| w.explore.others), vec![Want::Open, Want::Placed])}
            <div class="two">
                <button type="button" class="btn plain" on:click=clear>
                    {t(|w| w.explore.clear)}
                </button>
                <button type="button" class="btn" on:click=move |_| on_close.run(())>
                    {move || (words().explore.close_found)(exploring.found().read().len())}
                </button>
            </div>
        </div>
    }
}

fn one_question(legend: &'static str, wants: Vec<Want>) -> impl IntoView {
    view! {
        <fieldset class="field">
            <legend>{legend}</legend>
            <div class="chips wrap">
                {wants.into_iter().map(|want| view! { <WantChip want /> }).collect_view()}
            </div>
        </fieldset>
    }
}

/// Not known is not no: for each question that leaves out what nobody knows, the offer to show it.
#[component]
fn Unknowns() -> impl IntoView {
    let (exploring, parks) = (Exploring::expect(), Parks::expect());
    let open = Memo::new(move |_| {
        let Ok(pack) = parks.pack() else { return Vec::new() };
        let (filter, searched) = (exploring.filter.read(), exploring.searched().read());
        let count = |question| {
            let parks = searched.found.iter().map(|at| &pack.parks[*at]);
            (question, filter.unknown(question, parks))
        };
        filter.questions().into_iter().map(count).filter(|it| it.1 > 0).collect::<Vec<_>>()
    });
    let chip = move |(question, count): (Question, usize)| {
        let label = t(|w| {
            let what = match question {
                Question::Open => w.explore.open_known,
                Question::Has(facility) => (w.parks.facility)(facility),
                Question::SubDistrict => w.explore.sub_district_known,
                Question::Size => w.explore.size_known,
                // Everybody has a kind, and a position or none.
                Question::Kind | Question::Placed => "",
            };
            (w.explore.unknown_too)(what, count)
        });
        let on = Signal::derive(move || exploring.filter.read().takes_unknown(question));
        let press = move |()| exploring.filter.update(|filter| filter.toggle_unknown(question));
        view! { <Chip label on on_press=press /> }
    };
    move || {
        let open = open.get();
        (!open.is_empty()).then(|| {
            view! {
                <div class="chips wrap" role="group" aria-label=t(|w| w.explore.unknowns)>
                    {open.into_iter().map(chip).collect_view()}
                </div>
            }
        })
    }
}
