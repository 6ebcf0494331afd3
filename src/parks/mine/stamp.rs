use model::pack::Placement;

use crate::position::Here;

/// A stamp is given so far from the place at most, metres, and by a position no vaguer than that.
pub(super) const REACH_M: u32 = 150;

/// What a position says of a stamp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Judged {
    /// The phone is there.
    There,
    /// It is so many metres away.
    TooFar(f64),
    /// The position is no better than so many metres.
    TooVague(u32),
    /// Nobody has said where the place is.
    NoPlace,
}

/// Holds the phone's position against a place. What the place is only near to is another thing.
pub(super) fn judge(placement: &Placement, here: &Here) -> Judged {
    let metres = match placement {
        Placement::Point { at, .. } => here.point().metres_to(*at),
        Placement::Outline { outline, at, .. } => {
            outline.metres_to(here.point()).unwrap_or_else(|| here.point().metres_to(*at))
        }
        Placement::Near { .. } | Placement::Unplaced => return Judged::NoPlace,
    };
    if here.accuracy_m > REACH_M {
        Judged::TooVague(here.accuracy_m)
    } else if metres > f64::from(REACH_M) {
        Judged::TooFar(metres)
    } else {
        Judged::There
    }
}

#[cfg(test)]
mod tests {
    use model::{
        datum::Wgs84,
        layer::{Outline, Trace},
        pack::{CoordLicence, NearKind},
        stamp::Stamp,
    };

    use super::*;

    fn here(lat: f64, accuracy_m: u32) -> Here {
        Here { lat, lon: 106.5, accuracy_m, at: Stamp::local(0, 480) }
    }

    fn point() -> Placement {
        Placement::Point {
            at: Wgs84 { lat: 29.5, lon: 106.5 },
            within_m: 400,
            source: String::new(),
            as_of: None,
            licence: CoordLicence::Fact,
        }
    }

    #[test]
    fn a_stamp_is_given_at_the_place_by_a_position_good_enough() {
        assert_eq!(judge(&point(), &here(29.501, 20)), Judged::There, "111 metres");
        assert!(
            matches!(judge(&point(), &here(29.502, 20)), Judged::TooFar(metres) if metres > 200.0)
        );
        assert_eq!(judge(&point(), &here(29.5, 151)), Judged::TooVague(151));
    }

    #[test]
    fn whoever_stands_in_an_outline_is_there_however_large_it_is() {
        let corners = [[29.4, 106.4], [29.4, 106.6], [29.6, 106.6], [29.6, 106.4]];
        let placement = Placement::Outline {
            outline: Outline(vec![Trace(corners.map(Wgs84::from).to_vec())]),
            at: Wgs84 { lat: 29.41, lon: 106.41 },
            source: String::new(),
            as_of: None,
            licence: CoordLicence::Odbl,
        };
        assert_eq!(judge(&placement, &here(29.55, 30)), Judged::There);
        assert!(matches!(judge(&placement, &here(29.61, 30)), Judged::TooFar(_)));
    }

    #[test]
    fn what_a_place_is_only_near_to_stamps_nothing() {
        let near = Placement::Near {
            kind: NearKind::MetroStation,
            name: String::new(),
            at: Wgs84 { lat: 29.5, lon: 106.5 },
            sourced: true,
            sources: vec![],
            source: String::new(),
            licence: CoordLicence::Fact,
        };
        for placement in [near, Placement::Unplaced] {
            assert_eq!(judge(&placement, &here(29.5, 5)), Judged::NoPlace);
        }
    }
}
