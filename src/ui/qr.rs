use std::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// The quiet ground around a code, in modules: ISO/IEC 18004 asks for four.
const QUIET: i32 = 4;

/// A text as a QR code: one path on a white ground, in light and dark. A text too long for any code
/// draws nothing; ours are a third of that.
pub fn qr(text: &str, name: &'static str) -> AnyView {
    let Ok(code) = QrCode::encode_binary(text.as_bytes(), QrCodeEcc::Low) else {
        return ().into_any();
    };
    let side = code.size() + 2 * QUIET;
    view! {
        <svg class="code" viewBox=format!("0 -.5 {side} {side}") role="img" aria-label=name>
            <path d=path(&code)></path>
        </svg>
    }
    .into_any()
}

/// Dark modules that touch in a row are one stroke, one module wide.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                // Writing into a text has no way to fail.
                let _ = write!(path, "M{} {}h{}", from + QUIET, y + QUIET, x - from);
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once_and_no_light_one() {
        let code =
            QrCode::encode_binary(b"https://poshang.example/outbox", QrCodeEcc::Low).unwrap();
        let drawn = path(&code);
        let strokes = drawn.split('M').skip(1).map(|stroke| {
            let (at, length) = stroke.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            [x, y, length].map(|number| number.parse::<i32>().unwrap())
        });
        let mut dark = Vec::new();
        for [x, y, length] in strokes {
            dark.extend((x..x + length).map(|x| (x - QUIET, y - QUIET)));
        }
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let wanted = all.filter(|&(x, y)| code.get_module(x, y)).collect::<Vec<_>>();
        assert_eq!(dark, wanted);
    }
}
