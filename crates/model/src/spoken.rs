//! Codes that people read aloud and type: Crockford's base 32 with a check character.
//!
//! On the wire without hyphens and without the check character; shown in fours with the check
//! character last. Typed: case, hyphens and spaces do not matter, I and L read as 1, O as 0.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{hex::Digest, ids::ReportId};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a typed code is not one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// Too few, too many or foreign characters.
    #[error("expected {0} characters of 0-9 A-Z without I L O U")]
    Form(usize),
    /// The check character says that something was misread.
    #[error("the last character does not fit the others")]
    Check,
}

macro_rules! code_type {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// How a person sees it: in fours, the check character last.
            pub fn shown(&self) -> String {
                shown(self.as_str())
            }

            /// Reads what a person typed, check character included.
            pub fn typed(text: &str) -> Result<Self, NotACode> {
                let code = typed(text);
                let (body, check) =
                    code.split_at_checked($len).ok_or(NotACode::Form($len + 1))?;
                let this = body.parse::<Self>().map_err(|_| NotACode::Form($len + 1))?;
                let fits = check.len() == 1 && check.starts_with(check_character(body));
                if fits { Ok(this) } else { Err(NotACode::Check) }
            }

            /// The characters as they travel.
            pub fn as_str(&self) -> &str {
                core::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl FromStr for $name {
            type Err = NotACode;

            fn from_str(text: &str) -> Result<Self, NotACode> {
                let bytes: [u8; $len] =
                    text.as_bytes().try_into().map_err(|_| NotACode::Form($len))?;
                let ours = bytes.iter().all(|byte| ALPHABET.contains(byte));
                if ours { Ok(Self(bytes)) } else { Err(NotACode::Form($len)) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(D::Error::custom)
            }
        }
    };
}

code_type!(
    /// The number of a case: public, spoken on the telephone, opens nothing.
    CaseNo, 8
);
code_type!(
    /// 80 random bits made at sealing: opens the case on any device. Never logged, never in a path.
    ReceiptSecret, 16
);

impl fmt::Debug for CaseNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ReceiptSecret {
    /// A secret does not belong into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptSecret(…)")
    }
}

impl CaseNo {
    /// The `nth` candidate for an item (the first that is free is taken), so that the same number
    /// comes back after a restore: 40 bits of SHA-256 of `case_no:<jurisdiction>:<id>:<n>`.
    pub fn candidate(jurisdiction: &str, id: ReportId, nth: u32) -> Self {
        let digest = Digest::of(format!("case_no:{jurisdiction}:{id}:{nth}").as_bytes()).0;
        Self(base32(digest.first_chunk().copied().unwrap_or_default()))
    }
}

impl ReceiptSecret {
    /// A secret from ten random bytes.
    pub fn new(random: [u8; 10]) -> Self {
        let mut all = [0; 16];
        let (left, right) = all.split_at_mut(8);
        let (head, tail) = random.split_at(5);
        left.copy_from_slice(&base32(head.try_into().unwrap_or_default()));
        right.copy_from_slice(&base32(tail.try_into().unwrap_or_default()));
        Self(all)
    }

    /// What travels inside the sealed text: the digest of the sixteen characters.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

/// Eight characters for forty bits.
fn base32(bytes: [u8; 5]) -> [u8; 8] {
    let bits = bytes.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    core::array::from_fn(|i| {
        let value = bits >> (35 - 5 * i) & 31;
        ALPHABET.get(usize::try_from(value).unwrap_or(0)).copied().unwrap_or(b'0')
    })
}

/// Luhn mod 32: from the right, every second value doubled beginning with the last, both base-32
/// digits of each added; the check is what is missing to a multiple of 32.
pub fn check_character(code: &str) -> char {
    let value = |byte| ALPHABET.iter().position(|&it| it == byte).unwrap_or(0);
    let sum: usize = code
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, byte)| if i % 2 == 0 { 2 * value(byte) } else { value(byte) })
        .map(|weighted| weighted / 32 + weighted % 32)
        .sum();
    ALPHABET.get((32 - sum % 32) % 32).map_or('0', |&byte| char::from(byte))
}

fn shown(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + 5);
    for (i, letter) in code.chars().enumerate() {
        if i > 0 && i % 4 == 0 {
            out.push('-');
        }
        out.push(letter);
    }
    out.push('-');
    out.push(check_character(code));
    out
}

fn typed(text: &str) -> String {
    text.chars()
        .filter(|letter| !matches!(letter, '-' | ' ' | '\u{3000}'))
        .map(|letter| match letter.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_a_person_types_it() {
        for text in ["ZCP2-4TGQ-Q", "zcp2 4tgq q", "ZCP24TGQQ"] {
            assert_eq!(CaseNo::typed(text).unwrap().as_str(), "ZCP24TGQ");
        }
        for text in ["regz-o3ay-xnvg-lfqf-r", "REGZ 03AY XNVG IFQF R"] {
            assert_eq!(ReceiptSecret::typed(text).unwrap().as_str(), "REGZ03AYXNVG1FQF");
        }
        assert_eq!(ReceiptSecret::typed("regz-o3ay-xnvg-lfqf"), Err(NotACode::Check));
        assert_eq!(ReceiptSecret::typed("regz-o3ay"), Err(NotACode::Form(17)));
    }

    #[test]
    fn one_wrong_character_or_two_swapped_are_noticed() {
        let good = "ZCP24TGQ";
        for i in 0..8 {
            for &other in ALPHABET {
                let mut bytes = good.as_bytes().to_vec();
                if bytes[i] == other {
                    continue;
                }
                bytes[i] = other;
                let typed = format!("{}Q", String::from_utf8(bytes).unwrap());
                assert_eq!(CaseNo::typed(&typed), Err(NotACode::Check), "{typed}");
            }
        }
        assert_eq!(CaseNo::typed("CZP24TGQQ"), Err(NotACode::Check));
    }
}
