use leptos::wasm_bindgen::JsCast;
use leptos::{ev, prelude::*};
use web_sys::{Element, HtmlElement};

use super::{
    fingers::{Fingers, Lifted, Move},
    stage::Stage,
    view::Px,
};
use crate::ui::t;

/// One press of an arrow key moves the map by this part of its width.
const ARROW: f64 = 0.25;
/// How much one pixel of the wheel zooms.
const WHEEL: f64 = 0.002;

/// Where fingers, pointer, wheel and keys reach the map. `children` lie on the pane that follows
/// them.
#[component]
pub(super) fn Surface(
    stage: Stage,
    /// The ground was tapped, or Escape pressed: whatever was chosen is let go.
    #[prop(into)]
    let_go: Callback<()>,
    children: Children,
) -> impl IntoView {
    let fingers = StoredValue::new(Fingers::default());
    let down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        stage.catch();
        fingers.update_value(|it| it.down(event.pointer_id(), on_page(&event), event.time_stamp()));
    };
    let moves = move |event: ev::PointerEvent| {
        let step = fingers
            .try_update_value(|it| {
                it.moves(event.pointer_id(), on_page(&event), event.time_stamp())
            })
            .unwrap_or(Move::Still);
        if step != Move::Still {
            capture(&event);
        }
        match step {
            Move::Still => {}
            Move::Pan(step) => stage.drag(step),
            Move::Pinch(times, about, step) => stage.pinch(times, stage.inside(about), step),
        }
    };
    let up = move |event: ev::PointerEvent, tapped: bool| {
        let lifted = fingers
            .try_update_value(|it| it.up(event.pointer_id(), event.time_stamp()))
            .unwrap_or(Lifted::Not);
        match lifted {
            Lifted::Tap if tapped && !on_a_mark(&event) => let_go.run(()),
            Lifted::Not | Lifted::Tap => {}
            Lifted::Glide((x, y)) if x.hypot(y) < 1.0 => stage.settle(),
            Lifted::Glide(step) => stage.glide(step),
        }
    };
    let wheel = move |event: ev::WheelEvent| {
        event.prevent_default();
        let lines = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
        let times = (-event.delta_y() * lines * WHEEL).exp();
        stage.wheel(times, stage.inside(on_page(&event)));
    };
    let twice = move |event: ev::MouseEvent| {
        if !on_a_mark(&event) {
            stage.closer_at(stage.inside(on_page(&event)));
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let step = stage.now().map_or(80.0, |view| view.size.0 * ARROW);
        match event.key().as_str() {
            "ArrowLeft" => stage.glide((step, 0.0)),
            "ArrowRight" => stage.glide((-step, 0.0)),
            "ArrowUp" => stage.glide((0.0, step)),
            "ArrowDown" => stage.glide((0.0, -step)),
            "+" | "=" => stage.step(true),
            "-" | "_" => stage.step(false),
            "0" | "Home" => stage.whole(),
            "Escape" => let_go.run(()),
            _ => return,
        }
        event.prevent_default();
    };
    // A browser scrolls whatever holds the focus into sight; here the map itself does.
    let unscroll = move |_| {
        if let Some(node) = stage.node.get_untracked() {
            node.set_scroll_left(0);
            node.set_scroll_top(0);
        }
    };
    let times = Memo::new(move |_| times(stage));
    view! {
        <div
            class="surface"
            node_ref=stage.node
            tabindex="0"
            role="group"
            aria-label=t(|w| w.map.surface)
            on:pointerdown=down
            on:pointermove=moves
            on:pointerup=move |event| up(event, true)
            on:pointercancel=move |event| up(event, false)
            on:wheel=wheel
            on:dblclick=twice
            on:keydown=key
            on:scroll=unscroll
        >
            <div
                class="pane"
                class:glide=move || stage.gliding()
                class:apart=move || times.read().is_some()
                style:transform=move || transform(stage)
                style:--times=move || times.get()
            >
                {children()}
            </div>
        </div>
    }
}

/// How the pane lies.
fn transform(stage: Stage) -> Option<String> {
    let ((x, y), times) = stage.pane()?;
    Some(format!("translate({x:.2}px,{y:.2}px) scale({times:.5})"))
}

/// How much smaller a mark is than the pane it lies on. Nothing while the map is only moved: to each
/// mark a scale of its own costs at every step, even of one.
fn times(stage: Stage) -> Option<String> {
    let times = stage.pane()?.1;
    ((times - 1.0).abs() > 1e-6).then(|| format!("{:.5}", times.recip()))
}

/// Where it happened, in pixels of the page. Where the map lies on it is asked only for what needs it:
/// at each step of a finger the browser would lay the page out for the answer.
fn on_page(event: &ev::MouseEvent) -> Px {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// From now on the finger belongs to the map, wherever it goes: lifted over a mark it presses
/// nothing.
fn capture(event: &ev::PointerEvent) {
    let surface = event.current_target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    if let Some(surface) = surface.filter(|it| !it.has_pointer_capture(event.pointer_id())) {
        // A finger that has just been lifted cannot be held.
        drop(surface.set_pointer_capture(event.pointer_id()));
    }
}

fn on_a_mark(event: &ev::MouseEvent) -> bool {
    let under = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    under.is_some_and(|it| matches!(it.closest(".pin"), Ok(Some(_))))
}
