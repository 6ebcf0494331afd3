//! What residents add to the map, judged at the server's shell until there is a screen for the desk.
//! A contribution is a claim; it becomes a fact of the next pack only when it is confirmed here and
//! exported. No device, number or name of a person stands in any of these lists.

use std::{fs, io, io::Write, path::Path};

use anyhow::{Context as _, Result, bail, ensure};
use model::{
    JURISDICTION,
    contribution::{ACCURACY_MAX_M, COLUMNS, Claim, Stood, What},
    datum::Wgs84,
    ids::ReportId,
    layer::{LayerFiles, OsmLayer, OsmPlace},
    pack::{District, FactKind},
    sealed::Sealed,
    stamp::Stamp,
};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::folder;

/// Who says so, as the pack prints it: somebody who stood there and whose phone said where.
const SOURCE_THERE: &str = "居民到场补充，运营方核实";
/// Who says so from anywhere: of a claim without a position nobody knows where it was made.
const SOURCE: &str = "居民补充，运营方核实";
/// Under which terms a confirmed position is published: whoever sent it has agreed to that.
const LICENCE: &str = "ODbL";

/// Minutes that the clocks of China are ahead of UTC.
const CHINA_MIN: i16 = 480;

/// What stands: of each contribution the newest revision, with what was decided about that very one,
/// unless whoever has sealed or sent it has taken it back. A phone that took a new device id, or read a
/// rescue file in, seals its withdrawal as another device than the one that sealed the contribution. A
/// withdrawal that is held waits for a person, and takes nothing back before.
const STANDING: &str = "
    SELECT i.seq, i.id, i.at, i.sealed, v.confirmed, v.at, v.because,
           (SELECT case_no FROM case_number c WHERE c.jurisdiction = i.jurisdiction AND c.item = i.id),
           i.rev
      FROM item i LEFT JOIN verdict v
        ON v.jurisdiction = i.jurisdiction AND v.item = i.id AND v.rev = i.rev
     WHERE i.jurisdiction = ?1 AND i.kind = 'contribution' AND i.schema = 1
       AND NOT EXISTS (SELECT 1 FROM item n WHERE n.jurisdiction = i.jurisdiction
                          AND n.id = i.id AND n.rev > i.rev)
       AND NOT EXISTS (SELECT 1 FROM about a JOIN item w USING (jurisdiction, seq)
                        WHERE a.jurisdiction = i.jurisdiction AND a.item = i.id
                          AND w.kind = 'withdraw' AND w.held IS NULL
                          AND (w.device = i.device OR EXISTS (
                              SELECT 1 FROM carried c JOIN carried d USING (jurisdiction, device)
                               WHERE c.jurisdiction = i.jurisdiction
                                 AND c.seq = i.seq AND d.seq = w.seq)))
     ORDER BY i.seq";

/// One contribution that stands.
struct Standing {
    seq: u64,
    id: String,
    rev: u32,
    at: i64,
    claim: Claim,
    sealed_on: String,
    verdict: Option<Verdict>,
    case_no: Option<String>,
}

struct Verdict {
    confirmed: bool,
    at: i64,
    because: Option<String>,
}

/// A line of the list.
#[derive(Serialize)]
struct Line<'a> {
    seq: u64,
    id: &'a str,
    case_no: Option<&'a str>,
    /// Milliseconds since 1970 of the endpoint's clock.
    at: i64,
    /// `new`, `confirmed` or `rejected`.
    state: &'static str,
    because: Option<&'a str>,
    what: &'static str,
    park: Option<&'a str>,
    other: Option<&'a str>,
    name: Option<&'a str>,
    fact: Option<&'a str>,
    holds: Option<bool>,
    words: Option<&'a str>,
    /// WGS84.
    lat: Option<f64>,
    lon: Option<f64>,
    accuracy_m: Option<u32>,
}

/// A row of the export, in [`COLUMNS`].
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    what: &'static str,
    park: String,
    other: String,
    name: String,
    fact: String,
    holds: &'static str,
    words: String,
    lat: String,
    lon: String,
    accuracy_m: String,
    datum: &'static str,
    made_on: &'a str,
    confirmed_on: String,
    source: &'static str,
    licence: &'static str,
}

/// Writes a JSON line for each contribution that stands; `new_only`: that nobody has judged.
pub fn list(data: &Path, new_only: bool, out: &mut impl Write) -> Result<()> {
    let conn = open(data, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    for standing in standing(&conn)? {
        if new_only && standing.verdict.is_some() {
            continue;
        }
        serde_json::to_writer(&mut *out, &standing.line()).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// A person here says that it is true. One that does not stand, or whose position is too vague to
/// place anything, is refused with words.
pub fn confirm(data: &Path, id: &str, now: Stamp) -> Result<()> {
    let conn = open(data, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let standing = one(&conn, id)?;
    if let Some(fix) = standing.claim.fix {
        let accuracy = fix.accuracy_m.context("its position does not say how exact it is")?;
        ensure!(
            accuracy <= ACCURACY_MAX_M,
            "its position is only good to {accuracy} m, and a place needs {ACCURACY_MAX_M} m or less"
        );
    }
    can_be_built(&standing.claim, &folder::pack_in(data))?;
    let name = standing.claim.name.as_deref().map(plain).unwrap_or_default();
    ensure!(
        standing.claim.what != What::Missing || !name.is_empty(),
        "its name is nothing that a table could hold"
    );
    decide(&conn, &standing, true, None, now)
}

/// As much of the district pack as a claim can be held against.
#[derive(Deserialize)]
struct Pack {
    district: District,
    parks: Vec<Place>,
    #[serde(default)]
    layers: Option<LayerFiles>,
}

#[derive(Deserialize)]
struct Place {
    id: String,
}

impl Pack {
    /// The ids of all its places: of the tables, and of `OpenStreetMap` as the page joins them. One
    /// that is linked to a place of ours may still be named by a phone with an earlier pack.
    fn ids(&self, folder: &Path) -> Result<Vec<String>> {
        let mut ids: Vec<String> = self.parks.iter().map(|park| park.id.clone()).collect();
        if let Some(name) = self.layers.as_ref().and_then(|it| it.osm.as_ref()) {
            let file = folder.join(name);
            let unread =
                || format!("{} cannot be read: lay all files of a pack there", file.display());
            let text = fs::read_to_string(&file).with_context(unread)?;
            let layer = OsmLayer::read(&text).with_context(unread)?;
            ids.extend(layer.places.iter().map(OsmPlace::park_id));
        }
        Ok(ids)
    }
}

/// Refuses what the next build of the pack would refuse, as far as that is known here: whether there is
/// such a fact, and by the pack in the data folder, if one lies there, the places and the district.
fn can_be_built(claim: &Claim, folder: &Path) -> Result<()> {
    if let Some(fact) = &claim.fact {
        let known = fact == "name" || serde_json::from_value::<FactKind>(json!(fact)).is_ok();
        ensure!(known, "`{}` is no fact that a pack holds", plain(fact));
    }
    let file = folder.join("pack.json");
    let shown = file.display();
    let text = match fs::read(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("{shown} cannot be read")),
    };
    let pack: Pack = serde_json::from_slice(&text)
        .with_context(|| format!("{shown} is no district pack: put a whole one there first"))?;
    let ids = pack.ids(folder)?;
    for id in [&claim.park, &claim.other].into_iter().flatten() {
        ensure!(
            ids.contains(id),
            "`{}` is no place of {shown}; if that pack is an old one, put the newer there first",
            plain(id)
        );
    }
    if let Some(Stood { lat, lon, .. }) = claim.fix {
        ensure!(
            pack.district.contains(Wgs84 { lat, lon }),
            "its position lies outside the district line of {shown}"
        );
    }
    Ok(())
}

/// A person here says that it is not so, and why if they like.
pub fn reject(data: &Path, id: &str, because: Option<&str>, now: Stamp) -> Result<()> {
    let conn = open(data, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let standing = one(&conn, id)?;
    decide(&conn, &standing, false, because, now)
}

/// Writes what is confirmed as the table `contributions.csv` of a district's folder, and says how many
/// rows it has. Where nothing is confirmed that is the heading alone, which a pack is built with: whoever
/// writes it over an older table takes back what stood there.
pub fn export(data: &Path, out: &mut impl Write) -> Result<usize> {
    let conn = open(data, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(&mut *out);
    table.write_record(COLUMNS)?;
    let mut rows = 0;
    for standing in &standing(&conn)? {
        if let Some(row) = standing.row() {
            table.serialize(row)?;
            rows += 1;
        }
    }
    table.flush()?;
    Ok(rows)
}

fn open(data: &Path, flags: OpenFlags) -> Result<Connection> {
    folder::exists(data)?;
    let file = folder::database_in(data);
    let conn = Connection::open_with_flags(&file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .with_context(|| format!("{} cannot be opened", file.display()))?;
    let form: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    ensure!(form >= 4, "the database is of an older form: start this endpoint on it once");
    Ok(conn)
}

fn standing(conn: &Connection) -> Result<Vec<Standing>> {
    let mut asked = conn.prepare(STANDING)?;
    let mut rows = asked.query([JURISDICTION])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(3)?;
        // What was stored was read before; a later version's words may be none of ours.
        let Ok(sealed) = Sealed::parse(&text) else { continue };
        let Some(claim) = Claim::of(&sealed) else { continue };
        let verdict = row.get::<_, Option<bool>>(4)?.map(|confirmed| {
            Ok::<_, rusqlite::Error>(Verdict { confirmed, at: row.get(5)?, because: row.get(6)? })
        });
        all.push(Standing {
            seq: row.get(0)?,
            id: row.get(1)?,
            rev: row.get(8)?,
            at: row.get(2)?,
            claim,
            sealed_on: day(sealed.sealed_at),
            verdict: verdict.transpose()?,
            case_no: row.get(7)?,
        });
    }
    Ok(all)
}

fn one(conn: &Connection, id: &str) -> Result<Standing> {
    let id =
        id.parse::<ReportId>().with_context(|| format!("`{id}` is no id of a contribution"))?;
    let id = id.to_string();
    if let Some(found) = standing(conn)?.into_iter().find(|it| it.id == id) {
        return Ok(found);
    }
    let kind = "SELECT kind FROM item WHERE jurisdiction = ?1 AND id = ?2 ORDER BY rev LIMIT 1";
    let kind: Option<String> =
        conn.query_row(kind, params![JURISDICTION, id], |row| row.get(0)).optional()?;
    match kind.as_deref() {
        Some("contribution") => bail!("{id} was taken back by whoever sent it"),
        Some(kind) => bail!("{id} is a {kind} and no contribution"),
        None => bail!("there is no item {id} here"),
    }
}

fn decide(
    conn: &Connection,
    Standing { id, rev, .. }: &Standing,
    confirmed: bool,
    because: Option<&str>,
    now: Stamp,
) -> Result<()> {
    let decide = "INSERT INTO verdict (jurisdiction, item, rev, confirmed, at, because)
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                  ON CONFLICT (jurisdiction, item)
                  DO UPDATE SET rev = ?3, confirmed = ?4, at = ?5, because = ?6";
    conn.execute(decide, params![JURISDICTION, id, rev, confirmed, now.unix_ms, because])?;
    Ok(())
}

/// What a person typed as a cell that is published: one line, nothing at its start that a spreadsheet
/// takes for a formula, no telephone number, and nothing unseen that turns or hides what is beside it.
fn plain(text: &str) -> String {
    let seen: String = text.chars().filter(|it| !is_unseen(*it)).collect();
    let words = seen.split(|it: char| it.is_whitespace() || it.is_control());
    let line = words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    let line = without_numbers(&line);
    line.trim_start_matches(['=', '+', '-', '@', ' ']).trim_end().to_owned()
}

/// The id of a place as it is: digits that stand in one, `osm-way-123456789`, are no telephone number.
/// Whatever else stands there is what a person typed.
fn id_cell(id: Option<&str>) -> String {
    let id = id.unwrap_or_default();
    let named = id.starts_with(|it: char| it.is_ascii_alphabetic()) && id.contains('-');
    let is_id = named && id.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
    if is_id { id.to_owned() } else { plain(id) }
}

/// The controls of Unicode's bidirectional algorithm, and what has no width and joins nothing.
fn is_unseen(it: char) -> bool {
    matches!(it, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(it, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// A digit of whatever script, Chinese words for digits among them.
fn is_digit(it: char) -> bool {
    // Zero in two forms, one to nine, one as it is read out in numbers, and the capitals of cheques.
    const WORDS: &str = "\u{3007}\u{96f6}\u{4e00}\u{4e8c}\u{4e09}\u{56db}\u{4e94}\u{516d}\u{4e03}\u{516b}\u{4e5d}\u{5e7a}\u{58f9}\u{8d30}\u{53c1}\u{8086}\u{4f0d}\u{9646}\u{67d2}\u{634c}\u{7396}";
    it.is_numeric() || WORDS.contains(it)
}

/// So many digits without a break are no date, height or house.
const UNBROKEN: usize = 7;
/// Nor are so many with spaces and hyphens between them: a day has eight.
const BROKEN: usize = 10;

/// Whatever could be dialled gives way to an ellipsis.
fn without_numbers(text: &str) -> String {
    let is_part = |it: char| is_digit(it) || matches!(it, ' ' | '-');
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let part = is_part(first);
        let end = rest.find(|it| is_part(it) != part).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let unbroken = run.split([' ', '-']).map(|it| it.chars().count()).max().unwrap_or(0);
        let digits = run.chars().filter(|it| is_digit(*it)).count();
        let dialled = part && (unbroken >= UNBROKEN || digits >= BROKEN);
        plain.push_str(if dialled { "…" } else { run });
        rest = after;
    }
    plain
}

/// The day of a moment in the zone of its clock.
fn day(at: Stamp) -> String {
    at.to_string().chars().take(10).collect()
}

impl Standing {
    fn line(&self) -> Line<'_> {
        let Claim { what, park, other, name, fact, holds, words, fix } = &self.claim;
        let state = match &self.verdict {
            None => "new",
            Some(verdict) if verdict.confirmed => "confirmed",
            Some(_) => "rejected",
        };
        Line {
            seq: self.seq,
            id: &self.id,
            case_no: self.case_no.as_deref(),
            at: self.at,
            state,
            because: self.verdict.as_ref().and_then(|it| it.because.as_deref()),
            what: what.as_str(),
            park: park.as_deref(),
            other: other.as_deref(),
            name: name.as_deref(),
            fact: fact.as_deref(),
            holds: *holds,
            words: words.as_deref(),
            lat: fix.map(|fix| fix.lat),
            lon: fix.map(|fix| fix.lon),
            accuracy_m: fix.and_then(|fix| fix.accuracy_m),
        }
    }

    fn row(&self) -> Option<Row<'_>> {
        let verdict = self.verdict.as_ref().filter(|it| it.confirmed)?;
        let Claim { what, park, other, name, fact, holds, words, fix } = &self.claim;
        let cell = |text: &Option<String>| text.as_deref().map(plain).unwrap_or_default();
        let degrees = |degrees: f64| format!("{degrees:.6}");
        Some(Row {
            id: &self.id,
            what: what.as_str(),
            park: id_cell(park.as_deref()),
            other: id_cell(other.as_deref()),
            name: cell(name),
            fact: cell(fact),
            holds: holds.map_or("", |holds| if holds { "yes" } else { "no" }),
            words: cell(words),
            lat: fix.map(|fix| degrees(fix.lat)).unwrap_or_default(),
            lon: fix.map(|fix| degrees(fix.lon)).unwrap_or_default(),
            accuracy_m: fix
                .and_then(|fix| fix.accuracy_m)
                .map(|metres| metres.to_string())
                .unwrap_or_default(),
            datum: if fix.is_some() { "WGS84" } else { "" },
            made_on: &self.sealed_on,
            confirmed_on: day(Stamp::local(verdict.at, CHINA_MIN)),
            source: if fix.is_some() { SOURCE_THERE } else { SOURCE },
            licence: if fix.is_some() { LICENCE } else { "" },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A place of OpenStreetMap, or one that a resident had added, lost its id in the export: its
    // digits could have been a telephone number. The next build refused the row.
    #[test]
    fn the_id_of_a_place_keeps_its_digits_and_a_telephone_number_is_none() {
        for (id, cell) in [
            ("JLP-002", "JLP-002"),
            ("osm-way-123456789", "osm-way-123456789"),
            ("res-0196f0a07c007abc8def0123456789ab", "res-0196f0a07c007abc8def0123456789ab"),
            ("13800000000", "…"),
            ("=138-0000-0000", "…"),
        ] {
            assert_eq!(id_cell(Some(id)), cell);
        }
        assert_eq!(id_cell(None), "");
    }

    #[test]
    fn a_cell_is_one_line_and_holds_no_formula_and_no_telephone_number() {
        for (typed, cell) in [
            ("三号楼后面", "三号楼后面"),
            (" 三号楼\n后面\t坡上 ", "三号楼 后面 坡上"),
            ("=HYPERLINK(1)", "HYPERLINK(1)"),
            ("+-@ 坡", "坡"),
            ("2024-05-01 开放，6.5 米宽", "2024-05-01 开放，6.5 米宽"),
            ("问 13800000000 就知道", "问…就知道"),
            ("问138 0000 0000", "问…"),
            ("023-68780000 物业", "…物业"),
            ("问１３８００００００００", "问…"),
            ("打一三八〇〇〇〇〇〇〇〇找我", "打…找我"),
            ("打幺三八-零零零零-零零零零", "打…"),
            ("打١٣٨٠٠٠٠٠٠٠٠", "打…"),
            ("打13八零零零零0000", "打…"),
            ("二〇二四年五月一日开放，三层", "二〇二四年五月一日开放，三层"),
            ("坡\u{202e}上\u{2066}园\u{200f}\u{feff}", "坡上园"),
            ("138\u{200b}0000\u{202c}0000", "…"),
            ("===", ""),
        ] {
            assert_eq!(plain(typed), cell, "{typed}");
        }
    }
}
