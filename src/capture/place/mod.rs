//! Where: near me, a park, a community of the list, or words; then on which level of the slope.

mod areas;
mod choices;
mod draft_place;
mod level;
mod level_question;
mod near;
mod outside;
mod question;
mod ring;
mod section;

pub use self::level::{Level, Spot};
pub(super) use self::{
    draft_place::DraftPlace,
    level_question::LevelQuestion,
    outside::{outside, said_of},
    question::PlaceQuestion,
};
