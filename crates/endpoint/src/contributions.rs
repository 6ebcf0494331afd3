//! What residents add to the map, judged at the server's shell until there is a screen for the desk.
//! A contribution is a claim; it becomes a fact of the next pack only when it is confirmed here and
//! exported. No device, number or name of a person stands in any of these lists.

use std::{io, io::Write, path::Path};

use anyhow::{Context as _, Result, bail, ensure};
use model::{
    JURISDICTION,
    contribution::{ACCURACY_MAX_M, Claim, What},
    ids::ReportId,
    sealed::Sealed,
    stamp::Stamp,
};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};
use serde::Serialize;

use crate::folder;

/// Who says so, as the pack prints it.
const SOURCE: &str = "居民到场补充，运营方核实";
/// Under which terms a confirmed position is published: whoever sent it has agreed to that.
const LICENCE: &str = "ODbL";

/// Minutes that the clocks of China are ahead of UTC.
const CHINA_MIN: i16 = 480;

/// What stands: of each contribution the newest revision, unless its own device has taken it back.
const STANDING: &str = "
    SELECT i.seq, i.id, i.at, i.sealed, v.confirmed, v.at, v.because,
           (SELECT case_no FROM case_number c WHERE c.jurisdiction = i.jurisdiction AND c.item = i.id)
      FROM item i LEFT JOIN verdict v ON v.jurisdiction = i.jurisdiction AND v.item = i.id
     WHERE i.jurisdiction = ?1 AND i.kind = 'contribution' AND i.schema = 1
       AND NOT EXISTS (SELECT 1 FROM item n WHERE n.jurisdiction = i.jurisdiction
                          AND n.id = i.id AND n.rev > i.rev)
       AND NOT EXISTS (SELECT 1 FROM about a JOIN item w USING (jurisdiction, seq)
                        WHERE a.jurisdiction = i.jurisdiction AND a.item = i.id
                          AND w.kind = 'withdraw' AND w.device = i.device)
     ORDER BY i.seq";

/// One contribution that stands.
struct Standing {
    seq: u64,
    id: String,
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

/// A row of the export, in the columns that `cargo xtask pack` reads.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    what: &'static str,
    park: &'a str,
    other: &'a str,
    name: &'a str,
    fact: &'a str,
    holds: &'static str,
    words: &'a str,
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
    let accuracy = standing.claim.fix.and_then(|fix| fix.accuracy_m);
    if standing.claim.what == What::Here {
        let accuracy = accuracy.context("its position does not say how exact it is")?;
        ensure!(
            accuracy <= ACCURACY_MAX_M,
            "its position is only good to {accuracy} m, and a place needs {ACCURACY_MAX_M} m or less"
        );
    }
    decide(&conn, &standing.id, true, None, now)
}

/// A person here says that it is not so, and why if they like.
pub fn reject(data: &Path, id: &str, because: Option<&str>, now: Stamp) -> Result<()> {
    let conn = open(data, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let standing = one(&conn, id)?;
    decide(&conn, &standing.id, false, because, now)
}

/// Writes what is confirmed as the table `contributions.csv` of a district's folder.
pub fn export(data: &Path, out: &mut impl Write) -> Result<()> {
    let conn = open(data, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut table = csv::Writer::from_writer(&mut *out);
    let mut some = false;
    for standing in &standing(&conn)? {
        if let Some(row) = standing.row() {
            table.serialize(row)?;
            some = true;
        }
    }
    ensure!(some, "nothing is confirmed, so there is nothing to export");
    table.flush()?;
    Ok(())
}

fn open(data: &Path, flags: OpenFlags) -> Result<Connection> {
    let file = folder::database_in(data);
    let conn = Connection::open_with_flags(&file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .with_context(|| format!("there is no database at {}", file.display()))?;
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
    item: &str,
    confirmed: bool,
    because: Option<&str>,
    now: Stamp,
) -> Result<()> {
    let decide = "INSERT INTO verdict (jurisdiction, item, confirmed, at, because)
                  VALUES (?1, ?2, ?3, ?4, ?5)
                  ON CONFLICT (jurisdiction, item)
                  DO UPDATE SET confirmed = ?3, at = ?4, because = ?5";
    conn.execute(decide, params![JURISDICTION, item, confirmed, now.unix_ms, because])?;
    Ok(())
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
        let degrees = |degrees: f64| format!("{degrees:.6}");
        Some(Row {
            id: &self.id,
            what: what.as_str(),
            park: park.as_deref().unwrap_or_default(),
            other: other.as_deref().unwrap_or_default(),
            name: name.as_deref().unwrap_or_default(),
            fact: fact.as_deref().unwrap_or_default(),
            holds: holds.map_or("", |holds| if holds { "yes" } else { "no" }),
            words: words.as_deref().unwrap_or_default(),
            lat: fix.map(|fix| degrees(fix.lat)).unwrap_or_default(),
            lon: fix.map(|fix| degrees(fix.lon)).unwrap_or_default(),
            accuracy_m: fix
                .and_then(|fix| fix.accuracy_m)
                .map(|metres| metres.to_string())
                .unwrap_or_default(),
            datum: if fix.is_some() { "WGS84" } else { "" },
            made_on: &self.sealed_on,
            confirmed_on: day(Stamp::local(verdict.at, CHINA_MIN)),
            source: SOURCE,
            licence: if fix.is_some() { LICENCE } else { "" },
        })
    }
}
