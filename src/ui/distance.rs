use super::words::{Common, words};

/// A distance as people say it: to ten metres below a kilometre, to a hundred above; no position is
/// known to less than ten.
pub fn far(metres: f64) -> String {
    said(metres, words().common)
}

/// A distance from a position that may be off by so many metres: up to where it can be near by, else no
/// finer than that.
pub fn about(metres: f64, off_m: u32) -> String {
    roughly(metres, off_m, words().common)
}

fn roughly(metres: f64, off_m: u32, w: &Common) -> String {
    let off = f64::from(off_m);
    if metres <= 2.0 * off {
        (w.within)(&said(metres + off, w))
    } else {
        (w.about)(&said((metres / off).round() * off, w))
    }
}

/// The same, said to be a straight line: there is no path data, so no way and no minutes.
pub fn straight(metres: f64) -> String {
    (words().common.straight)(&far(metres))
}

fn said(metres: f64, w: &Common) -> String {
    let tens = ((metres / 10.0).round() * 10.0).max(10.0);
    if tens < 1_000.0 {
        (w.metres)(&format!("{tens:.0}"))
    } else if metres >= 100_000.0 {
        (w.kilometres)(&format!("{:.0}", metres / 1_000.0))
    } else {
        (w.kilometres)(&format!("{:.1}", metres / 1_000.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::words::Lang;

    #[test]
    fn a_distance_claims_no_more_than_a_straight_line_can() {
        let words = Lang::Zh.words().common;
        let said = [3.0, 86.0, 994.0, 996.0, 1_249.0].map(|metres| said(metres, words));
        assert_eq!(said, ["10 米", "90 米", "990 米", "1.0 公里", "1.2 公里"]);
        assert_eq!(super::said(1_463_300.0, words), "1463 公里");
        let roughly = [40.0, 2_200.0, 9_100.0].map(|metres| roughly(metres, 3_000, words));
        assert_eq!(roughly, ["3.0 公里以内", "5.2 公里以内", "约 9.0 公里"]);
    }
}
