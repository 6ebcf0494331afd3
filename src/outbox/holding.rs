//! Does this browser keep what is written in it?

use js_sys::Reflect;
use leptos::prelude::window;
use wasm_bindgen::JsValue;

use super::keeping::{is_promised, quota};
use crate::pwa;

/// What becomes of what is written here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holding {
    /// The phone keeps it.
    #[default]
    Phone,
    /// Much speaks for a window whose storage is thrown away when it closes.
    Doubtful,
    /// The browser gives no storage: this page has it, for as long as it is open, and nobody else.
    Page,
}

/// What a browser lets a page know about that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Signs {
    /// It has promised to keep the storage. None of a private window ever does.
    promised: Option<bool>,
    /// It has service workers. Private windows of Firefox, lockdown mode and most browsers inside
    /// other apps have none; neither has a page that came over plain HTTP.
    workers: bool,
    /// Bytes that this origin may have in all.
    quota: Option<f64>,
    /// Bytes that a script may have at most, where the browser says so.
    heap: Option<f64>,
}

impl Signs {
    /// Looks around.
    pub(super) async fn seen() -> Self {
        Self {
            promised: is_promised().await,
            workers: pwa::container().is_some(),
            quota: quota().await,
            heap: heap_limit(),
        }
    }

    /// No browser says that a window is private. Chromium gave such a window less storage than
    /// twice what a script may have of memory, and any other ten gigabytes or a good part of the
    /// disk (measured with Chromium 148: 5 and 10 GiB at a heap of 4). By 156.0.8078.108 it says ten of
    /// both, and a private window of it cannot be told.
    pub(super) fn are_doubtful(&self) -> bool {
        let small = self.quota.zip(self.heap).is_some_and(|(quota, heap)| quota < 2.0 * heap);
        self.promised != Some(true) && (!self.workers || small)
    }
}

/// `performance.memory.jsHeapSizeLimit`, which only Chromium has.
fn heap_limit() -> Option<f64> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let memory = get(&window().performance()?.into(), "memory").filter(JsValue::is_object)?;
    get(&memory, "jsHeapSizeLimit")?.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: f64 = 1_073_741_824.0;
    const USUAL: Signs = Signs {
        promised: Some(false),
        workers: true,
        quota: Some(10.0 * GIB),
        heap: Some(4.0 * GIB),
    };

    #[test]
    fn a_window_is_doubtful_by_what_it_lacks_and_never_once_the_browser_has_promised() {
        assert!(!USUAL.are_doubtful());
        let private = Signs { quota: Some(5.0 * GIB), ..USUAL };
        let no_workers = Signs { workers: false, ..USUAL };
        assert!(private.are_doubtful() && no_workers.are_doubtful());
        for signs in [private, no_workers] {
            assert!(!Signs { promised: Some(true), ..signs }.are_doubtful());
        }
        assert!(
            !Signs { quota: None, ..private }.are_doubtful(),
            "nobody is suspected for nothing"
        );
        assert!(!Signs { heap: None, ..private }.are_doubtful());
    }
}
