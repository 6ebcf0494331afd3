use model::pack::{DistrictPack, Listed, Park, Placement};

/// The parts of the list, in the order they are shown. Each is headed by what is true of all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
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
    pub(super) const ALL: [Self; 8] = [
        Self::Placed,
        Self::Near,
        Self::Unplaced,
        Self::Trails,
        Self::Areas,
        Self::Grounds,
        Self::Planned,
        Self::Unconfirmed,
    ];

    /// Where a place stands.
    pub(super) fn of(park: &Park) -> Self {
        match park.listed {
            Listed::Park if !park.maybe_same_as.is_empty() => Self::Unconfirmed,
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

/// The places of the pack, part by part.
pub fn listed_first(pack: &DistrictPack) -> impl Iterator<Item = &Park> {
    Part::ALL
        .into_iter()
        .flat_map(move |part| pack.parks.iter().filter(move |park| Part::of(park) == part))
}
