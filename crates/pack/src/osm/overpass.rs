//! The JSON that an Overpass server answers with: `out geom`, `out center`, or ways and relations
//! with their nodes beside them (`out body; >; out skel qt`).

use std::collections::{BTreeMap, HashMap};

use geo::Coord;
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use super::{
    Extract,
    element::{Element, Shape, of_members, of_pieces},
};

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(default)]
    osm3s: Option<Header>,
    #[serde(default)]
    remark: Option<String>,
    #[serde(borrow)]
    elements: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    timestamp_osm_base: Option<String>,
}

#[derive(Deserialize)]
struct Raw {
    r#type: Kind,
    id: u64,
    #[serde(default)]
    version: Option<u32>,
    #[serde(default)]
    timestamp: Option<String>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
    #[serde(default)]
    lat: Option<f64>,
    #[serde(default)]
    lon: Option<f64>,
    #[serde(default)]
    center: Option<Position>,
    #[serde(default)]
    nodes: Vec<u64>,
    #[serde(default)]
    geometry: Option<Vec<Option<Position>>>,
    #[serde(default)]
    members: Vec<Member>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Node,
    Way,
    Relation,
}

#[derive(Clone, Copy, Deserialize)]
struct Position {
    lat: f64,
    lon: f64,
}

impl From<Position> for Coord {
    fn from(at: Position) -> Self {
        Self { x: at.lon, y: at.lat }
    }
}

#[derive(Deserialize)]
struct Member {
    r#type: Kind,
    r#ref: u64,
    #[serde(default)]
    role: String,
    #[serde(default)]
    geometry: Option<Vec<Option<Position>>>,
}

/// Reads the answer of a server. One that broke off says so in `remark`, and is refused.
pub(super) fn read(text: &str) -> Result<Extract, String> {
    let answer: Answer<'_> = serde_json::from_str(text)
        .map_err(|error| format!("is no answer of an Overpass server: {error}"))?;
    if let Some(remark) = answer.remark {
        return Err(format!("the server broke off: {remark}"));
    }
    let read = answer.elements.into_iter().zip(1..).map(|(text, row)| raw(text.get(), row));
    let read = read.collect::<Result<Vec<_>, _>>()?;
    let beside = Beside::of(&read);
    let elements = read.iter().zip(1..).filter(|(raw, _)| !raw.tags.is_empty());
    Ok(Extract {
        bare: read.iter().filter(|raw| raw.tags.is_empty()).count(),
        as_of: answer.osm3s.and_then(|it| it.timestamp_osm_base),
        elements: elements.map(|(raw, row)| raw.element(row, &beside)).collect(),
    })
}

/// One element; a wrong one is told by its place in the list and by what it says it is.
fn raw(text: &str, row: u64) -> Result<Raw, String> {
    serde_json::from_str(text).map_err(|error| {
        let said: Value = serde_json::from_str(text).unwrap_or_default();
        format!("element {row}, type {}, id {}: {error}", said["type"], said["id"])
    })
}

/// Nodes and ways that others point at.
struct Beside {
    nodes: HashMap<u64, Coord>,
    ways: HashMap<u64, Pieces>,
}

/// The pieces of a way, in order: more than one where positions are missing between them.
type Pieces = Vec<Vec<Coord>>;

/// Parts the positions where one is missing. Nobody knows how the way runs there, so nothing is drawn
/// across. A gap at an end leaves an empty piece.
fn pieces(points: impl Iterator<Item = Option<Coord>>) -> Pieces {
    let mut pieces = vec![Vec::new()];
    for point in points {
        match (point, pieces.last_mut()) {
            (Some(at), Some(piece)) => piece.push(at),
            _ => pieces.push(Vec::new()),
        }
    }
    pieces
}

fn pieces_of(points: &[Option<Position>]) -> Pieces {
    pieces(points.iter().map(|at| at.map(Into::into)))
}

impl Beside {
    fn of(elements: &[Raw]) -> Self {
        let of_kind = |kind| elements.iter().filter(move |raw| raw.r#type == kind);
        let nodes = of_kind(Kind::Node).filter_map(|raw| Some((raw.id, raw.position()?))).collect();
        let mut beside = Self { nodes, ways: HashMap::new() };
        let ways = of_kind(Kind::Way).map(|raw| (raw.id, raw.pieces(&beside))).collect();
        beside.ways = ways;
        beside
    }
}

impl Raw {
    fn position(&self) -> Option<Coord> {
        Some(Coord { x: self.lon?, y: self.lat? })
    }

    fn pieces(&self, beside: &Beside) -> Pieces {
        match &self.geometry {
            Some(points) => pieces_of(points),
            // Without any node the answer was asked for without positions: that is no gap.
            None if !self.nodes.iter().any(|id| beside.nodes.contains_key(id)) => vec![Vec::new()],
            None => pieces(self.nodes.iter().map(|id| beside.nodes.get(id).copied())),
        }
    }

    fn element(&self, row: u64, beside: &Beside) -> Element {
        let kind = match self.r#type {
            Kind::Node => "node",
            Kind::Way => "way",
            Kind::Relation => "relation",
        };
        let shape = match self.r#type {
            Kind::Node => self.position().map_or(Shape::Missing("has no position"), Shape::Point),
            Kind::Way => of_pieces(self.pieces(beside), &self.tags),
            Kind::Relation => self.area(beside),
        };
        let shape = match (shape, self.center) {
            (Shape::Missing(_), Some(center)) => Shape::Point(center.into()),
            (shape, _) => shape,
        };
        Element {
            row,
            id: format!("{kind}/{}", self.id),
            version: self.version,
            timestamp: self.timestamp.clone(),
            tags: self.tags.clone(),
            shape,
        }
    }

    fn area(&self, beside: &Beside) -> Shape {
        let lines = |roles: &'static [&'static str]| {
            let ways = self.members.iter().filter(|it| it.r#type == Kind::Way);
            let ways = ways.filter(|it| roles.contains(&it.role.as_str()));
            ways.flat_map(|way| match &way.geometry {
                Some(points) => pieces_of(points),
                // A way that is not there is an outline that does not close.
                None => beside.ways.get(&way.r#ref).cloned().unwrap_or_else(|| vec![Vec::new()]),
            })
            .collect()
        };
        of_members(lines(&["outer", ""]), lines(&["inner"]))
    }
}
