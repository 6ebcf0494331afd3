//! What is missing of what a phone holds.

use model::{
    JURISDICTION,
    have::{Have, Missing},
    ids::DeviceId,
    receipt::Claim,
};
use rusqlite::{Connection, params};

use crate::{core::awaited, feed::held};

/// What this device has to send again. What only others have sent is missing to it.
pub(crate) fn missing(
    conn: &Connection,
    caller: DeviceId,
    have: &Have,
) -> rusqlite::Result<Missing> {
    let stored = "SELECT 1 FROM item JOIN carried USING (jurisdiction, seq)
                  WHERE jurisdiction = ?1 AND id = ?2 AND rev = ?3 AND sha256 = ?4
                    AND carried.device = ?5";
    let mut stored = conn.prepare_cached(stored)?;
    let who = caller.to_string();
    let mut missing = Missing::default();
    for &claim in &have.items {
        let Claim { id, rev, sha256 } = claim;
        if !stored.exists(params![JURISDICTION, id.to_string(), rev, sha256.to_string(), who])? {
            missing.items.push(claim.into());
        }
    }
    for &sha256 in &have.blobs {
        if awaited(conn, caller, sha256)?.is_none() || !held(conn, sha256)? {
            missing.blobs.push(sha256);
        }
    }
    Ok(missing)
}
