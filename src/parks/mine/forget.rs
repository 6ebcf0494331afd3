use leptos::{prelude::*, task::spawn_local};
use model::mine::Mine;

use crate::{
    outbox::Outbox,
    ui::{Dialog, Icon, t},
};

/// What is kept goes, after one question whose safe answer comes first.
#[component]
pub(super) fn Forget(
    /// What is done, on the button and in the question.
    what: &'static str,
    /// The question.
    ask: String,
    /// This park alone, else everything.
    #[prop(optional)]
    one: Option<Mine>,
) -> impl IntoView {
    let outbox = Outbox::expect();
    let asked = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let forget = move |_| {
        asked.set(false);
        let one = one.clone();
        spawn_local(async move {
            let gone = match one {
                Some(park) => outbox.forget_one(park).await.map(drop),
                None => outbox.forget_mine().await,
            };
            failed.try_set(gone.is_err());
        });
    };
    view! {
        <button type="button" class="btn text full" on:click=move |_| asked.set(true)>
            <Icon name="bin" />
            {what}
        </button>
        <Show when=move || failed.get()>
            <p class="caution" role="alert">
                {t(|w| w.mine.not_kept)}
            </p>
        </Show>
        <Dialog open=asked title=ask on_dismiss=move |()| asked.set(false)>
            <p>{t(|w| w.mine.forget_more)}</p>
            <div class="acts">
                <button type="button" class="btn full" on:click=move |_| asked.set(false)>
                    {t(|w| w.mine.forget_not)}
                </button>
                <button type="button" class="btn plain full" on:click=forget>
                    {what}
                </button>
            </div>
        </Dialog>
    }
}
