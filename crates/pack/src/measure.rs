//! What printed words say of an area: 1605亩, 约40万平方米, 50.4公顷.

/// Units and how many square metres they are; a unit that another one begins or ends with stands
/// after it. 15亩 are one hectare.
const UNITS: [(&str, f64); 13] = [
    ("平方公里", 1e6),
    ("平方千米", 1e6),
    ("km²", 1e6),
    ("km2", 1e6),
    ("公顷", 1e4),
    ("hm²", 1e4),
    ("ha", 1e4),
    ("平方米", 1.0),
    ("平米", 1.0),
    ("㎡", 1.0),
    ("m²", 1.0),
    ("m2", 1.0),
    ("亩", 10_000.0 / 15.0),
];

/// Words that make a number a rough one.
const ROUGHLY: [char; 7] = ['约', '近', '余', '多', '逾', '超', '来'];

/// How far a number may be from what exact words say, and from rough ones: a rounding, and an "over".
const ROUNDING: f64 = 0.02;
const ROUGH: f64 = 0.1;

/// The areas that the words name in digits, in square metres; words without digits name none.
pub(crate) fn areas(text: &str) -> Vec<f64> {
    let text: String = text.chars().filter(|it| *it != ' ').map(half_width).collect();
    let mut areas = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|it: char| it.is_ascii_digit()) {
        let from = &rest[start..];
        let end = from.find(|it: char| !it.is_ascii_digit() && !".,".contains(it));
        let (digits, after) = from.split_at(end.unwrap_or(from.len()));
        let after = after.trim_start_matches(ROUGHLY);
        let (times, after) = match after.strip_prefix('万') {
            Some(after) => (1e4, after.trim_start_matches(ROUGHLY)),
            None => (1.0, after),
        };
        let unit = UNITS.iter().find(|(unit, _)| after.starts_with(unit));
        let number = digits.replace(',', "").parse::<f64>();
        if let (Some((_, square_metres)), Ok(number)) = (unit, number) {
            areas.push(number * times * square_metres);
        }
        rest = after;
    }
    areas
}

/// Does a number agree with an area that the words name?
pub(crate) fn agrees(text: &str, named: f64, square_metres: f64) -> bool {
    let within = if text.contains(ROUGHLY) { ROUGH } else { ROUNDING };
    // What is rounded to whole square metres may be half of one off.
    (square_metres - named).abs() <= (named * within).max(0.5)
}

/// Digits and marks of the width of Chinese signs as plain ones.
fn half_width(it: char) -> char {
    match it {
        '０'..='９' | '．' | '，' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        _ => it,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_read_from_the_words_that_sources_print() {
        for (text, area) in [
            ("1605亩", 1_070_000.0),
            ("43.5公顷", 435_000.0),
            ("约40万平方米", 400_000.0),
            ("2100余平方米", 2_100.0),
            ("3万多㎡", 30_000.0),
            ("12,000 平米", 12_000.0),
            ("１．２平方公里", 1_200_000.0),
            ("1.5km²", 1_500_000.0),
        ] {
            let read = areas(text);
            assert!(read.len() == 1 && (read[0] - area).abs() < 0.01, "{text}: {read:?}");
        }
    }

    #[test]
    fn words_without_digits_or_a_unit_of_area_say_nothing() {
        for text in ["约两万平方米", "100米", "2021年", ""] {
            assert!(areas(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_rough_word_lets_a_number_be_further_off() {
        assert!(agrees("12000㎡", 12_000.0, 12_100.0));
        assert!(!agrees("12000㎡", 12_000.0, 12_900.0));
        assert!(agrees("约12000㎡", 12_000.0, 12_900.0));
        assert!(!agrees("约12000㎡", 12_000.0, 14_000.0));
    }
}
