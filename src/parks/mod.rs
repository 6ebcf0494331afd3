//! Explore: the list of parks and one park's page. Nothing is shown without a source behind it, and
//! a park that nobody has placed is never drawn as if it were.

mod facts;
mod failure;
mod handle;
mod list;
mod newer;
mod order;
mod page;
mod row;
mod search;
mod sources;

pub use self::{
    failure::PackFailure,
    handle::{PackError, Parks},
    list::{CountSentence, ParksPage},
    newer::{fetch, look_for_newer},
    order::listed_first,
    page::ParkPage,
    row::ParkRow,
};
