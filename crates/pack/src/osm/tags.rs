//! What an element is, by its tags (<https://wiki.openstreetmap.org/wiki/Map_features>).

use model::{layer::LineKind, pack::Listed};

use super::element::Element;

/// What an element becomes.
#[derive(Debug, PartialEq)]
pub(super) enum Sort {
    Place(&'static str, Listed),
    Water,
    Line(LineKind),
    /// Tags that say nothing to us: corners of other things, a building.
    NotOurs,
    /// It would be a place, but.
    LeftOut(&'static str),
}

/// Tags that make a place, and which kind. The first that fits counts.
const PLACES: [(&str, &str, &str, Listed); 9] = [
    ("tourism", "zoo", "zoo", Listed::Park),
    ("tourism", "theme_park", "theme_park", Listed::Park),
    ("leisure", "park", "park", Listed::Park),
    ("leisure", "garden", "garden", Listed::Park),
    ("leisure", "nature_reserve", "nature_site", Listed::Area),
    ("boundary", "protected_area", "nature_site", Listed::Area),
    ("leisure", "playground", "playground", Listed::Ground),
    ("leisure", "recreation_ground", "recreation_ground", Listed::Ground),
    ("place", "square", "plaza", Listed::Park),
];

/// Endings of names that say more than the tag does. Longer ones stand first.
const ENDINGS: [(&str, &str); 12] = [
    ("湿地公园", "wetland_park"),
    ("森林公园", "forest_park"),
    ("山体公园", "forest_park"),
    ("体育公园", "sports_park"),
    ("足球公园", "sports_park"),
    ("社区公园", "community_park"),
    ("口袋公园", "pocket_park"),
    ("滨江公园", "riverside_park"),
    ("滨河公园", "riverside_park"),
    ("矿山公园", "mine_park"),
    ("遗址公园", "heritage_park"),
    ("游园", "garden"),
];

pub(super) fn sort(element: &Element) -> Sort {
    let tag = |key: &str| element.tag(key);
    let place = PLACES.iter().find(|(key, value, ..)| tag(key) == Some(*value));
    let Some((_, _, kind, listed)) = place else { return line_or_water(element) };
    let gone = ["disused", "abandoned", "demolished", "razed", "proposed", "construction"];
    if gone.iter().any(|key| tag(key) == Some("yes"))
        || matches!(tag("opening_hours"), Some("closed" | "off"))
    {
        return Sort::LeftOut("is mapped as closed or not yet there");
    }
    // Of several words the first that keeps people out decides.
    let kept_out = |word: &str| NOT_FOR_ALL.contains(&word.trim().to_lowercase().as_str());
    if tag("access").is_some_and(|it| it.split(';').any(kept_out))
        || element.is("garden:type", &["private", "residential"])
    {
        return Sort::LeftOut("is mapped as not open to everybody");
    }
    let Some(name) = name(element) else {
        return Sort::LeftOut(match (element.tag("alt_name"), element.tag("name:en")) {
            (Some(_), _) => "has no name, only an alt_name",
            (None, Some(_)) => "has no name, only one in English",
            (None, None) => "has no name",
        });
    };
    let finer = ENDINGS.iter().find(|(ending, _)| *kind == "park" && name.ends_with(ending));
    Sort::Place(finer.map_or(*kind, |(_, kind)| kind), *listed)
}

fn line_or_water(element: &Element) -> Sort {
    match (element.tag("waterway"), element.tag("natural")) {
        (Some("river"), _) => Sort::Line(LineKind::River),
        (Some("stream"), _) => Sort::Line(LineKind::Stream),
        (_, Some("ridge")) => Sort::Line(LineKind::Ridge),
        (_, Some("water")) => Sort::Water,
        _ => Sort::NotOurs,
    }
}

/// Values of `access` with which a place is not open to everybody.
const NOT_FOR_ALL: [&str; 9] = [
    "private",
    "no",
    "customers",
    "residents",
    "permit",
    "members",
    "employees",
    "military",
    "students",
];

/// No park is called by more characters.
const LONGEST: usize = 60;

/// The name in Chinese, if the map says which one that is. Signs that nobody sees, and that turn what
/// stands beside them, are none of it; neither is a text that is no name.
pub(super) fn name(element: &Element) -> Option<String> {
    ["name:zh", "name:zh-Hans", "name"]
        .iter()
        .find_map(|key| element.tag(key))
        .map(|name| {
            let seen: String = name.chars().filter(|it| !is_unseen(*it)).collect();
            seen.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .filter(|name| !name.is_empty() && name.chars().count() <= LONGEST)
}

/// Controls, and the marks of direction of Unicode's bidirectional algorithm.
fn is_unseen(char: char) -> bool {
    let turns =
        matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}');
    turns || (char.is_control() && !char.is_whitespace())
}

/// Other names. Several stand in one value, parted by semicolons.
pub(super) fn aliases(element: &Element, name: &str) -> Vec<String> {
    let keys = ["name", "alt_name", "alt_name:zh", "short_name", "official_name", "old_name"];
    let mut names: Vec<String> = Vec::new();
    for other in keys.iter().filter_map(|key| element.tag(key)).flat_map(|it| it.split(';')) {
        let other = other.trim().to_owned();
        if !other.is_empty() && other != name && !names.contains(&other) {
            names.push(other);
        }
    }
    names
}

/// What is there, as far as the element itself says so.
pub(super) fn facilities(element: &Element) -> Vec<String> {
    let yes = |key, values: &[&str]| element.is(key, values);
    let all = [
        ("toilet", yes("toilets", &["yes"])),
        ("playground", yes("playground", &["yes"])),
        ("parking", yes("parking", &["yes"])),
        ("drinking_water", yes("drinking_water", &["yes"])),
        ("step_free", yes("wheelchair", &["yes", "designated"])),
    ];
    all.into_iter().filter(|(_, there)| *there).map(|(word, _)| word.to_owned()).collect()
}

/// Does it cost.
pub(super) fn entry(element: &Element) -> Option<String> {
    match element.tag("fee") {
        Some("yes") => Some("paid".to_owned()),
        Some("no") => Some("free".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::osm::element::Shape;

    fn element(tags: &[(&str, &str)]) -> Element {
        Element {
            row: 1,
            id: "way/1".into(),
            version: None,
            timestamp: None,
            tags: tags.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
            shape: Shape::Missing("a test"),
        }
    }

    #[test]
    fn tags_decide_what_a_place_is_and_its_name_says_it_finer() {
        let sorted = |tags: &[(&str, &str)]| sort(&element(tags));
        let park = ("leisure", "park");
        let place = |kind, listed| Sort::Place(kind, listed);
        assert_eq!(sorted(&[park, ("name", "甲公园")]), place("park", Listed::Park));
        assert_eq!(sorted(&[park, ("name", "甲湿地公园")]), place("wetland_park", Listed::Park));
        assert_eq!(
            sorted(&[("leisure", "playground"), ("name", "甲")]),
            place("playground", Listed::Ground),
        );
        assert_eq!(sorted(&[("natural", "water")]), Sort::Water);
        assert_eq!(sorted(&[("building", "yes"), ("name", "甲")]), Sort::NotOurs);
    }

    #[test]
    fn what_nobody_may_enter_or_name_is_left_out() {
        let park = ("leisure", "park");
        let out = |tags: &[(&str, &str)]| matches!(sort(&element(tags)), Sort::LeftOut(_));
        assert!(out(&[park]));
        assert!(out(&[park, ("name", " ")]));
        assert_eq!(
            sort(&element(&[park, ("name:en", "A")])),
            Sort::LeftOut("has no name, only one in English"),
        );
        assert_eq!(
            sort(&element(&[park, ("alt_name", "甲")])),
            Sort::LeftOut("has no name, only an alt_name"),
        );
        assert!(!out(&[park, ("name:zh", "甲")]));
        for access in ["private", "Private", "residents", "customers;private"] {
            assert!(out(&[park, ("name", "甲"), ("access", access)]), "{access}");
        }
        assert!(!out(&[park, ("name", "甲"), ("access", "permissive")]));
        assert!(out(&[park, ("name", &"长".repeat(LONGEST + 1))]));
        assert_eq!(name(&element(&[("name", "甲\u{202e}公\u{7}园 ")])).as_deref(), Some("甲公园"));
        assert!(out(&[park, ("name", "甲"), ("disused", "yes")]));
        assert!(out(&[("leisure", "garden"), ("name", "甲"), ("garden:type", "private")]));
    }

    #[test]
    fn every_kind_that_tags_give_is_one_of_the_pack() {
        let kinds = PLACES.iter().map(|it| it.2).chain(ENDINGS.iter().map(|it| it.1));
        for kind in kinds {
            assert!(model::pack::Park::KINDS.contains(&kind), "{kind}");
        }
    }
}
