use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MediaQueryList;

/// Is the window wide enough for two columns beside each other, 1,100 px or more? The first render
/// knows of no window and says no.
pub fn wide() -> Signal<bool> {
    let wide = RwSignal::new(false);
    Effect::new(move |_| {
        let Ok(Some(query)) = window().match_media("(min-width: 1100px)") else { return };
        wide.set(query.matches());
        let asked = query.clone();
        let changed = Closure::<dyn Fn()>::new(move || {
            wide.try_set(asked.matches());
        });
        query.set_onchange(Some(changed.as_ref().unchecked_ref()));
        let held: SendWrapper<(MediaQueryList, Closure<dyn Fn()>)> =
            SendWrapper::new((query, changed));
        on_cleanup(move || held.0.set_onchange(None));
    });
    wide.into()
}
