//! What stands beside the database, where the browser allows it: reading the property alone throws
//! where it does not. Nothing here is ever the only copy.

use leptos::prelude::window;
use serde::{Serialize, de::DeserializeOwned};
use web_sys::Storage;

/// Local storage stays; the session's is gone when the page is closed.
#[derive(Clone, Copy)]
pub(crate) enum Beside {
    /// `localStorage`.
    Browser,
    /// `sessionStorage`.
    Session,
}

impl Beside {
    /// What stands under this key, if it can be read.
    pub(crate) fn read<T: DeserializeOwned>(self, key: &str) -> Option<T> {
        let text = self.storage()?.get_item(key).ok()??;
        serde_json::from_str(&text).ok()
    }

    /// Keeps it. A browser that refuses keeps nothing.
    pub(crate) fn write<T: Serialize>(self, key: &str, value: &T) {
        if let (Some(storage), Ok(text)) = (self.storage(), serde_json::to_string(value)) {
            let _ = storage.set_item(key, &text);
        }
    }

    /// Would it be kept? A browser can show a storage and refuse every writing into it.
    pub(crate) fn keeps(self) -> bool {
        const TRIAL: &str = "poshang.trial";
        let kept = self.storage().is_some_and(|it| it.set_item(TRIAL, "1").is_ok());
        self.remove(TRIAL);
        kept
    }

    /// Takes it away.
    pub(crate) fn remove(self, key: &str) {
        if let Some(storage) = self.storage() {
            let _ = storage.remove_item(key);
        }
    }

    fn storage(self) -> Option<Storage> {
        match self {
            Self::Browser => window().local_storage(),
            Self::Session => window().session_storage(),
        }
        .ok()
        .flatten()
    }
}
