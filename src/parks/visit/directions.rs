//! The addresses that hand a place over to a map app, each in the datum and the order of numbers
//! that its app reads.

use model::datum::{Bd09, Gcj02, Wgs84};

use super::link::encoded;

/// A map app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guide {
    /// 高德: longitude before latitude, GCJ-02 (uri.amap.com, "navigation" and "search").
    Gaode,
    /// 百度: latitude before longitude, BD-09 (api.map.baidu.com, "marker" and "place/search"): its
    /// "direction" asks for a start, which nobody has to tell.
    Baidu,
    /// 腾讯: latitude before longitude, GCJ-02, said by `coord_type=2` (apis.map.qq.com, "routeplan"
    /// and "search").
    Tencent,
    /// Apple: latitude before longitude, GCJ-02 in mainland China.
    Apple,
    /// Whatever app of the phone answers to `geo:`: latitude before longitude, WGS84 (RFC 5870).
    Other,
}

impl Guide {
    pub const ALL: [Self; 5] = [Self::Gaode, Self::Baidu, Self::Tencent, Self::Apple, Self::Other];
}

/// Who asks, where an app wants to know.
const WHO: &str = "poshang";

/// What is handed over.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Goal<'a> {
    /// The place itself.
    Point(Wgs84, &'a str),
    /// A name to look for, and in which city: nobody has said where the place is, and what it is
    /// near to is another thing.
    Name(&'a str, &'a str),
}

/// The address that hands this over.
pub(super) fn address(guide: Guide, goal: &Goal) -> String {
    match goal {
        Goal::Point(at, name) => to_point(guide, *at, &encoded(name)),
        Goal::Name(name, city) => to_name(guide, &encoded(name), &encoded(city)),
    }
}

fn to_point(guide: Guide, at: Wgs84, name: &str) -> String {
    let gcj = Gcj02::from(at);
    match guide {
        Guide::Gaode => format!(
            "https://uri.amap.com/navigation?to={:.6},{:.6},{name}&mode=walk&src={WHO}&callnative=1",
            gcj.lon, gcj.lat
        ),
        Guide::Baidu => {
            let Bd09 { lat, lon } = at.into();
            format!(
                "https://api.map.baidu.com/marker?location={lat:.6},{lon:.6}&title={name}\
                 &content={name}&coord_type=bd09ll&output=html&src=webapp.{WHO}.{WHO}"
            )
        }
        Guide::Tencent => format!(
            "https://apis.map.qq.com/uri/v1/routeplan?type=walk&to={name}&tocoord={:.6},{:.6}\
             &coord_type=2&referer={WHO}",
            gcj.lat, gcj.lon
        ),
        Guide::Apple => {
            format!("https://maps.apple.com/?daddr={:.6},{:.6}&dirflg=w", gcj.lat, gcj.lon)
        }
        Guide::Other => {
            let Wgs84 { lat, lon } = at;
            format!("geo:{lat:.6},{lon:.6}?q={lat:.6},{lon:.6}({name})")
        }
    }
}

fn to_name(guide: Guide, name: &str, city: &str) -> String {
    match guide {
        Guide::Gaode => {
            format!("https://uri.amap.com/search?keyword={name}&city={city}&src={WHO}&callnative=1")
        }
        Guide::Baidu => format!(
            "https://api.map.baidu.com/place/search?query={name}&region={city}&output=html\
             &src=webapp.{WHO}.{WHO}"
        ),
        Guide::Tencent => format!(
            "https://apis.map.qq.com/uri/v1/search?keyword={name}&region={city}&referer={WHO}"
        ),
        Guide::Apple => format!("https://maps.apple.com/?q={city}%20{name}"),
        Guide::Other => format!("geo:0,0?q={city}%20{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points that are no places: WGS84, GCJ-02 and BD-09, as three independent packages agree
    /// (gcoord, coordtransform, prcoords).
    const GOLDEN: [[[f64; 2]; 3]; 4] = [
        [[29.25, 106.25], [29.247_116_84, 106.253_743_41], [29.252_809_79, 106.260_307_42]],
        [[29.45, 106.35], [29.447_373_13, 106.353_937_07], [29.453_311_10, 106.360_466_98]],
        [[29.5, 106.5], [29.497_263_71, 106.503_845_72], [29.502_945_69, 106.510_414_52]],
        [[29.54, 106.48], [29.537_338_96, 106.483_906_78], [29.543_130_58, 106.490_480_94]],
    ];

    #[test]
    fn every_app_gets_its_own_datum_and_order() {
        for [[lat, lon], gcj, bd] in GOLDEN {
            let goal = Goal::Point(Wgs84 { lat, lon }, "园");
            let [gaode, baidu, tencent, apple, other] = Guide::ALL.map(|it| address(it, &goal));
            let north_east = |[lat, lon]: [f64; 2]| format!("{lat:.6},{lon:.6}");
            assert!(
                gaode.contains(&format!("?to={:.6},{:.6},%E5%9B%AD&", gcj[1], gcj[0])),
                "{gaode}"
            );
            assert!(baidu.contains(&format!("?location={}&", north_east(bd))), "{baidu}");
            assert!(
                tencent.contains(&format!("&tocoord={}&coord_type=2&", north_east(gcj))),
                "{tencent}"
            );
            assert!(apple.contains(&format!("?daddr={}&", north_east(gcj))), "{apple}");
            assert!(other.starts_with(&format!("geo:{}?q=", north_east([lat, lon]))), "{other}");
        }
    }

    #[test]
    fn a_place_that_is_not_a_point_is_looked_for_by_its_name_in_its_city() {
        let goal = Goal::Name("彩云湖 & 公园", "重庆");
        for address in Guide::ALL.map(|it| address(it, &goal)) {
            assert!(
                address.contains("%E5%BD%A9%E4%BA%91%E6%B9%96%20%26%20%E5%85%AC%E5%9B%AD"),
                "{address}"
            );
            assert!(address.contains("%E9%87%8D%E5%BA%86"), "{address}");
            let figures = address.replace("geo:0,0", "");
            let figures = figures.split('%').map(|it| it.get(2..).unwrap_or_default());
            assert!(
                !figures.skip(1).any(|it| it.contains("29.") || it.contains("106.")),
                "{address}"
            );
        }
    }
}
