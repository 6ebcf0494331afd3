use js_sys::Array;
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// So many rows come at first: a little more than the screen of a phone, for at each key typed in the
/// search box all of them may change.
pub const ROWS_AT_FIRST: usize = 10;
/// So many come to somebody who goes on.
const ROWS_MORE: usize = 20;
/// How near the end must come, below the screen: hardly for the first rows, far ahead of somebody who
/// has begun to scroll.
const NEAR: [&str; 2] = ["100px", "800px"];

/// The rows of one list of so many. A thousand of them are never made together: the next ones come when
/// its end comes near, or at a tap where the browser cannot tell. A row is made once for its place in the
/// list and shows what stands there. `more` names the tap by how many are left.
pub fn long_list(
    len: Signal<usize>,
    unfolded: Unfolded,
    row: impl Fn(usize) -> AnyView + Send + Sync + 'static,
    more: fn(usize) -> String,
) -> AnyView {
    let row = StoredValue::new(row);
    let shown = Memo::new(move |_| len.get().min(unfolded.rows()));
    let left = Memo::new(move |_| len.get().saturating_sub(shown.get()));
    let is_left = Memo::new(move |_| left.get() > 0);
    let rest = move || {
        // After each step anew: an observer tells of changes only, and the end may still be near.
        let near = NEAR[usize::from(unfolded.steps.get() > 0)];
        is_left.get().then(|| more_button(move || more(left.get()), unfolded.steps, near))
    };
    view! {
        <ul class="list">
            <For
                each=move || 0..shown.get()
                key=|nth| *nth
                children=move |nth| row.with_value(|row| row(nth))
            />
        </ul>
        {rest}
    }
    .into_any()
}

/// How much of a list is unfolded. It outlives the list, so that neither a change of one row nor
/// coming back folds it up under the reader's finger.
#[derive(Clone, Copy)]
pub struct Unfolded {
    /// Does it begin with rows? One that stands far below others waits until the reader comes near.
    pub begins: Signal<bool>,
    /// How often the next rows have come.
    pub steps: RwSignal<usize>,
}

impl Unfolded {
    fn rows(self) -> usize {
        usize::from(self.begins.get()) * ROWS_AT_FIRST + self.steps.get() * ROWS_MORE
    }
}

fn more_button(
    words: impl Fn() -> String + Send + 'static,
    steps: RwSignal<usize>,
    near: &'static str,
) -> AnyView {
    let node = NodeRef::<html::Button>::new();
    let grow = move || {
        steps.try_update(|steps| *steps += 1);
    };
    Effect::new(move |_| {
        if let Some(button) = node.get() {
            when_near(&button, near, grow);
        }
    });
    view! {
        <button type="button" class="btn text full more-rows" node_ref=node on:click=move |_| grow()>
            {words}
        </button>
    }
    .into_any()
}

/// Calls once the element is that near, below the screen.
fn when_near(element: &web_sys::Element, near: &str, then: impl Fn() + 'static) {
    let seen = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let is_near = |entry: &wasm_bindgen::JsValue| {
            entry.unchecked_ref::<IntersectionObserverEntry>().is_intersecting()
        };
        if entries.iter().any(|entry| is_near(&entry)) {
            then();
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(near);
    let callback = seen.as_ref().unchecked_ref();
    // A browser without it leaves the button, which a person can press.
    let Ok(observer) = IntersectionObserver::new_with_options(callback, &options) else { return };
    observer.observe(element);
    let held = SendWrapper::new((observer, seen));
    on_cleanup(move || held.0.disconnect());
}
