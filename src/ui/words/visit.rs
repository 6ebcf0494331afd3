//! Words of going to a park and telling others of it.

/// Words of going there and telling others.
pub struct Visit {
    /// Opens the ways there.
    pub go: &'static str,
    /// Heading of the ways to a place.
    pub way_to: fn(&str) -> String,
    /// Map apps: 高德, 百度, 腾讯, Apple, any other.
    pub guide: [&'static str; 5],
    /// The place itself is handed over.
    pub to_point: &'static str,
    /// The same, to an app whose datum in China nobody here has checked.
    pub maybe_off: &'static str,
    /// Its name is looked for.
    pub by_name: &'static str,
    /// It has no position.
    pub not_placed: &'static str,
    /// What that means for one that is near something.
    pub not_placed_near: &'static str,
    /// What that means for one that nobody has placed.
    pub not_placed_more: &'static str,
    /// WeChat opens no other app.
    pub in_wechat: &'static str,
    /// What to do then.
    pub in_wechat_more: &'static str,
    /// The source gives no name to look for.
    pub no_name: &'static str,
    /// Closes the ways.
    pub close: &'static str,
    /// Passes the link on.
    pub share: &'static str,
    /// Shows the link as a code.
    pub code: &'static str,
    /// Name of the drawing.
    pub code_name: &'static str,
    /// What the code does.
    pub code_more: &'static str,
    /// The link is in the clipboard.
    pub copied: &'static str,
    /// The browser passes nothing on.
    pub by_hand: &'static str,
    /// Title of what is near.
    pub near_by: &'static str,
    /// From what it is counted.
    pub counted_from: fn(&str) -> String,
    /// A place of this name is not in the data.
    pub gone_named: fn(&str) -> String,
    /// Title of what may be meant.
    pub perhaps: &'static str,
}

pub(super) static ZH: Visit = Visit {
    go: "怎么走",
    way_to: |name| format!("去{name}"),
    guide: ["高德地图", "百度地图", "腾讯地图", "Apple 地图", "手机里别的地图"],
    to_point: "带着公园的位置打开",
    maybe_off: "带着位置打开；坐标没核过，可能偏 500 米",
    by_name: "按名字去搜",
    not_placed: "还没有公园自己的位置",
    not_placed_near: "只知道在哪附近，所以只把名字交给地图去搜，搜到的不一定对。",
    not_placed_more: "没有来源给出位置，所以只把名字交给地图去搜，搜到的不一定对。",
    in_wechat: "微信里打不开地图",
    in_wechat_more: "点右上角“···”，选“在浏览器打开”，再点怎么走。",
    no_name: "来源没给名字，地图里搜不到，也就没法带路。",
    close: "关上",
    share: "分享",
    code: "二维码",
    code_name: "这个公园的链接，二维码",
    code_more: "别人扫了就到这一页；装过坡上的手机没有网络也能打开。",
    copied: "链接已复制",
    by_hand: "浏览器不让复制。长按下面的链接，自己复制。",
    near_by: "附近的公园",
    counted_from: |near| format!("直线，从{near}的那个点算起"),
    gone_named: |name| format!("数据里没有“{name}”了，可能并到别处或改了名。"),
    perhaps: "也许是这些",
};

pub(super) static EN: Visit = Visit {
    go: "How to get there",
    way_to: |name| format!("To {name}"),
    guide: ["Amap", "Baidu Maps", "Tencent Maps", "Apple Maps", "Another map of this phone"],
    to_point: "Opens with the position of the park",
    maybe_off: "Opens with the position; not checked, may be 500 m off",
    by_name: "Looks for the name",
    not_placed: "The park has no position of its own yet",
    not_placed_near: "It is only known to be near something, so the map is given the name alone and may find another place.",
    not_placed_more: "No source gives its position, so the map is given the name alone and may find another place.",
    in_wechat: "WeChat opens no map app",
    in_wechat_more: "Tap ··· at the upper right, choose to open in the browser, then ask for the way again.",
    no_name: "The source gives no name, so no map can look for it.",
    close: "Close",
    share: "Share",
    code: "QR code",
    code_name: "Link to this park as a QR code",
    code_more: "Whoever scans it comes to this page; a phone that has Poshang opens it with no network.",
    copied: "The link is copied",
    by_hand: "The browser does not copy. Hold the link below and copy it yourself.",
    near_by: "Parks near by",
    counted_from: |near| format!("Straight lines from the point {near}"),
    gone_named: |name| {
        format!("“{name}” is not in the data any more. It may have been merged or renamed.")
    },
    perhaps: "Perhaps one of these",
};
