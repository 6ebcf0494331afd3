use leptos::prelude::*;
use model::pack::{Park, Placement};

use super::{gather::Mark, stage::Stage};
use crate::{
    parks::{
        Parks,
        nearest::Away,
        row::{icon, title},
    },
    ui::{Icon, straight, words},
};

/// With more marks than this only those close to the screen are there.
const MOST: usize = 400;
/// How close, pixels.
const CLOSE: f64 = 300.0;

/// What pressing a mark does.
#[derive(Clone, Copy)]
pub(super) struct Press {
    /// A place was pressed; `true`: by a key, so that whoever presses goes on from its sheet.
    pub park: Callback<(usize, bool)>,
    /// Several that stand together.
    pub group: Callback<(Mark, bool)>,
}

/// The marks: real buttons, so that they have a name and a place in the order of Tab.
#[component]
pub(super) fn Pins(
    stage: Stage,
    #[prop(into)] marks: Signal<Vec<Mark>>,
    #[prop(into)] chosen: Signal<Option<usize>>,
    press: Press,
) -> impl IntoView {
    let shown = move || {
        let marks = marks.get();
        let Some(view) = stage.drawn() else { return Vec::new() };
        if marks.len() <= MOST {
            return marks;
        }
        marks.into_iter().filter(|mark| view.is_close(mark.at, CLOSE)).collect()
    };
    let key = |mark: &Mark| mark.spots.iter().map(|spot| spot.park).collect::<Vec<_>>();
    view! {
        <For each=shown key=key let:mark>
            <Pin stage mark chosen press />
        </For>
    }
}

#[component]
fn Pin(stage: Stage, mark: Mark, chosen: Signal<Option<usize>>, press: Press) -> impl IntoView {
    let at = mark.at;
    let place = Memo::new(move |_| stage.drawn().map(|view| view.px(at)));
    let px = move |nth: usize| {
        place.get().map(|(x, y)| format!("{:.1}px", if nth == 0 { x } else { y }))
    };
    let first = mark.spots[0];
    let class = match (mark.spots.len(), first.placed) {
        (1, true) => "pin",
        (1, false) => "pin near",
        _ => "pin group",
    };
    let parks = Parks::expect();
    let inside = match mark.spots.len() {
        1 => {
            let name = parks.pack().ok().and_then(|pack| pack.parks.get(first.park));
            let name = name.map_or("park", |park| icon(&park.kind));
            view! { <Icon name=name /> }.into_any()
        }
        count => count.into_any(),
    };
    let mark = StoredValue::new(mark);
    let label = move || mark.with_value(|mark| said(mark, &parks));
    let pressed = move || {
        let one = mark.with_value(|mark| mark.spots.len() == 1);
        one.then(|| (chosen.get() == Some(first.park)).to_string())
    };
    let holds = move || {
        chosen.get().is_some_and(|park| {
            mark.with_value(|mark| {
                mark.spots.len() > 1 && mark.spots.iter().any(|it| it.park == park)
            })
        })
    };
    let on_press = move |event: leptos::ev::MouseEvent| {
        let by_key = event.detail() == 0;
        let mark = mark.get_value();
        match mark.spots.len() {
            1 => press.park.run((first.park, by_key)),
            _ => press.group.run((mark, by_key)),
        }
    };
    view! {
        <button
            type="button"
            class=class
            class:holds=holds
            data-first=first.park
            aria-label=label
            aria-pressed=pressed
            style:left=move || px(0)
            style:top=move || px(1)
            on:click=on_press
            on:focus=move |_| stage.show(at)
        >
            <span>{inside}</span>
        </button>
    }
}

/// So many names of a group are said; the rest are in its sheet and in the list.
const SAID: usize = 5;

/// What a screen reader says of a mark: the names that stand there, of many the first.
fn said(mark: &Mark, parks: &Parks) -> String {
    let w = words();
    let all = parks.pack().map_or(&[][..], |pack| &pack.parks);
    let names = mark.spots.iter().filter_map(|spot| all.get(spot.park)).map(title);
    let names = names.take(SAID).collect::<Vec<_>>().join(w.parks.comma);
    match &mark.spots[..] {
        [one] => match all.get(one.park).map(where_it_is) {
            Some(more) => format!("{names}{}{more}", w.parks.comma),
            None => names,
        },
        many if many.len() > SAID => (w.map.large_group)(many.len(), &names),
        many => (w.map.group)(many.len(), &names),
    }
}

/// Whether a mark is the place itself.
fn where_it_is(park: &Park) -> String {
    match &park.placement {
        Placement::Near { kind, name, .. } => {
            (words().map.only_near)(&(words().parks.near)(*kind, name))
        }
        _ => words().map.at_its_place.to_owned(),
    }
}

/// How far a place is, as one line; nothing where nobody counts or nobody knows.
pub(super) fn away(away: Option<Away>) -> Option<String> {
    match away? {
        Away::Place(metres) => Some(straight(metres)),
        Away::Near(metres) => Some((words().map.to_what_is_near)(&straight(metres))),
        Away::Unknown => None,
    }
}
