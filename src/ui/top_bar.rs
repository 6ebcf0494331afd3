use leptos::{ev, prelude::*};

use super::{Heading, Icon, Text, way_back::went_back, words::t};

/// The head of a screen: the way back, the heading, and at the right what else it offers.
#[component]
pub fn TopBar(
    /// Words of the heading.
    #[prop(into)]
    title: Text,
    /// Address of the way back; none on the five main screens.
    #[prop(optional, into)]
    back: Option<String>,
    /// What stands at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="top">
            {back.map(|href| view! { <BackLink href /> })}
            <Heading text=title />
            {children.map(|it| it())}
        </header>
    }
}

/// An arrow with a name for those who do not see it. It leads to where the person came from, and
/// where nobody knows, to the address.
#[component]
pub fn BackLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let back = move |event: ev::MouseEvent| {
        // One for a new tab leads to the address.
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if plain && went_back() {
            event.prevent_default();
        }
    };
    view! {
        <a href=href class="ib" aria-label=t(|w| w.common.back) on:click=back>
            <Icon name="back" />
        </a>
    }
}
