//! Every address of the page, typed. Rooms link through here and nowhere else.

use leptos::prelude::*;
use leptos_router::params::Params;
use model::ids::ReportId;
use outbox::RowKey;

/// 首页.
pub const HOME: &str = "/";
/// 公园, the list.
pub const PARKS: &str = "/parks";
/// The same places on the map.
pub const PARKS_MAP: &str = "/parks?view=map";
/// What the person keeps of parks for themselves.
pub const MINE: &str = "/parks/mine";
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
/// Whether what was written is safe on this phone.
pub const SAFE: &str = "/me/safe";
/// The page outside the WebAssembly that reads, saves and sends what is kept. Link to it with
/// `rel="external"`.
pub const RESCUE: &str = "/rescue.html";
/// The layers of the pack, their sources and licences.
pub const ABOUT_DATA: &str = "/me/data";

/// The page of one park.
pub fn park(id: &str) -> String {
    format!("{PARKS}/{id}")
}

/// The map with one park chosen.
pub fn map_at(id: &str) -> String {
    format!("{PARKS_MAP}&at={id}")
}

/// A report that starts at a park.
pub fn report_at(park_id: &str) -> String {
    format!("{REPORT}?park={park_id}")
}

/// A report that starts at a community or sub-district, by its code.
pub fn report_in(code: &str) -> String {
    format!("{REPORT}?community={code}")
}

/// A report that starts at a project of renewal.
pub fn report_at_project(id: &str) -> String {
    format!("{REPORT}?project={id}")
}

/// What an earlier report of this phone told of is broken again.
pub fn report_again(id: ReportId) -> String {
    format!("{REPORT}?again={id}")
}

/// A draft that somebody goes on with.
pub fn report_draft(id: ReportId) -> String {
    format!("{REPORT}?draft={id}")
}

/// A report from its beginning, whatever else is under way.
pub const REPORT_ANOTHER: &str = "/report?another=1";

/// A report that begins with where it is, and one that begins with what it is.
pub const REPORT_PLACE_FIRST: &str = "/report?another=place";
/// See [`REPORT_PLACE_FIRST`].
pub const REPORT_KIND_FIRST: &str = "/report?another=kind";

/// One question of a draft; of one that could not be given an id, the draft of this page.
pub fn report_step(id: Option<ReportId>, step: &str) -> String {
    match id {
        Some(id) => format!("{REPORT}?draft={id}&step={step}"),
        None => format!("{REPORT}?step={step}"),
    }
}

/// A report that has just been sealed.
pub fn report_sealed(id: ReportId) -> String {
    format!("{REPORT}?sealed={id}")
}

/// One thing of 上报箱, opened.
pub fn outbox_row(key: RowKey) -> String {
    format!("{OUTBOX}?row={key}")
}

/// What `/parks` may carry.
#[derive(Clone, Debug, PartialEq, Params)]
pub struct ParksQuery {
    /// `map`, or the list.
    pub view: Option<String>,
    /// The park that is chosen on the map.
    pub at: Option<String>,
}

/// What a link to a park may carry besides.
#[derive(Clone, Debug, PartialEq, Params)]
pub struct ParkQuery {
    /// The name of the park when the link was made.
    pub n: Option<String>,
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
    /// The draft that is gone on with.
    pub draft: Option<String>,
    /// The question.
    pub step: Option<String>,
    /// A report that has just been sealed.
    pub sealed: Option<String>,
    /// Start from the beginning: with this question, or with the photo.
    pub another: Option<String>,
    /// The community or sub-district where the report starts.
    pub community: Option<String>,
    /// The project of renewal where it starts.
    pub project: Option<String>,
    /// The code of the plate whose link was opened.
    pub plate: Option<String>,
    /// The kind of trouble it starts with.
    pub kind: Option<String>,
    /// The earlier report whose thing is broken again.
    pub again: Option<String>,
}

/// What `/outbox` may carry; proofs and keys of cases come in the fragment, which stays in the phone.
#[derive(Clone, Debug, PartialEq, Params)]
pub struct OutboxQuery {
    /// The row that is opened.
    pub row: Option<String>,
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_report_can_start_at_a_park() {
        assert_eq!(super::report_at("JLP-001"), "/report?park=JLP-001");
    }
}
