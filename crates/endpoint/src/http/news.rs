//! The calls that ask: what is missing, and what is new.

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    extract::{Request, State},
    http::Uri,
};
use model::{
    base64::Cursor,
    changes::{Changes, WAIT_S},
    have::{self, Missing, received_have},
    ids::DeviceId,
};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::timeout,
};

use super::{
    App,
    body::Incoming,
    calls::{JSON, expect_type, unread},
};
use crate::problems::{self, Refusal, refuse};

type Shared = State<Arc<App>>;

/// What of all this is missing?
pub async fn have(State(app): Shared, request: Request) -> Result<Json<Missing>, Refusal> {
    let (head, body) = request.into_parts();
    let caller = app.caller(&head.headers).await?;
    expect_type(&head.headers, JSON)?;
    let body = Incoming::new(body, app.pace).text(&head.headers, have::BYTES).await?;
    let asked = received_have(&body)?;
    app.lookups.missing(caller, asked).await.map(Json).map_err(|error| unread(&error))
}

/// What was stored after a cursor. If there is nothing, the answer may wait for something.
pub async fn changes(State(app): Shared, request: Request) -> Result<Json<Changes>, Refusal> {
    let caller = app.caller(request.headers()).await?;
    let (after, wait) = asked(&app, request.uri())?;
    // Listen first, then look: what is stored between the two is not missed.
    let mut stored = app.stored.subscribe();
    let page = app.page_of(caller, after).await?;
    let place = app.waiting.try_acquire().ok().filter(|_| page.rows.is_empty() && !wait.is_zero());
    if place.is_none() {
        return Ok(Json(page));
    }
    let mut stopping = app.stopping.clone();
    tokio::select! {
        _ = timeout(wait, news_of(&mut stored, caller)) => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
    app.page_of(caller, after).await.map(Json)
}

/// Returns once something of this device was stored, or may have been.
async fn news_of(stored: &mut Receiver<DeviceId>, caller: DeviceId) {
    loop {
        match stored.recv().await {
            Ok(device) if device != caller => {}
            Ok(_) | Err(RecvError::Lagged(_) | RecvError::Closed) => return,
        }
    }
}

/// The `seq` after which to read, and how long to wait.
fn asked(app: &App, uri: &Uri) -> Result<(u64, Duration), Refusal> {
    let (mut after, mut wait) = (0, 0);
    for pair in uri.query().unwrap_or_default().split('&') {
        match pair.split_once('=') {
            Some(("after", cursor)) if !cursor.is_empty() => {
                let wrong = || refuse(&problems::MALFORMED, "this is no cursor").at("/after");
                let (epoch, seq) = cursor.parse::<Cursor>().map_err(|_| wrong())?.parts();
                // No database counts further.
                i64::try_from(seq).map_err(|_| wrong())?;
                if epoch != app.identity.epoch {
                    let detail = "the cursor is of another epoch; read from the beginning";
                    return Err(refuse(&problems::EPOCH_CHANGED, detail));
                }
                after = seq;
            }
            Some(("wait", seconds)) => {
                let wrong = || refuse(&problems::MALFORMED, "say whole seconds").at("/wait");
                // A number that no machine word holds is more than 25, too.
                let huge = seconds.bytes().all(|it| it.is_ascii_digit()).then_some(WAIT_S);
                let given = seconds.parse::<u64>().ok().or(huge.filter(|_| !seconds.is_empty()));
                wait = given.ok_or_else(wrong)?.min(WAIT_S);
            }
            _ => {}
        }
    }
    Ok((after, Duration::from_secs(wait)))
}

impl App {
    async fn page_of(&self, caller: DeviceId, after: u64) -> Result<Changes, Refusal> {
        let page = self.lookups.changes(self.identity.epoch, caller, after).await;
        let page = page.map_err(|error| unread(&error))?;
        Ok(Changes { safe_upto: self.safe.upto(), ..page })
    }
}
