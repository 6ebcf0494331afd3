//! A small photo is in the phone's storage before the draft names it.

use model::hex::Digest;

use super::{
    PhotoFault,
    shrink::{Shot, Small, covered, shrink_shot, smaller},
};
use crate::{
    capture::draft::{Moment, Photo},
    outbox::{Outbox, StoreError},
};

/// Makes what came in small and keeps it. A phone that has no room for it is offered a smaller one;
/// `true`: that one was kept.
pub(super) async fn take(
    outbox: Outbox,
    shot: Shot,
    taken: Option<Moment>,
) -> Result<(Photo, bool), PhotoFault> {
    let small = shrink_shot(shot).await?;
    match keep(outbox, &small, taken).await {
        Err(PhotoFault::NoRoom) => {
            let smaller = keep(outbox, &smaller(&small).await?, taken).await?;
            Ok((smaller, true))
        }
        kept => Ok((kept?, false)),
    }
}

/// Puts the boxes of a photo into its pixels, and keeps it beside what lies under them. Returns what
/// [`Photo::show`] is told; without boxes that is the picture under them.
pub(super) async fn cover(outbox: Outbox, photo: &Photo) -> Result<(Digest, u64), PhotoFault> {
    let bare = photo.bare();
    if photo.boxes.is_empty() {
        let len = photo.under.as_ref().map_or(photo.len, |under| under.len);
        return Ok((bare, len));
    }
    let under = outbox.blob(bare).await.map_err(not_kept)?.ok_or(PhotoFault::Damaged)?;
    let small = covered(&under, &photo.boxes).await?;
    let (sha256, len) = (Digest::of(&small.jpeg), small.jpeg.len() as u64);
    outbox.keep_blob(sha256, small.jpeg).await.map_err(not_kept)?;
    Ok((sha256, len))
}

fn not_kept(error: StoreError) -> PhotoFault {
    match error {
        StoreError::Full => PhotoFault::NoRoom,
        StoreError::Unavailable | StoreError::Failed => PhotoFault::NotKept,
    }
}

async fn keep(outbox: Outbox, small: &Small, taken: Option<Moment>) -> Result<Photo, PhotoFault> {
    let photo = Photo {
        sha256: Digest::of(&small.jpeg),
        len: small.jpeg.len() as u64,
        width: small.width,
        height: small.height,
        taken,
        fix: None,
        boxes: Vec::new(),
        under: None,
        covered: 0,
    };
    outbox.keep_blob(photo.sha256, small.jpeg.clone()).await.map_err(not_kept)?;
    Ok(photo)
}
