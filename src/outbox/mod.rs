//! Reports kept on this phone until the endpoint has them.

mod page;

pub use self::page::OutboxPage;
