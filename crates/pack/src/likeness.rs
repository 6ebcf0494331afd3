//! How like two names of places are.

use std::collections::BTreeSet;

use pinyin::ToPinyin;

/// How like two names are, from 0 to 1. At 1 they are one name but for spaces, marks and what every
/// place of the district could carry (重庆, 九龙坡区).
pub(crate) fn likeness(a: &str, b: &str, district: &str) -> f64 {
    let (a, b) = (plain(a, district), plain(b, district));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let by_writing = strsim::normalized_damerau_levenshtein(&core(&a), &core(&b));
    // Two ways to write one sound: 彩云湖 and 采云湖.
    if sound(&a) == sound(&b) {
        return by_writing.max(0.9);
    }
    by_writing.min(0.89)
}

/// Do two names say two kinds of place? A square before a park is not the park.
pub(crate) fn other_kind(a: &str, b: &str) -> bool {
    const KINDS: [&str; 6] = ["广场", "花园", "游园", "公园", "动物园", "植物园"];
    let kind = |name: &str| KINDS.iter().rev().find(|kind| name.trim().ends_with(**kind)).copied();
    matches!((kind(a), kind(b)), (Some(a), Some(b)) if a != b)
}

/// Likeness from which two rows in the same spot are one place.
pub(crate) const ALIKE: f64 = 0.75;

/// The name of itself: no spaces, marks, brackets, and no name of the city or district before it.
fn plain(name: &str, district: &str) -> String {
    let name: String = name.chars().filter(|it| it.is_alphanumeric()).collect();
    let short = district.trim_end_matches('区');
    let mut rest = name.as_str();
    for before in ["重庆市", "重庆", district, short] {
        let shorter = rest.strip_prefix(before).unwrap_or(rest);
        // 重庆公园 keeps its name: nothing but a kind would be left.
        if !bare(shorter).is_empty() {
            rest = shorter;
        }
    }
    rest.to_lowercase()
}

/// Without the words that say what kind of place it is: those make strangers look alike. A name
/// that is nothing else stays.
fn core(name: &str) -> String {
    Some(bare(name)).filter(|it| !it.is_empty()).unwrap_or_else(|| name.to_owned())
}

fn bare(name: &str) -> String {
    const KINDS: [&str; 17] = [
        "国家", "市级", "湿地", "森林", "山体", "体育", "文化", "社区", "口袋", "滨江", "滨河",
        "生态", "主题", "公园", "游园", "广场", "花园",
    ];
    let mut bare = name.to_owned();
    for kind in KINDS {
        bare = bare.replace(kind, "");
    }
    bare
}

fn sound(name: &str) -> String {
    name.chars()
        .map(|it| it.to_pinyin().map_or_else(|| it.to_string(), |py| py.plain().to_owned()))
        .collect()
}

/// The likeness of the two most alike of two sets of names.
pub(crate) fn best<'a>(
    a: impl IntoIterator<Item = &'a str>,
    b: &BTreeSet<&str>,
    district: &str,
) -> f64 {
    let each = a.into_iter().flat_map(|a| b.iter().map(move |b| likeness(a, b, district)));
    each.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(a: &str, b: &str) -> f64 {
        likeness(a, b, "九龙坡区")
    }

    #[test]
    fn one_name_with_marks_or_the_city_before_it_is_one_name() {
        assert!((like("重庆动物园", "动物园") - 1.0).abs() < 1e-9);
        assert!((like("九龙坡区 彩云湖 公园", "彩云湖公园") - 1.0).abs() < 1e-9);
        assert!((like("中梁山花博园（一期）", "中梁山花博园一期") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn another_word_for_the_kind_or_another_sign_of_one_sound_is_alike() {
        assert!(like("彩云湖国家湿地公园", "彩云湖公园") >= 0.75);
        assert!(like("采云湖公园", "彩云湖公园") >= ALIKE);
    }

    #[test]
    fn a_square_a_garden_and_a_park_of_one_name_are_three_kinds() {
        assert!(other_kind("渝高广场", "渝高公园") && other_kind("动物园广场", "重庆动物园"));
        assert!(other_kind("渝高花园", "渝高公园"));
        assert!(!other_kind("彩云湖湿地公园", "彩云湖公园") && !other_kind("动物园", "重庆动物园"));
        assert!(!other_kind("花博园", "花博公园"));
    }

    #[test]
    fn two_places_of_one_kind_are_not_alike_for_it() {
        assert!(like("和坪公园", "渝高公园") < 0.5);
        assert!(like("长新路游园", "长大路游园") < ALIKE);
        assert!(like("大明湖公园", "大成湖公园") < ALIKE);
        assert!(like("公园", "广场") < ALIKE);
    }
}
