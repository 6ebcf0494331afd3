//! Kinds that were reported from this phone lately. They stay on it, in the browser's local storage.

use leptos::prelude::window;

const KEY: &str = "poshang.kinds";
/// How many are offered.
const MOST: usize = 4;

/// Ids, the newest first. Browser only: call it in an effect.
pub(super) fn remembered() -> Vec<String> {
    let kept = storage().and_then(|it| it.get_item(KEY).ok().flatten());
    kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

/// A kind was reported.
pub(super) fn remember(id: &str) {
    let Ok(json) = serde_json::to_string(&newest_first(id, remembered())) else { return };
    // Where the browser forbids storage, the search is one tap away.
    drop(storage().map(|it| it.set_item(KEY, &json)));
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn newest_first(id: &str, before: Vec<String>) -> Vec<String> {
    let others = before.into_iter().filter(|it| it != id);
    core::iter::once(id.to_owned()).chain(others).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::newest_first;

    #[test]
    fn a_kind_reported_again_moves_to_the_front_and_the_oldest_goes() {
        let before = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        assert_eq!(newest_first("c", before.clone()), ["c", "a", "b", "d"]);
        assert_eq!(newest_first("e", before), ["e", "a", "b", "c"]);
    }
}
