//! A zip archive of stored entries, written in pieces and read whole. Writing gives the bytes around
//! what is stored, and whoever writes the file puts them together. So a phone can pack photos that
//! never enter the page's memory. (APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; no zip64, as a
//! part of a rescue file has 48 MiB. A library for all of zip would be ten times the size of this.)

/// The parts of an archive, in the order in which they are asked for.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// Bytes so far.
    len: u32,
    /// The list of entries that ends the file.
    list: Vec<u8>,
    entries: u16,
}

/// 1980-01-01, the first day there is: when a file was packed is nobody's business.
const DAY: u16 = 0x21;
/// Names are UTF-8.
const UTF_8: u16 = 1 << 11;
/// Version 1.0 of the format: stored entries.
const NEEDS: u16 = 10;

/// The archive would be larger than this form of zip can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the archive has too many bytes or entries")]
pub struct TooLarge;

impl Archive {
    /// What stands before the bytes of an entry. `crc` is that of all its bytes, `len` how many.
    pub fn entry(&mut self, name: &str, len: u32, crc: u32) -> Result<Vec<u8>, TooLarge> {
        let name_len = u16::try_from(name.len()).map_err(|_| TooLarge)?;
        let entries = self.entries.checked_add(1).ok_or(TooLarge)?;
        let mut same = Vec::with_capacity(26);
        for word in [NEEDS, UTF_8, 0, 0, DAY] {
            same.extend(word.to_le_bytes());
        }
        for word in [crc, len, len] {
            same.extend(word.to_le_bytes());
        }
        same.extend(name_len.to_le_bytes());
        same.extend([0; 2]);

        let head = [b"PK\x03\x04".as_slice(), &same, name.as_bytes()].concat();
        let head_len = u32::try_from(head.len()).map_err(|_| TooLarge)?;
        let end = self.len.checked_add(head_len).and_then(|it| it.checked_add(len));
        let begins = core::mem::replace(&mut self.len, end.ok_or(TooLarge)?);
        self.entries = entries;
        self.list.extend(b"PK\x01\x02");
        self.list.extend(NEEDS.to_le_bytes());
        self.list.extend(&same);
        // No comment, first disk, no attributes.
        self.list.extend([0; 10]);
        self.list.extend(begins.to_le_bytes());
        self.list.extend(name.as_bytes());
        Ok(head)
    }

    /// What ends the archive.
    pub fn end(self) -> Result<Vec<u8>, TooLarge> {
        let mut end = self.list;
        let list = u32::try_from(end.len()).map_err(|_| TooLarge)?;
        end.extend(b"PK\x05\x06\0\0\0\0");
        end.extend(self.entries.to_le_bytes());
        end.extend(self.entries.to_le_bytes());
        end.extend(list.to_le_bytes());
        end.extend(self.len.to_le_bytes());
        end.extend([0; 2]);
        Ok(end)
    }
}

/// The bytes are no zip archive of stored entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotStored {
    /// They are none, or it is damaged or cut off.
    #[error("no zip archive, or it is damaged or cut off")]
    Damaged,
    /// An entry is compressed.
    #[error("its entries are compressed")]
    Packed,
}

/// Name and bytes of each entry of a whole archive, in the order of its list. Nothing is unpacked
/// and no checksum is looked at: whoever reads a rescue file knows the digest of everything in it.
pub fn entries(archive: &[u8]) -> Result<Vec<(&str, &[u8])>, NotStored> {
    read_list(archive).ok_or(NotStored::Damaged)?
}

type List<'a> = Vec<(&'a str, &'a [u8])>;

fn read_list(archive: &[u8]) -> Option<Result<List<'_>, NotStored>> {
    // The end has 22 bytes and may be followed by a comment.
    let end = archive.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let end = archive.get(end..end + 22)?;
    let count = word(end, 10)?;
    let mut at = usize::try_from(long(end, 16)?).ok()?;
    let mut entries = Vec::new();
    for _ in 0..count {
        let head = archive.get(at..at.checked_add(46)?)?;
        if !head.starts_with(b"PK\x01\x02") {
            return None;
        }
        if word(head, 10)? != 0 {
            return Some(Err(NotStored::Packed));
        }
        if long(head, 20)? != long(head, 24)? {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| word(head, at).map(usize::from));
        let (name, extra, comment) = (name?, extra?, comment?);
        let begins = usize::try_from(long(head, 42)?).ok()?;
        let len = usize::try_from(long(head, 24)?).ok()?;
        let listed = archive.get(at + 46..)?.get(..name)?;
        entries.push((str::from_utf8(listed).ok()?, stored_at(archive, begins, len)?));
        at = at.checked_add(46 + name + extra + comment)?;
    }
    Some(Ok(entries))
}

/// The bytes behind a local head, whose name and extra field may be others than the list says.
fn stored_at(archive: &[u8], begins: usize, len: usize) -> Option<&[u8]> {
    let head = archive.get(begins..begins.checked_add(30)?)?;
    let skip = usize::from(word(head, 26)?) + usize::from(word(head, 28)?);
    let from = begins.checked_add(30 + skip)?;
    head.starts_with(b"PK\x03\x04").then(|| archive.get(from..from.checked_add(len)?))?
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// CRC-32 (IEEE) of bytes that come in pieces.
#[derive(Clone, Copy, Debug)]
pub struct Crc(u32);

impl Default for Crc {
    fn default() -> Self {
        Self(!0)
    }
}

impl Crc {
    /// More bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |crc, byte| {
            let at = (crc ^ u32::from(*byte)) & 0xFF;
            // The table has 256 entries.
            TABLE.get(at as usize).copied().unwrap_or_default() ^ (crc >> 8)
        });
    }

    /// Of all bytes so far.
    pub fn value(self) -> u32 {
        !self.0
    }
}

const TABLE: [u32; 256] = table();

#[expect(clippy::cast_possible_truncation, clippy::indexing_slicing, reason = "256 entries")]
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut nth = 0;
    while nth < 256 {
        let (mut crc, mut bit) = (nth as u32, 0);
        while bit < 8 {
            crc = if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
            bit += 1;
        }
        table[nth] = crc;
        nth += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_catalogue_of_crcs_comes_out_in_pieces_too() {
        let mut crc = Crc::default();
        crc.add(b"1234");
        crc.add(b"56789");
        assert_eq!(crc.value(), 0xCBF4_3926);
    }

    fn archive() -> Vec<u8> {
        let mut archive = Archive::default();
        let mut file = Vec::new();
        for (name, bytes) in [("items.jsonl", b"{}".as_slice()), ("blobs/ab", b""), ("x", b"PK")] {
            let len = u32::try_from(bytes.len()).unwrap();
            file.extend(archive.entry(name, len, 0).unwrap());
            file.extend(bytes);
        }
        file.extend(archive.end().unwrap());
        file
    }

    #[test]
    fn what_was_written_is_read_and_an_archive_may_end_in_a_comment() {
        let mut file = archive();
        let expected = [("items.jsonl", b"{}".as_slice()), ("blobs/ab", b""), ("x", b"PK")];
        assert_eq!(entries(&file).unwrap(), expected);
        file.extend(b"saved on Sunday");
        assert_eq!(entries(&file).unwrap(), expected);
    }

    #[test]
    fn an_archive_that_is_cut_off_changed_or_none_is_refused_and_never_a_panic() {
        let file = archive();
        for cut in 0..file.len() {
            assert_eq!(entries(&file[..cut]).ok().filter(|it| it.len() == 3), None, "{cut}");
        }
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 0xFF;
            let _ = entries(&changed);
        }
        assert_eq!(entries(b""), Err(NotStored::Damaged));
        assert_eq!(entries(&[0x50; 4_096]), Err(NotStored::Damaged));
        let mut packed = file;
        let list = packed.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
        packed[list + 10] = 8;
        assert_eq!(entries(&packed), Err(NotStored::Packed));
    }

    #[test]
    fn what_is_too_large_for_this_form_is_refused() {
        let mut archive = Archive::default();
        assert!(archive.entry("a", u32::MAX - 30, 0).is_err());
        assert!(archive.entry("a", u32::MAX - 31, 0).is_ok());
        assert_eq!(archive.entry("b", 1, 0), Err(TooLarge));
    }
}
