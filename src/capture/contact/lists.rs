use leptos::prelude::*;

use crate::ui::{Section, t, words::Contact};

/// Two short lists, and what children are to know.
#[component]
pub(in crate::capture) fn WhoSees() -> impl IntoView {
    view! {
        <Lines title=t(|w| w.contact.who) lines=|w| &w.who_list />
        <Lines title=t(|w| w.contact.never) lines=|w| &w.never_list />
        <p class="under14">{t(|w| w.contact.under_14)}</p>
    }
}

#[component]
fn Lines(
    title: &'static str,
    lines: fn(&'static Contact) -> &'static [&'static str],
) -> impl IntoView {
    let lines = t(|w| lines(w.contact));
    let items = lines.iter().map(|line| view! { <li>{*line}</li> }).collect_view();
    view! {
        <Section title>
            <ul class="card lines">{items}</ul>
        </Section>
    }
}
