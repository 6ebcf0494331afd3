//! Traditional characters, for whoever types them: which character of the pack is meant.

use std::collections::BTreeSet;

/// Ideographs in everyday use, and those of the first extension.
const IDEOGRAPHS: [std::ops::RangeInclusive<char>; 2] =
    ['\u{4e00}'..='\u{9fff}', '\u{3400}'..='\u{4dbf}'];

/// Each traditional character followed by its simplified one, for all that stand in these texts: see
/// [`model::pack::DistrictPack::traditional`].
pub(crate) fn of(texts: &[String]) -> String {
    let there: BTreeSet<char> = texts.iter().flat_map(|it| it.chars()).collect();
    let pair = |traditional: char| {
        let simplified = fast2s::convert(traditional.encode_utf8(&mut [0; 4]));
        let mut simplified = simplified.chars();
        let meant = simplified.next().filter(|it| *it != traditional && there.contains(it))?;
        simplified.next().is_none().then_some([traditional, meant])
    };
    IDEOGRAPHS.into_iter().flatten().filter_map(pair).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn only_characters_of_the_pack_have_their_traditional_ones() {
        assert_eq!(of(&["动物园".to_owned(), "abc".to_owned()]), "動动園园");
        assert_eq!(of(&[]), "");
    }
}
