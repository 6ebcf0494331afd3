use leptos::prelude::*;
use leptos_router::hooks::use_location;

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
    let path = use_location().pathname;
    let current = move |tab: &'static str| move || is_in(&path.read(), tab).then_some("page");
    view! {
        <nav class="tabs" aria-label=t(|w| w.common.main_navigation)>
            <img class="brand" src="/icons/icon.svg" alt="" />
            <a href=paths::HOME aria-current=current(paths::HOME)>
                <Icon name="home" />
                {t(|w| w.home.tab)}
            </a>
            <a href=paths::PARKS class="x" aria-current=current(paths::PARKS)>
                <Icon name="park" />
                {t(|w| w.parks.tab)}
            </a>
            <a href=paths::REPORT class="go" aria-current=current(paths::REPORT)>
                <i>
                    <Icon name="report" />
                </i>
                {t(|w| w.capture.tab)}
            </a>
            <a href=paths::OUTBOX aria-current=current(paths::OUTBOX)>
                <Icon name="outbox" />
                {t(|w| w.outbox.tab)}
                <UnsentBadge unsent />
            </a>
            <a href=paths::ME class="x" aria-current=current(paths::ME)>
                <Icon name="me" />
                {t(|w| w.settings.tab)}
            </a>
        </nav>
    }
}

/// Is this address the tab's own, or below it? Everything is below 首页, which is only itself.
fn is_in(path: &str, tab: &str) -> bool {
    path.strip_prefix(tab).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_is_current_on_its_own_page_and_below_it() {
        assert!(is_in("/parks", paths::PARKS));
        assert!(is_in("/parks/caiyun", paths::PARKS));
        assert!(!is_in("/parksome", paths::PARKS));
        assert!(is_in("/", paths::HOME));
        assert!(!is_in("/me", paths::HOME));
    }
}
