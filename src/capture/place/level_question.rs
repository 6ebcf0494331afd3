use leptos::{either::Either, prelude::*};
use model::report::{
    FLIGHTS_MAX, FLIGHTS_MIN, FLOOR_MAX, FLOOR_MIN, Road, VERTICAL_WORDS_MAX, Viaduct,
};

use super::{Level, Spot, section::Section};
use crate::{
    capture::{
        draft::Draft,
        field::{Field, Line},
        flow::{Onward, Question},
        step::Step,
        writing::Writing,
    },
    ui::{Icon, Segment, Stepper, Whole, t, words},
};

/// On which level of the slope: picked on a drawn section, or by plain buttons that say the same.
#[component]
pub(in crate::capture) fn LevelQuestion() -> impl IntoView {
    let writing = Writing::expect();
    let level = Memo::new(move |_| writing.draft().read().place.level.clone());
    // A part of the slope that was pressed and not told of any further is on the screen only.
    let pressed = RwSignal::new(None);
    let spot = Memo::new(move |_| level.read().spot().or(pressed.get()));
    let set = Callback::new(move |level: Level| {
        pressed.set(level.spot().or(pressed.get_untracked()));
        writing.chose(|draft| draft.place.level = level);
    });
    let press = Callback::new(move |spot: Spot| {
        pressed.set(Some(spot));
        let from = level.with_untracked(|it| it.from);
        writing.chose(|draft| draft.place.level = Level::counted(spot, from, None));
    });
    let said = Memo::new(move |_| writing.draft().read().place.says_level());
    let foot = move || {
        if said.get() {
            Either::Left(view! { <Onward /> })
        } else {
            Either::Right(view! { <Onward skip=t(|w| w.place.unknown) /> })
        }
    };
    let sentence = move || {
        let w = words().place;
        let level = level.read();
        match (level.spot(), spot.get()) {
            // It is said, and could be said better.
            (Some(Spot::House), _) if level.number().is_none() => {
                (w.say_number)(Spot::House).into()
            }
            (Some(_), _) => (w.level)(&level),
            (None, Some(spot)) => (w.say_number)(spot).to_owned(),
            (None, None) => String::new(),
        }
    };
    let help = t(|w| w.place.level_help);
    view! {
        <Question ask=t(|w| (w.capture.ask)(Step::Level)) help foot=foot.into_any()>
            <Section level set press />
            <Spots spot press />
            {move || spot.get().map(|spot| view! { <Further spot level set /> })}
            <p class="said" role="status">
                {sentence}
            </p>
            <Field
                id="floor"
                label=t(|w| w.place.level_words)
                hint=t(|w| w.place.level_words_hint)
                max=VERTICAL_WORDS_MAX
                line=Line::One
                read=|draft: &Draft| &draft.place.floor_words
                write=|draft: &mut Draft, text| draft.place.floor_words = text
            />
        </Question>
    }
}

/// The parts of the slope. Native radio buttons: the arrow keys work by themselves.
#[component]
fn Spots(spot: Memo<Option<Spot>>, press: Callback<Spot>) -> impl IntoView {
    let answer = move |of: Spot| {
        let icon = match of {
            Spot::Road => "street",
            Spot::Stairs => "stairs",
            Spot::House => "floor",
            Spot::Basement => "parking",
            Spot::Viaduct => "under",
        };
        view! {
            <label>
                <input
                    type="radio"
                    class="vh"
                    name="spot"
                    prop:checked=move || spot.get() == Some(of)
                    on:change=move |_| press.run(of)
                />
                <span>
                    <Icon name=icon />
                    {t(|w| (w.place.spot)(of))}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="vh">{t(|w| w.place.spots)}</legend>
            <div class="seg tall spots">{Spot::ALL.map(answer).collect_view()}</div>
        </fieldset>
    }
}

/// What has to be known of one part.
#[component]
fn Further(spot: Spot, level: Memo<Level>, set: Callback<Level>) -> impl IntoView {
    let on_road = move |road: Option<Road>| set.run(road.map(Level::on).unwrap_or_default());
    let beside =
        move |side: Option<Viaduct>| set.run(side.map(Level::at_viaduct).unwrap_or_default());
    let sides = || [Viaduct::Over, Viaduct::Under].map(|it| (Some(it), t(|w| (w.place.side)(it))));
    match spot {
        Spot::Road => view! {
            <Segment
                legend=t(|w| w.place.which_road)
                name="road"
                options=roads([Road::Lower, Road::Upper])
                value=Signal::derive(move || level.read().from)
                on_pick=on_road
            />
        }
        .into_any(),
        Spot::Viaduct => view! {
            <Segment
                legend=t(|w| w.place.which_side)
                name="side"
                options=sides().to_vec()
                value=Signal::derive(move || level.read().viaduct)
                on_pick=beside
            />
        }
        .into_any(),
        Spot::Stairs => counted(spot, level, set, FLIGHTS_MIN, FLIGHTS_MAX).into_any(),
        Spot::House => counted(spot, level, set, FLOOR_MIN, FLOOR_MAX).into_any(),
        Spot::Basement => counted(spot, level, set, FLOOR_MIN, -1).into_any(),
    }
}

/// So many flights or floors, and from which road.
fn counted(
    spot: Spot,
    level: Memo<Level>,
    set: Callback<Level>,
    from: i8,
    to: i8,
) -> impl IntoView {
    let number = Memo::new(move |_| level.read().number());
    let count = move |number: Option<i64>| {
        let number = number.and_then(|it| it.try_into().ok());
        set.run(Level::counted(spot, level.with_untracked(|it| it.from), number));
    };
    let road = move |road: Option<Road>| {
        set.run(Level::counted(spot, road, number.get_untracked()));
    };
    let range = Whole { from: from.into(), to: to.into() };
    view! {
        <div class="field ask1">
            <span class="lab" aria-hidden="true">
                {t(|w| (w.place.how_many)(spot))}
            </span>
            <Stepper
                id="level".to_owned()
                label=t(|w| (w.place.how_many)(spot))
                range
                value=Signal::derive(move || number.get().map(i64::from))
                on_set=count
                unit=t(|w| (w.place.unit)(spot))
                down=t(|w| w.place.lower)
                up=t(|w| w.place.higher)
                wrong=t(|w| (w.place.number_between)(range.from, range.to))
            />
        </div>
        <Show when=move || number.get().is_some()>
            <Segment
                legend=t(|w| w.place.counted_from)
                name="from"
                options=roads([Road::Lower, Road::Upper, Road::Unknown])
                value=Signal::derive(move || level.read().from)
                on_pick=road
            />
        </Show>
    }
}

fn roads<const N: usize>(roads: [Road; N]) -> Vec<(Option<Road>, &'static str)> {
    roads.map(|road| (Some(road), t(|w| (w.place.road)(road)))).to_vec()
}
