use leptos::prelude::*;

use crate::{
    paths,
    ui::{Section, TopBar, t},
};

/// Two short lists: what stays on this phone, what is sent.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.settings.privacy) back=paths::ME />
            <div class="body">
                <div class="cols">
                    <Lines title=t(|w| w.settings.stays) lines=t(|w| w.settings.stays_list) />
                    <Lines title=t(|w| w.settings.sent) lines=t(|w| w.settings.sent_list) />
                </div>
                <p>{t(|w| w.settings.never)}</p>
            </div>
        </div>
    }
}

/// A titled list of lines.
#[component]
fn Lines(title: &'static str, lines: &'static [&'static str]) -> impl IntoView {
    let items = lines.iter().map(|line| view! { <li>{*line}</li> }).collect_view();
    view! {
        <Section title>
            <ul class="card lines">{items}</ul>
        </Section>
    }
}
