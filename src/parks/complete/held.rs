//! What somebody types into a claim, until it is kept: a page loaded anew, or another chip, gives it back.
//! In the session's storage; gone when the page is closed.

use std::collections::BTreeMap;

use crate::outbox::Beside;

const KEY: &str = "poshang.claims";

/// Where the text of a field is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held(String);

impl Held {
    /// Of a field of what is said about a park; `of`: which field.
    pub(super) fn of(park: &str, of: &str) -> Self {
        Self(format!("{park} {of}"))
    }

    /// What was typed there; nothing: an empty text.
    pub(super) fn text(&self) -> String {
        all().remove(&self.0).unwrap_or_default()
    }

    /// A key was pressed.
    pub(super) fn hold(&self, text: &str) {
        let mut held = all();
        if text.is_empty() {
            held.remove(&self.0);
        } else {
            held.insert(self.0.clone(), text.to_owned());
        }
        Beside::Session.write(KEY, &held);
    }

    /// It is kept, or nobody wants it any more.
    pub(super) fn let_go(&self) {
        self.hold("");
    }
}

fn all() -> BTreeMap<String, String> {
    Beside::Session.read(KEY).unwrap_or_default()
}
