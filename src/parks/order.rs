use std::sync::Arc;

use model::{
    datum::Wgs84,
    pack::{DistrictPack, Listed, Park, Placement},
};

use super::nearest::{Away, nearest_first};

/// The parts of the list, in the order they are shown, which is that of [`Part::ALL`]. Each is headed
/// by what is true of all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Every park, where somebody counts from somewhere.
    Nearest,
    Placed,
    Near,
    Unplaced,
    Trails,
    Areas,
    Grounds,
    Planned,
    Unconfirmed,
}

impl Part {
    pub(super) const ALL: [Self; 9] = [
        Self::Nearest,
        Self::Placed,
        Self::Near,
        Self::Unplaced,
        Self::Trails,
        Self::Areas,
        Self::Grounds,
        Self::Planned,
        Self::Unconfirmed,
    ];

    /// Where a place stands; `nearest`: parks are counted from somewhere.
    pub(super) fn of(park: &Park, nearest: bool) -> Self {
        match park.listed {
            Listed::Park if !park.maybe_same_as.is_empty() => Self::Unconfirmed,
            Listed::Park if nearest => Self::Nearest,
            Listed::Park => match park.placement {
                Placement::Point { .. } | Placement::Outline { .. } => Self::Placed,
                Placement::Near { .. } => Self::Near,
                Placement::Unplaced => Self::Unplaced,
            },
            Listed::Trail => Self::Trails,
            Listed::Area => Self::Areas,
            Listed::Ground => Self::Grounds,
            Listed::Planned => Self::Planned,
            Listed::Doubtful => Self::Unconfirmed,
        }
    }
}

/// A place of the list, as its position in [`DistrictPack::parks`], and how far it is where somebody
/// counts.
pub(super) type Counted = (usize, Option<Away>);

/// The places of each part, in the order of [`Part::ALL`].
pub(super) type Parted = [Arc<Vec<Counted>>; Part::ALL.len()];

/// These places of the pack (positions in [`DistrictPack::parks`]), part by part. Counted from
/// somewhere, each part has the nearest first.
pub(super) fn by_part(pack: &DistrictPack, found: &[usize], from: Option<Wgs84>) -> Parted {
    let counted: Vec<Counted> = match from {
        None => found.iter().map(|at| (*at, None)).collect(),
        Some(from) => {
            let near = nearest_first(pack, found, from).into_iter();
            near.map(|(at, away)| (at, Some(away))).collect()
        }
    };
    let mut parts: [Vec<Counted>; _] = Part::ALL.map(|_| Vec::new());
    for it in counted {
        parts[Part::of(&pack.parks[it.0], from.is_some()) as usize].push(it);
    }
    parts.map(Arc::new)
}

/// The places of the pack, part by part; counted from somewhere, the nearest parks first.
pub fn listed_first(
    pack: &DistrictPack,
    from: Option<Wgs84>,
) -> impl Iterator<Item = (&Park, Option<Away>)> {
    let all: Vec<usize> = (0..pack.parks.len()).collect();
    let parts = by_part(pack, &all, from).map(Arc::unwrap_or_clone);
    parts.into_iter().flatten().map(|(at, away)| (&pack.parks[at], away))
}
