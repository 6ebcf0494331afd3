//! How words are read: pinyin, so that the page needs no table of it.

use model::reading::{Spoken, plain};
use pinyin::ToPinyinMulti;

/// A word and its reading. A character that is read in several ways keeps them all: which one is
/// meant depends on the word, and finding too much is better than finding nothing.
pub(crate) fn spoken(word: &str) -> Spoken {
    let parts: Vec<String> = word.chars().filter_map(part).collect();
    Spoken { word: word.to_owned(), reading: parts.join(" ") }
}

fn part(character: char) -> Option<String> {
    if let Some(ways) = character.to_pinyin_multi() {
        let mut each: Vec<&str> = Vec::new();
        for way in ways {
            if !each.contains(&way.plain()) {
                each.push(way.plain());
            }
        }
        return Some(each.join("/"));
    }
    let itself = plain(&character.to_string());
    itself.chars().any(char::is_alphanumeric).then_some(itself)
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn every_way_to_read_a_character_is_kept_and_signs_are_not() {
        assert_eq!(spoken("路灯不亮").reading, "lu/luo deng/ding bu/fou/fu liang");
        assert_eq!(spoken("墙体开裂/A座").reading.split(' ').count(), 6);
    }
}
