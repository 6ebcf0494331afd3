//! A sealed report becomes a draft again: for a next revision of it, or when it is taken back.

use std::collections::BTreeMap;

use model::{
    ask::Answer,
    hex::Digest,
    report::{AreaKind, ConsentTo, PlaceHow, YesNo},
    sealed::{BlobEntry, Role},
    stamp::Stamp,
};
use outbox::{Delivery, Row};
use serde::{Deserialize, Deserializer};

use super::{
    draft::{Agreed, Danger, Draft, Here, Issue, Moment, Photo, Voice},
    known::or_default,
    place::{DraftPlace, Level},
    step::Step,
};

/// As much of a sealed report as a draft holds.
#[derive(Deserialize)]
struct Said {
    body: Body,
}

#[derive(Deserialize)]
struct Body {
    /// Missing: not asked; null: the person did not know.
    #[serde(default, deserialize_with = "asked")]
    issue: Option<Issue>,
    #[serde(default, deserialize_with = "or_default")]
    area_kind: Option<AreaKind>,
    #[serde(default)]
    answers: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    words: String,
    #[serde(default)]
    place: PlaceSaid,
    #[serde(default, deserialize_with = "or_default")]
    escalation: Option<DangerSaid>,
    #[serde(default, deserialize_with = "or_default")]
    again: Option<AgainSaid>,
    #[serde(default)]
    private: bool,
    #[serde(default)]
    consents: Vec<ConsentSaid>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PlaceSaid {
    how: Vec<String>,
    park: Option<String>,
    project: Option<String>,
    plate: Option<String>,
    sub_district: Option<String>,
    community: Option<String>,
    words: String,
    #[serde(deserialize_with = "or_default")]
    vertical: VerticalSaid,
    fixes: Vec<FixSaid>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct VerticalSaid {
    words: String,
    #[serde(flatten)]
    level: Level,
}

#[derive(Deserialize)]
struct FixSaid {
    lat: f64,
    lon: f64,
    #[serde(default)]
    accuracy_m: u32,
    at: Stamp,
}

#[derive(Deserialize)]
struct DangerSaid {
    asked: String,
    answer: YesNo,
    #[serde(default)]
    called: Option<String>,
}

#[derive(Deserialize)]
struct AgainSaid {
    of: String,
}

#[derive(Deserialize)]
struct ConsentSaid {
    what: String,
    version: String,
    text_sha256: Digest,
    at: Stamp,
}

/// A draft with everything that was said, at the look over. A photo that the row was refused for is
/// left out, and the draft begins where a new one is taken; so are all photos that this phone let go.
/// `None`: the words are not here any more.
pub(crate) fn to_draft(row: &Row, now_ms: i64) -> Option<Draft> {
    let Said { body } = serde_json::from_str(&row.sealed).ok()?;
    let fixes: Vec<Here> = body.place.fixes.iter().map(here).collect();
    let place = place(body.place);
    let refused = refused_photo(row);
    let kept =
        row.blobs.iter().enumerate().filter(|(at, _)| row.is_whole() && Some(*at) != refused);
    let kept: Vec<&BlobEntry> = kept.map(|(_, entry)| entry).collect();
    let photos = kept.iter().filter_map(|entry| photo(entry, &fixes)).collect();
    let mut draft = Draft::default();
    (draft.touched_ms, draft.reviewed) = (now_ms, true);
    draft.step = if refused.is_some() { Step::Photo } else { Step::Check };
    (draft.photos, draft.place, draft.issue) = (photos, place, body.issue);
    draft.danger =
        body.escalation.map(|it| Danger { asked: it.asked, answer: it.answer, called: it.called });
    draft.voice = kept.into_iter().find_map(voice);
    draft.area = body.area_kind;
    let answers = body.answers.into_iter();
    let plain = |value| serde_json::from_value::<Answer>(value).ok();
    draft.answers = answers.filter_map(|(id, value)| Some((id, plain(value)?))).collect();
    draft.words = body.words;
    draft.private = body.private;
    draft.again = body.again.and_then(|it| it.of.parse().ok());
    draft.pass_on = agreed(&body.consents, ConsentTo::PassOn);
    draft.photo_people = agreed(&body.consents, ConsentTo::PhotoPeople);
    Some(draft)
}

fn agreed(consents: &[ConsentSaid], to: ConsentTo) -> Option<Agreed> {
    let given = consents.iter().find(|it| it.what == to.as_str())?;
    let version = given.version.clone();
    Some(Agreed { version, text_sha256: given.text_sha256, at: given.at })
}

fn place(said: PlaceSaid) -> DraftPlace {
    // Without it the positions are those of photos.
    let is_place = said.how.iter().any(|it| it == PlaceHow::Fix.as_str());
    let here = said.fixes.first().filter(|_| is_place).map(here);
    let mut place = DraftPlace {
        park: said.park,
        project: said.project,
        plate: said.plate,
        sub_district: said.sub_district,
        community: said.community,
        here,
        unknown: false,
        words: said.words,
        level: said.vertical.level,
        floor_words: said.vertical.words,
    };
    place.unknown = !place.is_said();
    place
}

fn here(fix: &FixSaid) -> Here {
    Here { lat: fix.lat, lon: fix.lon, accuracy_m: fix.accuracy_m, at: fix.at }
}

fn voice(entry: &BlobEntry) -> Option<Voice> {
    (entry.role == Role::Voice).then(|| Voice {
        sha256: entry.sha256,
        len: entry.len,
        media: entry.media,
        seconds: entry.seconds.unwrap_or_default(),
        taken: taken(entry),
    })
}

fn taken(entry: &BlobEntry) -> Option<Moment> {
    let taken = entry.taken_at.zip(entry.mono_ms).zip(entry.boot);
    taken.map(|((at, mono_ms), boot)| Moment { at, mono_ms, boot })
}

fn photo(entry: &BlobEntry, fixes: &[Here]) -> Option<Photo> {
    (entry.role == Role::Photo).then(|| Photo {
        sha256: entry.sha256,
        len: entry.len,
        width: entry.width.unwrap_or_default(),
        height: entry.height.unwrap_or_default(),
        taken: taken(entry),
        boxes: Vec::new(),
        under: None,
        covered: entry.covered.unwrap_or_default(),
        fix: entry.fix.and_then(|nth| fixes.get(usize::try_from(nth).ok()?)).copied(),
    })
}

/// Which photo a person is asked to take anew, from 0.
fn refused_photo(row: &Row) -> Option<usize> {
    let Delivery::NeedsYou(refusal) = &row.delivery else { return None };
    let rest = refusal.field.strip_prefix("/sealed/blobs/")?;
    rest.split('/').next()?.parse().ok()
}

/// A member that is there, null or not.
fn asked<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Issue>, D::Error> {
    let known = Option::<String>::deserialize(from)?;
    Ok(Some(known.map_or(Issue::Unknown, Issue::Kind)))
}

#[cfg(test)]
mod tests {
    use model::report::{Road, Viaduct};
    use outbox::row::{Refusal, RefusalWhy};

    use super::*;
    use crate::capture::{
        place::Spot,
        sealing::tests::{full, photo_at, row_of, said},
    };

    /// What a person can still change is all there; where they were in the questions is not.
    fn at_the_look_over(mut draft: Draft) -> Draft {
        (draft.touched_ms, draft.step, draft.reviewed, draft.group) = (7, Step::Check, true, None);
        draft
    }

    #[test]
    fn what_was_sealed_comes_back_word_for_word() {
        let mut unsure = Draft::default();
        unsure.choose(Issue::Unknown);
        unsure.place.unknown = true;
        unsure.words = "从车站下来左手边".into();
        let mut bare = Draft::at_park("JLP-001".into());
        bare.private = true;
        let at = |lat| Here { lat, ..full().place.here.unwrap() };
        let mut photographed = full();
        photographed.photos = vec![photo_at(b"one", Some(at(29.51))), photo_at(b"two", None)];
        photographed.voice = Some(said());
        let mut no_place = photographed.clone();
        no_place.place.here = None;
        let mut high = full();
        high.place.level = Level::counted(Spot::Stairs, Some(Road::Lower), Some(-2));
        let mut plate = full();
        plate.place.choose_project("R-01".into());
        plate.place.plate = Some("D-17".into());
        let mut under = full();
        under.place.level = Level::at_viaduct(Viaduct::Under);
        under.place.floor_words.clear();
        for draft in [full(), unsure, bare, photographed, no_place, high, plate, under] {
            let again = to_draft(&row_of(&draft), 7);
            assert_eq!(again, Some(at_the_look_over(draft)));
        }
    }

    /// A newer page on another phone seals a road and a viaduct that nobody here has heard of, and
    /// its rescue file is read in. All the rest of the report has to come back.
    #[test]
    fn a_word_that_only_a_later_version_knows_costs_its_own_answer_and_nothing_else() {
        let mut draft = full();
        draft.place.level = Level::counted(Spot::House, Some(Road::Upper), Some(3));
        draft.area = Some(AreaKind::Street);
        let mut row = row_of(&draft);
        for (known, later) in [
            ("upper_road", "sky_road"),
            (r#""basement":false"#, r#""basement":false,"viaduct":"inside""#),
            (r#""area_kind":"street""#, r#""area_kind":"island""#),
            (r#""answer":"yes""#, r#""answer":"perhaps""#),
        ] {
            assert!(row.sealed.contains(known), "{known}");
            row.sealed = row.sealed.replace(known, later);
        }
        (draft.place.level.from, draft.area, draft.danger) = (None, None, None);
        assert_eq!(to_draft(&row, 7), Some(at_the_look_over(draft)));
    }

    #[test]
    fn a_refused_photo_is_left_out_and_asked_for_again() {
        let mut draft = full();
        draft.photos = vec![photo_at(b"one", None), photo_at(b"two", None)];
        let mut row = row_of(&draft);
        let field = "/sealed/blobs/0".to_owned();
        let refusal = Refusal { why: RefusalWhy::DamagedHere, field, limit: None };
        row.delivery = Delivery::NeedsYou(refusal);
        let again = to_draft(&row, 7).expect("the words are here");
        assert_eq!((again.step, again.photos), (Step::Photo, vec![photo_at(b"two", None)]));
    }

    #[test]
    fn of_a_remainder_there_is_nothing_to_take_up() {
        let row = Row { sealed: String::new(), ..row_of(&full()) };
        assert_eq!(to_draft(&row, 7), None);
    }
}
