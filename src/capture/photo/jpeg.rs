//! The parts of a JPEG (ITU-T T.81): is it whole, and where does it say things that a picture does
//! not need.

/// Bytes that are no whole JPEG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a whole JPEG")]
pub struct NotWhole;

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const COMMENT: u8 = 0xFE;

/// One marker and, where it has them, its bytes (without marker and length).
pub(super) struct Segment<'a> {
    /// The byte after 0xFF.
    pub(super) marker: u8,
    /// What stands in it.
    pub(super) data: &'a [u8],
    /// Marker, length, data and, for a scan, the picture bytes that follow.
    whole: &'a [u8],
}

/// Walks through the segments up to and with the end marker. Stops with an error where the file
/// breaks off.
pub(super) struct Segments<'a> {
    rest: &'a [u8],
}

impl<'a> Segments<'a> {
    pub(super) fn of(jpeg: &'a [u8]) -> Result<Self, NotWhole> {
        match jpeg {
            [0xFF, SOI, rest @ ..] => Ok(Self { rest }),
            _ => Err(NotWhole),
        }
    }

    fn segment(&mut self) -> Option<Segment<'a>> {
        // Any number of 0xFF may stand before a marker.
        let fill = self.rest.iter().take_while(|byte| **byte == 0xFF).count();
        let marker = *self.rest.get(fill)?;
        let start = self.rest.get(fill.checked_sub(1)?..)?;
        let (data, mut len) = match marker {
            EOI | 0x01 | 0xD0..=0xD7 => (&[] as &[u8], 2),
            _ => {
                let len = usize::from(u16::from_be_bytes(*start.get(2..)?.first_chunk()?));
                (start.get(4..2 + len)?, 2 + len)
            }
        };
        if marker == SOS {
            len += scan_len(start.get(len..)?)?;
        }
        let (whole, rest) = start.split_at_checked(len)?;
        self.rest = rest;
        Some(Segment { marker, data, whole })
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Result<Segment<'a>, NotWhole>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let segment = self.segment();
        if segment.as_ref().is_none_or(|it| it.marker == EOI) {
            self.rest = &[];
        }
        Some(segment.ok_or(NotWhole))
    }
}

/// Length of the picture bytes: they end at a marker that is neither a stuffed 0xFF 0x00 nor a
/// restart.
fn scan_len(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(2)
        .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xFF | 0xD0..=0xD7))
}

/// Does the file hold a picture from its first to its end marker?
pub(super) fn is_whole(jpeg: &[u8]) -> bool {
    let Ok(segments) = Segments::of(jpeg) else { return false };
    let Ok(segments) = segments.collect::<Result<Vec<_>, _>>() else { return false };
    let scanned = segments.iter().any(|it| it.marker == SOS);
    scanned && segments.last().is_some_and(|it| it.marker == EOI)
}

/// Leaves out everything a picture does not need: APP1 to APP15 (Exif, XMP, colour profiles,
/// makers' notes), comments, an APP0 that is not JFIF, and whatever follows the end.
pub fn without_metadata(jpeg: &[u8]) -> Result<Vec<u8>, NotWhole> {
    let mut bare = vec![0xFF, SOI];
    let mut ended = false;
    for segment in Segments::of(jpeg)? {
        let segment = segment?;
        if is_picture(&segment) {
            bare.extend_from_slice(segment.whole);
        }
        ended = segment.marker == EOI;
    }
    if ended { Ok(bare) } else { Err(NotWhole) }
}

fn is_picture(segment: &Segment<'_>) -> bool {
    match segment.marker {
        0xE0 => segment.data.starts_with(b"JFIF\0"),
        0xE1..=0xEF | COMMENT => false,
        _ => true,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A segment with its length.
    pub fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
        let len = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], &len[..], data].concat()
    }

    /// Start, the given segments, a scan with a stuffed byte and a restart, end.
    pub fn picture(segments: &[Vec<u8>]) -> Vec<u8> {
        let scan = [segment(SOS, &[1, 1, 0, 0, 63, 0]), vec![0x12, 0xFF, 0, 0xFF, 0xD3, 0x34]];
        [vec![0xFF, SOI], segments.concat(), scan.concat(), vec![0xFF, EOI]].concat()
    }

    fn jfif() -> Vec<u8> {
        segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    }

    #[test]
    fn nothing_but_the_picture_is_left() {
        let frame = segment(0xC0, &[8, 0, 2, 0, 3, 1, 1, 0x11, 0]);
        let dirty = picture(&[
            jfif(),
            segment(0xE0, b"JFXX\0thumbnail"),
            segment(0xE1, b"Exif\0\0GPS"),
            segment(0xE2, b"ICC_PROFILE\0"),
            segment(0xED, b"Photoshop"),
            segment(COMMENT, b"made by"),
            frame.clone(),
        ]);
        let dirty = [dirty, b"a film behind the picture".to_vec()].concat();
        assert_eq!(without_metadata(&dirty), Ok(picture(&[jfif(), frame])));
    }

    #[test]
    fn a_clean_picture_stays_as_it_is() {
        let clean = picture(&[jfif()]);
        assert_eq!(without_metadata(&clean), Ok(clean));
    }

    #[test]
    fn fill_bytes_before_a_marker_are_no_fault() {
        let filled = picture(&[vec![0xFF, 0xFF], jfif()]);
        assert!(is_whole(&filled));
    }

    #[test]
    fn a_picture_cut_anywhere_is_not_whole() {
        let whole = picture(&[jfif(), segment(0xE1, b"Exif\0\0")]);
        assert!(is_whole(&whole));
        for len in 0..whole.len() {
            assert!(!is_whole(&whole[..len]), "{len}");
            assert_eq!(without_metadata(&whole[..len]), Err(NotWhole), "{len}");
        }
    }
}
