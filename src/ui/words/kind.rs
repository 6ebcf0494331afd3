//! Words around "what is broken": the search, the area, what a kind asks besides.

use model::report::AreaKind;

/// Words around the kind of a report.
pub struct Kind {
    /// Name of the search box.
    pub find: &'static str,
    /// What can be typed.
    pub find_hint: &'static str,
    /// So many kinds answer.
    pub found: fn(usize) -> String,
    /// None does.
    pub none_found: &'static str,
    /// Head of the kinds that were used lately.
    pub recent: &'static str,
    /// "This is an old …"
    pub area_ask: &'static str,
    /// What stands between that and the kind of area.
    pub area_space: &'static str,
    /// One of the four old kinds.
    pub area: fn(AreaKind) -> &'static str,
    /// What saying so does.
    pub area_sorts: &'static str,
    /// Under the heading of what a kind asks; with the name of the kind.
    pub asks_help: fn(&str) -> String,
    /// One less.
    pub fewer: &'static str,
    /// One more.
    pub more: &'static str,
    /// The number must lie between.
    pub number_between: fn(u32, u32) -> String,
    /// Row: the answers.
    pub row_answers: &'static str,
    /// Begins with the kind.
    pub start: &'static str,
}

pub(super) static ZH: Kind = Kind {
    find: "找种类",
    find_hint: "路灯、积水、电瓶车",
    found: |count| format!("找到 {count} 种"),
    none_found: "没有找到。换个说法，或者从下面选。",
    recent: "最近用过",
    area_ask: "这里是老旧",
    area_space: "",
    area: |area| match area {
        AreaKind::Residential => "小区",
        AreaKind::Industrial => "厂区",
        AreaKind::Commercial => "商业区",
        AreaKind::Street => "街区",
    },
    area_sorts: "这里常见的排在前面，别的也都能选。",
    asks_help: |kind| format!("{kind}。知道的就选，都可以不答。"),
    fewer: "少一个",
    more: "多一个",
    number_between: |from, to| format!("写 {from} 到 {to} 之间的数，或者空着。"),
    row_answers: "问到的",
    start: "先选种类",
};

pub(super) static EN: Kind = Kind {
    find: "Find a kind",
    find_hint: "Lamp, water, e-bike",
    found: |count| match count {
        1 => "1 kind found".into(),
        _ => format!("{count} kinds found"),
    },
    none_found: "Nothing found. Try another word, or choose below.",
    recent: "Used lately",
    area_ask: "In an old",
    area_space: " ",
    area: |area| match area {
        AreaKind::Residential => "estate",
        AreaKind::Industrial => "works",
        AreaKind::Commercial => "market area",
        AreaKind::Street => "street",
    },
    area_sorts: "What is usual there comes first; everything can be chosen.",
    asks_help: |kind| format!("{kind}. Answer what you know; all of it may stay empty."),
    fewer: "One less",
    more: "One more",
    number_between: |from, to| format!("A number from {from} to {to}, or nothing."),
    row_answers: "Asked",
    start: "Kind first",
};
