//! Whoever types what a place should have (公厕, children) is offered the filter of it: no name holds it.

use leptos::prelude::*;
use model::pack::{Fact, Park};

use super::{
    Parks, exploring::Exploring, filter::Want, filters::want_name, list::focus_the_search,
};
use crate::ui::{
    Chip, words,
    words::{Lang, Words},
};

/// Fewer characters mean nothing yet, and fewer letters.
const LEAST: usize = 2;
const LEAST_LETTERS: usize = 3;

/// The filters that may be meant, each with how many places it leaves. Nothing where none may be.
#[component]
pub(super) fn Meant() -> impl IntoView {
    let (exploring, parks) = (Exploring::expect(), Parks::expect());
    let offered = Memo::new(move |_| {
        let all = parks.pack().map_or(&[][..], |pack| &pack.parks);
        let wants = meant(&exploring.typed.read()).into_iter();
        let count = |want: &Want| all.iter().filter(|park| want.is_met_by(park)).count();
        let counted = wants.map(|want| (count(&want), want)).filter(|it| it.0 > 0);
        counted.collect::<Vec<_>>()
    });
    let chip = move |(count, want): (usize, Want)| {
        let label = (words().explore.by_filter)(&want_name(&want), count);
        let press = move |()| {
            exploring.typed.set(String::new());
            exploring.filter.update(|filter| {
                if !filter.wants(&want) {
                    filter.toggle(want.clone());
                }
            });
            focus_the_search();
        };
        view! { <Chip label on=false on_press=press /> }
    };
    move || {
        let offered = offered.get();
        (!offered.is_empty()).then(|| {
            view! {
                <div class="chips wrap" role="group" aria-label=words().explore.filters>
                    {offered.into_iter().map(chip).collect_view()}
                </div>
            }
        })
    }
}

/// Wants whose word, in either language, holds what was typed or is held by it, or that it is another
/// word for.
fn meant(typed: &str) -> Vec<Want> {
    let typed = typed.trim().to_lowercase();
    let least = if typed.is_ascii() { LEAST_LETTERS } else { LEAST };
    let enough = typed.chars().count() >= least;
    let alike = |word: &str| {
        let word = word.to_lowercase();
        // Letters make words: there is a park in no parking.
        let held = if word.is_ascii() {
            typed.split_whitespace().any(|it| it == word || it.strip_suffix('s') == Some(&word))
        } else {
            word.chars().count() >= least && typed.contains(&word)
        };
        typed == word || (enough && (word.contains(&typed) || held))
    };
    let languages = [Lang::Zh, Lang::En].map(Lang::words);
    let called = |want: &Want| {
        let word = |w: &Words| match want {
            Want::Has(facility) => (w.parks.facility)(facility),
            Want::Kind(kind) => (w.parks.kind)(kind),
            _ => "",
        };
        let other_words = languages.iter().flat_map(|w| w.explore.other_words);
        let id = match want {
            Want::Has(id) | Want::Kind(id) => *id,
            _ => "",
        };
        languages.iter().any(|w| alike(word(w)))
            || other_words.filter(|(_, means)| *means == id).any(|(word, _)| alike(word))
    };
    let all = Fact::FACILITIES.map(Want::Has).into_iter().chain(Park::KINDS.map(Want::Kind));
    all.filter(called).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // An old hand typed 厕所 and was told that there is no such place, above a chip that says 有公厕.
    #[test]
    fn what_a_place_should_have_is_understood_in_both_languages_and_by_other_words() {
        for typed in ["公厕", "厕所", "toilet", "Toilets nearby", "卫生间"] {
            assert!(meant(typed).contains(&Want::Has("toilet")), "{typed}");
        }
        for typed in ["儿童", "playground", "滑梯", "kids"] {
            assert!(meant(typed).contains(&Want::Has("playground")), "{typed}");
        }
        assert!(meant("湿地").contains(&Want::Kind("wetland_park")));
        assert_eq!(meant("wc"), [Want::Has("toilet")]);
        assert!(!meant("parking").contains(&Want::Kind("park")));
        for nothing in ["", " ", "厕", "to", "zzzz"] {
            assert_eq!(meant(nothing), [], "{nothing}");
        }
    }
}
