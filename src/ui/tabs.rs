use leptos::prelude::*;
use leptos_router::components::A;

use super::{
    Icon,
    words::{t, words},
};
use crate::paths;

/// The bar of five at the foot, a rail from 720 px on. In the elder edition the style sheet shows
/// three: 公园 and 我的 are rows of 首页 there.
#[component]
pub fn TabBar(
    /// How many reports have not been sent; nothing else is ever counted here.
    #[prop(into)]
    unsent: Signal<u32>,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=t(|w| w.common.main_navigation)>
            <img class="brand" src="/icons/icon.svg" alt="" />
            <A href=paths::HOME exact=true>
                <Icon name="home" />
                {t(|w| w.home.tab)}
            </A>
            <A href=paths::PARKS attr:class="x">
                <Icon name="park" />
                {t(|w| w.parks.tab)}
            </A>
            <A href=paths::REPORT attr:class="go">
                <i>
                    <Icon name="report" />
                </i>
                {t(|w| w.capture.tab)}
            </A>
            <A href=paths::OUTBOX>
                <Icon name="outbox" />
                {t(|w| w.outbox.tab)}
                <UnsentBadge unsent />
            </A>
            <A href=paths::ME attr:class="x">
                <Icon name="me" />
                {t(|w| w.settings.tab)}
            </A>
        </nav>
    }
}

/// The count on 上报箱. The number is drawn; a screen reader hears the whole sentence.
#[component]
fn UnsentBadge(unsent: Signal<u32>) -> impl IntoView {
    view! {
        <Show when=move || { unsent.get() > 0 }>
            <b class="cnt" aria-hidden="true">
                {unsent}
            </b>
            <span class="vh">{move || (words().common.unsent)(unsent.get())}</span>
        </Show>
    }
}
