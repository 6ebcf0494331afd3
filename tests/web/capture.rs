//! The photo's way through the browser: what only a decoder and a canvas can show.

use js_sys::{Array, Uint8Array};
use leptos::prelude::{document, window};
use poshang::capture::photo::{PhotoFault, Small, shrink};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

/// A picture whose left half is red and whose right half is blue.
fn drawn(width: u32, height: u32, media: &str) -> Vec<u8> {
    let canvas: HtmlCanvasElement =
        document().create_element("canvas").expect("a canvas").unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let pen = canvas.get_context("2d").expect("a context").expect("a context");
    let pen: CanvasRenderingContext2d = pen.unchecked_into();
    let (half, high) = (f64::from(width) / 2.0, f64::from(height));
    for (colour, left) in [("#ff0000", 0.0), ("#0000ff", half)] {
        pen.set_fill_style_str(colour);
        pen.fill_rect(left, 0.0, half, high);
    }
    let url = canvas.to_data_url_with_type(media).expect("a data address");
    let text = window().atob(url.split(',').nth(1).expect("base64")).expect("base64");
    text.chars().map(|byte| u8::try_from(u32::from(byte)).expect("a byte")).collect()
}

/// Exif that says: this picture was taken with the phone turned (orientation 6), and where.
fn turned(jpeg: &[u8]) -> Vec<u8> {
    let tiff =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 29.51";
    let len = u16::try_from(tiff.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &len, tiff, &jpeg[2..]].concat()
}

fn file(bytes: &[u8]) -> Blob {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).expect("a file")
}

async fn small(bytes: &[u8]) -> Result<Small, PhotoFault> {
    shrink(&file(bytes)).await
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|it| it == words)
}

#[wasm_bindgen_test]
async fn a_photo_stands_upright_and_says_nothing_of_where_it_was_taken() {
    let taken = turned(&drawn(400, 200, "image/jpeg"));
    assert!(holds(&taken, b"Exif") && holds(&taken, b"GPS"));
    let small = small(&taken).await.expect("a photo");
    assert_eq!((small.width, small.height), (200, 400));
    assert!(!holds(&small.jpeg, b"Exif") && !holds(&small.jpeg, b"GPS"));
}

#[wasm_bindgen_test]
async fn a_large_photo_becomes_sixteen_hundred_pixels_also_when_it_was_turned() {
    let large = drawn(2_400, 1_800, "image/jpeg");
    let upright = small(&large).await.expect("a photo");
    assert_eq!((upright.width, upright.height), (1_600, 1_200));
    let turned = small(&turned(&large)).await.expect("a photo");
    assert_eq!((turned.width, turned.height), (1_200, 1_600));
}

#[wasm_bindgen_test]
async fn a_png_becomes_a_jpeg() {
    let small = small(&drawn(30, 20, "image/png")).await.expect("a photo");
    assert_eq!(small.jpeg[..3], [0xFF, 0xD8, 0xFF]);
    assert_eq!((small.width, small.height), (30, 20));
}

#[wasm_bindgen_test]
async fn a_photo_that_breaks_off_is_refused() {
    let whole = drawn(400, 200, "image/jpeg");
    let half = small(&whole[..whole.len() / 2]).await;
    assert_eq!(half, Err(PhotoFault::Damaged));
}

#[wasm_bindgen_test]
async fn what_the_browser_cannot_open_is_refused_for_what_it_is() {
    let heic = [&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..], &[0; 64]].concat();
    assert_eq!(small(&heic).await, Err(PhotoFault::CannotOpen));
    assert_eq!(small(b"").await, Err(PhotoFault::Empty));
    assert_eq!(small(b"<svg xmlns='http://www.w3.org/2000/svg'/>").await, Err(PhotoFault::Drawing));
}
