use js_sys::{Function, Object, Promise, Reflect};
use leptos::{html, prelude::*, task::spawn_local};
use model::pack::Park;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{link::link_of, sheet::Directions};
use crate::ui::{Icon, bring_in_sight, qr, t, words};

/// What has become of a link that was to be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Passed {
    Not,
    Copied,
    /// The browser allows neither: the link stands there to be held and copied.
    ByHand,
}

/// The way there, and the place's link for others.
#[component]
pub(in crate::parks) fn Visit(
    /// The place.
    park: Park,
    /// Where map apps look for a name.
    city: String,
) -> impl IntoView {
    let described = park.described;
    let (park, city) = (StoredValue::new(park), StoredValue::new(city));
    let going = RwSignal::new(false);
    let passed = RwSignal::new(Passed::Not);
    let shows_code = RwSignal::new(false);
    // What only the browser knows comes after the first render.
    let link = RwSignal::new(String::new());
    let in_wechat = RwSignal::new(false);
    Effect::new(move |_| {
        let origin = window().location().origin().unwrap_or_default();
        link.set(park.with_value(|park| link_of(park, &origin)));
        let agent = window().navigator().user_agent().unwrap_or_default();
        in_wechat.set(agent.contains("MicroMessenger"));
    });
    let share = move |_| {
        let title = park.with_value(|park| park.name.clone());
        spawn_local(async move {
            let outcome = pass_on(&title, &link.get_untracked()).await;
            passed.try_set(outcome);
        });
    };
    let way = if described {
        // Our own words are no name that a map app could look for.
        view! { <p class="qq">{t(|w| w.visit.no_name)}</p> }.into_any()
    } else {
        view! {
            <button type="button" class="btn full" on:click=move |_| going.set(true)>
                <Icon name="go" />
                {t(|w| w.visit.go)}
            </button>
            <Directions park city open=going in_wechat />
        }
        .into_any()
    };
    let figure = NodeRef::<html::Figure>::new();
    Effect::new(move |_| {
        figure.get().inspect(|it| bring_in_sight(it));
    });
    let code = move || {
        shows_code.get().then(|| {
            let name = words().visit.code_name;
            link.with(|link| {
                view! {
                    <figure class="share-code" node_ref=figure>
                        {qr(link, name)}
                        <figcaption class="qq">{t(|w| w.visit.code_more)}</figcaption>
                    </figure>
                }
            })
        })
    };
    view! {
        <div class="visit">
            {way}
            <div class="pair">
                <button type="button" class="btn plain" on:click=share>
                    <Icon name="share" />
                    {t(|w| w.visit.share)}
                </button>
                <button
                    type="button"
                    class="btn plain"
                    aria-expanded=move || shows_code.get().to_string()
                    on:click=move |_| shows_code.update(|it| *it = !*it)
                >
                    <Icon name="qr" />
                    {t(|w| w.visit.code)}
                </button>
            </div>
            <p class="qq" role="status">
                {move || match passed.get() {
                    Passed::Not => "",
                    Passed::Copied => words().visit.copied,
                    Passed::ByHand => words().visit.by_hand,
                }}
            </p>
            <Show when=move || passed.get() == Passed::ByHand>
                <p class="share-link">{link}</p>
            </Show>
            {code}
        </div>
    }
}

/// Gives the link to the phone's own sheet, else to the clipboard.
async fn pass_on(title: &str, link: &str) -> Passed {
    let navigator = JsValue::from(window().navigator());
    let data = Object::new();
    for (key, value) in [("title", title), ("url", link)] {
        // A new object takes any key.
        drop(Reflect::set(&data, &key.into(), &value.into()));
    }
    match called(&navigator, "share", &data).await {
        Some(Ok(_)) => return Passed::Not,
        // Turned away from: nothing more is wanted.
        Some(Err(error)) if named(&error) == "AbortError" => return Passed::Not,
        _ => {}
    }
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).unwrap_or_default();
    match called(&clipboard, "writeText", &link.into()).await {
        Some(Ok(_)) => Passed::Copied,
        _ => Passed::ByHand,
    }
}

/// Calls a method that not every browser has, and waits for what it promises.
async fn called(of: &JsValue, name: &str, with: &JsValue) -> Option<Result<JsValue, JsValue>> {
    let method: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    match method.call1(of, with) {
        Ok(promise) => Some(JsFuture::from(Promise::resolve(&promise)).await),
        Err(error) => Some(Err(error)),
    }
}

fn named(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|it| it.as_string()).unwrap_or_default()
}
