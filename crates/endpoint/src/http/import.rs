//! A rescue file comes in: by a phone that found it, or by an officer at a shell. Its items are
//! judged as if they had been sent, so it may come twice and from anybody.

use std::{fs::File, sync::Arc};

use axum::{
    Json,
    extract::{Request, State},
};
use model::{
    ids::DeviceId,
    rescue::{IMPORT_BYTES, Imported, MEDIA},
    wire::{ItemOutcome, ItemResult, limits},
};

use super::{
    App,
    body::{Incoming, content_length},
    calls::{expect_type, stumbled},
};
use crate::{
    core::{Job, JobAnswer},
    problems::{self, Refusal, refuse},
    rescue::Rescue,
};

/// Imports that are under way at once: each may be as large as many photos.
pub const IMPORTS: usize = 2;

/// The body is a rescue file: a result for each of its items.
pub async fn import(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<Json<Imported>, Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.caller(&head.headers).await?;
    expect_type(&head.headers, MEDIA)?;
    let missing = || refuse(&problems::LENGTH_REQUIRED, "say the Content-Length of the file");
    let len = content_length(&head.headers).ok_or_else(missing)?;
    if len > IMPORT_BYTES {
        let detail = format!("{len} bytes, at most {IMPORT_BYTES}; import it in parts");
        return Err(refuse(&problems::TOO_LARGE, detail).over(IMPORT_BYTES));
    }
    app.check_items(caller)?;
    let _place = app.imports.try_acquire().map_err(|_| Refusal::busy("other files come in"))?;
    // A file that holds texts alone asks for no more room than a batch of them.
    if len > limits::ITEMS_BYTES as u64 {
        app.disk.has_room()?;
    }
    let file = app.blobs.spool(Incoming::new(body, app.pace), len).await?;
    app.take_in(caller, file).await.map(Json)
}

impl App {
    /// Texts first, then photos, then texts again: the last answer says what is still missing.
    pub(crate) async fn take_in(&self, caller: DeviceId, file: File) -> Result<Imported, Refusal> {
        let rescue = tokio::task::spawn_blocking(|| Rescue::open(file)).await;
        let rescue = Arc::new(rescue.map_err(|_| stumbled())??);
        let first = self.send_all(caller, &rescue).await?;
        let mut refused = Vec::new();
        for (nth, digest) in rescue.blobs().enumerate() {
            let kept = self.take_photo(caller, &rescue, nth, digest).await;
            if let Err(why) = kept {
                if why.is_ours() {
                    return Err(why);
                }
                refused.push(digest);
            }
        }
        let second = self.send_all(caller, &rescue).await?;
        let results = first.into_iter().zip(second).map(|(first, second)| newer(first, second));
        Ok(Imported { results: results.collect(), refused })
    }

    async fn send_all(
        &self,
        caller: DeviceId,
        rescue: &Rescue,
    ) -> Result<Vec<ItemResult>, Refusal> {
        let mut results = Vec::with_capacity(rescue.items());
        let mut from = 0;
        while let Some((body, next)) = rescue.batch(from) {
            from = next;
            let JobAnswer::Items(answer) = self.write(Job::Items { caller, body }).await? else {
                return Err(stumbled());
            };
            let answer = answer?;
            self.count(caller, &answer);
            results.extend(answer.results);
        }
        Ok(results)
    }

    async fn take_photo(
        &self,
        caller: DeviceId,
        rescue: &Arc<Rescue>,
        nth: usize,
        digest: model::hex::Digest,
    ) -> Result<(), Refusal> {
        self.disk.has_room()?;
        let coming = self.coming(caller, digest).await?;
        let (rescue, blobs) = (Arc::clone(rescue), self.blobs.clone());
        let kept = tokio::task::spawn_blocking(move || {
            let damaged = |_| refuse(&problems::DIGEST, "its entry is damaged");
            let bytes = rescue.read(nth).map_err(damaged)?;
            blobs.keep_from(bytes, coming)
        });
        kept.await.map_err(|_| stumbled())??;
        self.note_blob(coming).await.map(drop)
    }
}

/// What became of an item at first, and what is known of it now.
fn newer(first: ItemResult, second: ItemResult) -> ItemResult {
    let outcome = match (first.outcome, second.outcome) {
        (ItemOutcome::Stored(_), ItemOutcome::Duplicate(proof)) => ItemOutcome::Stored(proof),
        (ItemOutcome::Held { reason, .. }, ItemOutcome::Duplicate(proof)) => {
            ItemOutcome::Held { reason, proof }
        }
        (_, second) => second,
    };
    ItemResult { outcome, ..second }
}
