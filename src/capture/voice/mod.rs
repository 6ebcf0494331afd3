//! A voice note: what is broken, said instead of typed. The sound alone is a report.

mod note;
mod player;
mod press;
mod recorder;

pub(super) use self::note::VoiceNote;
pub use self::{note::VoiceFault, player::VoicePlayer};
