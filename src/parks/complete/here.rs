use leptos::{prelude::*, task::spawn_local};
use model::{
    contribution::{ACCURACY_MAX_M, What},
    pack::{Park, Placement},
};

use super::claim::{Kept, KeptLine, at_place, claim, keep, said_before};
use crate::{
    outbox::Outbox,
    parks::{Parks, row::title},
    position::{Here as Position, NoPosition, locate_now, was_refused},
    ui::{Icon, catch_the_focus_when_fewer, far, t, words},
};

/// What is near to a thing lies no farther from it, in metres: as far as an import looks for it.
const FAR_M: f64 = 3_000.0;

/// How the finding of the place where somebody stands goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Finding {
    No,
    Looking,
    Found(Position),
    /// It would place nothing.
    Vague(u32),
    Not(NoPosition),
}

impl Finding {
    /// Asks the phone where it is now; a refusal is not asked about again.
    pub(super) fn begin(finding: RwSignal<Self>) {
        if was_refused() {
            finding.set(Self::Not(NoPosition::Refused));
            return;
        }
        finding.set(Self::Looking);
        spawn_local(async move {
            finding.try_set(match locate_now().await {
                Ok(here) if here.accuracy_m > ACCURACY_MAX_M => Self::Vague(here.accuracy_m),
                Ok(here) => Self::Found(here),
                Err(why) => Self::Not(why),
            });
        });
    }

    /// In words; a place outside the district is said, and taken all the same: its line is a sketch.
    pub(super) fn said(self, parks: &Parks) -> String {
        let w = words().complete;
        match self {
            Self::No => String::new(),
            Self::Looking => words().explore.looking.to_owned(),
            Self::Found(here) => {
                let inside = parks.pack().is_ok_and(|pack| pack.district.contains(here.point()));
                let found = (w.found)(here.accuracy_m);
                if inside { found } else { format!("{found}{}", w.outside) }
            }
            Self::Vague(metres) => (w.vague)(metres, ACCURACY_MAX_M),
            Self::Not(NoPosition::Refused) => w.refused.to_owned(),
            Self::Not(NoPosition::NotFound) => w.not_found.to_owned(),
        }
    }
}

/// "I am standing in it": for a park that nobody has placed.
#[component]
pub(super) fn Here(park: Park) -> impl IntoView {
    let (outbox, all) = (Outbox::expect(), Parks::expect());
    let (finding, kept) = (RwSignal::new(Finding::No), RwSignal::new(Kept::Not));
    let park = StoredValue::new(park);
    let agree = move |_| {
        let Finding::Found(here) = finding.get_untracked() else { return };
        let w = untrack(words).complete;
        let bare = model::contribution::Contribution {
            park: Some(park.with_value(|park| park.id.clone())),
            ..claim(What::Here)
        };
        let name = untrack(|| park.with_value(title));
        keep(at_place(bare, here, w.consent), name, w.said_here.to_owned(), kept, outbox);
        finding.set(Finding::No);
    };
    let found = move || matches!(finding.get(), Finding::Found(_));
    let node = NodeRef::new();
    catch_the_focus_when_fewer(node, move || usize::from(found()));
    // It lies near something, and whoever says this stands far from that.
    let doubt = move || {
        let Finding::Found(here) = finding.get() else { return None };
        park.with_value(|park| match &park.placement {
            Placement::Near { name, at, .. } => {
                let metres = here.point().metres_to(*at);
                (metres > FAR_M).then(|| (words().complete.far_from)(name, &far(metres)))
            }
            _ => None,
        })
    };
    let id = park.with_value(|park| park.id.clone());
    let before = said_before(What::Here, id, outbox);
    let before = move || before.get().flatten().map(|at| (words().complete.said_before)(&at));
    let look = move |_| {
        if finding.get_untracked() != Finding::Looking {
            Finding::begin(finding);
        }
    };
    view! {
        <div class="one" tabindex="-1" node_ref=node>
            // Disabled, it would lose the focus.
            <button
                type="button"
                class="btn plain full"
                aria-disabled=move || (finding.get() == Finding::Looking).to_string()
                on:click=look
            >
                <Icon name="locate" />
                {t(|w| w.complete.here)}
            </button>
            <p class="qq">{before}</p>
            <p class="qq" role="status">
                {move || finding.get().said(&all)}
            </p>
            <div role="status">
                {move || doubt().map(|it| view! { <p class="caution">{it}</p> })}
            </div>
            <Show when=found>
                <p>{t(|w| w.complete.consent)}</p>
                <div class="pair">
                    <button type="button" class="btn" on:click=agree>
                        {t(|w| w.complete.agree)}
                    </button>
                    <button
                        type="button"
                        class="btn plain"
                        on:click=move |_| finding.set(Finding::No)
                    >
                        {t(|w| w.complete.rather_not)}
                    </button>
                </div>
            </Show>
            <KeptLine kept />
        </div>
    }
}
