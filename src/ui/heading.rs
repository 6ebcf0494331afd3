use leptos::{html, prelude::*};

use super::{Text, caught::focus_in_place, words::words};

/// Has the person moved from one screen to another? Then a new heading takes the focus, so that a
/// screen reader and a keyboard start at the top of it. The first screen leaves the focus alone.
#[derive(Clone, Copy)]
pub struct Arrival(StoredValue<bool>);

impl Arrival {
    /// Makes the handle and gives it to everything below.
    pub fn provide() -> Self {
        let arrival = Self(StoredValue::new(false));
        provide_context(arrival);
        arrival
    }

    /// The person has left the first screen.
    pub fn moved_on(self) {
        self.0.set_value(true);
    }
}

/// The one `h1` of a screen. Names the document, and takes the focus when a person arrives.
#[component]
pub fn Heading(
    /// Words of the heading.
    #[prop(into)]
    text: Text,
    /// Name of the document, where it is another than the heading.
    #[prop(optional, into)]
    document_name: Option<Text>,
) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    let arrival = use_context::<Arrival>();
    let name = document_name.unwrap_or_else(|| text.clone());
    Effect::new(move |before: Option<()>| {
        let title = match &name {
            Text::Plain(name) => (words().common.document_title)(name),
            Text::Live(name) => (words().common.document_title)(&name.read()),
        };
        document().set_title(&title);
        if before.is_none() && arrival.is_some_and(|it| it.0.get_value()) {
            node.get_untracked().inspect(|heading| focus_in_place(heading));
        }
    });
    view! {
        <h1 tabindex="-1" node_ref=node>
            {text}
        </h1>
    }
}
