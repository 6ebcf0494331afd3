//! Who reads the reports: a small TOML file. A wrong field stops the start by its name, because an
//! endpoint that says something wrong about its reader is worse than one that does not start.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};
use model::wire::{Calls, Mode, Operator};
use serde::Deserialize;

/// What `hello` says about who reads the reports.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reader {
    /// Does anybody?
    pub mode: Mode,
    /// Who.
    pub operator: Option<Operator>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum FileMode {
    Pilot,
    Live,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    mode: FileMode,
    name: String,
    contact: String,
    hours: String,
    answers_by: String,
    #[serde(default)]
    calls: Calls,
}

/// Reads the operator's file.
pub fn read(file: &Path) -> Result<Reader> {
    let shown = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("{shown} cannot be read"))?;
    parse(&text).with_context(|| format!("{shown} does not say who reads the reports"))
}

fn parse(text: &str) -> Result<Reader> {
    let File { mode, name, contact, hours, answers_by, calls } = toml::from_str(text)?;
    let needed =
        [("name", &name), ("contact", &contact), ("hours", &hours), ("answers_by", &answers_by)];
    for (field, words) in needed {
        ensure!(!words.trim().is_empty(), "`{field}` is empty");
    }
    for call in ["lift_rescue", "gas_repair", "power_repair", "water_repair"] {
        let number = calls.by_name(call).is_none_or(is_telephone_number);
        ensure!(number, "`calls.{call}` is no telephone number");
    }
    let mode = match mode {
        FileMode::Pilot => Mode::Pilot,
        FileMode::Live => Mode::Live,
    };
    let operator = Operator { name, contact, hours, answers_by, calls };
    Ok(Reader { mode, operator: Some(operator) })
}

fn is_telephone_number(text: &str) -> bool {
    let allowed = |it: char| it.is_ascii_digit() || matches!(it, '+' | '-' | ' ');
    text.chars().all(allowed) && text.chars().filter(char::is_ascii_digit).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../operator.example.toml");

    #[test]
    fn the_example_that_ships_is_right() {
        let reader = parse(EXAMPLE).unwrap();
        assert_eq!(reader.mode, Mode::Pilot);
        let with_calls = EXAMPLE.replace("# lift", "lift").replace("# gas", "gas");
        let calls = parse(&with_calls).unwrap().operator.unwrap().calls;
        assert_eq!(calls.lift_rescue.as_deref(), Some("96333"));
    }

    #[test]
    fn a_wrong_field_is_named() {
        for (from, to, field) in [
            ("hours = ", "hour = ", "hour"),
            ("contact = \"023-0000 0000\"\n", "", "contact"),
            ("name = \"石坪桥街道社区服务中心\"", "name = 7", "name"),
            ("name = \"石坪桥街道社区服务中心\"", "name = \" \"", "name"),
            ("mode = \"pilot\"", "mode = \"demo\"", "mode"),
            ("# lift_rescue", "lift_rescues", "lift_rescues"),
            ("# gas_repair = \"023-0000 0001\"", "gas_repair = \"ask\"", "calls.gas_repair"),
        ] {
            let wrong = EXAMPLE.replacen(from, to, 1);
            assert_ne!(wrong, EXAMPLE, "{from}");
            let refusal = format!("{:#}", parse(&wrong).unwrap_err());
            assert!(refusal.contains(field), "{to}: {refusal}");
        }
    }
}
