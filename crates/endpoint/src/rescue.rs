//! A rescue file, read: lines of items, and photos by their names.
//!
//! Anybody may have packed it, so nothing in it is believed: a line is judged as any item, the
//! bytes of a photo by its digest, and no name of an entry becomes a name on the disk.

use std::{
    fs::File,
    io::{self, Read as _},
};

use model::{
    hex::Digest,
    rescue::{IMPORT_BYTES, ITEMS, named_blob},
    wire::limits,
};
use rawzip::{
    CompressionMethod, FileReader, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder,
};
use serde_json::value::RawValue;

use crate::problems::{self, Refusal, refuse};

/// Entries of one file; a page would make far fewer.
const ENTRIES: usize = 20_000;

/// A file whose entries are known.
pub(crate) struct Rescue {
    archive: ZipArchive<FileReader>,
    /// One for each item, in order. What is no JSON stands here as `null`, and is rejected as such.
    pub(crate) lines: Vec<String>,
    blobs: Vec<(Digest, ZipArchiveEntryWayfinder)>,
}

impl Rescue {
    /// Reads the list of entries and all lines.
    pub(crate) fn open(file: File) -> Result<Self, Refusal> {
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let archive = ZipArchive::from_file(file, &mut buffer).map_err(|_| no_zip())?;
        let (mut items, mut blobs, mut bytes) = (None, Vec::new(), 0_u64);
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(|_| no_zip())? {
            let path = entry.file_path();
            let name = str::from_utf8(path.as_ref()).unwrap_or_default();
            let blob = named_blob(name);
            if blob.is_none() && name != ITEMS {
                continue;
            }
            if entry.compression_method() != CompressionMethod::STORE {
                let detail = "its entries must be stored, not compressed";
                return Err(refuse(&problems::TYPE, detail).at(format!("/{name}")));
            }
            // Entries may overlap: many large ones cost few bytes to write, and much to read.
            bytes = bytes.saturating_add(entry.compressed_size_hint());
            if bytes > IMPORT_BYTES || blobs.len() >= ENTRIES {
                let detail = "its entries are larger than the file may be";
                return Err(refuse(&problems::TOO_LARGE, detail).over(IMPORT_BYTES));
            }
            match blob {
                Some(digest) => blobs.push((digest, entry.wayfinder())),
                None => items = Some(entry.wayfinder()),
            }
        }
        let nothing = || refuse(&problems::MALFORMED, "there is no items.jsonl in it");
        let items = items.ok_or_else(nothing)?;
        let mut text = Vec::new();
        let entry = archive.get_entry(items).map_err(|_| no_zip())?;
        entry.verifying_reader(entry.reader()).read_to_end(&mut text).map_err(|_| no_zip())?;
        let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(line);
        Ok(Self { lines: lines.collect(), archive, blobs })
    }

    /// Its photos.
    pub(crate) fn blobs(&self) -> impl Iterator<Item = Digest> {
        self.blobs.iter().map(|(digest, _)| *digest)
    }

    /// The bytes of a photo.
    pub(crate) fn read(&self, nth: usize) -> io::Result<impl io::Read> {
        let (_, entry) = self.blobs.get(nth).ok_or(io::ErrorKind::NotFound)?;
        Ok(self.archive.get_entry(*entry).map_err(io::Error::other)?.reader())
    }

    /// Its items in requests of the size that phones send.
    pub(crate) fn batches(&self) -> Vec<String> {
        let mut batches: Vec<(usize, String)> = Vec::new();
        for line in &self.lines {
            match batches.last_mut() {
                Some((items, text))
                    if *items < limits::ITEMS && text.len() + line.len() < limits::ITEMS_BYTES =>
                {
                    *items += 1;
                    text.push(',');
                    text.push_str(line);
                }
                _ => batches.push((1, line.clone())),
            }
        }
        batches.into_iter().map(|(_, items)| format!("{{\"items\":[{items}]}}")).collect()
    }
}

fn line(bytes: &[u8]) -> String {
    let read = serde_json::from_slice::<&RawValue>(bytes);
    read.map_or_else(|_| "null".to_owned(), |json| json.get().to_owned())
}

fn no_zip() -> Refusal {
    refuse(&problems::MALFORMED, "the file is no zip archive, or it is damaged or cut off")
}
