//! Where: near me, a park, a community of the list, or words.

mod areas;
mod choices;
mod near;
mod question;

pub(super) use self::question::PlaceQuestion;
