use std::fmt::Write as _;

use model::pack::{DistrictPack, Park};

use crate::{parks::search::search, paths};

/// So many names are offered instead of a place that is gone.
const OFFERED: usize = 5;

/// A text as a part of an address: all but letters, figures and `-._~` as bytes of UTF-8 (RFC 3986,
/// section 2.3).
pub(super) fn encoded(text: &str) -> String {
    let mut address = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a text does not fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// The address of a place on a server such as `https://example.org`. It carries the name: a phone
/// whose data no longer hold the place can look for it.
pub(super) fn link_of(park: &Park, origin: &str) -> String {
    format!("{origin}{}?n={}", paths::park(&park.id), encoded(&park.name))
}

/// What may be meant by a link to a place that is not in the data: by the name in the link, else
/// what stands close to its id in the list.
pub(super) fn meant<'a>(pack: &'a DistrictPack, id: &str, name: Option<&str>) -> Vec<&'a Park> {
    let named = name.map(str::trim).filter(|name| !name.is_empty());
    let mut found: Vec<&Park> = named.map_or_else(Vec::new, |name| alike(pack, name));
    if found.is_empty() {
        let after = pack.parks.partition_point(|park| park.id.as_str() < id);
        let from = after.saturating_sub(OFFERED / 2).min(pack.parks.len().saturating_sub(OFFERED));
        found = pack.parks.iter().skip(from).collect();
    }
    found.truncate(OFFERED);
    found
}

/// By the whole name, else by ever shorter beginnings and ends of it, down to two signs.
fn alike<'a>(pack: &'a DistrictPack, name: &str) -> Vec<&'a Park> {
    let signs: Vec<char> = name.chars().take(20).collect();
    (2..=signs.len())
        .rev()
        .flat_map(|length| [&signs[..length], &signs[signs.len() - length..]])
        .map(|part| part.iter().collect::<String>())
        .filter(|part| !COMMON.contains(&part.as_str()))
        .map(|part| search(pack, &part))
        .find(|found| !found.is_empty())
        .map(|found| found.into_iter().map(|at| &pack.parks[at]).collect())
        .unwrap_or_default()
}

/// Every second name ends like this.
const COMMON: [&str; 2] = ["\u{516c}\u{56ed}", "\u{6e38}\u{56ed}"];

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn facts() -> DistrictPack {
        pack::build(std::path::Path::new("data")).expect("the facts build").pack
    }

    fn names(id: &str, name: Option<&str>) -> Vec<String> {
        meant(&facts(), id, name).into_iter().map(|park| park.name.clone()).collect()
    }

    #[test]
    fn a_link_carries_the_name_as_bytes_of_an_address() {
        let pack = facts();
        let zoo = pack.park("JLP-002").expect("the zoo");
        let link = link_of(zoo, "https://poshang.example");
        let name = "%E9%87%8D%E5%BA%86%E5%8A%A8%E7%89%A9%E5%9B%AD";
        assert_eq!(link, format!("https://poshang.example/parks/JLP-002?n={name}"));
        assert_eq!(encoded("a-._~ &?#/%"), "a-._~%20%26%3F%23%2F%25");
    }

    #[test]
    fn a_name_that_is_gone_leads_to_the_likest_ones() {
        assert_eq!(names("JLP-900", Some("动物园"))[0], "重庆动物园");
        assert_eq!(names("JLP-900", Some("彩云湖新公园"))[0], "彩云湖国家湿地公园");
        // One slip of the finger.
        assert_eq!(names("JLP-900", Some("采云湖公园"))[0], "彩云湖国家湿地公园");
    }

    #[test]
    fn without_a_name_its_neighbours_in_the_list_are_offered_and_never_nothing() {
        let pack = facts();
        let near = names("JLP-0055", None);
        assert_eq!(near.len(), OFFERED);
        assert!(near.contains(&pack.park("JLP-005").expect("a park").name), "{near:?}");
        for (id, name) in
            [("", None), ("ZZZ", Some("  ")), ("%00", Some("公园")), ("x", Some("龘龘"))]
        {
            assert_eq!(names(id, name).len(), OFFERED, "{id} {name:?}");
        }
    }
}
