use leptos::{html, prelude::*};
use web_sys::FocusOptions;

/// The focus comes to this element when it is made, if it has fallen to the page because what held it has
/// gone: a keyboard and a screen reader go on from here. It needs a `tabindex`.
pub fn catch_the_focus(node: NodeRef<html::Div>) {
    Effect::new(move |_| {
        if node.get().is_none() {
            return;
        }
        // What it takes the place of goes in the same turn.
        request_animation_frame(move || {
            let fallen = document().active_element().is_none_or(|it| it.tag_name() == "BODY");
            let here = node.try_get_untracked().flatten().filter(|_| fallen);
            here.inspect(|element| {
                let options = FocusOptions::new();
                options.set_prevent_scroll(true);
                // One that cannot take the focus is no reason to stop.
                drop(element.focus_with_options(&options));
            });
        });
    });
}
