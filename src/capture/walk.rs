//! Many in one walk: a photo now, the rest later; what each draft lacks; several sealed at once.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::ids::ReportId;

use super::{
    check::client,
    contact::{remember, to_call},
    draft::Draft,
    sealing::{Around, to_seal},
    trouble::Trouble,
    writing::Writing,
};
use crate::{
    outbox::{Outbox, StoreError},
    parks::Parks,
    paths,
    settings::Settings,
    ui::{Icon, IconSize, t, words},
};

/// What a draft lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// This has to be mended before it can be sealed.
    Trouble(Trouble),
    /// Nobody has said yet what kind of thing it is. Nobody must.
    Kind,
    /// It has not been looked over.
    LookOver,
}

/// What a draft lacks, what must be mended first.
pub fn lacks(draft: &Draft) -> Vec<Lack> {
    let kind = draft.issue.is_none().then_some(Lack::Kind);
    let look = (!draft.reviewed).then_some(Lack::LookOver);
    let troubles = draft.troubles().into_iter().map(Lack::Trouble);
    troubles.chain(kind).chain(look).collect()
}

/// May it be sealed as it lies: looked over by the person, and nothing to mend?
fn is_ready(draft: &Draft) -> bool {
    draft.reviewed && draft.photographing.is_none() && draft.troubles().is_empty()
}

/// 先拍着: this place is photographed, and the next one comes before the questions.
#[component]
pub(super) fn SnapOn() -> impl IntoView {
    let (writing, navigate) = (Writing::expect(), use_navigate());
    let draft = writing.draft();
    let has_photo = Memo::new(move |_| !draft.read().photos.is_empty() && !draft.read().reviewed);
    let on = Action::new_unsync(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            writing.commit().await?;
            navigate(paths::REPORT_ANOTHER, NavigateOptions::default());
            Ok::<(), StoreError>(())
        }
    });
    let waits = move || writing.shrinking().get() > 0 || on.pending().get();
    view! {
        <Show when=move || has_photo.get()>
            <button
                type="button"
                class="btn plain full"
                disabled=waits
                on:click=move |_| {
                    on.dispatch(());
                }
            >
                <Icon name="camera" size=IconSize::Small />
                {t(|w| w.walk.snap_on)}
            </button>
            <p class="qq">{t(|w| w.walk.snap_on_more)}</p>
        </Show>
    }
}

/// Offered where two drafts or more are written to their end.
#[component]
pub(crate) fn SealAll(
    /// Every draft.
    drafts: Vec<(ReportId, String)>,
) -> impl IntoView {
    let (outbox, settings, parks) = (Outbox::expect(), Settings::expect(), Parks::expect());
    let read = drafts.iter().filter_map(|(id, text)| Some((*id, Draft::read(text)?)));
    let ready: Vec<(ReportId, Draft)> = read.filter(|(_, draft)| is_ready(draft)).collect();
    let count = ready.len();
    let sealing = Action::new_unsync(move |ready: &Vec<(ReportId, Draft)>| {
        let (ready, parks) = (ready.clone(), parks.clone());
        async move {
            for (id, draft) in ready {
                let pack = parks.pack().ok().zip(parks.id());
                let lang = settings.lang();
                let around = Around { pack, lang, client: client(settings, outbox) };
                outbox.seal(id, to_seal(id, &draft, around), to_call(&draft)).await?;
                remember(draft.contact.as_ref());
                let under = draft.photos.iter().filter_map(|it| it.under.as_ref());
                // If the page is closed at this moment, the sweep of a later start lets them go.
                let _ = outbox.let_go(under.map(|it| it.sha256).collect()).await;
            }
            Ok::<(), StoreError>(())
        }
    });
    let failed = move || matches!(sealing.value().get(), Some(Err(_)));
    (count > 1).then(|| {
        view! {
            <button
                type="button"
                class="btn full"
                disabled=move || sealing.pending().get()
                on:click=move |_| {
                    sealing.dispatch_local(ready.clone());
                }
            >
                <Icon name="sending" />
                {t(|w| (w.walk.seal_all)(count))}
            </button>
            {move || {
                failed()
                    .then(|| view! { <p class="field-err" role="alert">{words().walk.seal_all_failed}</p> })
            }}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::draft::Issue;

    #[test]
    fn a_snap_lacks_everything_and_each_answer_takes_one_away() {
        let mut draft = Draft::default();
        draft.words = "灯坏了".into();
        let trouble = Lack::Trouble(Trouble::NoPlace);
        assert_eq!(lacks(&draft), [trouble, Lack::Kind, Lack::LookOver]);
        draft.choose(Issue::Unknown);
        draft.place.words = "菜市场门口".into();
        assert_eq!(lacks(&draft), [Lack::LookOver]);
        assert!(!is_ready(&draft), "nobody has looked it over");
        draft.reviewed = true;
        assert!(lacks(&draft).is_empty() && is_ready(&draft));
        draft.contact = Some(super::super::contact::Said::default());
        assert!(!is_ready(&draft), "the number that the person wants to leave");
        draft.contact = None;
        draft.photographing = Some(0);
        assert!(!is_ready(&draft), "its camera is open");
    }
}
