use leptos::{either::Either, prelude::*};
use model::mine::Mine;

use super::{forget::Forget, keep::stamp_words};
use crate::{
    parks::{Parks, row::title},
    paths,
    ui::{Chevron, Icon, IconBox, IconSize, Tone, t},
};

/// A park, its stamps and its note. One that has left the data keeps the name it had: it has no page
/// any more, so all of its notes stand here, and here it is deleted.
#[component]
pub(super) fn MineRow(mine: Mine) -> impl IntoView {
    let parks = Parks::expect();
    // Without a pack nobody knows what has left it.
    let gone = parks.pack().is_ok_and(|pack| pack.park(&mine.id).is_none());
    let known = parks.park(&mine.id).cloned();
    let name = mine.name.clone();
    let name = move || known.as_ref().map_or_else(|| name.clone(), title);
    let icon = if mine.favourite { "star" } else { "park" };
    let tone = if gone { Tone::Mute } else { Tone::Leaf };
    let told = view! {
        <IconBox icon tone />
        <span class="m">
            <b>{name}</b>
            {gone.then(|| view! { <span>{t(|w| w.mine.gone)}</span> })}
            {said(&mine, gone)}
        </span>
    };
    let inside = if gone {
        Either::Left(view! {
            <div class="row top0">{told}</div>
            <div class="one-gone">{forget_one(mine)}</div>
        })
    } else {
        Either::Right(view! {
            <a href=paths::park(&mine.id) class="row top0">
                {told}
                <span class="e">
                    <Chevron />
                </span>
            </a>
        })
    };
    view! { <li>{inside}</li> }
}

/// Stamps and note; of the earlier notes only how many there are, unless `all` of them have no other
/// place.
fn said(mine: &Mine, all: bool) -> impl IntoView + use<> {
    let stamps = mine.visits.clone().into_iter();
    let stamps = stamps.map(|visit| {
        view! {
            <span>
                <Icon name="stamp" size=IconSize::Small />
                {move || stamp_words(visit)}
            </span>
        }
    });
    let earlier = mine.earlier.len();
    let counted = (earlier > 0 && !all).then(|| t(|w| (w.mine.earlier_count)(earlier)));
    let shown = mine.note.iter().chain(mine.earlier.iter().filter(|_| all));
    let notes = shown.map(|it| it.text.clone()).collect::<Vec<_>>().into_iter();
    view! {
        {stamps.collect_view()}
        {notes.map(|text| view! { <span class="note-line">{text}</span> }).collect_view()}
        {counted.map(|words| view! { <span>{words}</span> })}
    }
}

fn forget_one(mine: Mine) -> impl IntoView {
    let name = mine.name.clone();
    let ask = t(|w| (w.mine.forget_one_ask)(&name));
    view! { <Forget what=t(|w| w.mine.forget_one) ask one=mine /> }
}
