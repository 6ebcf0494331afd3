use leptos::prelude::*;
use model::pack::{DistrictPack, NearKind, Park, Placement};

use crate::{
    parks::{
        ParkRow,
        nearest::{Away, nearest_first},
    },
    ui::{Section, t},
};

/// So many are shown.
const MOST: usize = 5;
/// No farther than this, metres: it would not be near by.
const FARTHEST_M: f64 = 3_000.0;

/// Places and how far they are; and what that is counted from where it is not the place itself.
pub(in crate::parks) type Near = (Vec<(Park, Away)>, Option<(NearKind, String)>);

/// Other places near by, by straight line.
#[component]
pub(in crate::parks) fn NearBy(near: Near) -> impl IntoView {
    let (near, from) = near;
    (!near.is_empty()).then(|| {
        let rows = near.into_iter().map(|(park, away)| view! { <ParkRow park away=Some(away) /> });
        let rows = rows.collect_view();
        let counted = from.map(|(kind, name)| {
            let words = t(|w| (w.visit.counted_from)(&(w.parks.near)(kind, &name)));
            view! { <p class="qq under">{words}</p> }
        });
        view! {
            <Section title=t(|w| w.visit.near_by)>
                <ul class="list">{rows}</ul>
                {counted}
            </Section>
        }
    })
}

/// What is near to a place: with a position of its own, or near to something that is. None where
/// nobody knows where the place is.
pub(in crate::parks) fn near_by(district: &DistrictPack, park: &Park) -> Near {
    let (from, anchor) = match &park.placement {
        Placement::Point { at, .. } | Placement::Outline { at, .. } => (*at, None),
        Placement::Near { kind, name, at, .. } => (*at, Some((*kind, name.clone()))),
        Placement::Unplaced => return (Vec::new(), None),
    };
    // What may be this very place stands under a title of its own.
    let is_other = |it: &Park| {
        let same = |a: &Park, b: &Park| a.maybe_same_as.contains(&b.id);
        it.id != park.id && !same(park, it) && !same(it, park)
    };
    let others = district.parks.iter().enumerate().filter(|(_, it)| is_other(it));
    let others: Vec<usize> = others.map(|(at, _)| at).collect();
    let is_near = |away: &Away| match away {
        Away::Place(metres) | Away::Near(metres) => *metres <= FARTHEST_M,
        Away::Unknown => false,
    };
    let near = nearest_first(district, &others, from).into_iter().filter(|it| is_near(&it.1));
    let near = near.take(MOST).map(|(at, away)| (district.parks[at].clone(), away));
    (near.collect(), anchor)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_by_is_another_place_with_a_distance_and_never_one_that_nobody_placed() {
        let pack = pack::build(std::path::Path::new("data")).expect("the facts build").pack;
        for park in &pack.parks {
            let (near, anchor) = near_by(&pack, park);
            assert!(near.len() <= MOST, "{}", park.name);
            assert!(near.iter().all(|(it, away)| it.id != park.id && *away != Away::Unknown));
            assert_eq!(anchor.is_some(), matches!(park.placement, Placement::Near { .. }));
            let nowhere = matches!(park.placement, Placement::Unplaced);
            assert!(!nowhere || near.is_empty(), "{}", park.name);
        }
        let zoo = pack.park("JLP-002").expect("the zoo");
        assert!(!near_by(&pack, zoo).0.is_empty());
    }
}
