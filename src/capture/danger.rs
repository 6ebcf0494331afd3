use leptos::{either::EitherOf3, prelude::*};
use model::{
    pack::{Escalation, EscalationAction, IssueKind},
    report::YesNo,
};

use super::{
    draft::Danger,
    flow::{Onward, Question},
    kind::take,
    names::{Names, kind_name},
    step::Step,
    way::Way,
    writing::Writing,
};
use crate::{
    parks::Parks,
    settings::Settings,
    ui::{Icon, Strip, StripTone, t, words, words::Lang},
};

/// The one yes/no question of a kind. Answered anew for each kind, also when one leads to another.
#[component]
pub(super) fn DangerQuestion() -> impl IntoView {
    let (writing, parks) = (Writing::expect(), Parks::expect());
    let kind = Memo::new(move |_| {
        let draft = writing.draft().read();
        parks.pack().ok()?.kind(draft.kind()?).cloned()
    });
    move || {
        let kind = kind.get()?;
        let escalation = kind.escalation.clone()?;
        Some(view! { <OneDanger kind escalation /> })
    }
}

#[component]
fn OneDanger(kind: IssueKind, escalation: Escalation) -> impl IntoView {
    let (writing, way, lang) = (Writing::expect(), Way::expect(), Settings::expect().lang());
    let asked = kind.id.clone();
    let said = Signal::derive(move || {
        let draft = writing.draft().read();
        draft.danger.as_ref().filter(|it| it.asked == asked).map(|it| it.answer)
    });
    let id = kind.id.clone();
    let has_advice = kind.advice_zh.is_some();
    let yes = escalation.yes.clone();
    let answer = Callback::new(move |answer: YesNo| {
        let danger = Danger { asked: id.clone(), answer, called: None };
        writing.chose(|draft| draft.danger = Some(danger));
        match (answer, &yes) {
            (YesNo::Yes, EscalationAction::Call) => way.go(Step::Call),
            (YesNo::Yes, EscalationAction::Raise) if has_advice => {}
            (YesNo::Yes, EscalationAction::Switch(_)) => {}
            (YesNo::Yes, EscalationAction::Raise) | (YesNo::No, _) => way.onward(),
        }
    });
    let ask = match lang {
        Lang::Zh => escalation.question_zh,
        Lang::En => escalation.question_en,
    };
    let help = kind_name(&kind, lang);
    let yes = escalation.yes;
    view! {
        <Question ask=ask.clone() help>
            <YesOrNo ask said answer />
            {move || {
                (said.get() == Some(YesNo::Yes))
                    .then(|| after_yes(&yes, kind.clone()))
            }}
        </Question>
    }
}

/// Two equal answers.
#[component]
fn YesOrNo(ask: String, said: Signal<Option<YesNo>>, answer: Callback<YesNo>) -> impl IntoView {
    let button = move |is: YesNo, icon: &'static str| {
        let word = move || match is {
            YesNo::Yes => words().capture.yes,
            YesNo::No => words().capture.no,
        };
        view! {
            <button
                type="button"
                class="tile wide"
                aria-pressed=move || (said.get() == Some(is)).to_string()
                on:click=move |_| answer.run(is)
            >
                <Icon name=icon />
                <span>{word}</span>
            </button>
        }
    };
    view! {
        <div class="tiles yesno" role="group" aria-label=ask>
            {button(YesNo::Yes, "needs")}
            {button(YesNo::No, "check")}
        </div>
    }
}

/// What yes does, where it does not call: a line of advice, or another kind.
fn after_yes(yes: &EscalationAction, kind: IssueKind) -> impl IntoView + use<> {
    match yes {
        EscalationAction::Call => EitherOf3::A(()),
        EscalationAction::Raise => EitherOf3::B(view! { <Raised kind /> }),
        EscalationAction::Switch(other) => EitherOf3::C(view! { <Offered other=other.clone() /> }),
    }
}

/// The answer travels with the report; the advice is for now.
#[component]
fn Raised(kind: IssueKind) -> impl IntoView {
    let lang = Settings::expect().lang();
    let advice = advice(&kind, lang).unwrap_or_default();
    view! {
        <Strip
            tone=StripTone::Needs
            icon="needs"
            title=advice
            more=t(|w| w.capture.raised)
        />
        <Onward />
    }
}

/// Another kind fits better. The person decides.
#[component]
fn Offered(other: String) -> impl IntoView {
    let (writing, way, parks) = (Writing::expect(), Way::expect(), Parks::expect());
    let lang = Settings::expect().lang();
    let pack = parks.clone();
    let id = other.clone();
    let name = move || Names { pack: pack.pack().ok(), lang }.kind(&id);
    let change = move |_| {
        let Some(kind) = parks.pack().ok().and_then(|pack| pack.kind(&other)) else { return };
        let group = parks.pack().ok().and_then(|pack| pack.group_of(&other));
        writing.chose(|draft| {
            take(draft, kind);
            draft.group = group.map(|it| it.id.clone());
        });
        way.chose(kind);
    };
    view! {
        <div class="card offer" role="status">
            <p>{move || (words().capture.better)(&name())}</p>
            <div class="acts">
                <button type="button" class="btn full" on:click=change>
                    {t(|w| w.capture.better_yes)}
                </button>
                <button type="button" class="btn plain full" on:click=move |_| way.onward()>
                    {t(|w| w.capture.better_no)}
                </button>
            </div>
        </div>
    }
}

/// One line of advice in a language.
pub(super) fn advice(kind: &IssueKind, lang: Lang) -> Option<String> {
    match lang {
        Lang::Zh => kind.advice_zh.clone(),
        Lang::En => kind.advice_en.clone(),
    }
}
