//! A rescue file that a person reads in: what another browser, or an earlier life of this one, had
//! sealed goes on from here, under its own ids. So a file may be read twice, and by several phones.

use std::collections::{HashMap, HashSet};

use model::{
    hex::Digest,
    ids::ReportId,
    rescue::{is_items, named_blob},
    sealed::{BlobEntry, Kind},
    stamp::Stamp,
    zip::{self, NotStored},
};
use serde::Deserialize;

use crate::row::{Label, Row, RowKey};

/// How many characters of the words stand on a row of a list.
const LABEL_WORDS: usize = 40;

/// What a rescue file brings.
#[derive(Debug, Default)]
pub struct Brought<'a> {
    /// Its items as rows of the outbox: sealed, perhaps sent already, without the secrets, which no
    /// file holds.
    pub rows: Vec<Row>,
    /// Its photos, each digested anew and named by one of the rows.
    pub blobs: HashMap<Digest, &'a [u8]>,
    /// Lines that are no item, or whose digest is another.
    pub damaged: u32,
}

/// What of it was new on this phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Items that entered.
    pub new: u32,
    /// Items that were here already.
    pub known: u32,
    /// Lines that could not be used.
    pub damaged: u32,
    /// Photos that items of the file name and that are neither in it nor here, though something of the
    /// items is still to be sent.
    pub photos_missing: u32,
    /// Photos of items that were here already, which were missing and came with the file.
    pub photos_filled: u32,
}

/// The file cannot be read as a rescue file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotARescueFile {
    /// It is none, or damaged.
    #[error("no rescue file, or it is damaged or cut off")]
    Damaged,
    /// Somebody has packed it anew: its entries are compressed.
    #[error("its entries are compressed; the file as it was saved is needed")]
    Packed,
}

/// A line of the file.
#[derive(Deserialize)]
struct Line {
    sha256: Digest,
    sealed: String,
}

/// As much of a sealed text as a row needs.
#[derive(Deserialize)]
struct Head {
    id: ReportId,
    rev: u32,
    dseq: u64,
    kind: String,
    sealed_at: Option<Stamp>,
    #[serde(default)]
    blobs: Vec<BlobEntry>,
    #[serde(default)]
    body: Body,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    of: Option<ReportId>,
    issue: Option<String>,
    words: Option<String>,
    place: Option<PlaceWords>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PlaceWords {
    words: Option<String>,
}

/// Reads a rescue file. `now_ms`: the phone's clock. What is read in was sealed when its text says.
pub fn read(file: &[u8], now_ms: i64) -> Result<Brought<'_>, NotARescueFile> {
    let entries = zip::entries(file).map_err(|why| match why {
        NotStored::Packed => NotARescueFile::Packed,
        NotStored::Damaged => NotARescueFile::Damaged,
    })?;
    // Whoever puts two files together by hand may leave two lists in it.
    let items = entries.iter().filter(|(name, _)| is_items(name));
    let items = items.map(|(_, bytes)| str::from_utf8(bytes).map_err(|_| NotARescueFile::Damaged));
    let items = items.collect::<Result<Vec<_>, _>>()?;
    if items.is_empty() {
        return Err(NotARescueFile::Damaged);
    }
    let mut brought = Brought::default();
    // An editor may have put its mark before the first letter.
    let lines = items.iter().flat_map(|it| it.trim_start_matches('\u{feff}').lines());
    for line in lines.filter(|line| !line.trim().is_empty()) {
        match row(line, now_ms) {
            Some(row) => brought.rows.push(row),
            None => brought.damaged += 1,
        }
    }
    // What was taken back there stays so here: whether undone, or by an item that says so.
    let taken_back = brought.rows.iter().filter(|row| row.kind == Kind::Withdraw.as_str());
    let taken_back: HashSet<ReportId> =
        taken_back.map(|row| row.of.unwrap_or(row.key.id)).collect();
    for row in &mut brought.rows {
        row.withdrawn = taken_back.contains(&row.key.id);
    }
    let is_named = |digest| brought.rows.iter().any(|row| names(row, digest));
    let blobs = entries.iter().filter_map(|(name, bytes)| Some((named_blob(name)?, *bytes)));
    brought.blobs =
        blobs.filter(|(name, bytes)| is_named(*name) && Digest::of(bytes) == *name).collect();
    Ok(brought)
}

fn names(row: &Row, digest: Digest) -> bool {
    row.blobs.iter().any(|blob| blob.sha256 == digest)
}

fn row(line: &str, now_ms: i64) -> Option<Row> {
    let Line { sha256, sealed } = serde_json::from_str(line).ok()?;
    let head: Head = serde_json::from_str(&sealed).ok()?;
    if Digest::of(sealed.as_bytes()) != sha256 {
        return None;
    }
    let place = head.body.place.and_then(|it| it.words).unwrap_or_default();
    let words = head.body.words.unwrap_or_default().chars().take(LABEL_WORDS).collect();
    let label = Label { issue: head.body.issue, place, words };
    let key = RowKey { id: head.id, rev: head.rev };
    let sealed_ms = head.sealed_at.map_or(now_ms, |at| at.unix_ms);
    let row = Row::sealed(key, head.dseq, head.kind, sealed, head.blobs, sealed_ms);
    // Whoever saved the file may have sent it as well: it can be withdrawn, never undone.
    Some(Row { label, of: head.body.of, tried: true, brought_ms: Some(now_ms), ..row })
}

#[cfg(test)]
mod tests {
    use model::rescue::ITEMS;

    use super::*;

    const ID: &str = "01a205bf-c051-75e1-aa3b-4c5d6e7f8091";
    const AT: &str = "2026-11-23T08:15:20.123+08:00";

    fn text(photo: &[u8]) -> String {
        let (sha256, len) = (Digest::of(photo), photo.len());
        let blob =
            format!(r#"{{"sha256":"{sha256}","len":{len},"type":"image/jpeg","role":"photo"}}"#);
        let body =
            r#"{"issue":"road.steps_rail","words":"栏杆断了","place":{"words":"小卖部门口"}}"#;
        format!(
            r#"{{"id":"{ID}","rev":2,"dseq":7,"kind":"report","sealed_at":"{AT}","blobs":[{blob}],"body":{body}}}"#
        )
    }

    fn line(sealed: &str, digest_of: &str) -> String {
        let sha256 = Digest::of(digest_of.as_bytes());
        serde_json::json!({"sha256": sha256, "sealed": sealed}).to_string()
    }

    fn file(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut archive, mut file) = (zip::Archive::default(), Vec::new());
        for (name, bytes) in entries {
            let len = u32::try_from(bytes.len()).unwrap();
            file.extend(archive.entry(name, len, 0).unwrap());
            file.extend(*bytes);
        }
        file.extend(archive.end().unwrap());
        file
    }

    #[test]
    fn an_item_of_a_file_is_a_row_as_it_was_sealed_and_brings_its_photo() {
        let sealed = text(b"photo");
        let items = line(&sealed, &sealed);
        let name = format!("blobs/{}", Digest::of(b"photo"));
        let file = file(&[(ITEMS, items.as_bytes()), (&name, b"photo")]);
        let brought = read(&file, 9).unwrap();
        let [row] = brought.rows.as_slice() else { panic!("one row") };
        assert_eq!((row.key.to_string(), row.dseq), (format!("{ID}.2"), 7));
        assert_eq!((&row.sealed, row.sha256), (&sealed, Digest::of(sealed.as_bytes())));
        assert_eq!((&row.label.place[..], &row.label.words[..]), ("小卖部门口", "栏杆断了"));
        assert!(row.tried && row.is_unfinished() && row.secret.is_none());
        let at: Stamp = AT.parse().unwrap();
        assert_eq!((row.sealed_ms, row.brought_ms), (at.unix_ms, Some(9)), "not when it was read");
        assert_eq!(brought.blobs[&Digest::of(b"photo")], b"photo");
    }

    /// A report that was taken back stood under 已送达 on the phone that had read the file, to be changed.
    #[test]
    fn what_was_taken_back_there_is_taken_back_here() {
        let other = ID.replace("8091", "8092");
        let undone = ID.replace("8091", "8093");
        let withdraw = format!(
            r#"{{"id":"{other}","rev":1,"dseq":8,"kind":"withdraw","body":{{"of":"{ID}"}}}}"#
        );
        let empty =
            format!(r#"{{"id":"{undone}","rev":1,"dseq":9,"kind":"withdraw","body":{{}}}}"#);
        let sealed = text(b"photo");
        let items = [line(&sealed, &sealed), line(&withdraw, &withdraw), line(&empty, &empty)];
        let file = file(&[(ITEMS, items.join("\n").as_bytes())]);
        let rows = read(&file, 9).unwrap().rows;
        let stands: Vec<_> = rows.iter().map(|row| (row.withdrawn, row.is_undone())).collect();
        assert_eq!(stands, [(true, false), (false, false), (true, true)]);
    }

    #[test]
    fn what_is_damaged_is_counted_and_hides_nothing_beside_it() {
        let sealed = text(b"photo");
        let items = ["{", &line(&sealed, "other"), &line("{}", "{}"), &line(&sealed, &sealed)];
        let name = format!("blobs/{}", Digest::of(b"photo"));
        let file = file(&[(&name, b"changed"), (ITEMS, items.join("\n").as_bytes())]);
        let brought = read(&file, 9).unwrap();
        assert_eq!((brought.rows.len(), brought.damaged), (1, 3));
        assert!(brought.blobs.is_empty(), "other bytes than its name says");
    }

    #[test]
    fn a_file_that_was_put_together_by_hand_brings_what_stands_in_all_of_its_lists() {
        let (one, two) = (text(b"a"), text(b"b"));
        let lists = [line(&one, &one), line(&two, &two)];
        let marked = format!("\u{feff}{}", lists[0]);
        let lists = [("saved/items.jsonl", marked.as_bytes()), (ITEMS, lists[1].as_bytes())];
        let file = file(&lists);
        assert_eq!(read(&file, 9).unwrap().rows.len(), 2);
    }

    #[test]
    fn a_photo_that_no_item_names_and_a_file_without_items_bring_nothing() {
        let stray = format!("blobs/{}", Digest::of(b"stray"));
        let empty = file(&[(ITEMS, b""), (&stray, b"stray")]);
        let brought = read(&empty, 9).unwrap();
        assert!(brought.rows.is_empty() && brought.blobs.is_empty());
        assert_eq!(read(&file(&[("x", b"")]), 9).err(), Some(NotARescueFile::Damaged));
        assert_eq!(read(b"<html>", 9).err(), Some(NotARescueFile::Damaged));
    }
}
