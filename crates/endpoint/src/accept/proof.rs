//! What proves that an item is stored: its receipt, made once for each epoch, and what is missing.

use model::{
    JURISDICTION,
    ids::{DeviceId, ReportId},
    receipt::{Claim, OfReceipt, Receipt, sign_receipt},
    sealed::{Kind, Sealed},
    spoken::CaseNo,
    stamp::Stamp,
    wire::{Note, Proof},
};
use rusqlite::{OptionalExtension as _, params};

use super::{Desk, Read, row::Row};
use crate::{core::parsed, feed::need};

impl Desk<'_> {
    /// The receipt, what is still missing, and who may bring it.
    pub(super) fn prove(
        &self,
        caller: DeviceId,
        item: &Read,
        row: &Row,
        note: Option<Note>,
    ) -> rusqlite::Result<Proof> {
        let carried = "INSERT INTO carried (jurisdiction, seq, device) VALUES (?1, ?2, ?3)
                       ON CONFLICT DO NOTHING";
        self.write(carried, params![JURISDICTION, row.seq, caller.to_string()])?;
        let (receipt, signature) = if let Some(made) = self.receipt(row.seq)? {
            made
        } else {
            let Sealed { id, rev, kind, .. } = &item.sealed;
            self.sign(Claim { id: *id, rev: *rev, sha256: item.sha256 }, kind, row)?
        };
        let signature = signature.parse().map_err(|error| {
            let text = rusqlite::types::Type::Text;
            rusqlite::Error::FromSqlConversionFailure(1, text, Box::new(error))
        })?;
        Ok(Proof { receipt, signature, need: need(self.tx, &item.sealed)?, note })
    }

    /// The receipt of this epoch, as it was made.
    fn receipt(&self, seq: u64) -> rusqlite::Result<Option<(String, String)>> {
        let made = "SELECT text, signature FROM receipt
                    WHERE jurisdiction = ?1 AND seq = ?2 AND epoch = ?3";
        self.tx
            .prepare_cached(made)?
            .query_row(params![JURISDICTION, seq, self.identity.epoch.to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
    }

    /// Makes the receipt of this epoch, with the row's own place and time.
    fn sign(&self, claim: Claim, kind: &Kind, row: &Row) -> rusqlite::Result<(String, String)> {
        let Claim { id, rev, sha256 } = claim;
        let receipt = Receipt {
            of: OfReceipt::Receipt,
            v: 1,
            kid: self.identity.kid(),
            epoch: self.identity.epoch,
            seq: row.seq,
            id,
            rev,
            sha256,
            at: row.at,
            case_no: if kind.opens_case() { Some(self.case_no(id)?) } else { None },
        };
        let (text, signature) = sign_receipt(&self.identity.secret, &receipt);
        let signature = signature.to_string();
        let keep = "INSERT INTO receipt (jurisdiction, seq, epoch, text, signature)
                    VALUES (?1, ?2, ?3, ?4, ?5)";
        let epoch = self.identity.epoch.to_string();
        self.write(keep, params![JURISDICTION, row.seq, epoch, text, signature])?;
        Ok((text, signature))
    }

    /// Makes the receipts of a new epoch.
    pub(crate) fn sign_all(&self) -> rusqlite::Result<()> {
        let rows = "SELECT seq, at, id, rev, sha256, kind FROM item WHERE jurisdiction = ?1";
        let mut rows = self.tx.prepare(rows)?;
        let mut rows = rows.query([JURISDICTION])?;
        while let Some(found) = rows.next()? {
            let row = Row { seq: found.get(0)?, at: Stamp::utc(found.get(1)?) };
            let (id, rev, sha256) = (parsed(found, 2)?, found.get(3)?, parsed(found, 4)?);
            let kind = Kind::from(found.get_ref(5)?.as_str()?);
            self.sign(Claim { id, rev, sha256 }, &kind, &row)?;
        }
        Ok(())
    }

    /// The number of an item's case: the first candidate that is free, the same for all revisions.
    fn case_no(&self, id: ReportId) -> rusqlite::Result<CaseNo> {
        let take = "INSERT INTO case_number (jurisdiction, case_no, item) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO NOTHING";
        let have = "SELECT case_no FROM case_number WHERE jurisdiction = ?1 AND item = ?2";
        let item = id.to_string();
        let mut nth = 0;
        loop {
            let candidate = CaseNo::candidate(JURISDICTION, id, nth);
            self.write(take, params![JURISDICTION, candidate.as_str(), item])?;
            let mut have = self.tx.prepare_cached(have)?;
            let have = have.query_row(params![JURISDICTION, item], |row| parsed(row, 0));
            match have.optional()? {
                Some(case_no) => return Ok(case_no),
                None => nth += 1,
            }
        }
    }
}
