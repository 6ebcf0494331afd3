//! The proof that an item is stored, and the keys it hangs on.
//!
//! A signed thing is a JSON text inside a string; the signature (Ed25519, RFC 8032, verified
//! strictly) is over the bytes of that string. Whoever verifies reads the members out of the very
//! string that was verified.

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::{
    base64::{self, PublicKey, Signature},
    hex::{Digest, Epoch, Kid},
    ids::ReportId,
    spoken::CaseNo,
    stamp::Stamp,
    wire::Proof,
};

/// What a receipt says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Keeps receipts and keys apart.
    pub of: OfReceipt,
    /// Always 1.
    pub v: u32,
    /// Which key signed it.
    pub kid: Kid,
    /// Which life of the database.
    pub epoch: Epoch,
    /// Position in the feed, from 1.
    pub seq: u64,
    /// Which item.
    pub id: ReportId,
    /// Which revision.
    pub rev: u32,
    /// Of the sealed text.
    pub sha256: Digest,
    /// The endpoint's clock when it was stored; never goes back.
    pub at: Stamp,
    /// Number of the case, for kinds that open one.
    pub case_no: Option<CaseNo>,
}

/// What a signed key says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Keeps receipts and keys apart.
    pub of: OfKey,
    /// Always 1.
    pub v: u32,
    /// Its short id.
    pub kid: Kid,
    /// The key.
    pub public: PublicKey,
    /// Since when it signs.
    pub from: Stamp,
}

/// The word `receipt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfReceipt {
    /// A receipt.
    #[serde(rename = "receipt")]
    Receipt,
}

/// The word `key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfKey {
    /// A key.
    #[serde(rename = "key")]
    Key,
}

/// A key as `hello` carries it: its text, and who vouches for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedKey {
    /// The text of a [`Key`].
    pub key: String,
    /// The key that signed it: itself for the first, an older one later.
    pub by: Kid,
    /// Over the bytes of that text.
    pub signature: Signature,
}

/// The keys a phone has stored, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyring(Vec<PublicKey>);

/// What a phone makes of the keys in a `hello`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The endpoint is who it was: these are the keys to store now.
    Known(Keyring),
    /// None of its keys is signed by one this phone has stored. A person may accept it.
    Stranger,
    /// The list does not hold together: not an answer.
    Broken,
}

/// Why a receipt does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotProven {
    /// Its text is no receipt of this version.
    #[error("the text is not a receipt")]
    Form,
    /// It names another item, revision or digest than this phone sealed.
    #[error("the receipt is about something else")]
    OtherItem,
    /// Its epoch is not the one the answer came with.
    #[error("the receipt is of another epoch than the answer")]
    OtherEpoch,
    /// It is signed by a key this phone does not have.
    #[error("the receipt is signed by an unknown key")]
    UnknownKey,
    /// The signature does not fit.
    #[error("the signature does not fit the receipt")]
    Signature,
}

/// What a phone sealed: what a receipt must name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Which item.
    pub id: ReportId,
    /// Which revision.
    pub rev: u32,
    /// Of the sealed text.
    pub sha256: Digest,
}

impl Keyring {
    /// Judges the keys of a `hello`: a phone that stores none takes the list if its chain holds; one
    /// that stores some takes, in order, those that a stored key vouches for.
    pub fn judge(&self, list: &[SignedKey]) -> Trust {
        if !chain_holds(list) {
            return Trust::Broken;
        }
        let mut known = self.clone();
        let mut met = self.0.is_empty();
        for signed in list {
            let Some(key) = signed.read() else { continue };
            if known.holds(key.kid) {
                met = true;
            } else if self.0.is_empty() || known.vouches(signed) {
                known.0.push(key.public);
                met = true;
            }
        }
        if met { Trust::Known(known) } else { Trust::Stranger }
    }

    /// Takes the keys of an endpoint that a person has accepted, beside the old ones.
    pub fn accept(&mut self, list: &[SignedKey]) -> bool {
        let holds = chain_holds(list);
        for key in list.iter().filter(|_| holds).filter_map(SignedKey::read) {
            if !self.holds(key.kid) {
                self.0.push(key.public);
            }
        }
        holds
    }

    /// Adds keys that are trusted already. None is ever taken out: old receipts hang on old keys.
    pub fn keep(&mut self, more: &Self) {
        for key in &more.0 {
            if !self.holds(key.kid()) {
                self.0.push(*key);
            }
        }
    }

    /// Does this phone store no key yet?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Short ids of the stored keys, oldest first.
    pub fn kids(&self) -> impl Iterator<Item = Kid> {
        self.0.iter().map(PublicKey::kid)
    }

    /// Is every key of this list stored here, and there is one? Then nothing new is to be judged.
    pub fn holds_all(&self, list: &[SignedKey]) -> bool {
        let held = |signed: &SignedKey| signed.read().is_some_and(|key| self.holds(key.kid));
        !list.is_empty() && list.iter().all(held)
    }

    fn holds(&self, kid: Kid) -> bool {
        self.find(kid).is_some()
    }

    fn find(&self, kid: Kid) -> Option<&PublicKey> {
        self.0.iter().find(|key| key.kid() == kid)
    }

    fn vouches(&self, signed: &SignedKey) -> bool {
        self.find(signed.by).is_some_and(|by| verifies(by, &signed.key, &signed.signature))
    }

    /// Checks a receipt down to its signature, for an answer that came with `epoch`.
    pub fn prove(&self, proof: &Proof, claim: Claim, epoch: Epoch) -> Result<Receipt, NotProven> {
        self.verify(&proof.receipt, &proof.signature)?.about(claim, epoch)
    }

    /// As [`Keyring::prove`], but for the signature: it names what it should and a stored key, and
    /// is not proven yet.
    pub fn read(&self, proof: &Proof, claim: Claim, epoch: Epoch) -> Result<Receipt, NotProven> {
        self.signer(&proof.receipt)?.0.about(claim, epoch)
    }

    /// Checks form and signature of a receipt, whatever item it is about.
    pub fn verify(&self, text: &str, signature: &Signature) -> Result<Receipt, NotProven> {
        let (receipt, key) = self.signer(text)?;
        if verifies(key, text, signature) { Ok(receipt) } else { Err(NotProven::Signature) }
    }

    /// A receipt, and the stored key that it says it is signed with.
    fn signer(&self, text: &str) -> Result<(Receipt, &PublicKey), NotProven> {
        let receipt: Receipt = serde_json::from_str(text).map_err(|_| NotProven::Form)?;
        if receipt.v != 1 {
            return Err(NotProven::Form);
        }
        let key = self.find(receipt.kid).ok_or(NotProven::UnknownKey)?;
        Ok((receipt, key))
    }
}

impl Receipt {
    /// This receipt, if it names what was sealed and the epoch that its answer came with.
    fn about(self, claim: Claim, epoch: Epoch) -> Result<Self, NotProven> {
        if (Claim { id: self.id, rev: self.rev, sha256: self.sha256 }) != claim {
            return Err(NotProven::OtherItem);
        }
        if self.epoch == epoch { Ok(self) } else { Err(NotProven::OtherEpoch) }
    }
}

impl FromIterator<PublicKey> for Keyring {
    fn from_iter<I: IntoIterator<Item = PublicKey>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}

impl SignedKey {
    /// The key of a text, if it is one and its short id is its own.
    pub fn read(&self) -> Option<Key> {
        let key: Key = serde_json::from_str(&self.key).ok()?;
        (key.v == 1 && key.kid == key.public.kid()).then_some(key)
    }

    /// A key signed by itself: the first of an endpoint.
    pub fn first(secret: &SigningKey, from: Stamp) -> Self {
        Self::signed_by(secret, secret.verifying_key().to_bytes(), from)
    }

    /// A later key, signed by an older one.
    pub fn signed_by(older: &SigningKey, public: [u8; 32], from: Stamp) -> Self {
        let public = PublicKey(public);
        let key = Key { of: OfKey::Key, v: 1, kid: public.kid(), public, from };
        let key = to_text(&key);
        let by = Kid::of(&older.verifying_key().to_bytes());
        Self { signature: sign(older, &key), by, key }
    }
}

/// Makes the signed text of a receipt. Done once for each (id, rev, epoch).
pub fn sign_receipt(secret: &SigningKey, receipt: &Receipt) -> (String, Signature) {
    let text = to_text(receipt);
    let signature = sign(secret, &text);
    (text, signature)
}

/// The address behind the QR code that proves a receipt. It holds no secret.
pub fn proof_address(origin: &str, receipt: &str, signature: &Signature) -> String {
    let proof = to_text(&ShownProof { receipt: receipt.to_owned(), signature: *signature });
    format!("{origin}/outbox#proof={}", base64::encode(proof.as_bytes()))
}

/// What stands in the QR code that proves a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownProof {
    /// The signed text.
    pub receipt: String,
    /// Over its bytes.
    pub signature: Signature,
}

/// The first is signed by itself, each later one by an older of the same list.
fn chain_holds(list: &[SignedKey]) -> bool {
    let mut older = Keyring::default();
    for signed in list {
        let Some(key) = signed.read() else { return false };
        if older.is_empty() {
            older.0.push(key.public);
        }
        if !older.vouches(signed) {
            return false;
        }
        if !older.holds(key.kid) {
            older.0.push(key.public);
        }
    }
    !older.is_empty()
}

fn sign(secret: &SigningKey, text: &str) -> Signature {
    Signature(secret.sign(text.as_bytes()).to_bytes())
}

fn verifies(key: &PublicKey, text: &str, signature: &Signature) -> bool {
    VerifyingKey::from_bytes(&key.0).is_ok_and(|key| {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        key.verify_strict(text.as_bytes(), &signature).is_ok()
    })
}

fn to_text<T: Serialize>(value: &T) -> String {
    // Structs of texts and numbers: serialising them has no way to fail.
    serde_json::to_string(value).unwrap_or_default()
}
