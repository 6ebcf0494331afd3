//! What is fixed for ever when a person seals a report.
//!
//! `sealed` is a JSON text that is stored, digested, sent and kept as it is: nobody ever writes it
//! anew from its parts. So no canonical JSON is needed, and the receipt covers the list of photos.

use core::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    hex::{Boot, Digest},
    ids::{DeviceId, ReportId},
    report,
    stamp::Stamp,
    strict::{COUNT, Form, Object, TEXT, WHOLE, parsed, unsound},
    wire::{Fault, limits},
};

/// The head of a sealed text and its body. Written once, by the phone, in this order.
#[derive(Clone, Debug, Serialize)]
pub struct Sealed<Body = Box<RawValue>> {
    /// Which item.
    pub id: ReportId,
    /// Which revision of it, from 1.
    pub rev: u32,
    /// The how-manieth thing this device sealed, from 1.
    pub dseq: u64,
    /// The device that sealed it.
    pub device: DeviceId,
    /// What it is.
    pub kind: Kind,
    /// The version of `body` for this kind, from 1.
    pub schema: u32,
    /// The phone's clock at sealing.
    pub sealed_at: Stamp,
    /// `performance.now()` at sealing, in whole milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mono_ms: Option<u64>,
    /// Which start of the page `mono_ms` belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boot: Option<Boot>,
    /// Digest of the receipt's secret; the same in every later revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_sha256: Option<Digest>,
    /// The photos and voice notes that belong to it.
    pub blobs: Vec<BlobEntry>,
    /// What a person said. For a report: [`report::Report`].
    pub body: Body,
}

/// A line of the manifest: a photo or voice note, named by its digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlobEntry {
    /// Digest of the bytes as they are uploaded.
    pub sha256: Digest,
    /// How many bytes.
    pub len: u64,
    /// Media type, one of [`BlobType`].
    #[serde(rename = "type")]
    pub media: BlobType,
    /// What it is for.
    pub role: Role,
    /// When the shutter was pressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<Stamp>,
    /// `performance.now()` at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mono_ms: Option<u64>,
    /// Which start of the page `mono_ms` belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boot: Option<Boot>,
    /// Index in `place.fixes`, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<u32>,
    /// Pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// How many boxes were drawn over faces and plates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered: Option<u32>,
    /// Length of a voice note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

macro_rules! word_type {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// The word on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::sealed::UnknownWord;

            fn from_str(text: &str) -> Result<Self, $crate::sealed::UnknownWord> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err($crate::sealed::UnknownWord) }
            }
        }
    };
}
pub(crate) use word_type;

/// A word that this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of the words allowed here")]
pub struct UnknownWord;

word_type!(
    /// Media types of blobs. Told by their first bytes, never by the label alone.
    BlobType {
        /// A photo as the page makes it.
        Jpeg = "image/jpeg",
        /// A picture.
        Png = "image/png",
        /// A picture.
        Webp = "image/webp",
        /// A voice note.
        AudioWebm = "audio/webm",
        /// A voice note.
        AudioOgg = "audio/ogg",
        /// A voice note.
        AudioMp4 = "audio/mp4",
    }
);

word_type!(
    /// What a photo or voice note is for.
    Role {
        /// Shows what is broken.
        Photo = "photo",
        /// Says what is broken.
        Voice = "voice",
        /// Before the work.
        Before = "before",
        /// After the work.
        After = "after",
        /// Made by whoever checked the work.
        Check = "check",
    }
);

impl BlobType {
    /// Is it a voice note?
    pub fn is_audio(self) -> bool {
        matches!(self, Self::AudioWebm | Self::AudioOgg | Self::AudioMp4)
    }

    /// The most bytes one may have.
    pub fn max_bytes(self) -> u64 {
        if self.is_audio() { limits::VOICE_BYTES } else { limits::PHOTO_BYTES }
    }

    /// What these first bytes are, if they are anything we take.
    pub fn sniff(head: &[u8]) -> Option<Self> {
        match head {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [0x1A, 0x45, 0xDF, 0xA3, ..] => Some(Self::AudioWebm),
            [b'O', b'g', b'g', b'S', ..] => Some(Self::AudioOgg),
            [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if !is_picture(brand) => {
                Some(Self::AudioMp4)
            }
            _ => None,
        }
    }

    /// How many first bytes [`BlobType::sniff`] looks at.
    pub const HEAD: usize = 12;
}

/// Pictures come in the same container as voice notes: HEIC of iPhones, AVIF. Recorders write other
/// brands (`M4A `, `mp42`, `isom`, `iso5`, `dash` …), and may come to write more.
fn is_picture(brand: &[u8]) -> bool {
    const PICTURES: [&[u8; 4]; 10] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];
    PICTURES.iter().any(|picture| brand.starts_with(*picture))
}

/// What an item is. A kind this version does not know is kept as the word it came with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Something is broken.
    Report,
    /// A phone number for a report, erasable alone.
    Contact,
    /// The reporter takes a report back.
    Withdraw,
    /// "Is my work safe?" asks with one.
    Probe,
    /// What somebody who knows a place adds to the map.
    Contribution,
    /// Any other word, among them those of later versions.
    Other(String),
}

impl Kind {
    /// The word on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Report => "report",
            Self::Contact => "contact",
            Self::Withdraw => "withdraw",
            Self::Probe => "probe",
            Self::Contribution => "contribution",
            Self::Other(word) => word,
        }
    }

    /// Does its first stored revision open a case, which gets a number?
    pub fn opens_case(&self) -> bool {
        matches!(self.as_str(), "report" | "idea" | "app_complaint" | "contribution")
    }

    /// Does this version know what the body of this kind and schema says?
    pub fn is_known(&self, schema: u32) -> bool {
        schema == 1 && !matches!(self, Self::Other(_))
    }
}

impl From<&str> for Kind {
    fn from(word: &str) -> Self {
        match word {
            "report" => Self::Report,
            "contact" => Self::Contact,
            "withdraw" => Self::Withdraw,
            "probe" => Self::Probe,
            "contribution" => Self::Contribution,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

pub(crate) const DIGEST: Form<Digest> = parsed("expected 64 lower-case hex digits");
const BOOT: Form<Boot> = parsed("expected 32 lower-case hex digits");
pub(crate) const STAMP: Form<Stamp> = parsed("expected a time like 2026-11-23T08:15:20.123+08:00");
pub(crate) const ID: Form<ReportId> = parsed("expected a UUID of version 7, lower case");
const DEVICE: Form<DeviceId> = parsed("expected a UUID of version 7, lower case");
pub(crate) const COUNT32: Form<u32> = Form {
    expected: "expected a whole number from 1 to 2^32-1",
    read: |raw| (COUNT.read)(raw)?.try_into().ok(),
};
pub(crate) const WHOLE32: Form<u32> = Form {
    expected: "expected a whole number from 0 to 2^32-1",
    read: |raw| (WHOLE.read)(raw)?.try_into().ok(),
};
const KIND: Form<Kind> = Form {
    expected: "expected a word of 1 to 40 letters a-z, digits and _",
    read: |raw| {
        let word = (TEXT.read)(raw)?;
        let letters = word.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        (letters && (1..=40).contains(&word.len())).then(|| Kind::from(word.as_str()))
    },
};

impl Sealed {
    /// Reads a sealed text as strictly as the endpoint does. The fault names the member as a JSON
    /// Pointer into the item, `/sealed/…`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        const AT: &str = "/sealed";
        if text.len() > limits::ITEM_BYTES {
            let limit = limits::ITEM_BYTES as u64;
            return Err(Fault::too_large(AT, limit, "too many bytes"));
        }
        let head = Object::read(text, AT)?;
        if let Some(why) = unsound(text) {
            return Err(Fault::malformed(AT, why));
        }
        let sealed = Self {
            id: head.need("id", &ID)?,
            rev: head.need("rev", &COUNT32)?,
            dseq: head.need("dseq", &COUNT)?,
            device: head.need("device", &DEVICE)?,
            kind: head.need("kind", &KIND)?,
            schema: head.need("schema", &COUNT32)?,
            sealed_at: head.need("sealed_at", &STAMP)?,
            mono_ms: head.may("mono_ms", &WHOLE)?,
            boot: head.may("boot", &BOOT)?,
            secret_sha256: head.may("secret_sha256", &DIGEST)?,
            blobs: manifest(&head)?,
            body: body(&head)?,
        };
        if sealed.kind.is_known(sealed.schema) {
            report::check_body(&sealed)?;
        }
        Ok(sealed)
    }

    /// The digests of the manifest in its order, each once.
    pub fn wanted(&self) -> Vec<Digest> {
        wanted(&self.blobs)
    }
}

/// The digests of a manifest in its order, each once.
pub fn wanted(blobs: &[BlobEntry]) -> Vec<Digest> {
    let mut each = Vec::with_capacity(blobs.len());
    for blob in blobs {
        if !each.contains(&blob.sha256) {
            each.push(blob.sha256);
        }
    }
    each
}

fn body(head: &Object<'_>) -> Result<Box<RawValue>, Fault> {
    let missing = || Fault::malformed(head.pointer("body"), "this member is missing");
    let raw = head.raw("body")?.ok_or_else(missing)?;
    head.object("body")?;
    RawValue::from_string(raw.to_owned()).map_err(|_| missing())
}

fn manifest(head: &Object<'_>) -> Result<Vec<BlobEntry>, Fault> {
    let missing = || Fault::malformed(head.pointer("blobs"), "this member is missing");
    let lines = head.list("blobs")?.ok_or_else(missing)?;
    let (mut photos, mut voices) = (0, 0);
    let mut blobs = Vec::with_capacity(lines.len().min(limits::PHOTOS + limits::VOICES));
    for (at, raw) in lines {
        let blob = entry(&Object::read(raw, at.clone())?)?;
        let (count, limit) = if blob.media.is_audio() {
            (&mut voices, limits::VOICES)
        } else {
            (&mut photos, limits::PHOTOS)
        };
        *count += 1;
        if *count > limit {
            return Err(Fault::too_large(at, limit as u64, "too many of this type"));
        }
        blobs.push(blob);
    }
    Ok(blobs)
}

fn entry(line: &Object<'_>) -> Result<BlobEntry, Fault> {
    let media: BlobType = line.need("type", &parsed("expected a media type that is taken here"))?;
    let len = line.need("len", &COUNT)?;
    if len > media.max_bytes() {
        return Err(Fault::too_large(line.pointer("len"), media.max_bytes(), "too many bytes"));
    }
    Ok(BlobEntry {
        sha256: line.need("sha256", &DIGEST)?,
        len,
        media,
        role: line.need("role", &parsed("expected photo, voice, before, after or check"))?,
        taken_at: line.may("taken_at", &STAMP)?,
        mono_ms: line.may("mono_ms", &WHOLE)?,
        boot: line.may("boot", &BOOT)?,
        fix: line.may("fix", &WHOLE32)?,
        width: line.may("width", &WHOLE32)?,
        height: line.may("height", &WHOLE32)?,
        covered: line.may("covered", &WHOLE32)?,
        seconds: line.may("seconds", &WHOLE32)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_in_the_container_of_voice_notes_is_no_voice_note() {
        let sniffed = |brand: &str| BlobType::sniff(format!("\0\0\0\x20ftyp{brand}").as_bytes());
        for recorded in ["M4A ", "mp42", "mp41", "isom", "iso5", "iso6", "dash", "qt  "] {
            assert_eq!(sniffed(recorded), Some(BlobType::AudioMp4), "{recorded}");
        }
        for picture in ["heic", "heix", "hevc", "mif1", "msf1", "avif", "avis"] {
            assert_eq!(sniffed(picture), None, "{picture}");
        }
    }
}
