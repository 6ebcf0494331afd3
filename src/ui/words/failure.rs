/// Words of the screens of this room.
pub struct Failure {
    /// Its word on the tab bar, and its heading.
    pub tab: &'static str,
}

pub(super) static ZH: Failure = Failure { tab: "这一页坏了" };

pub(super) static EN: Failure = Failure { tab: "This_screen_broke" };
