//! Explore: the list of parks and one park's page. Nothing is shown without a source behind it.

mod fetch;
mod handle;
mod page;

pub use self::{
    fetch::fetch,
    handle::{PackError, Parks},
    page::{ParkPage, ParksPage},
};
