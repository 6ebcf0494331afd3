/// A photo up to this size goes whole, and this is the smallest piece of a larger one, in bytes.
pub(super) const PIECE: u64 = 64 * 1024;
/// What is likely to take longer than this goes in pieces, in seconds.
const PATIENCE_S: u64 = 10;

/// What a page has learnt of the way to its endpoint.
#[derive(Debug, Default)]
pub(super) struct Way {
    /// The last uploads, in bytes a second; zero: not yet known.
    speeds: [u64; 3],
    /// It takes no large bodies.
    small: bool,
    /// It changes photos that go whole.
    changes: bool,
    /// It seems to let no pieces through.
    no_pieces: bool,
}

impl Way {
    /// So many bytes were through after so many milliseconds.
    pub(super) fn took(&mut self, bytes: u64, ms: u64) {
        let [_, second, third] = self.speeds;
        self.speeds = [second, third, bytes.saturating_mul(1_000) / ms.max(1)];
    }

    /// The connection was cut under an upload: what was known of it counts no longer.
    pub(super) fn was_cut(&mut self) {
        self.speeds = [0; 3];
        self.no_pieces = false;
    }

    /// Something else than the endpoint answered to a piece. Not every proxy knows `PATCH`.
    pub(super) fn takes_no_pieces(&mut self) {
        self.no_pieces = true;
    }

    pub(super) fn takes_only_small(&self) -> bool {
        self.small
    }

    pub(super) fn takes_no_large_bodies(&mut self) {
        self.small = true;
    }

    pub(super) fn changes_photos(&mut self) {
        self.changes = true;
    }

    /// How many bytes go at once. The slowest of the last uploads counts.
    pub(super) fn at_once(&self) -> u64 {
        let slowest = self.speeds.iter().filter(|speed| **speed > 0).min();
        let likely = slowest.map_or(0, |speed| speed.saturating_mul(PATIENCE_S));
        if self.small { PIECE } else { likely.max(PIECE) }
    }

    /// Does a photo of this size go whole?
    pub(super) fn takes_whole(&self, len: u64) -> bool {
        !self.changes && (self.no_pieces || len <= self.at_once())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_photo_goes_whole_and_a_large_one_once_the_way_is_known_to_be_quick() {
        let mut way = Way::default();
        assert!(way.takes_whole(PIECE) && !way.takes_whole(PIECE + 1));
        way.took(PIECE, 1_000);
        assert!(way.takes_whole(10 * PIECE) && !way.takes_whole(10 * PIECE + 1));
        way.took(PIECE, 8_000);
        assert_eq!(way.at_once(), 10 * PIECE / 8, "the slowest counts");
        (0..3).for_each(|_| way.took(PIECE, 0));
        assert!(way.takes_whole(8 * 1024 * 1024), "three samples are all it remembers");
        way.was_cut();
        assert_eq!(way.at_once(), PIECE);
    }

    #[test]
    fn a_way_that_takes_no_large_bodies_or_changes_photos_is_remembered() {
        let mut way = Way::default();
        way.took(PIECE, 1);
        way.takes_no_large_bodies();
        assert_eq!(way.at_once(), PIECE);
        assert!(way.takes_whole(PIECE));
        way.changes_photos();
        assert!(!way.takes_whole(1));
    }

    #[test]
    fn where_pieces_do_not_get_through_photos_go_whole_until_one_is_cut() {
        let mut way = Way::default();
        way.takes_no_pieces();
        assert!(way.takes_whole(100 * PIECE));
        way.was_cut();
        assert!(!way.takes_whole(100 * PIECE));
    }
}
