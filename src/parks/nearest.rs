use core::cmp::Ordering;

use model::{
    datum::Wgs84,
    pack::{DistrictPack, NearKind, Park, Placement},
};

/// How far a place is, as far as the sources allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Away {
    /// Straight to the place, metres.
    Place(f64),
    /// To the other thing that it is near, metres; the place itself has no position.
    Near(f64),
    /// Nobody has said where it is.
    Unknown,
}

impl Away {
    /// From a point to a place.
    pub(super) fn of(park: &Park, from: Wgs84) -> Self {
        match park.placement.drawn() {
            Some((at, true)) => Self::Place(from.metres_to(at)),
            Some((at, false)) => Self::Near(from.metres_to(at)),
            None => Self::Unknown,
        }
    }

    /// How far, if anybody can say.
    pub(super) fn metres(self) -> Option<f64> {
        match self {
            Self::Place(metres) | Self::Near(metres) => Some(metres),
            Self::Unknown => None,
        }
    }

    /// Within one kilometre, what has a position of its own stands before what is only near
    /// something.
    fn order(self, other: Self) -> Ordering {
        let rank = |away| match away {
            Self::Place(metres) => (0, metres),
            Self::Near(metres) => (1, metres),
            Self::Unknown => (2, 0.0),
        };
        let ((a, a_metres), (b, b_metres)) = (rank(self), rank(other));
        let kilometres = self.kilometres().cmp(&other.kilometres());
        kilometres.then(a.cmp(&b)).then(a_metres.total_cmp(&b_metres))
    }

    /// Whole kilometres; what nobody has placed is farther than anything.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "on the Earth")]
    fn kilometres(self) -> u32 {
        self.metres().map_or(u32::MAX, |metres| (metres / 1_000.0) as u32)
    }
}

/// These places of the pack (positions in [`DistrictPack::parks`]), the nearest first; what nobody
/// has placed comes last, by name.
pub(super) fn nearest_first(
    pack: &DistrictPack,
    found: &[usize],
    from: Wgs84,
) -> Vec<(usize, Away)> {
    let mut away: Vec<(usize, Away)> =
        found.iter().filter_map(|&at| Some((at, Away::of(pack.parks.get(at)?, from)))).collect();
    away.sort_by(|a, b| a.1.order(b.1).then_with(|| by_name(pack, a.0).cmp(by_name(pack, b.0))));
    away
}

/// Chinese names stand in the order of their pinyin, as people look them up.
fn by_name(pack: &DistrictPack, at: usize) -> &str {
    let Park { name, spoken, .. } = &pack.parks[at];
    spoken.first().map_or(name, |it| &it.reading)
}

/// A place with a name and a point, from which distances can be counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SpotKind,
    /// Where it is.
    pub at: Wgs84,
}

/// What a [`Spot`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpotKind {
    /// A station of the metro.
    Station,
    /// A sub-district, by the point that stands for it.
    SubDistrict,
    /// A community, by the point that stands for it.
    Community,
}

/// Every spot of the pack: stations, then sub-districts with their communities.
pub(super) fn spots(pack: &DistrictPack) -> Vec<Spot> {
    let station = |name: &String, at| Spot { name: name.clone(), kind: SpotKind::Station, at };
    let mut spots: Vec<Spot> = pack.stations.iter().map(|it| station(&it.name, it.at)).collect();
    // A district whose folder has no table of stations still names some.
    for park in &pack.parks {
        if let Placement::Near { kind: NearKind::MetroStation, name, at, .. } = &park.placement
            && !spots.iter().any(|it| it.name == *name)
        {
            spots.push(station(name, *at));
        }
    }
    for sub in &pack.sub_districts {
        let spot = |name: &String, kind, at: Option<Wgs84>| {
            at.map(|at| Spot { name: name.clone(), kind, at })
        };
        spots.extend(spot(&sub.name, SpotKind::SubDistrict, sub.at));
        let communities = sub.communities.iter();
        spots.extend(communities.filter_map(|it| spot(&it.name, SpotKind::Community, it.at)));
    }
    spots
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn facts() -> DistrictPack {
        pack::build(std::path::Path::new("data")).expect("the facts build").pack
    }

    #[test]
    fn points_come_before_what_is_only_near_within_a_kilometre_and_the_unplaced_come_last() {
        let pack = facts();
        let all: Vec<usize> = (0..pack.parks.len()).collect();
        let from = Wgs84 { lat: 29.506_642, lon: 106.502_213 };
        let order = nearest_first(&pack, &all, from);
        assert_eq!(order.len(), pack.parks.len());
        assert_eq!(pack.parks[order[0].0].name, "重庆动物园");
        assert_eq!(order[0].1, Away::Place(0.0));
        for pair in order.windows(2) {
            let [a, b] = [pair[0].1.kilometres(), pair[1].1.kilometres()];
            let behind = matches!(pair, [(_, Away::Near(_)), (_, Away::Place(_))]);
            assert!(a <= b && !(a == b && behind), "{pair:?}");
        }
        let unplaced: Vec<_> = order
            .iter()
            .filter(|it| it.1 == Away::Unknown)
            .map(|it| by_name(&pack, it.0))
            .collect();
        assert!(unplaced.len() > 1 && unplaced.is_sorted(), "{unplaced:?}");
    }

    #[test]
    fn a_station_is_offered_once_and_every_community_that_has_a_point() {
        let pack = facts();
        let spots = spots(&pack);
        let stations: Vec<_> = spots.iter().filter(|it| it.kind == SpotKind::Station).collect();
        assert!(stations.iter().any(|it| it.name == "彩云湖"), "{stations:?}");
        assert!(stations.len() >= pack.stations.len() && pack.stations.len() > 20);
        let mut names: Vec<_> = stations.iter().map(|it| &it.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), stations.len());
        let placed = pack.sub_districts.iter().flat_map(|it| &it.communities);
        let placed = placed.filter(|it| it.at.is_some()).count();
        assert_eq!(spots.iter().filter(|it| it.kind == SpotKind::Community).count(), placed);
    }
}
