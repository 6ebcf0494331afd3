//! Who signs receipts: the endpoint's keys, and which life of its database it is in.

use ed25519_dalek::SigningKey;
use model::{
    hex::{Epoch, Kid},
    receipt::SignedKey,
    stamp::Stamp,
};

/// An endpoint's signing key, its published keys, and an epoch.
#[derive(Clone)]
pub struct Identity {
    /// Signs receipts now.
    pub secret: SigningKey,
    /// As `hello` carries them: oldest first, the last one signs now.
    pub keys: Vec<SignedKey>,
    /// For a database that has none yet; one that exists keeps its own.
    pub epoch: Epoch,
}

impl Identity {
    /// The identity of an endpoint with one key, which signs itself.
    pub fn first(secret: SigningKey, from: Stamp, epoch: Epoch) -> Self {
        let keys = vec![SignedKey::first(&secret, from)];
        Self { secret, keys, epoch }
    }

    /// The short id of the key that signs now.
    pub fn kid(&self) -> Kid {
        Kid::of(&self.secret.verifying_key().to_bytes())
    }
}
