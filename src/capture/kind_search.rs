//! Finding a kind by what people call it: the words of the taxonomy and the everyday words beside
//! them, by character, pinyin or first letters; and which kinds come first in an old area.

use model::{
    pack::{DistrictPack, IssueGroup, IssueKind},
    reading::{Hit, Typed},
    report::AreaKind,
};

/// How many are shown.
const MOST: usize = 8;

/// Kinds that answer to what was typed, the best first. Names before examples.
pub(super) fn search<'a>(pack: &'a DistrictPack, typed: &str) -> Vec<&'a IssueKind> {
    let typed = Typed::new(&pack.as_written(typed));
    let kinds = pack.groups.iter().flat_map(|group| &group.kinds);
    let mut hits: Vec<_> = kinds.filter_map(|kind| Some((rank(kind, &typed)?, kind))).collect();
    hits.sort_by_key(|(rank, _)| *rank);
    hits.into_iter().map(|(_, kind)| kind).take(MOST).collect()
}

/// Names by how well they answer, then examples and English words.
fn rank(kind: &IssueKind, typed: &Typed) -> Option<Hit> {
    let by_name = kind.spoken.iter().filter_map(|it| it.answers_to(typed)).min();
    by_name.or_else(|| {
        let texts = [&kind.zh_hint, &kind.en, &kind.en_hint];
        texts.into_iter().any(|it| typed.is_in(it)).then_some(Hit::Beside)
    })
}

/// Is the kind usual in such an area? It sorts, it never forbids.
pub(super) fn usual(kind: &IssueKind, area: AreaKind) -> bool {
    kind.areas[area as usize]
}

/// Groups with the most usual kinds first, and within each the usual kinds first. Without an area,
/// or among equals, the order of the table.
pub(super) fn sorted(groups: &[IssueGroup], area: Option<AreaKind>) -> Vec<IssueGroup> {
    let mut groups = groups.to_vec();
    let Some(area) = area else { return groups };
    for group in &mut groups {
        group.kinds.sort_by_key(|kind| !usual(kind, area));
    }
    groups.sort_by_key(|group| {
        let usual = group.kinds.iter().filter(|kind| usual(kind, area)).count();
        // Permille: a group of which all is usual stands before one of which half is.
        core::cmp::Reverse(usual * 1_000 / group.kinds.len().max(1))
    });
    groups
}

#[cfg(not(target_arch = "wasm32"))]
#[cfg(test)]
mod tests {
    use super::*;

    fn pack() -> DistrictPack {
        pack::build(std::path::Path::new("data")).expect("the facts build").pack
    }

    fn found(typed: &str) -> Vec<String> {
        search(&pack(), typed).into_iter().map(|it| it.id.clone()).collect()
    }

    #[test]
    fn a_kind_is_found_by_what_people_call_it() {
        for typed in ["路灯", "ludeng", "灯不亮", "lu deng", "路灯院灯不亮"] {
            assert_eq!(found(typed)[0], "utility.streetlight", "{typed}");
        }
        assert!(found("ld").contains(&"utility.streetlight".to_owned()));
        assert_eq!(found("梯坎")[0], "road.steps_rail");
        assert_eq!(found("street/yard")[0], "utility.streetlight");
        assert_eq!(found("wheelchair"), ["road.accessibility"]);
        assert!(found("  ").is_empty() && found("\u{202e}").is_empty());
    }

    #[test]
    fn the_kind_of_the_area_sorts_and_forbids_nothing() {
        let pack = pack();
        let names = |area| -> Vec<String> {
            sorted(&pack.groups, area).into_iter().map(|it| it.id).collect()
        };
        let as_it_is: Vec<_> = pack.groups.iter().map(|it| it.id.clone()).collect();
        assert_eq!(names(None), as_it_is);
        let old_estate = names(Some(AreaKind::Residential));
        assert_ne!(old_estate, as_it_is);
        assert_eq!(old_estate.last().map(String::as_str), Some("industrial"));
        assert_eq!(old_estate.len(), as_it_is.len());
        for area in [AreaKind::Industrial, AreaKind::Commercial, AreaKind::Street] {
            let kinds: usize =
                sorted(&pack.groups, Some(area)).iter().map(|it| it.kinds.len()).sum();
            assert_eq!(kinds, 50);
        }
    }
}
