/// Words of 首页.
pub struct Home {
    /// Its word on the tab bar.
    pub tab: &'static str,
    /// The question of the whole app.
    pub ask: &'static str,
    /// What holds without a network.
    pub no_network: &'static str,
    /// The one large action.
    pub start: &'static str,
    /// A report that begins with where it is.
    pub place_first: &'static str,
    /// A report that begins with what it is.
    pub kind_first: &'static str,
    /// Turns the elder edition on.
    pub elder_on: &'static str,
    /// Turns it off.
    pub elder_off: &'static str,
    /// How many reports wait to be sent.
    pub waiting: fn(u32) -> String,
    /// What is true of those that wait.
    pub waiting_more: &'static str,
    /// The same where another endpoint answers than last time.
    pub waiting_stranger: &'static str,
    /// How many reports ask the person for something.
    pub needs_you: fn(u32) -> String,
    /// Where to answer.
    pub needs_you_more: &'static str,
    /// Title of a few parks.
    pub parks: &'static str,
    /// The way to all of them.
    pub all_parks: fn(usize) -> String,
    /// The row of the elder edition.
    pub parks_row: &'static str,
    /// The row of the elder edition.
    pub me_row: &'static str,
    /// Under it.
    pub me_row_more: &'static str,
    /// The row of the elder edition.
    pub phones_row: &'static str,
    /// Under it.
    pub phones_row_more: &'static str,
}

pub(super) static ZH: Home = Home {
    tab: "首页",
    ask: "哪里坏了，说一声",
    no_network: "没有网也能写，先存在这部手机里。",
    start: "拍一张，开始上报",
    place_first: "先说地点",
    kind_first: "先选种类",
    elder_on: "长辈版",
    elder_off: "退出长辈版",
    waiting: |count| format!("{count} 件还没送出"),
    waiting_more: "都已存手机，有网自动送",
    waiting_stranger: "都已存手机。收件处换了钥匙，等你来看",
    needs_you: |count| format!("{count} 件等你补一句"),
    needs_you_more: "到上报箱里看是哪一件",
    parks: "去公园",
    all_parks: |count| format!("全部 {count} 处"),
    parks_row: "公园",
    me_row: "我的",
    me_row_more: "大字、语言、帮助、隐私",
    phones_row: "常用电话",
    phones_row_more: "12345、110、119、120",
};

pub(super) static EN: Home = Home {
    tab: "Home",
    ask: "Something broken? Say so",
    no_network: "Works with no network: it is kept on this phone first.",
    start: "Report with a photo",
    place_first: "Where first",
    kind_first: "What first",
    elder_on: "Large",
    elder_off: "Leave large edition",
    waiting: |count| format!("{count} not sent yet"),
    waiting_more: "Saved on this phone, sent when there is a network",
    waiting_stranger: "Saved on this phone. Another collecting point answers: have a look",
    needs_you: |count| format!("{count} waiting for your answer"),
    needs_you_more: "See the outbox",
    parks: "Go to a park",
    all_parks: |count| format!("All {count}"),
    parks_row: "Parks",
    me_row: "Mine",
    me_row_more: "Large text, language, help, privacy",
    phones_row: "Telephone numbers",
    phones_row_more: "12345, 110, 119, 120",
};
