use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query},
};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};

use super::{
    base::{Base, BaseSwitch, base_map},
    choice::Choice,
    controls::{Controls, Scale},
    drawing::drawing,
    gather::Mark,
    land::{extent, rings},
    picture::{Picture, Wish, spot},
    pins::{Pins, Press},
    stage::Stage,
    surface::Surface,
    view::View,
};
use crate::{
    parks::{Exploring, From, Parks, row::title},
    paths::{self, ParksQuery},
    settings::{Edition, Settings},
    ui::{bring_in_sight, t, words},
};

/// Size of the text on the map, pixels: 长辈版 has nothing under 18.
const FONT: [f64; 2] = [12.0, 18.0];
/// A map that opens at a place shows so many metres around it.
const AROUND_M: f64 = 1_500.0;

/// The map of everything that was found, with its controls, its sheet, and what is not on it.
#[component]
pub fn ParkMap() -> impl IntoView {
    let parks = Parks::expect();
    let extent = parks.pack().ok().and_then(extent)?;
    let exploring = Exploring::expect();
    let line = parks.pack().map(rings).unwrap_or_default();
    let stage = Stage::new(extent, line, exploring.map);
    let chosen = chosen(&parks);
    let group = RwSignal::new(Vec::<usize>::new());
    let by_key = RwSignal::new(false);
    let wanted_focus = StoredValue::new(None::<usize>);
    measure(stage, &parks, chosen);
    let picture = picture(stage, &parks, chosen);
    let marks = Memo::new(move |_| picture.read().marks.clone());
    give_focus(stage, marks, wanted_focus);
    go_to_the_phone(stage, exploring, parks.clone());
    keep_off_the_sheet(stage, &parks, chosen);

    let show = go_to_place(&parks, chosen);
    let press = Press {
        park: Callback::new(move |(park, key): (usize, bool)| {
            by_key.set(key);
            group.set(Vec::new());
            show.run(Some(park));
        }),
        group: Callback::new(move |(mark, key): (Mark, bool)| {
            by_key.set(key);
            if mark.parts_at(stage.closest()) {
                wanted_focus.set_value(Some(mark.spots[0].park));
                stage.open(&mark.spots.iter().map(|it| it.at).collect::<Vec<_>>());
            } else {
                group.set(mark.spots.iter().map(|it| it.park).collect());
            }
        }),
    };
    let let_go = move |()| {
        let in_sheet = document().active_element().and_then(|it| it.closest(".sheet").ok()?);
        if by_key.get_untracked() || in_sheet.is_some() {
            wanted_focus
                .set_value(chosen.get_untracked().or(group.get_untracked().first().copied()));
            focus_now(stage, wanted_focus);
        }
        group.set(Vec::new());
        if chosen.get_untracked().is_some() {
            show.run(None);
        }
    };
    let in_sheet = Memo::new(move |_| match group.get() {
        group if !group.is_empty() => group,
        _ => chosen.get().into_iter().collect(),
    });
    let has_sheet = Memo::new(move |_| !in_sheet.read().is_empty());
    let in_pack = parks.clone();
    let nothing_on_it = move || {
        let (w, found) = (words(), exploring.found().read());
        let pack = in_pack.pack().ok()?;
        let drawn = chosen.get().is_some() || found.iter().any(|at| spot(pack, *at).is_some());
        match found.len() {
            _ if drawn => None,
            0 => Some(w.parks.none_found.to_owned()),
            count => Some((w.map.none_placed)(count)),
        }
    };
    let drawn = move || {
        let view = stage.drawn()?;
        Some(drawing(&picture.read(), &view, "district-shape"))
    };
    Some(view! {
        <section
            class="map"
            class:chosen=move || has_sheet.get()
            class:based=base_map().1
            aria-label=t(|w| w.map.map)
        >
            <Surface stage let_go>
                <Base stage />
                {drawn}
                <Me stage />
                <Pins stage marks chosen press />
            </Surface>
            <Controls stage />
            <Scale stage />
            <p class="map-empty" role="status">
                {move || nothing_on_it().map(|it| view! { <span>{it}</span> })}
            </p>
            <Show when=move || has_sheet.get()>
                <Choice chosen=in_sheet by_key let_go />
            </Show>
        </section>
        <BaseSwitch />
        <NotOnIt />
    })
}

/// The place that the address names.
fn chosen(parks: &Parks) -> Memo<Option<usize>> {
    let (query, parks) = (use_query::<ParksQuery>(), parks.clone());
    Memo::new(move |_| {
        let id = query.read().as_ref().ok()?.at.clone()?;
        parks.pack().ok()?.parks.iter().position(|park| park.id == id)
    })
}

/// Puts a place, or none, into the address. Back lowers the sheet; going from place to place leaves
/// no trail.
fn go_to_place(parks: &Parks, chosen: Memo<Option<usize>>) -> Callback<Option<usize>> {
    let parks = parks.clone();
    let navigate = StoredValue::new_local(use_navigate());
    Callback::new(move |park: Option<usize>| {
        let all = parks.pack().map_or(&[][..], |pack| &pack.parks);
        let id = park.and_then(|at| all.get(at)).map(|park| &park.id);
        let to = id.map_or_else(|| paths::PARKS_MAP.to_owned(), |id| paths::map_at(id));
        let replace = chosen.get_untracked().is_some() || park.is_none();
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&to, options));
    })
}

/// The picture of the settled view.
fn picture(stage: Stage, parks: &Parks, chosen: Memo<Option<usize>>) -> Memo<Picture> {
    let (parks, exploring) = (parks.clone(), Exploring::expect());
    let edition = Settings::expect().edition();
    let names = title;
    Memo::new(move |_| {
        let (Ok(pack), Some(view)) = (parks.pack(), stage.drawn()) else {
            return Picture::default();
        };
        // Whoever comes by the address of a place sees it, whatever is looked for.
        let mut found = exploring.found().get();
        found.extend(chosen.get().filter(|at| !found.contains(at)));
        let wish = Wish {
            found: &found,
            chosen: chosen.get(),
            from: exploring.from().get(),
            font: FONT[usize::from(edition.get() == Edition::Elder)],
            names,
        };
        Picture::of(pack, &wish, &view)
    })
}

/// Tells the stage how large it is, now and whenever that changes: with the window, or with what stands
/// beside the map.
fn measure(stage: Stage, parks: &Parks, chosen: Memo<Option<usize>>) {
    let in_pack = parks.clone();
    let look = move || {
        let Some(node) = stage.node.get_untracked() else { return };
        let frame = node.get_bounding_client_rect();
        let first = |size| {
            let place = in_pack
                .pack()
                .ok()
                .and_then(|pack| pack.parks.get(chosen.get_untracked()?)?.placement.drawn());
            place.map(|(at, _)| View::around(at, AROUND_M, size))
        };
        stage.sized((frame.width(), frame.height()), first);
    };
    Effect::new(move |_| {
        let Some(node) = stage.node.get() else { return };
        look();
        let changed = Closure::<dyn Fn()>::new(look.clone());
        // A browser without it has the size that it opened with.
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(&node);
        }
        let held = SendWrapper::new((observer, changed));
        on_cleanup(move || held.0.iter().for_each(ResizeObserver::disconnect));
    });
    // Whoever comes by an address that names a place sees it.
    let parks = parks.clone();
    Effect::new(move |_| {
        if let Some(spot) = chosen.get().and_then(|at| spot(parks.pack().ok()?, at)) {
            stage.show(spot.at);
        }
    });
}

/// The sheet must not cover the very place that it tells of, nor stand below the screen.
fn keep_off_the_sheet(stage: Stage, parks: &Parks, chosen: Memo<Option<usize>>) {
    let parks = parks.clone();
    Effect::new(move |_| {
        let Some(at) = chosen.get().and_then(|at| Some(spot(parks.pack().ok()?, at)?.at)) else {
            return;
        };
        // Once the sheet stands there.
        request_animation_frame(move || {
            let Some(surface) = stage.node.try_get_untracked().flatten() else { return };
            let map = surface.closest(".map").ok().flatten();
            let sheet = map.as_ref().and_then(|map| map.query_selector(".sheet").ok().flatten());
            let (Some(map), Some(sheet)) = (map, sheet) else { return };
            bring_in_sight(&map);
            let top = sheet.get_bounding_client_rect().top();
            stage.show_above(at, top - surface.get_bounding_client_rect().top());
        });
    });
}

/// A mark that has parted, or whose sheet was closed, hands the focus on.
fn give_focus(stage: Stage, marks: Memo<Vec<Mark>>, wanted: StoredValue<Option<usize>>) {
    Effect::new(move |_| {
        marks.track();
        focus_now(stage, wanted);
    });
}

fn focus_now(stage: Stage, wanted: StoredValue<Option<usize>>) {
    if wanted.with_value(Option::is_none) {
        return;
    }
    request_animation_frame(move || {
        let Some(node) = stage.node.try_get_untracked().flatten() else { return };
        let Some(park) = wanted.try_get_value().flatten() else { return };
        let found = node.query_selector(&format!(".pin[data-first=\"{park}\"]")).ok().flatten();
        if let Some(pin) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            wanted.set_value(None);
            // It is in the document.
            drop(pin.focus());
        }
    });
}

/// When a person begins to count from the phone, the map goes there; outside the district, where it
/// has nothing to show, to the whole of it.
fn go_to_the_phone(stage: Stage, exploring: Exploring, parks: Parks) {
    let asked = exploring.from;
    let go = move || {
        let Some(From::Phone(here)) = asked.get_untracked() else { return };
        if parks.pack().is_ok_and(|pack| pack.district.contains(here.point())) {
            let around = AROUND_M.max(f64::from(here.accuracy_m) * 1.5);
            stage.to(|size| View::around(here.point(), around, size));
        } else {
            stage.whole();
        }
    };
    let go_again = go.clone();
    Effect::new(move |before: Option<bool>| {
        let by_phone = matches!(&*asked.read(), Some(From::Phone(_)));
        if by_phone && before == Some(false) {
            go();
        }
        by_phone
    });
    let again = exploring.shown_me;
    Effect::new(move |before: Option<u32>| {
        let times = again.get();
        if before.is_some_and(|before| before != times) {
            go_again();
        }
        times
    });
}

/// Where the phone is, and how exact that is.
#[component]
fn Me(stage: Stage) -> impl IntoView {
    let from = Exploring::expect().from;
    let spot = move || {
        let view = stage.drawn()?;
        let From::Phone(here) = from.get()? else { return None };
        let (x, y) = view.px(here.point().into());
        let radius = f64::from(here.accuracy_m) * view.pixels_for_metre();
        Some(view! {
            <svg class="m-svg me" aria-hidden="true" viewBox=format!("0 0 {} {}", view.size.0, view.size.1)>
                <circle class="m-acc" cx=x cy=y r=radius></circle>
                <circle class="m-me" cx=x cy=y r="8"></circle>
            </svg>
        })
    };
    move || spot()
}

/// What a person would look for on the map and does not find, and why.
#[component]
fn NotOnIt() -> impl IntoView {
    let (parks, exploring) = (Parks::expect(), Exploring::expect());
    let in_pack = parks.clone();
    let counted = Memo::new(move |_| {
        let Ok(pack) = in_pack.pack() else { return (0, 0, 0) };
        let spots = exploring.found().read().iter().map(|at| spot(pack, *at)).collect::<Vec<_>>();
        let placed = spots.iter().flatten().filter(|it| it.placed).count();
        let near = spots.iter().flatten().count() - placed;
        (placed, near, spots.len() - placed - near)
    });
    let (water, lines) = parks
        .pack()
        .map_or((true, true), |pack| (pack.nature.water.is_empty(), pack.nature.lines.is_empty()));
    view! {
        <p class="qq">
            {move || {
                let (placed, near, nowhere) = counted.get();
                (words().map.counted)(placed, near, nowhere)
            }}
        </p>
        <p class="src">{move || (words().map.missing)(water, lines)}</p>
    }
}
