//! Faces, plates, door numbers are covered before a photo is sealed: the boxes are in its pixels, and
//! what lies under them leaves the phone's storage with the draft.

pub mod boxes;
mod hand;
mod question;

pub(super) use self::question::CoverQuestion;
