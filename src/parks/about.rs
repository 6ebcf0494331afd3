//! A park in two or three sentences, each made of one fact and followed by its source.

use leptos::prelude::*;
use model::pack::{Fact, FactKind, Park};

use super::{
    Parks,
    facts::value,
    sources::{SourceLines, sources_of},
};
use crate::{
    settings::Settings,
    ui::{
        words,
        words::{Lang, Words},
    },
};

/// So many sentences are read before the table of facts.
const MOST: usize = 3;

/// The sentences of a park's page.
#[component]
pub(super) fn About(park: Park) -> impl IntoView {
    let (parks, lang) = (Parks::expect(), Settings::expect().lang());
    let line = |(text, fact): (String, &Fact)| {
        let sources = parks.pack().map(|pack| sources_of(pack, &fact.sources, &park.sources));
        view! {
            <div>
                <p>{text}</p>
                <div class="src">
                    <SourceLines sources=sources.unwrap_or_default() />
                </div>
            </div>
        }
    };
    let lines = sentences(&park, lang, words()).into_iter().map(line).collect_view();
    view! { <div class="about">{lines}</div> }
}

/// Where it is, what is reported there, since when, how large: as far as a fact says, each with that
/// fact.
fn sentences<'a>(park: &'a Park, lang: Lang, words: &Words) -> Vec<(String, &'a Fact)> {
    let w = words.parks;
    let kind = if park.kind == "park" { w.about_park } else { (w.kind)(&park.kind) };
    let place = || park.fact(FactKind::Place).map(|it| ((w.about_place)(kind, &it.value), it));
    let within = || {
        let fact = park.fact(FactKind::SubDistrict)?;
        let names = fact.value.replace(';', w.comma);
        Some(((w.about_within)(kind, &names, fact.inferred), fact))
    };
    // The words of a source on where it lies are Chinese.
    let whereabouts = match lang {
        Lang::Zh => place().or_else(within),
        Lang::En => within().or_else(place),
    };
    // The first source tells most of it; later ones are in the table below.
    let named = |it: &&Fact| it.what == FactKind::Facilities && !it.value.is_empty();
    let has = park.facts.iter().find(named).map(|fact| {
        let own_words = fact.words.as_ref().filter(|_| lang == Lang::Zh);
        let things =
            own_words.map_or_else(|| value(fact, words), |it| it.replace('\u{ff1b}', w.comma));
        ((w.about_has)(&things), fact)
    });
    let opened = park.fact(FactKind::Opened).map(|it| ((w.about_opened)(&it.value), it));
    let area = park.latest(FactKind::Area, Fact::is_of_the_whole);
    let area = area.map(|it| ((w.about_area)(&it.value), it));
    [whereabouts, has, opened, area].into_iter().flatten().take(MOST).collect()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_of_one_fact_and_none_is_made_of_nothing() {
        let pack = pack::build(std::path::Path::new("data")).expect("the facts build").pack;
        for lang in [Lang::Zh, Lang::En] {
            let said = |park| sentences(park, lang, lang.words());
            assert!(pack.parks.iter().filter(|park| said(park).len() > 1).count() > 20);
            for park in &pack.parks {
                let said = said(park);
                assert!(
                    said.iter().all(|(text, fact)| text.len() > 4 && park.facts.contains(fact))
                );
            }
            let mut bare = pack.parks[0].clone();
            bare.facts.clear();
            assert_eq!(said(&bare), []);
        }
    }

    #[test]
    fn a_lake_park_is_told_in_three_sentences() {
        let pack = pack::build(std::path::Path::new("data")).expect("the facts build").pack;
        let lake = pack.park("JLP-001").expect("the first row");
        let said = |lang: Lang| -> Vec<String> {
            sentences(lake, lang, lang.words()).into_iter().map(|it| it.0).collect()
        };
        assert_eq!(
            said(Lang::Zh),
            [
                "湿地公园，东临陈庹大桥，南距火炬大道，西接迎宾大道，北临科城路。",
                "来源提到这里有：3公里环湖步道、湿地、梅园、亭、公厕。",
                "2010-07-06 建成或开放。",
            ]
        );
        assert!(
            said(Lang::En)[0].starts_with("Wetland park, probably in "),
            "{:?}",
            said(Lang::En)
        );
    }
}
