//! A rescue file, read: lines of items, and photos by their names.
//!
//! Anybody may have packed it, so nothing in it is believed: a line is judged as any item, the
//! bytes of a photo by its digest, and no name of an entry becomes a name on the disk.

use std::{
    fs::File,
    io::{self, Read as _},
    ops::Range,
};

use model::{
    hex::Digest,
    rescue::{IMPORT_BYTES, is_items, named_blob},
    wire::limits,
};
use rawzip::{
    CompressionMethod, FileReader, RECOMMENDED_BUFFER_SIZE, ZipArchive, ZipArchiveEntryWayfinder,
};
use serde_json::value::RawValue;

use crate::problems::{self, Refusal, refuse};

/// Entries of one file; a page would make far fewer.
const ENTRIES: usize = 20_000;
/// Lines of one file. A phone may send 1,000 reports at once and 60 in an hour for ever, so it would
/// write for two weeks without a pause to have so many; each costs an answer.
const LINES: usize = 20_000;

/// A file whose entries are known.
pub(crate) struct Rescue {
    archive: ZipArchive<FileReader>,
    text: Vec<u8>,
    /// Where each item stands in the text, in order.
    lines: Vec<Range<usize>>,
    blobs: Vec<(Digest, ZipArchiveEntryWayfinder)>,
}

impl Rescue {
    /// Reads the list of entries and all lines.
    pub(crate) fn open(file: File) -> Result<Self, Refusal> {
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let archive = ZipArchive::from_file(file, &mut buffer).map_err(|_| no_zip())?;
        let (mut items, mut blobs, mut bytes) = (Vec::new(), Vec::new(), 0_u64);
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(|_| no_zip())? {
            let path = entry.file_path();
            let name = str::from_utf8(path.as_ref()).unwrap_or_default();
            let blob = named_blob(name);
            if blob.is_none() && !is_items(name) {
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
                None => items.push(entry.wayfinder()),
            }
        }
        if items.is_empty() {
            return Err(refuse(&problems::MALFORMED, "there is no items.jsonl in it"));
        }
        let mut text = Vec::new();
        // Whoever puts two files together by hand may leave two lists in it.
        for items in items {
            let entry = archive.get_entry(items).map_err(|_| no_zip())?;
            entry.verifying_reader(entry.reader()).read_to_end(&mut text).map_err(|_| no_zip())?;
            text.push(b'\n');
        }
        let lines = lines(&text)?;
        Ok(Self { archive, text, lines, blobs })
    }

    /// How many items it holds.
    pub(crate) fn items(&self) -> usize {
        self.lines.len()
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

    /// The next request of the size that phones send, of the items from `from` on, and where the one
    /// after it begins; none at the end. What could be no item goes as `null`, and is rejected as such.
    pub(crate) fn batch(&self, from: usize) -> Option<(String, usize)> {
        let mut lines = self.lines.get(from..)?.iter().take(limits::ITEMS);
        let mut items = self.line(lines.next()?).to_owned();
        let mut next = from + 1;
        for line in lines.map(|line| self.line(line)) {
            if items.len() + line.len() >= limits::ITEMS_BYTES {
                break;
            }
            items.push(',');
            items.push_str(line);
            next += 1;
        }
        Some((format!("{{\"items\":[{items}]}}"), next))
    }

    fn line(&self, at: &Range<usize>) -> &str {
        let bytes = self.text.get(at.clone()).filter(|bytes| bytes.len() < limits::ITEMS_BYTES);
        let read = bytes.and_then(|bytes| serde_json::from_slice::<&RawValue>(bytes).ok());
        read.map_or("null", RawValue::get)
    }
}

/// Where the lines stand that are not empty.
fn lines(text: &[u8]) -> Result<Vec<Range<usize>>, Refusal> {
    let (mut lines, mut begin) = (Vec::new(), 0);
    for mut line in text.split(|byte| *byte == b'\n') {
        let end = begin + line.len();
        // An editor may have put its mark before the first letter.
        line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let at = end - line.len()..end;
        begin = end + 1;
        if line.is_empty() {
            continue;
        }
        if lines.len() == LINES {
            let detail = format!("more than {LINES} lines; import it in parts");
            return Err(refuse(&problems::TOO_LARGE, detail).at("/items.jsonl").over(LINES as u64));
        }
        lines.push(at);
    }
    Ok(lines)
}

fn no_zip() -> Refusal {
    refuse(&problems::MALFORMED, "the file is no zip archive, or it is damaged or cut off")
}
