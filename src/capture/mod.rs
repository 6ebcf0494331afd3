//! A person writes a report: one question a page.

mod page;

pub use self::page::ReportPage;
