//! A person writes a report: one question a page. What they write is on the disk within a second,
//! and before the camera opens; sealing it hands it to [`outbox`](crate::outbox) in one transaction.

/// 1. The record of what was said so far.
pub mod draft;

mod known;
mod trouble;

/// 2. The questions in their order.
pub mod step;

/// 3. The draft under way, and its way onto the disk.
mod writing;

/// When typing is written down.
mod pause;

/// 4. Which draft an address means, and what it says of a new one.
mod find;
mod start;

/// 5. The page, and the frame of its questions.
mod page;

mod flow;
mod way;

/// Camera and microphone.
mod media;

/// Question 1: photos.
pub mod photo;

/// Boxes over photos.
mod cover;

/// A voice note.
mod voice;

/// Question 2: what.
mod kind;

mod area;
mod call;
mod changes;
mod danger;
mod kind_search;
mod recent;

/// What a kind asks besides, and the answers in words.
pub(crate) mod answers;
mod asks;

/// Question 3: where.
mod place;

/// A telephone number beside the report; who gets what.
pub(crate) mod contact;

/// Question 4: details.
mod details;

mod field;

/// Question 5: look over, agree, seal.
mod check;

mod consent;
mod said;
mod sealing;

/// Reported before?
mod again;

/// Many in one walk.
mod walk;

/// A sealed report, taken up again.
pub(crate) mod reopen;

/// Then: 已存手机.
mod sealed;

/// Names of kinds and places.
mod names;

/// What the browser is called.
mod browser_name;

pub use self::{
    draft::Draft,
    media::NoDevice,
    page::ReportPage,
    place::{Level, Spot},
    trouble::Trouble,
    voice::{VoiceFault, VoicePlayer},
    walk::Lack,
};
pub(crate) use self::{
    names::{about, kind_name},
    said::danger_line,
    walk::{SealAll, lacks},
};
