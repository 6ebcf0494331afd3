use leptos::prelude::*;

use super::{
    labels::Label,
    picture::Picture,
    view::{Px, View},
};

/// Side of a station's square, pixels.
const SQUARE: f64 = 7.0;
/// The three rings inside the line, pixels from it: an ornament.
const RINGS: [u32; 3] = [42, 28, 14];

/// The picture without its marks. A screen reader does not hear it: the list tells all of it.
/// `clip`: a name for the shape of the district, unique on the screen.
pub(super) fn drawing(picture: &Picture, view: &View, clip: &'static str) -> impl IntoView + use<> {
    let Picture { land, stations, labels, .. } = picture.clone();
    let (wide, high) = view.size;
    // Each ring is a wide stroke along the line with a narrower one of the land's colour over it.
    let rings = RINGS.map(|inside| {
        let d = land.district.clone();
        view! {
            <path class="m-ring" d=d.clone() stroke-width=inside * 2 + 1></path>
            <path class="m-ground" d=d stroke-width=inside * 2 - 1></path>
        }
    });
    let squares = stations.into_iter().map(square).collect_view();
    let park = |d| view! { <path class="m-park" d=d></path> };
    let parks = land.parks.into_iter().map(park).collect_view();
    let names = labels.into_iter().map(name).collect_view();
    view! {
        <svg class="m-svg" aria-hidden="true" viewBox=format!("0 0 {wide} {high}")>
            <clipPath id=clip>
                <path d=land.district.clone()></path>
            </clipPath>
            <path class="m-side" d=land.river_side></path>
            <path class="m-land" d=land.district.clone()></path>
            <g clip-path=format!("url(#{clip})")>{rings}</g>
            <path class="m-water" d=land.water></path>
            <path class="m-river" d=land.rivers></path>
            <path class="m-stream" d=land.streams></path>
            <path class="m-ridge" d=land.ridges></path>
            {parks}
            <path class="m-edge" d=land.district></path>
            {squares}
            {names}
        </svg>
    }
}

fn square((x, y): Px) -> impl IntoView {
    let corner = |at: f64| at - SQUARE / 2.0;
    view! { <rect class="m-metro" x=corner(x) y=corner(y) width=SQUARE height=SQUARE rx="2"></rect> }
}

fn name(label: Label) -> impl IntoView {
    let Label { text, voice, at: (x, y), .. } = label;
    view! { <text class=voice.class() x=tenth(x) y=tenth(y) dy="0.35em">{text}</text> }
}

fn tenth(pixels: f64) -> f64 {
    (pixels * 10.0).round() / 10.0
}
