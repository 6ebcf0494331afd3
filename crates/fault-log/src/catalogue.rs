use serde::Deserialize;

/// The catalogue as it lies in the project: a table that people edit.
pub const CATALOGUE: &str = include_str!("../catalogue.csv");

/// One thing that goes wrong in the world.
#[derive(Clone, Debug, Deserialize)]
pub struct Entry {
    /// `C` the phone and its browser, `N` the network, `S` the endpoint, `A` an adversary or a
    /// mistake of people; then a number.
    pub id: String,
    /// What happens.
    pub fault: String,
    /// What must happen then.
    pub expected: String,
    /// Whether a run without a record of it has failed. Set once a test shows it, never taken back.
    pub held: bool,
    /// What a machine like this one cannot give, and which test stands for it; else empty.
    pub limit: String,
}

/// All faults in the order of the catalogue.
///
/// # Panics
/// When the table is not well formed, which a test of this crate finds first.
pub fn catalogue() -> Vec<Entry> {
    let rows = csv::Reader::from_reader(CATALOGUE.as_bytes()).into_deserialize();
    rows.map(|row| row.expect("crates/fault-log/catalogue.csv is well formed")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_catalogue_has_81_faults_and_each_id_once() {
        let ids: BTreeSet<_> = catalogue().into_iter().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), catalogue().len());
        assert_eq!(ids.len(), 81);
    }
}
