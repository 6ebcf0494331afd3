//! What a person keeps of parks for themselves: favourites, notes, the stamps of the passport. No
//! wire form holds any of it. It leaves the phone in one way only: in a file that the person saves,
//! whose entries are the records of the phone's storage.

use core::cmp::Reverse;

use serde::Serialize;

use crate::{
    sealed::{STAMP, WHOLE32},
    stamp::Stamp,
    strict::{Form, Object, TEXT, YES_NO},
    wire::Fault,
};

/// The most characters of a note.
pub const NOTE_MAX: usize = 2_000;
/// The most characters of a park's id.
const ID_MAX: usize = 100;
/// The most characters of a park's name.
const NAME_MAX: usize = 200;
/// Bytes of the largest file that is read in.
pub const FILE_BYTES: u32 = 8 * 1024 * 1024;
/// The type of the file.
pub const MEDIA: &str = "application/json";

/// What the file says that it is.
const WHAT: &str = "poshang.mine";
/// The form of the file. A later form has another number.
const FORM: u64 = 1;

/// What a person keeps of one park.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mine {
    /// The id of the park in the pack.
    pub id: String,
    /// Its Chinese name when something of it was last kept: a later pack may not list it any more.
    pub name: String,
    /// The person wants it at hand.
    pub favourite: bool,
    /// What they wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Notes whose place a newer one took that was written elsewhere, newest first: in another tab,
    /// or on the phone that a file came from. None goes unless the person says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Note>,
    /// The stamps of the passport, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<Visit>,
}

/// A note as it was typed: [`NOTE_MAX`] characters at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Its words.
    pub text: String,
    /// When it was last changed.
    pub at: Stamp,
}

/// One stamp of the passport. The position that it was made by is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// When, by the phone's clock.
    pub at: Stamp,
    /// How it was made.
    #[serde(flatten)]
    pub how: How,
}

/// How a stamp was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum How {
    /// The phone was at the park.
    Position {
        /// Radius of 95 % confidence, metres.
        accuracy_m: u32,
    },
    /// The person said so.
    Hand,
}

/// The file.
#[derive(Serialize)]
struct File<'a> {
    what: &'static str,
    form: u64,
    saved_at: Stamp,
    parks: &'a [Mine],
}

impl Mine {
    /// Nothing of this park yet.
    pub fn new(id: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            favourite: false,
            note: None,
            earlier: Vec::new(),
            visits: Vec::new(),
        }
    }

    /// Reads a record of the storage.
    pub fn read(text: &str) -> Result<Self, Fault> {
        park(&Object::read(text, "")?)
    }

    /// The record, as the storage and the file have it.
    pub fn to_json(&self) -> String {
        // Texts, numbers and lists: serialising them has no way to fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Is there nothing to keep?
    pub fn is_empty(&self) -> bool {
        let no_words = self.note.is_none() && self.earlier.is_empty();
        !self.favourite && no_words && self.visits.is_empty()
    }

    /// The person changed the note; without a word in it there is none. `before`: what it was when
    /// they began. If another one stands here by now it was written elsewhere, and stays as an
    /// earlier note.
    pub fn write(&mut self, before: &str, text: &str, at: Stamp) {
        let here = self.note.take();
        let elsewhere = here.filter(|it| it.text != before && it.text != text);
        self.earlier.extend(elsewhere);
        let words = !text.trim().is_empty();
        self.note = words.then(|| Note { text: text.to_owned(), at });
        self.tidy();
    }

    /// Stamps the passport. One stamp a day is enough: one by position takes the place of one by
    /// hand, and otherwise the first of the day stays. Tells whether there is a new one.
    pub fn stamp(&mut self, visit: Visit) -> bool {
        let weaker = |it: &Visit| it.how == How::Hand && visit.how != How::Hand;
        if self.of_the_day(visit.at).any(|it| !weaker(it)) {
            return false;
        }
        self.visits.retain(|it| day(it.at) != day(visit.at));
        self.visits.push(visit);
        self.tidy();
        true
    }

    /// The stamps of a day.
    pub fn of_the_day(&self, at: Stamp) -> impl Iterator<Item = &Visit> {
        self.visits.iter().filter(move |it| day(it.at) == day(at))
    }

    /// Takes in what was kept elsewhere of the same park. The newer note stands, the older one is an
    /// earlier note; nothing of either is lost, and the order of taking in does not matter.
    pub fn merge(&mut self, other: Self) {
        self.favourite |= other.favourite;
        let mut notes: Vec<Note> = self.note.take().into_iter().chain(other.note).collect();
        notes.sort_by(|a, b| (a.at.unix_ms, &a.text).cmp(&(b.at.unix_ms, &b.text)));
        self.note = notes.pop();
        self.earlier.extend(notes.into_iter().chain(other.earlier));
        self.visits.extend(other.visits);
        self.tidy();
    }

    /// Newest first, and nothing twice. An earlier note whose words all stand in another one is not
    /// lost without it.
    fn tidy(&mut self) {
        self.visits.sort_by_key(|it| (Reverse(it.at.unix_ms), it.how == How::Hand));
        self.visits.dedup();
        let mut earlier = core::mem::take(&mut self.earlier);
        let order = |a: &Note, b: &Note| (b.at.unix_ms, &b.text).cmp(&(a.at.unix_ms, &a.text));
        earlier.sort_by(order);
        earlier.sort_by_key(|it| Reverse(it.text.trim().len()));
        for note in earlier {
            let words = note.text.trim();
            let said = self.note.iter().chain(&self.earlier).any(|it| it.text.contains(words));
            if !said && !words.is_empty() {
                self.earlier.push(note);
            }
        }
        self.earlier.sort_by(order);
    }
}

/// The day of a moment in the zone of its clock, `2026-11-26`.
pub fn day(at: Stamp) -> String {
    at.to_string().chars().take(10).collect()
}

/// The file that a person keeps: every record, and when it was saved.
pub fn file(parks: &[Mine], saved_at: Stamp) -> String {
    let file = File { what: WHAT, form: FORM, saved_at, parks };
    // Texts, numbers and lists: serialising them has no way to fail.
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// Reads such a file: all of it, or the first field that is wrong. Members that it does not name are
/// left alone.
pub fn read_file(text: &str) -> Result<Vec<Mine>, Fault> {
    // Some editors put a mark before the first letter.
    let file = Object::read(text.trim_start_matches('\u{feff}'), "")?;
    file.need("what", &Form { expected: "expected poshang.mine", read: of_ours })?;
    file.need("form", &Form { expected: "expected 1, the only form so far", read: known })?;
    let list = file.list("parks")?;
    let list =
        list.ok_or_else(|| Fault::malformed(file.pointer("parks"), "this member is missing"))?;
    let mut parks: Vec<Mine> = Vec::new();
    for (at, raw) in list {
        let read = park(&Object::read(raw, at)?)?;
        match parks.iter_mut().find(|it| it.id == read.id) {
            Some(known) => known.merge(read),
            None => parks.push(read),
        }
    }
    Ok(parks)
}

fn park(object: &Object<'_>) -> Result<Mine, Fault> {
    let mut mine = Mine {
        id: object.need("id", &ID)?,
        name: object.need("name", &TEXT)?,
        favourite: object.may("favourite", &YES_NO)?.unwrap_or_default(),
        note: object.object("note")?.map(|it| note(&it)).transpose()?,
        earlier: each(object, "earlier", note)?,
        visits: each(object, "visits", visit)?,
    };
    object.words("name", NAME_MAX)?;
    mine.tidy();
    Ok(mine)
}

fn each<T>(
    object: &Object<'_>,
    name: &str,
    read: fn(&Object<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let list = object.list(name)?.unwrap_or_default();
    list.into_iter().map(|(at, raw)| read(&Object::read(raw, at)?)).collect()
}

fn note(object: &Object<'_>) -> Result<Note, Fault> {
    let text = object.need("text", &TEXT)?;
    object.words("text", NOTE_MAX)?;
    Ok(Note { text, at: object.need("at", &STAMP)? })
}

fn visit(object: &Object<'_>) -> Result<Visit, Fault> {
    let at = object.need("at", &STAMP)?;
    let how = object.need("how", &Form { expected: "expected position or hand", read: how })?;
    let how = match how {
        How::Position { .. } => How::Position { accuracy_m: object.need("accuracy_m", &WHOLE32)? },
        How::Hand => How::Hand,
    };
    Ok(Visit { at, how })
}

fn how(raw: &str) -> Option<How> {
    match (TEXT.read)(raw)?.as_str() {
        "position" => Some(How::Position { accuracy_m: 0 }),
        "hand" => Some(How::Hand),
        _ => None,
    }
}

fn of_ours(raw: &str) -> Option<()> {
    ((TEXT.read)(raw)? == WHAT).then_some(())
}

fn known(raw: &str) -> Option<()> {
    (raw == FORM.to_string()).then_some(())
}

/// It stands in the address of the park's page.
const ID: Form<String> = Form {
    expected: "expected the id of a park: letters a-z and A-Z, digits, - and _, at most 100",
    read: |raw| {
        let sign = |it: u8| it.is_ascii_alphanumeric() || b"-_".contains(&it);
        (TEXT.read)(raw).filter(|it| (1..=ID_MAX).contains(&it.len()) && it.bytes().all(sign))
    },
};

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EIGHT: i16 = 480;
    const DAY_MS: i64 = 86_400_000;

    fn at(ms: i64) -> Stamp {
        Stamp::local(1_795_400_000_000 + ms, EIGHT)
    }

    fn mine(note: Option<(&str, i64)>) -> Mine {
        let note = note.map(|(text, ms)| Note { text: text.into(), at: at(ms) });
        Mine { note, ..Mine::new("JLP-001", "彩云湖国家湿地公园") }
    }

    fn texts(mine: &Mine) -> Vec<&str> {
        mine.note.iter().chain(&mine.earlier).map(|it| it.text.as_str()).collect()
    }

    fn by_hand(ms: i64) -> Visit {
        Visit { at: at(ms), how: How::Hand }
    }

    fn by_position(ms: i64) -> Visit {
        Visit { at: at(ms), how: How::Position { accuracy_m: 20 } }
    }

    /// Everything that a record may hold, out of few words, so that the same ones meet.
    fn any_mine() -> impl Strategy<Value = Mine> {
        let note = ("(东门|东门的亭子|傍晚凉快| ){0,2}", 0_i64..4)
            .prop_map(|(text, ms)| Note { text, at: at(ms) })
            .prop_filter("a note has words", |it| !it.text.trim().is_empty());
        let visit = (0_i64..4, any::<bool>())
            .prop_map(|(ms, hand)| if hand { by_hand(ms) } else { by_position(ms) });
        let earlier = prop::collection::vec(note.clone(), 0..3);
        let visits = prop::collection::vec(visit, 0..4);
        (any::<bool>(), prop::option::of(note), earlier, visits).prop_map(
            |(favourite, note, earlier, visits)| {
                let mut mine = Mine { favourite, note, earlier, visits, ..mine(None) };
                mine.tidy();
                mine
            },
        )
    }

    proptest! {
        #[test]
        fn whatever_is_taken_in_loses_nothing_and_nothing_comes_twice(
            a in any_mine(), b in any_mine(), c in any_mine(),
        ) {
            let merged = |one: &Mine, other: &Mine| {
                let mut one = one.clone();
                one.merge(other.clone());
                one
            };
            let ab = merged(&a, &b);
            prop_assert_eq!(ab.favourite, a.favourite || b.favourite);
            for text in texts(&a).into_iter().chain(texts(&b)) {
                let words = text.trim();
                prop_assert!(texts(&ab).iter().any(|it| it.contains(words)), "{} is lost", words);
            }
            prop_assert!(a.visits.iter().chain(&b.visits).all(|it| ab.visits.contains(it)));
            prop_assert_eq!(&merged(&ab, &b), &ab, "the same file again");
            prop_assert_eq!(&merged(&b, &a), &ab);
            prop_assert_eq!(merged(&ab, &c).visits, merged(&a, &merged(&b, &c)).visits);
            prop_assert_eq!(merged(&ab, &c).note, merged(&a, &merged(&b, &c)).note);
        }

        #[test]
        fn what_is_kept_is_read_again_as_it_was(one in any_mine()) {
            prop_assert_eq!(Mine::read(&one.to_json()), Ok(one.clone()));
            prop_assert_eq!(read_file(&file(core::slice::from_ref(&one), at(9))), Ok(vec![one]));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,200}") {
            let _ = read_file(&text);
        }
    }

    #[test]
    fn the_newer_note_stands_and_the_older_one_stays_beside_it() {
        let mut here = mine(Some(("东门的亭子", 1)));
        here.merge(mine(Some(("傍晚凉快", 2))));
        assert_eq!(texts(&here), ["傍晚凉快", "东门的亭子"]);
        // An older state of the same note is no second note.
        here.merge(mine(Some(("傍晚", 0))));
        assert_eq!(texts(&here), ["傍晚凉快", "东门的亭子"]);
    }

    #[test]
    fn a_note_that_another_tab_wrote_meanwhile_is_kept_beside_the_one_typed_here() {
        let mut here = mine(Some(("东门", 1)));
        here.write("东门", "东门的亭子", at(2));
        assert_eq!(texts(&here), ["东门的亭子"]);
        here.write("东门", "傍晚凉快", at(3));
        assert_eq!(texts(&here), ["傍晚凉快", "东门的亭子"]);
        // The same step again, when the browser broke it off and nobody was told.
        here.write("东门", "傍晚凉快", at(3));
        assert_eq!(texts(&here), ["傍晚凉快", "东门的亭子"]);
        here.write("傍晚凉快", " \n", at(4));
        assert_eq!((here.note.as_ref(), here.earlier.len()), (None, 1));
        assert!(!here.is_empty());
    }

    #[test]
    fn one_stamp_a_day_is_enough_and_one_by_position_takes_the_place_of_one_by_hand() {
        let mut here = mine(None);
        assert!(here.stamp(by_hand(0)));
        assert!(!here.stamp(by_hand(60_000)));
        assert!(here.stamp(by_position(120_000)));
        assert!(!here.stamp(by_hand(180_000)) && !here.stamp(by_position(240_000)));
        assert!(here.stamp(by_hand(DAY_MS)));
        assert_eq!(here.visits, [by_hand(DAY_MS), by_position(120_000)]);
    }

    #[test]
    fn the_day_of_a_stamp_is_that_of_the_phones_own_zone() {
        // 23:30 and 00:30 in Chongqing are one day in UTC.
        let late = Stamp::local(1_795_361_400_000, EIGHT);
        let early = Stamp::local(late.unix_ms + 3_600_000, EIGHT);
        assert_ne!(day(late), day(early));
        let mut here = mine(None);
        assert!(here.stamp(Visit { at: late, how: How::Hand }));
        assert!(here.stamp(Visit { at: early, how: How::Hand }));
    }

    const GOOD: &str = r#"{"what":"poshang.mine","form":1,"saved_at":"2026-11-26T12:00:00.000+08:00",
        "parks":[{"id":"JLP-001","name":"一个公园","favourite":true,"later":{},
        "note":{"text":"东门","at":"2026-11-26T12:00:00.000+08:00"},
        "visits":[{"at":"2026-11-26T12:00:00.000+08:00","how":"position","accuracy_m":20},
        {"at":"2026-11-25T12:00:00.000+08:00","how":"hand"}]}]}"#;

    #[test]
    fn a_file_that_is_wrong_is_refused_with_the_field_that_is_wrong() {
        let field = |text: &str| read_file(text).map_err(|fault| fault.field);
        assert!(field(GOOD).is_ok() && field(&format!("\u{feff}{GOOD}")).is_ok());
        let wrong = [
            ("poshang.mine", "other", "/what"),
            (r#""form":1"#, r#""form":2"#, "/form"),
            (r#""parks""#, r#""places""#, "/parks"),
            ("JLP-001", "../me", "/parks/0/id"),
            ("JLP-001", "", "/parks/0/id"),
            (r#""name""#, r#""title""#, "/parks/0/name"),
            ("true", "1", "/parks/0/favourite"),
            (r#""text":"东门""#, r#""text":7"#, "/parks/0/note/text"),
            (r#"门","at":"2026"#, r#"门","at":"26"#, "/parks/0/note/at"),
            ("\"position\"", "\"satellite\"", "/parks/0/visits/0/how"),
            ("20}", "-1}", "/parks/0/visits/0/accuracy_m"),
            (r#""accuracy_m":20"#, r#""accuracy":20"#, "/parks/0/visits/0/accuracy_m"),
            ("2026-11-25", "2026-11-31", "/parks/0/visits/1/at"),
            (r#""favourite""#, r#""name":"x","favourite""#, "/parks/0/name"),
        ];
        for (from, to, at) in wrong {
            assert_eq!(field(&GOOD.replacen(from, to, 1)).err().as_deref(), Some(at), "{to}");
        }
        let long = |from: &str, limit: usize| GOOD.replacen(from, &"长".repeat(limit + 1), 1);
        assert_eq!(field(&long("东门", NOTE_MAX)), Err("/parks/0/note/text".into()));
        assert_eq!(field(&long("一个公园", NAME_MAX)), Err("/parks/0/name".into()));
        for text in ["", "[]", "<html>", &GOOD[..GOOD.len() / 2]] {
            assert_eq!(field(text), Err(String::new()), "{text}");
        }
    }

    #[test]
    fn a_park_that_stands_twice_in_a_file_is_one() {
        let twice = GOOD.replacen(
            r#""parks":["#,
            r#""parks":[{"id":"JLP-001","name":"一个公园","visits":[{"at":"2020-01-01T12:00:00.000+08:00","how":"hand"}]},"#,
            1,
        );
        let read = read_file(&twice).unwrap();
        let [one] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!((one.visits.len(), one.favourite), (3, true));
    }
}
