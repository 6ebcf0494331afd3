use model::{
    pack::{DistrictPack, Park, Placement},
    reading::{Hit, Spoken, Typed},
};

/// What answers to what was typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Searched {
    typed: Typed,
    /// Positions in [`DistrictPack::parks`], the best first and else in the order of the pack.
    pub(super) found: Vec<usize>,
    /// Nothing answers to it as it is: these would but for one slip of the finger.
    nearly: bool,
}

/// The places that answer to what was typed, as positions in [`DistrictPack::parks`]: by the
/// characters of a name, its pinyin or first letters, the English name, or, after those, by the
/// sub-district or what it is near to. If none does, those of a sub-district that sounds so, those whose
/// name has it with something left out or is a part of it, or those that would but for one slip of the
/// finger. Nothing typed leaves all.
pub(super) fn search(pack: &DistrictPack, typed: &str) -> Vec<usize> {
    search_on(pack, typed, None).found
}

/// The same. After another letter only what answered `before` can answer.
pub(super) fn search_on(pack: &DistrictPack, typed: &str, before: Option<&Searched>) -> Searched {
    let typed = Typed::new(&pack.as_written(typed));
    let all = || 0..pack.parks.len();
    if typed.is_empty() {
        return Searched { typed, found: all().collect(), nearly: false };
    }
    let hit = |at: usize| Some((answers(&pack.parks[at], &typed)?, at));
    let sounds = |typed: &Typed| -> Vec<&str> {
        let subs = pack.sub_districts.iter();
        let subs = subs.filter(|it| it.spoken.iter().any(|name| name.answers_to(typed).is_some()));
        subs.map(|it| it.name.as_str()).collect()
    };
    let before = before.filter(|it| !it.nearly && typed.goes_on(&it.typed));
    let mut found: Vec<(Hit, usize)> = match before {
        Some(before) => before.found.iter().copied().filter_map(hit).collect(),
        None => all().filter_map(hit).collect(),
    };
    if found.is_empty() {
        // By the sound of a sub-district, else by a name with something left out or put behind it, else
        // by one with a slip.
        let subs = sounds(&typed);
        let lies =
            |at: &usize| pack.parks[*at].sub_districts.iter().any(|it| subs.contains(&it.as_str()));
        let any = |like: fn(&Spoken, &Typed) -> bool| -> Vec<usize> {
            all().filter(|at| pack.parks[*at].spoken.iter().any(|it| like(it, &typed))).collect()
        };
        let ways: [&dyn Fn() -> Vec<usize>; 3] =
            [&|| all().filter(lies).collect(), &|| any(Spoken::loosely), &|| any(Spoken::nearly)];
        let found = ways.iter().map(|way| way()).find(|it| !it.is_empty()).unwrap_or_default();
        return Searched { found, nearly: true, typed };
    }
    found.sort_unstable();
    let found = found.into_iter().map(|(_, at)| at).collect();
    Searched { typed, found, nearly: false }
}

fn answers(park: &Park, typed: &Typed) -> Option<Hit> {
    let in_english = typed.is_in(&park.name_en).then_some(Hit::Inside);
    let named = park.spoken.iter().filter_map(|name| name.answers_to(typed)).chain(in_english);
    let near = match &park.placement {
        Placement::Near { name, .. } => Some(name),
        _ => None,
    };
    let mut places = park.sub_districts.iter().chain(near);
    named.min().or_else(|| places.any(|it| typed.is_in(it)).then_some(Hit::Beside))
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
        for mixed in ["ＣＹＨ", "caiyun湖", "彩yun", "彩云湖gong'yuan", "彩雲湖", "彩云hu"]
        {
            assert_eq!(found(mixed).first(), found("彩云湖").first(), "{mixed}");
        }
        for (traditional, simplified) in [("重慶動物園", "重庆动物园"), ("體育公園", "体育公园")]
        {
            assert!(!found(simplified).is_empty());
            assert_eq!(found(traditional), found(simplified));
        }
        assert!(!found("大堰村").is_empty(), "a station that a park is near to");
        assert_eq!(found("chongqing"), found("zhongqing"));
        for toned in ["cǎi yún hú", "CǍIYÚNHÚ"] {
            assert_eq!(found(toned), found("caiyunhu"), "{toned}");
        }
    }

    #[test]
    fn a_name_with_something_left_out_or_put_behind_it_is_found_and_so_is_the_sound_of_where_it_lies()
     {
        assert_eq!(found("彩云湖湿地")[0], "彩云湖国家湿地公园");
        assert_eq!(found("重庆动物园门口")[0], "重庆动物园");
        assert_eq!(found("yangjiaping"), found("杨家坪"));
        assert!(!found("xiejiawan").is_empty());
    }

    #[test]
    fn a_sub_district_finds_its_parks_after_those_that_are_called_so() {
        let there = found("杨家坪");
        assert!(there.contains(&"重庆动物园".to_owned()), "{there:?}");
        // The first is called so, and so is the last before those that only lie in 九龙街道.
        let found = found("九龙");
        let at = |wanted: &str| found.iter().position(|name| name == wanted);
        assert!(at("长江北岸线九龙半岛滨江段清水绿道") < at("巴国城"), "{found:?}");
    }

    #[test]
    fn letter_by_letter_the_same_is_found_as_at_once() {
        let pack = pack::build(std::path::Path::new("data")).expect("the facts build").pack;
        let names = pack.parks.iter().flat_map(|it| &it.spoken);
        let of_name = |it: &Spoken| [it.word.clone(), it.reading.replace('/', " ")];
        let english = pack.parks.iter().map(|it| it.name_en.clone());
        let slips = ["caiyunhvgongyuan", "采云湖公园", "qqq 重 q", "D d'x"].map(str::to_owned);
        for typed in names.flat_map(of_name).chain(english).chain(slips) {
            let mut before = None;
            let cuts = typed.char_indices().map(|(at, _)| at).skip(1).chain([typed.len()]);
            for cut in cuts {
                let now = search_on(&pack, &typed[..cut], before.as_ref());
                assert_eq!(now.found, search(&pack, &typed[..cut]), "{}", &typed[..cut]);
                before = Some(now);
            }
        }
    }

    #[test]
    fn one_slip_of_the_finger_still_finds_and_nonsense_does_not() {
        assert_eq!(found("caiyunhv"), ["彩云湖国家湿地公园"]);
        assert_eq!(found("采云湖公园"), ["彩云湖国家湿地公园"]);
        assert_eq!(found("qqqqqqqq"), Vec::<String>::new());
        assert_eq!(found(&"公园".repeat(500)), Vec::<String>::new());
    }
}
