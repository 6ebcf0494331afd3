/// Words of the screens of this room.
pub struct Parks {
    /// Its word on the tab bar, and its heading.
    pub tab: &'static str,
}

pub(super) static ZH: Parks = Parks { tab: "公园" };

pub(super) static EN: Parks = Parks { tab: "Parks" };
