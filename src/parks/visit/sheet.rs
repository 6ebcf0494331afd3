use leptos::{either::Either, prelude::*};
use model::pack::{Park, Placement};

use super::directions::{Goal, Guide, address};
use crate::ui::{Dialog, Icon, IconBox, IconSize, Strip, StripTone, Tone, in_wechat, t, words};

/// The button of the ways to a park. Our own words for one that has no name are nothing that a map app
/// could look for.
#[component]
pub(in crate::parks) fn Go(
    park: Park,
    /// Where map apps look for a name.
    city: String,
) -> impl IntoView {
    if park.described {
        return Either::Left(view! { <p class="qq">{t(|w| w.visit.no_name)}</p> });
    }
    let (park, city) = (StoredValue::new(park), StoredValue::new(city));
    let (open, wechat) = (RwSignal::new(false), RwSignal::new(false));
    // What only the browser knows comes after the first render.
    Effect::new(move |_| wechat.set(in_wechat()));
    Either::Right(view! {
        <button type="button" class="btn full" on:click=move |_| open.set(true)>
            <Icon name="go" />
            {t(|w| w.visit.go)}
        </button>
        <Directions park city open in_wechat=wechat />
    })
}

/// The way there, in the map apps people have.
#[component]
fn Directions(
    park: StoredValue<Park>,
    /// Where map apps look for a name.
    city: StoredValue<String>,
    open: RwSignal<bool>,
    /// The page stands in WeChat, which opens no other app.
    #[prop(into)]
    in_wechat: Signal<bool>,
) -> impl IntoView {
    let placed = park.with_value(|park| park.placement.point().is_some());
    let near = park.with_value(|park| matches!(park.placement, Placement::Near { .. }));
    let rows = move || Guide::ALL.map(|guide| row(park, city, guide)).collect_view();
    let honest = move || {
        (!placed).then(|| {
            let title = t(|w| w.visit.not_placed);
            let more = t(|w| if near { w.visit.not_placed_near } else { w.visit.not_placed_more });
            view! { <Strip tone=StripTone::Tell icon="pin" title more=more /> }
        })
    };
    let wechat = move || {
        in_wechat.get().then(|| {
            let title = t(|w| w.visit.in_wechat);
            let more = t(|w| w.visit.in_wechat_more);
            view! { <Strip tone=StripTone::Needs icon="info" title more=more /> }
        })
    };
    let title = (words().visit.way_to)(&park.with_value(crate::parks::row::title));
    view! {
        <Dialog open title on_dismiss=move |()| open.set(false)>
            // Addresses of others stand on the page only while somebody wants to go.
            <Show when=move || open.get()>
                {wechat} {honest()} <ul class="list flat">{rows()}</ul>
            </Show>
            <div class="acts">
                <button type="button" class="btn plain" on:click=move |_| open.set(false)>
                    {t(|w| w.visit.close)}
                </button>
            </div>
        </Dialog>
    }
}

/// One map app.
fn row(park: StoredValue<Park>, city: StoredValue<String>, guide: Guide) -> impl IntoView {
    let placed = park.with_value(|park| park.placement.point().is_some());
    let href = park.with_value(|park| {
        city.with_value(|city| {
            let goal = match park.placement.point() {
                Some(at) => Goal::Point(at, &park.name),
                None => Goal::Name(&park.name, city),
            };
            address(guide, &goal)
        })
    });
    // Another app answers to `geo:`, with no tab in between.
    let target = (guide != Guide::Other).then_some("_blank");
    view! {
        <li>
            <a class="row" href=href target=target rel="noopener noreferrer external">
                <IconBox icon="go" tone=Tone::Leaf />
                <span class="m">
                    <b>{t(|w| w.visit.guide[guide as usize])}</b>
                    <span>
                        {t(|w| match guide {
                            _ if !placed => w.visit.by_name,
                            Guide::Apple | Guide::Other => w.visit.maybe_off,
                            Guide::Gaode | Guide::Baidu | Guide::Tencent => w.visit.to_point,
                        })}
                    </span>
                </span>
                <span class="e">
                    <Icon name="next" size=IconSize::Small />
                </span>
            </a>
        </li>
    }
}
