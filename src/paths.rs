//! Every address of the page, typed. Rooms link through here and nowhere else.

use leptos::prelude::*;
use leptos_router::params::Params;

/// 首页.
pub const HOME: &str = "/";
/// 公园, the list.
pub const PARKS: &str = "/parks";
/// 上报, one question a page.
pub const REPORT: &str = "/report";
/// 上报箱.
pub const OUTBOX: &str = "/outbox";
/// 我的.
pub const ME: &str = "/me";
/// Telephone numbers, official channels, how to keep the app on the home screen.
pub const HELP: &str = "/me/help";
/// What is stored where.
pub const PRIVACY: &str = "/me/privacy";
/// The layers of the pack, their sources and licences.
pub const ABOUT_DATA: &str = "/me/data";

/// The page of one park.
pub fn park(id: &str) -> String {
    format!("{PARKS}/{id}")
}

/// A report that starts at a park.
pub fn report_at(park_id: &str) -> String {
    format!("{REPORT}?park={park_id}")
}

/// What `/parks/{id}` carries.
#[derive(Clone, Debug, PartialEq, Params)]
pub struct ParkParams {
    /// The id of a park, such as `JLP-001`.
    pub id: String,
}

/// What `/report` may carry.
#[derive(Clone, Debug, PartialEq, Params)]
pub struct ReportQuery {
    /// The park where the report starts.
    pub park: Option<String>,
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_report_can_start_at_a_park() {
        assert_eq!(super::report_at("JLP-001"), "/report?park=JLP-001");
    }
}
