use serde::{Deserialize, Serialize};

use super::Level;
use crate::{capture::known::or_default, position::Here};

/// A position less exact than this, metres, does not lead anybody there: a landmark is asked for.
pub(in crate::capture) const VAGUE_M: u32 = 100;

/// Where it is, as far as the person said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftPlace {
    /// Id of a park.
    pub park: Option<String>,
    /// Nine digits.
    pub sub_district: Option<String>,
    /// Twelve digits.
    pub community: Option<String>,
    /// Id of a project of renewal.
    pub project: Option<String>,
    /// Code of a plate, as it stands there.
    pub plate: Option<String>,
    /// The phone's position, if the person wants it sent.
    pub here: Option<Here>,
    /// 说不清在哪, with words instead.
    pub unknown: bool,
    /// Landmark, building.
    pub words: String,
    /// On which level of the slope.
    #[serde(deserialize_with = "or_default")]
    pub level: Level,
    /// More of the level, in words: staircase, corner.
    pub floor_words: String,
}

impl DraftPlace {
    /// A park is the place; a community said before is taken back.
    pub fn choose_park(&mut self, id: String) {
        self.clear_choice();
        (self.park, self.unknown) = (Some(id), false);
    }

    /// A project is the place; what was said before is taken back.
    pub fn choose_project(&mut self, id: String) {
        self.clear_choice();
        (self.project, self.unknown) = (Some(id), false);
    }

    /// A community, or a whole sub-district, is the place; a park said before is taken back.
    pub fn choose_community(&mut self, sub_district: String, community: Option<String>) {
        self.clear_choice();
        (self.sub_district, self.community) = (Some(sub_district), community);
        self.unknown = false;
    }

    /// Is there anything that leads to it?
    pub fn is_said(&self) -> bool {
        let led_to = self.here.is_some() || self.plate.is_some() || !self.words.is_empty();
        led_to || self.is_chosen()
    }

    /// Would a person who goes there find it, or can nobody say more?
    pub fn is_exact(&self) -> bool {
        let near = self.here.is_some_and(|here| here.accuracy_m <= VAGUE_M);
        near || self.plate.is_some() || self.unknown || !self.words.is_empty() || self.says_level()
    }

    /// Has the person said on which level of the slope it is?
    pub fn says_level(&self) -> bool {
        self.level.spot().is_some() || !self.floor_words.is_empty()
    }

    /// Does a position go along that leads nobody there by itself?
    pub fn is_vague(&self) -> bool {
        self.here.is_some_and(|here| here.accuracy_m > VAGUE_M)
    }

    /// Is something of the list the place?
    pub fn is_chosen(&self) -> bool {
        self.park.is_some() || self.project.is_some() || self.sub_district.is_some()
    }

    /// Nothing of the list is the place.
    pub fn clear_choice(&mut self) {
        (self.park, self.project) = (None, None);
        (self.sub_district, self.community) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_park_and_a_community_take_each_others_place() {
        let mut place = DraftPlace { unknown: true, ..DraftPlace::default() };
        place.choose_community("500107001".into(), Some("500107001003".into()));
        place.choose_project("R-01".into());
        assert!(place.is_chosen() && place.community.is_none());
        place.choose_park("JLP-001".into());
        assert_eq!((place.project, place.sub_district, place.unknown), (None, None, false));
    }

    #[test]
    fn a_place_of_the_build_before_is_read_and_a_word_of_a_later_one_costs_only_its_answer() {
        let read = |text: &str| serde_json::from_str::<DraftPlace>(text).expect("it is read");
        let before = read(r#"{"park":"JLP-001","words":"东门","floor_words":"负二楼"}"#);
        assert_eq!((before.words.as_str(), before.level.spot()), ("东门", None));
        assert!(before.says_level());
        let later = read(r#"{"words":"东门","level":{"from":"sky_road","flights":2,"hop":[1]}}"#);
        assert_eq!((later.level.from, later.level.flights), (None, Some(2)));
        assert_eq!(read(r#"{"words":"东门","level":"high up"}"#).words, "东门");
    }
}
