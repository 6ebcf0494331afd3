//! The rescue file: what a phone holds, in a form that another phone, an endpoint and a person with
//! a file manager can read.
//!
//! A zip archive of stored (not deflated) entries:
//!
//! - `items.jsonl`: one line for each item, `{"sha256": …, "sealed": …}` as in a batch
//! - `blobs/<sha256>`: photos and voice notes, as they are uploaded
//! - `SHA256SUMS`: a line for each of those, as the program `sha256sum` writes it
//!
//! The ids inside are those of the reports, so a file may be imported twice, by anybody, in any
//! order. A file larger than [`PART_BYTES`] is written as several, each whole in itself.

use core::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::{
    hex::Digest,
    wire::{ItemResult, SendItem},
};

/// The text of all items.
pub const ITEMS: &str = "items.jsonl";
/// The digests of all other entries.
pub const SUMS: &str = "SHA256SUMS";
/// Bytes that a part may have when it is written.
pub const PART_BYTES: u64 = 48 * 1024 * 1024;
/// Bytes that `POST /sync/v1/import` takes: `application/zip`, with `Content-Length`.
pub const IMPORT_BYTES: u64 = 64 * 1024 * 1024;
/// The type of the file.
pub const MEDIA: &str = "application/zip";

/// The answer to `POST /sync/v1/import`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// One for each line of `items.jsonl`, in its order, as for a batch of items; `need` is what is
    /// missing after the photos of the file were stored.
    pub results: Vec<ItemResult>,
    /// Photos of the file that were not stored: their bytes are others than their name says, or no
    /// item of the file names them.
    pub refused: Vec<Digest>,
}

/// The name of a photo's entry.
pub fn blob_name(sha256: Digest) -> String {
    format!("blobs/{sha256}")
}

/// Is it the entry of the texts? Whoever packs a file anew may put all of it into a folder.
pub fn is_items(name: &str) -> bool {
    name.rsplit('/').next() == Some(ITEMS)
}

/// The digest in the name of a photo's entry, if it is one; in a folder too.
pub fn named_blob(name: &str) -> Option<Digest> {
    let (folders, digest) = name.rsplit_once('/')?;
    (folders.rsplit('/').next()? == "blobs").then(|| digest.parse().ok())?
}

/// A line of `items.jsonl`, with its end.
pub fn item_line(item: SendItem<'_>) -> String {
    // A digest and a text: serialising them has no way to fail.
    let mut line = serde_json::to_string(&item).unwrap_or_default();
    line.push('\n');
    line
}

/// The text of `SHA256SUMS`.
pub fn sums<'a>(entries: impl IntoIterator<Item = (&'a str, Digest)>) -> String {
    entries.into_iter().fold(String::new(), |mut text, (name, sha256)| {
        let _ = writeln!(text, "{sha256}  {name}");
        text
    })
}

/// Name and digest of each line of `SHA256SUMS`; lines of another form are passed over.
pub fn read_sums(text: &str) -> impl Iterator<Item = (&str, Digest)> {
    text.lines().filter_map(|line| {
        let (digest, name) = line.split_once("  ")?;
        Some((name, digest.parse().ok()?))
    })
}

/// Something to be rescued: the length of its line, and its photos that are at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Bytes of its line.
    pub line: u64,
    /// Digest and length of each photo.
    pub blobs: Vec<(Digest, u64)>,
}

/// What goes into one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Which of the loads, by index.
    pub items: Vec<usize>,
    /// Which photos, each once.
    pub blobs: Vec<Digest>,
}

/// What an entry costs beside its bytes: twice its name, the fixed parts of its two headers, and its
/// line in `SHA256SUMS`.
const ENTRY_BYTES: u64 = 2 * 70 + 30 + 46 + 150;
/// What a part costs beside that.
const FRAME_BYTES: u64 = 1_024;

/// Divides what is to be rescued into parts of at most `limit` bytes. A photo stands in one part
/// only, and there beside an item that names it: an item whose photos do not fit is in several.
pub fn parts(loads: &[Load], limit: u64) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut part, mut left) = (Part::default(), limit.saturating_sub(FRAME_BYTES));
    let mut placed = std::collections::HashSet::new();
    for (at, load) in loads.iter().enumerate() {
        let fresh: Vec<_> = load.blobs.iter().filter(|(it, _)| !placed.contains(it)).collect();
        let mut rest = fresh.as_slice();
        loop {
            let need = load.line + rest.first().map_or(0, |(_, len)| len + ENTRY_BYTES);
            if need > left && !part.items.is_empty() {
                parts.push(core::mem::take(&mut part));
                left = limit.saturating_sub(FRAME_BYTES);
            }
            part.items.push(at);
            left = left.saturating_sub(load.line);
            while let [(digest, len), more @ ..] = rest {
                // A photo that is alone larger than a part still goes somewhere.
                let alone = part.items.len() == 1 && part.blobs.is_empty();
                if len + ENTRY_BYTES > left && !alone {
                    break;
                }
                if placed.insert(*digest) {
                    part.blobs.push(*digest);
                    left = left.saturating_sub(len + ENTRY_BYTES);
                }
                rest = more;
            }
            if rest.is_empty() {
                break;
            }
            parts.push(core::mem::take(&mut part));
            left = limit.saturating_sub(FRAME_BYTES);
        }
    }
    if !part.items.is_empty() {
        parts.push(part);
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn loads() -> impl Strategy<Value = Vec<Load>> {
        let blob = (0_u8..20).prop_map(|n| (Digest([n; 32]), 2_000 + u64::from(n) * 100));
        let load = (100_u64..500, proptest::collection::vec(blob, 0..6));
        let load = load.prop_map(|(line, blobs)| Load { line, blobs });
        proptest::collection::vec(load, 0..12)
    }

    proptest! {
        #[test]
        fn every_item_and_every_photo_is_in_a_part_and_no_part_is_too_large(loads in loads()) {
            let limit = 10_000;
            let parts = parts(&loads, limit);
            let mut photos = HashSet::new();
            let mut items = HashSet::new();
            for part in &parts {
                let mut bytes = FRAME_BYTES;
                for &at in &part.items {
                    items.insert(at);
                    bytes += loads[at].line;
                }
                for photo in &part.blobs {
                    prop_assert!(photos.insert(*photo), "a photo is in two parts");
                    let named = part.items.iter().flat_map(|&at| &loads[at].blobs);
                    let (_, len) = named.clone().find(|(it, _)| it == photo).unwrap();
                    bytes += len + ENTRY_BYTES;
                }
                prop_assert!(bytes <= limit, "{bytes}");
                let once: HashSet<_> = part.items.iter().collect();
                prop_assert_eq!(once.len(), part.items.len());
            }
            prop_assert_eq!(items.len(), loads.len());
            let all: HashSet<_> = loads.iter().flat_map(|it| &it.blobs).map(|it| it.0).collect();
            prop_assert_eq!(photos, all);
        }
    }

    #[test]
    fn the_list_of_digests_is_the_one_that_sha256sum_writes_and_reads() {
        let digest = Digest::of(b"abc");
        let text = sums([(ITEMS, digest), (blob_name(digest).as_str(), digest)]);
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(text, format!("{hex}  items.jsonl\n{hex}  blobs/{hex}\n"));
        let read: Vec<_> = read_sums(&text).map(|(name, _)| name.to_owned()).collect();
        assert_eq!(read, [ITEMS.to_owned(), blob_name(digest)]);
        assert_eq!(named_blob(&read[1]), Some(digest));
        assert_eq!(named_blob("blobs/../x"), None);
        assert_eq!(named_blob(&format!("saved/{}", read[1])), Some(digest));
        assert!(is_items("saved/items.jsonl") && !is_items("my-items.jsonl"));
    }
}
