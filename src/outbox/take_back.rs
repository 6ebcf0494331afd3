use leptos::prelude::*;

use super::{StoreError, acts::not_done};
use crate::ui::{Dialog, Icon};

/// Takes something back, after a question whose safe answer comes first.
#[component]
pub(super) fn TakeBack(
    /// What is done, on the button and in the question.
    take_back: &'static str,
    /// The question.
    ask: String,
    /// What comes of it.
    #[prop(into)]
    text: Signal<&'static str>,
    /// The safe answer.
    keep: &'static str,
    /// Does it.
    back: Action<(), Result<(), StoreError>>,
) -> impl IntoView {
    let asked = RwSignal::new(false);
    let go = move |_| {
        asked.set(false);
        back.dispatch(());
    };
    view! {
        <button type="button" class="btn text full" on:click=move |_| asked.set(true)>
            <Icon name="undo" />
            {take_back}
        </button>
        {not_done(back)}
        <Dialog open=asked title=ask on_dismiss=move |()| asked.set(false)>
            <p>{text}</p>
            <div class="acts">
                <button type="button" class="btn full" on:click=move |_| asked.set(false)>
                    {keep}
                </button>
                <button type="button" class="btn plain full" on:click=go>
                    {take_back}
                </button>
            </div>
        </Dialog>
    }
}
