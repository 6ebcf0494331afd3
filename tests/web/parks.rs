use leptos::{prelude::*, task::tick};
use leptos_router::components::Router;
use poshang::{
    outbox::Outbox,
    parks::{Parks, ParksPage},
    settings::Settings,
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use crate::support::Screen;

/// A pack of two places that nobody can mistake for real ones.
const PACK: &str = r#"{"form":1,"version":"2000-01-01",
"district":{"code":"000000","name":"测试区","name_en":"Test District","boundary":[[[29.4,106.3],[29.4,106.5],[29.6,106.5],[29.4,106.3]]],"boundary_source":"none"},
"sub_districts":[],"notices":[],"projects":[],"questions":[],
"groups":[{"id":"test","zh":"测试","en":"Test","icon":"more","kinds":[{"id":"test.one","zh":"测试","en":"Test","zh_hint":"","en_hint":"","icon":"more","areas":[true,true,true,true]}]}],
"sources":[{"id":"TEST"}],
"count":{"recorded":2,"placed":0,"unconfirmed":0},
"parks":[
{"id":"TEST-0001","name":"测试公园 0001","name_en":"Test Park 0001","aliases":["老名字"],"spoken":[{"word":"测试公园 0001","reading":"ce shi gong yuan 0 0 0 1"},{"word":"老名字","reading":"lao ming zi"}],"kind":"park","listed":"park","placement":{"how":"unplaced"},"facts":[],"sources":[0]},
{"id":"TEST-0002","name":"测试公园 0002","name_en":"Test Park 0002","kind":"park","listed":"park","placement":{"how":"unplaced"},"facts":[],"sources":[0]}
]}"#;

async fn list() -> Screen {
    Screen::show(|| {
        Settings::provide();
        Parks::read(PACK).provide();
        Outbox::provide();
        view! {
            <Router>
                <ParksPage />
            </Router>
        }
    })
    .await
}

/// As an input method delivers it: the box has its value, then says so.
async fn type_into(screen: &Screen, text: &str) {
    let input: HtmlInputElement = screen.find("input[type=search]");
    input.set_value(text);
    let event = Event::new("input").expect("an event");
    input.dispatch_event(&event).expect("a listener");
    tick().await;
}

#[wasm_bindgen_test]
async fn the_search_finds_a_park_by_another_name_and_leaves_the_box_alone() {
    let screen = list().await;
    assert_eq!(screen.count("a.row"), 2);
    type_into(&screen, "老名").await;
    assert_eq!(screen.count("a.row"), 1);
    assert!(screen.words().contains("测试公园 0001"));
    assert_eq!(screen.find::<HtmlInputElement>("input[type=search]").value(), "老名");
}

#[wasm_bindgen_test]
async fn a_search_without_a_hit_offers_the_whole_list_again() {
    let screen = list().await;
    type_into(&screen, "没有这样的").await;
    assert_eq!(screen.count("a.row"), 0);
    screen.find::<HtmlElement>(".empty button").click();
    tick().await;
    assert_eq!(screen.count("a.row"), 2);
    assert_eq!(screen.find::<HtmlInputElement>("input[type=search]").value(), "");
}
