use model::{
    datum::Wgs84,
    pack::{DistrictPack, Park, SubDistrict},
    report::Outside,
};

use super::DraftPlace;
use crate::ui::words::Words;

/// That, in words: it is said, and taken all the same.
pub(in crate::capture) fn said_of(outside: Outside, words: &Words) -> &'static str {
    match outside {
        Outside::District => words.place.outside,
        Outside::Gaoxin => words.place.gaoxin,
    }
}

/// Is the place one that this district does not run? `None`: nothing said tells; the field is left
/// out then, as the form of a report wants it.
#[expect(clippy::option_option, reason = "a missing field and an empty one say different things")]
pub(in crate::capture) fn outside(
    said: &DraftPlace,
    pack: &DistrictPack,
) -> Option<Option<Outside>> {
    if let Some(code) = &said.sub_district {
        return pack.sub_districts.iter().find(|it| it.code == *code).map(run_by_others);
    }
    if let Some(park) = said.park.as_ref().and_then(|id| pack.park(id)) {
        return park_outside(park, pack);
    }
    said.here.map(|here| point_outside(here.point(), pack))
}

fn run_by_others(sub: &SubDistrict) -> Option<Outside> {
    sub.run_by.as_ref().map(|_| Outside::Gaoxin)
}

/// A park lies where its point lies, or in its sub-districts if all of them are run alike.
#[expect(clippy::option_option, reason = "a missing field and an empty one say different things")]
fn park_outside(place: &Park, pack: &DistrictPack) -> Option<Option<Outside>> {
    if let Some(at) = place.placement.point() {
        return Some(point_outside(at, pack));
    }
    let subs = pack.sub_districts.iter().filter(|it| place.sub_districts.contains(&it.name));
    let mut answers = subs.map(run_by_others);
    let first = answers.next()?;
    answers.all(|it| it == first).then_some(first)
}

/// The line of the district is a sketch and there is none of its towns: the nearest community tells
/// which of them a point belongs to.
pub(super) fn point_outside(at: Wgs84, pack: &DistrictPack) -> Option<Outside> {
    if !pack.district.contains(at) {
        return Some(Outside::District);
    }
    let points = pack
        .sub_districts
        .iter()
        .flat_map(|sub| sub.communities.iter().filter_map(move |it| Some((sub, it.at?))));
    let nearest = points.min_by(|a, b| at.metres_to(a.1).total_cmp(&at.metres_to(b.1)));
    nearest.and_then(|(sub, _)| run_by_others(sub))
}

#[cfg(test)]
mod tests {
    use model::stamp::Stamp;

    use super::*;
    use crate::{capture::names::tests::pack, position::Here};

    #[test]
    fn outside_is_told_by_what_was_said() {
        let pack = pack();
        let mut said = DraftPlace::default();
        assert_eq!(outside(&said, &pack), None);
        let at = Stamp::utc(0);
        said.here = Some(Here { lat: 31.0, lon: 121.0, accuracy_m: 5, at });
        assert_eq!(outside(&said, &pack), Some(Some(Outside::District)));
        said.here = Some(Here { lat: 29.51, lon: 106.51, accuracy_m: 5, at });
        assert_eq!(outside(&said, &pack), Some(None));
        said.here = Some(Here { lat: 29.45, lon: 106.35, accuracy_m: 5, at });
        assert_eq!(outside(&said, &pack), Some(Some(Outside::Gaoxin)));
        said.choose_community("500107001".into(), None);
        assert_eq!(outside(&said, &pack), Some(None), "what a person chose comes first");
        said.choose_community("500107107".into(), None);
        assert_eq!(outside(&said, &pack), Some(Some(Outside::Gaoxin)));
        said.choose_park("JLP-001".into());
        assert_eq!(outside(&said, &pack), Some(None));
    }
}
