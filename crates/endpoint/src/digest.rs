//! Digests of what is written to the disk, or read from it.

use std::io;

use model::hex::Digest;
use sha2::{Digest as _, Sha256};

/// Digests what is written through it.
pub(crate) struct Digesting<W> {
    to: W,
    hash: Sha256,
}

impl<W> Digesting<W> {
    /// Nothing written yet.
    pub(crate) fn new(to: W) -> Self {
        Self { to, hash: Sha256::new() }
    }

    /// Where it was written to, and the digest of all of it.
    pub(crate) fn end(self) -> (W, Digest) {
        (self.to, Digest(self.hash.finalize().into()))
    }
}

impl<W: io::Write> io::Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The digest of all that can be read.
pub(crate) fn digest_of(mut bytes: impl io::Read) -> io::Result<Digest> {
    let mut digesting = Digesting::new(io::sink());
    io::copy(&mut bytes, &mut digesting)?;
    Ok(digesting.end().1)
}
