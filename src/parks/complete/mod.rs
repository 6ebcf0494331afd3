//! Whoever knows a place adds to the map. What they say is a claim that goes the way of a report; it
//! is shown as a fact only after a person has confirmed it, in the next pack.

/// 1 · A claim is made and kept.
mod claim;
mod held;

/// 2 · What can be said of a park that is listed.
mod here;
mod right;
mod same;

/// 3 · And of one that is not.
mod missing;

use leptos::prelude::*;
use model::pack::Park;

pub(super) use self::missing::MissingPark;
use self::{here::Here, right::Right, same::Same};
use crate::{
    outbox::Outbox,
    ui::{Section, t},
};

/// Does whoever runs the endpoint take contributions?
fn are_taken() -> Signal<bool> {
    let phone = Outbox::expect().phone();
    Signal::derive(move || phone.read().met.as_ref().is_some_and(|met| met.contributions))
}

/// What somebody who knows this park can add. Nothing where nobody takes it.
#[component]
pub(super) fn Complete(park: Park) -> impl IntoView {
    let taken = are_taken();
    let placed = park.placement.point().is_some();
    let park = StoredValue::new(park);
    view! {
        <Show when=move || taken.get()>
            <Section title=t(|w| w.complete.title)>
                <div class="card complete">
                    <p class="q t-s">{t(|w| w.complete.claim)}</p>
                    {(!placed).then(|| view! { <Here park=park.get_value() /> })}
                    <Right park=park.get_value() />
                    <Same park=park.get_value() />
                </div>
            </Section>
        </Show>
    }
}
