use std::time::Duration;

use leptos::{html, leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::view::{Extent, Flat, Limits, Px, View};

/// As long as the transition of `.pane.glide` in the stylesheet.
const GLIDE: Duration = Duration::from_millis(220);
/// A wheel that has been still so long has stopped.
const WHEEL: Duration = Duration::from_millis(160);
/// One press of plus or minus.
const STEP: f64 = 1.8;
/// How far inside the edges a place must lie to be well seen, pixels.
const INSIDE: f64 = 56.0;
/// How wide the map's own buttons stand at its right edge, pixels.
const BUTTONS: f64 = 60.0;
/// While something covers the foot of the map its buttons stand at its head: how far down a place must
/// lie below them, and how far up above the cover, pixels.
const HEAD: f64 = 104.0;
const MARK: f64 = 30.0;

/// The window on the map. While a finger moves it only the pane with everything on it is moved; the
/// picture is drawn anew when the view has settled.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    /// The map on the screen.
    pub node: NodeRef<html::Div>,
    now: RwSignal<Option<View>>,
    drawn: RwSignal<Option<View>>,
    extent: StoredValue<Extent>,
    /// The line of the district.
    rings: StoredValue<Vec<Vec<Flat>>>,
    gliding: RwSignal<bool>,
    settling: StoredValue<Option<TimeoutHandle>>,
}

impl Stage {
    /// `rings`: the line of the district. `kept`: the view, which outlives the map.
    pub fn new(extent: Extent, rings: Vec<Vec<Flat>>, kept: RwSignal<Option<View>>) -> Self {
        let stage = Self {
            node: NodeRef::new(),
            now: kept,
            drawn: RwSignal::new(None),
            extent: StoredValue::new(extent),
            rings: StoredValue::new(rings),
            gliding: RwSignal::new(false),
            settling: StoredValue::new(None),
        };
        on_cleanup(move || stage.wait_no_longer());
        stage
    }

    /// The map has this size now; `first` is the view of a map that was not open before.
    pub fn sized(self, size: Px, first: impl FnOnce(Px) -> Option<View>) {
        let known = self.drawn.get_untracked().is_some_and(|view| view.size == size);
        if size.0 < 1.0 || size.1 < 1.0 || known {
            return;
        }
        let view = match self.now.get_untracked() {
            Some(view) => view.resized(size),
            None => first(size).unwrap_or_else(|| View::whole(&self.extent.get_value(), size)),
        };
        self.now.set(Some(self.limits(size).hold(view)));
        self.settle();
    }

    /// The view that the picture is drawn for.
    pub fn drawn(self) -> Option<View> {
        self.drawn.get()
    }

    /// The view that the person sees.
    pub fn now(self) -> Option<View> {
        self.now.get()
    }

    /// Is it moving by itself?
    pub fn gliding(self) -> bool {
        self.gliding.get()
    }

    /// How the pane lies while the picture is that of an older view, and how much larger it is.
    pub fn pane(self) -> Option<(Px, f64)> {
        let (now, drawn) = (self.now.get()?, self.drawn.get()?);
        Some((now.px(drawn.at((0.0, 0.0))), now.scale / drawn.scale))
    }

    /// A point of the page as one of the map.
    pub fn inside(self, (x, y): Px) -> Px {
        let frame = self.node.get_untracked().map(|node| node.get_bounding_client_rect());
        let (left, top) = frame.map_or((0.0, 0.0), |it| (it.left(), it.top()));
        (x - left, y - top)
    }

    /// A finger is on it: it stands still where it is.
    pub fn catch(self) {
        self.settle();
    }

    /// Follows a finger.
    pub fn drag(self, step: Px) {
        self.change(|view, _| view.moved(step));
    }

    /// Follows two fingers.
    pub fn pinch(self, times: f64, about: Px, step: Px) {
        self.change(|view, limits| view.moved(step).zoomed(times, about, limits));
    }

    /// Follows the wheel and settles when it stops.
    pub fn wheel(self, times: f64, about: Px) {
        self.change(|view, limits| view.zoomed(times, about, limits));
        self.settle_after(WHEEL);
    }

    /// Moves on by itself by so many pixels.
    pub fn glide(self, step: Px) {
        self.go(|view, _| view.moved(step));
    }

    /// One step closer or farther, about the middle.
    pub fn step(self, closer: bool) {
        self.go(|view, limits| {
            let middle = (view.size.0 / 2.0, view.size.1 / 2.0);
            view.zoomed(if closer { STEP } else { STEP.recip() }, middle, limits)
        });
    }

    /// Closer, about a point of the map.
    pub fn closer_at(self, about: Px) {
        self.go(|view, limits| view.zoomed(STEP, about, limits));
    }

    /// To the whole district.
    pub fn whole(self) {
        let extent = self.extent.get_value();
        self.go(|view, _| View::whole(&extent, view.size));
    }

    /// To a view of another place.
    pub fn to(self, at: impl FnOnce(Px) -> View) {
        self.go(|view, _| at(view.size));
    }

    /// So close to these points that they stand apart.
    pub fn open(self, points: &[Flat]) {
        let Some(extent) = Extent::around(points.iter().copied()) else { return };
        self.go(|view, limits| {
            let close = View::whole(&extent, view.size);
            // At least one step, and never so close that the town around is lost.
            let scale = (close.scale * 0.7).clamp(view.scale * STEP, limits.closest());
            View { scale, ..close }.moved((-BUTTONS / 2.0, 0.0))
        });
    }

    /// Just so far that a place is well seen.
    pub fn show(self, at: Flat) {
        let Some(view) = self.now.get_untracked() else { return };
        if view.showing(at, 1.0) != view {
            self.go(|view, _| view.showing(at, INSIDE));
        }
    }

    /// Just so far that a place is seen although the map is covered from this height on.
    pub fn show_above(self, at: Flat, covered_from: f64) {
        self.go(|view, _| view.showing_between(at, INSIDE, (HEAD, covered_from - MARK)));
    }

    /// Would a person come closer here?
    pub fn closest(self) -> f64 {
        let size = self.now.get_untracked().map_or((1.0, 1.0), |view| view.size);
        self.limits(size).closest()
    }

    /// Draws the picture of the view as it is.
    pub fn settle(self) {
        self.wait_no_longer();
        self.gliding.set(false);
        let now = self.now.get_untracked();
        if self.drawn.get_untracked() != now {
            self.drawn.set(now);
        }
    }

    fn limits(self, size: Px) -> Limits {
        Limits::of(self.extent.get_value(), size)
    }

    fn change(self, change: impl FnOnce(View, &Limits) -> View) {
        let Some(view) = self.now.get_untracked() else { return };
        let limits = self.limits(view.size);
        let view = limits.hold(change(view, &limits));
        let view = self.rings.with_value(|rings| view.near(rings));
        self.now.set(Some(view));
    }

    fn go(self, change: impl FnOnce(View, &Limits) -> View) {
        self.gliding.set(true);
        self.change(change);
        self.settle_after(GLIDE);
    }

    fn settle_after(self, pause: Duration) {
        self.wait_no_longer();
        let handle = set_timeout_with_handle(move || self.settle(), pause).ok();
        self.settling.set_value(handle);
    }

    fn wait_no_longer(self) {
        self.settling.try_update_value(|handle| {
            if let Some(handle) = handle.take() {
                handle.clear();
            }
        });
    }
}
