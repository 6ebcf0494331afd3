//! Which edition may be laid for phones to take. They take the later one and never go back, so a year
//! that was typed wrong keeps every right edition from them.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use model::{
    layer::{LayerFiles, OsmLayer},
    stamp::Stamp,
};
use serde::Deserialize;

use crate::PACK;

/// Minutes that the clocks of China are ahead of UTC.
const CHINA_MIN: i16 = 480;

/// An edition is made today, or tomorrow by a clock that is slow.
const AHEAD: Duration = Duration::from_hours(24);

/// As much of a pack as tells its edition.
#[derive(Deserialize)]
struct Edition {
    version: String,
    #[serde(default)]
    district: District,
    #[serde(default)]
    layers: Option<LayerFiles>,
}

#[derive(Default, Deserialize)]
struct District {
    #[serde(default)]
    code: String,
}

/// An edition that is not to be laid where phones take it from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutOfTurn {
    /// Its day has not come.
    #[error(
        "district.csv, row 2, column version: `{version}` is no day yet, it is {today}: phones would \
         take no other edition until then"
    )]
    Ahead {
        /// The edition.
        version: String,
        /// The day that it is in China.
        today: String,
    },
    /// A later one lies there.
    #[error(
        "district.csv, row 2, column version: `{version}` is older than `{there}`, which lies there \
         already: phones that have it would not take this one; raise the version"
    )]
    Behind {
        /// The edition.
        version: String,
        /// The one that lies there.
        there: String,
    },
    /// The pack of another district lies there.
    #[error(
        "district.csv, row 2, column code: this is the district `{code}`, and the pack of `{there}` lies \
         there: name another folder"
    )]
    Another {
        /// The district.
        code: String,
        /// The one whose pack lies there.
        there: String,
    },
}

/// Refuses an edition of a day that has not come.
pub fn not_ahead(version: &str, now: SystemTime) -> Result<(), OutOfTurn> {
    let version = version.to_owned();
    // A number within the day stands after it: it is no later day.
    if version.get(..10).unwrap_or_default() > day(now + AHEAD).as_str() {
        return Err(OutOfTurn::Ahead { version, today: day(now) });
    }
    Ok(())
}

/// Refuses an edition that is older than the pack in a folder. What is no pack there is none.
pub fn not_behind(version: &str, out: &Path) -> Result<(), OutOfTurn> {
    match there(out) {
        Some(Edition { version: there, .. }) if there.as_str() > version => {
            Err(OutOfTurn::Behind { version: version.to_owned(), there })
        }
        _ => Ok(()),
    }
}

/// Refuses to lay a district over another one.
pub fn not_another(code: &str, out: &Path) -> Result<(), OutOfTurn> {
    match there(out).map(|it| it.district.code) {
        Some(there) if !there.is_empty() && there != code => {
            Err(OutOfTurn::Another { code: code.to_owned(), there })
        }
        _ => Ok(()),
    }
}

/// Does a layer of `OpenStreetMap` that lies there go, with all of its places? Then how many these are.
/// `now`: how many places the new layer has, if there is one.
pub fn loses_layer(now: Option<usize>, out: &Path) -> Option<usize> {
    let file = there(out)?.layers?.osm?;
    let layer = OsmLayer::read(&fs::read_to_string(out.join(file)).ok()?).ok()?;
    Some(layer.places.len()).filter(|had| *had > 0 && now.unwrap_or(0) == 0)
}

fn there(out: &Path) -> Option<Edition> {
    serde_json::from_slice(&fs::read(out.join(PACK)).ok()?).ok()
}

/// The day in China.
fn day(now: SystemTime) -> String {
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let at = Stamp::local(i64::try_from(since).unwrap_or(i64::MAX), CHINA_MIN);
    at.to_string().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-25T20:00:00Z: in China it is the 26th.
    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_hours(498_788)
    }

    // A clerk typed the next year. Every phone took that edition, and none after it for a year.
    #[test]
    fn an_edition_of_a_day_that_has_not_come_is_refused() {
        for good in ["2026-11-26", "2026-11-26.9", "2026-11-27", "2025-01-01"] {
            assert_eq!(not_ahead(good, now()), Ok(()), "{good}");
        }
        for bad in ["2026-11-28", "2027-11-26", "2099-01-01.2"] {
            let refused = not_ahead(bad, now()).unwrap_err().to_string();
            assert!(refused.contains(bad) && refused.contains("it is 2026-11-26"), "{refused}");
        }
    }

    #[test]
    fn an_edition_older_than_what_lies_there_is_refused_and_the_same_one_is_not() {
        let out = tempfile::tempdir().unwrap();
        assert_eq!(not_behind("2026-11-25", out.path()), Ok(()));
        fs::write(out.path().join(PACK), r#"{"version":"2026-11-26.2"}"#).unwrap();
        for good in ["2026-11-26.2", "2026-11-26.3", "2026-11-27"] {
            assert_eq!(not_behind(good, out.path()), Ok(()), "{good}");
        }
        assert_eq!(not_another("500107", out.path()), Ok(()), "it does not say of which");
        let ours = r#"{"version":"2026-11-26.2","district":{"code":"500107"},"layers":{"osm":"osm-1.json"}}"#;
        fs::write(out.path().join(PACK), ours).unwrap();
        assert_eq!(not_another("500107", out.path()), Ok(()));
        let other = not_another("500108", out.path()).unwrap_err().to_string();
        assert!(other.contains("`500108`") && other.contains("`500107`"), "{other}");
        for old in ["2026-11-25", "2026-11-26"] {
            let refused = not_behind(old, out.path()).unwrap_err().to_string();
            assert!(refused.contains(old) && refused.contains("`2026-11-26.2`"), "{refused}");
        }
    }
}
