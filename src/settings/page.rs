use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Edition, Settings, Theme};
use crate::{
    capture::contact::RememberedNumber,
    outbox::Outbox,
    parks::Parks,
    paths,
    pwa::Install,
    ui::{Icon, Row, Section, Segment, Switch, Tone, TopBar, live, t, words, words::Lang},
};

/// 我的: how it looks, and the ways to help, privacy and the data.
#[component]
pub fn MePage() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar title=t(|w| w.settings.tab) />
            <div class="body">
                <div class="cols">
                    <Look />
                    <div class="stack">
                        <InstallButton />
                        <ul class="list">
                            <Row
                                href=paths::MINE
                                icon="star"
                                title=t(|w| w.mine.page)
                                more=t(|w| w.mine.page_more)
                            />
                            <Row
                                href=paths::SAFE
                                icon="shield"
                                tone=Tone::Mute
                                title=t(|w| w.safe.title)
                                more=t(|w| w.safe.title_more)
                            />
                            <Row
                                href=paths::HELP
                                icon="call"
                                tone=Tone::Mute
                                title=t(|w| w.settings.help)
                                more=t(|w| w.settings.help_more)
                            />
                            <Row
                                href=paths::PRIVACY
                                icon="lock"
                                tone=Tone::Mute
                                title=t(|w| w.settings.privacy)
                                more=t(|w| w.settings.privacy_more)
                            />
                            <Row
                                href=paths::ABOUT_DATA
                                icon="source"
                                tone=Tone::Mute
                                title=t(|w| w.settings.data)
                                more=t(|w| w.settings.data_more)
                            />
                        </ul>
                    </div>
                </div>
                <RememberedNumber />
                <Version />
            </div>
        </div>
    }
}

/// Edition, theme, language.
#[component]
fn Look() -> impl IntoView {
    let settings = Settings::expect();
    let elder = Signal::derive(move || settings.edition().get() == Edition::Elder);
    let set_elder = move |on| {
        settings.set_edition(if on { Edition::Elder } else { Edition::Standard });
    };
    let themes = vec![
        (Theme::Phone, t(|w| w.settings.theme_phone)),
        (Theme::Light, t(|w| w.settings.theme_light)),
        (Theme::Dark, t(|w| w.settings.theme_dark)),
    ];
    let languages =
        vec![(Lang::Zh, t(|w| w.settings.chinese)), (Lang::En, t(|w| w.settings.english))];
    view! {
        <Section title=t(|w| w.settings.look)>
            <div class="card parts">
                <Switch
                    label=t(|w| w.settings.elder)
                    hint=t(|w| w.settings.elder_hint)
                    on=elder
                    on_toggle=set_elder
                />
                <Segment
                    legend=t(|w| w.settings.theme)
                    name="theme"
                    options=themes
                    value=settings.theme()
                    on_pick=move |theme| settings.set_theme(theme)
                />
                <Segment
                    legend=t(|w| w.settings.language)
                    name="language"
                    options=languages
                    value=settings.chosen_lang()
                    on_pick=move |lang| choose_lang(settings, lang)
                />
            </div>
        </Section>
    }
}

/// Every screen is made anew; the person stays at the choice.
fn choose_lang(settings: Settings, lang: Lang) {
    settings.set_lang(lang);
    request_animation_frame(|| {
        let chosen = document().query_selector("input[name=language]:checked").ok().flatten();
        if let Some(chosen) = chosen.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            drop(chosen.focus());
        }
    });
}

/// Offered only where the browser has said that it can be done now.
#[component]
fn InstallButton() -> impl IntoView {
    let (install, tally) = (Install::expect(), Outbox::expect().tally());
    // Some phones give the installed app a storage of its own.
    let more = live(move |w| match tally.read().to_send {
        0 => w.settings.install_more,
        _ => w.settings.install_unsent,
    });
    view! {
        <Show when=move || install.possible().get()>
            <button type="button" class="strip ok" on:click=move |_| install.ask()>
                <Icon name="install" />
                <span>
                    <b>{t(|w| w.settings.install)}</b>
                    <span class="q">{more}</span>
                </span>
            </button>
        </Show>
    }
}

/// Which build and which pack this is.
#[component]
fn Version() -> impl IntoView {
    let pack = Parks::expect().id();
    let words = move || {
        let version = (words().settings.version)(env!("CARGO_PKG_VERSION"));
        let pack = pack.map(|id| (words().settings.pack)(&id.to_string()));
        [Some(version), pack].into_iter().flatten().collect::<Vec<_>>().join(words().parks.dot)
    };
    view! { <p class="src">{words}</p> }
}
