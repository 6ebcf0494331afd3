//! What takes pictures in: one after another, also when the person has gone on meanwhile.

use std::sync::Arc;

use async_lock::{Mutex, OnceCell};
use leptos::{prelude::*, task::spawn_local};
use model::hex::Digest;

use super::{
    PhotoFault, fixing, keep,
    shrink::{Picture, Shot},
};
use crate::{
    capture::{
        draft::{Draft, Here, Moment, PHOTOS_MAX, Photo},
        media::NoDevice,
        writing::{Late, Writing},
    },
    outbox::{Beside, Outbox},
};

/// Key in the session's storage: a camera that was refused is not asked for again.
const REFUSED: &str = "poshang.camera_refused";

/// The way of every picture from the shutter or the album into the draft.
#[derive(Clone, Copy)]
pub(in crate::capture) struct Intake {
    writing: Writing,
    outbox: Outbox,
    fault: RwSignal<Option<(PhotoFault, usize)>>,
    left_out: RwSignal<usize>,
    taken_out: RwSignal<Option<(usize, Photo)>>,
    smaller: RwSignal<bool>,
    batch: RwSignal<usize>,
    lost: RwSignal<bool>,
    lane: StoredValue<Arc<Mutex<()>>>,
}

impl Intake {
    /// The draft, to read.
    pub(super) fn draft(self) -> Signal<Draft> {
        self.writing.draft()
    }

    /// Makes the handle and gives it to everything below.
    pub(in crate::capture) fn provide(writing: Writing) {
        // The camera was open when the page was closed: its photo never came.
        let lost = writing.draft().with_untracked(|draft| draft.photographing.is_some());
        provide_context(Self {
            writing,
            outbox: Outbox::expect(),
            fault: RwSignal::new(None),
            left_out: RwSignal::new(0),
            taken_out: RwSignal::new(None),
            smaller: RwSignal::new(false),
            batch: RwSignal::new(0),
            lost: RwSignal::new(lost),
            lane: StoredValue::default(),
        });
    }

    /// The handle that the page of the report provided.
    pub(in crate::capture) fn expect() -> Self {
        expect_context()
    }

    /// Why the last picture that was not taken was not, and how many of its batch were not.
    pub(super) fn fault(self) -> Signal<Option<(PhotoFault, usize)>> {
        self.fault.into()
    }

    /// So many of the last batch found no place in the report.
    pub(super) fn left_out(self) -> Signal<usize> {
        self.left_out.into()
    }

    /// The photo that the person took out last, and where it stood. Its bytes are still on the phone.
    pub(super) fn taken_out(self) -> Signal<Option<(usize, Photo)>> {
        self.taken_out.into()
    }

    /// Takes a photo out of the report.
    pub(super) fn take_out(self, sha256: Digest) {
        let find = |draft: &Draft| {
            let mut photos = draft.photos.iter().enumerate();
            photos.find(|(_, it)| it.sha256 == sha256).map(|(at, it)| (at, it.clone()))
        };
        self.taken_out.set(self.writing.draft().with_untracked(find));
        self.left_out.set(0);
        self.writing.chose(|draft| draft.photos.retain(|it| it.sha256 != sha256));
    }

    /// Puts the photo back that was taken out last.
    pub(super) fn put_back(self) {
        let Some((at, photo)) = self.taken_out.get_untracked() else { return };
        self.taken_out.set(None);
        self.writing.chose(|draft| put_in(draft, at, photo));
    }

    /// The last photos were kept smaller than usual, because the phone is nearly full.
    pub(super) fn smaller(self) -> Signal<bool> {
        self.smaller.into()
    }

    /// Which picture is being made small, of how many; none: all are in.
    pub(super) fn under_way(self) -> Option<(usize, usize)> {
        let (left, all) = (self.writing.shrinking().get(), self.batch.get());
        (left > 0).then(|| (all.saturating_sub(left) + 1, all))
    }

    /// A photo was to be taken when the page was closed, and has not been since.
    pub(super) fn lost(self) -> Signal<bool> {
        self.lost.into()
    }

    /// Writes down which photo the camera is about to take. Some phones throw the page away while
    /// the camera is open, so this is awaited before it opens.
    pub(super) fn about_to_shoot(self) -> impl Future<Output = ()> {
        self.writing.chose(|draft| draft.photographing = u8::try_from(draft.photos.len()).ok());
        let commit = self.writing.commit();
        async move {
            // If it could not be kept, the screen says so; the photo is taken all the same.
            let _ = commit.await;
        }
    }

    /// The camera is closed, with or without a photo.
    pub(super) fn came_back(self) {
        if self.writing.draft().try_with_untracked(|it| it.photographing.is_some()) == Some(true) {
            self.lost.set(false);
            self.writing.chose(|draft| draft.photographing = None);
        }
    }

    /// Takes pictures in. `taken`: when the shutter was pressed; a picture of the album has none,
    /// and no position either.
    pub(super) fn take(self, shots: Vec<Shot>, taken: Option<Moment>) {
        let (Some(lane), Some(keeper)) = (self.lane.try_get_value(), self.writing.late()) else {
            return;
        };
        let left = self.writing.shrinking();
        self.fault.set(None);
        self.left_out.set(0);
        self.taken_out.set(None);
        self.batch
            .update(|all| *all = shots.len() + if left.get_untracked() > 0 { *all } else { 0 });
        left.update(|left| *left += shots.len());
        let fix = taken.and_then(|_| fix());
        // What was written before is on the disk, whatever becomes of the photo.
        let commit = self.writing.commit();
        spawn_local(async move {
            let _ = commit.await;
            for shot in shots {
                // Until it is in the draft: of two choosings at once each sees what the other has taken.
                let _one_at_a_time = lane.lock().await;
                // Only now: the same picture twice takes one place.
                let kept = if self.is_full() {
                    None
                } else {
                    Some(keep::take(self.outbox, shot, taken).await)
                };
                match kept {
                    None => drop(self.left_out.try_update(|left_out| *left_out += 1)),
                    Some(Ok((photo, smaller))) => {
                        self.keep(&keeper, photo, fix.clone()).await;
                        if smaller {
                            self.smaller.try_set(true);
                        }
                    }
                    Some(Err(why)) => self.failed(why),
                }
                left.try_update(|left| *left = left.saturating_sub(1));
            }
        });
    }

    fn is_full(self) -> bool {
        let full = |draft: &Draft| draft.photos.len() >= PHOTOS_MAX;
        self.writing.draft().try_with_untracked(full).unwrap_or_default()
    }

    fn failed(self, why: PhotoFault) {
        self.fault.try_update(|fault| *fault = Some((why, fault.map_or(1, |(_, n)| n + 1))));
    }

    async fn keep(self, late: &Late, photo: Photo, fix: Option<Arc<OnceCell<Option<Here>>>>) {
        let sha256 = photo.sha256;
        late.chose(move |draft| put_in(draft, PHOTOS_MAX, photo.clone())).await;
        let Some(fix) = fix else { return };
        let late = late.clone();
        // The position may take its time; the next picture does not wait for it.
        spawn_local(async move {
            if let Some(here) = *fix.wait().await {
                late.chose(move |draft| place(draft, sha256, here)).await;
            }
        });
    }

    /// Puts the boxes into the pixels of every photo that does not show them yet.
    pub(in crate::capture) fn cover(self) {
        let behind = |draft: &Draft| {
            draft.photos.iter().filter(|it| it.is_behind()).cloned().collect::<Vec<_>>()
        };
        let behind = self.writing.draft().try_with_untracked(behind).unwrap_or_default();
        let (Some(lane), Some(keeper)) = (self.lane.try_get_value(), self.writing.late()) else {
            return;
        };
        if behind.is_empty() {
            return;
        }
        let left = self.writing.shrinking();
        self.fault.set(None);
        self.batch
            .update(|all| *all = behind.len() + if left.get_untracked() > 0 { *all } else { 0 });
        left.update(|left| *left += behind.len());
        spawn_local(async move {
            for photo in behind {
                let one_at_a_time = lane.lock().await;
                let shown = keep::cover(self.outbox, &photo).await;
                drop(one_at_a_time);
                match shown {
                    Ok(shown) => keeper.chose(move |draft| show(draft, photo.clone(), shown)).await,
                    Err(why) => self.failed(why),
                }
                left.try_update(|left| *left = left.saturating_sub(1));
            }
        });
    }

    /// Does a tap on 拍照 lead to the phone's own camera, because the viewfinder was refused?
    pub(super) fn viewfinder_is_refused() -> bool {
        Beside::Session.read::<bool>(REFUSED).unwrap_or_default()
    }

    /// The viewfinder did not open.
    pub(super) fn no_viewfinder(why: NoDevice) {
        if why == NoDevice::Refused {
            // Where the session's storage is forbidden, the browser itself remembers the refusal.
            Beside::Session.write(REFUSED, &true);
        }
    }

    /// A frame of the viewfinder.
    pub(super) fn take_frame(self, frame: web_sys::ImageBitmap, taken: Moment) {
        self.take(vec![Shot::Picture(Picture::Bitmap(frame))], Some(taken));
    }
}

/// Asks where the phone is, if the person wants that; the answer comes into the cell.
fn fix() -> Option<Arc<OnceCell<Option<Here>>>> {
    if !fixing::is_wanted() {
        return None;
    }
    let cell = Arc::new(OnceCell::new());
    let answer = Arc::clone(&cell);
    spawn_local(async move {
        // Nobody else fills it.
        let _ = answer.set(fixing::locate().await).await;
    });
    Some(cell)
}

fn show(draft: &mut Draft, photo: Photo, (sha256, len): (Digest, u64)) {
    if let Some(it) = draft.photos.iter_mut().find(|it| it.bare() == photo.bare()) {
        it.show(sha256, len, photo.boxes);
    }
}

/// At its place, or behind the last one, if there is room. The same picture twice is one picture.
fn put_in(draft: &mut Draft, at: usize, photo: Photo) {
    let known = draft.photos.iter().any(|it| it.bare() == photo.bare());
    if !known && draft.photos.len() < PHOTOS_MAX {
        draft.photos.insert(at.min(draft.photos.len()), photo);
        // Whoever agreed has not seen this one.
        draft.photo_people = None;
    }
}

fn place(draft: &mut Draft, bare: Digest, here: Here) {
    if let Some(photo) = draft.photos.iter_mut().find(|it| it.bare() == bare) {
        photo.fix = Some(here);
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use model::stamp::Stamp;

    use super::*;
    use crate::capture::{draft::Agreed, sealing::tests::photo_at};

    // A photo was taken out, the people on the others agreed, and it was put back: the consent then
    // stood for one that it had not been asked for. It is asked for anew.
    #[test]
    fn a_photo_that_comes_back_stands_where_it_stood_and_asks_for_consent_anew() {
        let mut draft = Draft::default();
        draft.photos = [&b"1"[..], b"3"].map(|text| photo_at(text, None)).into();
        draft.photo_people = Some(Agreed {
            version: "1".into(),
            text_sha256: Digest::of(b"agreed"),
            at: Stamp::local(7, 480),
        });
        put_in(&mut draft, 1, photo_at(b"2", None));
        let order: Vec<_> = draft.photos.iter().map(|it| it.sha256).collect();
        assert_eq!(order, [&b"1"[..], b"2", b"3"].map(Digest::of));
        assert!(draft.photo_people.is_none());
        put_in(&mut draft, 0, photo_at(b"2", None));
        assert_eq!(draft.photos.len(), 3);
    }
}
