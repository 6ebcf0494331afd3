use model::{
    pack::{DistrictPack, Park},
    reading::{Hit, Typed},
};

/// The places that answer to what was typed, as positions in [`DistrictPack::parks`], the best first
/// and else in the order of the pack: by the characters of a name, its pinyin or first letters, or
/// the English name. If none does, those that would but for one slip of the finger. Nothing typed
/// leaves all.
pub(super) fn search(pack: &DistrictPack, typed: &str) -> Vec<usize> {
    if typed.trim().is_empty() {
        return (0..pack.parks.len()).collect();
    }
    let wanted = Typed::new(typed);
    let parks = || pack.parks.iter().enumerate();
    let mut found: Vec<(Hit, usize)> =
        parks().filter_map(|(at, park)| Some((answers(park, &wanted)?, at))).collect();
    found.sort_by_key(|(hit, _)| *hit);
    if found.is_empty() {
        let nearly = |park: &Park| park.spoken.iter().any(|name| name.nearly(&wanted));
        return parks().filter(|(_, park)| nearly(park)).map(|(at, _)| at).collect();
    }
    found.into_iter().map(|(_, at)| at).collect()
}

fn answers(park: &Park, typed: &Typed) -> Option<Hit> {
    let in_english = typed.is_in(&park.name_en).then_some(Hit::Inside);
    park.spoken.iter().filter_map(|name| name.answers_to(typed)).chain(in_english).min()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<String> {
        let pack = pack::build(std::path::Path::new("data")).expect("the facts build").pack;
        search(&pack, typed).into_iter().map(|at| pack.parks[at].name.clone()).collect()
    }

    #[test]
    fn names_are_found_by_characters_pinyin_first_letters_other_names_and_english() {
        let zoo = ["重庆动物园", "动物园", "chongqing dong", "zhongqingdong", "cqdwy", "西区公园"];
        for typed in zoo.into_iter().chain(["Zoo"]) {
            assert!(found(typed).contains(&"重庆动物园".to_owned()), "{typed}: {:?}", found(typed));
        }
        assert_eq!(found("caiyunhu")[0], "彩云湖国家湿地公园");
        assert_eq!(found("cyh")[0], "彩云湖国家湿地公园");
        assert_eq!(found("chongqing"), found("zhongqing"));
    }

    #[test]
    fn one_slip_of_the_finger_still_finds_and_nonsense_does_not() {
        assert_eq!(found("caiyunhv"), ["彩云湖国家湿地公园"]);
        assert_eq!(found("采云湖公园"), ["彩云湖国家湿地公园"]);
        assert_eq!(found("qqqqqqqq"), Vec::<String>::new());
        assert_eq!(found(&"公园".repeat(500)), Vec::<String>::new());
    }
}
