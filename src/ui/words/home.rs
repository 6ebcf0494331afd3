/// Words of the screens of this room.
pub struct Home {
    /// Its word on the tab bar, and its heading.
    pub tab: &'static str,
}

pub(super) static ZH: Home = Home { tab: "首页" };

pub(super) static EN: Home = Home { tab: "Home" };
