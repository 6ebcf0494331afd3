/// Words of the screens of this room.
pub struct Outbox {
    /// Its word on the tab bar, and its heading.
    pub tab: &'static str,
}

pub(super) static ZH: Outbox = Outbox { tab: "上报箱" };

pub(super) static EN: Outbox = Outbox { tab: "Outbox" };
