//! Who signs receipts: the endpoint's keys, and which life of its database it is in.
//!
//! Phones trust an endpoint by its key. So the key is made once, kept beside the database, and
//! never silently made anew.

use std::{fs, io, path::Path};

use anyhow::{Context as _, Result, ensure};
use ed25519_dalek::SigningKey;
use model::{
    base64,
    hex::{Epoch, Kid},
    receipt::{Receipt, SignedKey},
    stamp::Stamp,
};
use rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};

use crate::folder::{Folder, write_whole};

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

/// The key file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    /// The 32 bytes of the secret that signs now, base64url.
    secret: String,
    keys: Vec<SignedKey>,
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

    /// The keys of a data folder, made at its first start.
    pub fn of(folder: &Folder, now: Stamp) -> Result<Self> {
        let file = folder.keys();
        let shown = file.display();
        match fs::metadata(&file) {
            Ok(_) => Self::read_from(&file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                ensure!(
                    !folder.database().exists(),
                    "{shown} is missing beside a database. A new key would make every phone see a \
                     stranger: put the old file back from your backup"
                );
                let made = Self::first(SigningKey::from_bytes(&random()?), now, new_epoch()?);
                write_whole(&file, made.to_file()?.as_bytes())
                    .with_context(|| format!("{shown} cannot be written"))?;
                Ok(made)
            }
            Err(error) => Err(error).with_context(|| format!("{shown} cannot be read")),
        }
    }

    /// The keys in a file.
    pub(crate) fn read_from(file: &Path) -> Result<Self> {
        let shown = file.display();
        let text = fs::read_to_string(file).with_context(|| format!("{shown} cannot be read"))?;
        read(&text).with_context(|| format!("{shown} is damaged"))
    }

    /// Refuses keys that have not signed what this database holds: phones would see a stranger.
    pub(crate) fn has_signed(&self, conn: &Connection, keys: &Path) -> Result<()> {
        let last = "SELECT text FROM receipt ORDER BY jurisdiction DESC, seq DESC LIMIT 1";
        let last: Option<String> = conn.query_row(last, [], |row| row.get(0)).optional()?;
        let Some(last) = last else { return Ok(()) };
        let kid = serde_json::from_str::<Receipt>(&last).context("a receipt is damaged")?.kid;
        let known = self.keys.iter().filter_map(SignedKey::read).any(|key| key.kid == kid);
        let shown = keys.display();
        ensure!(
            known,
            "{shown} is that of another endpoint: the receipts of this database are signed by the key \
             {kid}, which is not in it. Put its own keys.json back, from the backup of this endpoint"
        );
        Ok(())
    }

    fn to_file(&self) -> Result<String> {
        let secret = base64::encode(self.secret.as_bytes());
        Ok(serde_json::to_string_pretty(&KeyFile { secret, keys: self.keys.clone() })?)
    }
}

fn read(text: &str) -> Result<Identity> {
    let file: KeyFile = serde_json::from_str(text)?;
    let secret = base64::decode(&file.secret).and_then(|bytes| bytes.try_into().ok());
    let secret = SigningKey::from_bytes(&secret.context("`secret` is not 32 bytes in base64url")?);
    let identity = Identity { secret, keys: file.keys, epoch: new_epoch()? };
    let signs = identity.keys.last().and_then(SignedKey::read).map(|key| key.kid);
    ensure!(signs == Some(identity.kid()), "the last of `keys` is not the key of `secret`");
    Ok(identity)
}

/// 128 random bits: a new life of a database.
pub(crate) fn new_epoch() -> Result<Epoch> {
    random().map(Epoch)
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).context("the machine gives no random bytes")?;
    Ok(bytes)
}
