//! Is it alive, and does a commit reach the disk?

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use tokio::time::{Instant, timeout};

use super::App;
use crate::core::Job;

/// After that, a commit that has not reached the disk is a failure.
const READY_WITHIN: Duration = Duration::from_secs(10);
/// Whoever asks more often gets the last answer: a health check must not wear out the disk.
const BEAT_EVERY: Duration = Duration::from_secs(1);

/// Writes a heartbeat and waits for the disk to keep it.
pub async fn ready(State(app): State<Arc<App>>) -> Response {
    match timeout(READY_WITHIN, beat(&app)).await {
        Ok(true) => "ready".into_response(),
        Ok(false) | Err(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "a commit does not reach the disk").into_response()
        }
    }
}

async fn beat(app: &App) -> bool {
    let mut last = app.last_beat.lock().await;
    if last.is_some_and(|last| last.elapsed() < BEAT_EVERY) {
        return true;
    }
    let written = app.writer.write(Job::Beat).await.is_ok();
    *last = written.then(Instant::now);
    written
}
