//! Going there, and telling others: directions in the map apps people have, the park's link with its
//! code, what lies near by, and what a link says of a park that has left the data.

/// 1 · Addresses of map apps and the park's own link, with no browser.
mod directions;
mod link;

/// 2 · What is seen.
mod gone;
mod near_by;
mod share;
mod sheet;

pub(super) use self::{
    gone::gone,
    near_by::{NearBy, near_by},
    share::{Code, Passing, Share},
    sheet::Go,
};
