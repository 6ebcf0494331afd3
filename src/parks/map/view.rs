//! The flat world of the map and the window on it: pure, in pixels of the screen.

use core::f64::consts::PI;

use model::datum::Wgs84;

/// A point of the flat world: the spherical Mercator projection of EPSG:3857, in radians (the whole
/// way around the earth is 2π), y to the south. Tiles of others fit it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::parks) struct Flat {
    pub x: f64,
    pub y: f64,
}

impl From<Wgs84> for Flat {
    fn from(at: Wgs84) -> Self {
        let north = at.lat.to_radians();
        Self { x: at.lon.to_radians(), y: -(PI / 4.0 + north / 2.0).tan().ln() }
    }
}

impl Flat {
    /// How much longer a metre is drawn here than at the equator.
    fn stretch(self) -> f64 {
        self.y.cosh()
    }
}

/// The least box around some points; empty around none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::parks) struct Extent {
    pub min: Flat,
    pub max: Flat,
}

impl Extent {
    /// Around these points, if there are any.
    pub fn around(points: impl IntoIterator<Item = Flat>) -> Option<Self> {
        points.into_iter().map(|at| Self { min: at, max: at }).reduce(|a, b| Self {
            min: Flat { x: a.min.x.min(b.min.x), y: a.min.y.min(b.min.y) },
            max: Flat { x: a.max.x.max(b.max.x), y: a.max.y.max(b.max.y) },
        })
    }

    fn middle(&self) -> Flat {
        Flat { x: f64::midpoint(self.min.x, self.max.x), y: f64::midpoint(self.min.y, self.max.y) }
    }

    fn size(&self) -> (f64, f64) {
        (self.max.x - self.min.x, self.max.y - self.min.y)
    }
}

/// A point or a step on the screen, pixels, from the upper left corner of the map.
pub(in crate::parks) type Px = (f64, f64);

/// Mean radius of the earth, metres (as in [`Wgs84::metres_to`]).
const EARTH_M: f64 = 6_371_008.8;
/// No closer than this, pixels for a metre: a sketch has nothing finer to show.
const CLOSEST: f64 = 0.5;
/// The district fills the map but for this rim, pixels.
const RIM: f64 = 16.0;

/// What of the world is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::parks) struct View {
    /// In the middle.
    pub middle: Flat,
    /// Pixels for a radian.
    pub scale: f64,
    /// Width and height, pixels.
    pub size: Px,
}

impl View {
    /// The whole of something.
    pub fn whole(extent: &Extent, size: Px) -> Self {
        let (wide, high) = extent.size();
        let room = |pixels: f64| (pixels - 2.0 * RIM).max(1.0);
        let scale = (room(size.0) / wide).min(room(size.1) / high);
        Self { middle: extent.middle(), scale: if scale.is_finite() { scale } else { 1.0 }, size }
    }

    /// So many metres to each side of a point.
    pub fn around(at: Wgs84, metres: f64, size: Px) -> Self {
        let middle = Flat::from(at);
        let scale = size.0.min(size.1) / 2.0 / (metres / EARTH_M * middle.stretch());
        Self { middle, scale, size }
    }

    /// Where a point of the world is on the screen.
    pub fn px(&self, at: Flat) -> Px {
        (
            (at.x - self.middle.x) * self.scale + self.size.0 / 2.0,
            (at.y - self.middle.y) * self.scale + self.size.1 / 2.0,
        )
    }

    /// What point of the world is here on the screen.
    pub fn at(&self, (x, y): Px) -> Flat {
        Flat {
            x: self.middle.x + (x - self.size.0 / 2.0) / self.scale,
            y: self.middle.y + (y - self.size.1 / 2.0) / self.scale,
        }
    }

    /// The world follows a finger by these pixels.
    pub fn moved(self, (dx, dy): Px) -> Self {
        let Flat { x, y } = self.middle;
        Self { middle: Flat { x: x - dx / self.scale, y: y - dy / self.scale }, ..self }
    }

    /// Larger or smaller, about a point of the screen that stays where it is.
    pub fn zoomed(self, times: f64, about: Px, limits: &Limits) -> Self {
        let fixed = self.at(about);
        let scale = limits.scale(self.scale * times);
        let zoomed = Self { scale, ..self };
        let (x, y) = zoomed.px(fixed);
        zoomed.moved((about.0 - x, about.1 - y))
    }

    /// The same middle on a screen of another size.
    pub fn resized(self, size: Px) -> Self {
        Self { size, ..self }
    }

    /// Moved so far that a point lies at least so many pixels inside the edges.
    pub fn showing(self, at: Flat, inside: f64) -> Self {
        self.showing_between(at, inside, (inside, self.size.1 - inside))
    }

    /// Moved so far that a point lies at least so many pixels inside the sides, and between these two
    /// heights; in their middle where nothing is between them.
    pub fn showing_between(self, at: Flat, inside: f64, (top, bottom): (f64, f64)) -> Self {
        let (x, y) = self.px(at);
        let step = |at: f64, low: f64, high: f64| {
            let middle = f64::midpoint(low, high);
            at.clamp(low.min(middle), high.max(middle)) - at
        };
        self.moved((step(x, inside, self.size.0 - inside), step(y, top, bottom)))
    }

    /// Moved so far that something of what these rings enclose is seen: whoever throws the map away over
    /// an empty corner of it, or comes close there, is left with nothing to find the way back by.
    pub fn near(self, rings: &[Vec<Flat>]) -> Self {
        let (mut inside, mut nearest) = (false, None::<(f64, Flat)>);
        let Flat { x, y } = self.middle;
        for ring in rings {
            let mut before = ring.last().copied();
            for &to in ring {
                let Some(from) = before.replace(to) else { continue };
                if (from.y > y) != (to.y > y)
                    && x < (to.x - from.x) * (y - from.y) / (to.y - from.y) + from.x
                {
                    inside = !inside;
                }
                let (wide, high) = (to.x - from.x, to.y - from.y);
                let along = ((x - from.x) * wide + (y - from.y) * high)
                    / (wide * wide + high * high).max(f64::MIN_POSITIVE);
                let along = along.clamp(0.0, 1.0);
                let at = Flat { x: from.x + along * wide, y: from.y + along * high };
                let apart = (at.x - x).hypot(at.y - y);
                if nearest.is_none_or(|(least, _)| apart < least) {
                    nearest = Some((apart, at));
                }
            }
        }
        match nearest {
            Some((_, at)) if !inside => self.showing(at, RIM),
            _ => self,
        }
    }

    /// Pixels for a metre, in the middle of the screen.
    pub fn pixels_for_metre(&self) -> f64 {
        self.scale * self.middle.stretch() / EARTH_M
    }

    /// Does a box around a point, so large to each side, touch the screen or a rim around it?
    pub fn is_close(&self, at: Flat, rim: f64) -> bool {
        let (x, y) = self.px(at);
        (-rim..=self.size.0 + rim).contains(&x) && (-rim..=self.size.1 + rim).contains(&y)
    }
}

/// How far a person can go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::parks) struct Limits {
    extent: Extent,
    least: f64,
    most: f64,
}

impl Limits {
    /// On a map of this size: from the whole district to [`CLOSEST`], the middle over the district.
    pub fn of(extent: Extent, size: Px) -> Self {
        let whole = View::whole(&extent, size);
        let most = CLOSEST * EARTH_M / whole.middle.stretch();
        Self { extent, least: whole.scale.min(most), most }
    }

    fn scale(&self, scale: f64) -> f64 {
        scale.clamp(self.least, self.most)
    }

    /// The nearest view that a person can go to.
    pub fn hold(&self, view: View) -> View {
        let Extent { min, max } = self.extent;
        let Flat { x, y } = view.middle;
        let middle = Flat { x: x.clamp(min.x, max.x), y: y.clamp(min.y, max.y) };
        View { middle, scale: self.scale(view.scale), ..view }
    }

    /// The closest view of a map.
    pub fn closest(&self) -> f64 {
        self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent() -> Extent {
        let corners = [(29.25, 106.25), (29.56, 106.55)];
        Extent::around(corners.map(|(lat, lon)| Wgs84 { lat, lon }.into())).unwrap()
    }

    #[test]
    fn a_map_that_is_thrown_away_shows_the_edge_of_what_it_is_of() {
        let flat = |(lat, lon)| Flat::from(Wgs84 { lat, lon });
        // A hook: the middle of its box is none of it.
        let hook = [
            (29.0, 106.0),
            (29.4, 106.0),
            (29.4, 106.4),
            (29.38, 106.4),
            (29.38, 106.02),
            (29.0, 106.02),
        ];
        let rings = [hook.map(flat).to_vec()];
        let at = |lat, lon| View::around(Wgs84 { lat, lon }, 500.0, (360.0, 480.0));
        let inside = at(29.39, 106.2);
        assert_eq!(inside.near(&rings), inside);
        let lost = at(29.2, 106.2).near(&rings);
        let (x, y) = lost.px(flat((29.38, 106.2)));
        let seen = (0.0..=360.0).contains(&x) && (0.0..=480.0).contains(&y);
        let (x, y) = lost.px(flat((29.2, 106.02)));
        assert!(seen || ((0.0..=360.0).contains(&x) && (0.0..=480.0).contains(&y)), "{lost:?}");
        assert_eq!(at(29.2, 106.2).near(&[]), at(29.2, 106.2));
    }

    fn view() -> View {
        View::whole(&extent(), (360.0, 450.0))
    }

    fn close(a: Px, b: Px) {
        assert!((a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6, "{a:?} {b:?}");
    }

    #[test]
    fn the_whole_district_fills_the_map_but_for_a_rim() {
        let (view, extent) = (view(), extent());
        let (left, top) = view.px(extent.min);
        let (right, bottom) = view.px(extent.max);
        assert!(left >= RIM - 1e-6 && top >= RIM - 1e-6, "{left} {top}");
        assert!(right <= 344.0 + 1e-6 && bottom <= 434.0 + 1e-6, "{right} {bottom}");
        assert!((left - RIM).abs() < 1e-6 || (top - RIM).abs() < 1e-6, "no larger fits");
    }

    #[test]
    fn a_kilometre_is_as_long_as_its_pixels_say() {
        let (here, view) = (Wgs84 { lat: 29.5, lon: 106.5 }, view());
        let north = Wgs84 { lat: 29.509, lon: 106.5 };
        let view = View { middle: here.into(), ..view };
        let drawn = view.px(here.into()).1 - view.px(north.into()).1;
        let said = here.metres_to(north) * view.pixels_for_metre();
        assert!((drawn / said - 1.0).abs() < 1e-3, "{drawn} {said}");
        let around = View::around(here, 1_000.0, (360.0, 200.0));
        assert!((around.pixels_for_metre() - 0.1).abs() < 1e-9);
    }

    #[test]
    fn a_pinch_leaves_what_lies_under_the_fingers_where_it_is() {
        let (view, limits) = (view(), Limits::of(extent(), (360.0, 450.0)));
        let about = (80.0, 300.0);
        let zoomed = view.zoomed(3.0, about, &limits);
        close(zoomed.px(view.at(about)), about);
        assert!((zoomed.scale / view.scale - 3.0).abs() < 1e-9);
    }

    #[test]
    fn nobody_leaves_the_district_or_comes_closer_than_a_sketch_can_show() {
        let (view, limits) = (view(), Limits::of(extent(), (360.0, 450.0)));
        let far = limits.hold(view.moved((1e5, -1e5)));
        assert_eq!((far.middle.x, far.middle.y), (extent().min.x, extent().max.y));
        let close = view.zoomed(1e9, (0.0, 0.0), &limits);
        assert!((close.pixels_for_metre() - CLOSEST).abs() < 0.01, "{close:?}");
        let farther = view.zoomed(1e-9, (0.0, 0.0), &limits);
        assert!((farther.scale / view.scale - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_place_beside_the_screen_is_brought_inside_and_one_inside_moves_nothing() {
        let view = view();
        let beside = view.at((-90.0, 100.0));
        close(view.showing(beside, 40.0).px(beside), (40.0, 100.0));
        assert_eq!(view.showing(view.middle, 40.0), view);
    }

    #[test]
    fn a_map_that_has_no_size_yet_still_has_a_scale() {
        let point = Extent::around([Flat { x: 1.0, y: 1.0 }]).unwrap();
        assert!(View::whole(&point, (0.0, 0.0)).scale.is_finite());
        assert_eq!(Extent::around([]), None);
    }
}
