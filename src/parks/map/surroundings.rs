use leptos::prelude::*;
use model::pack::{DistrictPack, Park};

use super::{
    drawing::drawing,
    picture::{Picture, Wish},
    view::View,
};
use crate::{
    paths,
    settings::{Edition, Settings},
    ui::{Icon, IconSize, t},
};

/// Width and height of the small map, pixels; it is drawn larger or smaller as a whole.
const SIZE: (f64, f64) = (328.0, 164.0);
/// How much of the town it shows to each side, metres: more around a place that is only near
/// something.
const AROUND_M: [f64; 2] = [700.0, 1_200.0];
/// Size of its text, also in 长辈版, whose style sheet draws it as large.
const FONT: [f64; 2] = [12.0, 15.0];

/// A small map of what lies around a place, and the way to the large one. Nothing for a place that
/// nobody has placed.
pub(in crate::parks) fn surroundings(
    district: &DistrictPack,
    park: &Park,
) -> Option<impl IntoView + use<>> {
    let (at, placed) = park.placement.drawn()?;
    let view = View::around(at, AROUND_M[usize::from(!placed)], SIZE);
    let found: Vec<usize> =
        district.parks.iter().position(|it| it.id == park.id).into_iter().collect();
    let elder = Settings::expect().edition().get_untracked() == Edition::Elder;
    let font = FONT[usize::from(elder)];
    let wish = Wish { found: &found, chosen: None, from: None, font, names: |_| String::new() };
    let picture = Picture::of(district, &wish, &view);
    let mark = if placed {
        view! { <circle class="m-here" cx=SIZE.0 / 2.0 cy=SIZE.1 / 2.0 r="9"></circle> }.into_any()
    } else {
        view! { <circle class="m-near" cx=SIZE.0 / 2.0 cy=SIZE.1 / 2.0 r="34"></circle> }.into_any()
    };
    Some(view! {
        <a class="around-it" href=paths::map_at(&park.id)>
            {drawing(&picture, &view, "surroundings-shape")}
            <svg class="m-svg" aria-hidden="true" viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1)>
                {mark}
            </svg>
            <span class="tag">
                <Icon name="map" size=IconSize::Small />
                {t(|w| w.map.on_the_map)}
            </span>
        </a>
    })
}
