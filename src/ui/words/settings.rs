/// Words of the screens of this room.
pub struct SettingsWords {
    /// Its word on the tab bar, and its heading.
    pub tab: &'static str,
}

pub(super) static ZH: SettingsWords = SettingsWords { tab: "我的" };

pub(super) static EN: SettingsWords = SettingsWords { tab: "Mine" };
