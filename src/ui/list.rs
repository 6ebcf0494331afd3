use std::borrow::Cow;

use leptos::{either::Either, prelude::*};

use super::{Icon, Text};

/// Ground of an icon box or a strip: what kind of thing it is. Never the only sign of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// A thing of the place: the green of the leaf.
    #[default]
    Leaf,
    /// Position and water.
    River,
    /// A person is wanted here.
    Lamp,
    /// Nothing in particular.
    Mute,
}

impl Tone {
    /// Class of the box of a drawing.
    pub fn icon_box(self) -> &'static str {
        match self {
            Self::Leaf => "ic",
            Self::River => "ic river",
            Self::Lamp => "ic lamp",
            Self::Mute => "ic mute",
        }
    }
}

/// A drawing in its box of 44 px.
#[component]
pub fn IconBox(
    /// Name in the sprite.
    #[prop(into)]
    icon: Cow<'static, str>,
    /// Ground of the box.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! {
        <span class=tone.icon_box()>
            <Icon name=icon />
        </span>
    }
}

/// A row of a `ul class="list"`: icon, name, one line of more, and at the right a state or an arrow.
/// With an address it can be pressed; without one it only tells.
#[component]
pub fn Row(
    /// Where it leads; none if it only tells.
    #[prop(optional, into)]
    href: Option<String>,
    /// Name in the sprite.
    #[prop(into)]
    icon: Cow<'static, str>,
    /// Ground of the icon box.
    #[prop(optional)]
    tone: Tone,
    /// The name.
    #[prop(into)]
    title: Text,
    /// One line of more.
    #[prop(optional, into)]
    more: Option<Text>,
    /// What stands at the right; an arrow if nothing is given and the row leads somewhere.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let end = match children {
        Some(end) => Either::Left(view! { <span class="e">{end()}</span> }),
        None => Either::Right(href.is_some().then(|| view! { <Chevron /> })),
    };
    let more = more.map(IntoRender::into_render);
    let inside = inside_row(icon, tone, title.into_render(), more, end);
    view! {
        <li>
            {match href {
                // A plain link: the router hears of it too, and a list of many is there sooner.
                Some(href) => Either::Left(view! { <a href=href class="row">{inside}</a> }),
                None => Either::Right(view! { <div class="row">{inside}</div> }),
            }}
        </li>
    }
}

/// What stands in a row. Where there are many of them, the words are plain texts, and whoever makes
/// the row follows what changes them: an effect for each text is what costs most.
pub fn inside_row(
    icon: impl Into<Cow<'static, str>>,
    tone: Tone,
    title: impl IntoView,
    more: Option<impl IntoView>,
    end: impl IntoView,
) -> impl IntoView {
    view! {
        <IconBox icon=icon.into() tone />
        <span class="m">
            <b>{title}</b>
            {more.map(|more| view! { <span>{more}</span> })}
        </span>
        {end}
    }
}

/// The small arrow of whatever leads on.
#[component]
pub fn Chevron() -> impl IntoView {
    view! { <Icon name="next" size=super::IconSize::Small /> }
}

/// A titled part of a screen.
#[component]
pub fn Section(
    /// Its `h2`.
    #[prop(into)]
    title: Text,
    /// A link at the right: its address and words.
    #[prop(optional)]
    more: Option<(String, String)>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="sec">
            <header>
                <h2>{title}</h2>
                {more
                    .map(|(href, words)| {
                        view! {
                            <a href=href class="more">
                                {words}
                                <Chevron />
                            </a>
                        }
                    })}
            </header>
            {children()}
        </section>
    }
}
