//! A telephone number as people type it: a Chinese mobile number, or a landline with its area code.
//! Pure.

/// Digits of a mobile number. They begin with 1 and 3 to 9: 电信网编号计划, of 工业和信息化部.
const MOBILE: usize = 11;
/// The most digits of a number behind an area code.
const LINE: usize = 8;

/// A number that can be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    area: Option<String>,
    line: String,
}

/// Why a text is no such number yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// There is something in it that no number has.
    OtherSigns,
    /// A mobile number with so many digits.
    Mobile(usize),
    /// A landline without its area code.
    NoArea,
    /// A landline that is too short or too long for its area.
    Landline,
    /// Neither begins like this.
    Other,
}

impl Number {
    /// Reads what was typed. Spaces, hyphens, brackets and the country's +86 do not matter, nor does
    /// the width of the digits.
    pub fn read(typed: &str) -> Result<Self, NotANumber> {
        let plain: String = typed.chars().filter_map(plain).collect();
        let number = match plain.strip_prefix('+') {
            Some(abroad) => abroad.strip_prefix("86").ok_or(NotANumber::Other)?,
            None => plain.strip_prefix("0086").unwrap_or(&plain),
        };
        if !number.bytes().all(|it| it.is_ascii_digit()) {
            return Err(NotANumber::OtherSigns);
        }
        let number = match number.strip_prefix("86") {
            Some(rest) if number.len() > MOBILE => rest,
            _ => number,
        };
        match number.as_bytes() {
            [b'1', b'3'..=b'9', ..] | [b'1'] => mobile(number),
            [b'0', ..] => landline(number),
            [b'2'..=b'8', ..] if matches!(number.len(), 7 | 8) => Err(NotANumber::NoArea),
            _ => Err(NotANumber::Other),
        }
    }

    /// As it is sealed: `13800000000`, `023-60000000`.
    pub fn sealed(&self) -> String {
        match &self.area {
            Some(area) => format!("{area}-{}", self.line),
            None => self.line.clone(),
        }
    }

    /// As people read it: a mobile number in 3, 4 and 4 digits, a landline in its halves.
    pub fn shown(&self) -> String {
        let (line, last) = self.last_four();
        match (&self.area, line.split_at_checked(3)) {
            (Some(area), _) => format!("{area}-{line} {last}"),
            (None, Some((first, middle))) => format!("{first} {middle} {last}"),
            (None, None) => self.line.clone(),
        }
    }

    /// So much of it that its owner knows which one it is, and nobody else can call: `138****0000`.
    pub fn masked(&self) -> String {
        let (line, last) = self.last_four();
        match &self.area {
            Some(area) => format!("{area}-****{last}"),
            None => format!("{}****{last}", line.get(..3).unwrap_or_default()),
        }
    }

    fn last_four(&self) -> (&str, &str) {
        let cut = self.line.len().saturating_sub(4);
        self.line.split_at_checked(cut).unwrap_or(("", &self.line))
    }
}

/// One sign as it counts: digits as they are, spaces and hyphens not at all.
fn plain(typed: char) -> Option<char> {
    match typed {
        // Full width, as a Chinese keyboard may give them.
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(typed) - 0xff10, 10),
        '\u{ff0b}' => Some('+'),
        '-' | '(' | ')' | '.' | '\u{2010}'..='\u{2015}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0d}' => {
            None
        }
        it if it.is_whitespace() => None,
        it => Some(it),
    }
}

fn mobile(number: &str) -> Result<Number, NotANumber> {
    match number.len() {
        MOBILE => Ok(Number { area: None, line: number.to_owned() }),
        digits => Err(NotANumber::Mobile(digits)),
    }
}

/// 010 and 02x have three digits and eight behind them, every other area four and seven or eight.
fn landline(number: &str) -> Result<Number, NotANumber> {
    let (area, lines) = match number.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => (3, LINE..=LINE),
        [b'0', b'3'..=b'9', ..] => (4, LINE - 1..=LINE),
        _ => return Err(NotANumber::Landline),
    };
    let (area, line) = number.split_at_checked(area).ok_or(NotANumber::Landline)?;
    let begins = line.bytes().next().is_some_and(|it| (b'2'..=b'8').contains(&it));
    if !begins || !lines.contains(&line.len()) {
        return Err(NotANumber::Landline);
    }
    Ok(Number { area: Some(area.to_owned()), line: line.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(typed: &str) -> Result<String, NotANumber> {
        Number::read(typed).map(|number| number.sealed())
    }

    #[test]
    fn a_number_is_read_however_people_space_it() {
        for typed in [
            "13800000000",
            " 138 0000 0000 ",
            "138-0000-0000",
            "+86 138 0000 0000",
            "0086 13800000000",
            "8613800000000",
            "１３８００００００００",
            "138\u{3000}0000\u{a0}0000",
        ] {
            assert_eq!(sealed(typed).as_deref(), Ok("13800000000"), "{typed}");
        }
        for typed in [
            "02360000000",
            "023-6000 0000",
            "（023）60000000",
            "(023) 6000-0000",
            "+86 023 60000000",
        ] {
            assert_eq!(sealed(typed).as_deref(), Ok("023-60000000"), "{typed}");
        }
        assert_eq!(sealed("0816 2000000").as_deref(), Ok("0816-2000000"));
        assert_eq!(sealed("010-60000000").as_deref(), Ok("010-60000000"));
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        for (typed, why) in [
            ("1380000000", NotANumber::Mobile(10)),
            ("138000000000", NotANumber::Mobile(12)),
            ("1", NotANumber::Mobile(1)),
            ("60000000", NotANumber::NoArea),
            ("023-6000000", NotANumber::Landline),
            ("023-600000000", NotANumber::Landline),
            ("0000000", NotANumber::Landline),
            ("0", NotANumber::Landline),
            ("+852 60000000", NotANumber::Other),
            ("12345", NotANumber::Other),
            ("", NotANumber::Other),
            ("023-60000000转801", NotANumber::OtherSigns),
            ("微信 abc", NotANumber::OtherSigns),
            ("138\u{202e}00000000", NotANumber::OtherSigns),
        ] {
            assert_eq!(sealed(typed), Err(why), "{typed}");
        }
    }

    #[test]
    fn it_is_shown_in_groups_and_a_list_shows_not_all_of_it() {
        let shown = |typed: &str| {
            let number = Number::read(typed).expect("a number");
            (number.shown(), number.masked())
        };
        assert_eq!(shown("13800000000"), ("138 0000 0000".into(), "138****0000".into()));
        assert_eq!(shown("02360001234"), ("023-6000 1234".into(), "023-****1234".into()));
        assert_eq!(shown("08162001234").0, "0816-200 1234");
    }

    #[test]
    fn what_was_sealed_is_read_again_as_the_same_number() {
        for typed in ["13800000000", "023-60000000"] {
            assert_eq!(sealed(&sealed(typed).expect("a number")).as_deref(), Ok(typed));
        }
    }
}
