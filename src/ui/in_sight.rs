use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Scrolls just so far that all of it is seen, as `scroll-padding` leaves room for the tabs.
pub fn bring_in_sight(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
