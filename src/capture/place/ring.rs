use leptos::prelude::*;

use super::draft_place::VAGUE_M;

/// Half of the drawing's side.
const HALF: f64 = 32.0;
/// The ring of a position of one metre.
const LEAST: f64 = 4.0;
/// How much a ring grows where its position is ten times as vague: a few metres and a few thousand
/// stand in one drawing.
const DECADE: f64 = 9.0;

/// How exact a position is, drawn: the ring around the place where the phone may be, and the dashed
/// one beyond which nobody is led there. The words stand beside it.
#[component]
pub(super) fn Ring(
    /// Radius of 95 % confidence, metres.
    metres: u32,
) -> impl IntoView {
    view! {
        <svg class="fix" viewBox="0 0 64 64" aria-hidden="true">
            <circle class="acc" cx=HALF cy=HALF r=radius(metres)></circle>
            <circle class="edge" cx=HALF cy=HALF r=radius(VAGUE_M)></circle>
            <circle class="me" cx=HALF cy=HALF r="3"></circle>
        </svg>
    }
}

/// Grows by [`DECADE`] for every tenfold, up to the edge of the drawing.
fn radius(metres: u32) -> f64 {
    let grown = LEAST + DECADE * f64::from(metres.max(1)).log10();
    (grown.min(HALF - 1.0) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vaguer_position_has_a_larger_ring_and_none_leaves_the_drawing() {
        let rings = [0, 1, 5, 30, 99, VAGUE_M, 101, 800, 2_000, u32::MAX].map(radius);
        assert!(rings.is_sorted(), "{rings:?}");
        assert!(radius(99) < radius(VAGUE_M) && radius(VAGUE_M) < radius(150));
        assert!(rings.iter().all(|it| *it < HALF), "{rings:?}");
    }
}
