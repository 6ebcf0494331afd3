//! How a person wants to see the page: language, theme, the elder edition. Kept in this browser.

mod handle;
mod page;

pub use self::{
    handle::{Edition, Settings, Theme},
    page::MePage,
};
