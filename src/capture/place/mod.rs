//! Where: near me, a park, a community of the list, or words.

mod areas;
mod choices;
mod here;
mod near;
mod question;

pub(super) use self::{
    here::{NoPosition, locate, was_refused},
    question::PlaceQuestion,
};
