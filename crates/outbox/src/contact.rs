//! The phone number beside a report. It is an item of its own, so that it can be taken back and
//! erased alone while the report and its receipt stay whole. Pure.

use model::{
    contact::{Contact, ContactConsent},
    ids::ReportId,
    sealed::Kind,
};
use serde::Deserialize;

use crate::{
    Now, Rules,
    phone::Phone,
    row::{Label, Row},
    seal::{ToSeal, WayBack, seal, take_back_alone},
};

/// What a person gives: a number, and to which text they agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToCall {
    /// As it is sealed, at most 40 characters.
    pub phone: String,
    /// The consent to being called.
    pub consent: ContactConsent,
    /// What a list shows of the number once it has left this phone: not all of it.
    pub shown: String,
}

/// What becomes of the numbers beside a report when its next revision is sealed.
#[derive(Debug, Default)]
pub struct Beside {
    /// Rows that are new.
    pub new: Vec<Row>,
    /// Rows that were there, as they stand now.
    pub changed: Vec<Row>,
}

/// Is it a number that stands: given, and not taken back?
pub fn stands(row: &Row) -> bool {
    row.kind == Kind::Contact.as_str() && !row.withdrawn
}

/// What was sealed; none once its words have left this phone.
pub fn said(row: &Row) -> Option<Contact> {
    #[derive(Deserialize)]
    struct Sealed {
        body: Contact,
    }
    let sealed: Sealed = serde_json::from_str(&row.sealed).ok()?;
    Some(sealed.body)
}

/// Brings the numbers beside a report to what its person says now. The one that says the same stays
/// as it is; any other is taken back; and what nobody has said yet is sealed. A number whose words
/// have left this phone gives way only to another one: no draft can have shown it.
pub fn beside(
    phone: &mut Phone,
    now: &Now,
    report: ReportId,
    wanted: Option<&ToCall>,
    rows: &[Row],
    rules: Rules,
) -> Beside {
    let mut beside = Beside::default();
    let mut is_here = false;
    for row in rows.iter().filter(|row| row.of == Some(report) && stands(row)) {
        let said = said(row);
        // What was refused goes no further as it is: whoever seals again has looked at it.
        let same = !row.needs_you()
            && said.as_ref().zip(wanted).is_some_and(|(said, wanted)| {
                (&said.phone, &said.consent) == (&wanted.phone, &wanted.consent)
            });
        if same && !is_here {
            is_here = true;
        } else if said.is_some() || wanted.is_some() {
            let back = take_back_alone(phone, now, row.clone(), rules);
            let WayBack { rows, withdrawal } = back.unwrap_or_default();
            beside.changed.extend(rows);
            beside.new.extend(withdrawal);
        }
    }
    let wanted = wanted.filter(|_| !is_here);
    beside.new.extend(wanted.map(|wanted| contact(phone, now, report, wanted)));
    beside
}

/// Seals a number for a report. It has a later id than the report and so is sent after it.
fn contact(phone: &mut Phone, now: &Now, of: ReportId, to_call: &ToCall) -> Row {
    let ToCall { phone: number, consent, shown } = to_call.clone();
    let what = ToSeal {
        id: phone.new_id(now),
        kind: Kind::Contact,
        schema: 1,
        blobs: Vec::new(),
        body: Contact { of, phone: number, consent },
        label: Label { words: shown, ..Label::default() },
    };
    Row { of: Some(of), ..seal(phone, now, what) }
}
