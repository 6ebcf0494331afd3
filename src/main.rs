//! Starts the page: fetches the district pack, then mounts.

#[cfg(target_arch = "wasm32")]
fn main() {
    browser::start();
}

/// The page runs in a browser; natively there is nothing to start.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod browser {
    use leptos::{mount::mount_to, prelude::*};
    use poshang::{app::App, parks, pwa, rooms};
    use wasm_bindgen::JsCast;
    // Not Leptos's own: that one works only once something is mounted.
    use wasm_bindgen_futures::spawn_local;

    pub fn start() {
        std::panic::set_hook(Box::new(|panic| pwa::say_it_broke(&panic.to_string())));
        let [path, query] = [window().location().pathname(), window().location().search()];
        spawn_local(async {
            rooms::bring_for(&path.unwrap_or_default(), &query.unwrap_or_default()).await;
        });
        spawn_local(async {
            let parks = parks::fetch().await;
            let in_use = parks.clone();
            let root = document().get_element_by_id("app").expect("index.html has #app");
            mount_to(root.unchecked_into(), move || view! { <App parks /> }).forget();
            parks::look_for_newer(in_use).await;
            rooms::bring_all().await;
        });
    }
}
