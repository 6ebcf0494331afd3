use leptos::prelude::document;

/// Shows the words that stand in `index.html` for the case that the page's own cannot be drawn any
/// more: it broke, what is saved is still here, open it again. Called from the panic hook, so it
/// uses nothing of the page and nothing in it can panic.
pub fn say_it_broke(why: &str) {
    web_sys::console::error_1(&why.into());
    hide("app", true);
    hide("failed", false);
    if let Some(line) = document().get_element_by_id("failed-why") {
        line.set_text_content(Some(why));
    }
}

fn hide(id: &str, hidden: bool) {
    let Some(element) = document().get_element_by_id(id) else { return };
    // Without these an element cannot change; then boot.js, which sees the same trap, still can.
    drop(if hidden {
        element.set_attribute("hidden", "")
    } else {
        element.remove_attribute("hidden")
    });
}
