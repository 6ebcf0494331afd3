use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    time::Duration,
};

use js_sys::Reflect;
use leptos::{ev, prelude::*};
use leptos_router::location::Location;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use super::caught::focus_in_place;

thread_local! {
    /// How far down each address was when it was left, pixels.
    static LEFT_AT: RefCell<HashMap<String, f64>> = RefCell::default();
    /// Where the browser's history stood when this page was loaded.
    static LOADED_AT: Cell<Option<f64>> = const { Cell::new(None) };
    /// Is the screen on its way to where it was left?
    static GOING_DOWN: Cell<bool> = const { Cell::new(false) };
    /// Which link was pressed when an address was left.
    static FOLLOWED: RefCell<HashMap<String, String>> = RefCell::default();
}

/// So many frames a list has to be as long again as it was: rows come, and what stood for them goes.
const PATIENCE: u32 = 40;

/// Whoever goes back finds a screen as far down as they left it. The browser would do so itself, but
/// tries it before the list is there again.
pub fn keep_the_place(location: &Location) {
    LOADED_AT.set(LOADED_AT.get().or_else(place_in_history));
    let (path, search) = (location.pathname, location.search);
    // Whoever goes on begins at the top. Not at once: the router hears of `popstate` before we do.
    Effect::new(move |_| {
        let now = path.get() + &search.get();
        let forget = move || {
            LEFT_AT.with_borrow_mut(|left| left.remove(&now));
        };
        set_timeout(forget, Duration::ZERO);
    });
    // Before the router hears of it: when it names the new address, the old screen may be gone already.
    let touched = window_event_listener(ev::pointerdown, |event| {
        note_the_place(event.target().and_then(|it| it.dyn_into().ok()));
    });
    // Only what can lead away: whoever types a letter waits for nothing.
    let by_key = window_event_listener(ev::keydown, |event| match event.key().as_str() {
        "Enter" | " " => note_the_place(document().active_element()),
        _ => GOING_DOWN.set(false),
    });
    let by_wheel = window_event_listener(ev::wheel, |_| GOING_DOWN.set(false));
    let back = window_event_listener(ev::popstate, |_| {
        let down = address().and_then(|it| LEFT_AT.with_borrow(|left| left.get(&it).copied()));
        if let Some(down) = down {
            GOING_DOWN.set(true);
            go_down(down, PATIENCE);
        }
        let link = address().and_then(|it| FOLLOWED.with_borrow_mut(|all| all.remove(&it)));
        if let Some(link) = link {
            give_back(link, PATIENCE);
        }
    });
    on_cleanup(move || {
        touched.remove();
        by_key.remove();
        by_wheel.remove();
        back.remove();
    });
}

/// `pressed`: what leads away, perhaps.
fn note_the_place(pressed: Option<Element>) {
    GOING_DOWN.set(false);
    let link = pressed.and_then(|it| it.closest("a[href]").ok()??.get_attribute("href"));
    if let Some((address, link)) = address().zip(link) {
        FOLLOWED.with_borrow_mut(|followed| followed.insert(address, link));
    }
    if let (Some(address), Ok(down)) = (address(), window().scroll_y()) {
        LEFT_AT.with_borrow_mut(|left| left.insert(address, down));
    }
}

/// To this height, frame by frame, until the person takes over.
fn go_down(down: f64, patience: u32) {
    request_animation_frame(move || {
        if let Some(patience) = patience.checked_sub(1).filter(|_| GOING_DOWN.get()) {
            window().scroll_to_with_x_and_y(0.0, down);
            go_down(down, patience);
        }
    });
}

/// The focus, to the link that was followed from here: once it is there again, and unless the person has
/// gone on meanwhile. A heading has it until then.
fn give_back(link: String, patience: u32) {
    request_animation_frame(move || {
        let Some(patience) = patience.checked_sub(1) else { return };
        let free = document()
            .active_element()
            .is_none_or(|it| matches!(it.tag_name().as_str(), "BODY" | "H1"));
        let found = document().query_selector(&format!("#app a[href=\"{link}\"]")).ok().flatten();
        match found.and_then(|it| it.dyn_into().ok()) {
            Some(found) if free => focus_in_place(&found),
            None if free => give_back(link, patience),
            _ => {}
        }
    });
}

/// Goes back in the browser's history, if the screen before this one is of this app and was seen since
/// the page was loaded. Says whether it did; a browser that cannot tell does not.
pub fn went_back() -> bool {
    let since = place_in_history().zip(LOADED_AT.get()).is_some_and(|(now, loaded)| now > loaded);
    since && window().history().and_then(|it| it.back()).is_ok()
}

/// The Navigation API, which Firefox and older phones lack: web-sys counts it among the unstable forms.
fn place_in_history() -> Option<f64> {
    let of = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok();
    let navigation = of(&window(), "navigation").filter(JsValue::is_object)?;
    of(&of(&navigation, "currentEntry").filter(JsValue::is_object)?, "index")?.as_f64()
}

/// Path and query, without the `?` between them.
fn address() -> Option<String> {
    let location = window().location();
    Some(location.pathname().ok()? + location.search().ok()?.trim_start_matches('?'))
}
