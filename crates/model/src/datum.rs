//! Positions that carry their datum in their type.
//!
//! Three datums are in use in China and lie up to 600 m apart. A number without its datum is
//! refused at the door; conversion happens here and nowhere else.

use core::f64::consts::PI;

use serde::{Deserialize, Serialize};

/// A WGS84 position in degrees, written as `[lat, lon]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct Wgs84 {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl Wgs84 {
    /// Straight-line distance in metres on a sphere of 6,371,008.8 m (haversine).
    pub fn metres_to(self, other: Self) -> f64 {
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let half = |degrees: f64| (degrees.to_radians() / 2.0).sin();
        let h = half(other.lat - self.lat).powi(2)
            + a.cos() * b.cos() * half(other.lon - self.lon).powi(2);
        2.0 * 6_371_008.8 * h.sqrt().min(1.0).asin()
    }

    /// Distance in metres to the nearest point of a straight line between two positions, both within
    /// some kilometres: degrees are taken for equal steps there, which errs by less than a metre.
    pub fn metres_to_line(self, a: Self, b: Self) -> f64 {
        let narrow = self.lat.to_radians().cos();
        let flat = |it: Self| ((it.lon - self.lon) * narrow, it.lat - self.lat);
        let ((ax, ay), (bx, by)) = (flat(a), flat(b));
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let part = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        let nearest =
            Self { lat: a.lat + (b.lat - a.lat) * part, lon: a.lon + (b.lon - a.lon) * part };
        self.metres_to(nearest)
    }

    /// Is this position inside a closed ring (even-odd rule)?
    pub fn inside(self, ring: &[Self]) -> bool {
        let mut inside = false;
        let edges = ring.iter().zip(ring.iter().cycle().skip(1));
        for (a, b) in edges {
            let crosses = (a.lat > self.lat) != (b.lat > self.lat);
            if crosses && self.lon < (b.lon - a.lon) * (self.lat - a.lat) / (b.lat - a.lat) + a.lon
            {
                inside = !inside;
            }
        }
        inside
    }
}

impl From<[f64; 2]> for Wgs84 {
    fn from([lat, lon]: [f64; 2]) -> Self {
        Self { lat, lon }
    }
}

impl From<Wgs84> for [f64; 2] {
    fn from(at: Wgs84) -> Self {
        [at.lat, at.lon]
    }
}

/// A GCJ-02 position in degrees (AMap, Tencent).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gcj02 {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// A BD-09 position in degrees (Baidu).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bd09 {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl From<Wgs84> for Gcj02 {
    fn from(at: Wgs84) -> Self {
        let (d_lat, d_lon) = shift(at.lat, at.lon);
        Self { lat: at.lat + d_lat, lon: at.lon + d_lon }
    }
}

impl From<Gcj02> for Wgs84 {
    /// Inverts the shift by iteration, to about a micrometre.
    fn from(at: Gcj02) -> Self {
        let (mut lat, mut lon) = (at.lat, at.lon);
        for _ in 0..30 {
            let there = Gcj02::from(Self { lat, lon });
            let (d_lat, d_lon) = (at.lat - there.lat, at.lon - there.lon);
            lat += d_lat;
            lon += d_lon;
            if d_lat.abs() < 1e-10 && d_lon.abs() < 1e-10 {
                break;
            }
        }
        Self { lat, lon }
    }
}

impl From<Bd09> for Gcj02 {
    fn from(at: Bd09) -> Self {
        const K: f64 = PI * 3000.0 / 180.0;
        let (x, y) = (at.lon - 0.0065, at.lat - 0.006);
        let z = x.hypot(y) - 0.000_02 * (y * K).sin();
        let angle = y.atan2(x) - 0.000_003 * (x * K).cos();
        Self { lat: z * angle.sin(), lon: z * angle.cos() }
    }
}

impl From<Gcj02> for Bd09 {
    fn from(at: Gcj02) -> Self {
        const K: f64 = PI * 3000.0 / 180.0;
        let z = at.lon.hypot(at.lat) + 0.000_02 * (at.lat * K).sin();
        let angle = at.lat.atan2(at.lon) + 0.000_003 * (at.lon * K).cos();
        Self { lat: z * angle.sin() + 0.006, lon: z * angle.cos() + 0.0065 }
    }
}

impl From<Wgs84> for Bd09 {
    fn from(at: Wgs84) -> Self {
        Gcj02::from(at).into()
    }
}

impl From<Bd09> for Wgs84 {
    fn from(at: Bd09) -> Self {
        Gcj02::from(at).into()
    }
}

/// The offset of GCJ-02 from WGS84 in degrees (Krasovsky 1940 ellipsoid), as every open
/// implementation has it.
fn shift(lat: f64, lon: f64) -> (f64, f64) {
    const A: f64 = 6_378_245.0;
    const EE: f64 = 0.006_693_421_622_965_943;
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + wave
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + wave
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let radians = lat.to_radians();
    let m = 1.0 - EE * radians.sin().powi(2);
    let q = m.sqrt();
    (north.to_degrees() / (A * (1.0 - EE) / (m * q)), east.to_degrees() / (A / q * radians.cos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_gcj02_point_comes_back_to_its_wgs84_point() {
        // 彩云湖 metro station, as published (AMap) and as converted by a foreign script.
        let station = Wgs84::from(Gcj02 { lat: 29.516_037, lon: 106.471_832 });
        assert!(station.metres_to(Wgs84 { lat: 29.518_673, lon: 106.467_894 }) < 0.2);
    }

    /// One made-up point in the three datums, latitude first; the converted values are those of
    /// three independent published implementations, to eight decimals.
    const VECTORS: [[[f64; 2]; 3]; 4] = [
        [[29.25, 106.25], [29.247_116_84, 106.253_743_41], [29.252_809_79, 106.260_307_42]],
        [[29.45, 106.35], [29.447_373_13, 106.353_937_07], [29.453_311_10, 106.360_466_98]],
        [[29.5, 106.5], [29.497_263_71, 106.503_845_72], [29.502_945_69, 106.510_414_52]],
        [[29.54, 106.48], [29.537_338_96, 106.483_906_78], [29.543_130_58, 106.490_480_94]],
    ];

    #[test]
    fn conversions_agree_with_published_implementations() {
        for [wgs, gcj, bd] in VECTORS {
            let wgs = Wgs84::from(wgs);
            let there = Gcj02::from(wgs);
            assert!((there.lat - gcj[0]).abs() < 1e-8 && (there.lon - gcj[1]).abs() < 1e-8);
            let back = Wgs84::from(Gcj02 { lat: gcj[0], lon: gcj[1] });
            assert!(back.metres_to(wgs) < 0.01, "{wgs:?}");
            let from_baidu = Wgs84::from(Bd09 { lat: bd[0], lon: bd[1] });
            assert!(from_baidu.metres_to(wgs) < 0.12, "{wgs:?}");
        }
    }

    #[test]
    fn a_point_is_inside_the_ring_that_surrounds_it_and_no_other() {
        let ring = [[0.0, 0.0], [0.0, 2.0], [2.0, 2.0], [2.0, 0.0]].map(Wgs84::from);
        assert!(Wgs84 { lat: 1.0, lon: 1.0 }.inside(&ring));
        assert!(!Wgs84 { lat: 1.0, lon: 3.0 }.inside(&ring));
    }

    #[test]
    fn the_way_to_a_line_is_straight_across_to_it_or_to_its_nearer_end() {
        let [a, b] = [[29.5, 106.5], [29.5, 106.51]].map(Wgs84::from);
        let off = |lat, lon| Wgs84 { lat, lon }.metres_to_line(a, b);
        // A thousandth of a degree of latitude is 111.195 m on this sphere.
        assert!((off(29.501, 106.505) - 111.195).abs() < 0.1);
        let past = Wgs84 { lat: 29.5, lon: 106.512 };
        assert!((past.metres_to_line(a, b) - past.metres_to(b)).abs() < 0.001);
        assert!(
            (past.metres_to_line(b, b) - past.metres_to(b)).abs() < 0.001,
            "a line of no length"
        );
        // A line that is neither due north nor due east: half-way along it, and 100 m to its side.
        let c = Wgs84 { lat: 29.51, lon: 106.5 + 0.01 / 29.5_f64.to_radians().cos() };
        let side = 100.0 / 111_195.0 / 2.0_f64.sqrt();
        let at =
            Wgs84 { lat: 29.505 + side, lon: 106.5 + (0.005 - side) / 29.5_f64.to_radians().cos() };
        assert!((at.metres_to_line(a, c) - 100.0).abs() < 0.2, "{}", at.metres_to_line(a, c));
    }
}
