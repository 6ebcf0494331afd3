//! Words of a person on one line with words of the screen.

/// First strong isolate, and what ends it: Unicode Standard Annex 9.
const BEGIN: char = '\u{2068}';
const END: char = '\u{2069}';

/// A person's words as they may stand beside others on one line: whatever direction they are written
/// in, and whatever marks of direction are in them, nothing around them is turned. For the screen
/// only; what is kept and sent is as it was typed.
pub fn isolated(words: &str) -> String {
    if !words.chars().any(turns) {
        return words.to_owned();
    }
    let mut open = 0_usize;
    let kept = words.chars().filter(|it| match *it {
        '\u{2066}'..=BEGIN => {
            open += 1;
            true
        }
        // One that ends nothing here would end the isolate around it.
        END => {
            let ends = open > 0;
            open = open.saturating_sub(1);
            ends
        }
        _ => true,
    });
    let kept: String = kept.collect();
    let ends: String = core::iter::repeat_n(END, open + 1).collect();
    format!("{BEGIN}{kept}{ends}")
}

/// Marks of direction, and the scripts that are written from right to left.
fn turns(sign: char) -> bool {
    matches!(
        sign,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_marks_of_direction_stay_as_they_are() {
        assert_eq!(isolated("小卖部门口 3-2 (A)"), "小卖部门口 3-2 (A)");
    }

    #[test]
    fn whatever_is_begun_in_the_words_ends_with_them_and_nothing_before_that() {
        assert_eq!(isolated("a\u{202e}b"), "\u{2068}a\u{202e}b\u{2069}");
        assert_eq!(isolated("\u{2069}\u{2069}\u{202e}b"), "\u{2068}\u{202e}b\u{2069}");
        assert_eq!(
            isolated("\u{2067}a\u{2066}b"),
            "\u{2068}\u{2067}a\u{2066}b\u{2069}\u{2069}\u{2069}"
        );
        assert_eq!(isolated("\u{2067}a\u{2069}b"), "\u{2068}\u{2067}a\u{2069}b\u{2069}");
    }
}
