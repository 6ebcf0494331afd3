//! Family and major version of the browser, as a report may carry them. Nothing that identifies.

/// Markers of families, the more particular first: most browsers claim to be others as well.
const FAMILIES: [(&str, &str); 9] = [
    ("MicroMessenger/", "WeChat"),
    ("HuaweiBrowser/", "Huawei Browser"),
    ("UCBrowser/", "UC Browser"),
    ("EdgA/", "Edge"),
    ("Edg/", "Edge"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chromium"),
    ("Version/", "Safari"),
];

/// Reads a user-agent text: `Chromium 156`. What is not known is `other`.
pub(super) fn browser_name(user_agent: &str) -> String {
    let known = FAMILIES.iter().find_map(|(marker, family)| {
        let (_, after) = user_agent.split_once(marker)?;
        let major = after.split(|it: char| !it.is_ascii_digit()).next()?;
        (!major.is_empty() && major.len() <= 4).then(|| format!("{family} {major}"))
    });
    known.unwrap_or_else(|| "other".to_owned())
}

#[cfg(test)]
mod tests {
    use super::browser_name;

    #[test]
    fn a_browser_is_told_by_family_and_major_version_only() {
        let android = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)";
        for (tail, name) in [
            (" Chrome/156.0.0.0 Mobile Safari/537.36", "Chromium 156"),
            (" Version/4.0 Chrome/116.0.0.0 Mobile MicroMessenger/8.0.50.2701", "WeChat 8"),
            (" Version/18.1 Mobile/15E148 Safari/604.1", "Safari 18"),
            (" Gecko/133.0 Firefox/133.0", "Firefox 133"),
            (" HuaweiBrowser/15.0.4 Chrome/114.0", "Huawei Browser 15"),
            ("", "other"),
        ] {
            assert_eq!(browser_name(&format!("{android}{tail}")), name);
        }
    }
}
