use leptos::{either::Either, prelude::*};

use super::{
    Heading, Text,
    picture::Stair,
    strip::{Strip, StripTone},
};

/// Something broke: a picture, what it is, what is safe, one action. The code stands small and last.
#[component]
pub fn Failure(
    /// What it is.
    #[prop(into)]
    title: Text,
    /// What it means for the person.
    #[prop(into)]
    text: Text,
    /// What is safe, and why; left out when nothing can be promised.
    #[prop(optional)]
    safe: Option<(&'static str, &'static str)>,
    /// What can be read out on the telephone.
    #[prop(optional, into)]
    code: Option<String>,
    /// It is all there is on the screen: its title is the heading.
    #[prop(optional)]
    whole_screen: bool,
    /// The action; a second, plain one may follow.
    children: Children,
) -> impl IntoView {
    let title = if whole_screen {
        Either::Left(view! { <Heading text=title /> })
    } else {
        Either::Right(view! { <h2>{title}</h2> })
    };
    view! {
        <div class="failure">
            <div class="empty" role="alert">
                <Stair broken=true />
                {title}
                <p>{text}</p>
            </div>
            {safe
                .map(|(title, more)| {
                    view! { <Strip tone=StripTone::Ok icon="saved" title more=more /> }
                })}
            <div class="acts">{children()}</div>
            {code
                .map(|code| {
                    let words = super::t(|w| (w.failure.code)(&code));
                    view! { <p class="src">{words}</p> }
                })}
        </div>
    }
}
