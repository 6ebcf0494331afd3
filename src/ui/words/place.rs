//! Words of "where" in 上报: the place, and the level of the slope.

use model::report::{Road, Viaduct};

use crate::capture::{Level, Spot};

/// Words of "where". Names of places come from the pack.
pub struct Place {
    /// "Right where I am."
    pub here: &'static str,
    /// What a tap does.
    pub here_more: &'static str,
    /// The phone is asked.
    pub looking: &'static str,
    /// How exact the position is, metres.
    pub accuracy: fn(u32) -> String,
    /// Sends the position along.
    pub here_use: &'static str,
    /// It goes along.
    pub here_used: &'static str,
    /// Does not send it after all.
    pub here_drop: &'static str,
    /// There is no position.
    pub no_position: &'static str,
    /// It was refused.
    pub refused: &'static str,
    /// It was not found in time.
    pub not_found: &'static str,
    /// Once more.
    pub look_again: &'static str,
    /// Head of what is near.
    pub near: &'static str,
    /// Beyond the district line.
    pub outside: &'static str,
    /// In a town that 高新区 runs.
    pub gaoxin: &'static str,
    /// Takes a chosen place back.
    pub other: &'static str,
    /// The plate whose link was opened, by its code.
    pub plate: fn(&str) -> String,
    /// Where the code comes from.
    pub plate_more: &'static str,
    /// The plate is not where it is broken.
    pub plate_not: &'static str,
    /// Name of the search box.
    pub find: &'static str,
    /// What can be typed.
    pub find_hint: &'static str,
    /// Nothing of that name.
    pub none_found: &'static str,
    /// There is no list of places.
    pub no_places: &'static str,
    /// What to do then.
    pub no_places_more: &'static str,
    /// Unfolds the list of sub-districts.
    pub all_areas: &'static str,
    /// Label of the landmark.
    pub landmark: &'static str,
    /// Examples.
    pub landmark_hint: &'static str,
    /// "Cannot say where."
    pub unknown: &'static str,
    /// The position goes along, metres.
    pub here_said: fn(u32) -> String,
    /// What the dashed circle of the drawing is, metres.
    pub ring: fn(u32) -> String,
    /// The position is too vague to lead anybody there: what helps.
    pub vague: &'static str,

    /// Under the question of the level.
    pub level_help: &'static str,
    /// Name of the group of its parts.
    pub spots: &'static str,
    /// A part of the slope.
    pub spot: fn(Spot) -> &'static str,
    /// Which road it is.
    pub which_road: &'static str,
    /// From which road floors and flights are counted.
    pub counted_from: &'static str,
    /// A road of the slope.
    pub road: fn(Road) -> &'static str,
    /// Over or under the viaduct.
    pub which_side: &'static str,
    /// That, as an answer.
    pub side: fn(Viaduct) -> &'static str,
    /// Name of the number of a spot.
    pub how_many: fn(Spot) -> &'static str,
    /// Unit of that number.
    pub unit: fn(Spot) -> &'static str,
    /// One lower.
    pub lower: &'static str,
    /// One higher.
    pub higher: &'static str,
    /// What is no number of the range.
    pub number_between: fn(i64, i64) -> String,
    /// A spot is chosen and its number is not said yet.
    pub say_number: fn(Spot) -> &'static str,
    /// The whole level in words.
    pub level: fn(&Level) -> String,
    /// Label of the words of the level.
    pub level_words: &'static str,
    /// Examples.
    pub level_words_hint: &'static str,
    /// In the drawing: the viaduct.
    pub drawn_viaduct: &'static str,
    /// In the drawing: below ground.
    pub drawn_basement: &'static str,
    /// Row: the level.
    pub row_level: &'static str,
}

pub(super) static ZH: Place = Place {
    here: "就在我这里",
    here_more: "点一下，问手机现在的位置",
    looking: "正在问手机的位置……",
    accuracy: |metres| format!("约 ±{metres} 米"),
    here_use: "用它",
    here_used: "位置会一起送出",
    here_drop: "不用了",
    no_position: "没有拿到位置",
    refused: "没有开放定位。不要紧，从下面找地点，或者写几个字。",
    not_found: "手机没找到自己在哪。从下面找地点，或者再问一次。",
    look_again: "再问一次",
    near: "近处的地方",
    outside: "这里在九龙坡区界外，照样能报，会注明。",
    gaoxin: "这里由重庆高新区管，照样能报，会注明。",
    other: "换一处",
    plate: |code| format!("牌子 {code}"),
    plate_more: "扫码时牌子上的编号",
    plate_not: "不是这块",
    find: "找地点",
    find_hint: "公园、项目、社区或街镇",
    none_found: "没有找到。换个叫法，或者写在下面。",
    no_places: "地点列表没有取到",
    no_places_more: "不要紧：在下面写几个字，说清在哪。",
    all_areas: "从街镇里选",
    landmark: "附近有什么认得出的",
    landmark_hint: "楼栋、店名、路口都可以",
    unknown: "说不清",
    here_said: |metres| format!("手机的位置，误差 {metres} 米以内，只给办事的人看"),
    ring: |metres| format!("虚线圈是 {metres} 米"),
    vague: "位置太粗，只凭它找不到地方。附近有什么认得出的？写在下面，写不上来也能报。",
    level_help: "点图，或者点下面的按钮。不清楚就跳过。",
    spots: "在坡的哪一段",
    spot: |spot| match spot {
        Spot::Road => "马路",
        Spot::Stairs => "梯坎",
        Spot::House => "楼里",
        Spot::Basement => "地下",
        Spot::Viaduct => "高架",
    },
    which_road: "哪条马路",
    counted_from: "从哪条马路数起",
    road: |road| match road {
        Road::Lower => "下面马路",
        Road::Upper => "上面马路",
        Road::Unknown => "说不清",
    },
    which_side: "高架的哪边",
    side: |side| match side {
        Viaduct::Over => "桥上",
        Viaduct::Under => "桥下",
        Viaduct::None => "没有高架",
    },
    how_many: |spot| match spot {
        Spot::Stairs => "第几段梯坎，往下走写负数",
        Spot::Basement => "负几层",
        Spot::Road | Spot::House | Spot::Viaduct => "几楼，往下的写负数",
    },
    unit: |spot| match spot {
        Spot::Stairs => "段",
        Spot::Basement => "层",
        Spot::Road | Spot::House | Spot::Viaduct => "楼",
    },
    lower: "低一级",
    higher: "高一级",
    number_between: |from, to| format!("写 {from} 到 {to} 之间的数，没有 0；或者空着。"),
    say_number: |spot| match spot {
        Spot::Stairs => "还要说是第几段：按加减，或者点图上的梯坎。",
        Spot::House => "还要说是几楼：按加减，或者点图上的楼层。",
        Spot::Road => "还要说是哪条马路。",
        Spot::Viaduct => "还要说是桥上还是桥下。",
        Spot::Basement => "",
    },
    level: |level| {
        let minus = |n: i8| if n < 0 { "负 " } else { "" };
        let from = |from: Option<Road>| match from {
            Some(Road::Lower) => "从下面马路",
            Some(Road::Upper) => "从上面马路",
            Some(Road::Unknown) | None => "",
        };
        let unsure = |from: Option<Road>| match from {
            Some(Road::Lower | Road::Upper) => "",
            Some(Road::Unknown) | None => "（说不清从哪条马路数）",
        };
        let viaduct = level.viaduct.and_then(|it| match it {
            Viaduct::Over => Some("高架桥上".to_owned()),
            Viaduct::Under => Some("高架桥下".to_owned()),
            Viaduct::None => None,
        });
        let flights = level.flights.map(|n| {
            let (from, way, unsure) =
                (from(level.from), if n < 0 { "往下" } else { "往上" }, unsure(level.from));
            format!("梯坎{from}{way}第 {} 段{unsure}", n.unsigned_abs())
        });
        let below = level.basement == Some(true);
        let floor = level.floor.map(|n| {
            let (from, unsure) = (from(level.from), unsure(level.from));
            let counted = if from.is_empty() { "" } else { "数起 " };
            let unit = if below { "层" } else { "楼" };
            format!("{from}{counted}{}{} {unit}{unsure}", minus(n), n.unsigned_abs())
        });
        let road = match (level.spot(), level.from) {
            (Some(Spot::Road), Some(Road::Lower)) => Some("在下面马路".to_owned()),
            (Some(Spot::Road), Some(Road::Upper)) => Some("在上面马路".to_owned()),
            _ => None,
        };
        let below = below.then(|| "地下".to_owned());
        let inside =
            (level.spot() == Some(Spot::House) && floor.is_none()).then(|| "楼里".to_owned());
        [viaduct, flights, below, floor, inside, road]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("，")
    },
    level_words: "再说细一点",
    level_words_hint: "比如：3 单元楼道、车库靠里那根柱子",
    drawn_viaduct: "高架桥",
    drawn_basement: "地下",
    row_level: "坡的哪一层",
};

pub(super) static EN: Place = Place {
    here: "Right where I am",
    here_more: "Tap to ask the phone where it is",
    looking: "Asking the phone …",
    accuracy: |metres| format!("About ±{metres} m"),
    here_use: "Use it",
    here_used: "The position goes along",
    here_drop: "Leave it out",
    no_position: "No position",
    refused: "Location is not allowed. Never mind: find the place below, or write a few words.",
    not_found: "The phone could not find itself. Find the place below, or ask again.",
    look_again: "Ask again",
    near: "Near by",
    outside: "This is beyond the line of the district. You can still report; it will be noted.",
    gaoxin: "This is run by Chongqing High-tech Zone. You can still report; it will be noted.",
    other: "Another",
    plate: |code| format!("Plate {code}"),
    plate_more: "The code on the plate that was scanned",
    plate_not: "Not this one",
    find: "Find a place",
    find_hint: "Park, project, community, sub-district",
    none_found: "Nothing found. Try another name, or write it below.",
    no_places: "The list of places did not come",
    no_places_more: "Never mind: say where it is in the fields below.",
    all_areas: "Choose by sub-district",
    landmark: "What is near that one can recognise",
    landmark_hint: "A building, a shop, a crossing",
    unknown: "Cannot say",
    here_said: |metres| {
        format!("the phone's position, within {metres} m, only for those who handle it")
    },
    ring: |metres| format!("The dashed circle is {metres} m"),
    vague: "The position is too vague to lead anybody there. What is near that one can recognise? Write it below; you can report without it.",
    level_help: "Tap the drawing, or the buttons below it. Skip it if you are not sure.",
    spots: "Which part of the slope",
    spot: |spot| match spot {
        Spot::Road => "Road",
        Spot::Stairs => "Stairs",
        Spot::House => "House",
        Spot::Basement => "Below",
        Spot::Viaduct => "Viaduct",
    },
    which_road: "Which road",
    counted_from: "Counted from",
    road: |road| match road {
        Road::Lower => "Lower road",
        Road::Upper => "Upper road",
        Road::Unknown => "Not sure",
    },
    which_side: "Which side of the viaduct",
    side: |side| match side {
        Viaduct::Over => "On it",
        Viaduct::Under => "Under it",
        Viaduct::None => "No viaduct",
    },
    how_many: |spot| match spot {
        Spot::Stairs => "Which flight; downwards is negative",
        Spot::Basement => "Which level below",
        Spot::Road | Spot::House | Spot::Viaduct => "Which floor; downwards is negative",
    },
    unit: |spot| match spot {
        Spot::Stairs => "flight",
        Spot::Basement => "level",
        Spot::Road | Spot::House | Spot::Viaduct => "floor",
    },
    lower: "One lower",
    higher: "One higher",
    number_between: |from, to| format!("A number from {from} to {to} without 0, or nothing."),
    say_number: |spot| match spot {
        Spot::Stairs => "Which flight? Use plus and minus, or tap the stairs in the drawing.",
        Spot::House => "Which floor? Use plus and minus, or tap a floor in the drawing.",
        Spot::Road => "Which road?",
        Spot::Viaduct => "On it or under it?",
        Spot::Basement => "",
    },
    level: |level| {
        let from = |from: Option<Road>| match from {
            Some(Road::Lower) => " counted from the lower road",
            Some(Road::Upper) => " counted from the upper road",
            Some(Road::Unknown) | None => " (not sure from which road)",
        };
        let viaduct = level.viaduct.and_then(|it| match it {
            Viaduct::Over => Some("on the viaduct".to_owned()),
            Viaduct::Under => Some("under the viaduct".to_owned()),
            Viaduct::None => None,
        });
        let flights = level.flights.map(|n| {
            let way = if n < 0 { "down" } else { "up" };
            format!("stairs, flight {} {way}{}", n.unsigned_abs(), from(level.from))
        });
        let floor = level.floor.map(|n| {
            let minus = if n < 0 { "−" } else { "" };
            format!("floor {minus}{}{}", n.unsigned_abs(), from(level.from))
        });
        let road = match (level.spot(), level.from) {
            (Some(Spot::Road), Some(Road::Lower)) => Some("on the lower road".to_owned()),
            (Some(Spot::Road), Some(Road::Upper)) => Some("on the upper road".to_owned()),
            _ => None,
        };
        let below = (level.basement == Some(true)).then(|| "below ground".to_owned());
        let inside = level.spot() == Some(Spot::House) && floor.is_none();
        let inside = inside.then(|| "in a house".to_owned());
        [viaduct, flights, below, floor, inside, road]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    },
    level_words: "More exactly",
    level_words_hint: "Such as: staircase 3, the far pillar of the garage",
    drawn_viaduct: "Viaduct",
    drawn_basement: "Below",
    row_level: "Level",
};
