//! A JSON file of somebody else's making, as text, or why it is none in words a person can act on.

use std::{fs, path::Path};

/// What some editors put before a text.
const MARK: char = '\u{feff}';

/// Reads it. A mark of the byte order is passed over. Reasons begin with what the file is or does.
pub(crate) fn read_json(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let read = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = read.split(|byte| *byte == b'\n').count();
        format!("is not UTF-8 from line {line} on: save it as UTF-8")
    })?;
    if text.starts_with(MARK) {
        text.drain(..MARK.len_utf8());
    }
    match text.trim_start().chars().next() {
        Some('{') => Ok(text),
        Some('<') => {
            Err("is a web page or XML, not JSON: the server may have answered with an error"
                .to_owned())
        }
        Some(_) => Err("is no JSON object: it does not begin with {".to_owned()),
        None => Err("is empty".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_told_by_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("osm.json");
        for (bytes, told) in [
            (&b"\xef\xbb\xbf {}"[..], Ok(" {}")),
            (b"<!DOCTYPE html>", Err("is a web page")),
            (b"[]", Err("is no JSON object")),
            (b" \n", Err("is empty")),
            (b"{\n\"a\": \"\xb9\xab\"", Err("is not UTF-8 from line 2")),
        ] {
            fs::write(&path, bytes).unwrap();
            match (read_json(&path), told) {
                (Ok(text), Ok(wanted)) => assert_eq!(text, wanted),
                (Err(reason), Err(begin)) => assert!(reason.starts_with(begin), "{reason}"),
                (read, told) => panic!("{read:?} for {told:?}"),
            }
        }
    }
}
