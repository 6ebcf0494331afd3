use model::{
    datum::Wgs84,
    pack::{CoordLicence, Listed, Park, ParkCount, Placement},
};

use crate::folder::shipped_pack;

/// A made-up place.
fn place(listed: Listed, maybe_same_as: &[&str], placement: Placement) -> Park {
    let first = shipped_pack().parks.swap_remove(0);
    let maybe_same_as = maybe_same_as.iter().map(ToString::to_string).collect();
    Park { name: "测试公园 0001".to_owned(), listed, maybe_same_as, placement, ..first }
}

fn point() -> Placement {
    Placement::Point {
        at: Wgs84 { lat: 29.5, lon: 106.5 },
        within_m: 100,
        source: "made up".to_owned(),
        as_of: None,
        licence: CoordLicence::Fact,
    }
}

fn count(parks: &[Park]) -> [u32; 3] {
    let count = ParkCount::of(parks);
    [count.recorded, count.placed, count.unconfirmed]
}

#[test]
fn a_park_is_recorded_and_with_a_point_it_is_placed() {
    assert_eq!(count(&[place(Listed::Park, &[], Placement::Unplaced)]), [1, 0, 0]);
    assert_eq!(count(&[place(Listed::Park, &[], point())]), [1, 1, 0]);
}

#[test]
fn a_park_that_may_be_another_one_is_unconfirmed_even_with_a_point() {
    assert_eq!(count(&[place(Listed::Park, &["JLP-002"], point())]), [0, 0, 1]);
}

#[test]
fn a_doubtful_place_is_unconfirmed() {
    assert_eq!(count(&[place(Listed::Doubtful, &[], point())]), [0, 0, 1]);
}

#[test]
fn paths_quarters_and_plans_are_not_counted() {
    let rest = [Listed::Trail, Listed::Area, Listed::Planned];
    assert_eq!(count(&rest.map(|listed| place(listed, &[], point()))), [0, 0, 0]);
}
