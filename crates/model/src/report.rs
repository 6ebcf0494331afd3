//! What a report says: the body of kind `report`, schema 1.
//!
//! Complete from the first day, though the first screens fill only some of it: sealed bytes never
//! change and are read for years. A missing field means "not asked", which is different from an
//! empty answer. Every length counts Unicode scalar values.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    ask::{ANSWER_WORDS_MAX, ANSWERS_MAX, Answer},
    contact, contribution,
    hex::{Digest, PackId},
    ids::ReportId,
    sealed::{Kind, STAMP, Sealed, UnknownWord, WHOLE32, word_type},
    stamp::Stamp,
    strict::{Form, NUMBER, Object, TEXT, YES_NO, parsed},
    wire::Fault,
};

/// The most characters of [`Report::words`].
pub const WORDS_MAX: usize = 4_000;
/// The most characters of [`Place::words`].
pub const PLACE_WORDS_MAX: usize = 200;
/// The most characters of [`Vertical::words`].
pub const VERTICAL_WORDS_MAX: usize = 60;
/// The lowest floor of [`Vertical::floor`].
pub const FLOOR_MIN: i8 = -5;
/// The highest floor of [`Vertical::floor`].
pub const FLOOR_MAX: i8 = 60;
/// The most flights down of [`Vertical::flights`].
pub const FLIGHTS_MIN: i8 = -40;
/// The most flights up of [`Vertical::flights`].
pub const FLIGHTS_MAX: i8 = 40;
/// The most positions of one report: one for each photo and one for the place.
pub const FIXES_MAX: usize = 13;

/// The body of a report.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The pack that kinds and places below are taken from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<PackId>,
    /// Language of the screens, `zh-CN` or `en`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Leaf of the taxonomy; `Some(None)`: asked, and the person did not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<Option<String>>,
    /// Which of the four old kinds of area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_kind: Option<Option<AreaKind>>,
    /// As typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Answers to the kind's questions, by question id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Answer>,
    /// What was asked about danger, and the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalated>,
    /// An earlier report of the same thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    /// Never in any public figure below a community.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private: Option<bool>,
    /// Each asked for by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    /// What kind of page wrote it; nothing that identifies a person or a phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<Client>,
}

word_type!(
    /// The four old kinds of area. They sort, they never forbid.
    AreaKind {
        /// 老旧小区
        Residential = "residential",
        /// 老旧厂区
        Industrial = "industrial",
        /// 老旧商业区
        Commercial = "commercial",
        /// 老旧街区
        Street = "street",
    }
);

word_type!(
    /// A way in which the place was said.
    PlaceHow {
        /// A park of the pack.
        Park = "park",
        /// A renewal project of the pack.
        Project = "project",
        /// A community from the list.
        Community = "community",
        /// A QR plate.
        Plate = "plate",
        /// The phone's position.
        Fix = "fix",
        /// A point picked on the map.
        Map = "map",
        /// Words.
        Words = "words",
    }
);

/// Where something is broken.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Place {
    /// What was used; at least one.
    pub how: Vec<PlaceHow>,
    /// Id of a park.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub park: Option<String>,
    /// Id of a project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Code of a plate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plate: Option<String>,
    /// Nine digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_district: Option<String>,
    /// Twelve digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub community: Option<String>,
    /// Landmark, building, stairwell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Above or below which road, which floor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertical: Option<Vertical>,
    /// Raw, unrounded, private.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
    /// Outside the district line, or in a town that another body runs; `Some(None)`: inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside: Option<Option<Outside>>,
}

word_type!(
    /// Where a place lies that this district does not run.
    Outside {
        /// Beyond the district line.
        District = "district",
        /// In one of the towns run by 重庆高新区.
        Gaoxin = "gaoxin",
    }
);

/// The vertical address of a city on a slope.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Vertical {
    /// From which road floors and flights are counted; with neither of them, the road that the place
    /// is at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Road>,
    /// [`FLOOR_MIN`] to [`FLOOR_MAX`] without 0; 1 is the level of that road's entrance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<i8>,
    /// [`FLIGHTS_MIN`] to [`FLIGHTS_MAX`] without 0, counted from that road; up is positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flights: Option<i8>,
    /// In a basement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basement: Option<bool>,
    /// Over or under a viaduct.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viaduct: Option<Viaduct>,
    /// In the person's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

word_type!(
    /// A slope has a street at its foot and one at its head.
    Road {
        /// 下面马路
        Lower = "lower_road",
        /// 上面马路
        Upper = "upper_road",
        /// The person cannot say.
        Unknown = "unknown",
    }
);

word_type!(
    /// Where a place stands to a viaduct.
    Viaduct {
        /// On it.
        Over = "over",
        /// Below it.
        Under = "under",
        /// There is none.
        None = "none",
    }
);

/// A position as the phone, the map or a person gave it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fix {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Always `WGS84`.
    pub datum: FixDatum,
    /// Radius of 95 % confidence as the browser gives it, metres, rounded up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<u32>,
    /// Who gave it.
    pub source: FixSource,
    /// When.
    pub at: Stamp,
}

word_type!(
    /// The one datum of a report.
    FixDatum {
        /// World Geodetic System 1984.
        Wgs84 = "WGS84",
    }
);

word_type!(
    /// Who gave a position.
    FixSource {
        /// The phone's receiver.
        Device = "device",
        /// A point picked on the map.
        Map = "map",
        /// Typed figures.
        Typed = "typed",
    }
);

/// What was asked about danger.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Escalated {
    /// The leaf whose question or panel was shown.
    pub asked: String,
    /// The answer.
    pub answer: YesNo,
    /// The number that was tapped, if any.
    pub called: Option<String>,
}

word_type!(
    /// An answer.
    YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
);

/// Points at an earlier report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Again {
    /// Item id or case number.
    pub of: String,
    /// How this one belongs to it.
    pub how: AgainHow,
}

word_type!(
    /// How a report belongs to an earlier one.
    AgainHow {
        /// The same thing, again or still.
        Same = "same",
        /// The work must be done again.
        Redo = "redo",
        /// Something near it.
        Near = "near",
    }
);

/// A consent as it was given: to which text, when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Consent {
    /// To what.
    pub what: ConsentTo,
    /// Version of the text.
    pub version: String,
    /// Digest of the text as it was shown.
    pub text_sha256: Digest,
    /// When.
    pub at: Stamp,
}

word_type!(
    /// What a person can consent to, each by itself.
    ConsentTo {
        /// People can be seen on a photo.
        PhotoPeople = "photo_people",
        /// The report may be passed on to whoever can mend it.
        PassOn = "pass_on",
        /// The report may be shown in public.
        Publish = "publish",
        /// A confirmed position may be published under ODbL.
        PositionOdbl = "position_odbl",
    }
);

/// What kind of page wrote a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Client {
    /// Version of the app.
    pub app: String,
    /// Family and major version: `Chromium 156`.
    pub browser: String,
    /// The main pointer is a finger.
    pub touch: bool,
    /// 长辈版 was on.
    pub elder_edition: bool,
    /// There was no network when it was sealed.
    pub offline_at_seal: bool,
}

/// The body of a withdrawal that is an item of its own: a report is taken back with all that was
/// sealed about it, or a contact alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Withdraw {
    /// The report, or the contact.
    pub of: ReportId,
}

/// The empty body of a withdrawal that stands in the place of a revision: that revision was taken
/// back before it was sent, and earlier ones stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TakenBack {}

/// Checks the body of a kind that this version knows.
pub(crate) fn check_body(sealed: &Sealed) -> Result<(), Fault> {
    let body = Object::read(sealed.body.get(), "/sealed/body")?;
    match sealed.kind {
        Kind::Report => check_report(&body),
        Kind::Contact => contact::check(sealed, &body),
        Kind::Contribution => contribution::check(sealed, &body),
        Kind::Withdraw => body.may("of", &REPORT).map(drop),
        _ => Ok(()),
    }
}

/// The leaf a report names, for whoever wants to mark one that is not in the taxonomy.
pub fn issue_of(sealed: &Sealed) -> Option<String> {
    let body = Object::read(sealed.body.get(), "/sealed/body").ok()?;
    body.may("issue", &TEXT).ok().flatten()
}

fn word<T: core::str::FromStr<Err = UnknownWord>>() -> Form<T> {
    parsed("not one of the words allowed here")
}

const ANSWER: Form<Answer> = Form {
    expected: "expected true, false, a whole number or a text",
    read: |raw| serde_json::from_str(raw).ok(),
};
pub(crate) const REPORT: Form<ReportId> = parsed("expected the id of a report");
const PACK: Form<PackId> = parsed("expected 16 lower-case hex digits");
const TEXT_DIGEST: Form<Digest> = parsed("expected 64 lower-case hex digits");

fn check_report(body: &Object<'_>) -> Result<(), Fault> {
    body.may("pack", &PACK)?;
    body.words("lang", 35)?;
    body.words("issue", 80)?;
    body.may::<AreaKind>("area_kind", &word())?;
    body.words("words", WORDS_MAX)?;
    if let Some(place) = body.object("place")? {
        check_place(&place)?;
    }
    if let Some(answers) = body.object("answers")? {
        check_answers(&answers)?;
    }
    if let Some(escalation) = body.object("escalation")? {
        escalation.need("asked", &TEXT)?;
        escalation.need::<YesNo>("answer", &word())?;
        escalation.words("called", 40)?;
    }
    if let Some(again) = body.object("again")? {
        again.need("of", &TEXT)?;
        again.need::<AgainHow>("how", &word())?;
    }
    body.may("private", &YES_NO)?;
    for (at, raw) in body.list("consents")?.unwrap_or_default() {
        let consent = Object::read(raw, at)?;
        consent.need::<ConsentTo>("what", &word())?;
        check_consent(&consent)?;
    }
    body.object("client")?;
    Ok(())
}

/// Whatever was asked: a question that this version does not know is no reason to refuse.
fn check_answers(answers: &Object<'_>) -> Result<(), Fault> {
    let ids = answers.names();
    if ids.len() > ANSWERS_MAX {
        return Err(Fault::too_large(answers.at(), ANSWERS_MAX as u64, "too many answers"));
    }
    for id in ids {
        answers.may(id, &ANSWER)?;
        if (TEXT.read)(answers.raw(id)?.unwrap_or_default()).is_some() {
            answers.words(id, ANSWER_WORDS_MAX)?;
        }
    }
    Ok(())
}

pub(crate) fn check_consent(consent: &Object<'_>) -> Result<(), Fault> {
    consent.need("version", &TEXT)?;
    consent.need("text_sha256", &TEXT_DIGEST)?;
    consent.need("at", &STAMP)?;
    Ok(())
}

fn check_place(place: &Object<'_>) -> Result<(), Fault> {
    let how = place.list("how")?.unwrap_or_default();
    if how.is_empty() {
        return Err(Fault::malformed(place.pointer("how"), "expected at least one way"));
    }
    for (at, raw) in how {
        let known = (TEXT.read)(raw).is_some_and(|it| it.parse::<PlaceHow>().is_ok());
        if !known {
            return Err(Fault::malformed(at, "not one of the words allowed here"));
        }
    }
    for name in ["park", "project", "plate"] {
        place.words(name, 80)?;
    }
    place.may("sub_district", &digits::<9>())?;
    place.may("community", &digits::<12>())?;
    place.words("words", PLACE_WORDS_MAX)?;
    place.may::<Outside>("outside", &word())?;
    if let Some(vertical) = place.object("vertical")? {
        check_vertical(&vertical)?;
    }
    let fixes = place.list("fixes")?.unwrap_or_default();
    if fixes.len() > FIXES_MAX {
        let at = place.pointer("fixes");
        return Err(Fault::too_large(at, FIXES_MAX as u64, "too many positions"));
    }
    fixes.into_iter().try_for_each(|(at, raw)| check_fix(&Object::read(raw, at)?))
}

fn check_vertical(vertical: &Object<'_>) -> Result<(), Fault> {
    let from = vertical.may::<Road>("from", &word())?;
    let floor = vertical.may("floor", &between::<FLOOR_MIN, FLOOR_MAX>())?;
    let flights = vertical.may("flights", &between::<FLIGHTS_MIN, FLIGHTS_MAX>())?;
    vertical.may("basement", &YES_NO)?;
    vertical.may::<Viaduct>("viaduct", &word())?;
    vertical.words("words", VERTICAL_WORDS_MAX)?;
    if from.is_none() && (floor.is_some() || flights.is_some()) {
        let why = "floors and flights need the road they are counted from";
        return Err(Fault::malformed(vertical.pointer("from"), why));
    }
    Ok(())
}

pub(crate) fn check_fix(fix: &Object<'_>) -> Result<(), Fault> {
    let in_range = |name: &str, limit: f64| match fix.need(name, &NUMBER)? {
        degrees if degrees.abs() <= limit => Ok(()),
        _ => Err(Fault::malformed(fix.pointer(name), "not a position on Earth, in degrees")),
    };
    in_range("lat", 90.0)?;
    in_range("lon", 180.0)?;
    fix.need::<FixDatum>("datum", &parsed("expected WGS84"))?;
    fix.may("accuracy_m", &WHOLE32)?;
    fix.need::<FixSource>("source", &word())?;
    fix.need("at", &STAMP)?;
    Ok(())
}

fn digits<const N: usize>() -> Form<String> {
    Form {
        expected: "expected digits, 9 for a sub-district and 12 for a community",
        read: |raw| {
            (TEXT.read)(raw).filter(|it| it.len() == N && it.bytes().all(|b| b.is_ascii_digit()))
        },
    }
}

fn between<const MIN: i8, const MAX: i8>() -> Form<i8> {
    Form {
        expected: "expected a whole number in its range, without 0",
        read: |raw| raw.parse().ok().filter(|n| *n != 0 && (MIN..=MAX).contains(n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(answers: &str) -> Result<(), (String, String)> {
        let body = format!(r#"{{"answers":{answers}}}"#);
        let body = Object::read(&body, "/sealed/body").unwrap();
        check_report(&body).map_err(|fault| (fault.field, fault.detail))
    }

    #[test]
    fn answers_to_questions_that_nobody_here_knows_are_taken() {
        assert_eq!(
            judged(r#"{"lamps_out":3,"of_next_year":"x","dark":true,"since":null}"#),
            Ok(())
        );
        assert_eq!(judged("{}"), Ok(()));
    }

    #[test]
    fn an_answer_that_is_no_plain_value_is_refused_with_its_question() {
        for bad in ["[1]", "{}", "1.5", "-1", "4294967296", "1e3"] {
            let (field, _) = judged(&format!(r#"{{"dark":{bad}}}"#)).unwrap_err();
            assert_eq!(field, "/sealed/body/answers/dark", "{bad}");
        }
        let (field, _) = judged(r#"{"dark":true,"dark":false}"#).unwrap_err();
        assert_eq!(field, "/sealed/body/answers/dark");
        let long = format!(r#"{{"dark":"{}"}}"#, "长".repeat(ANSWER_WORDS_MAX + 1));
        assert_eq!(judged(&long).unwrap_err().0, "/sealed/body/answers/dark");
        let many: Vec<_> = (0..=ANSWERS_MAX).map(|n| format!(r#""q{n}":true"#)).collect();
        assert_eq!(
            judged(&format!("{{{}}}", many.join(","))).unwrap_err().0,
            "/sealed/body/answers"
        );
    }
}
