use leptos::prelude::*;

use super::words::t;

const STROKES: &str = "M8 36h28M22 14v54M6 75l28-8M47 27h40l-5 12M47 27v19c0 17-3 29-11 40M66 12v34M47 47h33c-5 17-17 31-33 39M54 59c7 12 18 21 34 27M150 14v69M150 44h27M108 84h92";

/// The name, drawn in the line of the icons, with its lamp.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! {
        <svg class="wm" viewBox="0 0 208 96" role="img" aria-label=t(|w| w.common.app)>
            <path d=STROKES></path>
            <circle cx="186" cy="20" r="9"></circle>
        </svg>
    }
}
