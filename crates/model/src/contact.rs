//! The body of kind `contact`, schema 1: a phone number for a report. It is an item of its own, so
//! that it can be taken back and erased alone while the report and its receipt stay whole.

use serde::{Deserialize, Serialize};

use crate::{
    hex::Digest,
    ids::ReportId,
    report::{REPORT, check_consent},
    sealed::Sealed,
    stamp::Stamp,
    strict::{Form, Object, TEXT},
    wire::Fault,
};

/// The most characters of [`Contact::phone`].
pub const PHONE_MAX: usize = 40;
/// An endpoint erases a number so many days after it came, if nobody has taken it back before. The
/// screen says so where the number is given.
pub const KEPT_DAYS: i64 = 180;
/// The same in milliseconds.
pub const KEPT_MS: i64 = KEPT_DAYS * 86_400_000;

/// The body of a contact: a phone number for a report, an item of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The report.
    pub of: ReportId,
    /// Digits, and spaces and `+-()` between them; at most [`PHONE_MAX`] characters.
    pub phone: String,
    /// To which text the person agreed.
    pub consent: ContactConsent,
}

/// The consent to being called: to which text, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactConsent {
    /// Version of the text.
    pub version: String,
    /// Digest of the text as it was shown.
    pub text_sha256: Digest,
    /// When.
    pub at: Stamp,
}

/// Reads it as strictly as a report.
pub(crate) fn check(sealed: &Sealed, body: &Object<'_>) -> Result<(), Fault> {
    if !sealed.blobs.is_empty() {
        return Err(Fault::malformed("/sealed/blobs", "a telephone number has no photos"));
    }
    if body.need("of", &REPORT)? == sealed.id {
        return Err(Fault::malformed(body.pointer("of"), "expected the id of another item"));
    }
    body.need("phone", &TEXT)?;
    body.words("phone", PHONE_MAX)?;
    body.need("phone", &PHONE)?;
    let consent = body.object("consent")?;
    let missing = || Fault::malformed(body.pointer("consent"), "this member is missing");
    check_consent(&consent.ok_or_else(missing)?)
}

/// Nothing but what can be dialled: the form of a country's numbers is the page's business.
const PHONE: Form<String> = Form {
    expected: "expected a telephone number: 5 digits or more, and spaces and +-() between them",
    read: |raw| {
        (TEXT.read)(raw).filter(|text| {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            digits >= 5 && text.bytes().all(|it| it.is_ascii_digit() || b" +-()".contains(&it))
        })
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_cannot_be_dialled_is_refused_by_its_field() {
        const OWN: &str = "01a205bf-c051-75e1-aa3b-4c5d6e7f8093";
        let consent = format!(
            r#"{{"version":"1","text_sha256":"{}","at":"2026-11-23T08:15:20.123+08:00"}}"#,
            "ab".repeat(32)
        );
        let of = r#""01a205bf-c051-75e1-aa3b-4c5d6e7f8091""#;
        let judged = |of: &str, phone: &str, consent: &str, blobs: &str| {
            let text = format!(
                r#"{{"id":"{OWN}","rev":1,"dseq":2,"device":"01a1f89e-fb38-7abc-8def-0123456789ab",
                "kind":"contact","schema":1,"sealed_at":"2026-11-23T08:15:20.123+08:00",
                "blobs":{blobs},"body":{{"of":{of},"phone":{phone},"consent":{consent}}}}}"#
            );
            Sealed::parse(&text).map(drop).map_err(|fault| fault.field)
        };
        let refused = |field: &str| Err(field.to_owned());
        let good = r#""(023) 6878-0000""#;
        assert_eq!(judged(of, good, &consent, "[]"), Ok(()));
        assert_eq!(judged(of, r#""+86 138 0000 0000""#, &consent, "[]"), Ok(()));
        let bad = [r#""""#, "13800000000", "null", r#""1234""#, r#""call me 13800000000""#];
        for phone in bad.iter().chain(&[r#""138\u202e0000000""#, r#""138000\n00000""#]) {
            assert_eq!(judged(of, phone, &consent, "[]"), refused("/sealed/body/phone"), "{phone}");
        }
        let long = format!(r#""{}""#, "1".repeat(PHONE_MAX + 1));
        assert_eq!(judged(of, &long, &consent, "[]"), refused("/sealed/body/phone"));
        for other in ["null", r#""x""#, &format!(r#""{OWN}""#)] {
            assert_eq!(judged(other, good, &consent, "[]"), refused("/sealed/body/of"), "{other}");
        }
        assert_eq!(judged(of, good, "null", "[]"), refused("/sealed/body/consent"));
        let digest = consent.replace("abab", "ABAB");
        let field = refused("/sealed/body/consent/text_sha256");
        assert_eq!(judged(of, good, &digest, "[]"), field);
        let photo = format!(
            r#"[{{"sha256":"{}","len":1,"type":"image/jpeg","role":"photo"}}]"#,
            "ab".repeat(32)
        );
        assert_eq!(judged(of, good, &consent, &photo), refused("/sealed/blobs"));
    }
}
