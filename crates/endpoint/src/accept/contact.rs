//! Telephone numbers, and how they are erased: whoever has sent one takes it back, alone or with its
//! report, or it has been here long enough. Its row stays, with digest and receipt: a number that is
//! sent again is known, and not stored anew.

use model::{JURISDICTION, contact::KEPT_MS, ids::DeviceId, sealed::Kind};
use rusqlite::params;
use serde::Deserialize;

use super::{Desk, Read};

impl Desk<'_> {
    /// Notes what a new item is about.
    pub(super) fn note_about(&self, seq: u64, item: &Read) -> rusqlite::Result<()> {
        let note = "INSERT INTO about (jurisdiction, item, seq) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO NOTHING";
        match about(item) {
            Some(of) => self.write(note, params![JURISDICTION, of, seq]).map(drop),
            None => Ok(()),
        }
    }

    /// Erases what this device has sent and taken back, in whatever order the two came: after a
    /// withdrawal the numbers that it is about; after a number, that number. What another device has
    /// sent is none of its business.
    pub(super) fn erase_withdrawn(&self, caller: DeviceId, item: &Read) -> rusqlite::Result<()> {
        let Some(of) = about(item).filter(|_| self.rules.erase_withdrawn) else { return Ok(()) };
        let (caller, id) = (caller.to_string(), item.sealed.id.to_string());
        if item.sealed.kind == Kind::Withdraw {
            let numbers = "UPDATE item SET sealed = ''
                 WHERE jurisdiction = ?1 AND kind = 'contact' AND sealed <> ''
                   AND (id = ?3 OR seq IN (SELECT seq FROM about
                                           WHERE jurisdiction = ?1 AND item = ?3))
                   AND seq IN (SELECT seq FROM carried WHERE jurisdiction = ?1 AND device = ?2)";
            return self.erase(numbers, params![JURISDICTION, caller, of]).map(drop);
        }
        let number = "UPDATE item SET sealed = ''
             WHERE jurisdiction = ?1 AND kind = 'contact' AND sealed <> '' AND id = ?4
               AND EXISTS (SELECT 1 FROM about JOIN item w USING (jurisdiction, seq)
                                         JOIN carried USING (jurisdiction, seq)
                           WHERE about.jurisdiction = ?1 AND about.item IN (?3, ?4)
                             AND w.kind = 'withdraw' AND carried.device = ?2)";
        self.erase(number, params![JURISDICTION, caller, of, id]).map(drop)
    }

    /// Erases what has been here for [`KEPT_MS`]. Says how many numbers went.
    pub(super) fn erase_old(&self) -> rusqlite::Result<usize> {
        let until = self.now.unix_ms.saturating_sub(KEPT_MS);
        let erase = "UPDATE item SET sealed = ''
                     WHERE jurisdiction = ?1 AND kind = 'contact' AND sealed <> '' AND at <= ?2";
        self.erase(erase, params![JURISDICTION, until])
    }

    fn erase(&self, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<usize> {
        self.tx.prepare_cached(sql)?.execute(values)
    }
}

/// The id that the body of a telephone number or of a withdrawal names.
fn about(item: &Read) -> Option<String> {
    #[derive(Deserialize)]
    struct Body {
        #[serde(default)]
        of: Option<String>,
    }
    let is_about = matches!(item.sealed.kind, Kind::Contact | Kind::Withdraw);
    if !is_about || item.sealed.schema != 1 {
        return None;
    }
    serde_json::from_str::<Body>(item.sealed.body.get()).ok()?.of
}
