//! Finding Chinese words by what people type: the characters, the pinyin, its first letters.
//!
//! The readings are made when the pack is built, so the page carries no table of pinyin. The
//! reading of a word has one part for each character, between spaces; a character that is read in
//! several ways has them between slashes: 重 is `zhong/chong`. What is no Chinese character stands
//! for itself, in small letters.

use std::collections::BTreeSet;

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
}

impl Spoken {
    /// Does the word answer to what was typed? Nothing typed is answered by nothing.
    pub fn answers(&self, typed: &str) -> Option<Hit> {
        let typed = plain(typed);
        if typed.is_empty() {
            return None;
        }
        let word = plain(&self.word);
        match word.find(&typed) {
            Some(0) if word.len() == typed.len() => Some(Hit::Whole),
            Some(0) => Some(Hit::Start),
            Some(_) => Some(Hit::Inside),
            None => self.is_read_as(&typed),
        }
    }

    /// From the first character on, or from one within. Spelt out to its end it is the word itself.
    fn is_read_as(&self, typed: &str) -> Option<Hit> {
        let parts: Vec<&str> = self.reading.split(' ').filter(|it| !it.is_empty()).collect();
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
    // Where the text can be cut so far, each place once: no backtracking.
    let mut cuts = BTreeSet::from([0]);
    let mut some = false;
    for part in parts {
        let ways = || part.split('/');
        cuts = cuts
            .iter()
            .flat_map(|&at| ways().flat_map(move |way| ends(way, typed, at, spelt)))
            .collect();
        some |= cuts.contains(&typed.len());
    }
    (some, cuts.contains(&typed.len()))
}

/// Where a beginning of `way` that stands in the text at `at` can end.
fn ends(way: &str, typed: &str, at: usize, spelt: bool) -> impl Iterator<Item = usize> + use<> {
    let left = &typed.as_bytes()[at..];
    let same = way.bytes().zip(left).take_while(|(a, b)| a == *b).count();
    let least = if spelt { way.len() } else { 1 };
    (least..=same).map(move |len| at + len)
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
        for typed in ["灯不亮", "deng", "dbl", "buliang"] {
            assert_eq!(lamp().answers(typed), Some(Hit::Inside), "{typed}");
        }
        for typed in ["路灯不亮", "ludengbuliang", "Lu Deng fou liang"] {
            assert_eq!(lamp().answers(typed), Some(Hit::Whole), "{typed}");
        }
    }

    #[test]
    fn letters_that_stand_across_syllables_find_nothing() {
        for typed in ["ud", "eng", "ludengx", "ldll", "路不", "", " ", "'", "ldé", "éld"] {
            assert_eq!(lamp().answers(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_long_text_of_one_letter_is_answered_at_once() {
        let word = Spoken { word: "啊".repeat(60), reading: ["a"; 60].join(" ") };
        assert_eq!(word.answers(&"a".repeat(4_000)), None);
        let doubled = Spoken { word: "啊".repeat(40), reading: ["aa/aaa"; 40].join(" ") };
        assert_eq!(doubled.answers(&format!("{}b", "a".repeat(60))), None);
    }
}
