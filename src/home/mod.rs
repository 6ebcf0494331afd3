//! The door: the one large action, what waits, what is near.

mod page;

pub use self::page::HomePage;
