//! Explore: the list of parks and one park's page. Nothing is shown without a source behind it, and
//! a park that nobody has placed is never drawn as if it were.

mod about;
mod around;
mod complete;
mod exploring;
mod facts;
mod failure;
mod filter;
mod filters;
mod handle;
mod list;
mod map;
mod meant;
mod mine;
mod nearest;
mod newer;
mod order;
mod page;
mod row;
mod search;
mod sources;
mod visit;

pub use self::{
    exploring::{Exploring, From},
    failure::PackFailure,
    handle::{PackError, Parks},
    list::{CountSentence, ParksPage},
    map::ParkMap,
    mine::{MinePage, Stars},
    nearest::{Away, Spot, SpotKind},
    newer::{fetch, look_for_newer},
    order::listed_first,
    page::ParkPage,
    row::ParkRow,
};
