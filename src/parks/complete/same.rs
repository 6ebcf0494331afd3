use leptos::prelude::*;
use model::{
    contribution::{Contribution, What},
    pack::Park,
};

use super::claim::{Kept, KeptLine, Opener, claim, keep};
use crate::{
    outbox::Outbox,
    parks::{Parks, row::title, search::search},
    ui::{IconBox, SearchBox, Tone, catch_the_focus_when_fewer, t, words},
};

/// So many are offered.
const MOST: usize = 6;

/// "The same place as …": another row of the list is this very park.
#[component]
pub(super) fn Same(park: Park) -> impl IntoView {
    let (outbox, all) = (Outbox::expect(), Parks::expect());
    let (open, kept) = (RwSignal::new(false), RwSignal::new(Kept::Not));
    let typed = RwSignal::new(String::new());
    let own = StoredValue::new(park);
    let found = Memo::new(move |_| {
        let Ok(district) = all.pack() else { return Vec::new() };
        let typed = typed.read();
        if typed.trim().is_empty() {
            return Vec::new();
        }
        let others = search(district, &typed).into_iter().map(|at| district.parks[at].clone());
        own.with_value(|own| others.filter(|it| it.id != own.id).take(MOST).collect::<Vec<_>>())
    });
    let picked = RwSignal::new(None::<Park>);
    let node = NodeRef::new();
    catch_the_focus_when_fewer(node, move || usize::from(open.get()));
    catch_the_focus_when_fewer(node, move || usize::from(picked.read().is_some()));
    let nothing = move || !typed.read().trim().is_empty() && found.read().is_empty();
    let say = move |_| {
        let Some(other) = picked.get_untracked() else { return };
        let said = untrack(|| (words().complete.said_same)(&title(&other)));
        let body = Contribution {
            park: Some(own.with_value(|park| park.id.clone())),
            other: Some(other.id),
            ..claim(What::Same)
        };
        keep(body, untrack(|| own.with_value(title)), said, kept, outbox);
        typed.set(String::new());
        picked.set(None);
        open.set(false);
    };
    let rows = move || {
        let rows = found.get().into_iter().map(|other| {
            let name = title(&other);
            view! {
                <li>
                    <button type="button" class="row" on:click=move |_| picked.set(Some(other.clone()))>
                        <IconBox icon="park" tone=Tone::Mute />
                        <span class="m">
                            <b>{name}</b>
                        </span>
                    </button>
                </li>
            }
        });
        rows.collect_view()
    };
    view! {
        <div class="one" tabindex="-1" node_ref=node>
            <Opener icon="compare" label=t(|w| w.complete.same) open kept />
            <Show when=move || open.get()>
                <SearchBox
                    label=t(|w| w.complete.same_search)
                    hint=t(|w| w.parks.search_hint)
                    typed
                />
                <Show when=move || !found.read().is_empty()>
                    <ul class="list flat">{rows}</ul>
                </Show>
                <p class="qq" role="status">
                    {move || nothing().then(|| words().parks.none_found)}
                </p>
                <div role="status">
                    {move || {
                        let ask = picked.get().map(|other| {
                            let own = own.with_value(title);
                            (words().complete.same_ask)(&own, &title(&other))
                        });
                        ask.map(|ask| view! { <p>{ask}</p> })
                    }}
                </div>
                <Show when=move || picked.read().is_some()>
                    <div class="pair">
                        <button type="button" class="btn" on:click=say>
                            {t(|w| w.complete.keep)}
                        </button>
                        <button type="button" class="btn plain" on:click=move |_| picked.set(None)>
                            {t(|w| w.complete.rather_not)}
                        </button>
                    </div>
                </Show>
            </Show>
            <KeptLine kept />
        </div>
    }
}
