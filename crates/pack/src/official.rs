//! A list of parks from the district itself, in the columns of `parks.csv`.
//!
//! Its positions may be in any datum that it states; they are converted here and the published
//! numbers are kept beside them. Its rows are joined to ours: nothing of either side is taken away.

use std::{collections::BTreeSet, path::Path};

use model::{
    datum::{Bd09, Gcj02, Wgs84},
    pack::Park,
};

use crate::{
    fault::Faults,
    form::Form,
    gain::gain,
    links::Verdicts,
    merge::{self, DatumJudged},
    parks,
    position::rounded,
    report::Report,
    table::Table,
};

const FILE: &str = "official.csv";

/// The table, if the folder holds one, with every position as WGS84. One with a position that
/// cannot be read is judged no further: the rest would be faults of that one fault.
pub(crate) fn table(dir: &Path, faults: &Faults) -> Option<Table> {
    if !dir.join(FILE).exists() {
        return None;
    }
    let mut table = Form { file: FILE, faults }.filled(dir, &parks::COLUMNS)?;
    let columns = table.columns.clone();
    let at = |name: &str| columns[name];
    let mut readable = true;
    for (line, cells) in &mut table.rows {
        let row = crate::row::Row { file: FILE, line: *line, columns: &columns, cells, faults };
        let (lat, lon) = match row.get("placement") {
            "point" => ("lat", "lon"),
            "near" => ("near_lat", "near_lon"),
            _ => continue,
        };
        if row.get("datum").is_empty() {
            row.fault("datum", "is empty: say WGS84, GCJ-02 or BD-09");
            readable = false;
            continue;
        }
        // What was converted by hand says so itself, and is held against what was published.
        if !row.get("orig_datum").is_empty() {
            continue;
        }
        let datum = row.one_of("datum", &["WGS84", "GCJ-02", "BD-09"]);
        let degrees = (row.number(lat, -90.0..=90.0), row.number(lon, -180.0..=180.0));
        let known = ["WGS84", "GCJ-02", "BD-09"].contains(&datum);
        let (Some(north), Some(east), true) = (degrees.0, degrees.1, known) else {
            readable = false;
            continue;
        };
        let wgs = match datum {
            "GCJ-02" => Gcj02 { lat: north, lon: east }.into(),
            "BD-09" => Bd09 { lat: north, lon: east }.into(),
            _ => Wgs84 { lat: north, lon: east },
        };
        let wgs = rounded(wgs.lat, wgs.lon);
        let published = [row.get(lat), row.get(lon), datum].map(str::to_owned);
        let wgs = [wgs.lat, wgs.lon].map(|degrees| format!("{degrees:.6}"));
        for (column, cell) in ["orig_lat", "orig_lon", "orig_datum"].into_iter().zip(published) {
            cells[at(column)] = cell;
        }
        for (column, cell) in [lat, lon].into_iter().zip(wgs) {
            cells[at(column)] = cell;
        }
        "WGS84".clone_into(&mut cells[at("datum")]);
    }
    readable.then_some(table)
}

/// Puts the rows of the list to ours. A row that is a place of ours gives it what it knows; any
/// other is a place of its own.
pub(crate) fn join(
    ours: &mut Vec<Park>,
    theirs: Vec<Park>,
    verdicts: &Verdicts,
    district: &str,
    report: &mut Report,
    faults: &Faults,
) {
    let count = theirs.len();
    report.read.push(format!("{FILE}: {count} rows"));
    let pairs = {
        let our_rows: Vec<merge::Row> = ours.iter().map(Into::into).collect();
        let their_rows: Vec<merge::Row> = theirs.iter().map(Into::into).collect();
        let judged = merge::judge_datum(&our_rows, &their_rows, district);
        match judged {
            DatumJudged::Shifted(count) => faults.add_file(FILE, shifted(count)),
            DatumJudged::Off { .. } => faults.add_file(FILE, off(&judged)),
            _ => report.read.push(datum_line(FILE, &judged)),
        }
        for (nth, one) in their_rows.iter().enumerate() {
            for two in &their_rows[nth + 1..] {
                if one.is_twin_of(two, district) {
                    let words =
                        format!("{FILE}: {} and {} may be one place, {}", one.id, two.id, one.name);
                    report.doubted.push(words);
                }
            }
        }
        merge::pairs(&our_rows, &their_rows, verdicts, district, report)
    };
    let known = ours.len();
    let mut dropped = 0;
    for (at, mut their) in theirs.into_iter().enumerate() {
        if verdicts.leaves_out(&their.id) {
            dropped += 1;
            report.dropped.push(format!("{} {} links.csv leaves it out", their.id, their.name));
        } else if let Some((our, _)) = pairs.same.iter().find(|pair| pair.1 == at) {
            gain(&mut ours[*our], their, report);
        // A second row of the list with one id is refused where the list is read.
        } else if let Some(twin) = ours[..known].iter().find(|park| park.id == their.id) {
            let reason = format!(
                "`{}` is {} in parks.csv: give it an id of its own, or say in links.csv that they are same",
                their.id, twin.name
            );
            faults.add_file(FILE, reason);
        } else {
            let maybe = pairs.maybe.iter().filter(|pair| pair.1 == at);
            their.maybe_same_as.extend(maybe.map(|(our, _)| ours[*our].id.clone()));
            ours.push(their);
        }
    }
    let doubted: BTreeSet<usize> = pairs.maybe.iter().map(|(_, their)| *their).collect();
    report.read.push(format!(
        "{FILE}: of {count} rows {} joined to ours, {} in doubt, {dropped} dropped, {} new",
        count - dropped - (ours.len() - known),
        doubted.len(),
        (ours.len() - known).saturating_sub(doubted.len()),
    ));
}

/// What is said of an import whose positions are of another datum than it says.
pub(crate) fn shifted(count: usize) -> String {
    format!(
        "says WGS84, but {count} places that are known here as points lie where GCJ-02 would \
         put them, about 480 m off: state the datum it really has"
    )
}

/// What is said of an import that lies beside where it should, whatever put it there.
pub(crate) fn off(judged: &DatumJudged) -> String {
    let DatumJudged::Off { places, metres } = judged else { return String::new() };
    format!(
        "has {places} places that are known here as points about {metres:.0} m away from them, all in one \
         direction: state the datum it really has, or mend what has moved it"
    )
}

pub(crate) fn datum_line(file: &str, judged: &DatumJudged) -> String {
    match judged {
        DatumJudged::Unchecked(count) => format!(
            "{file}: the datum could not be checked: {count} of its places are known here as points, 3 are needed"
        ),
        DatumJudged::Checked(near, known) if near == known => {
            format!("{file}: the datum fits {known} places that are known here as points")
        }
        DatumJudged::Checked(near, known) => format!(
            "{file}: the datum fits {near} of {known} places that are known here as points; the others lie \
             elsewhere, each in its own direction"
        ),
        // Both are refused.
        DatumJudged::Shifted(_) | DatumJudged::Off { .. } => String::new(),
    }
}
