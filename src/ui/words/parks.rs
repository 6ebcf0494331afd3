//! Words of 公园. Names, remarks and values of facts come from the pack.

use model::pack::{AreaScope, FactKind, Layer, NearKind};

/// Words of 公园.
pub struct Parks {
    /// Its word on the tab bar.
    pub tab: &'static str,
    /// Name of the search box.
    pub search: &'static str,
    /// What can be typed.
    pub search_hint: &'static str,
    /// How many places a search left.
    pub found: fn(usize) -> String,
    /// Nothing was found.
    pub none_found: &'static str,
    /// What to do then.
    pub none_found_text: &'static str,
    /// Clears the search.
    pub show_all: &'static str,
    /// Parks with a point.
    pub placed: &'static str,
    /// Parks known by something near.
    pub near_part: &'static str,
    /// Parks known by name only.
    pub unplaced: &'static str,
    /// Paths and greenways.
    pub trails: &'static str,
    /// Quarters and hills.
    pub areas: &'static str,
    /// Grounds to play and rest on.
    pub grounds: &'static str,
    /// Announced or being built.
    pub planned: &'static str,
    /// Doubtful, or maybe another row.
    pub unconfirmed: &'static str,
    /// The sentence that counts: what a report says, then ours (recorded, placed, unconfirmed).
    pub count: fn(&str, u32, u32, u32) -> String,
    /// The same where no report gives a number.
    pub count_alone: fn(u32, u32, u32) -> String,
    /// After either: so many places are listed, for parks are not all.
    pub count_of_all: fn(usize) -> String,
    /// Question: where it is on the map.
    pub position: &'static str,
    /// Who says where it is, and as of when.
    pub position_from: fn(&str, Option<&str>) -> String,
    /// Near another thing.
    pub near: fn(NearKind, &str) -> String,
    /// Joins two words of a line.
    pub dot: &'static str,
    /// Joins the members of a list.
    pub comma: &'static str,
    /// "About in" a sub-district, where we read it from words.
    pub about_in: fn(&str) -> String,
    /// What a park is that nobody has sorted.
    pub about_park: &'static str,
    /// Kind, and the source's words on where it lies.
    pub about_place: fn(&str, &str) -> String,
    /// Kind, its sub-districts, and whether that is inferred.
    pub about_within: fn(&str, &str, bool) -> String,
    /// What is reported to be there.
    pub about_has: fn(&str) -> String,
    /// Since when.
    pub about_opened: fn(&str) -> String,
    /// How large the whole of it is.
    pub about_area: fn(&str) -> String,
    /// The words of a kind of place.
    pub kind: fn(&str) -> &'static str,
    /// The words of a facility.
    pub facility: fn(&str) -> &'static str,
    /// The words of a status.
    pub status: fn(&str) -> &'static str,
    /// A status with the day of its report.
    pub status_as_of: fn(&str, &str) -> String,
    /// A status whose report has no date.
    pub status_undated: fn(&str) -> String,
    /// The words of "does it cost".
    pub entry: fn(&str) -> &'static str,
    /// What a printed area covers; nothing for the whole.
    pub scope: fn(AreaScope) -> Option<&'static str>,
    /// The question that a fact answers.
    pub question: fn(FactKind) -> &'static str,
    /// Nobody has said.
    pub unknown: &'static str,
    /// A fact that is contradicted or thin.
    pub unsure: &'static str,
    /// A fact that we read from words.
    pub inferred: &'static str,
    /// Stands between who said it and when.
    pub before_date: &'static str,
    /// A source without a date.
    pub no_date: &'static str,
    /// A copy of somebody's text.
    pub reprint_of: fn(&str) -> String,
    /// A copy of an unknown text.
    pub reprint: &'static str,
    /// How many more sources unfold.
    pub more_sources: fn(usize) -> String,
    /// A source of which only the number is known.
    pub source: fn(&str) -> String,
    /// Title of the facts.
    pub facts: &'static str,
    /// Beside it.
    pub facts_more: &'static str,
    /// Other names.
    pub aliases: &'static str,
    /// Where the name was read.
    pub name: &'static str,
    /// The English name is our translation.
    pub name_ours: &'static str,
    /// A remark.
    pub note: &'static str,
    /// May be the same as.
    pub maybe_same: &'static str,
    /// The place itself is placed, within about so many metres.
    pub point_within: fn(u32) -> String,
    /// The place itself is placed, with its outline.
    pub outlined: &'static str,
    /// Known by something near: what that means.
    pub near_more: &'static str,
    /// Not placed.
    pub unplaced_title: &'static str,
    /// What that means.
    pub unplaced_more: &'static str,
    /// The place is only planned.
    pub planned_more: &'static str,
    /// The place is doubtful.
    pub doubtful_more: &'static str,
    /// Starts a report here.
    pub broken_here: &'static str,
    /// What a layer of the pack is.
    pub layer: fn(Layer) -> &'static str,
}

pub(super) static ZH: Parks = Parks {
    tab: "公园",
    search: "找公园",
    search_hint: "名字、拼音或首字母",
    found: |count| format!("找到 {count} 处"),
    none_found: "没有找到",
    none_found_text: "换个叫法试试，或者只写名字里的两个字。",
    show_all: "看全部",
    placed: "已定位",
    near_part: "知道在哪附近，待标定",
    unplaced: "还不知道在哪",
    trails: "步道和绿道",
    areas: "片区和山，不是公园",
    grounds: "玩耍、休闲的场地，不是公园",
    planned: "规划或在建，还没确认开放",
    unconfirmed: "待核实",
    count: |reported, recorded, placed, unconfirmed| {
        format!(
            "报道称{reported}；已收录 {recorded} 个，其中 {placed} 个已定位，另有 {unconfirmed} 处待核实。"
        )
    },
    count_of_all: |places| format!("连步道、片区、球场和规划中的，一共列出 {places} 处。"),
    count_alone: |recorded, placed, unconfirmed| {
        format!("已收录 {recorded} 个，其中 {placed} 个已定位，另有 {unconfirmed} 处待核实。")
    },
    position: "位置",
    position_from: |source, as_of| match as_of {
        Some(day) => format!("位置出处：{source}，{day}"),
        None => format!("位置出处：{source}，来源日期不详"),
    },
    near: |kind, name| match kind {
        NearKind::MetroStation => format!("{}附近", station_zh(name)),
        _ => format!("{name}附近"),
    },
    dot: "·",
    comma: "、",
    about_in: |place| format!("约在{place}"),
    about_park: "公园",
    about_place: |kind, place| format!("{kind}，{place}。"),
    about_within: |kind, names, inferred| {
        format!("{kind}，{}在{names}。", if inferred { "约" } else { "" })
    },
    about_has: |things| format!("来源提到这里有：{things}。"),
    about_opened: |when| format!("{when} 建成或开放。"),
    about_area: |area| format!("面积 {area}。"),
    kind: kind_zh,
    facility: facility_zh,
    status: |id| match id {
        "open" => "已开放",
        "part_open" => "部分开放",
        "built" => "已建成",
        "under_construction" => "在建",
        "under_development" => "在开发",
        "planned" => "规划中",
        _ => "不详",
    },
    status_as_of: |day, status| format!("据 {day} 报道{status}"),
    status_undated: |status| format!("据报道{status}，日期不详"),
    entry: |id| match id {
        "free" => "免费",
        "paid" => "收费",
        _ => "不详",
    },
    scope: |scope| match scope {
        AreaScope::WholePark | AreaScope::WholePlace => None,
        AreaScope::Phase1 => Some("一期"),
        AreaScope::WiderArea => Some("更大的一片"),
        AreaScope::Planned => Some("规划"),
        AreaScope::ReclaimedLand => Some("收回的地"),
        AreaScope::RebuiltPart => Some("改建的部分"),
        AreaScope::Works => Some("工程范围"),
    },
    question: |kind| match kind {
        FactKind::Status => "开放",
        FactKind::Entry => "门票",
        FactKind::Facilities => "设施",
        FactKind::Place => "在哪",
        FactKind::SubDistrict => "街道",
        FactKind::Area => "面积",
        FactKind::Length => "长度",
        FactKind::Opened => "开园",
    },
    unknown: "还不知道",
    unsure: "说法不一或依据少",
    inferred: "据文字推断",
    before_date: "，",
    no_date: "来源日期不详",
    reprint_of: |publisher| format!("转载，原载 {publisher}"),
    reprint: "转载，原载不详",
    more_sources: |count| format!("还有 {count} 处来源"),
    source: |id| format!("来源 {id}"),
    facts: "知道的事",
    facts_more: "每条都有出处",
    aliases: "也叫",
    name: "名字",
    name_ours: "英文名是我们译的",
    note: "说明",
    maybe_same: "可能是同一处",
    outlined: "已定位，有公园的轮廓",
    point_within: |metres| format!("已定位，公园在这个点约 {metres} 米以内"),
    near_more: "还没有公园自己的位置，待标定",
    unplaced_title: "还不知道它在哪",
    unplaced_more: "没有来源给出能标在地图上的位置",
    planned_more: "规划或在建，没有来源说它已经开放",
    doubtful_more: "可能不存在、不是公园，或者就是列表里的另一处",
    broken_here: "这里坏了",
    layer: |layer| match layer {
        Layer::Tables => "公园、出处、问题种类",
        Layer::Positions => "公园和附近地点的位置",
        Layer::Divisions => "街道和社区的名称、代码",
        Layer::DivisionPoints => "街道和社区的位置点",
        Layer::Boundary => "区界（示意图，非测绘）",
        Layer::Stations => "轨道交通站点",
        Layer::RiverSide => "区界沿江的一侧",
        Layer::Osm => "OpenStreetMap 的公园、轮廓、水面和线",
        Layer::Links => "OpenStreetMap 与本表的对应",
        Layer::Confirmed => "居民到场补充、运营方核实的位置",
    },
};

/// As a sentence begins.
fn begun(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

pub(super) static EN: Parks = Parks {
    tab: "Parks",
    search: "Find a park",
    search_hint: "Name, pinyin or initials",
    found: |count| format!("{count} found"),
    none_found: "Nothing found",
    none_found_text: "Try another name, or two characters of it.",
    show_all: "Show all",
    placed: "Placed",
    near_part: "Known to be near something, not placed yet",
    unplaced: "Not known where",
    trails: "Paths and greenways",
    areas: "Quarters and hills, not parks",
    grounds: "Grounds to play and rest on, not parks",
    planned: "Planned or being built, not confirmed open",
    unconfirmed: "To be confirmed",
    count: |reported, recorded, placed, unconfirmed| {
        format!(
            "A report says {reported}; {recorded} are recorded here, {placed} of them placed, and {unconfirmed} more are to be confirmed."
        )
    },
    count_of_all: |places| {
        format!(" With trails, areas, grounds and what is planned, {places} places are listed.")
    },
    count_alone: |recorded, placed, unconfirmed| {
        format!(
            "{recorded} are recorded here, {placed} of them placed, and {unconfirmed} more are to be confirmed."
        )
    },
    position: "Position",
    position_from: |source, as_of| match as_of {
        Some(day) => format!("Position from: {source}, {day}"),
        None => format!("Position from: {source}, date not known"),
    },
    near: |kind, name| match kind {
        NearKind::MetroStation => format!("near {name} metro station"),
        NearKind::BusStop => format!("near bus stop {name}"),
        NearKind::Office | NearKind::Other => format!("near {name}"),
    },
    dot: " · ",
    comma: ", ",
    about_in: |place| format!("probably in {place}"),
    about_park: "Park",
    about_place: |kind, place| format!("{}: {place}.", begun(kind)),
    about_within: |kind, names, inferred| {
        format!("{}, {}in {names}.", begun(kind), if inferred { "probably " } else { "" })
    },
    about_has: |things| format!("Mentioned here: {things}."),
    about_opened: |when| format!("Built or opened: {when}."),
    about_area: |area| format!("{area} in size."),
    kind: kind_en,
    facility: facility_en,
    status: |id| match id {
        "open" => "open",
        "part_open" => "partly open",
        "built" => "built",
        "under_construction" => "under construction",
        "under_development" => "under development",
        "planned" => "planned",
        _ => "not known",
    },
    status_as_of: |day, status| format!("{status}, reported {day}"),
    status_undated: |status| format!("reported {status}, no date"),
    entry: |id| match id {
        "free" => "free",
        "paid" => "ticket needed",
        _ => "not known",
    },
    scope: |scope| match scope {
        AreaScope::WholePark | AreaScope::WholePlace => None,
        AreaScope::Phase1 => Some("phase 1"),
        AreaScope::WiderArea => Some("a wider area"),
        AreaScope::Planned => Some("planned"),
        AreaScope::ReclaimedLand => Some("reclaimed land"),
        AreaScope::RebuiltPart => Some("the rebuilt part"),
        AreaScope::Works => Some("extent of the works"),
    },
    question: |kind| match kind {
        FactKind::Status => "Open",
        FactKind::Entry => "Entry",
        FactKind::Facilities => "There is",
        FactKind::Place => "Where",
        FactKind::SubDistrict => "Sub-district",
        FactKind::Area => "Size",
        FactKind::Length => "Length",
        FactKind::Opened => "Opened",
    },
    unknown: "Not known yet",
    unsure: "contradicted or thin",
    inferred: "read from words",
    before_date: ", ",
    no_date: "date of the source unknown",
    reprint_of: |publisher| format!("reprint, first in {publisher}"),
    reprint: "reprint, origin unknown",
    more_sources: |count| format!("{count} more"),
    source: |id| format!("source {id}"),
    facts: "What is known",
    facts_more: "each with its source",
    aliases: "Also called",
    name: "Name",
    name_ours: "The English name is our translation",
    note: "Remark",
    maybe_same: "May be the same place",
    outlined: "Placed, with its outline",
    point_within: |metres| format!("Placed: it lies within about {metres} m of a point"),
    near_more: "The park itself has no position yet",
    unplaced_title: "Not known where it is",
    unplaced_more: "No source gives a position that could go on the map",
    planned_more: "Planned or being built; no source says it is open",
    doubtful_more: "May not exist, not be a park, or be another row of this list",
    broken_here: "Something is broken here",
    layer: |layer| match layer {
        Layer::Tables => "Parks, their sources, kinds of trouble",
        Layer::Positions => "Positions of parks and of what is near them",
        Layer::Divisions => "Names and codes of sub-districts and communities",
        Layer::DivisionPoints => "Points of sub-districts and communities",
        Layer::Boundary => "The district line (a sketch, not a survey)",
        Layer::Stations => "Metro stations",
        Layer::RiverSide => "The side of the line along the river",
        Layer::Osm => "Parks, outlines, water and lines of OpenStreetMap",
        Layer::Links => "Which of them are parks of the tables",
        Layer::Confirmed => "Positions that residents gave and the operator confirmed",
    },
};

/// What people call a station of this name.
pub(super) fn station_zh(name: &str) -> String {
    if name.ends_with('站') { name.to_owned() } else { format!("{name}站") }
}

fn kind_zh(id: &str) -> &'static str {
    match id {
        "wetland_park" => "湿地公园",
        "zoo" => "动物园",
        "theme_park" => "主题公园",
        "riverside_park" => "滨江滨河公园",
        "plaza" => "广场",
        "forest_park" => "森林山体公园",
        "flower_garden" => "花卉园",
        "scenic_area" => "风景区",
        "sports_park" => "体育公园",
        "community_park" => "社区公园",
        "garden" => "游园",
        "pocket_park" => "口袋公园",
        "comprehensive_park" => "综合公园",
        "heritage_park" => "遗址公园",
        "mine_park" => "矿山公园",
        "village_park" => "乡村公园",
        "nature_site" => "自然景点",
        "greenway" => "绿道步道",
        "hill_trail" => "登山步道",
        "quarter" => "片区",
        "playground" => "儿童游乐场",
        "recreation_ground" => "休闲场地",
        _ => "公园",
    }
}

fn kind_en(id: &str) -> &'static str {
    match id {
        "wetland_park" => "wetland park",
        "zoo" => "zoo",
        "theme_park" => "theme park",
        "riverside_park" => "riverside park",
        "plaza" => "square",
        "forest_park" => "forest park",
        "flower_garden" => "flower garden",
        "scenic_area" => "scenic area",
        "sports_park" => "sports park",
        "community_park" => "community park",
        "garden" => "garden",
        "pocket_park" => "pocket park",
        "comprehensive_park" => "large park",
        "heritage_park" => "heritage park",
        "mine_park" => "mine park",
        "village_park" => "village park",
        "nature_site" => "natural site",
        "greenway" => "greenway",
        "hill_trail" => "hill trail",
        "quarter" => "quarter",
        "playground" => "playground",
        "recreation_ground" => "recreation ground",
        _ => "park",
    }
}

fn facility_zh(id: &str) -> &'static str {
    match id {
        "toilet" => "公厕",
        "playground" => "儿童活动区",
        "court" => "球场",
        "fitness" => "健身器材或场地",
        "trail" => "步道、跑道",
        "cycle_path" => "骑行道",
        "water" => "水面或临江临河",
        "lawn" => "草坪",
        "viewpoint" => "观景处",
        "pavilion" => "亭廊",
        "plaza" => "广场",
        "parking" => "停车",
        "culture" => "文化、遗址、雕塑",
        "flowers" => "观花",
        "camping" => "可露营",
        "fishing" => "可垂钓",
        "drinking_water" => "直饮水",
        "climbing" => "攀岩",
        "animals" => "动物展区",
        "step_free" => "无障碍",
        _ => "其他",
    }
}

fn facility_en(id: &str) -> &'static str {
    match id {
        "toilet" => "toilet",
        "playground" => "playground",
        "court" => "ball court",
        "fitness" => "fitness equipment",
        "trail" => "path or running track",
        "cycle_path" => "cycle path",
        "water" => "water or riverside",
        "lawn" => "lawn",
        "viewpoint" => "viewpoint",
        "pavilion" => "pavilion",
        "plaza" => "open square",
        "parking" => "parking",
        "culture" => "heritage or sculpture",
        "flowers" => "flowers",
        "camping" => "camping allowed",
        "fishing" => "fishing allowed",
        "drinking_water" => "drinking water",
        "climbing" => "climbing",
        "animals" => "animals",
        "step_free" => "step-free",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use model::pack::{Fact, Park};

    use super::{EN, ZH};

    fn distinct(ids: &[&str], words_of: fn(&str) -> &'static str) {
        let mut seen: Vec<_> = ids.iter().map(|id| words_of(id)).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), ids.len(), "two ids share their words: {ids:?}");
    }

    #[test]
    fn every_id_of_the_pack_has_words_of_its_own() {
        for words in [&ZH, &EN] {
            distinct(&Park::KINDS, words.kind);
            distinct(&Fact::FACILITIES, words.facility);
            distinct(&Fact::STATUSES, words.status);
            distinct(&Fact::ENTRIES, words.entry);
        }
    }
}
