//! A photo, from the file that a person chose to the small JPEG that is kept: looked at before it is
//! decoded, made small, and freed of everything but the picture.

mod files;
mod fixing;
mod header;
mod intake;
mod jpeg;
mod keep;
mod question;
mod shrink;
mod thumb;
mod viewfinder;

pub use self::{
    header::PhotoFault,
    jpeg::{NotWhole, without_metadata},
    shrink::{Small, shrink},
    thumb::Thumb,
};
pub(super) use self::{
    intake::Intake, question::PhotoQuestion, shrink::as_media, viewfinder::Viewfinder,
};
