use leptos::prelude::*;

use super::{Heading, Icon, Text, words::t};

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

/// An arrow with a name for those who do not see it.
#[component]
pub fn BackLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    view! {
        <a href=href class="ib" aria-label=t(|w| w.common.back)>
            <Icon name="back" />
        </a>
    }
}
