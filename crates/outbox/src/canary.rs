//! What stands outside the database, so that a database that comes back empty or old is noticed.
//!
//! After each sealing the phone writes a canary beside the database and mirrors the text. At start
//! the database is held against both. Pure: what is read goes in, what to write comes out.

use model::{
    hex::Digest,
    ids::{DeviceId, ReportId},
    sealed::Kind,
};
use serde::{Deserialize, Serialize};

use crate::{
    Now,
    phone::{Device, Phone},
    row::{Delivery, Label, Row},
    seal::{self, ToSeal},
};

/// How far this device had counted when it last sealed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canary {
    /// The device that sealed.
    pub device: DeviceId,
    /// The number of the last thing it sealed.
    pub dseq: u64,
    /// How many were not delivered then.
    pub count: u32,
    /// The last thing that was sealed.
    pub last_id: ReportId,
}

impl Canary {
    /// Has the database forgotten something that was sealed?
    pub fn is_ahead(&self, phone: &Phone) -> bool {
        phone
            .device
            .as_ref()
            .is_none_or(|device| device.id == self.device && device.last_dseq < self.dseq)
    }

    /// Is the last thing that was sealed here, whatever else is gone?
    pub fn is_met_by(&self, rows: &[Row]) -> bool {
        rows.iter().any(|row| row.dseq >= self.dseq && row.sealed_by() == Some(self.device))
    }
}

/// What was kept outside the database.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mirrored {
    /// The device, so that its numbers go on and the endpoint knows it again.
    pub device: Option<Device>,
    /// Texts that were not delivered.
    pub rows: Vec<Row>,
}

/// What was found and mended, as a person is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// The database had forgotten things that were sealed.
    pub forgot: bool,
    /// Texts that came back out of the mirror.
    pub texts: u32,
    /// Their photos that are on this phone no more.
    pub photos: u32,
    /// Records that cannot be read, and stay.
    pub unreadable: u32,
}

impl Repair {
    /// Is there anything to tell?
    pub fn is_needed(self) -> bool {
        self != Self::default()
    }
}

/// A mirrored text as it enters the database again: the very bytes that were sealed, or none. It may
/// have been sent since.
pub fn as_it_was_sealed(row: &Row) -> Option<Row> {
    let whole = Digest::of(row.sealed.as_bytes()) == row.sha256;
    let row = Row {
        delivery: Delivery::Sealed,
        tried: true,
        waits: None,
        receipts: Vec::new(),
        unchecked: None,
        held: false,
        ..row.clone()
    };
    whole.then_some(row)
}

/// The device and its numbers go on where they were: no number is given twice.
pub fn resume(phone: &mut Phone, canary: Option<&Canary>, mirrored: &Mirrored) {
    if phone.device.is_none() {
        let device = mirrored.device.clone();
        phone.device = device.map(|device| Device { enrolled: false, ..device });
    }
    let Some(device) = &mut phone.device else { return };
    let canary = canary.filter(|it| it.device == device.id).map(|it| it.dseq);
    let rows = mirrored.rows.iter().filter(|row| row.sealed_by() == Some(device.id));
    let last = rows.map(|row| row.dseq).chain(canary).max();
    device.last_dseq = device.last_dseq.max(last.unwrap_or(0));
}

/// The body of a probe that says what became of this phone's storage.
#[derive(Debug, Serialize)]
struct Forgot {
    what: &'static str,
    /// The last number that the database knew.
    found_dseq: u64,
    /// The last number that was given.
    last_dseq: u64,
    texts: u32,
    photos_missing: u32,
    unreadable: u32,
}

/// Seals what the endpoint is told about it. `found_dseq`: the last number the database knew.
pub fn tell(phone: &mut Phone, now: &Now, found_dseq: u64, repair: Repair) -> Row {
    let last_dseq = phone.device.as_ref().map_or(0, |device| device.last_dseq);
    let Repair { texts, photos, unreadable, .. } = repair;
    let body = Forgot {
        what: "storage_forgot",
        found_dseq,
        last_dseq,
        texts,
        photos_missing: photos,
        unreadable,
    };
    let id = phone.new_id(now);
    let (blobs, label) = (Vec::new(), Label::default());
    seal::seal(phone, now, ToSeal { id, kind: Kind::Probe, schema: 1, blobs, body, label })
}

#[cfg(test)]
mod tests {
    use model::hex::Boot;

    use super::*;

    fn now() -> Now {
        let ms = 1_795_400_000_000;
        Now { ms, zone: 480, mono_ms: 9, boot: Boot([1; 16]), random: [7; 64] }
    }

    fn sealed(phone: &mut Phone) -> Row {
        let id = phone.new_id(&now());
        let (blobs, label) = (Vec::new(), Label::default());
        let what = ToSeal { id, kind: Kind::Report, schema: 1, blobs, body: (), label };
        seal::seal(phone, &now(), what)
    }

    fn canary(phone: &Phone, row: &Row) -> Canary {
        let device = phone.device.as_ref().unwrap();
        Canary { device: device.id, dseq: device.last_dseq, count: 1, last_id: row.key.id }
    }

    #[test]
    fn an_empty_or_old_database_is_noticed_and_a_new_device_is_not_mistaken_for_one() {
        let mut phone = Phone::default();
        sealed(&mut phone);
        let old = phone.clone();
        let row = sealed(&mut phone);
        let canary = canary(&phone, &row);
        assert!(!canary.is_ahead(&phone));
        assert!(canary.is_ahead(&old));
        assert!(canary.is_ahead(&Phone::default()));
        sealed(&mut phone);
        assert!(!canary.is_ahead(&phone), "it is written after the commit");
        let mut other = Phone::default();
        sealed(&mut other);
        other.device.as_mut().unwrap().id = DeviceId::new(1, &[9; 10]);
        assert!(!canary.is_ahead(&other));
    }

    #[test]
    fn the_numbers_go_on_under_the_same_device_and_the_gap_is_told() {
        let mut phone = Phone::default();
        let row = sealed(&mut phone);
        let delivered = sealed(&mut phone);
        let canary = canary(&phone, &delivered);
        let mirrored = Mirrored { device: phone.device.clone(), rows: vec![row] };
        let mut empty = Phone::default();
        resume(&mut empty, Some(&canary), &mirrored);
        let repair = Repair { forgot: true, texts: 1, ..Repair::default() };
        let probe = tell(&mut empty, &now(), 0, repair);
        assert_eq!(probe.dseq, 3);
        assert_eq!(probe.sealed_by(), Some(canary.device));
        assert!(!empty.device.unwrap().enrolled, "asked anew, with the same token");
        let sealed: serde_json::Value = serde_json::from_str(&probe.sealed).unwrap();
        assert_eq!(sealed["kind"], "probe");
        assert_eq!(sealed["body"]["found_dseq"], 0);
        assert_eq!(sealed["body"]["last_dseq"], 2);
    }

    #[test]
    fn a_text_enters_again_as_it_was_sealed_or_not_at_all() {
        let mut row = sealed(&mut Phone::default());
        row.delivery = Delivery::Delivered;
        let again = as_it_was_sealed(&row).unwrap();
        assert_eq!((&again.sealed, again.sha256, again.dseq), (&row.sealed, row.sha256, row.dseq));
        assert_eq!((again.delivery, again.tried), (Delivery::Sealed, true));
        row.sealed.push(' ');
        assert_eq!(as_it_was_sealed(&row), None);
    }
}
