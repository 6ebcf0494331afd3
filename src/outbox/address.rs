//! What the address asks 上报箱 to show. Pure.

use outbox::RowKey;

/// What is on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// All that is kept.
    #[default]
    All,
    /// One row, opened.
    Row(RowKey),
    /// A receipt that somebody shows, as it stands in the fragment.
    Proof(String),
    /// The key of a case, as it stands in the fragment.
    Case(String),
}

impl Shown {
    /// Reads the query's `row` and the fragment with its `#`. What is neither shows everything.
    pub(super) fn of(row: Option<&str>, fragment: &str) -> Self {
        if let Some(proof) = fragment.strip_prefix("#proof=") {
            Self::Proof(proof.to_owned())
        } else if let Some(case) = fragment.strip_prefix("#case=") {
            Self::Case(case.to_owned())
        } else {
            row.and_then(|row| row.parse().ok()).map_or(Self::All, Self::Row)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn an_address_asks_for_a_row_a_proof_a_case_or_everything() {
        let key = "01a205bf-c051-75e1-aa3b-4c5d6e7f8091.1";
        assert_eq!(Shown::of(Some(key), ""), Shown::Row(key.parse().unwrap()));
        assert_eq!(Shown::of(Some(key), "#proof=abc"), Shown::Proof("abc".into()));
        assert_eq!(Shown::of(None, "#case=A.B"), Shown::Case("A.B".into()));
        for odd in [None, Some(""), Some("x.1")] {
            assert_eq!(Shown::of(odd, "#other"), Shown::All);
        }
    }
}
