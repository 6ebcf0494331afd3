//! Fixed-length values written as hex, lower case only.

use core::{fmt, str::FromStr};

use base16ct::lower;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};

/// A text that is not the lower-case hex it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {digits} lower-case hex digits")]
pub struct NotHex {
    digits: usize,
}

macro_rules! hex_type {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $bytes]);

        impl FromStr for $name {
            type Err = NotHex;

            fn from_str(text: &str) -> Result<Self, NotHex> {
                let mut bytes = [0; $bytes];
                match lower::decode(text, &mut bytes) {
                    Ok(read) if read.len() == $bytes => Ok(Self(bytes)),
                    _ => Err(NotHex { digits: 2 * $bytes }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut digits = [0; 2 * $bytes];
                f.write_str(lower::encode_str(&self.0, &mut digits).map_err(|_| fmt::Error)?)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
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

hex_type!(
    /// A SHA-256: of an item's sealed text, of a blob's bytes, of a token, of a secret.
    Digest, 32
);
hex_type!(
    /// 128 random bits made with the database, and again at every restore.
    Epoch, 16
);
hex_type!(
    /// 128 random bits made when the page starts: which start a monotonic clock belongs to.
    Boot, 16
);
hex_type!(
    /// The short id of a signing key: the first 8 bytes of SHA-256 of its 32 raw bytes.
    Kid, 8
);
hex_type!(
    /// The version of a district pack: the first 8 bytes of SHA-256 of its file.
    PackId, 8
);

impl Digest {
    /// The SHA-256 of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The first eight bytes.
    fn head(self) -> [u8; 8] {
        self.0.first_chunk().copied().unwrap_or_default()
    }
}

impl Kid {
    /// The short id of a raw Ed25519 public key.
    pub fn of(public: &[u8; 32]) -> Self {
        Self(Digest::of(public).head())
    }
}

impl PackId {
    /// The version of the pack with these bytes.
    pub fn of(file: &[u8]) -> Self {
        Self(Digest::of(file).head())
    }
}
