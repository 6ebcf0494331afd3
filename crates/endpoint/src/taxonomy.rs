//! The kinds that the page offers, read from the district pack, so that a report of another kind
//! can be marked.

use std::{collections::HashSet, fs, path::Path};

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
pub fn leaves(pack: &Path) -> Result<HashSet<String>> {
    let shown = pack.display();
    let text = fs::read(pack).with_context(|| format!("the pack {shown} cannot be read"))?;
    let pack: Pack = serde_json::from_slice(&text)
        .with_context(|| format!("the pack {shown} holds no groups of kinds"))?;
    Ok(pack.groups.into_iter().flat_map(|group| group.kinds).map(|leaf| leaf.id).collect())
}
