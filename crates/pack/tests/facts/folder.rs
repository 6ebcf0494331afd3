//! A copy of the shipped facts in which one thing is changed.

use std::{fs, path::PathBuf};

use csv::{ReaderBuilder, Writer};
use model::pack::DistrictPack;
use pack::{BadFacts, Fault};
use tempfile::TempDir;

/// The facts of the project.
pub fn shipped() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

/// The pack of the shipped facts.
pub fn shipped_pack() -> DistrictPack {
    pack::build(&shipped()).unwrap_or_else(|bad| panic!("{bad}")).pack
}

/// A folder of facts that a test may spoil.
pub struct Folder(TempDir);

impl Folder {
    /// A copy of the shipped facts.
    pub fn new() -> Self {
        let dir = TempDir::new().expect("a temporary folder");
        for entry in fs::read_dir(shipped()).expect("the shipped facts") {
            let entry = entry.expect("a file");
            fs::copy(entry.path(), dir.path().join(entry.file_name())).expect("a copy");
        }
        Self(dir)
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("a file of the folder")
    }

    /// Replaces the bytes of a file.
    pub fn write(self, file: &str, bytes: impl AsRef<[u8]>) -> Self {
        fs::write(self.path(file), bytes).expect("a written file");
        self
    }

    /// Replaces text that must stand in a file.
    pub fn replace(self, file: &str, old: &str, new: &str) -> Self {
        let text = self.text(file);
        assert!(text.contains(old), "{file} does not hold {old}");
        self.write(file, text.replacen(old, new, 1))
    }

    /// Takes a file away.
    pub fn without(self, file: &str) -> Self {
        fs::remove_file(self.path(file)).expect("a file to take away");
        self
    }

    /// Puts a value into one cell of the first row that holds `key`.
    pub fn cell(self, file: &str, key: &str, column: &str, value: &str) -> Self {
        let mut records = self.records(file);
        let at = records[0].iter().position(|name| name == column).expect("a column");
        let row = row_of(&records, key);
        value.clone_into(&mut records[row][at]);
        self.save(file, &records)
    }

    /// Puts a second copy of a row under the table.
    pub fn twin(self, file: &str, key: &str) -> Self {
        let mut records = self.records(file);
        records.push(records[row_of(&records, key)].clone());
        self.save(file, &records)
    }

    /// The line of the first row that holds `key`.
    pub fn line(&self, file: &str, key: &str) -> u64 {
        row_of(&self.records(file), key) as u64 + 1
    }

    /// How many lines a table has.
    pub fn lines(&self, file: &str) -> u64 {
        self.records(file).len() as u64
    }

    /// The faults, of which there must be some.
    pub fn faults(&self) -> Vec<Fault> {
        let BadFacts(faults) = pack::build(self.0.path()).expect_err("facts with a fault");
        faults
    }

    /// Asserts that there is exactly one fault: this one.
    pub fn refused(&self, file: &str, row: u64, column: &str, words: &str) {
        let faults = self.faults();
        let text = BadFacts(faults.clone()).to_string();
        let place = format!("{file}, row {row}, column {column}: ");
        assert!(text.starts_with(&place) && text.contains(words), "{place}{words}\n{text}");
        assert_eq!(faults.len(), 1, "{text}");
    }

    /// Changes one cell and asserts that it is refused by file, row, column and reason.
    pub fn refuses_cell(self, file: &str, key: &str, column: &str, value: &str, words: &str) {
        let row = self.line(file, key);
        self.cell(file, key, column, value).refused(file, row, column, words);
    }

    fn records(&self, file: &str) -> Vec<Vec<String>> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .from_path(self.path(file))
            .expect("a table of the folder");
        let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
        reader.records().map(|record| cells(record.expect("a row"))).collect()
    }

    fn save(self, file: &str, records: &[Vec<String>]) -> Self {
        let mut writer = Writer::from_path(self.path(file)).expect("a table to write");
        for record in records {
            writer.write_record(record).expect("a written row");
        }
        writer.flush().expect("a written table");
        self
    }
}

fn row_of(records: &[Vec<String>], key: &str) -> usize {
    let holds = |record: &Vec<String>| record.iter().any(|cell| cell == key);
    records.iter().position(holds).expect("a row with this key")
}
