//! The door: the one large action, what waits to be sent, a few parks.

mod page;
mod waiting;

pub use self::{page::HomePage, waiting::Waiting};
