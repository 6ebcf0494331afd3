use leptos::{either::EitherOf3, prelude::*};
use model::ask::{Answer, AnswerForm, Question};

use super::{
    answers::{asked, chosen},
    flow::{Onward, Question as Page},
    names::Names,
    step::Step,
    writing::Writing,
};
use crate::{
    parks::Parks,
    settings::Settings,
    ui::{Chip, Stepper, Whole, t, words, words::Lang},
};

/// What the kind asks besides: at most three, none of which has to be answered.
#[component]
pub(super) fn AsksQuestion() -> impl IntoView {
    let (writing, parks) = (Writing::expect(), Parks::expect());
    let lang = Settings::expect().lang();
    let kind = Memo::new(move |_| writing.draft().read().kind().map(str::to_owned));
    let pack = parks.clone();
    let name = Signal::derive(move || {
        let names = Names { pack: pack.pack().ok(), lang };
        let kind = kind.get().unwrap_or_default();
        (words().kind.asks_help)(&names.kind(&kind))
    });
    let questions = move || {
        let (pack, kind) = (parks.pack().ok()?, kind.get()?);
        let questions = pack.questions_of(&kind).cloned();
        Some(questions.map(|question| view! { <OneAsk question /> }).collect_view())
    };
    let foot = view! { <Onward /> }.into_any();
    view! {
        <Page ask=t(|w| (w.capture.ask)(Step::Asks)) help=name foot>
            {questions}
        </Page>
    }
}

/// One question. A second tap on an answer takes it back.
#[component]
fn OneAsk(question: Question) -> impl IntoView {
    let lang = Settings::expect().lang();
    let ask = asked(&question, lang).to_owned();
    let legend = ask.clone();
    let Question { id, form, .. } = question;
    let answers = match form {
        AnswerForm::YesNo => EitherOf3::A(view! {
            <Choose
                id
                ask
                options=vec![
                    (Answer::YesNo(true), t(|w| w.capture.yes).to_owned()),
                    (Answer::YesNo(false), t(|w| w.capture.no).to_owned()),
                ]
            />
        }),
        AnswerForm::OneOf(choices) => {
            let options = choices.into_iter().map(|choice| {
                let answer = Answer::Choice(choice.id.clone());
                (answer, chosen(&choice, lang).to_owned())
            });
            EitherOf3::B(view! { <Choose id ask options=options.collect() /> })
        }
        AnswerForm::Number { from, to, unit_zh, unit_en } => {
            let unit = match lang {
                Lang::Zh => unit_zh,
                Lang::En => unit_en,
            };
            EitherOf3::C(view! { <HowMany id ask from to unit /> })
        }
    };
    view! {
        <div class="field ask1">
            <span class="lab" aria-hidden="true">
                {legend}
            </span>
            {answers}
        </div>
    }
}

#[component]
fn Choose(id: String, ask: String, options: Vec<(Answer, String)>) -> impl IntoView {
    let writing = Writing::expect();
    let id = StoredValue::new(id);
    let said =
        Memo::new(move |_| id.with_value(|id| writing.draft().read().answers.get(id).cloned()));
    let chip = |(answer, word): (Answer, String)| {
        let answer = StoredValue::new(answer);
        let is_said = Memo::new(move |_| answer.with_value(|it| said.read().as_ref() == Some(it)));
        let pick = move |()| {
            let answer = (!is_said.get_untracked()).then(|| answer.get_value());
            writing.chose(|draft| answer_with(&mut draft.answers, &id.get_value(), answer));
        };
        view! { <Chip label=word on=is_said on_press=pick /> }
    };
    view! {
        <div class="chips wrap" role="group" aria-label=ask>
            {options.into_iter().map(chip).collect_view()}
        </div>
    }
}

type Answers = std::collections::BTreeMap<String, Answer>;

fn answer_with(answers: &mut Answers, id: &str, answer: Option<Answer>) {
    match answer {
        Some(answer) => drop(answers.insert(id.to_owned(), answer)),
        None => drop(answers.remove(id)),
    }
}

/// A number: a step down, the number itself, a step up.
#[component]
fn HowMany(id: String, ask: String, from: u32, to: u32, unit: String) -> impl IntoView {
    let writing = Writing::expect();
    let key = StoredValue::new(id.clone());
    let number = Memo::new(move |_| {
        key.with_value(|id| match writing.draft().read().answers.get(id) {
            Some(Answer::Number(number)) => Some(i64::from(*number)),
            _ => None,
        })
    });
    let set = move |number: Option<i64>| {
        let answer = number.and_then(|it| it.try_into().ok()).map(Answer::Number);
        writing.chose(|draft| answer_with(&mut draft.answers, &key.get_value(), answer));
    };
    view! {
        <Stepper
            id=format!("ask-{id}")
            label=ask
            range=Whole { from: from.into(), to: to.into() }
            value=number
            on_set=set
            unit
            down=t(|w| w.kind.fewer)
            up=t(|w| w.kind.more)
            wrong=t(|w| (w.kind.number_between)(from, to))
        />
    }
}
