use model::pack::{AreaScope, Fact, FactKind};

use crate::{
    measure,
    row::Row,
    sources::{Citations, Sources},
};

/// Who speaks for the facts of one place.
pub(crate) struct Speakers<'a> {
    pub row: &'a Row<'a>,
    pub sources: &'a Sources<'a>,
    pub citations: &'a Citations<'a>,
}

impl Speakers<'_> {
    /// Positions of the sources that speak for a fact, best first. None of its own: empty.
    pub fn of(&self, fact: &str) -> Vec<u16> {
        let park = self.row.get("id");
        let speaking = self.row.list("sources").filter(|id| self.citations.say(park, fact, id));
        speaking.filter_map(|id| self.sources.position(id)).collect()
    }
}

/// What is known of a place, in the order it is shown; a cell without an answer gives no fact.
pub(crate) fn read(row: &Row, speakers: &Speakers) -> Vec<Fact> {
    let facts = [
        Some(status(row, speakers)),
        entry(row, speakers),
        facilities(row, speakers),
        place(row, speakers),
        sub_district(row, speakers),
        area(row, speakers),
        length(row),
        opened(row, speakers),
    ];
    facts.into_iter().flatten().collect()
}

fn status(row: &Row, speakers: &Speakers) -> Fact {
    let value = row.one_of("status", &Fact::STATUSES).to_owned();
    let as_of = row.date("status_as_of");
    Fact { as_of, ..Fact::plain(FactKind::Status, value, speakers.of("status")) }
}

fn entry(row: &Row, speakers: &Speakers) -> Option<Fact> {
    let value = row.optional("entry")?;
    row.one_of("entry", &Fact::ENTRIES);
    Some(Fact::plain(FactKind::Entry, value, speakers.of("entry")))
}

/// Facilities that exist, and the words on them: plans have words only.
fn facilities(row: &Row, speakers: &Speakers) -> Option<Fact> {
    let value = row.some_of("facilities", &Fact::FACILITIES).join(";");
    let words = row.optional("facilities_text");
    let known = !value.is_empty() || words.is_some();
    known.then(|| Fact {
        words,
        ..Fact::plain(FactKind::Facilities, value, speakers.of("facilities"))
    })
}

fn place(row: &Row, speakers: &Speakers) -> Option<Fact> {
    Some(Fact::plain(FactKind::Place, row.optional("place_text")?, speakers.of("place")))
}

fn sub_district(row: &Row, speakers: &Speakers) -> Option<Fact> {
    let Some(value) = row.optional("sub_district") else {
        row.all_empty(&["sub_district_basis"], "no sub_district is named");
        return None;
    };
    Some(Fact {
        inferred: row.flag("sub_district_basis", ["inferred", "source"]),
        words: row.optional("sub_district_note"),
        ..Fact::plain(FactKind::SubDistrict, value, speakers.of("sub_district"))
    })
}

const AREA: [&str; 5] = ["area_m2", "area_text", "area_scope", "area_sure", "area_source"];

/// An area as printed, and the number computed from it.
fn area(row: &Row, speakers: &Speakers) -> Option<Fact> {
    if AREA.iter().all(|column| row.get(column).is_empty()) {
        return None;
    }
    row.all_filled(&AREA, "an area needs its number, words, scope, sureness and source")
        .then_some(())?;
    let square_metres = row.number("area_m2", 1.0..=1e9);
    judge_area_words(row, square_metres);
    judge_area_source(row, speakers);
    let square_metres = square_metres.map(whole);
    let (scope, words) = scope(row);
    Some(Fact {
        words,
        scope,
        square_metres,
        sure: row.word("area_sure"),
        ..Fact::plain(FactKind::Area, row.text("area_text").to_owned(), speakers.of("area"))
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "judged: 1 to 10^9")]
fn whole(square_metres: f64) -> u32 {
    square_metres.round() as u32
}

/// The number is the one that the words say, if they say one in a unit: a number in hectares or mu is
/// in the wrong column. Of two in the words (`1605亩，107公顷`) it agrees with one.
fn judge_area_words(row: &Row, square_metres: Option<f64>) {
    let text = row.get("area_text");
    let named = measure::areas(text);
    let Some((number, said)) = square_metres.zip(named.first()) else { return };
    if !named.iter().any(|area| measure::agrees(text, *area, number)) {
        let cell = row.get("area_m2");
        row.fault("area_m2", format!("is `{cell}`, but area_text `{text}` is {said:.0} m²"));
    }
}

fn judge_area_source(row: &Row, speakers: &Speakers) {
    let source = row.get("area_source");
    if !speakers.sources.is_known(source) {
        row.fault("area_source", format!("`{source}` is not in sources.csv"));
    } else if !speakers.citations.say(row.get("id"), "area", source) {
        row.fault("area_source", format!("park_sources.csv does not let `{source}` speak for it"));
    }
}

/// What the area covers, and in brackets which wider thing.
fn scope(row: &Row) -> (Option<AreaScope>, Option<String>) {
    let cell = row.get("area_scope");
    match cell.strip_suffix(')').and_then(|cell| cell.split_once(" (")) {
        Some((scope, name)) => (row.parse("area_scope", scope), Some(name.to_owned())),
        None => (row.word("area_scope"), None),
    }
}

fn length(row: &Row) -> Option<Fact> {
    let value = row.optional("length_km")?;
    row.number("length_km", 0.01..=1000.0);
    Some(Fact::plain(FactKind::Length, value, Vec::new()))
}

fn opened(row: &Row, speakers: &Speakers) -> Option<Fact> {
    Some(Fact::plain(FactKind::Opened, row.date("opened")?, speakers.of("opened")))
}
