//! The stair of empty and broken screens: the same stair, a tread missing when something is broken.

use leptos::{either::Either, prelude::*};

use super::Text;

const TREE: &str = "M8 14.2a4.1 4.1 0 0 1-1.2-8A5.6 5.6 0 0 1 17.3 6a4.2 4.2 0 0 1-1.1 8.2zM12 20.5V9.5M12 15l3.2-2.8M12 13l-2.6-2.2M8 20.5h8";
const CROWN: &str = "M8 14.2a4.1 4.1 0 0 1-1.2-8A5.6 5.6 0 0 1 17.3 6a4.2 4.2 0 0 1-1.1 8.2z";

/// The stair with a tree above it and the lamp on the way.
#[component]
pub fn Stair(
    /// A tread is missing: something broke.
    #[prop(optional)]
    broken: bool,
) -> impl IntoView {
    let treads = if broken {
        Either::Left(view! {
            <path
                class="a"
                d="M10 118h54q10 0 10-10v-4q0-10 10-10h14M160 70h8q10 0 10-10v-4q0-10 10-10h62"
            ></path>
            <path class="gap" d="M106 94h10q10 0 10-10v-4q0-10 10-10h16"></path>
        })
    } else {
        Either::Right(view! {
            <path
                class="a"
                d="M10 118h54q10 0 10-10v-4q0-10 10-10h32q10 0 10-10v-4q0-10 10-10h32q10 0 10-10v-4q0-10 10-10h62"
            ></path>
        })
    };
    view! {
        <svg viewBox="0 0 260 140" aria-hidden="true">
            {treads}
            <g transform="translate(196 6) scale(1.75)">
                {(!broken).then(|| view! { <path class="w" d=CROWN></path> })}
                <path class="a thin" d=TREE></path>
            </g>
            <circle class="d" cx=if broken { "88" } else { "100" } cy="82" r="9"></circle>
        </svg>
    }
}

/// Nothing is here yet, and that is all right.
#[component]
pub fn Empty(
    /// What it is.
    #[prop(into)]
    title: Text,
    /// What will be here.
    #[prop(into)]
    text: Text,
    /// One action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Stair />
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|it| it())}
        </div>
    }
}
