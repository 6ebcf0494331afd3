use leptos::prelude::document;

/// Which build of the page this is, as the worker of the same build knows it too. The build writes
/// it into `index.html`.
pub(crate) fn build() -> String {
    let line = document().query_selector("meta[name=build]").ok().flatten();
    line.and_then(|line| line.get_attribute("content")).unwrap_or_default()
}
