//! A park in two or three sentences, each made of one fact and followed by its source.

use leptos::prelude::*;
use model::pack::{AreaScope, DistrictPack, Fact, FactKind, Park};

use super::{
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
pub(super) fn about(district: &DistrictPack, park: &Park) -> impl IntoView + use<> {
    let of_fact = |fact: &Fact| sources_of(district, &fact.sources, &park.sources);
    let sources: Vec<_> = park.facts.iter().map(of_fact).collect();
    let park = StoredValue::new(park.clone());
    let lines = move || {
        let lang = Settings::expect().lang().get();
        let line = |(text, at): (String, usize)| {
            view! {
                <div>
                    <p>{text}</p>
                    <div class="src">
                        <SourceLines sources=sources[at].clone() />
                    </div>
                </div>
            }
        };
        park.with_value(|park| sentences(park, lang, words())).into_iter().map(line).collect_view()
    };
    view! { <div class="about">{lines}</div> }
}

/// Where it is, what is reported there, since when, how large: as far as a fact says, each with the
/// position of that fact in [`Park::facts`].
fn sentences(park: &Park, lang: Lang, words: &Words) -> Vec<(String, usize)> {
    let w = words.parks;
    let fact = |what| {
        let mut facts = park.facts.iter().enumerate();
        facts.find(|(_, fact)| fact.what == what)
    };
    let kind = if park.kind == "park" { w.about_park } else { (w.kind)(&park.kind) };
    let place = || {
        let (at, fact) = fact(FactKind::Place)?;
        Some(((w.about_place)(kind, &fact.value), at))
    };
    let within = || {
        let (at, fact) = fact(FactKind::SubDistrict)?;
        let names = fact.value.replace(';', w.comma);
        Some(((w.about_within)(kind, &names, fact.inferred), at))
    };
    // The words of a source on where it lies are Chinese.
    let whereabouts = match lang {
        Lang::Zh => place().or_else(within),
        Lang::En => within().or_else(place),
    };
    let has = fact(FactKind::Facilities).and_then(|(at, fact)| {
        let own_words = fact.words.as_ref().filter(|_| lang == Lang::Zh);
        let things =
            own_words.map_or_else(|| value(fact, words), |it| it.replace('\u{ff1b}', w.comma));
        (!fact.value.is_empty()).then(|| ((w.about_has)(&things), at))
    });
    let opened = fact(FactKind::Opened).map(|(at, fact)| ((w.about_opened)(&fact.value), at));
    let whole =
        |fact: &Fact| matches!(fact.scope, Some(AreaScope::WholePark | AreaScope::WholePlace));
    let area = fact(FactKind::Area).filter(|(_, fact)| whole(fact));
    let area = area.map(|(at, fact)| ((w.about_area)(&fact.value), at));
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
                assert!(said.iter().all(|(text, at)| text.len() > 4 && *at < park.facts.len()));
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
                "报道提到这里有：3公里环湖步道、湿地、梅园、亭、公厕。",
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
