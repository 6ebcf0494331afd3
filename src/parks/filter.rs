use model::pack::{Fact, FactKind, Park};

/// Something that a place should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Open, as last reported.
    Open,
    /// It has a point or an outline of its own.
    Placed,
    /// One of [`Fact::FACILITIES`].
    Has(&'static str),
    /// One of [`Park::KINDS`].
    Kind(&'static str),
    /// The name of a sub-district, as in [`Park::sub_districts`].
    In(String),
    /// How large the whole of it is.
    Size(Size),
}

/// How large a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// Less than a hectare.
    Small,
    /// From one hectare to ten.
    Middle,
    /// Ten hectares and more.
    Large,
}

impl Size {
    pub(super) const ALL: [Self; 3] = [Self::Small, Self::Middle, Self::Large];

    fn of(square_metres: u32) -> Self {
        match square_metres {
            ..10_000 => Self::Small,
            10_000..100_000 => Self::Middle,
            100_000.. => Self::Large,
        }
    }
}

/// What is asked about a place. Of several wants of one question one is enough; every question must
/// be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Open,
    Placed,
    Has(&'static str),
    Kind,
    SubDistrict,
    Size,
}

/// What the sources say to a want.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    No,
    Unknown,
    Yes,
}

impl Want {
    pub(super) fn question(&self) -> Question {
        match self {
            Self::Open => Question::Open,
            Self::Placed => Question::Placed,
            Self::Has(facility) => Question::Has(facility),
            Self::Kind(_) => Question::Kind,
            Self::In(_) => Question::SubDistrict,
            Self::Size(_) => Question::Size,
        }
    }

    /// Do the sources say so of this place?
    pub(super) fn is_met_by(&self, park: &Park) -> bool {
        self.answer(park) == Answer::Yes
    }

    fn answer(&self, park: &Park) -> Answer {
        match self {
            Self::Open => open(park),
            Self::Placed => yes(park.placement.point().is_some()),
            Self::Has(facility) => has(park, facility),
            Self::Kind(kind) => yes(park.kind == *kind),
            Self::In(_) if park.sub_districts.is_empty() => Answer::Unknown,
            Self::In(name) => yes(park.sub_districts.contains(name)),
            Self::Size(size) => {
                area(park).map_or(Answer::Unknown, |metres| yes(Size::of(metres) == *size))
            }
        }
    }
}

impl Want {
    /// A word for it that [`Self::of_word`] reads.
    fn word(&self) -> String {
        match self {
            Self::Open => "open".to_owned(),
            Self::Placed => "placed".to_owned(),
            Self::Has(facility) => format!("has {facility}"),
            Self::Kind(kind) => format!("kind {kind}"),
            Self::In(name) => format!("in {name}"),
            Self::Size(size) => format!("size {}", *size as u8),
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        let known = |all: &[&'static str], name: &str| all.iter().find(|it| **it == name).copied();
        Some(match word.split_once(' ').unwrap_or((word, "")) {
            ("open", _) => Self::Open,
            ("placed", _) => Self::Placed,
            ("has", name) => Self::Has(known(&Fact::FACILITIES, name)?),
            ("kind", name) => Self::Kind(known(&Park::KINDS, name)?),
            ("in", name) => Self::In(name.to_owned()),
            ("size", size) => {
                Self::Size(Size::ALL.into_iter().find(|it| (*it as u8).to_string() == size)?)
            }
            _ => return None,
        })
    }
}

fn yes(it: bool) -> Answer {
    if it { Answer::Yes } else { Answer::No }
}

fn open(park: &Park) -> Answer {
    match park.fact(FactKind::Status).map(|it| it.value.as_str()) {
        Some("open" | "part_open") => Answer::Yes,
        Some("planned" | "under_construction" | "under_development") => Answer::No,
        // Built is not open yet.
        _ => Answer::Unknown,
    }
}

/// A source that names some facilities does not say that there are no others.
fn has(park: &Park, facility: &str) -> Answer {
    let mut sources = park.facts.iter().filter(|it| it.what == FactKind::Facilities);
    let named = sources.any(|it| it.value.split(';').any(|it| it == facility));
    if named { Answer::Yes } else { Answer::Unknown }
}

/// Square metres of the whole place.
fn area(park: &Park) -> Option<u32> {
    let numbered = |it: &Fact| it.is_of_the_whole() && it.square_metres.is_some();
    park.latest(FactKind::Area, numbered)?.square_metres
}

/// What of the list is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    wants: Vec<Want>,
    /// Questions that may also stay open.
    unknown_too: Vec<Question>,
}

impl Filter {
    /// Nothing is asked.
    pub(super) fn is_empty(&self) -> bool {
        self.wants.is_empty()
    }

    /// The wants as words; a `?` before one whose question may stay open.
    pub(super) fn to_words(&self) -> Vec<String> {
        let word = |want: &Want| {
            let open = self.takes_unknown(want.question());
            format!("{}{}", if open { "?" } else { "" }, want.word())
        };
        self.wants.iter().map(word).collect()
    }

    /// From [`Self::to_words`]; what is not known any more is left out.
    pub(super) fn of_words(words: &[String]) -> Self {
        let mut filter = Self::default();
        for word in words {
            let bare = word.strip_prefix('?');
            let Some(want) = Want::of_word(bare.unwrap_or(word)) else { continue };
            let question = want.question();
            if !filter.wants(&want) {
                filter.toggle(want);
            }
            if bare.is_some() && !filter.takes_unknown(question) {
                filter.toggle_unknown(question);
            }
        }
        filter
    }

    /// How many wants there are.
    pub(super) fn len(&self) -> usize {
        self.wants.len()
    }

    pub(super) fn wants(&self, want: &Want) -> bool {
        self.wants.contains(want)
    }

    /// Takes a want in, or out if it is there.
    pub(super) fn toggle(&mut self, want: Want) {
        match self.wants.iter().position(|it| *it == want) {
            Some(at) => drop(self.wants.remove(at)),
            None => self.wants.push(want),
        }
        let asked = self.questions();
        self.unknown_too.retain(|it| asked.contains(it));
    }

    pub(super) fn takes_unknown(&self, question: Question) -> bool {
        self.unknown_too.contains(&question)
    }

    /// Lets a question stay open, or no longer.
    pub(super) fn toggle_unknown(&mut self, question: Question) {
        match self.unknown_too.iter().position(|it| *it == question) {
            Some(at) => drop(self.unknown_too.remove(at)),
            None => self.unknown_too.push(question),
        }
    }

    /// The questions, each once, as they were asked.
    pub(super) fn questions(&self) -> Vec<Question> {
        let mut all = Vec::new();
        for question in self.wants.iter().map(Want::question) {
            if !all.contains(&question) {
                all.push(question);
            }
        }
        all
    }

    /// Is the place shown?
    pub(super) fn passes(&self, park: &Park) -> bool {
        self.questions().into_iter().all(|question| self.admits(question, park))
    }

    /// How many places there are, among these, of which nobody says whether they meet this question,
    /// and that meet all others.
    pub(super) fn unknown<'a>(
        &self,
        question: Question,
        parks: impl Iterator<Item = &'a Park>,
    ) -> usize {
        let others: Vec<_> = self.questions().into_iter().filter(|it| *it != question).collect();
        parks
            .filter(|park| self.answer(question, park) == Answer::Unknown)
            .filter(|park| others.iter().all(|it| self.admits(*it, park)))
            .count()
    }

    fn admits(&self, question: Question, park: &Park) -> bool {
        match self.answer(question, park) {
            Answer::Yes => true,
            Answer::Unknown => self.takes_unknown(question),
            Answer::No => false,
        }
    }

    fn answer(&self, question: Question, park: &Park) -> Answer {
        let wants = self.wants.iter().filter(|it| it.question() == question);
        wants.map(|it| it.answer(park)).max().unwrap_or(Answer::Yes)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use model::pack::{AreaScope, DistrictPack};

    use super::*;

    fn facts() -> DistrictPack {
        pack::build(std::path::Path::new("data")).expect("the facts build").pack
    }

    fn filter(wants: impl IntoIterator<Item = Want>) -> Filter {
        let mut filter = Filter::default();
        wants.into_iter().for_each(|it| filter.toggle(it));
        filter
    }

    fn shown(filter: &Filter, pack: &DistrictPack) -> Vec<String> {
        let shown = pack.parks.iter().filter(|park| filter.passes(park));
        shown.map(|park| park.name.clone()).collect()
    }

    #[test]
    fn what_no_source_says_is_unknown_and_shown_only_when_a_person_asks_for_it() {
        let pack = facts();
        let mut toilet = filter([Want::Has("toilet")]);
        let sure = shown(&toilet, &pack).len();
        let unknown = toilet.unknown(Question::Has("toilet"), pack.parks.iter());
        assert_eq!(sure, pack.parks.iter().filter(|it| Want::Has("toilet").is_met_by(it)).count());
        // No source can say that there is no toilet, so all others are unknown.
        assert_eq!(sure + unknown, pack.parks.len());
        toilet.toggle_unknown(Question::Has("toilet"));
        assert_eq!(shown(&toilet, &pack).len(), pack.parks.len());
    }

    #[test]
    fn a_filter_comes_back_from_its_words_without_what_nobody_knows_any_more() {
        let mut all = filter([
            Want::Open,
            Want::Placed,
            Want::Has("toilet"),
            Want::Kind("zoo"),
            Want::In("500107001".into()),
            Want::Size(Size::Middle),
        ]);
        all.toggle_unknown(Question::Has("toilet"));
        all.toggle_unknown(Question::Size);
        let mut words = all.to_words();
        assert_eq!(Filter::of_words(&words), all);
        words.extend(["has helipad", "kind castle", "size 9", "", "?"].map(str::to_owned));
        assert_eq!(Filter::of_words(&words), all);
    }

    #[test]
    fn one_of_several_kinds_is_enough_but_every_facility_must_be_there() {
        let pack = facts();
        let kinds = shown(&filter([Want::Kind("zoo"), Want::Kind("wetland_park")]), &pack);
        assert_eq!(kinds.len(), 2, "{kinds:?}");
        let both = filter([Want::Has("water"), Want::Has("pavilion")]);
        let both = shown(&both, &pack);
        assert!(both.contains(&"重庆动物园".to_owned()), "{both:?}");
        assert!(both.len() < shown(&filter([Want::Has("water")]), &pack).len());
    }

    #[test]
    fn each_answer_is_read_from_the_fact_that_gives_it() {
        let pack = facts();
        let zoo = pack.parks.iter().find(|it| it.name == "重庆动物园").unwrap();
        let planned = pack
            .parks
            .iter()
            .find(|it| it.fact(FactKind::Status).is_some_and(|it| it.value == "planned"))
            .unwrap();
        assert_eq!(Want::Open.answer(zoo), Answer::Yes);
        assert_eq!(Want::Open.answer(planned), Answer::No);
        assert_eq!(Want::Placed.answer(zoo), Answer::Yes);
        // 43.5 hectares.
        assert_eq!(Want::Size(Size::Large).answer(zoo), Answer::Yes);
        assert_eq!(Want::Size(Size::Small).answer(zoo), Answer::No);
        let sub_district = &zoo.sub_districts[0];
        assert_eq!(Want::In(sub_district.clone()).answer(zoo), Answer::Yes);
        assert_eq!(Want::In("石桥铺街道".into()).answer(zoo), Answer::No);
        let nowhere = pack.parks.iter().find(|it| it.sub_districts.is_empty()).unwrap();
        assert_eq!(Want::In(sub_district.clone()).answer(nowhere), Answer::Unknown);
        assert_eq!(Want::Size(Size::Small).answer(nowhere), Answer::Unknown);
    }

    // Only the first source was read: what an official list or OpenStreetMap added stood on the park's page
    // and could not be asked for, and a plan of years ago outweighed a later opening.
    #[test]
    fn every_source_can_name_a_facility_and_the_latest_says_whether_it_is_open() {
        let mut park = facts().parks.swap_remove(0);
        let fact = |what, value: &str, as_of: Option<&str>| Fact {
            as_of: as_of.map(str::to_owned),
            ..Fact::plain(what, value.to_owned(), Vec::new())
        };
        park.facts = vec![
            fact(FactKind::Status, "planned", Some("2024-11-12")),
            fact(FactKind::Status, "open", Some("2026-06")),
            fact(FactKind::Status, "under_construction", None),
            fact(FactKind::Facilities, "pavilion", Some("2026")),
            fact(FactKind::Facilities, "toilet;parking", None),
        ];
        for want in [Want::Open, Want::Has("pavilion"), Want::Has("parking")] {
            assert_eq!(want.answer(&park), Answer::Yes, "{want:?}");
        }
        park.facts.push(fact(FactKind::Status, "planned", Some("2026-07-01")));
        assert_eq!(Want::Open.answer(&park), Answer::No);
    }

    // The filter asked for a code where a park has a name: no sub-district was ever offered.
    // Both now speak of names.
    #[test]
    fn a_sub_district_that_has_a_park_can_be_asked_for() {
        let pack = facts();
        let known = |name: &String| pack.sub_districts.iter().any(|it| it.name == *name);
        let named = pack.parks.iter().flat_map(|it| &it.sub_districts);
        assert!(named.clone().count() > 20 && named.clone().all(known));
    }

    #[test]
    fn the_area_of_a_part_or_of_a_plan_is_not_the_size_of_the_park() {
        let pack = facts();
        let part = pack.parks.iter().find(|park| {
            park.fact(FactKind::Area).is_some_and(|it| it.scope == Some(AreaScope::Phase1))
        });
        assert_eq!(area(part.expect("one of the facts is of a first phase")), None);
    }

    #[test]
    fn a_question_that_is_no_longer_asked_no_longer_lets_the_unknown_in() {
        let mut filter = filter([Want::Has("toilet"), Want::Open]);
        filter.toggle_unknown(Question::Has("toilet"));
        filter.toggle(Want::Has("toilet"));
        filter.toggle(Want::Has("toilet"));
        assert!(!filter.takes_unknown(Question::Has("toilet")));
        assert_eq!(filter.questions(), [Question::Open, Question::Has("toilet")]);
    }
}
