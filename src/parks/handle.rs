use std::sync::Arc;

use leptos::prelude::*;
use model::{
    hex::PackId,
    pack::{DistrictPack, IssueGroup, Park},
};

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
    id: PackId,
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

    /// Which pack a report is written with.
    pub fn id(&self) -> Option<PackId> {
        self.0.as_ref().as_ref().ok().map(|it| it.id)
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
    Ok(Loaded { pack, id: PackId::of(text.as_bytes()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_cut_in_half_is_damaged_and_never_half_shown() {
        let parks = Parks::read(r#"{"form":1,"district":{"code":"500107""#);
        assert_eq!(parks.pack().map(|_| ()).map_err(PackError::code), Err("P-03"));
        assert!(parks.groups().is_empty());
    }
}
