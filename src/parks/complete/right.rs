use leptos::{html, prelude::*};
use model::{
    contribution::{Contribution, WORDS_MAX, What},
    pack::{Fact, FactKind, Park},
};

use super::{
    claim::{Kept, KeptLine, Opener, claim, keep},
    held::Held,
};
use crate::{
    outbox::Outbox,
    parks::{facts::value, row::title},
    ui::{Chip, catch_the_focus_when_fewer, t, words},
};

/// "Still right?": a fact of the park holds, or it does not and what is right instead.
#[component]
pub(super) fn Right(park: Park) -> impl IntoView {
    let outbox = Outbox::expect();
    let (open, kept) = (RwSignal::new(false), RwSignal::new(Kept::Not));
    let about = RwSignal::new(None::<FactKind>);
    let wrong = RwSignal::new(false);
    let area = NodeRef::<html::Textarea>::new();
    let node = NodeRef::new();
    catch_the_focus_when_fewer(node, move || usize::from(open.get()));
    let facts: Vec<Fact> = park.facts.clone();
    let kinds = facts.iter().fold(Vec::new(), |mut kinds, fact| {
        if !kinds.contains(&fact.what) {
            kinds.push(fact.what);
        }
        kinds
    });
    if kinds.is_empty() {
        return None;
    }
    let park = StoredValue::new(park);
    let held = move |fact: FactKind| park.with_value(|park| Held::of(&park.id, fact.as_str()));
    let typed = goes_on(held, kinds.clone(), Begun { about, open, wrong, area });
    let say = move |holds: bool| {
        let Some(fact) = about.get_untracked() else { return };
        let typed = area.get_untracked().map(|area| area.value()).unwrap_or_default();
        let typed: String = typed.trim().chars().take(WORDS_MAX).collect();
        let said = untrack(|| {
            let w = words();
            (w.complete.said_right)((w.parks.question)(fact), holds, &typed)
        });
        let body = Contribution {
            park: Some(park.with_value(|park| park.id.clone())),
            fact: Some(fact.as_str().to_owned()),
            holds: Some(holds),
            words: (!holds && !typed.is_empty()).then_some(typed),
            ..claim(What::Right)
        };
        keep(body, untrack(|| park.with_value(title)), said, kept, outbox);
        held(fact).let_go();
        about.set(None);
        wrong.set(false);
        open.set(false);
    };
    // Of several answers the latest is asked about: the one that the page leads with.
    let said_now = move || {
        let about = about.get()?;
        park.with_value(|park| park.fact(about).map(|fact| value(fact, words())))
    };
    Some(view! {
        <div class="one" tabindex="-1" node_ref=node>
            <Opener icon="check" label=t(|w| w.complete.right) open kept />
            <div hidden=move || !open.get() class="ask-right">
                <p class="q t-s">{t(|w| w.complete.which_fact)}</p>
                <Facts kinds about />
                <Show when=move || about.get().is_some()>
                    <p class="now">{said_now}</p>
                    <div class="pair">
                        <button type="button" class="btn" on:click=move |_| say(true)>
                            {t(|w| w.complete.holds)}
                        </button>
                        <button
                            type="button"
                            class="btn plain"
                            aria-expanded=move || wrong.get().to_string()
                            on:click=move |_| wrong.set(true)
                        >
                            {t(|w| w.complete.holds_not)}
                        </button>
                    </div>
                </Show>
                <Show when=move || wrong.get()>
                    <div class="field">
                        <label for="what-is-right">{t(|w| w.complete.instead)}</label>
                        <textarea
                            id="what-is-right"
                            class="in"
                            rows="2"
                            maxlength=WORDS_MAX
                            node_ref=area
                            on:input=typed
                        ></textarea>
                        <button type="button" class="btn" on:click=move |_| say(false)>
                            {t(|w| w.complete.keep)}
                        </button>
                    </div>
                </Show>
            </div>
            <KeptLine kept />
        </div>
    })
}

/// What is said so far.
#[derive(Clone, Copy)]
struct Begun {
    about: RwSignal<Option<FactKind>>,
    open: RwSignal<bool>,
    wrong: RwSignal<bool>,
    area: NodeRef<html::Textarea>,
}

/// Whoever comes back goes on with what they had begun to say; each fact has words of its own. Returns
/// what holds a key that was pressed.
fn goes_on(
    held: impl Fn(FactKind) -> Held + Copy + Send + Sync + 'static,
    kinds: Vec<FactKind>,
    Begun { about, open, wrong, area }: Begun,
) -> impl Fn(leptos::ev::Event) + Copy + 'static {
    Effect::new(move |_| {
        let begun = kinds.iter().copied().find(|fact| !held(*fact).text().is_empty());
        if let Some(fact) = begun {
            about.set(Some(fact));
            open.set(true);
        }
    });
    let begun = move || about.get().map(|fact| held(fact).text()).unwrap_or_default();
    Effect::new(move |_| wrong.set(!begun().is_empty()));
    Effect::new(move |_| {
        if let Some(area) = area.get() {
            area.set_value(&begun());
        }
    });
    move |event| {
        if let Some(fact) = about.get_untracked() {
            held(fact).hold(&event_target_value(&event));
        }
    }
}

/// Which fact.
#[component]
fn Facts(kinds: Vec<FactKind>, about: RwSignal<Option<FactKind>>) -> impl IntoView {
    let chips = kinds.into_iter().map(|kind| {
        view! {
            <Chip
                label=t(|w| (w.parks.question)(kind))
                on=Signal::derive(move || about.get() == Some(kind))
                on_press=move |()| {
                    about.set(Some(kind));
                }
            />
        }
    });
    view! { <div class="chips wrap">{chips.collect_view()}</div> }
}
