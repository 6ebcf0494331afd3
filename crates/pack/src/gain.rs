//! What a row of the district's list adds to a place of ours.
//!
//! Nothing of ours is taken away or overwritten. Where the list says otherwise and the pack holds one
//! answer only, ours stays, and the report names both: an editor decides.

use model::pack::{Fact, FactKind, Park, Placement};

use crate::report::Report;

/// Two points of one place that lie farther apart than this, in metres, are not one answer.
const ONE_POINT_M: f64 = 200.0;

/// Two numbers of one area differ by more than this part of it, or are one.
const ONE_AREA: f64 = 0.02;

/// Adds it, and names what was not taken.
pub(crate) fn gain(ours: &mut Park, mut theirs: Park, report: &mut Report) {
    report.differing.extend(differences(ours, &theirs));
    ours.speak_for_themselves();
    theirs.speak_for_themselves();
    if ours.placement.point().is_none() && !matches!(theirs.placement, Placement::Unplaced) {
        let better =
            theirs.placement.point().is_some() || matches!(ours.placement, Placement::Unplaced);
        if better {
            ours.placement = theirs.placement;
        }
    }
    for fact in theirs.facts {
        add_fact(&mut ours.facts, fact);
    }
    ours.facts.sort_by_key(|fact| fact.what);
    // A name in English of the district's is better than a translation of ours.
    if ours.name_en.is_empty() || (ours.name_en_ours && !theirs.name_en_ours) {
        ours.name_en = theirs.name_en;
        ours.name_en_ours = theirs.name_en_ours;
    }
    if theirs.name == ours.name {
        add_all(&mut ours.name_sources, &theirs.name_sources);
    } else if !theirs.described && !ours.aliases.contains(&theirs.name) {
        ours.aliases.push(theirs.name);
        add_all(&mut ours.alias_sources, &theirs.name_sources);
    }
    for alias in theirs.aliases {
        if alias != ours.name && !ours.aliases.contains(&alias) {
            ours.aliases.push(alias);
            add_all(&mut ours.alias_sources, &theirs.alias_sources);
        }
    }
    for alias in theirs.maybe_aliases {
        let known = ours.aliases.iter().chain(&ours.maybe_aliases).chain([&ours.name]);
        if !known.into_iter().any(|it| *it == alias) {
            ours.maybe_aliases.push(alias);
        }
    }
    for sub in theirs.sub_districts {
        if !ours.sub_districts.contains(&sub) {
            ours.sub_districts.push(sub);
        }
    }
    if ours.note.is_none() {
        ours.note = theirs.note;
    }
    ours.spoken.extend(theirs.spoken);
    add_all(&mut ours.sources, &theirs.sources);
}

/// A line for each thing that the two say otherwise.
fn differences(ours: &Park, theirs: &Park) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |what: &str, our: &str, their: &str| {
        if !our.is_empty() && !their.is_empty() && our != their {
            let (id, name, other) = (&ours.id, &ours.name, &theirs.id);
            lines.push(format!("{id} {name}, {what}: ours `{our}`, {other} `{their}`"));
        }
    };
    for (what, kind) in [("status", FactKind::Status), ("entry", FactKind::Entry)] {
        let (our, their) = (value(ours, kind), value(theirs, kind));
        if ![our, their].contains(&"unknown") {
            line(what, our, their);
        }
    }
    line("listed", &word(&ours.listed), &word(&theirs.listed));
    line("kind", &ours.kind, &theirs.kind);
    if !ours.name_en_ours || theirs.name_en_ours {
        line("name_en", &ours.name_en, &theirs.name_en);
    }
    if theirs.described {
        line("name", &ours.name, &theirs.name);
    }
    line("sub_district", &ours.sub_districts.join(";"), &theirs.sub_districts.join(";"));
    line("note_zh", ours.note.as_deref().unwrap_or(""), theirs.note.as_deref().unwrap_or(""));
    if !theirs.maybe_same_as.iter().all(|id| ours.maybe_same_as.contains(id)) {
        let our = ours.maybe_same_as.join(";");
        let our = if our.is_empty() { "-" } else { our.as_str() };
        line("maybe_same_as", our, &theirs.maybe_same_as.join(";"));
    }
    if areas_differ(ours, theirs) {
        line("area", value(ours, FactKind::Area), value(theirs, FactKind::Area));
    }
    if let (Some(our), Some(their)) = (ours.placement.point(), theirs.placement.point()) {
        if our.metres_to(their) > ONE_POINT_M {
            let at = |at: model::datum::Wgs84| format!("{:.6}, {:.6}", at.lat, at.lon);
            let apart = format!("point, {:.0} m apart", our.metres_to(their));
            line(&apart, &at(our), &at(their));
        }
    } else if let (Some(our), Some(their)) = (placed(&ours.placement), near(&theirs.placement)) {
        line("placement", &our, &their);
    }
    lines
}

/// What stands there already where the list has only something near.
fn placed(placement: &Placement) -> Option<String> {
    near(placement).or_else(|| placement.point().map(|_| "a point".to_owned()))
}

fn near(placement: &Placement) -> Option<String> {
    match placement {
        Placement::Near { name, .. } => Some(format!("near {name}")),
        _ => None,
    }
}

/// Do numbers of the same thing differ by more than a rounding?
fn areas_differ(ours: &Park, theirs: &Park) -> bool {
    let [our, their] = [ours, theirs].map(|park| park.fact(FactKind::Area));
    let (Some(our), Some(their)) = (our, their) else { return false };
    let (Some(a), Some(b)) = (our.square_metres, their.square_metres) else { return false };
    let (a, b) = (f64::from(a), f64::from(b));
    our.scope == their.scope && (a - b).abs() > a.max(b) * ONE_AREA
}

fn value(park: &Park, kind: FactKind) -> &str {
    park.fact(kind).map_or("", |fact| fact.value.as_str())
}

/// The word of the tables for it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|it| it.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// One answer of two sources is one fact; two answers are two.
fn add_fact(ours: &mut Vec<Fact>, theirs: Fact) {
    let one = |it: &&mut Fact| {
        (it.what, &it.value, &it.as_of, it.scope)
            == (theirs.what, &theirs.value, &theirs.as_of, theirs.scope)
    };
    match ours.iter_mut().find(one) {
        Some(fact) => add_all(&mut fact.sources, &theirs.sources),
        None => ours.push(theirs),
    }
}

fn add_all(ours: &mut Vec<u16>, theirs: &[u16]) {
    for source in theirs {
        if !ours.contains(source) {
            ours.push(*source);
        }
    }
}
