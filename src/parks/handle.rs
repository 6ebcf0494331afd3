use std::sync::Arc;

use leptos::prelude::*;
use model::pack::{DistrictPack, IssueGroup, Park};
use sha2::{Digest, Sha256};

/// Why there is no pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// No answer came.
    #[error("the pack did not come")]
    Unreachable,
    /// The answer was no pack.
    #[error("the pack was answered with status {0}")]
    Status(u16),
    /// Cut off or damaged.
    #[error("the pack cannot be read: {0}")]
    Damaged(String),
    /// Written by another build.
    #[error("the pack has form {0}, this build reads form {expected}", expected = DistrictPack::FORM)]
    OtherForm(u32),
}

impl PackError {
    /// What a person can read out on the telephone.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "P-01",
            Self::Status(_) => "P-02",
            Self::Damaged(_) => "P-03",
            Self::OtherForm(_) => "P-04",
        }
    }
}

/// The district pack, or why there is none. Cheap to clone; it never changes while a page runs.
#[derive(Clone)]
pub struct Parks(Arc<Result<Loaded, PackError>>);

struct Loaded {
    pack: DistrictPack,
    digest: String,
}

impl Parks {
    /// Reads the text of a pack.
    pub fn read(text: &str) -> Self {
        Self(Arc::new(load(text)))
    }

    /// There is no pack, and this is why.
    pub fn missing(error: PackError) -> Self {
        Self(Arc::new(Err(error)))
    }

    /// Gives the handle to everything below.
    pub fn provide(self) {
        provide_context(self);
    }

    /// The handle that the shell provided.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The pack, or why there is none.
    pub fn pack(&self) -> Result<&DistrictPack, &PackError> {
        self.0.as_ref().as_ref().map(|it| &it.pack)
    }

    /// First 16 hex digits of the SHA-256 of the pack's text: which pack a report was written with.
    pub fn digest(&self) -> Option<&str> {
        self.0.as_ref().as_ref().ok().map(|it| it.digest.as_str())
    }

    /// A park by its id.
    pub fn park(&self, id: &str) -> Option<&Park> {
        self.pack().ok().and_then(|pack| pack.park(id))
    }

    /// Groups of issue kinds; empty without a pack.
    pub fn groups(&self) -> &[IssueGroup] {
        self.pack().map_or(&[], |pack| &pack.groups)
    }
}

fn load(text: &str) -> Result<Loaded, PackError> {
    let pack: DistrictPack =
        serde_json::from_str(text).map_err(|error| PackError::Damaged(error.to_string()))?;
    if pack.form != DistrictPack::FORM {
        return Err(PackError::OtherForm(pack.form));
    }
    Ok(Loaded { pack, digest: first_16_hex(text) })
}

fn first_16_hex(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
