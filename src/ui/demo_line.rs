use leptos::prelude::*;
use model::wire::Mode;

use super::{Icon, IconSize, words::t};

/// An endpoint that nobody reads must never look like a city. This line cannot be closed.
#[component]
pub fn DemoLine(
    /// Does anybody read what is sent?
    #[prop(into)]
    mode: Signal<Mode>,
) -> impl IntoView {
    view! {
        <Show when=move || mode.get() == Mode::Demo>
            <p class="demo" role="note">
                <Icon name="needs" size=IconSize::Small />
                <span>{t(|w| w.common.demo_line)}</span>
            </p>
        </Show>
    }
}
