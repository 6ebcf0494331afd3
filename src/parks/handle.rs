use std::sync::Arc;

use leptos::prelude::*;
use model::{
    hex::PackId,
    layer::{ConfirmedLayer, LayerFiles, Layers, OsmLayer},
    pack::{DistrictPack, IssueGroup, Park},
};

use super::Exploring;

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

/// A pack that has passed, with its layers joined.
pub(super) struct Loaded {
    pack: DistrictPack,
    id: PackId,
}

impl Parks {
    /// Reads the text of a pack that has no layers beside it.
    pub fn read(text: &str) -> Self {
        Self::of(opened(text).and_then(|pack| Loaded::checked(pack, text)))
    }

    pub(super) fn of(loaded: Result<Loaded, PackError>) -> Self {
        Self(Arc::new(loaded))
    }

    /// There is no pack, and this is why.
    pub fn missing(error: PackError) -> Self {
        Self(Arc::new(Err(error)))
    }

    /// Gives the handle, and what a person looks for in it, to everything below.
    pub fn provide(self) {
        Exploring::provide(&self);
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

impl Loaded {
    /// A pack with its layers, each asked for by its name. Half a pack is none: nobody could tell what
    /// of it is missing.
    pub async fn whole(
        text: &str,
        layer: impl AsyncFn(&str) -> Result<String, PackError>,
    ) -> Result<Self, PackError> {
        let mut pack = opened(text)?;
        if let Some(LayerFiles { osm, links, confirmed }) = pack.layers.clone() {
            let mut layers = Layers::default();
            if let Some((osm, links)) = osm.zip(links) {
                let osm = named(&osm, &layer(&osm).await?, OsmLayer::read)?;
                formed(osm.form)?;
                let links =
                    named(&links, &layer(&links).await?, |text| serde_json::from_str(text))?;
                layers.osm = Some((osm, links));
            }
            if let Some(name) = confirmed {
                let confirmed: ConfirmedLayer =
                    named(&name, &layer(&name).await?, |text| serde_json::from_str(text))?;
                formed(confirmed.form)?;
                layers.confirmed = Some(confirmed);
            }
            pack.join(layers);
        }
        Self::checked(pack, text)
    }

    fn checked(pack: DistrictPack, text: &str) -> Result<Self, PackError> {
        pack.check().map_err(|error| PackError::Damaged(error.to_string()))?;
        Ok(Self { pack, id: PackId::of(text.as_bytes()) })
    }

    /// Its edition.
    pub fn version(&self) -> &str {
        &self.pack.version
    }
}

fn opened(text: &str) -> Result<DistrictPack, PackError> {
    let pack = DistrictPack::read(text).map_err(unread)?;
    formed(pack.form)?;
    Ok(pack)
}

fn formed(form: u32) -> Result<(), PackError> {
    if form == DistrictPack::FORM { Ok(()) } else { Err(PackError::OtherForm(form)) }
}

/// A layer is named by the digest of its bytes.
fn named<T>(
    name: &str,
    text: &str,
    read: fn(&str) -> Result<T, serde_json::Error>,
) -> Result<T, PackError> {
    if !name.contains(&PackId::of(text.as_bytes()).to_string()) {
        let words = format!("{name} holds other bytes than the pack names");
        return Err(PackError::Damaged(words));
    }
    read(text).map_err(unread)
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err asks for")]
fn unread(error: serde_json::Error) -> PackError {
    PackError::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use model::layer::Link;

    use super::*;

    #[test]
    fn a_layer_that_holds_other_bytes_than_its_name_says_is_damaged() {
        let name = format!("links-{}.json", PackId::of(b"[]"));
        let links = |text: &str| serde_json::from_str::<Vec<Link>>(text);
        let read = |text: &str| named(&name, text, links).map_err(|it| it.code());
        assert_eq!(read("[]"), Ok(Vec::new()));
        assert_eq!(read("[ ]"), Err("P-03"));
    }

    #[test]
    fn a_pack_cut_in_half_is_damaged_and_never_half_shown() {
        let parks = Parks::read(r#"{"form":1,"district":{"code":"500107""#);
        assert_eq!(parks.pack().map(|_| ()).map_err(PackError::code), Err("P-03"));
        assert!(parks.groups().is_empty());
    }
}
