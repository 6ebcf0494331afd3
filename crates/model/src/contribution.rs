//! The body of kind `contribution`, schema 1: what somebody who knows a place adds to the map. It is
//! a claim: nothing of it is shown as a fact before a person at the endpoint has confirmed it.

use serde::{Deserialize, Serialize};

use crate::{
    hex::PackId,
    report::{Consent, ConsentTo, Fix, check_consent, check_fix},
    sealed::{Sealed, word_type},
    strict::{Object, TEXT, YES_NO, parsed},
    wire::Fault,
};

/// The columns of the table of what is confirmed, `contributions.csv`: the endpoint writes it, and the pack is
/// built of it.
pub const COLUMNS: [&str; 16] = [
    "id",
    "what",
    "park",
    "other",
    "name",
    "fact",
    "holds",
    "words",
    "lat",
    "lon",
    "accuracy_m",
    "datum",
    "made_on",
    "confirmed_on",
    "source",
    "licence",
];

/// The most characters of [`Contribution::words`].
pub const WORDS_MAX: usize = 500;
/// The most characters of [`Contribution::name`].
pub const NAME_MAX: usize = 60;
/// The most characters of an id of the pack, or of the name of a fact.
const ID_MAX: usize = 100;
/// A position less exact than this, metres, places nothing: the phone asks to try again in the open.
/// Half of the 100 metres beyond which a report asks for a landmark: a small garden is 50 m wide.
pub const ACCURACY_MAX_M: u32 = 50;

word_type!(
    /// What is claimed.
    What {
        /// The person stands in the place.
        Here = "here",
        /// A fact of the place holds, or does not.
        Right = "right",
        /// A place is missing.
        Missing = "missing",
        /// Two places of the list are one.
        Same = "same",
    }
);

/// What somebody adds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contribution {
    /// What is claimed.
    pub what: What,
    /// The pack that the person had before them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<PackId>,
    /// Id of the place; none for one that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub park: Option<String>,
    /// Id of the place that it is one with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// Name of the missing place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Which fact: a word of [`crate::pack::FactKind`], or `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// Does it hold?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<bool>,
    /// What is right instead; where the missing place is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Where the person stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// With a position: that it may be published under ODbL once it is confirmed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
}

/// As much of a contribution as whoever judges it needs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Claim {
    /// What is claimed.
    pub what: What,
    /// Id of the place.
    #[serde(default)]
    pub park: Option<String>,
    /// Id of the place that it is one with.
    #[serde(default)]
    pub other: Option<String>,
    /// Name of the missing place.
    #[serde(default)]
    pub name: Option<String>,
    /// Which fact.
    #[serde(default)]
    pub fact: Option<String>,
    /// Does it hold?
    #[serde(default)]
    pub holds: Option<bool>,
    /// What is right instead; where the missing place is.
    #[serde(default)]
    pub words: Option<String>,
    /// Where the person stood.
    #[serde(default)]
    pub fix: Option<Stood>,
}

/// Where somebody stood, WGS84.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Stood {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Radius of 95 % confidence, metres.
    #[serde(default)]
    pub accuracy_m: Option<u32>,
}

impl Claim {
    /// Reads a sealed contribution; none if it is no such.
    pub fn of(sealed: &Sealed) -> Option<Self> {
        serde_json::from_str(sealed.body.get()).ok()
    }
}

/// Reads it as strictly as a report.
pub(crate) fn check(sealed: &Sealed, body: &Object<'_>) -> Result<(), Fault> {
    if !sealed.blobs.is_empty() {
        return Err(Fault::malformed("/sealed/blobs", "a contribution has no photos"));
    }
    let what: What = body.need("what", &parsed("expected here, right, missing or same"))?;
    for (name, most) in [
        ("park", ID_MAX),
        ("other", ID_MAX),
        ("fact", ID_MAX),
        ("name", NAME_MAX),
        ("words", WORDS_MAX),
    ] {
        body.words(name, most)?;
    }
    body.may("holds", &YES_NO)?;
    match what {
        What::Here => drop((said(body, "park")?, fix(body)?.ok_or_else(|| missing(body, "fix"))?)),
        What::Right => {
            said(body, "park")?;
            said(body, "fact")?;
            body.need("holds", &YES_NO)?;
        }
        What::Missing => {
            said(body, "name")?;
            fix(body)?;
        }
        What::Same => {
            if said(body, "park")? == said(body, "other")? {
                let other = body.pointer("other");
                return Err(Fault::malformed(other, "expected the id of another place"));
            }
        }
    }
    Ok(())
}

fn missing(body: &Object<'_>, name: &str) -> Fault {
    Fault::malformed(body.pointer(name), "this member is missing")
}

/// A text that says something.
fn said(body: &Object<'_>, name: &str) -> Result<String, Fault> {
    let text = body.need(name, &TEXT)?;
    if text.trim().is_empty() {
        return Err(Fault::malformed(body.pointer(name), "expected a text that is not empty"));
    }
    Ok(text)
}

/// A position, with the consent that it may be published once it is confirmed.
fn fix(body: &Object<'_>) -> Result<Option<()>, Fault> {
    let Some(fix) = body.object("fix")? else { return Ok(None) };
    check_fix(&fix)?;
    let mut agreed = false;
    for (at, raw) in body.list("consents")?.unwrap_or_default() {
        let consent = Object::read(raw, at)?;
        let what: ConsentTo = consent.need("what", &parsed("not one of the words allowed here"))?;
        check_consent(&consent)?;
        agreed |= what == ConsentTo::PositionOdbl;
    }
    let needed = || Fault::malformed(body.pointer("consents"), "a position needs position_odbl");
    agreed.then_some(Some(())).ok_or_else(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the strict reader says of a body.
    fn judged(body: &str) -> Result<(), String> {
        let text = format!(
            r#"{{"id":"01a205bf-c051-75e1-aa3b-4c5d6e7f8093","rev":1,"dseq":2,
            "device":"01a1f89e-fb38-7abc-8def-0123456789ab","kind":"contribution","schema":1,
            "sealed_at":"2026-11-23T08:15:20.123+08:00","blobs":[],"body":{body}}}"#
        );
        Sealed::parse(&text).map(drop).map_err(|fault| fault.field)
    }

    fn fix() -> String {
        let at = "2026-11-23T08:15:20.123+08:00";
        format!(
            r#""fix":{{"lat":29.5,"lon":106.5,"datum":"WGS84","accuracy_m":12,"source":"device",
            "at":"{at}"}},"consents":[{{"what":"position_odbl","version":"1",
            "text_sha256":"{}","at":"{at}"}}]"#,
            "ab".repeat(32)
        )
    }

    #[test]
    fn each_claim_needs_what_it_says() {
        let fix = fix();
        for good in [
            format!(r#"{{"what":"here","park":"JLP-020",{fix}}}"#),
            r#"{"what":"right","park":"JLP-020","fact":"status","holds":false,"words":"关了"}"#
                .into(),
            r#"{"what":"missing","name":"坡坎游园","words":"三号楼后面"}"#.into(),
            format!(r#"{{"what":"missing","name":"坡坎游园",{fix}}}"#),
            r#"{"what":"same","park":"JLP-020","other":"JLP-021"}"#.into(),
        ] {
            assert_eq!(judged(&good), Ok(()), "{good}");
        }
        for (bad, field) in [
            (r#"{"what":"gone"}"#.to_owned(), "what"),
            (format!(r#"{{"what":"here",{fix}}}"#), "park"),
            (r#"{"what":"here","park":"JLP-020"}"#.into(), "fix"),
            (r#"{"what":"right","park":"JLP-020","fact":"status"}"#.into(), "holds"),
            (r#"{"what":"missing","name":"  "}"#.into(), "name"),
            (format!(r#"{{"what":"missing","name":"{}"}}"#, "园".repeat(NAME_MAX + 1)), "name"),
            (r#"{"what":"same","park":"a","other":"a"}"#.into(), "other"),
        ] {
            assert_eq!(judged(&bad), Err(format!("/sealed/body/{field}")), "{bad}");
        }
    }

    #[test]
    fn a_position_without_its_consent_or_in_another_datum_is_refused() {
        let with = |fix: &str| judged(&format!(r#"{{"what":"here","park":"JLP-020",{fix}}}"#));
        let bare = fix().split(r#","consents""#).next().unwrap_or_default().to_owned();
        assert_eq!(with(&bare), Err("/sealed/body/consents".into()));
        let other = fix().replace("position_odbl", "publish");
        assert_eq!(with(&other), Err("/sealed/body/consents".into()));
        let gcj = fix().replace("WGS84", "GCJ-02");
        assert_eq!(with(&gcj), Err("/sealed/body/fix/datum".into()));
        let far = fix().replace("29.5", "129.5");
        assert_eq!(with(&far), Err("/sealed/body/fix/lat".into()));
    }
}
