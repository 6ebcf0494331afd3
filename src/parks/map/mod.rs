//! The map of the district, drawn from the pack: with no network, and nothing on it that no source
//! has a shape for. It shows the very places of the list; everything it tells the list tells too.

/// 1 · Rules, with no browser.
mod fingers;
mod gather;
mod labels;
mod land;
mod picture;
mod view;

/// 2 · What the person does to it.
mod stage;

/// 3 · What is seen.
mod base;
mod choice;
mod controls;
mod drawing;
mod pins;
mod surface;
mod surroundings;
mod whole;

pub use self::whole::ParkMap;
pub(super) use self::{surroundings::surroundings, view::View};
