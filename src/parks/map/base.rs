use core::f64::consts::TAU;

use leptos::prelude::*;
use model::base_map::BaseMap;

use super::{
    stage::Stage,
    view::{Flat, Px, View},
};
use crate::{
    outbox::Outbox,
    parks::Exploring,
    ui::{Icon, t},
};

/// Pictures are squares of this side, pixels.
const SIDE: f64 = 256.0;

/// One picture of one layer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Square {
    layer: usize,
    zoom: u8,
    column: u32,
    row: u32,
}

impl Square {
    /// Every picture that the view needs, the lowest layer first: of the zoom whose pictures are closest
    /// to their own size, as far as there are any.
    fn all(view: &View, layers: usize, max_zoom: u8) -> Vec<Self> {
        let zoom = (TAU * view.scale / SIDE).log2().round().clamp(0.0, f64::from(max_zoom));
        let per_side = zoom.exp2();
        let number = |radians: f64| (radians / TAU + 0.5) * per_side;
        let (first, last) = (view.at((0.0, 0.0)), view.at(view.size));
        let range =
            |from: f64, to: f64| whole(number(from), per_side)..=whole(number(to), per_side);
        let columns = range(first.x, last.x);
        let rows = range(first.y, last.y);
        let zoom = u8::try_from(whole(zoom, f64::from(max_zoom) + 1.0)).unwrap_or(max_zoom);
        let places = move || {
            let columns = columns.clone();
            rows.clone().flat_map(move |row| columns.clone().map(move |column| (column, row)))
        };
        let of_layer = |layer| {
            places().map(move |(column, row)| Self { layer, zoom, column, row }).collect::<Vec<_>>()
        };
        (0..layers).flat_map(of_layer).collect()
    }

    /// Its upper left corner on the screen, and how many times its own size it has there.
    fn place(&self, view: &View) -> (Px, f64) {
        let radians = TAU / f64::from(self.zoom).exp2();
        let flat = |number: u32| f64::from(number) * radians - TAU / 2.0;
        let corner = view.px(Flat { x: flat(self.column), y: flat(self.row) });
        (corner, radians * view.scale / SIDE)
    }
}

/// The number of the square that holds a place, among so many.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of at most 2^20")]
fn whole(number: f64, all: f64) -> u32 {
    number.floor().clamp(0.0, all - 1.0) as u32
}

/// Does the operator offer pictures, and does the person want them?
pub(super) fn base_map() -> (Memo<Option<BaseMap>>, Signal<bool>) {
    let (phone, wanted) = (Outbox::expect().phone(), Exploring::expect().base);
    let offered = Memo::new(move |_| phone.read().met.as_ref()?.base_map.clone());
    (offered, Signal::derive(move || wanted.get() && offered.read().is_some()))
}

/// The pictures, below everything that is ours. Nobody waits for them; one that does not come leaves
/// the sketch as it is.
#[component]
pub(super) fn Base(stage: Stage) -> impl IntoView {
    let (offered, on) = base_map();
    let squares = move || {
        let offered = offered.read();
        let (Some(base), Some(view), true) = (offered.as_ref(), stage.drawn(), on.get()) else {
            return Vec::new();
        };
        Square::all(&view, base.layers.len(), base.max_zoom)
    };
    let picture = move |square: Square| {
        let (layer, zoom, column, row) = (square.layer, square.zoom, square.column, square.row);
        let url = offered.with_untracked(|base| base.as_ref()?.picture(layer, zoom, column, row));
        let place = move || {
            let ((x, y), times) = square.place(&stage.drawn()?);
            Some(format!("translate({x:.2}px,{y:.2}px) scale({times:.5})"))
        };
        let failed = RwSignal::new(false);
        view! {
            <img
                src=url
                alt=""
                width="256"
                height="256"
                decoding="async"
                fetchpriority="low"
                referrerpolicy="origin"
                draggable="false"
                hidden=failed
                style:transform=place
                on:error=move |_| failed.set(true)
            />
        }
    };
    view! {
        <div class="base-map" aria-hidden="true">
            <For each=squares key=Clone::clone children=picture />
        </div>
    }
}

/// Turns them on and off, where there are any; and names whoever makes them while they are seen.
#[component]
pub(super) fn BaseSwitch() -> impl IntoView {
    let (offered, on) = base_map();
    let wanted = Exploring::expect().base;
    let attribution = move || offered.with(|base| base.as_ref().map(|it| it.attribution.clone()));
    view! {
        <Show when=move || offered.read().is_some()>
            <div class="base-switch">
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || on.get().to_string()
                    aria-describedby="base-map-more"
                    on:click=move |_| wanted.update(|it| *it = !*it)
                >
                    <Icon name="map" />
                    {t(|w| w.map.base)}
                </button>
                <p class="qq" id="base-map-more">
                    {t(|w| w.map.base_more)}
                    " "
                    {attribution}
                </p>
            </div>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use model::datum::Wgs84;

    use super::*;

    fn view(metres: f64) -> View {
        View::around(Wgs84 { lat: 29.506_6, lon: 106.502_2 }, metres, (360.0, 480.0))
    }

    #[test]
    fn the_squares_cover_the_whole_view_and_are_close_to_their_own_size() {
        for metres in [200.0, 1_500.0, 9_000.0] {
            let view = view(metres);
            let squares = Square::all(&view, 1, 18);
            let mut area = 0.0;
            for square in &squares {
                let ((x, y), times) = square.place(&view);
                assert!((0.7..1.42).contains(&times), "{metres}: {times}");
                let cut = |from: f64, most: f64| (from + SIDE * times).min(most) - from.max(0.0);
                area += cut(x, 360.0) * cut(y, 480.0);
            }
            assert!((area - 360.0 * 480.0).abs() < 1.0, "{metres}: {area}");
            assert!(squares.len() <= 20, "{}", squares.len());
        }
    }

    /// Column and row of the zoo at zoom 16, by the formula of the OpenStreetMap wiki ("Slippy map
    /// tilenames"), computed apart.
    #[test]
    fn a_known_place_lies_on_its_known_square() {
        let zoo = Wgs84 { lat: 29.506_6, lon: 106.502_2 };
        let view = View { scale: 65_536.0 * SIDE / TAU, ..View::around(zoo, 10.0, (2.0, 2.0)) };
        let squares = Square::all(&view, 2, 18);
        let known = |layer| Square { layer, zoom: 16, column: 52_156, row: 27_141 };
        assert_eq!(squares.first(), Some(&known(0)));
        assert_eq!(squares.last(), Some(&known(1)));
    }

    #[test]
    fn there_are_no_squares_finer_than_the_finest() {
        let squares = Square::all(&view(50.0), 1, 12);
        assert!(squares.iter().all(|it| it.zoom == 12));
    }
}
