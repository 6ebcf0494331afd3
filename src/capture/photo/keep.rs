//! A small photo is in the phone's storage before the draft names it.

use model::hex::Digest;

use super::{
    PhotoFault,
    shrink::{Shot, Small, shrink_shot, smaller},
};
use crate::{
    capture::draft::{Moment, Photo},
    outbox::{Outbox, StoreError},
};

/// Makes what came in small and keeps it. A phone that has no room for it is offered a smaller one.
pub(super) async fn take(
    outbox: Outbox,
    shot: Shot,
    taken: Option<Moment>,
) -> Result<Photo, PhotoFault> {
    let small = shrink_shot(shot).await?;
    match keep(outbox, &small, taken).await {
        Err(PhotoFault::NoRoom) => keep(outbox, &smaller(&small).await?, taken).await,
        kept => kept,
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
    };
    outbox.keep_blob(photo.sha256, small.jpeg.clone()).await.map_err(|error| match error {
        StoreError::Full => PhotoFault::NoRoom,
        StoreError::Unavailable | StoreError::Failed => PhotoFault::NotKept,
    })?;
    Ok(photo)
}
