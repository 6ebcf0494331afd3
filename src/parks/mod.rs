//! Explore: the list of parks and one park's page. Nothing is shown without a source behind it, and
//! a park that nobody has placed is never drawn as if it were.

mod facts;
mod failure;
mod fetch;
mod handle;
mod list;
mod order;
mod page;
mod row;
mod search;
mod sources;

pub use self::{
    failure::PackFailure,
    fetch::fetch,
    handle::{PackError, Parks},
    list::{CountSentence, ParksPage},
    order::listed_first,
    page::ParkPage,
    row::ParkRow,
};
