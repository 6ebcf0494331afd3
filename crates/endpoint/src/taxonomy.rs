//! The kinds that the page offers, read from the district pack, so that a report of another kind
//! can be marked.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context as _, Result};
use serde::Deserialize;

#[derive(Deserialize)]
struct Pack {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    kinds: Vec<Leaf>,
}

#[derive(Deserialize)]
struct Leaf {
    id: String,
}

/// The leaves of a pack's taxonomy.
fn leaves(pack: &Path) -> Result<HashSet<String>> {
    let shown = pack.display();
    let text = fs::read(pack).with_context(|| format!("the pack {shown} cannot be read"))?;
    let pack: Pack = serde_json::from_slice(&text)
        .with_context(|| format!("the pack {shown} holds no groups of kinds"))?;
    Ok(pack.groups.into_iter().flat_map(|group| group.kinds).map(|leaf| leaf.id).collect())
}

/// The leaves as the pack names them that is there now: a later one counts as soon as it lies in its
/// place, without a new start.
#[derive(Default)]
pub struct Leaves {
    /// The first of these that exists is read.
    packs: Vec<PathBuf>,
    read: Option<Edition>,
    known: Option<HashSet<String>>,
}

/// A file as it was when it was read.
#[derive(PartialEq)]
struct Edition {
    pack: PathBuf,
    modified: Option<SystemTime>,
    len: u64,
}

impl Leaves {
    /// Reads the first of these packs that exists; where none does, no leaf is known and each may be
    /// one. A pack that holds no taxonomy is an error.
    pub fn of(packs: Vec<PathBuf>) -> Result<Self> {
        let read = newest(&packs);
        let known = read.as_ref().map(|it| leaves(&it.pack)).transpose()?;
        Ok(Self { packs, read, known })
    }

    /// These and no others.
    pub fn only(known: HashSet<String>) -> Self {
        Self { known: Some(known), ..Self::default() }
    }

    /// The leaves that are known now. A pack that cannot be read, such as one that is still being
    /// copied, changes nothing.
    pub fn now(&mut self) -> Option<&HashSet<String>> {
        if let Some(newest) = newest(&self.packs)
            && self.read.as_ref() != Some(&newest)
        {
            match leaves(&newest.pack) {
                Ok(known) => self.known = Some(known),
                Err(error) => tracing::warn!("the kinds stay as they were: {error:#}"),
            }
            self.read = Some(newest);
        }
        self.known.as_ref()
    }
}

fn newest(packs: &[PathBuf]) -> Option<Edition> {
    packs.iter().find_map(|pack| {
        let about = fs::metadata(pack).ok()?;
        let modified = about.modified().ok();
        Some(Edition { pack: pack.clone(), modified, len: about.len() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(pack: &Path, leaves: &[&str]) {
        let kinds: Vec<_> = leaves.iter().map(|id| serde_json::json!({ "id": id })).collect();
        let text = serde_json::json!({ "groups": [{ "kinds": kinds }] }).to_string();
        fs::write(pack, text).unwrap();
    }

    fn knows(leaves: &mut Leaves, issue: &str) -> bool {
        leaves.now().is_none_or(|it| it.contains(issue))
    }

    #[test]
    fn a_later_pack_is_known_without_a_new_start() {
        let folder = tempfile::tempdir().unwrap();
        let [later, built] = ["later.json", "built.json"].map(|it| folder.path().join(it));
        lay(&built, &["road.hole"]);
        let mut leaves = Leaves::of(vec![later.clone(), built]).unwrap();
        assert!(knows(&mut leaves, "road.hole"));
        assert!(!knows(&mut leaves, "road.steps_rail"));
        lay(&later, &["road.hole", "road.steps_rail"]);
        assert!(knows(&mut leaves, "road.steps_rail"));
        lay(&later, &["road.hole", "road.steps_rail", "light.dark"]);
        assert!(knows(&mut leaves, "light.dark"));
    }

    #[test]
    fn a_pack_that_is_still_being_copied_changes_nothing_until_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack.json");
        lay(&pack, &["road.hole"]);
        let mut leaves = Leaves::of(vec![pack.clone()]).unwrap();
        fs::write(&pack, "{\"groups\":[{\"kin").unwrap();
        assert!(knows(&mut leaves, "road.hole"));
        assert!(!knows(&mut leaves, "light.dark"));
        lay(&pack, &["light.dark"]);
        assert!(knows(&mut leaves, "light.dark"));
        assert!(!knows(&mut leaves, "road.hole"));
    }

    #[test]
    fn without_a_pack_every_kind_may_be_one_and_a_wrong_pack_is_an_error_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("pack.json");
        assert!(knows(&mut Leaves::of(vec![pack.clone()]).unwrap(), "whatever"));
        fs::write(&pack, "{}").unwrap();
        let error = Leaves::of(vec![pack]).err().expect("no taxonomy").to_string();
        assert!(error.contains("holds no groups of kinds"), "{error}");
    }
}
