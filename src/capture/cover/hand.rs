//! The boxes of the photo on the screen, while a finger or a key changes them.

use leptos::prelude::*;
use model::hex::Digest;
use web_sys::{Element, PointerEvent};

use super::boxes::{BOXES_MAX, CoverBox, Grip, Point, Size, grip};
use crate::capture::{draft::Photo, writing::Writing};

/// How far from its corner a box is still sized, pixels of the screen.
const REACH: f64 = 24.0;
/// A finger that moves less than this has tapped, pixels of the screen.
const TAP: f64 = 8.0;
/// One press of a key moves or sizes by this part of the photo's longest side.
const STEPS: u32 = 50;

/// The photo on the screen and its boxes.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    writing: Writing,
    bare: Digest,
    size: Size,
    boxes: RwSignal<Vec<CoverBox>>,
    chosen: RwSignal<Option<usize>>,
    before: RwSignal<Vec<Vec<CoverBox>>>,
    held: StoredValue<Option<Held>>,
}

/// A finger on the photo.
#[derive(Clone, Copy)]
struct Held {
    grip: Grip,
    from: Point,
    moved: bool,
    /// Pixels of the photo in one of the screen.
    scale: f64,
}

impl Hand {
    pub(super) fn on(writing: Writing, photo: &Photo) -> Self {
        Self {
            writing,
            bare: photo.bare(),
            size: (photo.width, photo.height),
            boxes: RwSignal::new(photo.boxes.clone()),
            chosen: RwSignal::new(None),
            before: RwSignal::new(Vec::new()),
            held: StoredValue::new(None),
        }
    }

    pub(super) fn size(self) -> Size {
        self.size
    }

    pub(super) fn count(self) -> usize {
        self.boxes.read().len()
    }

    pub(super) fn is_full(self) -> bool {
        self.count() >= BOXES_MAX
    }

    pub(super) fn at(self, nth: usize) -> CoverBox {
        self.boxes.read().get(nth).copied().unwrap_or_default()
    }

    pub(super) fn chosen(self) -> Option<usize> {
        self.chosen.get().filter(|nth| *nth < self.count())
    }

    pub(super) fn choose(self, nth: usize) {
        self.chosen.set(Some(nth));
    }

    /// Pixels of the photo for one press of a key.
    pub(super) fn step(self) -> i32 {
        i32::try_from((self.size.0.max(self.size.1) / STEPS).max(1)).unwrap_or(1)
    }

    /// One more, in the middle.
    pub(super) fn add(self) {
        let middle = (f64::from(self.size.0) / 2.0, f64::from(self.size.1) / 2.0);
        self.changed(|boxes| boxes.push(CoverBox::around(middle, self.size)));
        self.chosen.set(self.boxes.with_untracked(|boxes| boxes.len().checked_sub(1)));
    }

    /// Changes the chosen box.
    pub(super) fn change(self, change: impl Fn(CoverBox, Size) -> CoverBox) {
        let Some(nth) = self.chosen.get_untracked() else { return };
        self.changed(|boxes| {
            if let Some(it) = boxes.get_mut(nth) {
                *it = change(*it, self.size);
            }
        });
    }

    /// Takes the chosen box away.
    pub(super) fn remove(self) {
        let Some(nth) = self.chosen.get_untracked() else { return };
        self.changed(|boxes| {
            if nth < boxes.len() {
                boxes.remove(nth);
            }
        });
        self.chosen.set(None);
    }

    pub(super) fn can_undo(self) -> bool {
        !self.before.read().is_empty()
    }

    /// As it was before the last change.
    pub(super) fn undo(self) {
        if let Some(Some(boxes)) = self.before.try_update(Vec::pop) {
            self.boxes.set(boxes);
            self.chosen.set(None);
            self.keep();
        }
    }

    /// A finger is put down.
    pub(super) fn down(self, event: &PointerEvent) {
        let Some((at, scale)) = self.point(event) else { return };
        let chosen = self.chosen.get_untracked();
        let grip = self.boxes.with_untracked(|it| grip(it, chosen, at, REACH * scale));
        self.remember();
        self.held.set_value(Some(Held { grip, from: at, moved: false, scale }));
        match grip {
            Grip::New(_) => self.chosen.set(None),
            Grip::Move(nth, _) | Grip::Size(nth) => self.chosen.set(Some(nth)),
        }
    }

    /// It moves.
    pub(super) fn moves(self, event: &PointerEvent) {
        let (Some(mut held), Some((at, _))) = (self.held.get_value(), self.point(event)) else {
            return;
        };
        let far = (at.0 - held.from.0).hypot(at.1 - held.from.1) > TAP * held.scale;
        if !held.moved && !far {
            return;
        }
        let size = self.size;
        match (held.grip, held.moved) {
            (Grip::New(from), false) if !self.is_full() => {
                self.boxes.update(|boxes| boxes.push(CoverBox::between(from, at, size)));
                let last = self.boxes.with_untracked(Vec::len) - 1;
                self.chosen.set(Some(last));
            }
            (Grip::New(from), true) => self.set_chosen(CoverBox::between(from, at, size)),
            (Grip::Move(nth, by), _) => {
                let corner = (at.0 - by.0, at.1 - by.1);
                self.set(nth, |it| it.at(corner, size));
            }
            (Grip::Size(nth), _) => {
                let from = |it: CoverBox| (f64::from(it.x), f64::from(it.y));
                self.set(nth, |it| CoverBox::between(from(it), at, size));
            }
            (Grip::New(_), false) => return,
        }
        held.moved = true;
        self.held.set_value(Some(held));
    }

    /// It is lifted: a tap beside all boxes puts one there.
    pub(super) fn up(self) {
        let Some(held) = self.held.try_update_value(Option::take).flatten() else { return };
        if let (Grip::New(at), false) = (held.grip, held.moved)
            && !self.is_full()
        {
            self.boxes.update(|boxes| boxes.push(CoverBox::around(at, self.size)));
            self.chosen.set(self.boxes.with_untracked(|it| it.len().checked_sub(1)));
        }
        let same = self.before.with_untracked(|before| {
            self.boxes.with_untracked(|boxes| before.last() == Some(boxes))
        });
        if same {
            self.before.update(|before| drop(before.pop()));
        } else {
            self.keep();
        }
    }

    fn set_chosen(self, to: CoverBox) {
        if let Some(nth) = self.chosen.get_untracked() {
            self.set(nth, |_| to);
        }
    }

    fn set(self, nth: usize, change: impl Fn(CoverBox) -> CoverBox) {
        self.boxes.update(|boxes| {
            if let Some(it) = boxes.get_mut(nth) {
                *it = change(*it);
            }
        });
    }

    fn changed(self, change: impl FnOnce(&mut Vec<CoverBox>)) {
        self.remember();
        self.boxes.update(change);
        self.keep();
    }

    fn remember(self) {
        let now = self.boxes.get_untracked();
        self.before.update(|before| before.push(now));
    }

    /// Into the draft; they enter the pixels when the screen is left.
    fn keep(self) {
        let (boxes, bare) = (self.boxes.get_untracked(), self.bare);
        self.writing.chose(|draft| {
            if let Some(photo) = draft.photos.iter_mut().find(|it| it.bare() == bare) {
                photo.boxes = boxes;
            }
        });
    }

    /// Where a finger is on the photo, and how many of its pixels are one of the screen.
    fn point(self, event: &PointerEvent) -> Option<(Point, f64)> {
        use wasm_bindgen::JsCast;
        let svg: Element = event.current_target()?.dyn_into().ok()?;
        let seen = svg.get_bounding_client_rect();
        if seen.width() < 1.0 {
            return None;
        }
        let scale = f64::from(self.size.0) / seen.width();
        let x = (f64::from(event.client_x()) - seen.left()) * scale;
        let y = (f64::from(event.client_y()) - seen.top()) * scale;
        Some(((x, y), scale))
    }
}
