//! Every route renders natively, without a browser: its first render calls no browser interface and
//! knows nothing of the device, so that pages can be built in advance.
#![cfg(not(target_arch = "wasm32"))]

use std::{fs, path::Path};

use leptos::prelude::*;
use leptos_router::location::RequestUrl;
use model::pack::DistrictPack;
use poshang::{
    app::App,
    parks::{PackError, Parks},
};

fn district() -> DistrictPack {
    pack::build(Path::new("data")).expect("the facts of this repository build").pack
}

fn parks() -> Parks {
    Parks::read(&serde_json::to_string(&district()).expect("a pack is written"))
}

fn render(path: &str, parks: Parks) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(RequestUrl::new(path));
        view! { <App parks /> }.to_html()
    })
}

/// The words inside the first `h1`.
fn heading(html: &str) -> &str {
    let start = html.find("<h1").expect("a heading");
    let inside = &html[start..];
    let from = inside.find('>').expect("the tag ends") + 1;
    let to = inside.find("</h1>").expect("the heading ends");
    inside[from..to].trim_end_matches("<!>")
}

#[test]
fn every_route_renders_with_its_heading() {
    let routes = [
        ("/", "哪里坏了，说一声"),
        ("/parks", "公园"),
        ("/parks?view=map", "公园"),
        ("/parks/mine", "我的公园"),
        ("/parks/JLP-001", "彩云湖国家湿地公园"),
        ("/report", "拍一张现场"),
        ("/report?step=place", "在哪里？"),
        ("/outbox", "上报箱"),
        ("/me", "我的"),
        ("/me/help", "帮助和官方渠道"),
        ("/me/privacy", "隐私"),
        ("/me/safe", "我的活儿安全吗"),
        ("/me/data", "关于这些数据"),
        ("/nowhere", "没有这一页"),
        ("/parks/JLP-999", "没有这个公园"),
    ];
    for (path, words) in routes {
        assert_eq!(heading(&render(path, parks())), words, "{path}");
    }
}

#[test]
fn the_list_of_parks_shows_its_first_row_and_counts_itself() {
    let (html, district) = (render("/parks", parks()), district());
    let first = poshang::parks::listed_first(&district, None).next().expect("a park").0;
    assert!(html.contains(&format!("/parks/{}", first.id)) && html.contains(&first.name));
    let count = district.count;
    assert!(
        html.contains(&format!("已收录 {} 个，其中 {} 个已定位", count.recorded, count.placed))
    );
    // The first rows of each part, and how many more there are.
    let more = html.split("再看后面 ").skip(1).filter_map(|it| it.split(' ').next());
    let more: usize = more.map(|it| it.parse::<usize>().expect("a number")).sum();
    assert!(more > 0);
    assert_eq!(html.matches("class=\"row\"").count() + more, district.parks.len());
}

#[test]
fn a_parks_page_shows_each_fact_with_its_source_and_what_is_not_known() {
    let html = render("/parks/JLP-001", parks());
    assert!(html.contains("1605亩") && html.contains("2010-07-08") && html.contains("转载"));
    assert!(html.contains("彩云湖站附近"), "near something, never a point");
    assert!(html.contains("/report?park=JLP-001"));
    let unplaced = render("/parks/JLP-006", parks());
    assert!(unplaced.contains("还不知道它在哪") && unplaced.contains("还不知道"));
}

#[test]
fn only_sources_that_may_be_a_link_are_one() {
    let allowed: Vec<_> = district().sources.into_iter().filter_map(|it| it.link).collect();
    for park in district().parks {
        let html = render(&format!("/parks/{}", park.id), parks());
        for link in html.split("href=\"http").skip(1) {
            let address = format!("http{}", link.split('"').next().expect("a closed attribute"));
            let address = address.replace("&amp;", "&");
            assert!(allowed.contains(&address), "{}: {address}", park.id);
        }
    }
}

#[test]
fn without_a_pack_the_parks_say_so_and_a_report_can_still_be_written() {
    let damaged = Parks::read("{\"form\":1,");
    let html = render("/parks", damaged.clone());
    assert!(html.contains("公园数据少了一段") && html.contains("P-03"), "{html}");
    assert_eq!(heading(&render("/report", damaged)), "拍一张现场");
    let missing = Parks::missing(PackError::Unreachable);
    assert!(render("/parks", missing.clone()).contains("公园数据没有取到"));
    assert_eq!(heading(&render("/", missing)), "哪里坏了，说一声");
}

#[test]
fn no_style_attribute_is_written_because_the_policy_drops_it() {
    for path in ["/", "/parks", "/parks/JLP-001", "/report", "/outbox", "/me", "/nowhere"] {
        assert!(!render(path, parks()).contains(" style="), "{path}");
    }
}

#[test]
fn every_word_of_the_screens_stands_in_the_table_of_words() {
    let mut strays = Vec::new();
    for_each_source(Path::new("src"), &mut |path, text| {
        for (number, line) in code_lines(text) {
            if line.chars().any(is_han) {
                strays.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    });
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

fn for_each_source(dir: &Path, look: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(dir).expect("a folder of the page") {
        let path = entry.expect("an entry").path();
        if path.ends_with("ui/words") {
            continue;
        }
        if path.is_dir() {
            for_each_source(&path, look);
        } else {
            look(&path, &fs::read_to_string(&path).expect("a source file"));
        }
    }
}

/// The lines of code with their numbers: comments may hold any word, and so may tests.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}
