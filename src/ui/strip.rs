use std::borrow::Cow;

use leptos::{either::Either, prelude::*};

use super::{Icon, Text, list::Chevron};

/// What a strip says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripTone {
    /// Something waits.
    Wait,
    /// A person is asked for something.
    Needs,
    /// All is well, or safe.
    Ok,
    /// About the position.
    River,
    /// It only tells.
    Tell,
}

impl StripTone {
    fn class(self) -> &'static str {
        match self {
            Self::Wait => "strip wait",
            Self::Needs => "strip needs",
            Self::Ok => "strip ok",
            Self::River => "strip river",
            Self::Tell => "strip tell",
        }
    }
}

/// One line under the title that says how things stand; one at most on a screen. With an address it
/// can be pressed, with children it ends in a button.
#[component]
pub fn Strip(
    /// What it says.
    tone: StripTone,
    /// Name in the sprite.
    #[prop(into)]
    icon: Cow<'static, str>,
    /// The thing itself.
    #[prop(into)]
    title: Text,
    /// One line of more.
    #[prop(optional, into)]
    more: Option<Text>,
    /// Where it leads.
    #[prop(optional, into)]
    href: Option<String>,
    /// A button at the end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = view! {
        <Icon name=icon />
        <span>
            <b>{title}</b>
            {more.map(|more| view! { <span class="q">{more}</span> })}
        </span>
    };
    match href {
        Some(href) => Either::Left(view! {
            <a href=href class=tone.class()>
                {words}
                <Chevron />
            </a>
        }),
        None => Either::Right(view! {
            <div class=tone.class()>
                {words}
                {children.map(|it| it())}
            </div>
        }),
    }
}
