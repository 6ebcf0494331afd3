use js_sys::Array;
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// So many rows come at once: a screen of a phone and a half.
const STEP: usize = 14;
/// How near the end must come, below the screen.
const NEAR: &str = "400px";

/// The `count` rows of one list. A thousand of them are never made together: the next ones come when
/// its end comes near, or at a tap where the browser cannot tell. `steps` outlives the list, so that
/// neither a change of one row nor coming back folds it up under the reader's finger. `more` names the
/// tap by how many are left.
pub fn long_list(
    count: usize,
    steps: RwSignal<usize>,
    row: impl Fn(usize) -> AnyView + Send + Sync + 'static,
    more: fn(usize) -> String,
) -> AnyView {
    let row = StoredValue::new(row);
    let step = move |step: usize| {
        let of_step = step * STEP..count.min((step + 1) * STEP);
        row.with_value(|row| of_step.map(row).collect_view()).into_any()
    };
    let rest = move || {
        let left = count.saturating_sub(steps.get() * STEP);
        if left == 0 { ().into_any() } else { more_button(more(left), steps) }
    };
    view! {
        <ul class="list">
            <For each=move || 0..steps.get() key=|step| *step children=step />
        </ul>
        {rest}
    }
    .into_any()
}

fn more_button(words: String, steps: RwSignal<usize>) -> AnyView {
    let node = NodeRef::<html::Button>::new();
    let grow = move || {
        steps.try_update(|steps| *steps += 1);
    };
    Effect::new(move |_| {
        if let Some(button) = node.get() {
            when_near(&button, grow);
        }
    });
    view! {
        <button type="button" class="btn text full more-rows" node_ref=node on:click=move |_| grow()>
            {words}
        </button>
    }
    .into_any()
}

/// Calls once the element is that near.
fn when_near(element: &web_sys::Element, then: impl Fn() + 'static) {
    let seen = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let near = |entry: &wasm_bindgen::JsValue| {
            entry.unchecked_ref::<IntersectionObserverEntry>().is_intersecting()
        };
        if entries.iter().any(|entry| near(&entry)) {
            then();
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    let callback = seen.as_ref().unchecked_ref();
    // A browser without it leaves the button, which a person can press.
    let Ok(observer) = IntersectionObserver::new_with_options(callback, &options) else { return };
    observer.observe(element);
    let held = SendWrapper::new((observer, seen));
    on_cleanup(move || held.0.disconnect());
}
