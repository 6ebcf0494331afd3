//! The slope cut open: a picture of what the buttons below it say. A screen reader and a keyboard
//! have those; a finger may tap here instead.

use leptos::prelude::*;
use model::report::{Road, Viaduct};

use super::{Level, Spot};
use crate::ui::{t, words};

/// The level of the lower road, and of the upper one: three floors, and three flights, higher.
const LOWER: i16 = 258;
const UPPER: i16 = 174;
/// How high a floor and a flight are.
const STOREY: i16 = 28;
/// How many floors are drawn; a higher one is written on the topmost.
const DRAWN_FLOORS: i8 = 6;
/// How many flights are drawn, and how many floors lie below the upper road.
const BETWEEN: i8 = 3;
/// The left and right walls of the house.
const HOUSE: (i16, i16) = (104, 178);
/// Where the stairs begin, and how far apart two flights do.
const STAIRS: (i16, i16) = (186, 31);

/// The drawn section.
#[component]
pub(super) fn Section(
    /// What is said.
    level: Memo<Level>,
    /// Says another.
    set: Callback<Level>,
    /// A part was pressed that needs a number.
    press: Callback<Spot>,
) -> impl IntoView {
    let on = move |spot| level.read().spot() == Some(spot);
    let on_road = move |road| on(Spot::Road) && level.read().from == Some(road);
    let beside = move |side| level.read().viaduct == Some(side);
    let floors = (1..=DRAWN_FLOORS).map(|nth| view! { <Floor nth level set /> }).collect_view();
    let flights = (1..=BETWEEN).map(|nth| view! { <Flight nth level set /> }).collect_view();
    let you = move || {
        you(&level.read()).map(|(cx, cy)| view! { <circle class="you" cx=cx cy=cy r="7"></circle> })
    };
    let side = move |side| set.run(Level::at_viaduct(side));
    let road = move |road| set.run(Level::on(road));
    view! {
        <svg class="cut" viewBox="0 46 328 260" aria-hidden="true">
            <rect class="sky" x="0" y="46" width="328" height="260" rx="14"></rect>
            <path class="contour" d="M0 84c60-14 96 6 156-8s108-22 172-20M0 60c70-12 110 4 170-6s104-8 158-4"></path>
            <path class="earth" d=EARTH></path>
            <path class="contour" d="M2 288h70c18 0 22 14 40 14M196 300c20-4 26-22 46-26s20-20 38-26 20-16 46-18M230 304c18-6 22-14 40-20s22-18 56-22"></path>

            <g class="zone" class:on=move || on_road(Road::Lower) on:click=move |_| road(Road::Lower)>
                <rect class="hit" x="0" y="240" width="96" height="66"></rect>
                <path class="line" d="M0 258H104"></path>
                <text class="b" x="8" y="280">{t(|w| (w.place.road)(Road::Lower))}</text>
            </g>
            <g class="zone" class:on=move || on_road(Road::Upper) on:click=move |_| road(Road::Upper)>
                <rect class="hit" x="279" y="128" width="49" height="80"></rect>
                <path class="line" d="M279 174H328"></path>
                <text class="b" x="322" y="164" text-anchor="end">{t(|w| (w.place.road)(Road::Upper))}</text>
            </g>

            <g class="zone" class:on=move || beside(Viaduct::Over) on:click=move |_| side(Viaduct::Over)>
                <rect class="hit" x="0" y="86" width="96" height="46"></rect>
                <path class="line" d="M0 122H88v10H0"></path>
                <text class="b" x="8" y="112">{t(|w| w.place.drawn_viaduct)}</text>
            </g>
            <g class="zone" class:on=move || beside(Viaduct::Under) on:click=move |_| side(Viaduct::Under)>
                <rect class="hit" x="0" y="132" width="96" height="108"></rect>
                <path class="thin" d="M56 132V258M68 132V258"></path>
                <text x="8" y="152">{t(|w| (w.place.side)(Viaduct::Under))}</text>
            </g>

            <path class="line thick" d="M178 174H280"></path>
            {flights}
            <text class="b" x="262" y="262" text-anchor="middle">{t(|w| (w.place.spot)(Spot::Stairs))}</text>

            <g class="zone" class:on=move || on(Spot::Basement) on:click=move |_| press.run(Spot::Basement)>
                <rect class="floor" x=HOUSE.0 y=LOWER width=HOUSE.1 - HOUSE.0 height=STOREY></rect>
                <text x=i16::midpoint(HOUSE.0, HOUSE.1) y=LOWER + 19 text-anchor="middle">
                    {move || lowest(&level.read(), words().place.drawn_basement)}
                </text>
            </g>
            {floors}
            <path class="line" d="M104 286V90H178V286M98 90H184"></path>
            {you}
        </svg>
    }
}

const EARTH: &str = "M0 258H104V286H178V258H186V251h5.75v-7h5.75v-7h5.75v-7H217V223h5.75v-7h5.75v-7h5.75v-7H248V195h5.75v-7h5.75v-7h5.75v-7H328V306H0z";

/// A floor of the house. Its number is counted from the road that was said, from the lower one
/// before that.
#[component]
fn Floor(nth: i8, level: Memo<Level>, set: Callback<Level>) -> impl IntoView {
    let y = LOWER - STOREY * i16::from(nth);
    let on = move || level.with(|it| it.spot() == Some(Spot::House) && row_of(it) == Some(nth));
    let number = move |level: &Level| match level.floor {
        Some(number) if level.spot() == Some(Spot::House) && row_of(level) == Some(nth) => number,
        _ => number_of(nth, level.from),
    };
    let tap = move |_| {
        let from = level.with_untracked(|it| it.from);
        let counted = number_of(nth, from);
        set.run(Level::counted(Spot::House, from.or(Some(Road::Lower)), Some(counted)));
    };
    let windows = format!("M134 {0}h9v10h-9zM149 {0}h9v10h-9zM164 {0}h9v10h-9z", y + 9);
    view! {
        <g class="zone" class:on=on on:click=tap>
            <rect class="floor" x=HOUSE.0 y=y width=HOUSE.1 - HOUSE.0 height=STOREY></rect>
            <path class="thin" d=windows></path>
            <text x=HOUSE.0 + 16 y=y + 19 text-anchor="middle">
                {move || shown(number(&level.read()))}
            </text>
        </g>
    }
}

/// A flight of the stairs between the two roads.
#[component]
fn Flight(nth: i8, level: Memo<Level>, set: Callback<Level>) -> impl IntoView {
    let (x, y) = foot_of(nth);
    let on = move || level.with(|it| flight_of(it) == Some(nth));
    let tap = move |_| {
        let from = level.with_untracked(|it| it.from);
        let counted = if from == Some(Road::Upper) { nth - BETWEEN - 1 } else { nth };
        set.run(Level::counted(Spot::Stairs, from.or(Some(Road::Lower)), Some(counted)));
    };
    let steps = format!("M{x} {y}v-7h5.75v-7h5.75v-7h5.75v-7h13.75");
    let number =
        move || level.with(|it| it.flights.filter(|_| flight_of(it) == Some(nth))).map(shown);
    view! {
        <g class="zone" class:on=on on:click=tap>
            <rect class="hit" x=x y=y - 2 * STOREY width=STAIRS.1 height=3 * STOREY></rect>
            <path class="line" d=steps></path>
            <text class="b" x=x + 12 y=y - 38 text-anchor="middle">{number}</text>
        </g>
    }
}

/// Where a flight begins.
fn foot_of(nth: i8) -> (i16, i16) {
    let below = i16::from(nth - 1);
    (STAIRS.0 + STAIRS.1 * below, LOWER - STOREY * below)
}

/// The number of a drawn floor, counted from a road.
fn number_of(nth: i8, from: Option<Road>) -> i8 {
    match from {
        Some(Road::Upper) if nth > BETWEEN => nth - BETWEEN,
        Some(Road::Upper) => nth - BETWEEN - 1,
        Some(Road::Lower | Road::Unknown) | None => nth,
    }
}

/// On which drawn floor a number stands: 0 is below ground, and what is higher stands on the topmost.
fn row_of(level: &Level) -> Option<i8> {
    let number = level.floor?;
    let row = match level.from {
        Some(Road::Upper) if number > 0 => number.saturating_add(BETWEEN),
        Some(Road::Upper) => number.saturating_add(BETWEEN + 1),
        Some(Road::Lower | Road::Unknown) | None => number,
    };
    Some(row.clamp(0, DRAWN_FLOORS))
}

/// Which of the drawn flights is said; those further up or down stand at the end of the stairs.
fn flight_of(level: &Level) -> Option<i8> {
    let number = level.flights?;
    let nth = match (level.from, number > 0) {
        (Some(Road::Upper), false) => number.saturating_add(BETWEEN + 1),
        (Some(Road::Upper), true) => BETWEEN,
        (_, true) => number,
        (_, false) => 1,
    };
    Some(nth.clamp(1, BETWEEN))
}

/// What stands on the lowest floor of the drawing.
fn lowest(level: &Level, word: &'static str) -> String {
    let is_lowest = level.spot() == Some(Spot::Basement) || row_of(level) == Some(0);
    level.floor.filter(|_| is_lowest).map_or_else(|| word.to_owned(), shown)
}

/// A number with a true minus.
fn shown(number: i8) -> String {
    let minus = if number < 0 { "−" } else { "" };
    format!("{minus}{}", number.unsigned_abs())
}

/// Where the lamp stands.
fn you(level: &Level) -> Option<(i16, i16)> {
    let wall = |row: i16| (HOUSE.0, LOWER - STOREY * row + STOREY / 2);
    Some(match level.spot()? {
        Spot::Road if level.from == Some(Road::Upper) => (304, UPPER),
        Spot::Viaduct if level.viaduct == Some(Viaduct::Over) => (74, 122),
        Spot::Road | Spot::Viaduct => (30, LOWER),
        Spot::Basement => wall(0),
        Spot::House => wall(i16::from(row_of(level)?)),
        Spot::Stairs => {
            let (x, y) = foot_of(flight_of(level)?);
            (x + 12, y - 20)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(from: Road, floor: i8) -> Level {
        Level::counted(Spot::House, Some(from), Some(floor))
    }

    #[test]
    fn every_drawn_floor_is_the_one_whose_number_it_shows() {
        for from in [Road::Lower, Road::Upper, Road::Unknown] {
            for nth in 1..=DRAWN_FLOORS {
                let number = number_of(nth, Some(from));
                assert_ne!(number, 0, "no house has a floor 0");
                assert_eq!(row_of(&house(from, number)), Some(nth), "{from:?} {nth}");
            }
        }
    }

    #[test]
    fn what_is_higher_or_deeper_than_the_drawing_stands_at_its_end() {
        assert_eq!(row_of(&house(Road::Lower, 60)), Some(DRAWN_FLOORS));
        assert_eq!(row_of(&house(Road::Upper, 60)), Some(DRAWN_FLOORS));
        assert_eq!(row_of(&house(Road::Lower, -5)), Some(0));
        assert_eq!(row_of(&house(Road::Upper, -4)), Some(0));
        assert_eq!(lowest(&house(Road::Upper, -4), "below"), "−4");
        assert_eq!(lowest(&house(Road::Upper, -3), "below"), "below");
    }

    #[test]
    fn flights_are_counted_up_from_the_lower_road_and_down_from_the_upper_one() {
        let at =
            |from, flights| flight_of(&Level::counted(Spot::Stairs, Some(from), Some(flights)));
        assert_eq!([1, 2, 3, 40].map(|n| at(Road::Lower, n)), [1, 2, 3, 3].map(Some));
        assert_eq!([-1, -2, -3, -40].map(|n| at(Road::Upper, n)), [3, 2, 1, 1].map(Some));
        assert_eq!((at(Road::Upper, 1), at(Road::Lower, -1)), (Some(3), Some(1)));
    }
}
