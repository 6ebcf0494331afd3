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
    ui::{Chip, Icon, t, words, words::Lang},
};

/// What the kind asks besides: at most three, none of which has to be answered.
#[component]
pub(super) fn AsksQuestion() -> impl IntoView {
    let (writing, parks) = (Writing::expect(), Parks::expect());
    let lang = Settings::expect().lang();
    let kind = Memo::new(move |_| writing.draft().read().kind().map(str::to_owned));
    let pack = parks.clone();
    let name = Signal::derive(move || {
        let names = Names { pack: pack.pack().ok(), lang: lang.get() };
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
        <Page ask=t(|w| (w.capture.ask)(Step::Asks).to_owned()) help=name foot>
            {questions}
        </Page>
    }
}

/// One question. A second tap on an answer takes it back.
#[component]
fn OneAsk(question: Question) -> impl IntoView {
    let lang = Settings::expect().lang();
    let form = question.form.clone();
    let id = question.id.clone();
    let question = StoredValue::new(question);
    let ask = Signal::derive(move || question.with_value(|it| asked(it, lang.get()).to_owned()));
    let answers = match form {
        AnswerForm::YesNo => EitherOf3::A(view! {
            <Choose
                id
                ask
                options=vec![
                    (Answer::YesNo(true), t(|w| w.capture.yes.to_owned())),
                    (Answer::YesNo(false), t(|w| w.capture.no.to_owned())),
                ]
            />
        }),
        AnswerForm::OneOf(choices) => {
            let options = choices.into_iter().map(|choice| {
                let answer = Answer::Choice(choice.id.clone());
                (answer, Signal::derive(move || chosen(&choice, lang.get()).to_owned()))
            });
            EitherOf3::B(view! { <Choose id ask options=options.collect() /> })
        }
        AnswerForm::Number { from, to, .. } => {
            EitherOf3::C(view! { <HowMany id ask from to question /> })
        }
    };
    view! {
        <div class="field ask1">
            <span class="lab" aria-hidden="true">
                {ask}
            </span>
            {answers}
        </div>
    }
}

#[component]
fn Choose(
    id: String,
    ask: Signal<String>,
    options: Vec<(Answer, Signal<String>)>,
) -> impl IntoView {
    let writing = Writing::expect();
    let id = StoredValue::new(id);
    let said =
        Memo::new(move |_| id.with_value(|id| writing.draft().read().answers.get(id).cloned()));
    let chip = |(answer, word): (Answer, Signal<String>)| {
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
fn HowMany(
    id: String,
    ask: Signal<String>,
    from: u32,
    to: u32,
    question: StoredValue<Question>,
) -> impl IntoView {
    let (writing, lang) = (Writing::expect(), Settings::expect().lang());
    let key = StoredValue::new(id.clone());
    let number = Memo::new(move |_| {
        key.with_value(|id| match writing.draft().read().answers.get(id) {
            Some(Answer::Number(number)) => Some(*number),
            _ => None,
        })
    });
    let set = move |number: Option<u32>| {
        let answer = number.map(Answer::Number);
        writing.chose(|draft| answer_with(&mut draft.answers, &key.get_value(), answer));
    };
    let bad = RwSignal::new(false);
    let typed = move |text: String| {
        let read = read_number(&text, from, to);
        bad.set(read.is_err());
        set(read.unwrap_or_default());
    };
    let step = move |up: bool| {
        bad.set(false);
        set(stepped(number.get_untracked(), up, from, to));
    };
    let unit = move || {
        question.with_value(|it| match &it.form {
            AnswerForm::Number { unit_zh, unit_en, .. } => match lang.get() {
                Lang::Zh => unit_zh.clone(),
                Lang::En => unit_en.clone(),
            },
            AnswerForm::YesNo | AnswerForm::OneOf(_) => String::new(),
        })
    };
    let note = format!("ask-{id}-note");
    view! {
        <div class="stepper" role="group" aria-label=ask>
            <button type="button" aria-label=t(|w| w.kind.fewer) on:click=move |_| step(false)>
                <Icon name="minus" />
            </button>
            <span class="count">
                <input
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="6"
                    aria-label=ask
                    aria-describedby=note.clone()
                    aria-invalid=move || bad.get().then_some("true")
                    prop:value=move || number.get().map(|it| it.to_string()).unwrap_or_default()
                    on:change=move |event| typed(event_target_value(&event))
                />
                <span>{unit}</span>
            </span>
            <button type="button" aria-label=t(|w| w.kind.more) on:click=move |_| step(true)>
                <Icon name="plus" />
            </button>
        </div>
        <span class="err" id=note role="status">
            {move || bad.get().then(|| (words().kind.number_between)(from, to))}
        </span>
    }
}

/// A whole number of the range; nothing typed is no answer.
fn read_number(text: &str, from: u32, to: u32) -> Result<Option<u32>, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().ok().filter(|number| (from..=to).contains(number)).map(Some).ok_or(())
}

/// One more or less; less than the least is no answer.
fn stepped(number: Option<u32>, up: bool, from: u32, to: u32) -> Option<u32> {
    match (number, up) {
        (None, true) => Some(from.max(1)),
        (None, false) => None,
        (Some(number), true) => Some((number + 1).min(to)),
        (Some(number), false) => number.checked_sub(1).filter(|it| *it >= from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_goes_up_from_nothing_and_back_to_nothing() {
        assert_eq!(stepped(None, true, 1, 9), Some(1));
        assert_eq!(stepped(Some(9), true, 1, 9), Some(9));
        assert_eq!(stepped(Some(1), false, 1, 9), None);
        assert_eq!(stepped(Some(1), false, 0, 9), Some(0));
        assert_eq!(stepped(None, false, 0, 9), None);
    }

    #[test]
    fn what_is_no_number_of_the_range_is_no_answer() {
        assert_eq!(read_number(" 7 ", 1, 9), Ok(Some(7)));
        assert_eq!(read_number("", 1, 9), Ok(None));
        for bad in ["0", "10", "-1", "1.5", "七", "9999999999"] {
            assert_eq!(read_number(bad, 1, 9), Err(()), "{bad}");
        }
    }
}
