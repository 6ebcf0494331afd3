//! Words of many reports in one walk, and of one that was reported before.

use crate::capture::{Lack, Trouble, contact::Lacks};

/// Words of a walk.
pub struct Walk {
    /// This place is photographed: on to the next.
    pub snap_on: &'static str,
    /// Where it is meanwhile.
    pub snap_on_more: &'static str,
    /// What a draft lacks, one after another.
    pub lacks: fn(&[Lack]) -> String,
    /// It lacks nothing.
    pub ready: &'static str,
    /// Seals so many drafts.
    pub seal_all: fn(usize) -> String,
    /// Not all of them could be sealed.
    pub seal_all_failed: &'static str,
    /// Leaves the look over, to the other drafts.
    pub to_drafts: &'static str,
    /// Heading: is it the same thing as before?
    pub again_ask: &'static str,
    /// The earlier one: its place, how many days ago, how many metres away.
    pub again_text: fn(&str, i64, Option<f64>) -> String,
    /// Its photo.
    pub again_before: &'static str,
    /// The photo of now.
    pub again_now: &'static str,
    /// It is.
    pub again_same: &'static str,
    /// It is not.
    pub again_other: &'static str,
    /// It was said that it is; a report of its own all the same.
    pub again_noted: &'static str,
    /// Takes that back.
    pub again_undo: &'static str,
}

pub(super) static ZH: Walk = Walk {
    snap_on: "这处先拍着，去拍下一处",
    snap_on_more: "拍好的是草稿，在上报箱里，回头一份份写。",
    lacks: |lacks| {
        let words: Vec<&str> = lacks.iter().map(|it| lack_zh(*it)).collect();
        format!("还差：{}", words.join("、"))
    },
    ready: "写好了，可以封",
    seal_all: |n| format!("写好的 {n} 份，一次封好"),
    seal_all_failed: "没有全封好：手机没存住。没封的还是草稿，再按一次。",
    to_drafts: "先不封，去看别的草稿",
    again_ask: "是不是报过的那一处？",
    again_text: |place, days, metres| {
        let when = match days {
            0 => "今天".to_owned(),
            days => format!("{days} 天前"),
        };
        let place = if place.is_empty() { String::new() } else { format!("（{place}）") };
        let apart = metres.map_or(String::new(), |it| format!("，相隔约 {it:.0} 米"));
        format!("{when}，这部手机报过同样的事{place}{apart}。")
    },
    again_before: "上次的",
    again_now: "这次的",
    again_same: "是同一处，补到上次那件里",
    again_other: "不是，另报一件",
    again_noted: "记下了：和上次报的是同一处。那件补不进去了，这次单独报，会注明。",
    again_undo: "不是同一处",
};

pub(super) static EN: Walk = Walk {
    snap_on: "Photographed; on to the next place",
    snap_on_more: "It is a draft now, under Outbox: write the rest later.",
    lacks: |lacks| {
        let words: Vec<&str> = lacks.iter().map(|it| lack_en(*it)).collect();
        format!("Still to do: {}", words.join(", "))
    },
    ready: "Written, can be sealed",
    seal_all: |n| format!("Seal the {n} that are written"),
    seal_all_failed: "Not all were sealed: the phone did not keep them. The rest are drafts; press again.",
    to_drafts: "Not yet; see the other drafts",
    again_ask: "Is it the one reported before?",
    again_text: |place, days, metres| {
        let when = match days {
            0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            days => format!("{days} days ago"),
        };
        let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
        let apart = metres.map_or(String::new(), |it| format!(", about {it:.0} m away"));
        format!("{when} this phone reported the same kind of thing{place}{apart}.")
    },
    again_before: "Before",
    again_now: "Now",
    again_same: "The same: add it to that report",
    again_other: "Not the same: a report of its own",
    again_noted: "Noted: it is the same as before. That report cannot take it any more; this one will say so.",
    again_undo: "It is not",
};

fn lack_zh(lack: Lack) -> &'static str {
    match lack {
        Lack::Trouble(Trouble::NothingSaid) => "是什么",
        Lack::Trouble(Trouble::NoPlace) => "在哪里",
        Lack::Trouble(Trouble::NotCovered) => "照片还没遮",
        Lack::Trouble(Trouble::Contact(Lacks::Consent)) => "同意打电话",
        Lack::Trouble(Trouble::Contact(_)) => "电话号码",
        Lack::Trouble(_) => "字太多",
        Lack::Kind => "哪一类",
        Lack::LookOver => "看一遍",
    }
}

fn lack_en(lack: Lack) -> &'static str {
    match lack {
        Lack::Trouble(Trouble::NothingSaid) => "what it is",
        Lack::Trouble(Trouble::NoPlace) => "where",
        Lack::Trouble(Trouble::NotCovered) => "a photo to cover",
        Lack::Trouble(Trouble::Contact(Lacks::Consent)) => "whether they may call",
        Lack::Trouble(Trouble::Contact(_)) => "the number",
        Lack::Trouble(_) => "fewer words",
        Lack::Kind => "which kind",
        Lack::LookOver => "look it over",
    }
}
