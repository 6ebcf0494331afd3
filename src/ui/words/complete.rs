//! Words of adding to the map. A claim is 已存手机 and 已送达 like a report, and no fact before somebody
//! has confirmed it.

/// Words of adding to the map.
pub struct Complete {
    /// When this phone has said so before.
    pub said_before: fn(&str) -> String,
    /// Whoever stands here stands so far from what the park is near to.
    pub far_from: fn(&str, &str) -> String,
    /// Title on a park's page.
    pub title: &'static str,
    /// What becomes of what is said.
    pub claim: &'static str,
    /// "I am standing in it."
    pub here: &'static str,
    /// A position was found, good to so many metres.
    pub found: fn(u32) -> String,
    /// It lies outside the line of the district.
    pub outside: &'static str,
    /// It is too vague: its metres, and the most that would do.
    pub vague: fn(u32, u32) -> String,
    /// The position was refused.
    pub refused: &'static str,
    /// There is none now.
    pub not_found: &'static str,
    /// The consent to publishing a confirmed position. Its digest is sealed: see docs/consents.md.
    pub consent: &'static str,
    /// Agrees, and keeps.
    pub agree: &'static str,
    /// Does not.
    pub rather_not: &'static str,
    /// "Still right?"
    pub right: &'static str,
    /// Which fact.
    pub which_fact: &'static str,
    /// It holds.
    pub holds: &'static str,
    /// It does not.
    pub holds_not: &'static str,
    /// What is right instead.
    pub instead: &'static str,
    /// Keeps what was said.
    pub keep: &'static str,
    /// "The same place as …"
    pub same: &'static str,
    /// Name of its search box.
    pub same_search: &'static str,
    /// Are the two one place?
    pub same_ask: fn(&str, &str) -> String,
    /// A park is missing.
    pub missing: &'static str,
    /// Opens the form for it.
    pub tell: &'static str,
    /// Its name.
    pub name: &'static str,
    /// There has to be one.
    pub name_needed: &'static str,
    /// Where it is, in words.
    pub where_is: &'static str,
    /// The position, if the person stands in it.
    pub here_missing: &'static str,
    /// Without it after all.
    pub without_position: &'static str,
    /// It is committed to the phone's storage.
    pub kept: &'static str,
    /// The browser stores nothing.
    pub on_the_page: &'static str,
    /// The phone did not keep it.
    pub not_kept: &'static str,
    /// In 上报箱: of each claim.
    pub said_here: &'static str,
    /// A fact, whether it holds, and what is right instead.
    pub said_right: fn(&str, bool, &str) -> String,
    /// The other place.
    pub said_same: fn(&str) -> String,
    /// It is missing.
    pub said_missing: &'static str,
    /// What taking it back does, if it has not left.
    pub take_back_unsent: &'static str,
    /// What it does, if it may have.
    pub take_back_sent: &'static str,
}

pub(super) static ZH: Complete = Complete {
    said_before: |at| format!("{at} 已经说过一次，在上报箱里看得到。"),
    far_from: |name, far| {
        format!("你这里离{name}有 {far}，这个公园应该在那附近。真的站在这个公园里，再送。")
    },
    title: "帮忙补全",
    claim: "你说的先存在手机里，再送出去；有人核实过，才会出现在下一版数据里。",
    here: "我就在这个公园里",
    found: |metres| format!("找到了，误差 {metres} 米以内。"),
    outside: "这里在区界线外（线是示意的）；还是可以送，由核实的人判断。",
    vague: |metres, most| {
        format!("现在的位置误差有 {metres} 米，要 {most} 米以内才能标定。到开阔处再试。")
    },
    refused: "没有位置权限，标定不了。",
    not_found: "现在找不到位置，到开阔处再试。",
    consent: "我同意：核实之后，这个位置可以按 ODbL 许可公开，作为公园的位置。",
    agree: "同意，存手机",
    rather_not: "不了",
    right: "这些还对吗？",
    which_fact: "哪一条？",
    holds: "还对",
    holds_not: "不对了",
    instead: "现在是怎样的？",
    keep: "存手机",
    same: "和另一处是同一个地方",
    same_search: "找另一处",
    same_ask: |one, other| format!("{one}和{other}是同一个地方？"),
    missing: "少了一个公园？",
    tell: "说说是哪个",
    name: "公园叫什么",
    name_needed: "写上名字，大家平时怎么叫就怎么写。",
    where_is: "在哪里（可以不写）",
    here_missing: "我就在里面，带上位置",
    without_position: "不带位置",
    kept: "已存手机，会自己送出。在这里看：",
    on_the_page: "只在这一页上，正在送出。在这里看：",
    not_kept: "手机没存下，腾点空间再试。",
    said_here: "我就在这个公园里",
    said_right: |fact, holds, words| {
        let holds = if holds { "还对" } else { "不对了" };
        if words.is_empty() {
            format!("{fact}：{holds}")
        } else {
            format!("{fact}：{holds}，{words}")
        }
    },
    said_same: |other| format!("和{other}是同一个地方"),
    said_missing: "数据里少了这个公园",
    take_back_unsent: "还没送出去，撤回后谁也看不到。",
    take_back_sent: "它可能已经送出去了：会告诉收件处不要用它。已经公开的，到下一版数据才会拿掉。",
};

pub(super) static EN: Complete = Complete {
    said_before: |at| format!("You said so {at}; see the outbox."),
    far_from: |name, far| {
        format!(
            "You are {far} from {name}, and this park should be near it. Send this only if you do stand in it."
        )
    },
    title: "Help complete it",
    claim: "What you say is kept on the phone, then sent. It appears in the next edition of the data only after somebody has confirmed it.",
    here: "I am in this park",
    found: |metres| format!("Found, within {metres} m."),
    outside: " It lies outside the district's line, which is a sketch; you may still hand it in, and whoever checks it decides.",
    vague: |metres, most| {
        format!(
            "The position is only good to {metres} m; it takes {most} m or less to place a park. Try again in the open."
        )
    },
    refused: "No permission to use the position.",
    not_found: "No position now. Try again in the open.",
    consent: "I agree that this position, once confirmed, may be published under ODbL as the position of the park.",
    agree: "Agree and keep",
    rather_not: "Rather not",
    right: "Is this still right?",
    which_fact: "Which one?",
    holds: "Still right",
    holds_not: "Not any more",
    instead: "What is right now?",
    keep: "Keep on the phone",
    same: "The same place as another one",
    same_search: "Find the other one",
    same_ask: |one, other| format!("Are {one} and {other} the same place?"),
    missing: "Is a park missing?",
    tell: "Tell which",
    name: "Name of the park",
    name_needed: "Write its name, as people call it.",
    where_is: "Where it is (may be left out)",
    here_missing: "I am in it: add the position",
    without_position: "Without the position",
    kept: "Kept on the phone, and sent by itself. See it in:",
    on_the_page: "On this page only, and being sent. See it in:",
    not_kept: "The phone did not keep it. Make some room and try again.",
    said_here: "I am in this park",
    said_right: |fact, holds, words| {
        let holds = if holds { "still right" } else { "not any more" };
        if words.is_empty() {
            format!("{fact}: {holds}")
        } else {
            format!("{fact}: {holds}, {words}")
        }
    },
    said_same: |other| format!("The same place as {other}"),
    said_missing: "This park is missing in the data",
    take_back_unsent: "It has not left this phone; nobody will see it.",
    take_back_sent: "It may have left already: the collecting point is told not to use it. What is published already goes with the next edition of the data.",
};
