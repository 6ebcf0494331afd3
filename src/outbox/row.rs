use leptos::prelude::*;
use outbox::Row;

use super::{Outbox, Standing, items::Item, when::when};
use crate::{
    capture::{kind_name, photo::Thumb},
    parks::Parks,
    paths,
    settings::Settings,
    ui::{IconBox, SmallLandings, StateChip, Tone, drawing, isolated, words},
};

/// A sealed thing as a row that opens: what it is, how far it has come, why it waits and until when.
pub(super) fn row_view(item: Item) -> AnyView {
    let row = &item.face;
    let title = title(row);
    let place = joined([row.label.place.clone(), when(row.sealed_ms)]);
    // Of what was added to the map the words say what that is.
    let said = (row.kind == "contribution").then(|| row.label.words.clone());
    let said = said.filter(|it| !it.is_empty());
    let (href, key) = (paths::outbox_row(row.key), row.key.to_string());
    let (picture, standing) = (picture(row), standing_view(item));
    view! {
        <li>
            // The router's own link would call each of these the current page.
            <a href=href class="row top0" data-row=key>
                {picture}
                <span class="m">
                    <b>{title}</b>
                    {said.map(|it| view! { <span>{isolated(&it)}</span> })}
                    <span>{place}</span>
                    {standing}
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// What it is called.
pub(super) fn title(row: &Row) -> String {
    let w = words().outbox;
    let pack = Parks::expect();
    let kind = row.label.issue.as_deref().and_then(|id| pack.pack().ok()?.kind(id).cloned());
    match kind {
        Some(kind) => kind_name(&kind, Settings::expect().lang()),
        None if row.kind == "withdraw" => w.withdrawal.to_owned(),
        None if row.kind == "contribution" => w.contribution.to_owned(),
        None => w.untitled.to_owned(),
    }
}

/// Its first photo; without one, the drawing of its kind.
fn picture(row: &Row) -> AnyView {
    let photo = row.blobs.iter().find(|blob| !blob.media.is_audio());
    if let Some(photo) = photo.filter(|_| row.is_whole()) {
        return view! {
            <span class="ic pic">
                <Thumb sha256=photo.sha256 alt="" />
            </span>
        }
        .into_any();
    }
    let parks = Parks::expect();
    let kind = row.label.issue.as_deref().and_then(|id| parks.pack().ok()?.kind(id));
    let icon = kind.map_or(bare_icon(row), |kind| drawing(&kind.icon));
    view! { <IconBox icon tone=Tone::Mute /> }.into_any()
}

fn bare_icon(row: &Row) -> &'static str {
    if row.kind == "contribution" { "park" } else { "report" }
}

/// How a row stands at this moment: the chip, the landing, one sentence, when it is tried again.
pub(super) fn standing_view(item: Item) -> impl IntoView {
    let outbox = Outbox::expect();
    move || {
        let standing = standing(&item, outbox);
        let (tried, undone) = (tried(&item), item.is_undone());
        view! {
            <span class="meta">
                <StateChip state=standing.chip />
                {(!undone).then(|| view! { <SmallLandings reached=standing.landing /> })}
            </span>
            {standing.sentence.map(|it| view! { <span>{it}</span> })}
            {tried.map(|it| view! { <span class="src">{it}</span> })}
        }
        .into_any()
    }
}

/// When it was tried, and when it is tried again. Of one that was undone nothing is sent.
pub(super) fn tried(item: &Item) -> Option<String> {
    let row = Some(item.told()).filter(|row| row.is_unfinished() && !row.is_undone())?;
    let waits = row.waits.as_ref()?;
    Some((words().outbox.tried)(&when(waits.tried_ms), Some(&when(waits.until_ms))))
}

/// Reads a thing beside what is true of this page.
pub(super) fn standing(item: &Item, outbox: Outbox) -> Standing {
    Standing::of_item(item, &outbox.sending().read(), outbox.around(), words().outbox)
}

/// What is known, with the middle dot between. What a person wrote turns nothing beside it.
pub(super) fn joined(parts: [String; 2]) -> String {
    let parts = parts.iter().filter(|it| !it.is_empty()).map(|it| isolated(it));
    parts.collect::<Vec<_>>().join(words().parks.dot)
}
