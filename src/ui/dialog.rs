use leptos::{html, prelude::*};

use super::Text;

/// A question before something is lost; the safe answer is the leaf button and comes first. The
/// browser's own modal dialog: it keeps the focus inside, and Escape means "no".
#[component]
pub fn Dialog(
    /// Is it asked.
    #[prop(into)]
    open: Signal<bool>,
    /// The question.
    #[prop(into)]
    title: Text,
    /// The person turned away from it.
    #[prop(into)]
    on_dismiss: Callback<()>,
    /// What is lost, then the answers in a `div class="acts"`.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // Only fails on a dialog that has left the document.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let name = title.clone();
    let name = move || match &name {
        Text::Plain(words) => words.to_string(),
        Text::Live(words) => words.get(),
    };
    view! {
        <dialog class="dialog" aria-label=name node_ref=node on:close=move |_| on_dismiss.run(())>
            <h2>{title}</h2>
            {children()}
        </dialog>
    }
}
