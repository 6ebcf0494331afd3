use model::{
    datum::Wgs84,
    pack::{DistrictPack, Listed, Park, Placement},
};

use super::nearest::{Away, nearest_first};

/// The parts of the list, in the order they are shown. Each is headed by what is true of all of it.
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

/// A place of the list, and how far it is where somebody counts.
pub type Counted<'a> = (&'a Park, Option<Away>);

/// These places of the pack (positions in [`DistrictPack::parks`]), part by part; parts that hold
/// none are left out. Counted from somewhere, each part has the nearest first.
pub(super) fn by_part<'a>(
    pack: &'a DistrictPack,
    found: &[usize],
    from: Option<Wgs84>,
) -> impl Iterator<Item = (Part, Vec<Counted<'a>>)> + use<'a> {
    let counted: Vec<Counted<'a>> = match from {
        None => found.iter().map(|at| (&pack.parks[*at], None)).collect(),
        Some(from) => nearest_first(pack, found, from)
            .into_iter()
            .map(|(at, away)| (&pack.parks[at], Some(away)))
            .collect(),
    };
    let of_part = move |part| {
        let here = |it: &&Counted<'a>| Part::of(it.0, from.is_some()) == part;
        (part, counted.iter().filter(here).copied().collect::<Vec<_>>())
    };
    Part::ALL.into_iter().map(of_part).filter(|(_, places)| !places.is_empty())
}

/// The places of the pack, part by part; counted from somewhere, the nearest parks first.
pub fn listed_first(pack: &DistrictPack, from: Option<Wgs84>) -> impl Iterator<Item = Counted<'_>> {
    let all: Vec<usize> = (0..pack.parks.len()).collect();
    by_part(pack, &all, from).flat_map(|(_, places)| places)
}
