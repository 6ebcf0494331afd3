//! Words of finding a place in 公园: what it should be, and from where it is near.

use model::pack::NearKind;

use super::parks::station_zh;
use crate::parks::SpotKind;

/// Words of finding a place.
pub struct Explore {
    /// Opens the filters; how many there are.
    pub filter: fn(usize) -> String,
    /// Unfolds the rest of a part; how many there are.
    pub more: fn(usize) -> String,
    /// Name of the row of filters.
    pub filters: &'static str,
    /// Takes all of them away.
    pub clear: &'static str,
    /// Reported open.
    pub open: &'static str,
    /// Has a position.
    pub placed: &'static str,
    /// The questions of the filters.
    pub facilities: &'static str,
    /// Kinds of places.
    pub kinds: &'static str,
    /// Sub-districts.
    pub sub_districts: &'static str,
    /// Sizes.
    pub sizes: &'static str,
    /// Sizes, the smallest first.
    pub size: [&'static str; 3],
    /// What else.
    pub others: &'static str,
    /// Offers a filter, and how many places it leaves.
    pub by_filter: fn(&str, usize) -> String,
    /// Other words for a facility or a kind, each with its id.
    pub other_words: &'static [(&'static str, &'static str)],
    /// No source says so of any place.
    pub no_data: fn(&str) -> String,
    /// Of these many places nobody says whether they are so; pressed, they are shown too.
    pub unknown_too: fn(&str, usize) -> String,
    /// Name of the row of these.
    pub unknowns: &'static str,
    /// What a question is called where its answer is not known.
    pub open_known: &'static str,
    /// The same of the sub-district.
    pub sub_district_known: &'static str,
    /// The same of the size.
    pub size_known: &'static str,
    /// What to do when the filters left nothing.
    pub none_left: &'static str,
    /// Sorts by distance from the phone.
    pub near_me: &'static str,
    /// Sorts by distance from another place.
    pub near_spot: &'static str,
    /// The phone looks for its position.
    pub looking: &'static str,
    /// Sorted by distance from the phone, metres of its accuracy.
    pub from_phone: fn(u32) -> String,
    /// The same, where that accuracy makes a distance hardly one.
    pub from_rough: fn(u32) -> String,
    /// The same, for somebody who is outside the district.
    pub from_outside: fn(u32) -> String,
    /// Sorted by distance from a place.
    pub from_spot: fn(&str) -> String,
    /// No longer.
    pub not_sorted: &'static str,
    /// Another place to count from.
    pub other_spot: &'static str,
    /// The position was refused; choose a place.
    pub refused: &'static str,
    /// There is no position now.
    pub not_found: &'static str,
    /// Heading of the choice.
    pub choose_spot: &'static str,
    /// Its search box.
    pub search_spot: &'static str,
    /// What can be typed there.
    pub search_spot_hint: &'static str,
    /// What a spot is.
    pub spot: fn(SpotKind) -> &'static str,
    /// What people call a spot of this name.
    pub spot_called: fn(SpotKind, &str) -> String,
    /// Nothing of that name.
    pub no_spot: &'static str,
    /// Title of the sorted part.
    pub nearest: &'static str,
    /// Under a distance: it goes straight to the place.
    pub straight: &'static str,
    /// Under a distance: it only goes to what the place is near to.
    pub to_near: fn(NearKind) -> &'static str,
    /// Instead of a distance.
    pub not_placed: &'static str,
    /// Closes the filters, and says how many places they leave.
    pub close_found: fn(usize) -> String,
}

pub(super) static ZH: Explore = Explore {
    filter: |count| if count == 0 { "筛选".into() } else { format!("筛选 {count}") },
    more: |n| format!("再看后面 {n} 处"),
    filters: "筛选",
    clear: "清除筛选",
    open: "报道已开放",
    placed: "已定位",
    facilities: "有什么",
    kinds: "哪一类",
    sub_districts: "在哪个街道、镇",
    sizes: "多大",
    size: ["不到 1 公顷", "1 到 10 公顷", "10 公顷以上"],
    others: "还有",
    by_filter: |what, n| format!("筛选：{what}（{n} 处）"),
    other_words: &[
        ("厕所", "toilet"),
        ("wc", "toilet"),
        ("卫生间", "toilet"),
        ("洗手间", "toilet"),
        ("儿童", "playground"),
        ("娃儿", "playground"),
        ("滑梯", "playground"),
        ("停车", "parking"),
        ("球场", "court"),
        ("篮球", "court"),
        ("步道", "trail"),
        ("轮椅", "step_free"),
        ("无障碍", "step_free"),
        ("喝水", "drinking_water"),
    ],
    no_data: |what| format!("{what}（没有数据）"),
    unknown_too: |what, count| format!("{what}不详的 {count} 处也看"),
    unknowns: "不详的也看",
    open_known: "是否开放",
    sub_district_known: "街道",
    size_known: "面积",
    none_left: "没有一处的来源写明了这些。不详的不一定没有，可以一起看看。",
    near_me: "由近到远",
    near_spot: "离某处近的",
    looking: "正在找位置",
    from_phone: |metres| format!("离你由近到远，位置误差 {metres} 米以内"),
    from_rough: |metres| format!("离你由近到远。位置误差到 {metres} 米，下面的远近只作参考"),
    from_outside: |metres| {
        format!("你在区界外，地图上只有区里的。离你由近到远，位置误差 {metres} 米以内")
    },
    from_spot: |name| format!("离{name}由近到远"),
    not_sorted: "不按远近",
    other_spot: "换个地点",
    refused: "没有位置权限。选一个车站或社区，一样能由近到远。",
    not_found: "现在找不到位置。可以再试，或者选一个车站、社区。",
    choose_spot: "从哪里算起",
    search_spot: "找车站、街道、社区",
    search_spot_hint: "如：杨家坪",
    spot: |kind| match kind {
        SpotKind::Station => "轨道站",
        SpotKind::SubDistrict => "街道、镇（以办事处一带算）",
        SpotKind::Community => "社区、村",
    },
    spot_called: |kind, name| match kind {
        SpotKind::Station => station_zh(name),
        SpotKind::SubDistrict | SpotKind::Community => name.to_owned(),
    },
    no_spot: "没有这个名字的车站、街道或社区有位置。",
    nearest: "由近到远",
    straight: "直线",
    to_near: |kind| match kind {
        NearKind::MetroStation | NearKind::BusStop => "到站",
        NearKind::Office | NearKind::Other => "到那附近",
    },
    not_placed: "待标定",
    close_found: |n| format!("收起，看这 {n} 处"),
};

pub(super) static EN: Explore = Explore {
    filter: |count| if count == 0 { "Filters".into() } else { format!("Filters: {count}") },
    more: |n| format!("{n} more"),
    filters: "Filters",
    clear: "Clear filters",
    open: "Reported open",
    placed: "Placed",
    facilities: "There is",
    kinds: "Kind",
    sub_districts: "Sub-district",
    sizes: "Size",
    size: ["Under 1 ha", "1 to 10 ha", "Over 10 ha"],
    others: "Also",
    by_filter: |what, n| format!("Filter: {what} ({n})"),
    other_words: &[
        ("restroom", "toilet"),
        ("bathroom", "toilet"),
        ("kids", "playground"),
        ("children", "playground"),
        ("wheelchair", "step_free"),
        ("basketball", "court"),
        ("hiking", "trail"),
    ],
    no_data: |what| format!("{what} (no data)"),
    unknown_too: |what, count| format!("Also {count} where it is not known: {what}"),
    unknowns: "Show the unknown too",
    open_known: "open",
    sub_district_known: "sub-district",
    size_known: "size",
    none_left: "No source says this of any place. Not known does not mean no: have a look at those too.",
    near_me: "Nearest first",
    near_spot: "Near a place",
    looking: "Looking for your position",
    from_phone: |metres| format!("Nearest to you first, position within {metres} m"),
    from_rough: |metres| {
        format!("Nearest to you first. The position may be off by {metres} m: distances are rough")
    },
    from_outside: |metres| {
        format!(
            "You are outside the district; the map shows what is in it. Nearest to you first, position within {metres} m"
        )
    },
    from_spot: |name| format!("Nearest to {name} first"),
    not_sorted: "Do not sort",
    other_spot: "Another place",
    refused: "No permission to use the position. Choose a station or community instead.",
    not_found: "No position now. Try again, or choose a station or community.",
    choose_spot: "Count from",
    search_spot: "Find a station, sub-district, community",
    search_spot_hint: "In Chinese, such as 杨家坪",
    spot: |kind| match kind {
        SpotKind::Station => "metro station",
        SpotKind::SubDistrict => "sub-district (around its office)",
        SpotKind::Community => "community",
    },
    spot_called: |kind, name| match kind {
        SpotKind::Station => format!("{name} station"),
        SpotKind::SubDistrict | SpotKind::Community => name.to_owned(),
    },
    no_spot: "No station, sub-district or community of that name has a position.",
    nearest: "Nearest first",
    straight: "straight line",
    to_near: |kind| match kind {
        NearKind::MetroStation => "to the station",
        NearKind::BusStop => "to the stop",
        NearKind::Office | NearKind::Other => "to what it is near",
    },
    not_placed: "not placed",
    close_found: |n| format!("Close, show these {n}"),
};
