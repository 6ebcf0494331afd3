use leptos::{html, prelude::*};

use super::Icon;

/// A box to search in. What is typed stays the person's: the box is read, never written, so that an
/// input method can compose in peace.
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
    /// The box itself, for whoever empties it.
    #[prop(optional)]
    node: NodeRef<html::Input>,
) -> impl IntoView {
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
