//! Names of kinds and places in the language of the screens.

use model::{
    datum::Wgs84,
    pack::{Community, DistrictPack, IssueGroup, IssueKind, Park, SubDistrict},
    reading::{Hit, Spoken, Typed},
};

use super::{draft::Draft, place::DraftPlace};
use crate::{parks::Parks, settings::Settings, ui::words::Lang};

/// What names are read from.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    /// The pack, if there is one.
    pub(super) pack: Option<&'a DistrictPack>,
    /// The language.
    pub(super) lang: Lang,
}

impl Names<'_> {
    /// A kind; its id where the pack does not know it.
    pub(super) fn kind(self, id: &str) -> String {
        let known = self.pack.and_then(|pack| pack.kind(id));
        known.map_or_else(|| id.to_owned(), |it| kind_name(it, self.lang))
    }

    /// A park.
    pub(super) fn park(self, id: &str) -> String {
        let known = self.pack.and_then(|pack| pack.park(id));
        known.map_or_else(|| id.to_owned(), |it| park_name(it, self.lang))
    }

    /// A project of renewal.
    pub(super) fn project(self, id: &str) -> String {
        let known = self.pack.and_then(|pack| pack.project(id));
        known.map_or_else(|| id.to_owned(), |it| it.name.clone())
    }

    /// What was chosen from the list, if anything was.
    pub(super) fn chosen(self, said: &DraftPlace) -> Option<String> {
        let area = || {
            let sub = said.sub_district.as_ref()?;
            Some(self.area(sub, said.community.as_deref()))
        };
        let park = said.park.as_ref().map(|id| self.park(id));
        park.or_else(|| said.project.as_ref().map(|id| self.project(id))).or_else(area)
    }

    /// A community, or the sub-district where none was said.
    pub(super) fn area(self, sub_district: &str, community: Option<&str>) -> String {
        let pack = self.pack;
        let community = community.and_then(|code| pack?.community(code).map(|(_, it)| &it.name));
        let sub = || pack?.sub_districts.iter().find(|it| it.code == sub_district);
        let known = community.or_else(|| sub().map(|it| &it.name));
        known.cloned().unwrap_or_else(|| sub_district.to_owned())
    }
}

/// The place on one line: what was chosen, the landmark, the level.
pub(super) fn place_line(said: &DraftPlace, names: Names<'_>) -> String {
    joined([spot_line(said, names), level_line(said, names)], names)
}

/// What was chosen, and the landmark.
pub(super) fn spot_line(said: &DraftPlace, names: Names<'_>) -> String {
    let plate = said.plate.as_ref().map(|code| (names.lang.words().place.plate)(code));
    let chosen = names.chosen(said).unwrap_or_default();
    joined([chosen, plate.unwrap_or_default(), said.words.clone()], names)
}

/// What a draft is about, and where, as far as its person has said.
pub(crate) fn about(draft: &Draft) -> String {
    let (parks, lang) = (Parks::expect(), Settings::expect().lang());
    let names = Names { pack: parks.pack().ok(), lang };
    let kind = draft.kind().map(|id| names.kind(id)).unwrap_or_default();
    joined([kind, place_line(&draft.place, names)], names)
}

/// The level of the slope.
pub(super) fn level_line(said: &DraftPlace, names: Names<'_>) -> String {
    let level = (names.lang.words().place.level)(&said.level);
    joined([level, said.floor_words.clone()], names)
}

fn joined<const N: usize>(parts: [String; N], names: Names<'_>) -> String {
    let parts = parts.into_iter().filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join(names.lang.words().parks.dot)
}

/// The name of a kind.
pub(crate) fn kind_name(kind: &IssueKind, lang: Lang) -> String {
    pick(lang, &kind.zh, &kind.en)
}

/// Examples of a kind.
pub(super) fn kind_hint(kind: &IssueKind, lang: Lang) -> String {
    pick(lang, &kind.zh_hint, &kind.en_hint)
}

/// The name of a group.
pub(super) fn group_name(group: &IssueGroup, lang: Lang) -> String {
    pick(lang, &group.zh, &group.en)
}

/// The name of a park.
pub(super) fn park_name(park: &Park, lang: Lang) -> String {
    pick(lang, &park.name, &park.name_en)
}

fn pick(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// A place that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Choice {
    /// A park of the list.
    Park {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// A project of renewal.
    Project {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// A community, or a whole sub-district.
    Area {
        /// Nine digits.
        sub_district: String,
        /// Name of the sub-district.
        sub_name: String,
        /// Twelve digits and name.
        community: Option<(String, String)>,
    },
}

impl Choice {
    fn park(park: &Park, lang: Lang) -> Self {
        Self::Park { id: park.id.clone(), name: park_name(park, lang) }
    }

    pub(super) fn community(sub: &SubDistrict, community: &Community) -> Self {
        Self::Area {
            sub_district: sub.code.clone(),
            sub_name: sub.name.clone(),
            community: Some((community.code.clone(), community.name.clone())),
        }
    }

    pub(super) fn sub_district(sub: &SubDistrict) -> Self {
        let (sub_district, sub_name) = (sub.code.clone(), sub.name.clone());
        Self::Area { sub_district, sub_name, community: None }
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Park { name, .. }
            | Self::Project { name, .. }
            | Self::Area { community: Some((_, name)), .. } => name,
            Self::Area { community: None, sub_name, .. } => sub_name,
        }
    }

    /// The sub-district around a community.
    pub(super) fn around(&self) -> Option<&str> {
        match self {
            Self::Area { community: Some(_), sub_name, .. } => Some(sub_name),
            Self::Park { .. } | Self::Project { .. } | Self::Area { .. } => None,
        }
    }

    /// Makes it the place of a report.
    pub(super) fn take(&self, place: &mut DraftPlace) {
        match self.clone() {
            Self::Park { id, .. } => place.choose_park(id),
            Self::Project { id, .. } => place.choose_project(id),
            Self::Area { sub_district, community, .. } => {
                place.choose_community(sub_district, community.map(|(code, _)| code));
            }
        }
    }

    /// Is it the place of the report?
    pub(super) fn is_taken(&self, place: &DraftPlace) -> bool {
        match self {
            Self::Park { id, .. } => place.park.as_ref() == Some(id),
            Self::Project { id, .. } => place.project.as_ref() == Some(id),
            Self::Area { sub_district, community, .. } => {
                place.sub_district.as_ref() == Some(sub_district)
                    && place.community.as_ref() == community.as_ref().map(|(code, _)| code)
            }
        }
    }
}

/// What answers to typed words, by characters, pinyin or first letters as far as the pack has how a
/// name is read: parks first, then projects, communities and sub-districts.
pub(super) fn search(pack: &DistrictPack, typed: &str, lang: Lang, most: usize) -> Vec<Choice> {
    let typed = pack.as_written(typed);
    let wanted = plain(&typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let hit = |name: &str| plain(name).contains(&wanted);
    let typed = Typed::new(&typed);
    let read = |names: &[Spoken]| names.iter().filter_map(|name| name.answers_to(&typed)).min();
    // A name without its reading is found as it is written.
    let park_hit = |park: &Park| {
        let names = [&park.name, &park.name_en].into_iter().chain(&park.aliases);
        let written = names.chain(&park.maybe_aliases).any(|name| hit(name));
        read(&park.spoken).or(written.then_some(Hit::Inside))
    };
    let mut parks: Vec<(Hit, Choice)> = pack
        .parks
        .iter()
        .filter_map(|park| Some((park_hit(park)?, Choice::park(park, lang))))
        .collect();
    parks.sort_by_key(|(hit, _)| *hit);
    let found = |name: &str, spoken: &[Spoken]| read(spoken).is_some() || hit(name);
    let projects = pack.projects.iter().filter(|it| found(&it.name, &it.spoken));
    let projects = projects.map(|it| Choice::Project { id: it.id.clone(), name: it.name.clone() });
    let subs = pack.sub_districts.iter();
    let communities = subs.clone().flat_map(|sub| {
        let there = sub.communities.iter().filter(|it| found(&it.name, &it.spoken));
        there.map(|it| Choice::community(sub, it))
    });
    let subs = subs.filter(|it| found(&it.name, &it.spoken)).map(Choice::sub_district);
    let parks = parks.into_iter().map(|(_, choice)| choice);
    parks.chain(projects).chain(communities).chain(subs).take(most).collect()
}

/// Without spaces and capitals, as people type.
fn plain(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The nearest communities and parks that have a point, with the straight-line distance in metres.
pub(super) fn nearest(
    pack: &DistrictPack,
    at: Wgs84,
    lang: Lang,
    most: usize,
) -> Vec<(Choice, f64)> {
    let communities = pack.sub_districts.iter().flat_map(|sub| {
        let placed = sub.communities.iter().filter_map(|it| Some((it, it.at?)));
        placed.map(move |(it, point)| (Choice::community(sub, it), at.metres_to(point)))
    });
    let parks = pack
        .parks
        .iter()
        .filter_map(|park| Some((Choice::park(park, lang), at.metres_to(park.placement.point()?))));
    let mut near = communities.chain(parks).collect::<Vec<_>>();
    near.sort_by(|a, b| a.1.total_cmp(&b.1));
    near.truncate(most);
    near
}

#[cfg(test)]
pub(super) mod tests {
    use model::{
        layer::Nature,
        pack::{District, Listed, ParkCount},
    };

    use super::*;

    fn at(lat: f64, lon: f64) -> Wgs84 {
        Wgs84 { lat, lon }
    }

    fn spoken(word: &str, reading: &str) -> Spoken {
        Spoken { word: word.into(), reading: reading.into() }
    }

    fn sub(code: &str, name: &str, run_by: Option<&str>, point: Wgs84) -> SubDistrict {
        let community = Community {
            code: format!("{code}003"),
            name: "西郊三村社区".into(),
            spoken: vec![spoken("西郊三村社区", "xi jiao san cun she qu")],
            at: Some(point),
        };
        SubDistrict {
            code: code.into(),
            name: name.into(),
            spoken: vec![spoken(name, "yang jia ping jie dao")],
            run_by: run_by.map(str::to_owned),
            run_by_unsure: false,
            at: None,
            communities: vec![community],
        }
    }

    /// A park without a point, in 杨家坪街道.
    fn park() -> Park {
        Park {
            id: "JLP-001".into(),
            name: "彩云湖湿地公园".into(),
            described: false,
            name_en: "Caiyun Lake Wetland Park".into(),
            name_en_ours: false,
            name_sure: None,
            name_sources: vec![],
            aliases: vec![],
            alias_sources: vec![],
            maybe_aliases: vec!["彩云湖公园".into()],
            spoken: vec![],
            kind: "wetland_park".into(),
            listed: Listed::Park,
            maybe_same_as: vec![],
            placement: model::pack::Placement::Unplaced,
            facts: vec![],
            note: None,
            sources: vec![],
            sub_districts: vec!["杨家坪街道".into()],
        }
    }

    /// A square district with two sub-districts, one of them run by others.
    pub fn pack() -> DistrictPack {
        let ring = vec![at(29.4, 106.3), at(29.6, 106.3), at(29.6, 106.6), at(29.4, 106.6)];
        DistrictPack {
            traditional: String::new(),
            form: DistrictPack::FORM,
            version: "2026-11-25".into(),
            district: District {
                code: "500107".into(),
                name: "九龙坡区".into(),
                name_en: "Jiulongpo".into(),
                city: String::new(),
                boundary: vec![ring],
                boundary_source: "OSM".into(),
                parks_reported: None,
            },
            sub_districts: vec![
                sub("500107001", "杨家坪街道", None, at(29.51, 106.52)),
                sub("500107107", "金凤镇", Some("重庆高新区"), at(29.46, 106.34)),
            ],
            parks: vec![park()],
            count: ParkCount { recorded: 1, placed: 0, unconfirmed: 0 },
            groups: vec![],
            questions: vec![],
            projects: vec![],
            stations: vec![],
            river_sides: vec![],
            sources: vec![],
            notices: vec![],
            layers: None,
            nature: Nature::default(),
        }
    }

    #[test]
    fn a_search_finds_parks_communities_and_sub_districts_as_people_type() {
        let pack = pack();
        let names = |typed| {
            let found = search(&pack, typed, Lang::Zh, 9);
            found.iter().map(|it| it.name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names("caiyun lake"), ["彩云湖湿地公园"]);
        assert_eq!(names("彩云湖公园"), ["彩云湖湿地公园"]);
        assert_eq!(names(" 杨家 坪"), ["杨家坪街道"]);
        assert_eq!(names("西郊"), ["西郊三村社区", "西郊三村社区"]);
        assert_eq!(names("xijiaosan"), ["西郊三村社区", "西郊三村社区"]);
        assert!(names("yangjiap").contains(&"杨家坪街道".to_owned()), "{:?}", names("yangjiap"));
        assert_eq!(names("xjsc"), ["西郊三村社区", "西郊三村社区"]);
        assert!(names("  ").is_empty());
    }

    #[test]
    fn only_what_has_a_point_is_near() {
        let pack = pack();
        let near = nearest(&pack, at(29.51, 106.51), Lang::Zh, 5);
        assert_eq!(near.len(), 2, "the park has no point");
        assert_eq!(near[0].0.around(), Some("杨家坪街道"));
        assert!((near[0].1 - 968.0).abs() < 5.0, "{}", near[0].1);
        assert!(near[0].1 < near[1].1);
    }

    #[test]
    fn a_choice_is_taken_and_seen_as_taken() {
        let pack = pack();
        let mut place = DraftPlace::default();
        let found = search(&pack, "西郊", Lang::Zh, 1);
        found[0].take(&mut place);
        assert!(found[0].is_taken(&place));
        assert!(!Choice::sub_district(&pack.sub_districts[0]).is_taken(&place));
        let names = Names { pack: Some(&pack), lang: Lang::Zh };
        assert_eq!(place_line(&place, names), "西郊三村社区");
    }
}
