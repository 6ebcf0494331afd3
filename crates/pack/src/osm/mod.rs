//! An extract of `OpenStreetMap` becomes a layer of its own (ODbL 1.0).

mod element;
mod feature;
mod overpass;
mod shape;
mod tags;
mod twins;

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    iter::once,
    path::Path,
};

use geo::Coord;
use model::{
    layer::{Link, OsmArea, OsmLayer, OsmLine, OsmPlace},
    pack::{District, DistrictPack, Listed, Park},
};

use self::{
    element::{Element, Shape},
    shape::{Cut, Cutter, wgs84},
    tags::Sort,
};
use crate::{
    fault::{Fault, Faults},
    links::Verdicts,
    merge::{self, DatumJudged},
    official,
    readings::spoken,
    report::Report,
    text::read_json,
};

/// What an extract holds, whichever form it has.
struct Extract {
    as_of: Option<String>,
    /// Elements with tags.
    elements: Vec<Element>,
    /// How many have none: they are corners of others.
    bare: usize,
}

/// What became of the elements of an extract: the numbers add up to all of them.
#[derive(Default)]
struct Tally {
    ignored: usize,
    dropped: usize,
}

type Read = fn(&str) -> Result<Extract, String>;

/// The names an extract can have in the folder of a district, and how each is read.
const FILES: [(&str, Read); 2] = [("osm.json", overpass::read), ("osm.geojson", feature::read)];

/// No extract of a district is as large: an answer for a whole province was put there by mistake.
const LARGEST: u64 = 64 << 20;

/// No park and no water of a district has as many corners. To judge an outline costs the square of them.
const MOST_CORNERS: usize = 10_000;

/// The layer, if the folder holds an extract. Faults: what cannot be true of any extract of this
/// district. What is only not for us is left out and reported.
pub(crate) fn read(
    dir: &Path,
    district: &District,
    verdicts: &Verdicts,
    report: &mut Report,
    faults: &Faults,
) -> Option<(&'static str, OsmLayer)> {
    let mut there = FILES.iter().filter(|(file, _)| dir.join(file).exists());
    let (file, read) = there.next()?;
    if let Some((second, _)) = there.next() {
        faults.add_file(second, format!("stands beside {file}: a folder holds one extract"));
    }
    let refuse = |reason: String| faults.add_file(file, reason);
    let length = fs::metadata(dir.join(file)).map_or(0, |it| it.len());
    if length > LARGEST {
        refuse(format!("is {} MB large, more than {} MB", length >> 20, LARGEST >> 20));
        return None;
    }
    let text = read_json(&dir.join(file)).map_err(refuse).ok()?;
    let extract = read(&text).map_err(refuse).ok()?;
    if extract.elements.is_empty() {
        refuse(
            "holds no element with tags: the query found nothing, or was asked without tags; take \
             the file away if the district shall have no layer"
                .to_owned(),
        );
        return None;
    }
    let tally = Tally::default();
    let sorting = Sorting { file, cutter: Cutter::of(district), verdicts, report, faults, tally };
    Some((file, sorting.layer(extract)))
}

/// Says which places of the layer are ours, and which may be.
pub(crate) fn link(
    (layer_file, mut layer): (&'static str, OsmLayer),
    parks: &[Park],
    verdicts: &Verdicts,
    district: &str,
    report: &mut Report,
    faults: &Faults,
) -> (OsmLayer, Vec<Link>) {
    let mapped = layer.places.len();
    twins::fold(&mut layer.places, report);
    let folded = mapped - layer.places.len();
    twins::doubt(&layer.places, report);
    let ours: Vec<merge::Row> = parks.iter().map(Into::into).collect();
    let theirs: Vec<merge::Row> = layer.places.iter().map(Into::into).collect();
    let file = "OpenStreetMap";
    let judged_datum = merge::judge_datum(&ours, &theirs, district);
    match judged_datum {
        DatumJudged::Shifted(count) => faults.add_file(layer_file, official::shifted(count)),
        DatumJudged::Off { .. } => faults.add_file(layer_file, official::off(&judged_datum)),
        _ => report.read.push(official::datum_line(file, &judged_datum)),
    }
    let pairs = merge::pairs(&ours, &theirs, verdicts, district, report);
    let links = pairs.same.iter().map(|(our, their)| Link {
        park: parks[*our].id.clone(),
        osm: layer.places[*their].id.clone(),
    });
    let links = links.collect();
    let same: BTreeSet<usize> = pairs.same.iter().map(|(_, their)| *their).collect();
    let doubted: BTreeSet<usize> = pairs.maybe.iter().map(|(_, their)| *their).collect();
    let doubted: BTreeSet<usize> = doubted.difference(&same).copied().collect();
    report.read.push(format!(
        "{file}: of {mapped} places {} joined to ours, {} in doubt, {folded} mapped twice, {} new",
        same.len(),
        doubted.len(),
        layer.places.len() - same.len() - doubted.len(),
    ));
    for (our, their) in pairs.maybe {
        let marks = &mut layer.places[their].maybe_same_as;
        // A resident may have said so before.
        if !marks.contains(&parks[our].id) {
            marks.push(parks[our].id.clone());
        }
    }
    (layer, links)
}

struct Sorting<'a> {
    file: &'static str,
    cutter: Cutter,
    verdicts: &'a Verdicts,
    report: &'a mut Report,
    faults: &'a Faults,
    tally: Tally,
}

impl Sorting<'_> {
    fn layer(mut self, extract: Extract) -> OsmLayer {
        let count = extract.elements.len();
        let as_of = extract.as_of.as_deref().unwrap_or("a day it does not say");
        self.report.read.push(format!("{}: {count} elements, as of {as_of}", self.file));
        self.refuse_twins(&extract.elements);
        let mut layer =
            OsmLayer { form: DistrictPack::FORM, as_of: extract.as_of, ..OsmLayer::default() };
        for element in extract.elements {
            self.verdicts.meet(&element.id);
            if !self.refuse_swapped(&element) {
                self.add(&element, &mut layer);
            }
        }
        let Tally { ignored, dropped } = self.tally;
        self.report.read.push(format!(
            "{}: places {}, waters {}, lines {}, dropped {dropped}, without a tag of ours {ignored}; \
             besides, corners without tags {}",
            self.file,
            layer.places.len(),
            layer.water.len(),
            layer.lines.len(),
            extract.bare,
        ));
        layer
    }

    fn fault(&self, element: &Element, reason: impl Into<String>) {
        let (file, row, column) = (self.file, Some(element.row), Some(element.id.clone()));
        self.faults.add(Fault { file, row, column, reason: reason.into() });
    }

    fn refuse_twins(&self, elements: &[Element]) {
        let mut seen = HashMap::new();
        for element in elements {
            if let Some(first) = seen.insert(&element.id, element.row) {
                self.fault(element, format!("stands in row {first} already"));
            }
        }
    }

    /// A position that is no position, or that lies in the district when its numbers change places.
    fn refuse_swapped(&self, element: &Element) -> bool {
        let coords = element.shape.coords();
        let off = |at: &Coord| !(at.x.abs() <= 180.0 && at.y.abs() <= 90.0);
        let swapped = |at: &Coord| self.cutter.has(Coord { x: at.y, y: at.x });
        if coords.iter().any(swapped) {
            self.fault(element, "has latitude and longitude in each other's place");
            return true;
        }
        if let Some(at) = coords.iter().find(|at| off(at)) {
            self.fault(element, format!("lies at {}, {}, which is nowhere", at.y, at.x));
            return true;
        }
        false
    }

    fn add(&mut self, element: &Element, layer: &mut OsmLayer) {
        let sort = tags::sort(element);
        if sort == Sort::NotOurs {
            self.tally.ignored += 1;
            return;
        }
        if self.verdicts.leaves_out(&element.id) {
            return self.drop(element, "links.csv leaves it out");
        }
        match sort {
            Sort::NotOurs => {}
            Sort::LeftOut(why) => self.drop(element, why),
            Sort::Place(kind, listed) => {
                if let Some(place) = self.place(element, kind, listed) {
                    layer.places.push(place);
                }
            }
            Sort::Water => {
                let area = match &element.shape {
                    Shape::Area(_) if element.shape.coords().len() > MOST_CORNERS => {
                        return self
                            .drop(element, "has an outline of more corners than any water here");
                    }
                    Shape::Area(area) => area,
                    Shape::Missing(why) => return self.drop(element, why),
                    _ => return self.drop(element, "is water and no area"),
                };
                if let Some(Cut { outline, .. }) = self.area(element, area) {
                    let name = tags::name(element);
                    let (id, version, date) = element.edition();
                    layer.water.push(OsmArea { id, version, date, name, outline });
                }
            }
            Sort::Line(kind) => {
                let lines = match &element.shape {
                    Shape::Lines(lines) => lines,
                    Shape::Missing(why) if element.id.starts_with("way/") => {
                        return self.drop(element, why);
                    }
                    _ => {
                        let why = "is no line: the ways of a river say how it runs";
                        return self.drop(element, why);
                    }
                };
                let parts = self.cutter.lines(lines);
                if parts.is_empty() {
                    self.drop(element, "lies outside the district");
                } else {
                    let name = tags::name(element);
                    let (id, version, date) = element.edition();
                    layer.lines.push(OsmLine { id, version, date, kind, name, parts });
                }
            }
        }
    }

    fn place(&mut self, element: &Element, kind: &str, listed: Listed) -> Option<OsmPlace> {
        let name = tags::name(element)?;
        let (at, outline) = match &element.shape {
            Shape::Point(at) if self.cutter.has(*at) => (wgs84(*at), None),
            Shape::Point(_) => {
                self.drop(element, "lies outside the district");
                return None;
            }
            Shape::Area(_) if element.shape.coords().len() > MOST_CORNERS => {
                self.drop(element, "has an outline of more corners than any park");
                return None;
            }
            Shape::Area(area) => match self.area(element, area) {
                Some(Cut { outline, at, .. }) => (at, Some(outline)),
                None => return None,
            },
            Shape::Lines(_) => {
                self.drop(element, "is a line, not an area");
                return None;
            }
            Shape::Missing(why) => {
                self.drop(element, why);
                return None;
            }
        };
        let aliases = tags::aliases(element, &name);
        let (id, version, date) = element.edition();
        Some(OsmPlace {
            id,
            version,
            date,
            name_en: element.tag("name:en").map(str::to_owned),
            spoken: once(&name).chain(&aliases).map(|it| spoken(it)).collect(),
            aliases,
            name,
            kind: kind.to_owned(),
            listed,
            at,
            outline,
            facilities: tags::facilities(element),
            entry: tags::entry(element),
            maybe_same_as: Vec::new(),
        })
    }

    fn area(&mut self, element: &Element, area: &geo::MultiPolygon) -> Option<Cut> {
        match self.cutter.area(area) {
            Ok(Some(cut)) => {
                if let (false, Some(name)) = (cut.whole, tags::name(element)) {
                    self.report.cut.push(format!("{} {name}", element.id));
                }
                Some(cut)
            }
            Ok(None) => {
                self.drop(element, "lies outside the district");
                None
            }
            Err(reason) => {
                let reason = format!(
                    "has no outline that can be drawn: {reason}; mend it in OpenStreetMap, or leave \
                     it out by a row of links.csv: `,{},leave_out`",
                    element.id
                );
                self.fault(element, reason);
                None
            }
        }
    }

    fn drop(&mut self, element: &Element, why: &str) {
        self.tally.dropped += 1;
        let name = tags::name(element).unwrap_or_default();
        let line = [element.id.as_str(), &name, why].map(str::to_owned);
        self.report
            .dropped
            .push(line.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" "));
    }
}
