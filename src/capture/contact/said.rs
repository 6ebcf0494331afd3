//! The number of a draft: what a person typed, what they agreed to, and what of it is sealed. Pure.

use model::{contact::ContactConsent, ids::ReportId};
use outbox::{
    Row,
    contact::{self, ToCall},
};
use serde::{Deserialize, Serialize};

use super::number::{NotANumber, Number};
use crate::capture::draft::{Agreed, Draft};

/// A number that a person wants to leave. A draft without one leaves none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// As typed.
    pub phone: String,
    /// To being called.
    pub agreed: Option<Agreed>,
    /// This phone is to remember it for the next report.
    pub remember: bool,
}

/// Why a number cannot be sealed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacks {
    /// It is not typed yet.
    Number,
    /// It is none, or not yet.
    Form(NotANumber),
    /// Nobody has agreed to being called.
    Consent,
}

impl Said {
    /// What it lacks.
    pub fn lacks(&self) -> Option<Lacks> {
        match Number::read(&self.phone) {
            _ if self.phone.trim().is_empty() => Some(Lacks::Number),
            Err(why) => Some(Lacks::Form(why)),
            Ok(_) => self.agreed.is_none().then_some(Lacks::Consent),
        }
    }
}

/// What is sealed beside the report. The draft has passed [`Draft::troubles`].
pub fn to_call(draft: &Draft) -> Option<ToCall> {
    let said = draft.contact.as_ref()?;
    let (number, agreed) = (Number::read(&said.phone).ok()?, said.agreed.clone()?);
    let Agreed { version, text_sha256, at } = agreed;
    let consent = ContactConsent { version, text_sha256, at };
    Some(ToCall { phone: number.sealed(), consent, shown: number.masked() })
}

/// The number that stands beside a sealed report, as a draft holds it. `rows`: the report's, and
/// those about it.
pub fn given(report: ReportId, rows: &[Row]) -> Option<Said> {
    let stands = |row: &&Row| row.of == Some(report) && contact::stands(row);
    let said = rows.iter().filter(stands).filter_map(contact::said).next_back()?;
    let ContactConsent { version, text_sha256, at } = said.consent;
    let agreed = Some(Agreed { version, text_sha256, at });
    Some(Said { phone: said.phone, agreed, remember: false })
}

/// What a list shows of a number.
pub fn masked(row: &Row) -> String {
    let number = contact::said(row).and_then(|said| Number::read(&said.phone).ok());
    number.map_or_else(|| row.label.words.clone(), |number| number.masked())
}

#[cfg(test)]
mod tests {
    use model::{hex::Digest, sealed::Sealed};
    use outbox::{Now, Phone, Rules};

    use super::*;

    fn now() -> Now {
        let boot = "00112233445566778899aabbccddeeff".parse().expect("a boot");
        Now { ms: 1_795_400_000_000, zone: 480, mono_ms: 9, boot, random: [7; 64] }
    }

    fn agreed() -> Agreed {
        let text_sha256 = Digest::of("可以打".as_bytes());
        Agreed { version: "1".into(), text_sha256, at: now().stamp() }
    }

    fn said(phone: &str) -> Said {
        Said { phone: phone.into(), agreed: Some(agreed()), remember: false }
    }

    fn sealed_of(contact: Option<Said>) -> Option<ToCall> {
        let mut draft = Draft::default();
        draft.contact = contact;
        to_call(&draft)
    }

    #[test]
    fn a_number_is_sealed_only_whole_and_agreed_to() {
        let lacks = |said: &Said| said.lacks();
        assert_eq!(lacks(&Said::default()), Some(Lacks::Number));
        assert_eq!(lacks(&said(" ")), Some(Lacks::Number));
        assert_eq!(lacks(&said("138")), Some(Lacks::Form(NotANumber::Mobile(3))));
        let not_agreed = Said { agreed: None, ..said("13800000000") };
        assert_eq!(lacks(&not_agreed), Some(Lacks::Consent));
        assert_eq!(lacks(&said("138 0000 0000")), None);
        for contact in [None, Some(not_agreed), Some(said("138"))] {
            assert_eq!(sealed_of(contact), None);
        }
    }

    #[test]
    fn what_was_sealed_is_taken_up_again_and_is_the_same_number_then() {
        let contact = Some(said("（023）6000 0000"));
        let wanted = sealed_of(contact).expect("a number");
        let mut phone = Phone::default();
        let report = phone.new_id(&now());
        let rules = Rules::default();
        let first = contact::beside(&mut phone, &now(), report, Some(&wanted), &[], rules).new;
        let [row] = &first[..] else { panic!("one row") };
        Sealed::parse(&row.sealed).expect("the endpoint reads what the page seals");
        assert_eq!(
            (masked(row).as_str(), row.label.words.as_str()),
            ("023-****0000", "023-****0000")
        );
        let again = given(report, &first).expect("it stands");
        assert_eq!(again, said("023-60000000"));
        let same = sealed_of(Some(again));
        assert_eq!(same, Some(wanted));
        let gone = Row { sealed: String::new(), ..row.clone() };
        assert_eq!(
            (given(report, core::slice::from_ref(&gone)), masked(&gone).as_str()),
            (None, "023-****0000")
        );
        let taken_back = Row { withdrawn: true, ..row.clone() };
        assert_eq!(given(report, &[taken_back]), None);
    }
}
