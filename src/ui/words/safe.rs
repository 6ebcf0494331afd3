/// Words of "Is my work safe?".
pub struct Safe {
    /// Heading, and its row on 我的.
    pub title: &'static str,
    /// Under the row.
    pub title_more: &'static str,
    /// While it is looked at.
    pub looking: &'static str,
    /// Looks once more.
    pub again: &'static str,
    /// The storage does not keep what is written.
    pub not_kept: &'static str,
    /// Too little room.
    pub room_low: &'static str,
    /// The browser may throw the storage away.
    pub not_promised: &'static str,
    /// The page does not open without a network.
    pub needs_network: &'static str,
    /// Another endpoint answers than last time, and so many things wait.
    pub stranger: fn(u32) -> String,
    /// Nobody was reached, and so many things wait.
    pub away: fn(u32) -> String,
    /// Reached, and so many things wait.
    pub unsent: fn(u32) -> String,
    /// So many things wait for the person.
    pub needs_you: fn(u32) -> String,
    /// All well but the room, which is not known.
    pub room_unknown: &'static str,
    /// All well.
    pub well: &'static str,
    /// All well, at an endpoint that nobody reads.
    pub well_demo: &'static str,
    /// Title of what was found.
    pub found: &'static str,
    /// The storage.
    pub storage: &'static str,
    /// What was done with it.
    pub storage_more: &'static str,
    /// What it did not do.
    pub storage_bad: &'static str,
    /// The promise.
    pub promise: &'static str,
    /// What it is good for.
    pub promise_more: &'static str,
    /// The room.
    pub room: &'static str,
    /// So many MB.
    pub room_mb: fn(u64) -> String,
    /// The browser does not say.
    pub room_silent: &'static str,
    /// The page without a network.
    pub offline: &'static str,
    /// What keeps it.
    pub offline_more: &'static str,
    /// Nothing keeps it.
    pub offline_bad: &'static str,
    /// The collecting point.
    pub point: &'static str,
    /// A probe went there, and its receipt was verified.
    pub point_reached: &'static str,
    /// The same, where nobody reads it.
    pub point_demo: &'static str,
    /// Another endpoint answers than last time.
    pub point_stranger: &'static str,
    /// No receipt came.
    pub point_away: &'static str,
    /// What is unsent.
    pub waiting: &'static str,
    /// So many things.
    pub waiting_count: fn(u32) -> String,
    /// State: as it should be.
    pub good: &'static str,
    /// State: not so.
    pub bad: &'static str,
    /// State: nobody says.
    pub unknown: &'static str,
}

/// From two thousand megabytes on nobody reads them: in gigabytes, without a fraction.
fn size(megabytes: u64) -> String {
    if megabytes < 2_000 { format!("{megabytes} MB") } else { format!("{} GB", megabytes / 1_000) }
}

pub(super) static ZH: Safe = Safe {
    title: "我的活儿安全吗",
    title_more: "试一试存和送，说清楚今天写的保不保得住",
    looking: "正在看：存一件、读回来、送一件……",
    again: "再看一遍",
    not_kept: "保不住：这个浏览器现在存不住东西，先别写，退出无痕模式或换个浏览器再试。",
    room_low: "快保不住了：手机快没地方了，先删些照片或不用的应用，再接着写。",
    not_promised: "不一定保得住：浏览器没有答应留住这里的东西，写好尽快送出，最好放到桌面用。",
    needs_network: "写了的在，没网时却打不开：连着网把坡上再打开一次，让浏览器把页面存好。",
    stranger: |count| {
        let waits = match count {
            0 => String::new(),
            count => format!("，{count} 件没送出"),
        };
        format!(
            "只在这部手机里{waits}：收件处换了钥匙，到上报箱看清楚是谁，你答应以前什么都不送，先别清数据。"
        )
    },
    away: |count| match count {
        0 => "眼下没有没送出的，可够不着收件处：再写的只在这部手机里，先别清数据，有网再来看。"
            .into(),
        count => format!(
            "只在这部手机里：够不着收件处，{count} 件没送出，先别清数据、别换手机，有网再送。"
        ),
    },
    unsent: |count| {
        format!("还有 {count} 件只在这部手机里：收件处通着，没送完之前别清数据、别换手机。")
    },
    needs_you: |count| {
        format!("还有 {count} 件只在这部手机里，等你补一句：到上报箱打开看看，补好了才会送。")
    },
    room_unknown: "大致保得住，只是浏览器不说还剩多少地方：写好尽快送出。",
    well: "保得住：封好的都已送达，草稿浏览器答应留着，没网也能打开。",
    well_demo: "保得住，但没有人会处理：封好的都已送达（演示服务），草稿浏览器答应留着。",
    found: "看到的",
    storage: "存得进，读得出",
    storage_more: "刚存了一件试件，又读了回来",
    storage_bad: "试件没存住，或者读不回来",
    promise: "浏览器答应留住",
    promise_more: "没答应的话，手机缺地方时可能被清掉",
    room: "还剩的地方",
    room_mb: |mb| format!("约 {}", size(mb)),
    room_silent: "这个浏览器不说",
    offline: "没网也能打开",
    offline_more: "页面存在浏览器里",
    offline_bad: "页面还没存进浏览器",
    point: "够得着收件处",
    point_reached: "试件送到了，验过回执",
    point_demo: "试件送到了，验过回执；演示服务：没有人会处理",
    point_stranger: "收件处换了钥匙，到上报箱看清楚是谁",
    point_away: "试件还没有回执",
    waiting: "没送出的",
    waiting_count: |count| format!("{count} 件"),
    good: "好",
    bad: "不行",
    unknown: "不知道",
};

pub(super) static EN: Safe = Safe {
    title: "Is my work safe?",
    title_more: "Tries to keep and to send, and says whether today's work would survive",
    looking: "Looking: keeping one thing, reading it back, sending it…",
    again: "Look again",
    not_kept: "Not safe: this browser keeps nothing now, so do not write yet; leave the private window or try another browser.",
    room_low: "Hardly safe: the phone is nearly full, so delete some photos or apps before you go on.",
    not_promised: "Perhaps not safe: the browser has not promised to keep what is here, so send soon, and put the app on the home screen.",
    needs_network: "What you wrote is kept, but will not open with no network: open Poshang once more while there is one, so that the browser keeps the page.",
    stranger: |count| {
        let waits = match count {
            0 => String::new(),
            count => format!(" ({count} not sent)"),
        };
        format!(
            "On this phone only{waits}: another collecting point answers than last time and gets nothing before you agree, so see in the outbox who it is, and clear no data."
        )
    },
    away: |count| {
        match count {
        0 => "Nothing waits, but the collecting point is out of reach: what you write now is on this phone only, so clear no data and look again once there is a network.".into(),
        count => format!(
            "On this phone only: the collecting point is out of reach and {count} not sent, so clear no data, keep this phone, and send once there is a network."
        ),
    }
    },
    unsent: |count| {
        format!(
            "{count} still on this phone only: the collecting point is there, so clear no data and keep this phone until all is sent."
        )
    },
    needs_you: |count| {
        format!(
            "{count} still on this phone only, waiting for you: open them in the outbox; they are sent once you have mended them."
        )
    },
    room_unknown: "Mostly safe, only the browser does not say how much room is left: send soon.",
    well: "Safe: all you sealed is delivered, the browser has promised to keep drafts, and the page opens with no network.",
    well_demo: "Safe, but nobody will handle it: all you sealed is delivered (demo service), and the browser has promised to keep drafts.",
    found: "What was found",
    storage: "Keeps and reads back",
    storage_more: "A probe was just written and read again",
    storage_bad: "A probe could not be written, or not be read again",
    promise: "The browser promised to keep it",
    promise_more: "Without, a full phone may clear it",
    room: "Room left",
    room_mb: |mb| format!("about {}", size(mb)),
    room_silent: "This browser does not say",
    offline: "Opens with no network",
    offline_more: "The page is kept in the browser",
    offline_bad: "The page is not kept in the browser yet",
    point: "Collecting point in reach",
    point_reached: "The probe arrived, its receipt is verified",
    point_demo: "The probe arrived, its receipt is verified; demo service: nobody will handle it",
    point_stranger: "Another collecting point answers than last time: see in the outbox who it is",
    point_away: "No receipt for the probe yet",
    waiting: "Not sent",
    waiting_count: |count| format!("{count}"),
    good: "Good",
    bad: "No",
    unknown: "Unknown",
};
