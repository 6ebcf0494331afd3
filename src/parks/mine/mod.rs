//! What a person keeps of parks for themselves: a star, a private note, the stamps of the passport.
//! It stays on this phone; it leaves it only in a file that the person saves. Nothing is counted
//! against anybody.

/// 1 · Is the phone at the place? With no browser.
mod stamp;

/// 2 · On a park's page.
mod keep;
mod notes;

/// 3 · All of it, and the file.
mod files;
mod page;

pub(super) use self::keep::Keep;
pub use self::page::MinePage;
