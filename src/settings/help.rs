use leptos::prelude::*;

use crate::{
    paths,
    ui::{Icon, IconBox, IconSize, Row, Section, Tone, TopBar, t, words},
};

/// Telephone numbers, official channels, how to keep the app on the home screen.
#[component]
pub fn HelpPage() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.settings.help) back=paths::ME />
            <div class="body">
                <UrgentNumbers />
                <Section title=t(|w| w.settings.official)>
                    <ul class="list">
                        <HotlineRow />
                        <Row
                            icon="qr"
                            tone=Tone::Mute
                            title=t(|w| w.settings.mini_program)
                            more=t(|w| w.settings.mini_program_more)
                        />
                    </ul>
                    <p class="src under">{t(|w| w.settings.not_official)}</p>
                </Section>
                <Keep />
            </div>
        </div>
    }
}

/// 119, 120, 110 as large keys that call.
#[component]
pub fn UrgentNumbers() -> impl IntoView {
    let keys = [
        ("119", t(|w| w.settings.fire)),
        ("120", t(|w| w.settings.ambulance)),
        ("110", t(|w| w.settings.police)),
    ]
    .map(|(number, words)| {
        view! {
            <a class="tile call-key" href=format!("tel:{number}")>
                <b class="n">{number}</b>
                <span>{words}</span>
            </a>
        }
    });
    view! {
        <Section title=t(|w| w.settings.urgent)>
            <div class="tiles three">{keys.collect_view()}</div>
        </Section>
    }
}

/// 12345: a row that calls.
#[component]
fn HotlineRow() -> impl IntoView {
    view! {
        <li>
            <a class="row" href="tel:12345">
                <IconBox icon="call" />
                <span class="m">
                    <b>{t(|w| w.settings.hotline)}</b>
                    <span>{t(|w| w.settings.hotline_more)}</span>
                </span>
                <Icon name="next" size=IconSize::Small />
            </a>
        </li>
    }
}

/// Three steps to the home screen.
#[component]
fn Keep() -> impl IntoView {
    let icons = ["more", "plus", "home"];
    let steps = move || {
        words()
            .settings
            .keep_steps
            .into_iter()
            .zip(icons)
            .map(|((what, more), icon)| {
                view! {
                    <li>
                        <span class="dot">
                            <Icon name=icon size=IconSize::Small />
                        </span>
                        <div>
                            <p class="h">
                                <b>{what}</b>
                            </p>
                            <p>{more}</p>
                        </div>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Section title=t(|w| w.settings.keep)>
            <div class="card">
                <ol class="line">{steps}</ol>
            </div>
        </Section>
    }
}
