use leptos::prelude::*;
use poshang::{
    settings::{Edition, Settings, Theme},
    ui::words::Lang,
};
use wasm_bindgen_test::wasm_bindgen_test;

/// What a page that starts now would have.
fn started() -> Settings {
    let settings = Settings::provide();
    settings.restore();
    settings
}

fn of_root(attribute: &str) -> Option<String> {
    document().document_element().expect("a root").get_attribute(attribute)
}

#[wasm_bindgen_test]
fn settings_survive_the_page() {
    let owner = Owner::new();
    owner.with(|| {
        let settings = Settings::provide();
        settings.set_lang(Lang::En);
        settings.set_theme(Theme::Dark);
        settings.set_edition(Edition::Elder);
        let next = started();
        assert_eq!(next.lang(), Lang::En);
        assert_eq!(next.theme().get_untracked(), Theme::Dark);
        assert_eq!(next.edition().get_untracked(), Edition::Elder);
    });
}

#[wasm_bindgen_test]
fn the_document_wears_what_was_chosen_and_takes_it_off_again() {
    let owner = Owner::new();
    owner.with(|| {
        let settings = Settings::provide();
        settings.set_theme(Theme::Dark);
        settings.set_edition(Edition::Elder);
        settings.set_lang(Lang::En);
        let worn = ["data-theme", "data-edition", "lang"].map(of_root);
        assert_eq!(worn.map(Option::unwrap_or_default), ["dark", "elder", "en"]);
        settings.set_theme(Theme::Phone);
        settings.set_edition(Edition::Standard);
        settings.set_lang(Lang::Zh);
        let worn = ["data-theme", "data-edition", "lang"].map(of_root);
        assert_eq!(worn, [None, None, Some("zh-CN".to_owned())]);
        assert_eq!(started().theme().get_untracked(), Theme::Phone);
    });
}
