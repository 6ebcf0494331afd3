use leptos::{prelude::*, task::spawn_local};
use model::{
    contribution::{Contribution, What},
    hex::Digest,
    report::{Consent, ConsentTo, Fix, FixDatum, FixSource},
};
use outbox::clock;
use serde::Deserialize;

use crate::{
    outbox::{Outbox, StoreError, when},
    parks::Parks,
    paths,
    position::Here,
    ui::{Icon, IconSize, t, words},
};

/// Version of the consent that a confirmed position may be published; see docs/consents.md.
pub(super) const POSITION_VERSION: &str = "1";

/// How the keeping of a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Not,
    Keeping,
    Yes,
    Failed(StoreError),
}

/// A claim that says nothing yet.
pub(super) fn claim(what: What) -> Contribution {
    Contribution {
        what,
        pack: Parks::expect().id(),
        park: None,
        other: None,
        name: None,
        fact: None,
        holds: None,
        words: None,
        fix: None,
        consents: Vec::new(),
    }
}

/// The claim with where the person stands, to whose publication they have agreed. `text`: the words
/// that stood on the screen.
pub(super) fn at_place(mut claim: Contribution, here: Here, text: &str) -> Contribution {
    let agreed_at = clock::now().stamp();
    claim.fix = Some(Fix {
        lat: here.lat,
        lon: here.lon,
        datum: FixDatum::Wgs84,
        accuracy_m: Some(here.accuracy_m),
        source: FixSource::Device,
        at: here.at,
    });
    claim.consents = vec![Consent {
        what: ConsentTo::PositionOdbl,
        version: POSITION_VERSION.to_owned(),
        text_sha256: Digest::of(text.as_bytes()),
        at: agreed_at,
    }];
    claim
}

/// Seals a claim. `place` and `said`: how 上报箱 shows it.
pub(super) fn keep(
    claim: Contribution,
    place: String,
    said: String,
    kept: RwSignal<Kept>,
    outbox: Outbox,
) {
    kept.set(Kept::Keeping);
    spawn_local(async move {
        let sealed = outbox.contribute(claim, place, said).await;
        kept.try_set(match sealed {
            Ok(_) => Kept::Yes,
            Err(error) => Kept::Failed(error),
        });
    });
}

/// As much of a sealed claim as says what it is about.
#[derive(Deserialize)]
struct Said {
    body: About,
}

#[derive(Deserialize)]
struct About {
    what: What,
    park: Option<String>,
}

/// When this phone has last said so of a park, in words; a claim that was taken back is none.
pub(super) fn said_before(
    what: What,
    park: String,
    outbox: Outbox,
) -> LocalResource<Option<String>> {
    LocalResource::new(move || {
        outbox.changed();
        let park = park.clone();
        async move {
            let rows = outbox.rows().await.ok()?;
            let claims = rows.iter().filter(|row| row.kind == "contribution" && !row.withdrawn);
            let of_it = claims.filter(|row| {
                let said = serde_json::from_str::<Said>(&row.sealed);
                said.is_ok_and(|it| it.body.what == what && it.body.park.as_ref() == Some(&park))
            });
            of_it.map(|row| row.sealed_ms).max().map(when)
        }
    })
}

/// How it stands, in words: 已存手机 only after the commit, and no more than that.
#[component]
pub(super) fn KeptLine(kept: RwSignal<Kept>) -> impl IntoView {
    let page_only = Outbox::expect().is_on_this_page_only();
    view! {
        <div role="status">
            {move || match kept.get() {
                Kept::Not | Kept::Keeping => ().into_any(),
                Kept::Yes => {
                    view! {
                        <p class="kept-line">
                            <Icon name="saved" size=IconSize::Small />
                            {move || {
                                let w = words().complete;
                                if page_only.get() { w.on_the_page } else { w.kept }
                            }} " " <a href=paths::OUTBOX>{t(|w| w.outbox.tab)}</a>
                        </p>
                    }
                        .into_any()
                }
                Kept::Failed(_) => {
                    view! { <p class="caution">{t(|w| w.complete.not_kept)}</p> }.into_any()
                }
            }}
        </div>
    }
}

/// Opens one question, and forgets how the last answer went.
#[component]
pub(super) fn Opener(
    icon: &'static str,
    label: &'static str,
    open: RwSignal<bool>,
    kept: RwSignal<Kept>,
) -> impl IntoView {
    let press = move |_| {
        kept.set(Kept::Not);
        open.update(|it| *it = !*it);
    };
    view! {
        <button
            type="button"
            class="btn plain full"
            aria-expanded=move || open.get().to_string()
            on:click=press
        >
            <Icon name=icon />
            {label}
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::words::Lang;

    /// Somebody who reads a sealed consent years later must find the words that it was given to.
    #[test]
    fn the_consent_stands_in_the_list_with_its_version_and_digest() {
        let list = include_str!("../../../docs/consents.md");
        for lang in [Lang::Zh, Lang::En] {
            let text = lang.words().complete.consent;
            let (tag, digest) = (lang.tag(), Digest::of(text.as_bytes()));
            let row =
                format!("| `position_odbl` | {POSITION_VERSION} | {tag} | {text} | `{digest}` |");
            assert!(list.lines().any(|line| line == row), "docs/consents.md lacks\n{row}");
        }
    }
}
