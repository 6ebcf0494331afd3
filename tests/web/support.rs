//! A screen to mount, and ways to find what stands on it as a person would.

use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A place in the document that is gone when the test is over.
pub struct Screen(HtmlElement);

impl Screen {
    /// Mounts a view with nothing around it.
    pub async fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let place: HtmlElement = document().create_element("div").expect("a div").unchecked_into();
        document().body().expect("a body").append_child(&place).expect("room for a div");
        mount_to(place.clone(), view).forget();
        tick().await;
        Self(place)
    }

    /// The first element of this selector.
    pub fn find<E: JsCast>(&self, selector: &str) -> E {
        let found: Option<Element> = self.0.query_selector(selector).expect("a selector");
        found.unwrap_or_else(|| panic!("{selector} is not there")).unchecked_into()
    }

    /// How many elements of this selector there are.
    pub fn count(&self, selector: &str) -> u32 {
        self.0.query_selector_all(selector).expect("a selector").length()
    }

    /// All the words of the screen.
    pub fn words(&self) -> String {
        self.0.inner_text()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.0.remove();
    }
}
