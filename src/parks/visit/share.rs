use js_sys::{Function, Object, Promise, Reflect};
use leptos::{html, prelude::*, task::spawn_local};
use model::pack::Park;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::link::link_of;
use crate::ui::{Icon, bring_in_sight, qr, t, words};

/// What has become of a link that was to be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Passed {
    Not,
    Copied,
    /// The browser allows neither: the link stands there to be held and copied.
    ByHand,
}

/// A place's link on its way to others.
#[derive(Clone, Copy)]
pub(in crate::parks) struct Passing {
    name: StoredValue<String>,
    link: RwSignal<String>,
    passed: RwSignal<Passed>,
}

impl Passing {
    /// The link of a park. Its origin, which only the browser knows, comes after the first render.
    pub(in crate::parks) fn of(park: &Park) -> Self {
        let (link, name) = (RwSignal::new(String::new()), StoredValue::new(park.name.clone()));
        let of_park = link_of(park, "");
        Effect::new(move |_| {
            link.set(window().location().origin().unwrap_or_default() + &of_park);
        });
        Self { name, link, passed: RwSignal::new(Passed::Not) }
    }
}

/// Passes the link on.
#[component]
pub(in crate::parks) fn Share(passing: Passing) -> impl IntoView {
    let Passing { name, link, passed } = passing;
    let share = move |_| {
        spawn_local(async move {
            let outcome = pass_on(&name.get_value(), &link.get_untracked()).await;
            passed.try_set(outcome);
        });
    };
    view! {
        <button type="button" class="ib" aria-label=t(|w| w.visit.share) on:click=share>
            <Icon name="share" />
        </button>
        <div class="passed" role="status">
            {move || match passed.get() {
                Passed::Not => ().into_any(),
                Passed::Copied => view! { <p>{t(|w| w.visit.copied)}</p> }.into_any(),
                Passed::ByHand => {
                    view! {
                        <p>{t(|w| w.visit.by_hand)}</p>
                        <p class="share-link">{link}</p>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// The link as a code for somebody who stands beside.
#[component]
pub(in crate::parks) fn Code(passing: Passing) -> impl IntoView {
    let link = passing.link;
    let open = RwSignal::new(false);
    let figure = NodeRef::<html::Figure>::new();
    Effect::new(move |_| {
        figure.get().inspect(|it| bring_in_sight(it));
    });
    let code = move || {
        open.get().then(|| {
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
            <button
                type="button"
                class="btn plain full"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|it| *it = !*it)
            >
                <Icon name="qr" />
                {t(|w| w.visit.code)}
            </button>
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
