//! How a row stands, in words. Pure: a row in, what the screen says out.

use model::{
    hex::Digest,
    wire::{Mode, Reason},
};
use outbox::{
    Delivery, Row, RowKey,
    row::{Refusal, RefusalWhy, WaitReason},
};

use super::items::Item;
use crate::ui::{ChipState, Landing, words::Outbox as Words};

/// How a row stands at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The chip.
    pub chip: ChipState,
    /// The last landing reached; none while it is on this page only.
    pub landing: Option<Landing>,
    /// One sentence of more: why it waits, or what is wrong.
    pub sentence: Option<String>,
}

/// What is true of this page, and of no row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The browser says that there is a network.
    pub online: bool,
    /// Does anybody read what is sent?
    pub mode: Mode,
    /// The browser keeps nothing.
    pub page_only: bool,
    /// Another endpoint answers than last time, and nobody has said yet whether it may have anything.
    pub stranger: bool,
}

impl Standing {
    /// Reads a thing with all its rows. `sending`: what is on its way from this page.
    pub(super) fn of_item(item: &Item, sending: &[RowKey], around: Around, w: &Words) -> Self {
        let told = item.told();
        let mut standing = Self::of(told, sending.contains(&told.key), around, w);
        if item.face.withdrawn {
            standing.chip = ChipState::Withdrawn;
        }
        let about = match item.withdrawal() {
            _ if !item.face.withdrawn => about(item, told, w),
            None if item.face.is_undone() => {
                // Of the empty row in its place nobody is told anything.
                (standing.landing, standing.sentence) = (None, None);
                Some(w.undone)
            }
            None => Some(w.undone),
            Some(false) => Some(w.withdrawal_waits),
            Some(true) => Some(w.withdrawal_told),
        };
        let parts = about.map(str::to_owned).into_iter().chain(standing.sentence);
        standing.sentence = Some(parts.collect()).filter(|it: &String| !it.is_empty());
        standing
    }

    /// Reads a row. `sending` is true of this page, not of the row.
    pub fn of(row: &Row, sending: bool, around: Around, w: &Words) -> Self {
        let chip = chip(row, sending, around);
        let delivered = row.is_delivered();
        let landing = match (delivered, around.page_only) {
            (true, _) => Some(Landing::Delivered),
            (false, false) => Some(Landing::Saved),
            (false, true) => None,
        };
        let sentence = match &row.delivery {
            Delivery::NeedsYou(refusal) => Some(refused(refusal, w)),
            _ if row.held && delivered => Some(w.held.into()),
            _ if !row.is_unfinished() || sending => None,
            _ => Some(waits(row, around, w).into()),
        };
        Self { chip, landing, sentence }
    }
}

fn chip(row: &Row, sending: bool, around: Around) -> ChipState {
    match &row.delivery {
        Delivery::NeedsYou(_) => ChipState::NeedsYou,
        Delivery::Delivered | Delivery::Remainder => {
            ChipState::Delivered { demo: around.mode == Mode::Demo }
        }
        Delivery::Partial { missing } => text_delivered(row, missing),
        Delivery::Sealed | Delivery::Arrived if sending => ChipState::Sending,
        Delivery::Sealed | Delivery::Arrived if around.page_only => ChipState::OnlyHere,
        Delivery::Sealed | Delivery::Arrived => ChipState::Saved,
    }
}

/// The words are there. What is missing and is no sound of this row is a photo.
fn text_delivered(row: &Row, missing: &[Digest]) -> ChipState {
    let is_sound =
        |it: &&Digest| row.blobs.iter().any(|blob| blob.sha256 == **it && blob.media.is_audio());
    let (sounds, photos): (Vec<&Digest>, Vec<&Digest>) = missing.iter().partition(is_sound);
    let photos = u32::try_from(photos.len()).unwrap_or(u32::MAX);
    ChipState::TextDelivered { photos, voice: !sounds.is_empty() }
}

/// What of a thing is told, if it is not its newest revision.
fn about(item: &Item, told: &Row, w: &Words) -> Option<&'static str> {
    match told.kind.as_str() {
        _ if told.key == item.face.key => None,
        "contact" => Some(w.about_contact),
        // Undone, or the word to whoever has it: the face is no withdrawal, so it is the number's.
        "withdraw" => Some(w.about_contact_back),
        _ => Some(w.about_earlier),
    }
}

fn waits(row: &Row, around: Around, w: &Words) -> &'static str {
    match row.waits.as_ref().map(|waits| waits.reason) {
        _ if around.stranger => w.other_keys,
        None | Some(WaitReason::Unreachable) if !around.online => w.offline,
        None => w.not_tried,
        Some(WaitReason::Unreachable) => w.unreachable,
        Some(WaitReason::NotAnAnswer) => w.not_an_answer,
        Some(WaitReason::Busy) => w.busy,
        Some(WaitReason::SlowDown) => w.slow_down,
        Some(WaitReason::OtherKeys) => w.other_keys,
        Some(WaitReason::Upgrade) => w.upgrade,
        Some(WaitReason::TokenRefused) => w.token_refused,
        Some(WaitReason::DamagedOnTheWay) => w.damaged_on_the_way,
        Some(WaitReason::NotProven) => w.not_proven,
        Some(WaitReason::Restored) => w.restored,
        Some(WaitReason::Parked) => w.parked,
    }
}

fn refused(refusal: &Refusal, w: &Words) -> String {
    let field = field(&refusal.field, w);
    match refusal.why {
        RefusalWhy::Rejected(Reason::Malformed | Reason::Digest) => (w.refused_malformed)(field),
        RefusalWhy::Rejected(Reason::TooLarge) => (w.refused_too_large)(field, refusal.limit),
        RefusalWhy::Rejected(Reason::NotYourGrid) => w.refused_grid.into(),
        RefusalWhy::Rejected(Reason::Erased) => w.refused_erased.into(),
        RefusalWhy::Clash => w.refused_clash.into(),
        RefusalWhy::DamagedHere => w.refused_damaged.into(),
    }
}

fn field(pointer: &str, w: &Words) -> &'static str {
    match pointer {
        _ if pointer.starts_with("/sealed/blobs") => w.field_photo,
        _ if pointer.starts_with("/sealed/body/place") => w.field_place,
        _ if pointer.starts_with("/sealed/body/words") => w.field_words,
        _ if pointer.starts_with("/sealed/body/phone") => w.field_phone,
        _ => w.field_report,
    }
}

#[cfg(test)]
mod tests {
    use model::sealed::{BlobEntry, BlobType, Role};

    use super::*;
    use crate::{outbox::samples::row, ui::words::Lang};

    fn blob(text: &[u8], media: BlobType, role: Role) -> BlobEntry {
        BlobEntry {
            sha256: Digest::of(text),
            len: 3,
            media,
            role,
            taken_at: None,
            mono_ms: None,
            boot: None,
            fix: None,
            width: None,
            height: None,
            covered: None,
            seconds: None,
        }
    }

    /// A voice note that had not arrived was told of as a photo.
    #[test]
    fn a_voice_note_that_is_missing_is_called_one() {
        let told = |missing: &[&[u8]]| {
            let row = row(|row| {
                row.blobs = vec![
                    blob(b"one", BlobType::Jpeg, Role::Photo),
                    blob(b"two", BlobType::Jpeg, Role::Photo),
                    blob(b"sound", BlobType::AudioWebm, Role::Voice),
                ];
                let missing = missing.iter().map(|it| Digest::of(it)).collect();
                row.delivery = Delivery::Partial { missing };
            });
            match Standing::of(&row, false, Around::default(), Lang::Zh.words().outbox).chip {
                ChipState::TextDelivered { photos, voice } => {
                    (Lang::Zh.words().common.text_delivered)(photos, voice)
                }
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(told(&[b"one", b"two"]), "文字已送达，还差 2 张");
        assert_eq!(told(&[b"one", b"sound"]), "文字已送达，还差 1 张和录音");
        assert_eq!(told(&[b"sound"]), "文字已送达，还差录音");
    }
}
