//! Finding Chinese words by what people type: the characters, the pinyin, its first letters.
//!
//! The readings are made when the pack is built, so the page carries no table of pinyin. The
//! reading of a word has one part for each character, between spaces; a character that is read in
//! several ways has them between slashes: 重 is `zhong/chong`. What is no Chinese character stands
//! for itself, in small letters.

use std::{borrow::Cow, collections::BTreeSet};

use serde::{Deserialize, Serialize};

/// A word that is searched for, with its reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// As it is written.
    pub word: String,
    /// As it is read: `lu deng`.
    pub reading: String,
}

/// How well a word answers; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// It is what was typed.
    Whole,
    /// It begins so.
    Start,
    /// It holds what was typed.
    Inside,
    /// Not it, but something else that is said of the same thing.
    Beside,
}

/// What somebody typed, made ready to be held against many words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    plain: String,
    /// Which of a to z it is made of, if of nothing else: a bit each.
    letters: Option<u32>,
}

impl Typed {
    /// As it stands in the box.
    pub fn new(typed: &str) -> Self {
        let plain = plain(typed);
        let letters = plain.bytes().try_fold(0, |all, byte| Some(all | letter(byte)?));
        Self { plain, letters }
    }

    /// Was nothing typed?
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Letters beside characters.
    fn is_mixed(&self) -> bool {
        self.letters.is_none() && self.plain.bytes().any(|it| it.is_ascii_lowercase())
    }

    /// Was this typed before, and something behind it since? Then whatever answers to it answered
    /// before.
    pub fn goes_on(&self, before: &Self) -> bool {
        !before.is_empty() && self.plain.starts_with(&before.plain)
    }

    /// Does a text hold it? Of a text without spaces and capitals no copy is made.
    pub fn is_in(&self, text: &str) -> bool {
        !self.is_empty() && as_plain(text).contains(&self.plain)
    }

    /// May a word answer but for one slip? Of what was typed it lacks at most one letter or character.
    fn may_be_nearly(&self, word: &Spoken) -> bool {
        if let Some(letters) = self.letters {
            return (letters & !letters_of(&word.reading)).count_ones() <= 1;
        }
        let word = as_plain(&word.word);
        self.plain.chars().filter(|it| !word.contains(*it)).nth(1).is_none()
    }

    /// May a reading answer? It must hold every letter, and a part of it begin with the first.
    fn may_be_read_as(&self, reading: &str) -> bool {
        let (Some(letters), Some(first)) = (self.letters, self.plain.bytes().next()) else {
            return true;
        };
        let (mut there, mut begins, mut before) = (0, false, b' ');
        for byte in reading.bytes() {
            there |= letter(byte).unwrap_or_default();
            begins |= byte == first && matches!(before, b' ' | b'/');
            before = byte;
        }
        begins && letters & !there == 0
    }
}

/// Which small letters stand in a text, a bit each.
fn letters_of(text: &str) -> u32 {
    text.bytes().filter_map(letter).fold(0, |all, letter| all | letter)
}

/// The bit of a small letter.
fn letter(byte: u8) -> Option<u32> {
    byte.is_ascii_lowercase().then(|| 1 << (byte - b'a'))
}

/// The text without spaces, apostrophes and capitals; itself, if it has none.
fn as_plain(text: &str) -> Cow<'_, str> {
    let is_plain = |it: char| {
        !it.is_whitespace()
            && !matches!(it, '\'' | '’')
            && if it.is_ascii() { !it.is_ascii_uppercase() } else { !it.is_uppercase() }
    };
    if text.chars().all(is_plain) { Cow::Borrowed(text) } else { Cow::Owned(plain(text)) }
}

impl Spoken {
    /// Does the word answer to what was typed? Nothing typed is answered by nothing.
    pub fn answers(&self, typed: &str) -> Option<Hit> {
        self.answers_to(&Typed::new(typed))
    }

    /// The same, where many words are asked.
    pub fn answers_to(&self, typed: &Typed) -> Option<Hit> {
        if typed.is_empty() {
            return None;
        }
        // A word of Chinese characters holds no letter that was typed: only its reading can answer.
        let in_letters = typed.letters.is_some() && !self.word.bytes().any(|it| it.is_ascii());
        let written = if in_letters { None } else { self.is_written_as(&typed.plain) };
        written.or_else(|| {
            let may_be = typed.may_be_read_as(&self.reading);
            may_be.then(|| self.is_read_as(typed)).flatten()
        })
    }

    fn is_written_as(&self, typed: &str) -> Option<Hit> {
        let word = as_plain(&self.word);
        Some(match word.find(typed)? {
            0 if word.len() == typed.len() => Hit::Whole,
            0 => Hit::Start,
            _ => Hit::Inside,
        })
    }

    /// Does the word hold the characters that were typed in their order, with others between them (彩云湖湿地
    /// for 彩云湖国家湿地公园), or is it a part of what was typed (动物园门口)? Of pinyin nearly every name
    /// holds the letters: it is not asked.
    pub fn loosely(&self, typed: &Typed) -> bool {
        if typed.letters.is_some() || typed.plain.chars().count() < CHARACTERS {
            return false;
        }
        let word = as_plain(&self.word);
        let mut left = word.chars();
        let in_order = typed.plain.chars().all(|wanted| left.any(|it| it == wanted));
        in_order || (word.chars().count() >= CHARACTERS && typed.plain.contains(word.as_ref()))
    }

    /// Does the word answer but for one slip of the finger: a letter or character too much, one too
    /// few, another one, or two that changed places? Where little was typed it answers to nothing,
    /// because nearly everything would. First letters alone are not guessed at.
    pub fn nearly(&self, typed: &Typed) -> bool {
        if !typed.may_be_nearly(self) {
            return false;
        }
        let typed: Vec<char> = typed.plain.chars().collect();
        let letters = typed.iter().all(char::is_ascii);
        if typed.len() < if letters { LETTERS } else { CHARACTERS } {
            return false;
        }
        let parts: Vec<Vec<Vec<char>>> = if letters {
            let of_part = |part: &str| part.split('/').map(|way| way.chars().collect()).collect();
            self.reading.split(' ').filter(|it| !it.is_empty()).map(of_part).collect()
        } else {
            plain(&self.word).chars().map(|it| vec![vec![it]]).collect()
        };
        (0..parts.len()).any(|from| slips(&parts[from..], &typed))
    }

    /// The reading of each character, signs left out.
    fn parts(&self) -> impl Iterator<Item = &str> {
        self.reading.split(' ').filter(|it| !it.is_empty())
    }

    /// Each character by its readings or as itself. An input method shows both while somebody composes.
    fn both_ways(&self) -> Vec<String> {
        let characters = self.word.chars().filter(|it| it.is_alphanumeric());
        self.parts().zip(characters).map(|(part, itself)| format!("{part}/{itself}")).collect()
    }

    /// From the first character on, or from one within. Spelt out to its end it is the word itself.
    fn is_read_as(&self, typed: &Typed) -> Option<Hit> {
        let (both, typed) = (typed.is_mixed().then(|| self.both_ways()), &typed.plain);
        let parts: Vec<&str> = match &both {
            Some(both) => both.iter().map(String::as_str).collect(),
            None => self.parts().collect(),
        };
        let (_, spelt) = cut(&parts, typed, true);
        if spelt {
            return Some(Hit::Whole);
        }
        let from = (0..parts.len()).find(|from| cut(&parts[*from..], typed, false).0)?;
        Some(if from == 0 { Hit::Start } else { Hit::Inside })
    }
}

/// Can the text be cut into beginnings (or, `spelt`, the whole) of these parts, one after the
/// other? Of some of them, from the first on; and of all.
fn cut(parts: &[&str], typed: &str, spelt: bool) -> (bool, bool) {
    // Where the text can be cut so far, a bit each: no backtracking, and nothing to allocate. Nobody
    // types more than fits; of a longer text only an end that is reached would count.
    if typed.len() >= MOST_TYPED {
        return (false, false);
    }
    let end = 1_u64 << typed.len();
    let mut cuts = 1_u64;
    let mut some = false;
    for part in parts {
        let before = cuts;
        cuts = 0;
        for way in part.split('/') {
            let mut left = before;
            while left != 0 {
                let at = left.trailing_zeros() as usize;
                left &= left - 1;
                cuts |= ends(way, typed, at, spelt);
            }
        }
        some |= cuts & end != 0;
        if cuts == 0 {
            break;
        }
    }
    (some, cuts & end != 0)
}

/// Letters of pinyin that are looked for at once: the longest name of a place has fewer.
const MOST_TYPED: usize = 64;

/// Where a beginning of `way` that stands in the text at `at` can end, a bit each.
fn ends(way: &str, typed: &str, at: usize, spelt: bool) -> u64 {
    let left = &typed.as_bytes()[at..];
    let same = way.bytes().zip(left).take_while(|(a, b)| a == *b).count();
    let least = if spelt { way.len() } else { 1 };
    (least..=same).fold(0, |ends, len| ends | 1 << (at + len))
}

/// From how many letters, and from how many characters, a slip is looked for.
const LETTERS: usize = 5;
const CHARACTERS: usize = 3;

/// Can the text be cut into these parts, one after the other, the last of them perhaps only begun,
/// with at most one slip in all?
fn slips(parts: &[Vec<Vec<char>>], typed: &[char]) -> bool {
    // Where the text can be cut so far, and whether a slip is behind.
    let mut cuts = BTreeSet::from([(0, false)]);
    for part in parts {
        let mut next = BTreeSet::new();
        for way in part {
            for (at, slipped) in &cuts {
                if follow(way, &typed[*at..], *slipped, *at, &mut next) {
                    return true;
                }
            }
        }
        cuts = next;
    }
    false
}

/// Follows one way to read a part through the rest of the text, and notes where it can end. True:
/// the text ended within it.
fn follow(
    way: &[char],
    typed: &[char],
    slipped: bool,
    at: usize,
    ends: &mut BTreeSet<(usize, bool)>,
) -> bool {
    if typed.is_empty() {
        return true;
    }
    if way.is_empty() {
        ends.insert((at, slipped));
    }
    let mut go = |of_way: usize, of_typed: usize, slip: bool| {
        way.len() >= of_way
            && typed.len() >= of_typed
            && follow(&way[of_way..], &typed[of_typed..], slipped || slip, at + of_typed, ends)
    };
    let same = !way.is_empty() && way[0] == typed[0];
    let swapped = way.len() > 1 && typed.len() > 1 && way[0] == typed[1] && way[1] == typed[0];
    (same && go(1, 1, false))
        || (!slipped
            && ((swapped && go(2, 2, true)) || go(1, 1, true) || go(1, 0, true) || go(0, 1, true)))
}

/// Without spaces, apostrophes and capitals, as people type.
pub fn plain(text: &str) -> String {
    let kept = text.chars().filter(|it| !it.is_whitespace() && !matches!(it, '\'' | '’'));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lamp() -> Spoken {
        Spoken { word: "路灯不亮".into(), reading: "lu deng bu/fou liang".into() }
    }

    #[test]
    fn a_word_is_found_by_its_characters_its_pinyin_and_first_letters() {
        for typed in ["路灯", "ludeng", "lu deng", "LD", "ldbl", "ludengb", "lud", "ldfl", "l"] {
            assert_eq!(lamp().answers(typed), Some(Hit::Start), "{typed}");
        }
        for typed in ["路deng", "路灯b", "lu灯不l", "路灯bu'liang"] {
            assert!(lamp().answers(typed).is_some(), "{typed}");
        }
        for typed in ["灯不亮", "deng", "dbl", "buliang", "灯bul", "d不亮"] {
            assert_eq!(lamp().answers(typed), Some(Hit::Inside), "{typed}");
        }
        for typed in ["路灯不亮", "ludengbuliang", "Lu Deng fou liang"] {
            assert_eq!(lamp().answers(typed), Some(Hit::Whole), "{typed}");
        }
    }

    #[test]
    fn letters_that_stand_across_syllables_find_nothing() {
        for typed in [
            "ud", "eng", "ludengx", "ldll", "路不", "", " ", "'", "ldé", "éld", "路ud", "灯ld",
            "路d灯",
        ] {
            assert_eq!(lamp().answers(typed), None, "{typed}");
        }
    }

    #[test]
    fn one_slip_of_the_finger_is_forgiven_and_two_are_not() {
        for typed in ["ludang", "ludegn", "lludeng", "uldeng", "ludng", "路登不亮", "路灯不"]
        {
            assert!(lamp().nearly(&Typed::new(typed)), "{typed}");
        }
        for typed in ["ladang", "dlugen", "ld", "ludx", "路灯", "路登不良", "", "xxxxxx"] {
            assert!(!lamp().nearly(&Typed::new(typed)), "{typed}");
        }
    }

    #[test]
    fn a_long_text_of_one_letter_is_answered_at_once() {
        let word = Spoken { word: "啊".repeat(60), reading: ["a"; 60].join(" ") };
        assert_eq!(word.answers(&"a".repeat(4_000)), None);
        assert!(!word.nearly(&Typed::new(&"a".repeat(4_000))));
        assert_eq!(
            Spoken { word: "啊".repeat(70), reading: ["a"; 70].join(" ") }.answers(&"a".repeat(70)),
            None
        );
        let doubled = Spoken { word: "啊".repeat(40), reading: ["aa/aaa"; 40].join(" ") };
        assert_eq!(doubled.answers(&format!("{}b", "a".repeat(60))), None);
    }
}
