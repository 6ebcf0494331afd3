use leptos::{either::Either, html, prelude::*};
use model::{
    pack::DistrictPack,
    report::{Outside, PLACE_WORDS_MAX},
};

use super::{
    DraftPlace,
    areas::Areas,
    choices::Choices,
    near::Near,
    outside::{outside, said_of},
};
use crate::{
    capture::{
        draft::Draft,
        field::{Field, Line},
        flow::{Onward, Question},
        names::{Names, search},
        step::Step,
        writing::Writing,
    },
    parks::Parks,
    settings::Settings,
    ui::{Icon, SearchBox, Strip, StripTone, t, words},
};

/// How many hits a search shows.
const MOST: usize = 12;

/// Where. Any of the ways will do, and several may be used together.
#[component]
pub(in crate::capture) fn PlaceQuestion() -> impl IntoView {
    let writing = Writing::expect();
    let said = Memo::new(move |_| writing.draft().read().place.is_said());
    let is_chosen = Memo::new(move |_| writing.draft().read().place.is_chosen());
    let is_vague = Memo::new(move |_| writing.draft().read().place.is_vague());
    let unknown = Callback::new(move |()| writing.chose(|draft| draft.place.unknown = true));
    let foot = move || {
        if said.get() {
            Either::Left(view! { <Onward /> })
        } else {
            Either::Right(view! {
                <Onward skip=t(|w| w.place.unknown) on_skip=unknown />
            })
        }
    };
    view! {
        <Question ask=t(|w| (w.capture.ask)(Step::Place)) foot=foot.into_any()>
            <Chosen />
            <Plate />
            <Near />
            <Show when=move || !is_chosen.get()>
                <Find />
                <Areas />
            </Show>
            <Show when=move || !is_vague.get()>
                <Landmark />
            </Show>
        </Question>
    }
}

/// What was chosen from the list, whichever way it was found.
#[component]
fn Chosen() -> impl IntoView {
    let (writing, parks) = (Writing::expect(), Parks::expect());
    let lang = Settings::expect().lang();
    let at_first = writing.draft().with_untracked(|draft| draft.place.is_chosen());
    let arrived = StoredValue::new(!at_first);
    let row = Memo::new(move |_| {
        let names = Names { pack: parks.pack().ok(), lang };
        let draft = writing.draft().read();
        let place = &draft.place;
        let name = names.chosen(place)?;
        let icon = match () {
            () if place.park.is_some() => "park",
            () if place.project.is_some() => "building",
            () => "home",
        };
        Some((icon, name, parks.pack().ok().and_then(|pack| remark(place, pack))))
    });
    let chosen = move || {
        let row = row.get();
        let just_chosen = arrived.get_value();
        arrived.set_value(true);
        row.map(|(icon, name, outside)| view! { <ChosenRow icon name outside just_chosen /> })
    };
    view! { <div aria-live="polite">{chosen}</div> }
}

/// A town that another body runs, or beyond the line: it is said, and taken all the same.
fn remark(place: &DraftPlace, pack: &DistrictPack) -> Option<Outside> {
    outside(place, pack).flatten()
}

#[component]
fn ChosenRow(
    icon: &'static str,
    name: String,
    outside: Option<Outside>,
    just_chosen: bool,
) -> impl IntoView {
    let writing = Writing::expect();
    let other = NodeRef::<html::Button>::new();
    Effect::new(move |_| {
        // The row that was pressed is gone; whoever uses a keyboard goes on from here.
        if let (true, Some(button)) = (just_chosen, other.get()) {
            // A button that cannot take the focus is no reason to stop.
            drop(button.focus());
        }
    });
    let said = move || outside.map(|it| said_of(it, words()));
    view! {
        <div class="strip ok">
            <Icon name=icon />
            <span>
                <b>{name}</b>
                <span class="q">{said}</span>
            </span>
            <button
                type="button"
                class="btn text sm"
                node_ref=other
                on:click=move |_| writing.chose(|draft| draft.place.clear_choice())
            >
                {t(|w| w.place.other)}
            </button>
        </div>
    }
}

/// The plate whose link was opened: as it stands there, for nobody has a list of them.
#[component]
fn Plate() -> impl IntoView {
    let writing = Writing::expect();
    let code = Memo::new(move |_| writing.draft().read().place.plate.clone());
    move || {
        code.get().map(|code| {
            view! {
                <div class="strip ok">
                    <Icon name="qr" />
                    <span>
                        <b>{t(|w| (w.place.plate)(&code))}</b>
                        <span class="q">{t(|w| w.place.plate_more)}</span>
                    </span>
                    <button
                        type="button"
                        class="btn text sm"
                        on:click=move |_| writing.chose(|draft| draft.place.plate = None)
                    >
                        {t(|w| w.place.plate_not)}
                    </button>
                </div>
            }
        })
    }
}

/// Parks, projects, communities and sub-districts by name.
#[component]
fn Find() -> impl IntoView {
    let (parks, lang) = (Parks::expect(), Settings::expect().lang());
    let typed = RwSignal::new(String::new());
    let has_pack = parks.pack().is_ok();
    let found = Signal::derive(move || {
        let Ok(pack) = parks.pack() else { return Vec::new() };
        let found = typed.with(|typed| search(pack, typed, lang, MOST));
        found.into_iter().map(|choice| (choice, None)).collect::<Vec<_>>()
    });
    let none = move || !typed.read().trim().is_empty() && found.read().is_empty();
    let inside = move || {
        view! {
            <SearchBox
                label=t(|w| w.place.find)
                hint=t(|w| w.place.find_hint)
                typed
            />
            <Show when=move || !found.read().is_empty()>
                <Choices choices=found />
            </Show>
            <p class="q" role="status">
                {move || none().then(|| words().place.none_found)}
            </p>
        }
    };
    if has_pack {
        Either::Left(inside())
    } else {
        Either::Right(view! {
            <Strip
                tone=StripTone::Tell
                icon="info"
                title=t(|w| w.place.no_places)
                more=t(|w| w.place.no_places_more)
            />
        })
    }
}

/// A landmark. Where only a vague position leads to the place, it is asked for beside that position.
#[component]
pub(super) fn Landmark() -> impl IntoView {
    view! {
        <Field
            id="landmark"
            label=t(|w| w.place.landmark)
            hint=t(|w| w.place.landmark_hint)
            max=PLACE_WORDS_MAX
            line=Line::One
            read=|draft: &Draft| &draft.place.words
            write=|draft: &mut Draft, text| draft.place.words = text
        />
    }
}
