//! The part that only a browser can do: decode, turn upright, draw small, encode.

use gloo::file::ObjectUrl;
use js_sys::{Array, Promise, Uint8Array};
use leptos::prelude::{document, window};
use model::sealed::BlobType;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement,
    ImageBitmap, ImageBitmapOptions, ImageOrientation, ResizeQuality,
};

use crate::capture::cover::boxes::CoverBox;

use super::{
    header::{self, FILE_BYTES_MAX, Header, PhotoFault, SIDE_MIN},
    jpeg::without_metadata,
};

/// The longest side of a photo, pixels.
const SIDE_MAX: u32 = 1_600;
/// Quality of the JPEG, as the canvas counts it.
const QUALITY: f64 = 0.8;
/// What stands over a covered place: nothing can be told from it.
const COVER: &str = "#1b2a22";
/// Side and quality of a photo for a phone that is nearly full.
const SMALLER_SIDE: u32 = 800;
const SMALLER_QUALITY: f64 = 0.6;

/// A photo made small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Small {
    /// A JPEG without metadata.
    pub jpeg: Vec<u8>,
    /// Pixels, upright.
    pub width: u32,
    /// Pixels, upright.
    pub height: u32,
}

/// What comes in: a file of the album or the phone's camera, or a picture of the viewfinder.
pub(super) enum Shot {
    /// Not looked at yet.
    File(Blob),
    /// Decoded and upright.
    Picture(Picture),
}

/// Makes what came in into a photo of at most 1,600 pixels a side. Decodes one picture; call it for
/// one at a time.
pub(super) async fn shrink_shot(shot: Shot) -> Result<Small, PhotoFault> {
    match shot {
        Shot::File(file) => shrink(&file).await,
        Shot::Picture(picture) => made_small(picture, SIDE_MAX, QUALITY).await,
    }
}

/// As [`shrink_shot`], for a chosen file.
pub async fn shrink(file: &Blob) -> Result<Small, PhotoFault> {
    let bytes = read(file).await?;
    let header = header::look(&bytes)?;
    drop(bytes);
    let cannot = if header.is_rare { PhotoFault::CannotOpen } else { PhotoFault::Damaged };
    let picture = decode(file, header).await.ok_or(cannot)?;
    made_small(picture, SIDE_MAX, QUALITY).await
}

/// The same photo in about a fifth of the bytes, for a phone that is nearly full.
pub(super) async fn smaller(small: &Small) -> Result<Small, PhotoFault> {
    let file = as_blob(&small.jpeg).ok_or(PhotoFault::NoRoom)?;
    let size = Some((small.width, small.height));
    let picture = decode(&file, Header { size, is_rare: false }).await.ok_or(PhotoFault::NoRoom)?;
    made_small(picture, SMALLER_SIDE, SMALLER_QUALITY).await
}

/// The same photo with these boxes in its pixels.
pub(super) async fn covered(photo: &[u8], boxes: &[CoverBox]) -> Result<Small, PhotoFault> {
    let file = as_blob(photo).ok_or(PhotoFault::Damaged)?;
    let picture = decode(&file, header::look(photo)?).await.ok_or(PhotoFault::Damaged)?;
    let canvas = draw(&picture, SIDE_MAX).ok_or(PhotoFault::Damaged)?;
    drop(picture);
    let pen = pen_of(&canvas).ok_or(PhotoFault::Damaged)?;
    pen.set_fill_style_str(COVER);
    for it in boxes {
        let [x, y, w, h] = [it.x, it.y, it.w, it.h].map(f64::from);
        pen.fill_rect(x, y, w, h);
    }
    finished(canvas, QUALITY).await
}

async fn made_small(picture: Picture, side: u32, quality: f64) -> Result<Small, PhotoFault> {
    let (width, height) = picture.size();
    if width.min(height) < SIDE_MIN {
        return Err(PhotoFault::TooSmall);
    }
    let canvas = draw(&picture, side).ok_or(PhotoFault::Damaged)?;
    drop(picture);
    finished(canvas, quality).await
}

/// The canvas as the bytes that are kept.
async fn finished(canvas: HtmlCanvasElement, quality: f64) -> Result<Small, PhotoFault> {
    let small = encode(&canvas, quality).await;
    // Phones give the memory back only when a canvas is made empty.
    let size = (canvas.width(), canvas.height());
    canvas.set_width(0);
    canvas.set_height(0);
    let jpeg = without_metadata(&small?).map_err(|_| PhotoFault::Damaged)?;
    Ok(Small { jpeg, width: size.0, height: size.1 })
}

async fn read(file: &Blob) -> Result<Vec<u8>, PhotoFault> {
    #[expect(clippy::cast_precision_loss, reason = "40 MB is exact")]
    if file.size() > FILE_BYTES_MAX as f64 {
        return Err(PhotoFault::TooManyBytes);
    }
    bytes_of(file).await.ok_or(PhotoFault::Damaged)
}

async fn bytes_of(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// A decoded picture, upright. Dropping it gives its memory back.
pub(super) enum Picture {
    /// The browser's own form of it.
    Bitmap(ImageBitmap),
    /// Where there is no such form.
    Image(HtmlImageElement),
}

impl Drop for Picture {
    fn drop(&mut self) {
        if let Self::Bitmap(bitmap) = self {
            bitmap.close();
        }
    }
}

impl Picture {
    fn size(&self) -> (u32, u32) {
        match self {
            Self::Bitmap(bitmap) => (bitmap.width(), bitmap.height()),
            Self::Image(image) => (image.natural_width(), image.natural_height()),
        }
    }
}

async fn decode(file: &Blob, header: Header) -> Option<Picture> {
    match bitmap(file, header).await {
        Some(bitmap) => Some(Picture::Bitmap(bitmap)),
        None => image(file).await.map(Picture::Image),
    }
}

/// Decodes off the page's thread. A picture that is large in both directions is made smaller while
/// it is decoded; which of them is its width, only the browser knows before it is upright.
async fn bitmap(file: &Blob, header: Header) -> Option<ImageBitmap> {
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    if header.size.is_some_and(|(width, height)| width.min(height) > SIDE_MAX) {
        options.set_resize_width(SIDE_MAX);
        options.set_resize_quality(ResizeQuality::High);
    }
    let promise =
        window().create_image_bitmap_with_blob_and_image_bitmap_options(file, &options).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// For browsers that take no options, or a kind of picture only here.
async fn image(file: &Blob) -> Option<HtmlImageElement> {
    let url = ObjectUrl::from(file.clone());
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&url);
    JsFuture::from(image.decode()).await.ok()?;
    (image.natural_width() > 0).then_some(image)
}

fn draw(picture: &Picture, side: u32) -> Option<HtmlCanvasElement> {
    let (width, height) = fit(picture.size(), side);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let pen = pen_of(&canvas)?;
    let (w, h) = (f64::from(width), f64::from(height));
    // A JPEG has no transparency: what is clear becomes white, not black.
    pen.set_fill_style_str("#ffffff");
    pen.fill_rect(0.0, 0.0, w, h);
    let drawn = match picture {
        Picture::Bitmap(it) => pen.draw_image_with_image_bitmap_and_dw_and_dh(it, 0.0, 0.0, w, h),
        Picture::Image(it) => {
            pen.draw_image_with_html_image_element_and_dw_and_dh(it, 0.0, 0.0, w, h)
        }
    };
    drawn.ok().map(|()| canvas)
}

fn pen_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// The size that fits into the longest side; small pictures stay as they are.
fn fit((width, height): (u32, u32), side_max: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= side_max {
        return (width, height);
    }
    let scaled = |side: u32| {
        let side =
            (u64::from(side) * u64::from(side_max) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(side).unwrap_or(side_max).max(1)
    };
    (scaled(width), scaled(height))
}

async fn encode(canvas: &HtmlCanvasElement, quality: f64) -> Result<Vec<u8>, PhotoFault> {
    let blob = to_blob(canvas, quality).await.ok_or(PhotoFault::NoRoom)?;
    let bytes = bytes_of(&blob).await.ok_or(PhotoFault::NoRoom)?;
    match BlobType::sniff(&bytes) {
        Some(BlobType::Jpeg) => Ok(bytes),
        _ => Err(PhotoFault::CannotOpen),
    }
}

async fn to_blob(canvas: &HtmlCanvasElement, quality: f64) -> Option<Blob> {
    let promise = Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            // A promise cannot refuse to be resolved.
            drop(resolve.call1(&JsValue::NULL, &blob));
        });
        let asked = canvas.to_blob_with_type_and_encoder_options(
            done.unchecked_ref(),
            BlobType::Jpeg.as_str(),
            &JsValue::from_f64(quality),
        );
        debug_assert!(asked.is_ok(), "an untainted canvas can be read");
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// The bytes as a picture that an `img` can show.
pub(super) fn as_blob(jpeg: &[u8]) -> Option<Blob> {
    as_media(jpeg, BlobType::Jpeg)
}

/// The bytes as something that the browser can show or play.
pub(in crate::capture) fn as_media(bytes: &[u8], media: BlobType) -> Option<Blob> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media.as_str());
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn the_longest_side_is_made_sixteen_hundred_and_small_pictures_stay() {
        assert_eq!(fit((4_000, 3_000), 1_600), (1_600, 1_200));
        assert_eq!(fit((3_000, 4_000), 1_600), (1_200, 1_600));
        assert_eq!(fit((1_600, 1), 1_600), (1_600, 1));
        assert_eq!(fit((20_000, 3), 1_600), (1_600, 1));
        assert_eq!(fit((1, 1), 1_600), (1, 1));
    }
}
