//! What a person keeps of parks for themselves: a star, a private note, the stamps of the passport.
//! It stays on this phone; it leaves it only in a file that the person saves. Nothing is counted
//! against anybody.

/// 1 · Is the phone at the place? With no browser.
mod stamp;

/// 2 · On a park's page.
mod keep;
mod notes;
mod writing;

/// 3 · All of it, and the file.
mod files;
mod forget;
mod page;
mod row;

/// 4 · A star in the lists.
mod stars;

pub(super) use self::keep::{Keep, Keeping, Star};
pub(super) use self::stars::star;
pub use self::{page::MinePage, stars::Stars};
