use leptos::prelude::*;
use model::pack::IssueKind;

use super::{danger::advice, names::kind_name, way::Way, writing::Writing};
use crate::{
    outbox::Outbox,
    parks::Parks,
    settings::Settings,
    ui::{Chevron, Heading, Icon, IconSize, drawing, t},
};

/// Call first: the whole screen. Nothing stands before the numbers, and the report is still filed.
#[component]
pub(super) fn CallPanel() -> impl IntoView {
    let (writing, parks) = (Writing::expect(), Parks::expect());
    let kind = Memo::new(move |_| {
        let draft = writing.draft().read();
        parks.pack().ok()?.kind(draft.kind()?).cloned()
    });
    move || kind.get().map(|kind| view! { <Panel kind /> })
}

#[component]
fn Panel(kind: IssueKind) -> impl IntoView {
    let (way, lang) = (Way::expect(), Settings::expect().lang());
    let first = kind.call_numbers.first().cloned().unwrap_or_default();
    let title = t(|w| (w.capture.call_first)(&first));
    let icon = drawing(&kind.icon);
    let name = kind_name(&kind, lang);
    let orders = orders(&advice(&kind, lang).unwrap_or_default());
    let orders = orders.into_iter().map(|it| view! { <li>{it}</li> }).collect_view();
    view! {
        <section class="call">
            <header>
                <button
                    type="button"
                    class="ib"
                    aria-label=t(|w| w.common.back)
                    on:click=move |_| way.back()
                >
                    <Icon name="back" />
                </button>
            </header>
            <div>
                <p class="what">
                    <Icon name=icon />
                    {name}
                </p>
                <Heading text=title />
            </div>
            <ol>{orders}</ol>
            <Numbers kind />
            <p class="then">{t(|w| w.capture.call_then)}</p>
            <button type="button" class="btn full on-lamp" on:click=move |_| way.onward()>
                {t(|w| w.capture.call_done)}
            </button>
            <button type="button" class="btn text full" on:click=move |_| way.onward()>
                {t(|w| w.capture.call_not_yet)}
            </button>
        </section>
    }
}

/// Sentences of an advice, each an order of its own.
fn orders(advice: &str) -> Vec<String> {
    let ends = |it: char| matches!(it, '\u{3002}' | '.');
    let sentences = advice.split_inclusive(ends).map(str::trim).filter(|it| !it.is_empty());
    sentences.map(str::to_owned).collect()
}

/// The numbers of the kind, the first one largest, and those that only the operator knows.
#[component]
fn Numbers(kind: IssueKind) -> impl IntoView {
    let phone = Outbox::expect().phone();
    let mut public = kind.call_numbers.into_iter();
    let first = public.next();
    let rest = public.collect::<Vec<_>>();
    let config = kind.call_config;
    let configured = move || {
        let phone = phone.read();
        let calls = phone.operator().map(|it| &it.calls);
        let known = config.iter().filter_map(|name| {
            let number = calls?.by_name(name)?.to_owned();
            let name = name.clone();
            let what = t(|w| (w.capture.configured)(&name));
            Some(view! { <Number number what /> })
        });
        known.collect_view()
    };
    view! {
        <div class="nums">
            {first.map(|number| public_number(number, true))}
            <div class="pair">
                {rest.into_iter().map(|it| public_number(it, false)).collect_view()} {configured}
            </div>
        </div>
    }
}

fn public_number(number: String, large: bool) -> impl IntoView {
    let name = number.clone();
    let what = t(|w| (w.capture.public_number)(&name));
    view! { <Number number what large /> }
}

/// A number that calls when it is tapped. Which one was tapped travels with the report.
#[component]
fn Number(number: String, what: &'static str, #[prop(optional)] large: bool) -> impl IntoView {
    let writing = Writing::expect();
    let called = number.clone();
    let call = move |_| {
        let called = called.clone();
        writing.chose(|draft| {
            if let Some(danger) = &mut draft.danger {
                danger.called = Some(called);
            }
        });
    };
    let digits = number.chars().filter(|it| it.is_ascii_digit() || *it == '+');
    let href = format!("tel:{}", digits.collect::<String>());
    view! {
        <a
            class=if large { "num" } else { "num second" }
            href=href
            on:click=call
        >
            <Icon name="call" size=if large { IconSize::Large } else { IconSize::Normal } />
            <span>
                <b>{number}</b>
                <span>{what}</span>
            </span>
            {large.then(|| view! { <Chevron /> })}
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::orders;

    #[test]
    fn each_sentence_of_an_advice_is_an_order() {
        assert_eq!(orders("先离开。再拨 119。"), ["先离开。", "再拨 119。"]);
        assert_eq!(orders("Go outside. Then call."), ["Go outside.", "Then call."]);
        assert!(orders("").is_empty());
    }
}
