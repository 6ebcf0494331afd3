//! Who reads the reports: a small TOML file. A wrong field stops the start by its name, because an
//! endpoint that says something wrong about its reader is worse than one that does not start.

use std::{fmt, fs, path::Path, str::FromStr};

use anyhow::{Context as _, Result, bail, ensure};
use model::{
    base_map::BaseMap,
    wire::{Calls, Mode, Operator},
};
use serde::Deserialize;

/// What `hello` says about who reads the reports.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reader {
    /// Does anybody?
    pub mode: Mode,
    /// Who.
    pub operator: Option<Operator>,
    /// Older clients than this are asked to renew themselves.
    pub min_client: Version,
    /// Are contributions to the map taken? Whoever has not asked a lawyer says nothing, and they are
    /// not.
    pub contributions: bool,
    /// Pictures that may be laid under the map of the parks.
    pub base_map: Option<BaseMap>,
}

/// The version of a client, `x.y.z`. The default is the oldest that was ever served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version([u32; 3]);

impl Default for Version {
    fn default() -> Self {
        Self([0, 1, 0])
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

impl FromStr for Version {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts: Vec<u32> = text.split('.').map(str::parse).collect::<Result<_, _>>()?;
        parts.try_into().map(Self).ok().context("expected three numbers")
    }
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
    min_client: Option<String>,
    #[serde(default)]
    contributions: OnOff,
    base_map: Option<BaseMap>,
}

#[derive(Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum OnOff {
    On,
    #[default]
    Off,
}

/// Reads the operator's file.
pub fn read(file: &Path) -> Result<Reader> {
    let shown = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("{shown} cannot be read"))?;
    parse(&text).with_context(|| format!("{shown} does not say who reads the reports"))
}

fn parse(text: &str) -> Result<Reader> {
    let File { mode, name, contact, hours, answers_by, calls, min_client, contributions, base_map } =
        toml::from_str(text)?;
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
    let min_client = min_client.map(|it| it.parse()).transpose();
    let min_client = min_client.context("`min_client` is no version like 0.1.0")?;
    let operator = Some(Operator { name, contact, hours, answers_by, calls });
    if let Some((field, why)) = base_map.as_ref().and_then(BaseMap::fault) {
        bail!("`base_map.{field}`: {why}");
    }
    let contributions = contributions == OnOff::On;
    let min_client = min_client.unwrap_or_default();
    Ok(Reader { mode, operator, min_client, contributions, base_map })
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
        assert!(!reader.contributions, "unless somebody says so");
        assert!(parse(&EXAMPLE.replace("# contributions", "contributions")).unwrap().contributions);
        let base_map = EXAMPLE.split_once("# [base_map]").unwrap().1.replace("\n# ", "\n");
        let with_base = format!("{EXAMPLE}\n[base_map]{base_map}");
        let base = parse(&with_base).unwrap().base_map.unwrap();
        assert_eq!(base.origins().len(), 2);
        let wrong = with_base.replace("max_zoom = 18", "max_zoom = 99");
        assert!(format!("{:#}", parse(&wrong).unwrap_err()).contains("base_map.max_zoom"));
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
            ("# min_client = \"0.1.0\"", "min_client = \"new\"", "min_client"),
            ("# contributions = \"on\"", "contributions = \"yes\"", "contributions"),
            ("# lift_rescue", "lift_rescues", "lift_rescues"),
            ("# [base_map]", "[base_map]", "layers"),
            ("# gas_repair = \"023-0000 0001\"", "gas_repair = \"ask\"", "calls.gas_repair"),
        ] {
            let wrong = EXAMPLE.replacen(from, to, 1);
            assert_ne!(wrong, EXAMPLE, "{from}");
            let refusal = format!("{:#}", parse(&wrong).unwrap_err());
            assert!(refusal.contains(field), "{to}: {refusal}");
        }
    }
}
