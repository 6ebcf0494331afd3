use gloo::events::EventListener;
use leptos::{prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerRegistration, ServiceWorkerState};

use crate::ui::t;

/// A new build of the page. It waits until a person takes it, and it does not even ask while
/// somebody is writing.
#[derive(Clone, Copy)]
pub struct NewBuild {
    waiting: RwSignal<Option<SendWrapper<ServiceWorker>>>,
    held: RwSignal<u32>,
}

impl NewBuild {
    /// Makes the handle and gives it to everything below.
    pub fn provide() -> Self {
        let new_build = Self { waiting: RwSignal::new(None), held: RwSignal::new(0) };
        provide_context(new_build);
        new_build
    }

    /// The handle that the shell provided.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Keeps the question away for as long as the calling component stands: a draft is open in it.
    pub fn hold(self) {
        self.held.update(|held| *held += 1);
        on_cleanup(move || {
            self.held.try_update(|held| *held -= 1);
        });
    }

    /// Should the question be on the screen?
    pub fn asks(self) -> Signal<bool> {
        Signal::derive(move || self.waiting.read().is_some() && self.held.get() == 0)
    }

    /// A person takes the new build: it takes over, then this page loads again.
    pub fn take(self) {
        let Some(worker) = self.waiting.write().take() else { return };
        if let Some(container) = container() {
            EventListener::once(&container, "controllerchange", |_| reload()).forget();
        }
        let message = js_sys::Object::new();
        let set = js_sys::Reflect::set(&message, &"type".into(), &"skip-waiting".into());
        // A worker that has gone cannot be asked; the next start of the page finds the new one.
        drop(set.and_then(|_| worker.post_message(&message)));
    }

    /// Not now. The next start of the page asks again.
    pub fn later(self) {
        self.waiting.set(None);
    }

    /// Registers the worker and looks out for new builds. Browser only: call it in an effect.
    pub fn watch(self) {
        let Some(container) = container() else { return };
        spawn_local(async move {
            let registration = JsFuture::from(container.register("/sw.js")).await;
            match registration.and_then(JsCast::dyn_into) {
                Ok(registration) => self.follow(registration),
                // The page works without its worker, only not without a network.
                Err(error) => web_sys::console::warn_1(&error),
            }
        });
    }

    fn follow(self, registration: ServiceWorkerRegistration) {
        if let Some(worker) = registration.waiting() {
            self.is_ready(worker);
        }
        let found = registration.clone();
        EventListener::new(&registration, "updatefound", move |_| {
            if let Some(worker) = found.installing() {
                self.follow_worker(&worker);
            }
        })
        .forget();
        look_again_when_shown(registration);
    }

    fn follow_worker(self, worker: &ServiceWorker) {
        let changed = worker.clone();
        EventListener::new(worker, "statechange", move |_| {
            if changed.state() == ServiceWorkerState::Installed {
                self.is_ready(changed.clone());
            }
        })
        .forget();
    }

    /// The first worker of all replaces nobody, so it asks nothing.
    fn is_ready(self, worker: ServiceWorker) {
        if container().is_some_and(|it| it.controller().is_some()) {
            self.waiting.set(Some(SendWrapper::new(worker)));
        }
    }
}

/// An installed page can stay open for weeks without a navigation: it looks when it is shown.
fn look_again_when_shown(registration: ServiceWorkerRegistration) {
    EventListener::new(&document(), "visibilitychange", move |_| {
        if document().visibility_state() == web_sys::VisibilityState::Visible {
            // Without a network there is nothing new.
            drop(registration.update());
        }
    })
    .forget();
}

fn reload() {
    // Refused only for a document that is no longer shown.
    drop(window().location().reload());
}

/// Absent on a page that did not come over a safe connection.
pub(crate) fn container() -> Option<web_sys::ServiceWorkerContainer> {
    let navigator = window().navigator();
    let there = js_sys::Reflect::has(&navigator, &JsValue::from_str("serviceWorker"));
    there.unwrap_or(false).then(|| navigator.service_worker())
}

/// The polite question, over the tab bar.
#[component]
pub fn NewBuildQuestion() -> impl IntoView {
    let new_build = NewBuild::expect();
    view! {
        <div role="status">
            <Show when=move || new_build.asks().get()>
                <div class="toast">
                    <span class="grow">{t(|w| w.common.new_build)}</span>
                    <button type="button" class="btn text sm" on:click=move |_| new_build.later()>
                        {t(|w| w.common.later)}
                    </button>
                    <button type="button" class="btn plain sm" on:click=move |_| new_build.take()>
                        {t(|w| w.common.new_build_take)}
                    </button>
                </div>
            </Show>
        </div>
    }
}
