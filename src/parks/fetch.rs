use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::{PackError, Parks};

/// Fetches the pack that was built with this page. Without a network the worker answers.
pub async fn fetch() -> Parks {
    match fetch_text("/data/pack.json").await {
        Ok(text) => Parks::read(&text),
        Err(error) => Parks::missing(error),
    }
}

async fn fetch_text(address: &str) -> Result<String, PackError> {
    let answer = JsFuture::from(leptos::prelude::window().fetch_with_str(address)).await;
    let answer: Response = answer.and_then(JsCast::dyn_into).map_err(unreachable)?;
    if !answer.ok() {
        return Err(PackError::Status(answer.status()));
    }
    let text = JsFuture::from(answer.text().map_err(unreachable)?).await.map_err(unreachable)?;
    text.as_string().ok_or(PackError::Unreachable)
}

fn unreachable(_: JsValue) -> PackError {
    PackError::Unreachable
}
