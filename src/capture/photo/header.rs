//! What a chosen file is, read from its first bytes before anybody decodes it: a picture of a
//! hundred megapixels must not be decoded on a phone to find out that it is too large.

use super::jpeg::{self, Segments};

/// The largest file that is opened.
pub(super) const FILE_BYTES_MAX: u64 = 40 * 1024 * 1024;
/// The most pixels that are decoded.
const PIXELS_MAX: u64 = 64_000_000;
/// On a smaller side nothing can be seen: such pictures are spacers of pages.
pub(super) const SIDE_MIN: u32 = 8;
/// In so many first bytes an ISO media file says how large its pictures are.
const ISO_HEAD: usize = 65_536;

/// Why a file is no photo for a report. The screen says it in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoFault {
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// More than 40 MB.
    #[error("the file is larger than 40 MB")]
    TooManyBytes,
    /// More than 64 megapixels.
    #[error("the picture has more than 64 megapixels")]
    TooManyPixels,
    /// A side of less than eight pixels.
    #[error("the picture is smaller than eight pixels")]
    TooSmall,
    /// A video.
    #[error("the file is a video")]
    Video,
    /// A drawing made of lines.
    #[error("the file is an SVG drawing")]
    Drawing,
    /// Not a picture at all.
    #[error("the file is no picture")]
    NotAPicture,
    /// It breaks off or is damaged.
    #[error("the picture is damaged")]
    Damaged,
    /// HEIC or AVIF that this browser cannot open.
    #[error("this browser cannot open pictures of this kind")]
    CannotOpen,
    /// The phone has no room for it.
    #[error("the phone's storage is full")]
    NoRoom,
    /// The phone's storage cannot be used.
    #[error("the phone's storage cannot be used")]
    NotKept,
}

/// A picture that is worth decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Width and height in pixels as they are stored, before any turning; unknown where the file
    /// does not say so in a way that is read here.
    pub(super) size: Option<(u32, u32)>,
    /// HEIC, AVIF: not every browser opens them.
    pub(super) is_rare: bool,
}

/// Reads what a file is.
pub(super) fn look(file: &[u8]) -> Result<Header, PhotoFault> {
    let is_rare = matches!(file, [_, _, _, _, b'f', b't', b'y', b'p', ..]);
    let size = match file {
        [] => return Err(PhotoFault::Empty),
        [0xFF, 0xD8, ..] => Some(jpeg_size(file)?),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(png_size(file)?),
        [b'G', b'I', b'F', b'8', ..] => Some(gif_size(file)?),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(webp_size(file)?),
        [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] if is_still(rest) => iso_size(file),
        _ => return Err(not_a_picture(file)),
    };
    match size {
        Some((width, height)) if u64::from(width) * u64::from(height) > PIXELS_MAX => {
            Err(PhotoFault::TooManyPixels)
        }
        Some((0, _) | (_, 0)) => Err(PhotoFault::Damaged),
        Some((width, height)) if width.min(height) < SIDE_MIN => Err(PhotoFault::TooSmall),
        size => Ok(Header { size, is_rare }),
    }
}

fn not_a_picture(file: &[u8]) -> PhotoFault {
    let is_video = matches!(file, [_, _, _, _, b'f', b't', b'y', b'p', ..])
        || file.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]);
    let head = String::from_utf8_lossy(&file[..file.len().min(1024)]);
    let text = head.trim_start_matches('\u{feff}').trim_start();
    if is_video {
        PhotoFault::Video
    } else if text.starts_with('<') && text.contains("<svg") {
        PhotoFault::Drawing
    } else {
        PhotoFault::NotAPicture
    }
}

/// Brands of pictures in an ISO media file: HEIC, HEIF, AVIF.
fn is_still(brand: &[u8]) -> bool {
    const STILL: [&[u8]; 7] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif"];
    STILL.iter().any(|still| brand.starts_with(still))
}

fn jpeg_size(file: &[u8]) -> Result<(u32, u32), PhotoFault> {
    let segments = Segments::of(file).map_err(|_| PhotoFault::Damaged)?;
    for segment in segments {
        let segment = segment.map_err(|_| PhotoFault::Damaged)?;
        // Frame headers; C4, C8 and CC are tables.
        if matches!(segment.marker, 0xC0..=0xCF) && !matches!(segment.marker, 0xC4 | 0xC8 | 0xCC) {
            let [_, h1, h2, w1, w2, ..] = segment.data else { break };
            let size = (be16(*w1, *w2), be16(*h1, *h2));
            return if jpeg::is_whole(file) { Ok(size) } else { Err(PhotoFault::Damaged) };
        }
    }
    Err(PhotoFault::Damaged)
}

fn be16(high: u8, low: u8) -> u32 {
    u32::from(u16::from_be_bytes([high, low]))
}

fn png_size(file: &[u8]) -> Result<(u32, u32), PhotoFault> {
    let word = |at: usize| file.get(at..)?.first_chunk().copied().map(u32::from_be_bytes);
    word(16).zip(word(20)).ok_or(PhotoFault::Damaged)
}

fn gif_size(file: &[u8]) -> Result<(u32, u32), PhotoFault> {
    let half = |at: usize| file.get(at..)?.first_chunk().copied().map(u16::from_le_bytes);
    let size = half(6).zip(half(8)).ok_or(PhotoFault::Damaged)?;
    Ok((u32::from(size.0), u32::from(size.1)))
}

fn webp_size(file: &[u8]) -> Result<(u32, u32), PhotoFault> {
    let at = |at: usize| file.get(at).copied().map(u32::from);
    let size = match file.get(12..16) {
        Some(b"VP8X") => three(&at, 24).zip(three(&at, 27)).map(|(w, h)| (w + 1, h + 1)),
        Some(b"VP8L") => lossless_size(&at),
        Some(b"VP8 ") => two(&at, 26).zip(two(&at, 28)).map(|(w, h)| (w & 0x3FFF, h & 0x3FFF)),
        _ => None,
    };
    size.ok_or(PhotoFault::Damaged)
}

/// The largest `ispe` box (ISO/IEC 23008-12, 6.5.3): large pictures are made of small ones, which
/// say their size as well.
fn iso_size(file: &[u8]) -> Option<(u32, u32)> {
    let head = &file[..file.len().min(ISO_HEAD)];
    let boxes = head.windows(16).filter(|it| it.starts_with(b"ispe"));
    let word = |it: &[u8], at: usize| it.get(at..)?.first_chunk().copied().map(u32::from_be_bytes);
    let sizes = boxes.filter_map(|it| word(it, 8).zip(word(it, 12)));
    sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

type At<'a> = dyn Fn(usize) -> Option<u32> + 'a;

fn two(at: &At<'_>, from: usize) -> Option<u32> {
    Some(at(from)? | at(from + 1)? << 8)
}

fn three(at: &At<'_>, from: usize) -> Option<u32> {
    Some(two(at, from)? | at(from + 2)? << 16)
}

/// Fourteen bits of width less one, then fourteen of height less one.
fn lossless_size(at: &At<'_>) -> Option<(u32, u32)> {
    let bits = two(at, 21)? | two(at, 23)? << 16;
    Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
}

#[cfg(test)]
mod tests {
    use super::{
        super::jpeg::tests::{picture, segment},
        *,
    };

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let [h, w] = [height.to_be_bytes(), width.to_be_bytes()];
        let frame = [&[8][..], &h, &w, &[1, 1, 0x11, 0]].concat();
        picture(&[segment(0xE1, b"Exif\0\0"), segment(0xC4, &[0; 20]), segment(0xC2, &frame)])
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let head = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
        [&head[..], &width.to_be_bytes(), &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat()
    }

    fn webp(kind: [u8; 4], tail: &[u8]) -> Vec<u8> {
        [b"RIFF\0\0\0\0WEBP", &kind[..], &[0; 4], tail].concat()
    }

    fn size(file: &[u8]) -> Option<(u32, u32)> {
        look(file).unwrap().size
    }

    #[test]
    fn the_size_is_read_from_the_header() {
        assert_eq!(size(&jpeg(4_000, 3_000)), Some((4_000, 3_000)));
        assert_eq!(size(&png(8, 9)), Some((8, 9)));
        assert_eq!(size(b"GIF89a\x10\0\x09\0\0\0\0"), Some((16, 9)));
        let extended = webp(*b"VP8X", &[0, 0, 0, 0, 0x3F, 0x06, 0, 0xAF, 0x04, 0]);
        assert_eq!(size(&extended), Some((1_600, 1_200)));
        let lossless = webp(*b"VP8L", &[0x2F, 0x3F, 0xC6, 0x2B, 0x01]);
        assert_eq!(size(&lossless), Some((1_600, 1_200)));
        let lossy = webp(*b"VP8 ", &[0, 0, 0, 0x9D, 0x01, 0x2A, 0x40, 0x06, 0xB0, 0x04]);
        assert_eq!(size(&lossy), Some((1_600, 1_200)));
    }

    #[test]
    fn the_size_of_a_heic_is_that_of_its_largest_picture() {
        let ispe =
            |w: u32, h: u32| [b"ispe\0\0\0\0", &w.to_be_bytes()[..], &h.to_be_bytes()].concat();
        let head = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        let tiles = [&head[..], &ispe(512, 512), &ispe(4_032, 3_024), &ispe(320, 240)].concat();
        assert_eq!(size(&tiles), Some((4_032, 3_024)));
        let bomb = [&head[..], &ispe(30_000, 30_000)].concat();
        assert_eq!(look(&bomb), Err(PhotoFault::TooManyPixels));
        assert_eq!(size(&tiles[..30]), None, "cut in the box");
    }

    #[test]
    fn a_spacer_of_a_page_is_no_photo() {
        assert_eq!(look(&png(1, 1)), Err(PhotoFault::TooSmall));
        assert_eq!(look(&png(4_000, 7)), Err(PhotoFault::TooSmall));
    }

    #[test]
    fn heic_is_left_to_the_browser() {
        assert_eq!(size(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), None);
    }

    #[test]
    fn what_is_no_photo_is_refused_for_what_it_is() {
        for (file, fault) in [
            (&b""[..], PhotoFault::Empty),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", PhotoFault::Video),
            (b"\x1a\x45\xdf\xa3\x01\0\0\0", PhotoFault::Video),
            (b"\n<?xml version='1.0'?><svg xmlns=''/>", PhotoFault::Drawing),
            (b"%PDF-1.7", PhotoFault::NotAPicture),
            (b"<html>", PhotoFault::NotAPicture),
            (b"\x89PNG\r\n\x1a\n\0\0", PhotoFault::Damaged),
            (b"\xff\xd8\xff\xe1", PhotoFault::Damaged),
        ] {
            assert_eq!(look(file), Err(fault));
        }
        assert_eq!(look(&png(0, 9)), Err(PhotoFault::Damaged));
    }

    #[test]
    fn sixty_four_megapixels_pass_and_one_row_more_does_not() {
        assert_eq!(size(&png(8_000, 8_000)), Some((8_000, 8_000)));
        assert_eq!(look(&png(8_000, 8_001)), Err(PhotoFault::TooManyPixels));
        assert_eq!(look(&png(u32::MAX, u32::MAX)), Err(PhotoFault::TooManyPixels));
    }

    #[test]
    fn a_jpeg_cut_in_half_is_damaged() {
        let whole = jpeg(40, 30);
        assert_eq!(look(&whole[..whole.len() - 3]), Err(PhotoFault::Damaged));
    }
}
