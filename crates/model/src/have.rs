//! `POST /sync/v1/have`: what of all this is missing at the endpoint? Asked after a restore and
//! after an import, where sending everything again would cost a phone its data allowance.
//!
//! The answer speaks only of what the asking device has sent itself. What somebody else has sent is
//! missing to it, so that nobody learns what others hold; sent again, it is a duplicate.

use serde::{Deserialize, Serialize};

use crate::{
    hex::Digest,
    ids::ReportId,
    receipt::Claim,
    sealed::{COUNT32, DIGEST, ID},
    strict::Object,
    wire::Fault,
};

/// Items, and photos, in one question.
pub const ASKED: usize = 500;
/// Bytes of the request.
pub const BYTES: usize = 128 * 1024;

/// The body of the request: what this phone holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Have {
    /// Revisions it has sealed, at most [`ASKED`].
    pub items: Vec<Claim>,
    /// Photos and voice notes, at most [`ASKED`].
    pub blobs: Vec<Digest>,
}

/// The answer: what is to be sent again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Those of the asked revisions that this device has not stored with these very bytes, in the
    /// order of the question. Sent again, each gets its own result, a clash too.
    pub items: Vec<Revision>,
    /// Those of the asked photos that are not held, or that no stored item of this device names,
    /// in the order of the question.
    pub blobs: Vec<Digest>,
}

/// The key of an item: it exists once, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Revision {
    /// Which item.
    pub id: ReportId,
    /// Which revision of it.
    pub rev: u32,
}

impl From<Claim> for Revision {
    fn from(Claim { id, rev, .. }: Claim) -> Self {
        Self { id, rev }
    }
}

/// Reads the body of a request. A list that is absent is empty.
pub fn received_have(body: &str) -> Result<Have, Fault> {
    let request = Object::read(body, "")?;
    let mut have = Have::default();
    for (at, raw) in listed(&request, "items")? {
        let item = Object::read(raw, at)?;
        let (id, rev) = (item.need("id", &ID)?, item.need("rev", &COUNT32)?);
        have.items.push(Claim { id, rev, sha256: item.need("sha256", &DIGEST)? });
    }
    for (at, raw) in listed(&request, "blobs")? {
        let digest = (DIGEST.read)(raw).ok_or_else(|| Fault::malformed(at, DIGEST.expected))?;
        have.blobs.push(digest);
    }
    Ok(have)
}

fn listed<'a>(request: &Object<'a>, name: &str) -> Result<Vec<(String, &'a str)>, Fault> {
    let list = request.list(name)?.unwrap_or_default();
    if list.len() > ASKED {
        let detail = "too many in one question";
        return Err(Fault::too_large(request.pointer(name), ASKED as u64, detail));
    }
    Ok(list)
}
