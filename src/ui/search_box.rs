use leptos::{html, prelude::*};

use super::Icon;

/// A box to search in. What is typed stays the person's: the box is written only where somebody else has
/// changed `typed`, so that an input method can compose in peace.
#[component]
pub fn SearchBox(
    /// What is found with it.
    #[prop(into)]
    label: Signal<String>,
    /// What can be typed.
    #[prop(into)]
    hint: Signal<String>,
    /// What is typed; the box begins with what is there.
    typed: RwSignal<String>,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        let (input, typed) = (node.get(), typed.get());
        if let Some(input) = input.filter(|it| it.value() != typed) {
            input.set_value(&typed);
        }
    });
    view! {
        <div class="in" role="search">
            <Icon name="search" />
            <input
                type="search"
                autocomplete="off"
                enterkeyhint="search"
                aria-label=label
                placeholder=hint
                value=typed.get_untracked()
                node_ref=node
                on:input:target=move |event| typed.set(event.target().value())
            />
        </div>
    }
}
