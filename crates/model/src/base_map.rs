//! Pictures of a map that somebody else makes and an operator may lay under ours: squares of
//! EPSG:3857, named by zoom, column and row, as OGC WMTS and the usual XYZ servers number them.

use serde::{Deserialize, Serialize};

/// Zooms that servers of such pictures have.
const ZOOMS: core::ops::RangeInclusive<u8> = 1..=20;
/// More layers than this are a mistake.
const LAYERS_MAX: usize = 4;

/// Whose pictures, and where they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseMap {
    /// Addresses, the lowest first, with `{z}`, `{x}`, `{y}`, and `{s}` for one of the hosts.
    pub layers: Vec<String>,
    /// What `{s}` may be.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Who is to be named while they are seen, in the words that their terms ask for.
    pub attribution: String,
    /// The finest zoom that there are pictures of.
    pub max_zoom: u8,
}

impl BaseMap {
    /// What is wrong with it, if anything is: field and reason.
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        let url_is_whole = |url: &String| ["{z}", "{x}", "{y}"].iter().all(|it| url.contains(it));
        let hosts_are_words =
            self.hosts.iter().all(|it| !it.is_empty() && it.bytes().all(is_plain));
        if self.layers.is_empty() || self.layers.len() > LAYERS_MAX {
            Some(("layers", "one to four addresses are expected"))
        } else if !self.layers.iter().all(url_is_whole) {
            Some(("layers", "an address needs {z}, {x} and {y}"))
        } else if self.layers.iter().any(|url| origin(url).is_none()) {
            Some(("layers", "an address begins with https:// and a host"))
        } else if !hosts_are_words {
            Some(("hosts", "letters and digits are expected"))
        } else if self.layers.iter().any(|url| url.contains("{s}")) == self.hosts.is_empty() {
            Some(("hosts", "they stand for {s}: both are there, or none"))
        } else if self.attribution.trim().is_empty() {
            Some(("attribution", "whoever makes the pictures has to be named"))
        } else if !ZOOMS.contains(&self.max_zoom) {
            Some(("max_zoom", "1 to 20 is expected"))
        } else {
            None
        }
    }

    /// The address of one picture of a layer.
    pub fn picture(&self, layer: usize, zoom: u8, column: u32, row: u32) -> Option<String> {
        let url = self.layers.get(layer)?;
        let host = match u32::try_from(self.hosts.len()) {
            Ok(count @ 1..) => self.hosts[((column + row) % count) as usize].as_str(),
            _ => "",
        };
        let numbers = [("{z}", u32::from(zoom)), ("{x}", column), ("{y}", row)];
        let named = numbers.iter().fold(url.replace("{s}", host), |url, (name, number)| {
            url.replace(name, &number.to_string())
        });
        Some(named)
    }

    /// The origins that a page must be allowed to load pictures from.
    pub fn origins(&self) -> Vec<String> {
        let of_layer = |url: &String| -> Vec<String> {
            let Some(origin) = origin(url) else { return Vec::new() };
            if origin.contains("{s}") {
                self.hosts.iter().map(|host| origin.replace("{s}", host)).collect()
            } else {
                [String::from(origin)].into()
            }
        };
        let mut origins: Vec<String> = self.layers.iter().flat_map(of_layer).collect();
        origins.sort();
        origins.dedup();
        origins
    }
}

/// Scheme, host and port. Without encryption only from the machine itself, to try it out.
fn origin(url: &str) -> Option<&str> {
    let after = |scheme: &str| url.strip_prefix(scheme).map(|rest| (scheme.len(), rest));
    let (scheme, rest) = after("https://").or_else(|| after("http://"))?;
    let host = rest.split('/').next().filter(|host| !host.is_empty() && *host != rest)?;
    let safe = scheme == 8 || host.starts_with("127.0.0.1:") || host.starts_with("localhost:");
    let named = host.replace("{s}", "s");
    let plain = named.bytes().all(|it| is_plain(it) || it == b'.' || it == b':');
    (safe && plain).then(|| &url[..scheme + host.len()])
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(change: impl FnOnce(&mut BaseMap)) -> BaseMap {
        let mut map = BaseMap {
            layers: ["https://t{s}.example.org/{z}/{x}/{y}.png".into()].into(),
            hosts: ["0".into(), "1".into()].into(),
            attribution: "© somebody".into(),
            max_zoom: 18,
        };
        change(&mut map);
        map
    }

    #[test]
    fn a_picture_is_named_by_zoom_column_and_row_and_its_host_is_allowed() {
        let map = map(|_| ());
        assert_eq!(map.fault(), None);
        assert_eq!(map.picture(0, 12, 3, 4).unwrap(), "https://t1.example.org/12/3/4.png");
        assert_eq!(map.picture(1, 12, 3, 4), None);
        assert_eq!(map.origins(), ["https://t0.example.org", "https://t1.example.org"]);
    }

    #[test]
    fn what_is_wrong_is_told_by_its_field() {
        let wrong = |url: &str| map(|it| it.layers = [url.into()].into()).fault().map(|it| it.0);
        for url in [
            "http://t{s}.example.org/{z}/{x}/{y}",
            "https://t{s}.example.org/{z}/{x}",
            "https:///{z}/{x}/{y}{s}",
            "https://t{s}.example.org; script-src *//{z}/{x}/{y}",
            "ftp://t{s}.example.org/{z}/{x}/{y}",
        ] {
            assert_eq!(wrong(url), Some("layers"), "{url}");
        }
        assert_eq!(wrong("http://127.0.0.1:8000/{s}/{z}/{x}/{y}"), None);
        let field = |change: fn(&mut BaseMap)| map(change).fault().map(|it| it.0);
        assert_eq!(field(|it| it.layers.clear()), Some("layers"));
        assert_eq!(field(|it| it.hosts.clear()), Some("hosts"));
        assert_eq!(field(|it| it.hosts[0] = "a b".into()), Some("hosts"));
        assert_eq!(field(|it| it.attribution.clear()), Some("attribution"));
        assert_eq!(field(|it| it.max_zoom = 0), Some("max_zoom"));
    }
}
