use js_sys::Array;
use leptos::{html, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

/// So many rows come at first where nobody knows the window.
pub const ROWS_AT_FIRST: usize = 10;
/// So many come to somebody who goes on.
const ROWS_MORE: usize = 20;
/// How near the end must come, below the screen: into it for the first rows, far ahead of somebody who
/// has begun to scroll.
const NEAR: [&str; 2] = ["0px", "800px"];
/// What stands above the rows, and how high a row is, pixels: no less on any screen.
const ABOVE: f64 = 250.0;
const ROW: f64 = 69.0;

/// So many rows fill the window, as it was when the page began; the first render knows of no window. At
/// each key typed in a search box all of them may change, so there are no more of them.
pub fn rows_of_window() -> Signal<usize> {
    let rows = RwSignal::new(ROWS_AT_FIRST);
    Effect::new(move |_| {
        let height = window().inner_height().ok().and_then(|it| it.as_f64());
        if let Some(height) = height {
            rows.set(filling(height));
        }
    });
    rows.into()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held within bounds")]
fn filling(height: f64) -> usize {
    ((height - ABOVE) / ROW).ceil().clamp(4.0, 40.0) as usize
}

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
    /// With so many rows it begins. One that stands below a screen of others has none until the reader
    /// comes near.
    pub begins: Signal<usize>,
    /// How often the next rows have come.
    pub steps: RwSignal<usize>,
}

impl Unfolded {
    fn rows(self) -> usize {
        self.begins.get() + self.steps.get() * ROWS_MORE
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
    // The button goes, or stands after the new rows: whoever pressed it goes on with the first of them.
    let pressed = move |_| {
        let list = node.get_untracked().and_then(|it| it.previous_element_sibling());
        let before = list.as_ref().map_or(0, Element::child_element_count);
        grow();
        request_animation_frame(move || {
            let row = list.and_then(|it| it.children().item(before));
            let link = row.and_then(|it| it.query_selector("a, button").ok().flatten());
            if let Some(link) = link.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                // A row that cannot take the focus is no reason to stop.
                drop(link.focus());
            }
        });
    };
    Effect::new(move |_| {
        if let Some(button) = node.get() {
            when_near(&button, near, grow);
        }
    });
    view! {
        <button type="button" class="btn text full more-rows" node_ref=node on:click=pressed>
            {words}
        </button>
    }
    .into_any()
}

/// Calls once the element is that near, below the screen.
fn when_near(element: &Element, near: &str, then: impl Fn() + 'static) {
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

#[cfg(test)]
mod tests {
    use super::filling;

    #[test]
    fn the_rows_at_first_reach_the_foot_of_the_window_and_hardly_further() {
        assert_eq!([640.0, 800.0, 915.0, 1_180.0].map(filling), [6, 8, 10, 14]);
        assert_eq!([0.0, 320.0, 9e9].map(filling), [4, 4, 40]);
    }
}
