use leptos::{either::EitherOf3, prelude::*};
use model::sealed::BlobEntry;
use model::{ids::ReportId, wire::Mode};
use outbox::Row;

use super::names::Names;
use crate::{
    outbox::{Outbox, Standing, when},
    parks::Parks,
    paths,
    settings::Settings,
    ui::{DemoLine, Heading, Icon, Landing, Landings, Wordmark, isolated, live, t, words},
};

/// What was sealed on this page a moment ago. It is on the disk, so nobody waits until it is read from
/// there again; and it is on the screen before the address names it.
#[derive(Clone, Copy)]
pub(super) struct JustSealed {
    row: StoredValue<Option<Row>>,
    unnamed: RwSignal<Option<ReportId>>,
}

impl JustSealed {
    /// Makes the handle and gives it to everything below.
    pub(super) fn provide() -> Self {
        let this = Self { row: StoredValue::new(None), unnamed: RwSignal::new(None) };
        provide_context(this);
        this
    }

    /// The handle that the page of the report provided.
    pub(super) fn expect() -> Self {
        expect_context()
    }

    /// This row was committed.
    pub(super) fn is(self, row: Row) {
        let id = row.key.id;
        self.row.set_value(Some(row));
        self.unnamed.set(Some(id));
    }

    /// What the address does not name yet.
    pub(super) fn unnamed(self) -> RwSignal<Option<ReportId>> {
        self.unnamed
    }

    fn row(self, id: ReportId) -> Option<Row> {
        self.row.get_value().filter(|row| row.key.id == id)
    }
}

/// 已存手机: where the report is now, and what comes next. Its secret is not shown here.
#[component]
pub(super) fn SealedPage(
    /// Which report.
    id: ReportId,
) -> impl IntoView {
    let outbox = Outbox::expect();
    let fresh = JustSealed::expect().row(id);
    // Read once the storage has changed again.
    let known = StoredValue::new(fresh.clone());
    let read = LocalResource::new(move || {
        outbox.changed();
        let known = known.try_update_value(Option::take).flatten();
        async move {
            match known {
                Some(row) => Some(row),
                None => outbox.newest(id).await.ok()?,
            }
        }
    });
    let phone = outbox.phone();
    let mode = Signal::derive(move || phone.read().mode());
    // Made once: whatever happens to the row later changes its words, not the screen.
    let row = Memo::new(move |_| read.get().or_else(|| fresh.clone().map(Some)));
    let here = Memo::new(move |_| row.get().map(|row| row.is_some()));
    let row = Signal::derive(move || row.get().flatten());
    let stands = move || row.read().as_ref().filter(|row| !row.withdrawn).map(|row| row.key);
    let opened = move || stands().map(paths::outbox_row);
    let inside = move || match here.get() {
        None => EitherOf3::A(()),
        Some(false) => EitherOf3::B(view! { <NotHere /> }),
        Some(true) => EitherOf3::C(view! { <Kept row mode /> }),
    };
    view! {
        <div class="page bare flowing sealed">
            <DemoLine mode />
            <div class="slope">
                <div class="bar0">
                    <Wordmark />
                    <span class="sp"></span>
                    <a href=paths::HOME class="ib" aria-label=t(|w| w.capture.close)>
                        <Icon name="close" />
                    </a>
                </div>
                <div class="in1">
                    {inside}
                    <div class="acts">
                        <a href=paths::REPORT_ANOTHER class="btn lamp big full">
                            <Icon name="camera" />
                            {t(|w| w.capture.one_more)}
                        </a>
                        <a href=paths::OUTBOX class="btn full on-deep">
                            {t(|w| w.capture.to_outbox)}
                        </a>
                        {move || {
                            opened()
                                .map(|href| {
                                    view! {
                                        <a href=href class="btn text full on-deep">
                                            {t(|w| w.capture.change_or_take_back)}
                                        </a>
                                    }
                                })
                        }}
                    </div>
                </div>
            </div>
        </div>
    }
}

/// The address names a report that is not on this phone.
#[component]
fn NotHere() -> impl IntoView {
    view! { <Heading text=t(|w| w.capture.sealed_gone) /> }
}

#[component]
fn Kept(row: Signal<Option<Row>>, mode: Signal<Mode>) -> impl IntoView {
    let (outbox, parks) = (Outbox::expect(), Parks::expect());
    let lang = Settings::expect().lang();
    let standing = Memo::new(move |_| {
        let row = row.get()?;
        let sending = outbox.sending().read().contains(&row.key);
        Some(Standing::of(&row, sending, outbox.around(), words().outbox))
    });
    let what = move || {
        let label = row.get().map(|row| row.label).unwrap_or_default();
        let names = Names { pack: parks.pack().ok(), lang };
        let kind = label.issue.map(|id| names.kind(&id));
        let parts = [kind, Some(isolated(&label.place))].into_iter().flatten();
        let parts = parts.filter(|it| !it.is_empty());
        parts.collect::<Vec<_>>().join(words().parks.dot)
    };
    let count = move |audio: bool| {
        let is_it = move |blob: &&BlobEntry| blob.media.is_audio() == audio;
        row.read().as_ref().map_or(0, |row| row.blobs.iter().filter(is_it).count())
    };
    let reached = Signal::derive(move || standing.read().as_ref().and_then(|it| it.landing));
    let delivered = Memo::new(move |_| reached.get().is_some_and(|it| it >= Landing::Delivered));
    let page_only = outbox.is_on_this_page_only();
    // Whoever comes back to this address may have taken it back meanwhile, or be asked for something.
    let withdrawn = Memo::new(move |_| row.read().as_ref().is_some_and(|it| it.withdrawn));
    let undone = move || row.read().as_ref().is_some_and(Row::is_undone);
    let stranger = outbox.has_met_a_stranger();
    let changed = Memo::new(move |_| row.read().as_ref().is_some_and(|it| it.key.rev > 1));
    let needs_you = Memo::new(move |_| row.read().as_ref().is_some_and(Row::needs_you));
    let heading = live(move |w| {
        let saved = if page_only.get() { w.holding.sealed } else { w.common.saved };
        if withdrawn.get() { w.common.withdrawn } else { saved }.to_owned()
    });
    let text = live(move |w| match (page_only.get(), delivered.get()) {
        _ if undone() => w.outbox.undone,
        _ if withdrawn.get() => w.capture.sealed_withdrawn,
        _ if needs_you.get() => w.outbox.refused_kept,
        (true, true) => w.holding.arrived_text,
        (true, false) => w.holding.sealed_text,
        (false, true) => w.capture.sealed_stays,
        (false, false) if stranger.get() => w.capture.sealed_stays,
        (false, false) if changed.get() => w.capture.sealed_change,
        (false, false) => w.capture.sealed_text,
    });
    let sentence = move || standing.read().as_ref().and_then(|it| it.sentence.clone());
    let notes = Signal::derive(move || {
        let w = words().capture;
        let row = row.read();
        let receipt = row.as_ref().and_then(|it| it.receipts.last()).filter(|_| delivered.get());
        let waits_for_somebody = needs_you.get() || stranger.get();
        let later = if waits_for_somebody { "" } else { w.note_delivered };
        let arrived = receipt.map_or(later.to_owned(), |it| when(it.at_ms));
        let accepted = (w.note_accepted)(delivered.get(), mode.get() == Mode::Demo);
        [w.note_saved.to_owned(), arrived, accepted.to_owned()]
    });
    let demo = Signal::derive(move || mode.get() == Mode::Demo);
    let landed = move || {
        view! {
            <div class="landed">
                <Landings reached notes demo page_only on_slope=true />
                <p class="sub" role="status">
                    {sentence}
                </p>
            </div>
        }
    };
    view! {
        <div>
            <Heading text=heading />
            <p class="sub">{text}</p>
        </div>
        <Show when=move || !withdrawn.get()>{landed()}</Show>
        <div class="sub">
            <p>{what}</p>
            <p>{move || (words().capture.sealed_photos)(count(false))}</p>
            <p>{move || (count(true) > 0).then(|| words().voice.there)}</p>
        </div>
    }
}
