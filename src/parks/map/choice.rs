use leptos::{either::Either, ev, html, prelude::*};
use model::pack::{Park, Placement};

use wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::pins::away;
use crate::{
    parks::{
        Exploring, Parks,
        nearest::Away,
        page::facts_of,
        row::{ParkRow, line, title},
        visit::Go,
    },
    paths,
    ui::{Icon, IconSize, t, words},
};

/// A grip that is pulled at least so far raises or lowers the sheet, pixels.
const PULL: i32 = 24;

/// The sheet over the foot of the map: the chosen place, or the places that stand under one mark.
/// Raised it shows what is known of the place; the map above stays usable.
#[component]
pub(super) fn Choice(
    /// What was chosen: one place, or several.
    #[prop(into)]
    chosen: Signal<Vec<usize>>,
    /// The heading takes the focus: whoever chose by a key goes on from here.
    #[prop(into)]
    by_key: Signal<bool>,
    #[prop(into)] let_go: Callback<()>,
) -> impl IntoView {
    let raised = RwSignal::new(false);
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let (Some(heading), true, true) =
            (heading.get(), by_key.get_untracked(), chosen.with(|it| !it.is_empty()))
        {
            // It is in the document.
            drop(heading.focus());
        }
    });
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            // One that closes a dialog closes nothing beneath it.
            let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            if target.is_none_or(|it| it.closest("dialog").ok().flatten().is_none()) {
                let_go.run(());
            }
        }
    };
    let inside = move || {
        let chosen = chosen.get();
        match chosen[..] {
            [one] => Either::Left(one_park(one, raised.into(), heading)),
            _ => Either::Right(several(&chosen, heading)),
        }
    };
    view! {
        <section
            class="sheet"
            class:raised=move || raised.get()
            aria-label=t(|w| w.map.choice)
            on:keydown=key
        >
            <div class="sheet-head">
                <Grip raised let_go />
                <button
                    type="button"
                    class="ib"
                    aria-label=t(|w| w.map.let_go)
                    on:click=move |_| let_go.run(())
                >
                    <Icon name="close" />
                </button>
            </div>
            {inside}
        </section>
    }
}

/// Pulled or pressed.
#[component]
fn Grip(raised: RwSignal<bool>, let_go: Callback<()>) -> impl IntoView {
    let from = StoredValue::new(None::<i32>);
    let pulled = StoredValue::new(false);
    let down = move |event: ev::PointerEvent| {
        from.set_value(Some(event.client_y()));
        pulled.set_value(false);
    };
    let up = move |event: ev::PointerEvent| {
        let Some(from) = from.try_update_value(Option::take).flatten() else { return };
        let up = from - event.client_y();
        pulled.set_value(up.abs() >= PULL);
        if up >= PULL {
            raised.set(true);
        } else if up <= -PULL && raised.get_untracked() {
            raised.set(false);
        } else if up <= -PULL {
            let_go.run(());
        }
    };
    view! {
        <button
            type="button"
            class="grip"
            aria-expanded=move || raised.get().to_string()
            aria-label=move || if raised.get() { words().map.lower } else { words().map.raise }
            on:pointerdown=down
            on:pointerup=up
            on:click=move |_| {
                if !pulled.get_value() {
                    raised.update(|it| *it = !*it);
                }
            }
        ></button>
    }
}

fn one_park(at: usize, raised: Signal<bool>, heading: NodeRef<html::H2>) -> impl IntoView + use<> {
    let (parks, exploring) = (Parks::expect(), Exploring::expect());
    let Some((park, facts, go)) = parks.pack().ok().and_then(|pack| {
        let park = pack.parks.get(at)?.clone();
        let facts = facts_of(pack, &park);
        let go = view! { <Go park=park.clone() city=pack.district.city.clone() /> };
        Some((park, facts, go))
    }) else {
        return Either::Left(());
    };
    let href = paths::park(&park.id);
    let report = paths::report_at(&park.id);
    let unplaced = matches!(park.placement, Placement::Near { .. } | Placement::Unplaced);
    let park = StoredValue::new(park);
    let how_far = move || {
        let from = exploring.from().get()?;
        park.with_value(|park| away(Some(Away::of(park, from))))
    };
    Either::Right(view! {
        <div class="sheet-name">
            <h2 tabindex="-1" node_ref=heading>
                {move || park.with_value(title)}
            </h2>
            <p class="q t-s">{park.with_value(line).join(words().parks.dot)}</p>
            <div class="meta">
                <span class="tag" class:leaf=!unplaced>
                    <Icon name="pin" size=IconSize::Small />
                    {move || park.with_value(place_tag)}
                </span>
                <span class="t-s">{how_far}</span>
            </div>
        </div>
        <div class="pair">
            {go}
            <a href=href class="btn plain full">
                {t(|w| w.map.open)}
            </a>
        </div>
        <div class="sheet-more" hidden=move || !raised.get()>
            {facts}
            <a href=report class="btn plain full">
                <Icon name="report" />
                {t(|w| w.parks.broken_here)}
            </a>
        </div>
    })
}

fn place_tag(park: &Park) -> &'static str {
    let w = words();
    match park.placement {
        Placement::Point { .. } | Placement::Outline { .. } => w.explore.placed,
        Placement::Near { .. } | Placement::Unplaced => w.explore.not_placed,
    }
}

fn several(chosen: &[usize], heading: NodeRef<html::H2>) -> impl IntoView + use<> {
    let (parks, exploring) = (Parks::expect(), Exploring::expect());
    let from = exploring.from().get_untracked();
    let all = parks.pack().map_or(&[][..], |pack| &pack.parks);
    let rows = chosen.iter().filter_map(|at| all.get(*at)).map(|park| {
        let away = from.map(|from| Away::of(park, from));
        view! { <ParkRow park=park.clone() away /> }
    });
    let (rows, count) = (rows.collect_view(), chosen.len());
    view! {
        <h2 tabindex="-1" node_ref=heading>
            {t(|w| (w.map.here)(count))}
        </h2>
        <ul class="list flat sheet-more">{rows}</ul>
    }
}
