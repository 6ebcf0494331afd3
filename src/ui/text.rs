use std::borrow::Cow;

use leptos::{either::Either, prelude::*};

/// Words of a piece. Most are said once; those that depend on something follow it. Each that follows
/// costs an effect, in the making of a screen and in its going.
#[derive(Clone, Debug)]
pub enum Text {
    /// They stay as they are.
    Plain(Cow<'static, str>),
    /// They follow what they depend on.
    Live(Signal<String>),
}

impl IntoRender for Text {
    type Output = Either<Cow<'static, str>, Signal<String>>;

    fn into_render(self) -> Self::Output {
        match self {
            Self::Plain(words) => Either::Left(words),
            Self::Live(words) => Either::Right(words),
        }
    }
}

impl From<&'static str> for Text {
    fn from(words: &'static str) -> Self {
        Self::Plain(words.into())
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::Plain(words.into())
    }
}

impl From<Signal<String>> for Text {
    fn from(words: Signal<String>) -> Self {
        Self::Live(words)
    }
}
