//! Keys, signatures and tokens: base64url (RFC 4648 §5) without padding, unused bits zero.

use core::{fmt, str::FromStr};

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::hex::{Digest, Epoch, Kid};

/// A text that is not the base64url it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {bytes} bytes in base64url without padding")]
pub struct NotBase64 {
    bytes: usize,
}

macro_rules! base64_type {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub struct $name(pub [u8; $bytes]);

        impl FromStr for $name {
            type Err = NotBase64;

            fn from_str(text: &str) -> Result<Self, NotBase64> {
                let mut bytes = [0; $bytes];
                match Base64UrlUnpadded::decode(text, &mut bytes) {
                    Ok(read) if read.len() == $bytes => Ok(Self(bytes)),
                    _ => Err(NotBase64 { bytes: $bytes }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&encode(&self.0))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(D::Error::custom)
            }
        }
    };
}

base64_type!(
    /// A raw Ed25519 public key.
    PublicKey, 32
);
base64_type!(
    /// A raw Ed25519 signature.
    Signature, 64
);
base64_type!(
    /// What a device proves itself with; made and stored on the phone before the endpoint hears of it.
    Token, 32
);
base64_type!(
    /// A place in the feed: the epoch and a big-endian `seq`.
    Cursor, 24
);

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Token {
    /// A token does not belong into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl PublicKey {
    /// The key's short id.
    pub fn kid(&self) -> Kid {
        Kid::of(&self.0)
    }
}

impl Token {
    /// What the endpoint knows of a token: the digest of its 43 characters.
    pub fn digest(&self) -> Digest {
        Digest::of(self.to_string().as_bytes())
    }
}

impl Cursor {
    /// The place of `seq` in the feed of an epoch.
    pub fn new(epoch: Epoch, seq: u64) -> Self {
        let mut bytes = [0; 24];
        let (head, tail) = bytes.split_at_mut(16);
        head.copy_from_slice(&epoch.0);
        tail.copy_from_slice(&seq.to_be_bytes());
        Self(bytes)
    }

    /// The epoch and the `seq` of a place. For the endpoint: to a phone a cursor says nothing.
    pub fn parts(self) -> (Epoch, u64) {
        let mut epoch = Epoch([0; 16]);
        let mut seq = [0; 8];
        let (head, tail) = self.0.split_at(16);
        epoch.0.copy_from_slice(head);
        seq.copy_from_slice(tail);
        (epoch, u64::from_be_bytes(seq))
    }
}

/// Base64url without padding of any bytes, for texts that travel in an address.
pub fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// The bytes of a base64url text without padding, if it is one.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}
