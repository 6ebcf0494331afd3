//! Has this phone reported it before? Told from what is kept here, with no network: by the kind, the
//! place and the age. The person decides, and may leave it open.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{datum::Wgs84, ids::ReportId, report::WORDS_MAX};
use outbox::{Row, clock};
use serde::Deserialize;

use super::{
    contact::given,
    draft::{Draft, PHOTOS_MAX},
    names::{Names, level_line, place_line, spot_line},
    photo::Thumb,
    reopen::to_draft,
    writing::Writing,
};
use crate::{
    outbox::{Outbox, StoreError},
    parks::Parks,
    paths,
    settings::Settings,
    ui::{Icon, isolated, t, words},
};

const DAY_MS: i64 = 86_400_000;
/// What was reported longer ago is another story.
const OLDEST_MS: i64 = 60 * DAY_MS;
/// Two positions so near each other, beyond what either may be off, are one place: metres.
const NEAR_M: f64 = 50.0;
/// A position that is off by more speaks for no place.
const WORST_M: u32 = 100;

/// An earlier report of this phone that may be about the same thing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    /// Its newest revision.
    pub(super) row: Row,
    /// Between the two positions, where both have one.
    pub(super) metres: Option<f64>,
    /// How long ago it was sealed.
    pub(super) days: i64,
}

/// Reports of this phone that may be about the same thing as this draft, the likeliest first.
/// `place`: the draft's place on one line; `own`: the id under which it would be sealed.
pub(super) fn candidates(
    draft: &Draft,
    own: Option<ReportId>,
    place: &str,
    rows: &[Row],
    now_ms: i64,
) -> Vec<Candidate> {
    let Some(kind) = draft.kind() else { return Vec::new() };
    let here = positions_of(draft);
    let is_report = |row: &&Row| row.kind == "report" && !row.withdrawn && !row.replaced;
    let is_other = |row: &&Row| Some(row.key.id) != own && !draft.not_again.contains(&row.key.id);
    let is_same_kind = |row: &&Row| row.label.issue.as_deref() == Some(kind);
    let mut found: Vec<Candidate> = rows
        .iter()
        .filter(is_report)
        .filter(is_other)
        .filter(is_same_kind)
        .filter(|row| now_ms.saturating_sub(row.sealed_ms) <= OLDEST_MS)
        .filter_map(|row| {
            let (metres, beyond) = nearest(&here, &positions_in(row)).unzip();
            let named = !place.is_empty() && row.label.place == place;
            let days = now_ms.saturating_sub(row.sealed_ms).max(0) / DAY_MS;
            (named || beyond.is_some_and(|it: f64| it <= NEAR_M)).then(|| Candidate {
                row: row.clone(),
                metres,
                days,
            })
        })
        .collect();
    let far = |it: &Candidate| it.metres.unwrap_or(0.0);
    found.sort_by(|a, b| far(a).total_cmp(&far(b)).then(b.row.sealed_ms.cmp(&a.row.sealed_ms)));
    found
}

/// A position and how far it may be off, metres.
type Position = (Wgs84, f64);

fn positions_of(draft: &Draft) -> Vec<Position> {
    let all = draft.place.here.iter().chain(draft.photos.iter().filter_map(|it| it.fix.as_ref()));
    all.filter_map(|it| position(it.lat, it.lon, it.accuracy_m)).collect()
}

/// As much of a sealed report as says where it is.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    body: Body,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Body {
    place: PlaceSaid,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PlaceSaid {
    fixes: Vec<FixSaid>,
}

#[derive(Deserialize)]
struct FixSaid {
    lat: f64,
    lon: f64,
    #[serde(default)]
    accuracy_m: u32,
}

/// None where its words have left the phone: then its place in words is all there is.
fn positions_in(row: &Row) -> Vec<Position> {
    let said: Said = serde_json::from_str(&row.sealed).unwrap_or_default();
    let fixes = said.body.place.fixes.into_iter();
    fixes.filter_map(|it| position(it.lat, it.lon, it.accuracy_m)).collect()
}

fn position(lat: f64, lon: f64, accuracy_m: u32) -> Option<Position> {
    (accuracy_m <= WORST_M).then(|| (Wgs84 { lat, lon }, f64::from(accuracy_m)))
}

/// The shortest way between two of them, and what of it is left if both are off towards each other.
fn nearest(here: &[Position], there: &[Position]) -> Option<(f64, f64)> {
    let pairs = here.iter().flat_map(|one| there.iter().map(move |other| (one, other)));
    let ways = pairs.map(|((one, off), (other, also))| {
        let metres = one.metres_to(*other);
        (metres, metres - off - also)
    });
    ways.min_by(|a, b| a.0.total_cmp(&b.0))
}

/// The earlier report with what is new: its next revision. None if it would hold more than a report
/// can. `place`: where the new one is, on one line, as far as the earlier one does not say so.
pub(super) fn joined(mut earlier: Draft, new: &Draft, place: &str) -> Option<Draft> {
    let is_new =
        |photo: &&super::draft::Photo| !earlier.photos.iter().any(|it| it.sha256 == photo.sha256);
    let photos: Vec<_> = new.photos.iter().filter(is_new).cloned().collect();
    let fits = earlier.photos.len() + photos.len() <= PHOTOS_MAX;
    if !fits || (earlier.voice.is_some() && new.voice.is_some()) {
        return None;
    }
    if !photos.is_empty() {
        // Of all photos now: agreed to on both sides, or not at all.
        let before = earlier.photo_people.take().is_some() || earlier.photos.is_empty();
        earlier.photo_people = new.photo_people.clone().filter(|_| before);
    }
    earlier.photos.extend(photos);
    earlier.voice = earlier.voice.or_else(|| new.voice.clone());
    // A report has one place. Another that was typed is not thrown away: it stands among the words.
    for more in [place, &new.words] {
        if !more.is_empty() && !earlier.words.contains(more) {
            let parts = [core::mem::take(&mut earlier.words), more.to_owned()];
            earlier.words =
                parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n");
        }
    }
    if earlier.words.chars().count() > WORDS_MAX {
        return None;
    }
    let answers = new.answers.iter().map(|(asked, answer)| (asked.clone(), answer.clone()));
    earlier.answers.extend(answers);
    if new.contact.is_some() {
        earlier.contact.clone_from(&new.contact);
    }
    if new.danger.is_some() {
        earlier.danger.clone_from(&new.danger);
    }
    (earlier.place.here, earlier.private) =
        (earlier.place.here.or(new.place.here), earlier.private || new.private);
    (earlier.touched_ms, earlier.step, earlier.reviewed) = (new.touched_ms, new.step, true);
    Some(earlier)
}

/// 报过了吗: the likeliest earlier report beside this one, and the question whether it is the same.
#[component]
pub(super) fn SameThing() -> impl IntoView {
    let (writing, outbox, parks) = (Writing::expect(), Outbox::expect(), Parks::expect());
    let lang = Settings::expect().lang();
    // Read once: a delivery does not change under the person what they are asked.
    let rows = LocalResource::new(move || outbox.rows());
    let found = Memo::new(move |_| {
        let rows = rows.get()?.ok()?;
        let draft = writing.draft().read();
        let place = place_line(&draft.place, Names { pack: parks.pack().ok(), lang });
        let own = writing.id().get();
        // A change of a report that is sealed is none of another one.
        if rows.iter().any(|row| Some(row.key.id) == own) {
            return None;
        }
        candidates(&draft, own, &place, &rows, clock::now().ms).into_iter().next()
    });
    let said = Memo::new(move |_| writing.draft().read().again.is_some());
    move || match (said.get(), found.get()) {
        (true, _) => view! { <Noted /> }.into_any(),
        (false, Some(candidate)) => view! { <Asked candidate /> }.into_any(),
        (false, None) => ().into_any(),
    }
}

/// What the person has said, and the way to take it back.
#[component]
fn Noted() -> impl IntoView {
    let writing = Writing::expect();
    view! {
        <div class="strip tell long">
            <Icon name="check" />
            <span role="status">{t(|w| w.walk.again_noted)}</span>
            <button
                type="button"
                class="btn plain sm"
                on:click=move |_| writing.chose(|draft| draft.again = None)
            >
                {t(|w| w.walk.again_undo)}
            </button>
        </div>
    }
}

#[component]
fn Asked(candidate: Candidate) -> impl IntoView {
    let (writing, outbox) = (Writing::expect(), Outbox::expect());
    let navigate = use_navigate();
    let Candidate { row, metres, days } = candidate;
    let id = row.key.id;
    let before = row.blobs.iter().find(|it| !it.media.is_audio()).map(|it| it.sha256);
    let before = before.filter(|_| row.is_whole());
    let now = move || writing.draft().read().photos.first().map(|it| it.sha256);
    let place = isolated(&row.label.place);
    let (parks, lang) = (Parks::expect(), Settings::expect().lang());
    let same = Action::new_unsync(move |row: &Row| {
        let (row, navigate, parks) = (row.clone(), navigate.clone(), parks.clone());
        async move {
            let said = |draft: &Draft| {
                let names = Names { pack: parks.pack().ok(), lang };
                vec![spot_line(&draft.place, names), level_line(&draft.place, names)]
            };
            if join(writing, outbox, &row, &said).await? {
                let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                navigate(&paths::report_draft(row.key.id), options);
            } else {
                writing.chose(|draft| draft.again = Some(row.key.id));
            }
            Ok::<(), StoreError>(())
        }
    });
    let busy = move || same.pending().get() || writing.shrinking().get() > 0;
    let failed = move || matches!(same.value().get(), Some(Err(_)));
    view! {
        <section class="card again" aria-labelledby="again">
            <h2 id="again">{t(|w| w.walk.again_ask)}</h2>
            <p>{t(|w| (w.walk.again_text)(&place, days, metres))}</p>
            <div class="shots two">
                {before
                    .map(|sha256| {
                        view! {
                            <div class="shot">
                                <Thumb sha256 alt=t(|w| w.walk.again_before) />
                                <span class="cap">{t(|w| w.walk.again_before)}</span>
                            </div>
                        }
                    })}
                {move || {
                    now()
                        .map(|sha256| {
                            view! {
                                <div class="shot">
                                    <Thumb sha256 alt=t(|w| w.walk.again_now) />
                                    <span class="cap">{t(|w| w.walk.again_now)}</span>
                                </div>
                            }
                        })
                }}
            </div>
            <div class="acts">
                <button
                    type="button"
                    class="btn plain full"
                    disabled=busy
                    on:click=move |_| {
                        same.dispatch_local(row.clone());
                    }
                >
                    {t(|w| w.walk.again_same)}
                </button>
                <button
                    type="button"
                    class="btn text full"
                    on:click=move |_| writing.chose(|draft| draft.not_again.push(id))
                >
                    {t(|w| w.walk.again_other)}
                </button>
            </div>
            {move || {
                failed().then(|| view! { <p class="field-err" role="alert">{words().outbox.not_done}</p> })
            }}
        </section>
    }
}

/// Puts what is new into a draft of the earlier report's next revision, if its words are here and it
/// has room; then this draft is no longer needed. It goes last: a phone that dies in between has
/// everything twice, and nothing less than once.
async fn join(
    writing: Writing,
    outbox: Outbox,
    row: &Row,
    said: &impl Fn(&Draft) -> Vec<String>,
) -> Result<bool, StoreError> {
    writing.commit().await?;
    // A revision of what is not whole here would say less than the first.
    if !row.is_whole() {
        return Ok(false);
    }
    let new = writing.draft().get_untracked();
    let Some(mut sealed) = to_draft(row, new.touched_ms) else { return Ok(false) };
    sealed.contact = given(row.key.id, &outbox.rows_of(row.key.id).await?);
    let changing = outbox.draft(row.key.id).await?;
    let earlier = changing.as_deref().and_then(Draft::read).unwrap_or(sealed);
    let before = said(&earlier);
    let place = said(&new).into_iter().filter(|it| !it.is_empty() && !before.contains(it));
    let place = place.collect::<Vec<_>>().join(" ");
    let Some(joined) = joined(earlier, &new, &place) else { return Ok(false) };
    outbox.save_draft(row.key.id, joined.to_json()).await?;
    writing.discard().await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use model::stamp::Stamp;

    use super::*;
    use crate::capture::{
        draft::{Here, Issue, Photo},
        sealing::tests::{full, row_of},
    };

    const SEALED_MS: i64 = 1_795_400_000_000;

    fn earlier(change: impl FnOnce(&mut Draft)) -> Row {
        let mut draft = full();
        change(&mut draft);
        Row { sealed_ms: SEALED_MS, ..row_of(&draft) }
    }

    fn found(draft: &Draft, place: &str, row: &Row, after_ms: i64) -> usize {
        candidates(draft, None, place, core::slice::from_ref(row), SEALED_MS + after_ms).len()
    }

    fn at(lat: f64) -> Here {
        Here { lat, lon: 106.5, accuracy_m: 10, at: Stamp::utc(0) }
    }

    #[test]
    fn the_same_kind_at_the_same_named_place_within_two_months_may_be_the_same_thing() {
        let row = earlier(|_| ());
        let (draft, place) = (full(), row.label.place.clone());
        assert_eq!(found(&draft, &place, &row, OLDEST_MS), 1);
        assert_eq!(found(&draft, &place, &row, OLDEST_MS + 1), 0, "long ago");
        let mut other = full();
        other.choose(Issue::Kind("road.pavement".into()));
        assert_eq!(found(&other, &place, &row, 0), 0, "another kind");
        other.choose(Issue::Unknown);
        assert_eq!(found(&other, &place, &row, 0), 0, "no kind");
        for gone in [Row { withdrawn: true, ..row.clone() }, Row { replaced: true, ..row.clone() }]
        {
            assert_eq!(found(&draft, &place, &gone, 0), 0);
        }
        let mut told = full();
        told.not_again.push(row.key.id);
        assert_eq!(found(&told, &place, &row, 0), 0, "the person has said that it is not");
        let own = candidates(&draft, Some(row.key.id), &place, &[row], SEALED_MS);
        assert_eq!(own, [], "its own earlier revision");
    }

    #[test]
    fn two_positions_are_one_place_if_they_may_be_off_that_far() {
        let row = earlier(|draft| draft.place.here = Some(at(29.5)));
        let mut draft = full();
        // A thousandth of a degree is 111 m.
        for (lat, expected) in [(29.5, 1), (29.500_6, 1), (29.500_7, 0)] {
            draft.place.here = Some(at(lat));
            assert_eq!(found(&draft, "elsewhere", &row, 0), expected, "{lat}");
        }
        draft.place.here = Some(Here { accuracy_m: WORST_M + 1, ..at(29.5) });
        assert_eq!(found(&draft, "elsewhere", &row, 0), 0, "it may be anywhere");
    }

    #[test]
    fn what_is_new_enters_the_earlier_report_and_what_it_cannot_hold_does_not() {
        let photo = |text: &[u8]| Photo {
            sha256: model::hex::Digest::of(text),
            ..full().photos.first().cloned().unwrap_or_else(|| bare(text))
        };
        let (mut old, mut new) = (full(), full());
        (old.photos, new.photos) = (vec![photo(b"one")], vec![photo(b"one"), photo(b"two")]);
        (old.words, new.words) = ("有味道".into(), "还在漏".into());
        let both = joined(old.clone(), &new, "").expect("room for both");
        assert_eq!(both.photos, [photo(b"one"), photo(b"two")]);
        assert_eq!(both.words, "有味道\n还在漏");
        let both = joined(old.clone(), &new, "三单元五楼").expect("room for both");
        assert_eq!(both.words, "有味道\n三单元五楼\n还在漏", "where it was typed to be is kept");
        new.photos = (0..PHOTOS_MAX).map(|nth| photo(&[u8::try_from(nth).unwrap()])).collect();
        assert_eq!(joined(old.clone(), &new, ""), None);
        new.photos.clear();
        assert_eq!(joined(old, &new, &"长".repeat(WORDS_MAX)), None);
    }

    fn bare(text: &[u8]) -> Photo {
        serde_json::from_value(serde_json::json!({
            "sha256": model::hex::Digest::of(text), "len": 3, "width": 16, "height": 12,
        }))
        .expect("a photo")
    }
}
