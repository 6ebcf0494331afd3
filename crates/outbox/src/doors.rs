//! The doors of a browser, page or worker, as the engine asks for them.

use model::hex::Digest;

use crate::{
    engine::{Changes, Input},
    exchange::{Answer, Request},
    fetch,
    idb::{Committed, Db, StoreError},
};

/// Reads what there is to do.
pub async fn load(db: &Db) -> Result<Input, StoreError> {
    let (phone, rows) = db.load().await?;
    Ok(Input::Loaded(Box::new(phone), rows))
}

/// Makes changes durable.
pub async fn commit(db: &Db, changes: &Changes) -> Result<Input, StoreError> {
    Ok(match db.commit(changes).await? {
        Committed::All => Input::Committed,
        Committed::Overtaken => Input::Overtaken,
    })
}

/// Sends one request. A photo is digested anew before it leaves: damaged bytes are never sent as if
/// they were whole.
pub async fn ask(db: &Db, request: &Request) -> Input {
    let Some(sha256) = request.body.blob() else {
        return Input::Answered(fetch::send(request, None).await);
    };
    match db.blob(sha256).await {
        Ok(Some(bytes)) if Digest::of(&bytes) == sha256 => {
            Input::Answered(fetch::send(request, Some(&bytes)).await)
        }
        Ok(_) => Input::BlobDamaged(sha256),
        // The storage did not answer: the next pass asks it again.
        Err(_) => Input::Answered(Answer::Unreachable),
    }
}
