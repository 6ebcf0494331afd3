//! Files that are no table of ours, told by what they are: one line that a clerk can act on, instead of
//! a fault for every column.

/// How a table is to be saved, in the words of the dialogue.
const SAVE: &str = "save it as `CSV UTF-8 (comma delimited)`";

/// What the bytes are, where they are no comma separated text at all.
pub(crate) fn bytes(bytes: &[u8]) -> Option<String> {
    let what = match bytes {
        [b'P', b'K', 3, 4, ..] => "an Excel workbook (xlsx) under the name of a CSV file",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "an Excel workbook (xls) under the name of a CSV file",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16, as `Unicode text` of Excel is",
        _ if bytes.contains(&0) => "no text",
        _ => return gbk(bytes),
    };
    Some(format!("is {what}: open it and {SAVE}"))
}

/// Chinese in another encoding is wrong from the first sign to the last; one byte that is wrong is told
/// by its cell.
fn gbk(bytes: &[u8]) -> Option<String> {
    const FEW: usize = 3;
    let (wrong, line) = wrong_signs(bytes);
    (wrong > FEW).then(|| {
        format!("is not UTF-8 from line {line} on, but perhaps GBK as Excel saves `CSV`: {SAVE}")
    })
}

/// How many signs are none of UTF-8, and in which line the first stands.
fn wrong_signs(bytes: &[u8]) -> (usize, usize) {
    let wrong = bytes.utf8_chunks().filter(|it| !it.invalid().is_empty()).count();
    let valid = bytes.utf8_chunks().next().map_or("", |it| it.valid());
    (wrong, valid.split('\n').count())
}

/// Why a heading names so few of the wanted columns, where that has one reason. A few that are missing
/// are told one by one.
pub(crate) fn heading(heading: &[String], wanted: &[&str]) -> Option<String> {
    const FEW: usize = 3;
    let known = |parts: &[&str]| wanted.iter().filter(|name| parts.contains(*name)).count();
    let cells: Vec<&str> = heading.iter().map(String::as_str).collect();
    let missing = wanted.len() - known(&cells);
    if heading.is_empty() || missing <= FEW.min(wanted.len() - 1) {
        return None;
    }
    let line = heading.join(",");
    for (mark, called) in [(';', "semicolons"), ('\t', "tabs")] {
        let parts: Vec<&str> = line.split(mark).collect();
        if known(&parts) > known(&cells) {
            return Some(format!("has {called} between its cells, not commas: {SAVE}"));
        }
    }
    let names = |names: &[&str]| names.join(", ");
    if known(&cells) > 0 {
        let missing: Vec<&str> = wanted.iter().copied().filter(|it| !cells.contains(it)).collect();
        return Some(format!("has no columns {}", names(&missing)));
    }
    let said = cells.iter().filter(|it| !it.is_empty()).take(4).copied().collect::<Vec<_>>();
    Some(format!(
        "names none of its columns as data/README.md does: its first row is `{}`, and has to hold {}",
        names(&said),
        names(wanted)
    ))
}
