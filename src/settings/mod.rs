//! How a person wants to see the page, kept in this browser; and the pages behind 我的: help,
//! privacy, about the data, and whether what was written is safe.

mod about_data;
mod browser;
mod handle;
mod help;
mod page;
mod privacy;
mod safe;

pub use self::{
    about_data::AboutDataPage,
    handle::{Edition, Settings, Theme},
    help::{HelpPage, UrgentNumbers},
    page::MePage,
    privacy::PrivacyPage,
    safe::SafePage,
};
