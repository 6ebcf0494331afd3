//! Strict reading of JSON members.
//!
//! A lenient reader and a strict one that disagree about the same bytes are how two sides come to
//! hold different reports. So: a member we name, written twice, is refused; whole numbers have no
//! fraction and no exponent; a lone surrogate is refused. Members we do not name are left alone.

use core::{fmt, str::FromStr};

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::wire::Fault;

/// The largest whole number of the protocol: 2^53 − 1.
const WHOLE_MAX: u64 = (1 << 53) - 1;
/// Deeper nesting than any page of the protocol needs.
const DEPTH_MAX: usize = 32;

/// A JSON object whose members have been told apart but not read, and where it stands.
pub(crate) struct Object<'a> {
    at: String,
    members: Vec<(String, &'a RawValue)>,
}

impl<'a> Object<'a> {
    /// Tells the members of an object apart. `at` is the JSON Pointer of the object.
    pub(crate) fn read(text: &'a str, at: impl Into<String>) -> Result<Self, Fault> {
        let at = at.into();
        match serde_json::from_str::<Members<'a>>(text) {
            Ok(Members(members)) => Ok(Self { at, members }),
            Err(_) => Err(Fault::malformed(at, "expected a JSON object")),
        }
    }

    /// Its own JSON Pointer.
    pub(crate) fn at(&self) -> String {
        self.at.clone()
    }

    /// The JSON Pointer of a member.
    pub(crate) fn pointer(&self, name: &str) -> String {
        format!("{}/{name}", self.at)
    }

    /// The names of its members, as they are written.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.members.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The text of a member; absent and `null` are the same.
    pub(crate) fn raw(&self, name: &str) -> Result<Option<&'a str>, Fault> {
        let mut found = self.members.iter().filter(|(it, _)| it == name).map(|(_, raw)| raw.get());
        let first = found.next();
        match found.next() {
            Some(_) => Err(Fault::malformed(self.pointer(name), "this member is written twice")),
            None => Ok(first.filter(|&raw| raw != "null")),
        }
    }

    /// A member that may be missing.
    pub(crate) fn may<T>(&self, name: &str, form: &Form<T>) -> Result<Option<T>, Fault> {
        let Some(raw) = self.raw(name)? else { return Ok(None) };
        match (form.read)(raw) {
            Some(value) => Ok(Some(value)),
            None => Err(Fault::malformed(self.pointer(name), form.expected)),
        }
    }

    /// A member that must be there.
    pub(crate) fn need<T>(&self, name: &str, form: &Form<T>) -> Result<T, Fault> {
        self.may(name, form)?
            .ok_or_else(|| Fault::malformed(self.pointer(name), "this member is missing"))
    }

    /// A member that is an object.
    pub(crate) fn object(&self, name: &str) -> Result<Option<Object<'a>>, Fault> {
        self.raw(name)?.map(|raw| Object::read(raw, self.pointer(name))).transpose()
    }

    /// The elements of a member that is a list, each with its pointer.
    pub(crate) fn list(&self, name: &str) -> Result<Option<Vec<(String, &'a str)>>, Fault> {
        let Some(raw) = self.raw(name)? else { return Ok(None) };
        let at = self.pointer(name);
        let elements: Vec<&'a RawValue> = serde_json::from_str(raw)
            .map_err(|_| Fault::malformed(at.clone(), "expected a list"))?;
        let numbered = elements.into_iter().enumerate();
        Ok(Some(numbered.map(|(i, raw)| (format!("{at}/{i}"), raw.get())).collect()))
    }

    /// A text of at most `limit` Unicode scalar values.
    pub(crate) fn words(&self, name: &str, limit: usize) -> Result<Option<String>, Fault> {
        let words = self.may(name, &TEXT)?;
        match &words {
            Some(text) if text.chars().count() > limit => {
                Err(Fault::too_large(self.pointer(name), limit as u64, "too many characters"))
            }
            _ => Ok(words),
        }
    }
}

/// How a member is read, and what is said if it cannot be.
pub(crate) struct Form<T> {
    pub(crate) expected: &'static str,
    pub(crate) read: fn(&str) -> Option<T>,
}

pub(crate) const TEXT: Form<String> = Form { expected: "expected a text", read: text };
pub(crate) const YES_NO: Form<bool> =
    Form { expected: "expected true or false", read: |raw| serde_json::from_str(raw).ok() };
pub(crate) const WHOLE: Form<u64> =
    Form { expected: "expected a whole number from 0 to 2^53-1", read: whole };
pub(crate) const COUNT: Form<u64> = Form {
    expected: "expected a whole number from 1 to 2^53-1",
    read: |raw| whole(raw).filter(|&n| n > 0),
};
pub(crate) const NUMBER: Form<f64> = Form {
    expected: "expected a number",
    read: |raw| serde_json::from_str(raw).ok().filter(|n: &f64| n.is_finite()),
};

/// A text that stands for a value: a digest, an id, a time.
pub(crate) const fn parsed<T: FromStr>(expected: &'static str) -> Form<T> {
    Form { expected, read: |raw| text(raw)?.parse().ok() }
}

fn text(raw: &str) -> Option<String> {
    serde_json::from_str(raw).ok()
}

fn whole(raw: &str) -> Option<u64> {
    let digits = raw.bytes().all(|byte| byte.is_ascii_digit());
    if digits { raw.parse().ok().filter(|&n| n <= WHOLE_MAX) } else { None }
}

/// Is there a lone surrogate escape, or nesting beyond all need? Takes text that is valid JSON.
pub(crate) fn unsound(json: &str) -> Option<&'static str> {
    let (mut depth, mut in_text) = (0_usize, false);
    let mut rest = json.as_bytes();
    loop {
        rest = match (rest, in_text) {
            ([], _) => return None,
            ([b'\\', b'u', tail @ ..], true) => match after_escape(tail) {
                Some(tail) => tail,
                None => return Some("a surrogate stands alone"),
            },
            ([b'"', tail @ ..], _) => {
                in_text = !in_text;
                tail
            }
            ([b'[' | b'{', tail @ ..], false) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Some("nested too deep");
                }
                tail
            }
            ([b']' | b'}', tail @ ..], false) => {
                depth = depth.saturating_sub(1);
                tail
            }
            ([b'\\', _, tail @ ..], true) | ([_, tail @ ..], _) => tail,
        }
    }
}

/// What follows the four digits of a `\u` escape, or of a pair of them.
fn after_escape(digits: &[u8]) -> Option<&[u8]> {
    let (first, rest) = unit(digits)?;
    match first {
        0xD800..=0xDBFF => match unit(rest.strip_prefix(b"\\u")?)? {
            (0xDC00..=0xDFFF, rest) => Some(rest),
            _ => None,
        },
        0xDC00..=0xDFFF => None,
        _ => Some(rest),
    }
}

fn unit(digits: &[u8]) -> Option<(u16, &[u8])> {
    let (unit, rest) = digits.split_at_checked(4)?;
    let unit = core::str::from_utf8(unit).ok()?;
    Some((u16::from_str_radix(unit, 16).ok()?, rest))
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(entry) = map.next_entry()? {
            members.push(entry);
            if members.len() > 4_096 {
                return Err(A::Error::custom("too many members"));
            }
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_surrogate_is_noticed_and_a_pair_is_not() {
        assert_eq!(unsound(r#"{"a":"\ud83d\ude4f 坡 \\ud83d"}"#), None);
        for lone in [r#""\ud83d""#, r#""\ude4f""#, r#""\ud83d\ud83d""#, r#""\uD83D x""#] {
            assert!(unsound(lone).is_some(), "{lone}");
        }
    }

    #[test]
    fn brackets_inside_a_text_are_no_nesting() {
        assert_eq!(unsound(&format!("\"{}\"", "[".repeat(100))), None);
        assert!(unsound(&"[".repeat(33)).is_some());
    }

    #[test]
    fn whole_numbers_have_no_sign_no_fraction_and_no_exponent() {
        for raw in ["-1", "-0", "1.0", "1e3", "9007199254740992", "99999999999999999999"] {
            assert_eq!(whole(raw), None, "{raw}");
        }
        assert_eq!(whole("9007199254740991"), Some(WHOLE_MAX));
    }
}
