//! Words of the map of 公园.

/// Words of the map.
pub struct Map {
    /// So many were found, and none of them has a place on the map.
    pub none_placed: fn(usize) -> String,
    /// Name of the whole.
    pub map: &'static str,
    /// Shows the list.
    pub as_list: &'static str,
    /// Shows the map.
    pub as_map: &'static str,
    /// Name of the choice between both.
    pub views: &'static str,
    /// What can be done with keys.
    pub surface: &'static str,
    /// Name of the buttons beside it.
    pub controls: &'static str,
    /// Larger.
    pub closer: &'static str,
    /// Smaller.
    pub farther: &'static str,
    /// Everything.
    pub whole: &'static str,
    /// To the phone.
    pub to_me: &'static str,
    /// What kind of map it is, and the way to its sources.
    pub sketch: &'static str,
    /// Turns pictures of the network under the map on and off.
    pub base: &'static str,
    /// What that costs, before the name of whoever makes them.
    pub base_more: &'static str,
    /// Several places under one mark: how many, and their names.
    pub group: fn(usize, &str) -> String,
    /// More of them: how many, and the names of some.
    pub large_group: fn(usize, &str) -> String,
    /// A mark is the place itself.
    pub at_its_place: &'static str,
    /// A mark is only what the place is near to, in these words.
    pub only_near: fn(&str) -> String,
    /// A distance to what a place is near to.
    pub to_what_is_near: fn(&str) -> String,
    /// Name of the sheet.
    pub choice: &'static str,
    /// Closes the sheet.
    pub let_go: &'static str,
    /// Raises the sheet.
    pub raise: &'static str,
    /// Lowers it.
    pub lower: &'static str,
    /// To the page of the place.
    pub open: &'static str,
    /// So many places stand at one point.
    pub here: fn(usize) -> String,
    /// How many of what was found are there as themselves, near something, and not at all.
    pub counted: fn(usize, usize, usize) -> String,
    /// What is not drawn: no water surface, no line of river or ridge.
    pub missing: fn(bool, bool) -> String,
    /// From a place's page to the map.
    pub on_the_map: &'static str,
}

pub(super) static ZH: Map = Map {
    none_placed: |n| format!("找到 {n} 处，都还不知道在哪，在列表里看"),
    map: "公园地图",
    as_list: "列表",
    as_map: "地图",
    views: "怎么看",
    surface: "地图。方向键移动，加减号放大缩小，0 看全区；Tab 逐个走到公园",
    controls: "地图按钮",
    closer: "放大",
    farther: "缩小",
    whole: "看全区",
    to_me: "到我这里",
    sketch: "示意图，非测绘 · 数据来源",
    base: "在线底图",
    base_more: "打开后联网取图，提供图的人会知道你在看哪一片。图片来自：",
    group: |count, names| format!("{count} 处：{names}"),
    large_group: |count, names| format!("{count} 处：{names}等"),
    at_its_place: "已定位",
    only_near: |near| format!("只知道在{near}"),
    to_what_is_near: |straight| format!("到那附近{straight}"),
    choice: "选中的公园",
    let_go: "关上",
    raise: "拉高",
    lower: "放低",
    open: "看详情",
    here: |count| format!("这里有 {count} 处"),
    counted: |placed, near, nowhere| {
        let near = match near {
            0 => String::new(),
            near => format!("，虚线圈 {near} 处只知道在哪附近"),
        };
        let nowhere = match nowhere {
            0 => String::new(),
            nowhere => format!("，还有 {nowhere} 处没有位置，在列表里"),
        };
        format!("已定位 {placed} 处{near}{nowhere}。")
    },
    missing: |water, lines| {
        let what = match (water, lines) {
            (true, true) => "水面、小河、山脊",
            (true, false) => "水面",
            (false, true) => "小河、山脊",
            (false, false) => "",
        };
        let missing = match what {
            "" => String::new(),
            what => format!("没有画{what}：还没有来源给出它们的形状。"),
        };
        format!("区界是示意。{missing}")
    },
    on_the_map: "在地图上看",
};

pub(super) static EN: Map = Map {
    none_placed: |n| format!("{n} found, none with a known position: see the list"),
    map: "Map of the parks",
    as_list: "List",
    as_map: "Map",
    views: "View",
    surface: "Map. Arrow keys move it, plus and minus zoom, 0 shows the whole district; Tab goes from park to park",
    controls: "Map controls",
    closer: "Zoom in",
    farther: "Zoom out",
    whole: "Whole district",
    to_me: "To me",
    sketch: "A sketch, not a survey · Sources",
    base: "Online map below",
    base_more: "Loads pictures over the network; whoever makes them learns which area you look at. Pictures by:",
    group: |count, names| format!("{count} places: {names}"),
    large_group: |count, names| format!("{count} places: {names} and more"),
    at_its_place: "placed",
    only_near: |near| format!("only known to be {near}"),
    to_what_is_near: |straight| format!("{straight} to there"),
    choice: "Chosen park",
    let_go: "Close",
    raise: "Raise",
    lower: "Lower",
    open: "Details",
    here: |count| format!("{count} places here"),
    counted: |placed, near, nowhere| {
        let near = match near {
            0 => String::new(),
            near => format!(", {near} only near something (dashed)"),
        };
        let nowhere = match nowhere {
            0 => String::new(),
            nowhere => format!(", {nowhere} without a position (in the list)"),
        };
        format!("{placed} placed{near}{nowhere}.")
    },
    missing: |water, lines| {
        let what = match (water, lines) {
            (true, true) => "water, small rivers and ridges",
            (true, false) => "water",
            (false, true) => "small rivers and ridges",
            (false, false) => "",
        };
        let missing = match what {
            "" => String::new(),
            what => format!(" Not drawn: {what}. No source gives their shapes yet."),
        };
        format!("The district line is a sketch.{missing}")
    },
    on_the_map: "On the map",
};
