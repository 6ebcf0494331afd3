//! What is here as a rescue file, for a page whose storage no other page can read.

use model::{
    hex::Digest,
    rescue::{ITEMS, Load, PART_BYTES, Part, SUMS, blob_name, item_line, parts, sums},
    wire::SendItem,
    zip::{Archive, Crc, TooLarge},
};

use crate::row::Row;

/// Divides into files what can be rescued of these rows: all whose words are here, probes aside.
pub fn files(rows: &[Row]) -> Vec<(Vec<&Row>, Vec<Digest>)> {
    let rows: Vec<&Row> = rows.iter().filter(|row| can_be_rescued(row)).collect();
    let load = |row: &&Row| Load {
        line: line(row).len() as u64,
        blobs: row.blobs.iter().map(|blob| (blob.sha256, blob.len)).collect(),
    };
    let loads: Vec<Load> = rows.iter().map(load).collect();
    let rows = &rows;
    let of = |Part { items, blobs }: Part| {
        (items.into_iter().filter_map(|at| rows.get(at).copied()).collect(), blobs)
    };
    parts(&loads, PART_BYTES).into_iter().map(of).collect()
}

/// Is there anything in it that a file is for?
pub fn can_be_rescued(row: &Row) -> bool {
    row.kind != "probe" && row.has_words()
}

/// One file: these rows and these photos. A photo whose bytes are no longer what its name says is
/// left out.
pub fn file(rows: &[&Row], blobs: &[(Digest, Vec<u8>)]) -> Result<Vec<u8>, TooLarge> {
    let items: String = rows.iter().map(|row| line(row)).collect();
    let whole = |(sha256, bytes): &&(Digest, Vec<u8>)| Digest::of(bytes) == *sha256;
    let named = |(sha256, bytes): &(Digest, Vec<u8>)| (blob_name(*sha256), *sha256, bytes.clone());
    let mut entries = vec![(ITEMS.to_owned(), Digest::of(items.as_bytes()), items.into_bytes())];
    entries.extend(blobs.iter().filter(whole).map(named));
    let sums = sums(entries.iter().map(|(name, sha256, _)| (name.as_str(), *sha256)));
    entries.push((SUMS.to_owned(), Digest::of(sums.as_bytes()), sums.into_bytes()));
    let (mut archive, mut file) = (Archive::default(), Vec::new());
    for (name, _, bytes) in &entries {
        let mut crc = Crc::default();
        crc.add(bytes);
        let len = u32::try_from(bytes.len()).map_err(|_| TooLarge)?;
        file.extend(archive.entry(name, len, crc.value())?);
        file.extend(bytes);
    }
    file.extend(archive.end()?);
    Ok(file)
}

fn line(row: &Row) -> String {
    item_line(SendItem { sha256: row.sha256, sealed: &row.sealed })
}

#[cfg(test)]
mod tests {
    use model::{ids::ReportId, sealed::BlobEntry};

    use super::*;
    use crate::{import, row::RowKey};

    fn row(ms: u64, kind: &str, photo: &[u8]) -> Row {
        let key = RowKey { id: ReportId::new(ms, &[7; 10]), rev: 1 };
        let blob = serde_json::json!({
            "sha256": Digest::of(photo), "len": photo.len(), "type": "image/jpeg", "role": "photo",
        });
        let sealed = serde_json::json!({
            "id": key.id, "rev": 1, "dseq": ms, "kind": kind, "blobs": [blob],
            "body": {"words": "栏杆断了"},
        });
        let blobs: Vec<BlobEntry> = serde_json::from_value(sealed["blobs"].clone()).unwrap();
        Row::sealed(key, ms, kind.into(), sealed.to_string(), blobs, 9)
    }

    #[test]
    fn what_is_written_is_read_in_again_word_for_word() {
        let rows = [row(1, "report", b"one"), row(2, "probe", b""), row(3, "report", b"two")];
        let [(of, names)] = &files(&rows)[..] else { panic!("one file") };
        assert_eq!(names, &[Digest::of(b"one"), Digest::of(b"two")]);
        let blobs = [(names[0], b"one".to_vec()), (names[1], b"damaged".to_vec())];
        let file = file(of, &blobs).unwrap();
        let brought = import::read(&file, 9).unwrap();
        let sealed = |rows: &[&Row]| rows.iter().map(|row| row.sealed.clone()).collect::<Vec<_>>();
        assert_eq!(sealed(&brought.rows.iter().collect::<Vec<_>>()), sealed(&[&rows[0], &rows[2]]));
        assert_eq!(brought.damaged, 0);
        assert_eq!(brought.blobs.keys().collect::<Vec<_>>(), [&names[0]]);
    }

    #[test]
    fn where_nothing_can_be_rescued_there_is_no_file() {
        let remainder = Row { sealed: String::new(), ..row(1, "report", b"one") };
        assert_eq!(files(&[remainder, row(2, "probe", b"")]), []);
    }
}
