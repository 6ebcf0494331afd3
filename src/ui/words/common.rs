/// Words of several rooms.
pub struct Common {
    /// The name of the app.
    pub app: &'static str,
    /// The document's title on a screen of this heading.
    pub document_title: fn(&str) -> String,
    /// First link of every screen.
    pub skip: &'static str,
    /// Name of the tab bar.
    pub main_navigation: &'static str,
    /// Name of the arrow.
    pub back: &'static str,
    /// It is in this phone's storage, committed. Never said of anything else.
    pub saved: &'static str,
    /// The endpoint's signed receipt for these bytes is here, and it has every photo.
    pub delivered: &'static str,
    /// The same, from a service that nobody reads.
    pub delivered_demo: &'static str,
    /// A person has accepted the case.
    pub accepted: &'static str,
    /// Written, not sealed.
    pub draft: &'static str,
    /// On its way at this moment.
    pub sending: &'static str,
    /// Photos under way: how many are there, of how many.
    pub photos: fn(u32, u32) -> String,
    /// The words are there; so many photos are missing, and whether the voice note is.
    pub text_delivered: fn(u32, bool) -> String,
    /// A person is asked for something.
    pub needs_you: &'static str,
    /// Taken back.
    pub withdrawn: &'static str,
    /// Which question this is, of how many.
    pub question_of: fn(u8, u8) -> String,
    /// A number of metres.
    pub metres: fn(&str) -> String,
    /// A number of kilometres.
    pub kilometres: fn(&str) -> String,
    /// A distance that is a straight line.
    pub straight: fn(&str) -> String,
    /// Not farther than this.
    pub within: fn(&str) -> String,
    /// About so far.
    pub about: fn(&str) -> String,
    /// Nobody reads what is sent here.
    pub demo_line: &'static str,
    /// A new build waits.
    pub new_build: &'static str,
    /// Take it now.
    pub new_build_take: &'static str,
    /// Not now.
    pub later: &'static str,
    /// How many reports have not been sent.
    pub unsent: fn(u32) -> String,
}

pub(super) static ZH: Common = Common {
    app: "坡上",
    document_title: |heading| format!("{heading} · 坡上"),
    skip: "跳到正文",
    main_navigation: "主导航",
    back: "返回",
    saved: "已存手机",
    delivered: "已送达",
    delivered_demo: "已送达（演示服务）",
    accepted: "已受理",
    draft: "草稿",
    sending: "正在送",
    photos: |there, all| format!("照片 {there}/{all}"),
    text_delivered: |photos, voice| match (photos, voice) {
        (0, true) => "文字已送达，还差录音".to_owned(),
        (photos, true) => format!("文字已送达，还差 {photos} 张和录音"),
        (photos, false) => format!("文字已送达，还差 {photos} 张"),
    },
    needs_you: "等你补一句",
    withdrawn: "已撤回",
    question_of: |at, all| format!("第 {at} 问，共 {all} 问"),
    metres: |metres| format!("{metres} 米"),
    kilometres: |km| format!("{km} 公里"),
    straight: |far| format!("直线约 {far}"),
    within: |far| format!("{far}以内"),
    about: |far| format!("约 {far}"),
    demo_line: "演示服务：没有人会处理这里的上报。有事请拨 12345，危险请拨 110/119/120",
    new_build: "有新版本了",
    new_build_take: "换上",
    later: "以后再说",
    unsent: |count| format!("{count} 件未送出"),
};

pub(super) static EN: Common = Common {
    app: "Poshang",
    document_title: |heading| format!("{heading} · Poshang"),
    skip: "Skip to the content",
    main_navigation: "Main",
    back: "Back",
    saved: "Saved on phone",
    delivered: "Delivered",
    delivered_demo: "Delivered (demo service)",
    accepted: "Accepted",
    draft: "Draft",
    sending: "Sending",
    photos: |there, all| format!("Photos {there}/{all}"),
    text_delivered: |photos, voice| match (photos, voice) {
        (0, true) => "Text delivered, voice note to go".to_owned(),
        (photos, true) => format!("Text delivered, {photos} photo(s) and the voice note to go"),
        (photos, false) => format!("Text delivered, {photos} photo(s) to go"),
    },
    needs_you: "Needs you",
    withdrawn: "Withdrawn",
    question_of: |at, all| format!("Question {at} of {all}"),
    metres: |metres| format!("{metres} m"),
    kilometres: |km| format!("{km} km"),
    straight: |far| format!("about {far}, straight line"),
    within: |far| format!("within {far}"),
    about: |far| format!("about {far}"),
    demo_line: "Demo service: nobody will handle what is reported here. Call 12345; in danger call 110/119/120",
    new_build: "A new version is here",
    new_build_take: "Use it",
    later: "Later",
    unsent: |count| format!("{count} not sent"),
};
