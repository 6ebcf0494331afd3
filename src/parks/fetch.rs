use outbox::fetch::get;

use super::{PackError, Parks};

/// Fetches the pack that was built with this page. Without a network the worker answers.
pub async fn fetch() -> Parks {
    match get("/data/pack.json").await {
        Ok((200, text)) => Parks::read(&text),
        Ok((status, _)) => Parks::missing(PackError::Status(status)),
        Err(_) => Parks::missing(PackError::Unreachable),
    }
}
