use leptos::{either::Either, prelude::*};
use model::pack::{DistrictPack, Source};

use crate::ui::{t, words};

/// The sources of a fact; where none is recorded, those of the whole row.
pub(super) fn sources_of(pack: &DistrictPack, own: &[u16], row: &[u16]) -> Vec<Source> {
    let at = if own.is_empty() { row } else { own };
    at.iter().filter_map(|index| pack.sources.get(usize::from(*index))).cloned().collect()
}

/// What stands under a fact: who said it, and when. The best source is shown, the others unfold.
#[component]
pub(super) fn SourceLines(
    /// The sources, best first.
    sources: Vec<Source>,
) -> impl IntoView {
    let mut sources = sources.into_iter();
    let best = sources.next().map(|source| view! { <SourceWords source /> });
    let others =
        sources.map(|source| view! { <li><SourceWords source /></li> }).collect::<Vec<_>>();
    let count = others.len();
    let others = (count > 0).then(|| {
        view! {
            <details>
                <summary>{t(|w| (w.parks.more_sources)(count))}</summary>
                <ul>{others}</ul>
            </details>
        }
    });
    view! {
        {best}
        {others}
    }
}

/// One source. A reprint names the original, if it is known, and is never a link.
#[component]
fn SourceWords(source: Source) -> impl IntoView {
    let link = source.link.clone().filter(|_| !source.reprint);
    let source = StoredValue::new(source);
    let who = move || source.with_value(who);
    let date = move || {
        source.with_value(|it| it.date.clone()).unwrap_or_else(|| words().parks.no_date.to_owned())
    };
    let who = match link {
        Some(href) => Either::Left(view! {
            <a href=href target="_blank" rel="noopener noreferrer">
                {who}
            </a>
        }),
        None => Either::Right(who),
    };
    view! { {who} {words().parks.before_date} <span class="n">{date}</span> }
}

fn who(source: &Source) -> String {
    let w = words().parks;
    match (&source.publisher, source.reprint) {
        (Some(publisher), true) => (w.reprint_of)(publisher),
        (None, true) => w.reprint.to_owned(),
        (Some(publisher), false) => publisher.clone(),
        (None, false) => source.title.clone().unwrap_or_else(|| (w.source)(&source.id)),
    }
}
