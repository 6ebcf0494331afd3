use leptos::{html, prelude::*};
use model::contribution::{Contribution, NAME_MAX, WORDS_MAX, What};

use super::{
    are_taken,
    claim::{Kept, KeptLine, Opener, at_place, claim, keep},
    held::Held,
    here::Finding,
};
use crate::{
    outbox::Outbox,
    parks::Parks,
    ui::{Icon, Section, catch_the_focus_when_fewer, t, words},
};

/// "A park is missing": its name, where it is in words, and the position if the person stands in it.
#[component]
pub(in crate::parks) fn MissingPark() -> impl IntoView {
    let taken = are_taken();
    view! {
        <Show when=move || taken.get()>
            <Form />
        </Show>
    }
}

#[component]
fn Form() -> impl IntoView {
    let (outbox, all) = (Outbox::expect(), StoredValue::new(Parks::expect()));
    let (open, kept) = (RwSignal::new(false), RwSignal::new(Kept::Not));
    let finding = RwSignal::new(Finding::No);
    let nameless = RwSignal::new(false);
    let (name, place) = (NodeRef::<html::Input>::new(), NodeRef::<html::Textarea>::new());
    let node = NodeRef::new();
    catch_the_focus_when_fewer(node, move || usize::from(open.get()));
    // Whoever comes back goes on with what they had begun to say.
    let (held_name, held_place) =
        (StoredValue::new(Held::of("", "name")), StoredValue::new(Held::of("", "place")));
    Effect::new(move |_| {
        let begun = [held_name, held_place].iter().any(|it| !it.with_value(Held::text).is_empty());
        if begun {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if let (Some(name), Some(place)) = (name.get(), place.get()) {
            name.set_value(&held_name.with_value(Held::text));
            place.set_value(&held_place.with_value(Held::text));
        }
    });
    let hold = move |held: StoredValue<Held>, text: String| held.with_value(|it| it.hold(&text));
    let say = move |_| {
        let typed = name.get_untracked().map(|it| it.value()).unwrap_or_default();
        let typed: String = typed.trim().chars().take(NAME_MAX).collect();
        nameless.set(typed.is_empty());
        if typed.is_empty() {
            if let Some(name) = name.get_untracked() {
                // It is in the document.
                drop(name.focus());
            }
            return;
        }
        let place = place.get_untracked().map(|it| it.value()).unwrap_or_default();
        let place: String = place.trim().chars().take(WORDS_MAX).collect();
        let w = untrack(words).complete;
        let body = Contribution {
            name: Some(typed.clone()),
            words: (!place.is_empty()).then_some(place),
            ..claim(What::Missing)
        };
        let body = match finding.get_untracked() {
            Finding::Found(here) => at_place(body, here, w.consent),
            _ => body,
        };
        keep(body, typed, w.said_missing.to_owned(), kept, outbox);
        for held in [held_name, held_place] {
            held.with_value(Held::let_go);
        }
        open.set(false);
        finding.set(Finding::No);
    };
    let found = move || matches!(finding.get(), Finding::Found(_));
    view! {
        <Section title=t(|w| w.complete.missing)>
            <div class="card complete" tabindex="-1" node_ref=node>
                <p class="q t-s">{t(|w| w.complete.claim)}</p>
            <Opener icon="plus" label=t(|w| w.complete.tell) open kept />
                <Show when=move || open.get()>
                    <div class="field" class:bad=move || nameless.get()>
                        <label for="missing-name">{t(|w| w.complete.name)}</label>
                        <div class="in">
                            <input
                                id="missing-name"
                                maxlength=NAME_MAX
                                node_ref=name
                                on:input=move |event| hold(held_name, event_target_value(&event))
                            />
                        </div>
                        <Show when=move || nameless.get()>
                            <p class="err" role="alert">
                                {t(|w| w.complete.name_needed)}
                            </p>
                        </Show>
                    </div>
                    <div class="field">
                        <label for="missing-place">{t(|w| w.complete.where_is)}</label>
                        <textarea
                            id="missing-place"
                            class="in"
                            rows="2"
                            maxlength=WORDS_MAX
                            node_ref=place
                            on:input=move |event| hold(held_place, event_target_value(&event))
                        ></textarea>
                    </div>
                    <button
                        type="button"
                        class="btn text full"
                        on:click=move |_| Finding::begin(finding)
                    >
                        <Icon name="locate" />
                        {t(|w| w.complete.here_missing)}
                    </button>
                    <p class="qq" role="status">
                        {move || all.with_value(|all| finding.get().said(all))}
                    </p>
                    <Show when=found>
                        <p>{t(|w| w.complete.consent)}</p>
                        <button
                            type="button"
                            class="btn text"
                            on:click=move |_| finding.set(Finding::No)
                        >
                            {t(|w| w.complete.without_position)}
                        </button>
                    </Show>
                    <button type="button" class="btn full" on:click=say>
                        {move || {
                            let w = words().complete;
                            if found() { w.agree } else { w.keep }
                        }}
                    </button>
                </Show>
                <KeptLine kept />
            </div>
        </Section>
    }
}
