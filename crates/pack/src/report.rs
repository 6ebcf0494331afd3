use std::fmt;

/// What putting imports together with the tables did, row by row. Printed one a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What was read: a line for each import.
    pub read: Vec<String>,
    /// Two rows that are one place from now on.
    pub joined: Vec<String>,
    /// Rows that may be one place: both are kept, and marked. `links.csv` decides.
    pub doubted: Vec<String>,
    /// Where a row of the district's list that was joined says otherwise than ours, and ours stays.
    pub differing: Vec<String>,
    /// Outlines of which only the part inside the district line came in.
    pub cut: Vec<String>,
    /// What did not come in, and why.
    pub dropped: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.read {
            writeln!(f, "{line}")?;
        }
        let always =
            [("joined", &self.joined), ("in doubt", &self.doubted), ("dropped", &self.dropped)];
        let sometimes =
            [("said otherwise", &self.differing), ("cut at the district line", &self.cut)];
        let sometimes = sometimes.into_iter().filter(|(_, lines)| !lines.is_empty());
        for (what, lines) in always.into_iter().chain(sometimes) {
            writeln!(f, "{what}: {}", lines.len())?;
            for line in lines {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}
