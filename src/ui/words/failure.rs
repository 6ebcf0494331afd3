/// What the screen says when something broke: what it is, what it means, what to do.
pub struct Failure {
    /// An address that nothing stands at.
    pub no_page: &'static str,
    /// What may have happened.
    pub no_page_text: &'static str,
    /// The way out.
    pub go_home: &'static str,
    /// What a person wrote is safe.
    pub all_safe: &'static str,
    /// Where it is.
    pub all_safe_more: &'static str,
    /// No pack came.
    pub no_pack: &'static str,
    /// The pack is cut off or damaged.
    pub bad_pack: &'static str,
    /// Why nothing is shown then.
    pub bad_pack_text: &'static str,
    /// What to do when no pack came.
    pub no_pack_text: &'static str,
    /// A report does not need the pack.
    pub report_works: &'static str,
    /// How it is written without one.
    pub report_works_more: &'static str,
    /// Once more.
    pub try_again: &'static str,
    /// The other way.
    pub report_first: &'static str,
    /// A park that is not in the pack.
    pub no_park: &'static str,
    /// What may have happened.
    pub no_park_text: &'static str,
    /// The way out.
    pub all_parks: &'static str,
    /// The database of this browser cannot be used.
    pub no_database: &'static str,
    /// What to do: nothing that was typed is in the phone's storage then.
    pub no_database_text: &'static str,
    /// The code of a room is on its way.
    pub bringing_room: &'static str,
    /// It did not come.
    pub no_room: &'static str,
    /// Nor did the map.
    pub no_map: &'static str,
    /// What may have happened, and what to do.
    pub no_room_text: &'static str,
    /// Once more.
    pub bring_again: &'static str,
    /// The whole page from its beginning.
    pub open_anew: &'static str,
    /// A code that can be read out on the telephone.
    pub code: fn(&str) -> String,
}

pub(super) static ZH: Failure = Failure {
    no_page: "没有这一页",
    no_page_text: "地址可能写错了，或者这一页搬走了。",
    go_home: "回首页",
    all_safe: "你写的都在",
    all_safe_more: "草稿和没送出的，不受影响",
    no_pack: "公园数据没有取到",
    bad_pack: "公园数据少了一段",
    bad_pack_text: "下载没有下完整，先不显示，免得带错路。",
    no_pack_text: "网络没有应答。有网的时候再试一次。",
    report_works: "上报照常能写",
    report_works_more: "种类和地点用自己的话说",
    try_again: "重新下载",
    report_first: "先去上报",
    no_park: "没有这个公园",
    no_park_text: "可能并到别处去了，到列表里找找看。",
    all_parks: "看全部公园",
    no_database: "这部手机现在存不下东西",
    no_database_text: "浏览器没让坡上存数据。写的字还在屏幕上，先别关；可以抄下来，或者换个浏览器打开。",
    bringing_room: "正在打开……",
    no_room: "这一页没有取到",
    no_map: "地图没有取到",
    no_room_text: "网络没有应答，或者坡上刚换了新版本。有网的时候再试一次，还不行就重新打开。",
    bring_again: "再试一次",
    open_anew: "重新打开",
    code: |code| format!("编号 {code}"),
};

pub(super) static EN: Failure = Failure {
    no_page: "There is no such page",
    no_page_text: "The address may be mistyped, or the page has moved.",
    go_home: "Go home",
    all_safe: "What you wrote is safe",
    all_safe_more: "Drafts and unsent reports are not affected",
    no_pack: "The park data did not come",
    bad_pack: "Part of the park data is missing",
    bad_pack_text: "The download is incomplete. Nothing is shown, so that nobody is led astray.",
    no_pack_text: "The network did not answer. Try again when there is one.",
    report_works: "You can still report",
    report_works_more: "Say what and where in your own words",
    try_again: "Download again",
    report_first: "Report first",
    no_park: "There is no such park",
    no_park_text: "It may have been merged with another. Look in the list.",
    all_parks: "See all parks",
    no_database: "This phone cannot store anything now",
    no_database_text: "The browser does not let Poshang store data. Your words are still on the screen: do not close it; copy them, or open another browser.",
    bringing_room: "Opening…",
    no_room: "This page did not come",
    no_map: "The map did not come",
    no_room_text: "The network did not answer, or there is a new version by now. Try again when there is a network; if that does not help, open it anew.",
    bring_again: "Try again",
    open_anew: "Open anew",
    code: |code| format!("Code {code}"),
};
