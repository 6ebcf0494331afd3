use gloo::events::EventListener;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};

/// The way to the home screen, where the browser offers one.
#[derive(Clone, Copy)]
pub struct Install {
    /// The event that came; it can be asked once.
    offer: RwSignal<Option<SendWrapper<web_sys::Event>>>,
}

impl Install {
    /// Makes the handle and gives it to everything below.
    pub fn provide() -> Self {
        let install = Self { offer: RwSignal::new(None) };
        provide_context(install);
        install
    }

    /// The handle that the shell provided.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Waits for the browser's offer, and keeps it until a person asks: nothing pops up by itself.
    /// Browser only: call it in an effect.
    pub fn watch(self) {
        let options = gloo::events::EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window(), "beforeinstallprompt", options, move |event| {
            event.prevent_default();
            self.offer.set(Some(SendWrapper::new(event.clone())));
        })
        .forget();
        EventListener::new(&window(), "appinstalled", move |_| self.offer.set(None)).forget();
    }

    /// Has the browser offered it?
    pub fn possible(self) -> Signal<bool> {
        Signal::derive(move || self.offer.read().is_some())
    }

    /// A person wants it.
    pub fn ask(self) {
        let Some(event) = self.offer.write().take() else { return };
        let prompt = js_sys::Reflect::get(&event, &JsValue::from_str("prompt"));
        let Ok(prompt) = prompt.and_then(JsCast::dyn_into::<js_sys::Function>) else { return };
        // A refusal is the browser's to show.
        drop(prompt.call0(&event));
    }
}
