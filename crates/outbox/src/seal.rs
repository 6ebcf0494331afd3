//! Sealing: what a person wrote becomes bytes that never change.

use model::{
    ids::{DeviceId, ReportId},
    report::{TakenBack, Withdraw},
    sealed::{BlobEntry, Kind, Sealed},
    spoken::ReceiptSecret,
};
use serde::Serialize;

use crate::{
    Now, Rules,
    phone::Phone,
    row::{Label, Row, RowKey},
};

/// What is about to be sealed.
#[derive(Clone, Debug)]
pub struct ToSeal<Body> {
    /// Which item.
    pub id: ReportId,
    /// What it is.
    pub kind: Kind,
    /// Version of the body.
    pub schema: u32,
    /// Photos and voice notes, already in the phone's storage.
    pub blobs: Vec<BlobEntry>,
    /// What a person said.
    pub body: Body,
    /// What a list shows of it.
    pub label: Label,
}

/// What is fixed of a row before its text is written.
struct Head {
    key: RowKey,
    dseq: u64,
    device: DeviceId,
    secret: Option<ReceiptSecret>,
}

/// Seals a first revision: counts, writes the text, digests it. The caller commits `phone` and the
/// row together, in the transaction that takes the draft away.
pub fn seal<Body: Serialize>(phone: &mut Phone, now: &Now, what: ToSeal<Body>) -> Row {
    let secret = what.kind.opens_case().then(|| ReceiptSecret::new(now.bytes(52)));
    let key = RowKey { id: what.id, rev: 1 };
    let (device, dseq) = count(phone, now);
    write(now, &Head { key, dseq, device, secret }, what)
}

/// Seals an edited version of an item: a new revision of it with the same secret, never the last one
/// in place, which may be on its way at this moment.
pub fn edit<Body: Serialize>(
    phone: &mut Phone,
    now: &Now,
    last: &Row,
    mut what: ToSeal<Body>,
    rules: Rules,
) -> Row {
    what.id = last.key.id;
    let rev = if rules.seal { last.key.rev + 1 } else { last.key.rev };
    let (device, dseq) = count(phone, now);
    let key = RowKey { id: what.id, rev };
    write(now, &Head { key, dseq, device, secret: last.secret }, what)
}

/// Undoes a row of which no byte has left: it is sealed anew, empty, under the same id, revision and
/// number, so that no number is missing at the endpoint. Returns none once bytes may have left:
/// then only [`withdraw`] is honest.
pub fn undo(now: &Now, row: &Row, rules: Rules) -> Option<Row> {
    if row.tried && rules.undo_before_tried {
        return None;
    }
    let head = Head {
        key: row.key,
        dseq: row.dseq,
        device: row.sealed_by()?,
        // Each later revision repeats the secret of the first.
        secret: row.secret.filter(|_| row.key.rev > 1),
    };
    let what = ToSeal {
        id: row.key.id,
        kind: Kind::Withdraw,
        schema: 1,
        blobs: Vec::new(),
        body: TakenBack {},
        label: Label { words: String::new(), ..row.label.clone() },
    };
    Some(Row { withdrawn: true, of: row.of, ..write(now, &head, what) })
}

/// Takes an item back that may have left already: an item of its own that names it.
pub fn withdraw(phone: &mut Phone, now: &Now, row: &Row) -> Row {
    let what = ToSeal {
        id: phone.new_id(now),
        kind: Kind::Withdraw,
        schema: 1,
        blobs: Vec::new(),
        body: Withdraw { of: row.key.id },
        label: Label { words: String::new(), ..row.label.clone() },
    };
    Row { of: Some(row.key.id), ..seal(phone, now, what) }
}

/// What taking back makes of the rows of an item.
#[derive(Debug, Default)]
pub struct WayBack {
    /// All that were given, as they stand now.
    pub rows: Vec<Row>,
    /// What tells whoever has the item. None: no byte of it had left, nobody will read it.
    pub withdrawal: Option<Row>,
}

/// Takes a report back, whole: `rows` are its revisions and what was sealed about it, such as a
/// phone number. Of what has not left, nothing ever will; if any of it may have left, an item of its
/// own says that the report is withdrawn. None: there is nothing to take back, or it is done already.
pub fn take_back(phone: &mut Phone, now: &Now, rows: Vec<Row>, rules: Rules) -> Option<WayBack> {
    let newest = rows.iter().filter(|row| row.of.is_none()).max_by_key(|row| row.key.rev)?.clone();
    back(phone, now, &newest, rows, rules)
}

/// Takes back what was sealed about a report, such as a phone number, and leaves the report as it is.
/// None: it is done already.
pub fn take_back_alone(phone: &mut Phone, now: &Now, row: Row, rules: Rules) -> Option<WayBack> {
    back(phone, now, &row.clone(), vec![row], rules)
}

fn back(
    phone: &mut Phone,
    now: &Now,
    newest: &Row,
    rows: Vec<Row>,
    rules: Rules,
) -> Option<WayBack> {
    if newest.withdrawn {
        return None;
    }
    let mut may_have_left = false;
    let rows = rows.into_iter().map(|row| {
        let undone = undo(now, &row, rules);
        may_have_left |= undone.is_none();
        undone.unwrap_or(Row { withdrawn: true, ..row })
    });
    let rows = rows.collect();
    let withdrawal = may_have_left.then(|| withdraw(phone, now, newest));
    Some(WayBack { rows, withdrawal })
}

/// The device that seals, and its next number.
fn count(phone: &mut Phone, now: &Now) -> (DeviceId, u64) {
    let device = phone.needs_device(now);
    device.last_dseq += 1;
    (device.id, device.last_dseq)
}

fn write<Body: Serialize>(now: &Now, head: &Head, what: ToSeal<Body>) -> Row {
    let sealed = Sealed {
        id: head.key.id,
        rev: head.key.rev,
        dseq: head.dseq,
        device: head.device,
        kind: what.kind,
        schema: what.schema,
        sealed_at: now.stamp(),
        mono_ms: Some(now.mono_ms),
        boot: Some(now.boot),
        secret_sha256: head.secret.map(|secret| secret.digest()),
        blobs: what.blobs,
        body: what.body,
    };
    // Structs of texts and numbers: serialising them has no way to fail.
    let text = serde_json::to_string(&sealed).unwrap_or_default();
    let kind = sealed.kind.to_string();
    let row = Row::sealed(head.key, head.dseq, kind, text, sealed.blobs, now.ms);
    Row { secret: head.secret, label: what.label, ..row }
}
