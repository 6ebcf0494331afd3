use leptos::{html, prelude::*};
use web_sys::{FocusOptions, HtmlElement};

/// As [`catch_the_focus`], whenever what is counted has become less: rows of a list that go with what was
/// pressed in them.
pub fn catch_the_focus_when_fewer(
    node: NodeRef<html::Div>,
    count: impl Fn() -> usize + Send + Sync + 'static,
) {
    let count = Memo::new(move |_| count());
    Effect::new(move |before: Option<usize>| {
        let now = count.get();
        if before.is_some_and(|before| now < before) {
            catch_the_focus(node);
        }
        now
    });
}

/// Something that a person pressed is about to go: if the focus falls to the page with it, it comes to this
/// element, and a keyboard and a screen reader go on from there. The element needs a `tabindex`.
pub fn catch_the_focus(node: NodeRef<html::Div>) {
    // Once what was pressed has gone.
    request_animation_frame(move || {
        let fallen = document().active_element().is_none_or(|it| it.tag_name() == "BODY");
        let here = node.try_get_untracked().flatten().filter(|_| fallen);
        here.inspect(|element| focus_in_place(element));
    });
}

/// The focus comes to an element and nothing scrolls: whoever comes back is where they were. One that cannot
/// take it is no reason to stop.
pub(super) fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    drop(element.focus_with_options(&options));
}
