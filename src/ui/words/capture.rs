/// Words of the screens of this room.
pub struct Capture {
    /// Its word on the tab bar, and its heading.
    pub tab: &'static str,
}

pub(super) static ZH: Capture = Capture { tab: "上报" };

pub(super) static EN: Capture = Capture { tab: "Report" };
