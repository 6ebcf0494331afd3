//! Places that an extract holds twice.

use std::collections::HashMap;

use model::layer::{OsmPlace, Outline};

use crate::report::Report;

/// One place is often mapped twice, as an area and as a node in it: the node says nothing more.
pub(super) fn fold(places: &mut Vec<OsmPlace>, report: &mut Report) {
    let outlines: Vec<(String, String, Outline)> = places
        .iter()
        .filter_map(|it| Some((it.name.clone(), it.id.clone(), it.outline.clone()?)))
        .collect();
    places.retain(|place| {
        let around =
            |it: &&(String, String, Outline)| it.0 == place.name && it.2.contains(place.at);
        let twin = outlines.iter().filter(|_| place.outline.is_none()).find(around);
        if let Some((_, area, _)) = twin {
            report.dropped.push(format!("{} {} is {area} once more", place.id, place.name));
        }
        twin.is_none()
    });
}

/// Two places of one name that lie as near to each other, in metres, may be one that is mapped twice.
const TWINS_M: f64 = 200.0;

/// Names them for a person, who leaves one out or mends the map. Both stay.
pub(super) fn doubt(places: &[OsmPlace], report: &mut Report) {
    let mut of_name: HashMap<&str, Vec<&OsmPlace>> = HashMap::new();
    for place in places {
        let earlier = of_name.entry(&place.name).or_default();
        for twin in &*earlier {
            let metres = twin.at.metres_to(place.at);
            if metres <= TWINS_M {
                report.doubted.push(format!(
                    "{} = {} {} (one name in the extract, {metres:.0} m apart)",
                    twin.id, place.id, place.name
                ));
            }
        }
        earlier.push(place);
    }
}
