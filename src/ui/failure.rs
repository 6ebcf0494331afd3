use leptos::prelude::*;

use super::{
    picture::Stair,
    strip::{Strip, StripTone},
};

/// Something broke: a picture, what it is, what is safe, one action. The code stands small and last.
#[component]
pub fn Failure(
    /// What it is.
    #[prop(into)]
    title: Signal<String>,
    /// What it means for the person.
    #[prop(into)]
    text: Signal<String>,
    /// What is safe, and why; left out when nothing can be promised.
    #[prop(optional, into)]
    safe: Option<(Signal<String>, Signal<String>)>,
    /// What can be read out on the telephone.
    #[prop(optional, into)]
    code: Option<String>,
    /// The action; a second, plain one may follow.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty" role="alert">
            <Stair broken=true />
            <h2>{title}</h2>
            <p>{text}</p>
        </div>
        {safe
            .map(|(title, more)| {
                view! { <Strip tone=StripTone::Ok icon="saved" title more=more /> }
            })}
        <div class="acts">{children()}</div>
        {code.map(|code| view! { <p class="src code">{code}</p> })}
    }
}
