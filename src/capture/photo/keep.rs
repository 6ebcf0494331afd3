//! A small photo is in the phone's storage before the draft names it.

use model::hex::Digest;
use web_sys::Blob;

use super::{PhotoFault, shrink};
use crate::{
    capture::draft::{Moment, Photo},
    outbox::{Outbox, StoreError},
};

/// Makes a chosen file small and keeps it.
pub(super) async fn take(
    outbox: Outbox,
    file: Blob,
    taken: Option<Moment>,
) -> Result<Photo, PhotoFault> {
    let small = shrink(&file).await?;
    let photo = Photo {
        sha256: Digest::of(&small.jpeg),
        len: small.jpeg.len() as u64,
        width: small.width,
        height: small.height,
        taken,
    };
    outbox.keep_blob(photo.sha256, small.jpeg).await.map_err(|error| match error {
        StoreError::Full => PhotoFault::NoRoom,
        StoreError::Unavailable | StoreError::Failed => PhotoFault::NotKept,
    })?;
    Ok(photo)
}
