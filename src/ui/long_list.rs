use js_sys::Array;
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::{items::Item, row::row_view};
use crate::ui::words;

/// So many rows come at once: two screens of a phone.
const STEP: usize = 20;

/// Rows of one list. A thousand of them are never in the document together: the next ones come when
/// its end comes near, or at a tap where the browser cannot tell. `steps` outlives the list, so that
/// a change of one row does not fold it up under the reader's finger.
pub(super) fn long_list(items: Vec<Item>, steps: RwSignal<usize>) -> AnyView {
    let count = items.len();
    let items = StoredValue::new(items);
    let step = move |step: usize| {
        let views = items.with_value(|items| {
            let of_step = items.iter().skip(step * STEP).take(STEP);
            of_step.map(|item| row_view(item.clone())).collect_view()
        });
        views.into_any()
    };
    let more = move || {
        let left = count.saturating_sub(steps.get() * STEP);
        if left == 0 { ().into_any() } else { more_button(left, steps) }
    };
    view! {
        <ul class="list">
            <For each=move || 0..steps.get() key=|step| *step children=step />
        </ul>
        {more}
    }
    .into_any()
}

fn more_button(left: usize, steps: RwSignal<usize>) -> AnyView {
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
        <button type="button" class="btn text full" node_ref=node on:click=move |_| grow()>
            {(words().outbox.more_rows)(left)}
        </button>
    }
    .into_any()
}

/// Calls once the element is less than a screen away.
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
    options.set_root_margin("800px");
    let callback = seen.as_ref().unchecked_ref();
    // A browser without it leaves the button, which a person can press.
    let Ok(observer) = IntersectionObserver::new_with_options(callback, &options) else { return };
    observer.observe(element);
    let held = SendWrapper::new((observer, seen));
    on_cleanup(move || held.0.disconnect());
}
