//! "Is my work safe?": what is looked at, what follows from it, and the page that says so.

mod look;
mod page;
mod verdict;

pub use self::page::SafePage;
