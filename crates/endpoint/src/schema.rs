//! The form of the database, and the refusal to work on one that may lose what it confirmed.

use rusqlite::{Connection, TransactionBehavior};

use crate::Rules;

/// Applied in order, each in one transaction with its number, so that a crash in the middle starts
/// it anew.
const MIGRATIONS: [&str; 4] = [
    include_str!("../migrations/1.sql"),
    include_str!("../migrations/2.sql"),
    include_str!("../migrations/3.sql"),
    include_str!("../migrations/4.sql"),
];

/// 3.51.3: the first with the fix of a race that could damage the write-ahead log.
const SQLITE_LEAST: i32 = 3_051_003;

/// How carefully a commit is written. Everything but [`Synchronous::Full`] is refused; tests use
/// the other to see that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// The write-ahead log is synced before a commit returns.
    #[default]
    Full,
    /// It is not.
    Normal,
}

/// Why a database is not opened.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// SQLite said no.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// A setting of the writer's own connection, read back, is not what durability needs.
    #[error(
        "the database runs with {setting} = {found}, and only {needed} keeps what was confirmed"
    )]
    Setting {
        /// Which pragma.
        setting: &'static str,
        /// What it is.
        found: String,
        /// What it must be.
        needed: &'static str,
    },
    /// The linked SQLite is too old.
    #[error("SQLite {0} is linked, and versions before 3.51.3 can damage the write-ahead log")]
    OldSqlite(&'static str),
    /// Its pages do not fit together.
    #[error(
        "it is damaged ({0}). Move the data folder away and make a new one from a backup with \
         `endpoint restore`: what came since is still on the phones, and they send it again"
    )]
    Damaged(String),
    /// A newer endpoint has written it.
    #[error("the database has form {found}, and this endpoint knows forms up to {known}")]
    Newer {
        /// Its form.
        found: usize,
        /// Ours.
        known: usize,
    },
}

/// Makes a connection the writer's: write-ahead log, full sync, both read back.
pub(crate) fn make_durable(conn: &Connection, synchronous: Synchronous) -> Result<(), Unfit> {
    recent_enough(rusqlite::version_number(), rusqlite::version())?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    let level = if synchronous == Synchronous::Full { "full" } else { "normal" };
    conn.pragma_update(None, "synchronous", level)?;
    // What is erased is overwritten, and not only forgotten.
    conn.pragma_update(None, "secure_delete", true)?;
    let journal: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    let level: u8 = conn.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    if journal != "wal" {
        return Err(Unfit::Setting { setting: "journal_mode", found: journal, needed: "wal" });
    }
    if level != 2 {
        let found = level.to_string();
        return Err(Unfit::Setting { setting: "synchronous", found, needed: "2 (FULL)" });
    }
    Ok(())
}

fn recent_enough(number: i32, name: &'static str) -> Result<(), Unfit> {
    if number < SQLITE_LEAST { Err(Unfit::OldSqlite(name)) } else { Ok(()) }
}

/// Refuses a database that is damaged, before anything is written to it. A quarter of a second for a
/// hundred thousand reports.
pub(crate) fn check_sound(conn: &Connection) -> Result<(), Unfit> {
    let found: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(Unfit::Damaged(found)) }
}

impl Unfit {
    /// The same, in words for whoever has to act where SQLite says only that it cannot read on.
    pub(crate) fn in_words(self) -> Self {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match self {
            Self::Sqlite(error)
                if matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase)) =>
            {
                Self::Damaged(error.to_string())
            }
            other => other,
        }
    }
}

/// Brings the database to the newest form.
pub(crate) fn migrate(conn: &mut Connection, rules: Rules) -> Result<(), Unfit> {
    let done: usize = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if done > MIGRATIONS.len() {
        return Err(Unfit::Newer { found: done, known: MIGRATIONS.len() });
    }
    for (nth, sql) in MIGRATIONS.iter().enumerate().skip(done) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", nth + 1)?;
        tx.commit()?;
    }
    if !rules.unique_key {
        conn.execute_batch("DROP INDEX IF EXISTS item_key")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_sqlite_is_refused_with_its_version() {
        let fault = fault_log::injected("S11", "an SQLite before 3.51.3");
        assert!(recent_enough(3_051_003, "3.51.3").is_ok());
        let refusal = recent_enough(3_050_004, "3.50.4").unwrap_err().to_string();
        assert!(refusal.contains("3.50.4"), "{refusal}");
        fault.observed("refused with its version");
    }

    #[test]
    fn a_database_of_a_newer_endpoint_is_left_alone() {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.pragma_update(None, "user_version", 99).unwrap();
        let refusal = migrate(&mut conn, Rules::default()).unwrap_err().to_string();
        assert!(refusal.contains("form 99"), "{refusal}");
    }

    #[test]
    fn a_migration_that_fails_half_way_leaves_nothing() {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE blob (x)").unwrap();
        let fault = fault_log::injected("S14", "a migration failed half way");
        assert!(migrate(&mut conn, Rules::default()).is_err());
        let tables: u32 =
            conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap();
        assert_eq!(tables, 1, "only the one that was in the way");
        conn.execute_batch("DROP TABLE blob").unwrap();
        migrate(&mut conn, Rules::default()).unwrap();
        migrate(&mut conn, Rules::default()).unwrap();
        fault.observed("nothing of it stayed, and the next start did all of it");
    }
}
